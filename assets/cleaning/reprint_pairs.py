"""Which pairs of many texts share so many kept shingles that they are copies, or may be.

A phrase that stands in a thousand texts would pair each of them with each. So of every text some of its commonest
shingles are set aside, fewer than a copy must share with it, and looked up only for the pairs that the others found:
the same pairs, but the work does not grow with the square of the texts that have a phrase in common.

Belongs here: finding pairs by their shingles. Does not belong here: comparing two texts by their words, and the
numbers that decide (reprint_links.py). Arrays, not SQL: a join would make every pair before it counts any.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assets.cleaning.reprint_links import ENOUGH_OF_EACH, FACTS_TO_WORDS, MAX_OWN_SHINGLES, SURE_SAMPLE
from assets.cleaning.shingles import HASH_BITS, KEEP_ONE_IN
from assets.settings import Reprints

if TYPE_CHECKING:
    import pyarrow as pa

MAX_OWN = MAX_OWN_SHINGLES / KEEP_ONE_IN
# Where no more texts share a shingle, making their pairs costs less than looking them up.
FEW_TEXTS = 32
ASIDE_SHARE = 0.75  # measured; any share below 1 gives the same pairs
PAIRS_AT_ONCE = 1 << 20
_FACT = 1 << 32
_ONE = np.uint64(1)
_TEXT_BITS = np.uint64(63 - HASH_BITS)  # more texts than these can number would not fit into memory


@dataclass(frozen=True)
class _Texts:
    """Columns of the texts, from the shortest to the longest; of two of one length, the names decide."""

    sizes: NDArray  # how many shingles the text has
    needed: NDArray  # how many of them a longer one must have, for a copy
    numbers: NDArray  # equal texts of several landing days share a number
    first_days: NDArray
    last_days: NDArray
    at_hand: NDArray


@dataclass(frozen=True)
class _Entries:
    """The shingles that several texts share, once for each of the texts, in order of shingle and text."""

    texts: NDArray
    shingles: NDArray
    is_fact: NDArray
    sharing: NDArray  # how many texts have the shingle
    starts: NDArray  # where the entries of each shingle begin, and where the last one's end


@dataclass(frozen=True)
class _Counts:
    """Pairs of texts with the number of their common shingles, and of those that are facts in the shorter one."""

    short: NDArray
    long: NDArray
    matches: NDArray
    facts: NDArray


def find_pairs(texts: pa.Table, settings: Reprints) -> pa.Table:
    """Return the pairs of texts that their shingles link, or leave in doubt; of each pair, one text `is_at_hand`.

    `texts` has a row for each text and landing day. Pairs that surely are no copies are left out: too little in
    common, or words in common whose facts are others (a template).
    """
    import pyarrow as pa

    texts = texts.sort_by([(name, "ascending") for name in ("text_sha256", "landed_on")])
    fact_sizes, other_sizes = _lengths(texts, "facts"), _lengths(texts, "others")
    sizes = fact_sizes + other_sizes
    by_size = np.lexsort((-np.arange(len(sizes)), sizes))
    counts = _count(_by_size(texts, by_size, sizes, settings), _shared(texts, by_size), settings.window_days)
    short, long = by_size[counts.short], by_size[counts.long]
    shingles, matches = sizes[short], counts.matches
    furniture = texts["has_furniture"].to_numpy()
    has_furniture = furniture[short] | furniture[long]
    containment = matches / shingles
    surely_enough = np.minimum(settings.min_containment + 1 / np.sqrt(shingles), 1)
    # Where furniture was left out, the whole words can decide nothing: then the sample must be sure.
    enough = np.where(has_furniture, surely_enough, _possibly_enough(shingles, settings))
    found = (containment >= enough) & (matches >= 2) & (shingles - matches <= MAX_OWN)
    found &= ~_are_templates(shingles, fact_sizes[short], matches, counts.facts)
    is_clear = has_furniture | ((shingles >= SURE_SAMPLE) & (containment >= surely_enough))
    strength = matches / (sizes[short] + sizes[long] - matches)
    later, earlier = pa.array(np.maximum(short, long)[found]), pa.array(np.minimum(short, long)[found])
    return pa.table(
        {
            "one_text": texts["text_sha256"].take(later),
            "one_landed_on": texts["landed_on"].take(later),
            "other_text": texts["text_sha256"].take(earlier),
            "other_landed_on": texts["landed_on"].take(earlier),
            "containment": _rounded(containment[found]),
            "strength": _rounded(strength[found]),
            "is_clear": is_clear[found],
        }
    )


def _are_templates(shingles: NDArray, facts: NDArray, matches: NDArray, fact_matches: NDArray) -> NDArray:
    words = shingles - facts
    judged = (shingles >= SURE_SAMPLE) & (facts >= ENOUGH_OF_EACH) & (words >= ENOUGH_OF_EACH)
    of_words = FACTS_TO_WORDS * (matches - fact_matches) / np.maximum(words, 1)
    return judged & (fact_matches / np.maximum(facts, 1) < of_words)


def _possibly_enough(shingles: NDArray, settings: Reprints) -> NDArray:
    return settings.min_containment - 1 / np.sqrt(shingles)


def _by_size(texts: pa.Table, by_size: NDArray, sizes: NDArray, settings: Reprints) -> _Texts:
    sizes = sizes[by_size]
    share = np.ceil(sizes * _possibly_enough(np.maximum(sizes, 1), settings) - 1e-6)
    return _Texts(
        sizes=sizes,
        needed=np.maximum.reduce([np.full(len(sizes), 2), share, np.ceil(sizes - MAX_OWN)]).astype(np.int64),
        numbers=texts["text_sha256"].combine_chunks().dictionary_encode().indices.to_numpy()[by_size],
        first_days=texts["first_day"].to_numpy()[by_size].astype("datetime64[D]").astype(np.int64),
        last_days=texts["last_day"].to_numpy()[by_size].astype("datetime64[D]").astype(np.int64),
        at_hand=texts["is_at_hand"].to_numpy()[by_size],
    )


def _shared(texts: pa.Table, by_size: NDArray) -> _Entries:
    place = np.empty(len(by_size), np.uint64)
    place[by_size] = np.arange(len(by_size))
    columns = [texts[name].combine_chunks() for name in ("facts", "others")]
    hashes = np.concatenate([column.flatten().to_numpy() for column in columns])
    owners = np.concatenate([place[column.value_parent_indices().to_numpy()] for column in columns])
    is_fact = np.arange(len(hashes)) < len(columns[0].flatten())
    maybe_shared = _maybe_repeated(hashes)
    # Hash, text and flag as one number: sorting that is several times as fast as sorting by two columns.
    keys = (hashes[maybe_shared] << _TEXT_BITS | owners[maybe_shared]) << _ONE | is_fact[maybe_shared]
    keys.sort()
    in_order = keys >> (_TEXT_BITS + _ONE)
    as_before = np.append(False, in_order[1:] == in_order[:-1])[: len(keys)]
    are_shared = as_before | np.append(as_before[1:], False)[: len(keys)]
    keys, begins = keys[are_shared], ~as_before[are_shared]
    shingles = np.cumsum(begins) - 1
    starts = np.append(np.flatnonzero(begins), len(keys))
    return _Entries(
        texts=((keys >> _ONE) & ((_ONE << _TEXT_BITS) - _ONE)).astype(np.int64),
        shingles=shingles,
        is_fact=(keys & _ONE).astype(bool),
        sharing=np.diff(starts)[shingles],
        starts=starts,
    )


def _maybe_repeated(hashes: NDArray) -> NDArray:
    """Return the places of all hashes that stand more than once, and of a few others.

    Most stand in one text only: where nothing else falls into the same of so many drawers, none need be sorted.
    """
    drawers = (hashes & np.uint64((1 << (len(hashes) * 4).bit_length()) - 1)).astype(np.int64)
    return np.flatnonzero(np.bincount(drawers)[drawers] > 1)


def _count(texts: _Texts, entries: _Entries, window_days: int) -> _Counts:
    """Count what pairs of texts have in common, for all pairs that have enough."""
    common = np.flatnonzero(entries.sharing > FEW_TEXTS)
    common = common[np.lexsort((-entries.sharing[common], entries.texts[common]))]
    owners = entries.texts[common]
    starts = np.searchsorted(owners, np.arange(len(texts.sizes)))
    # A part of what a copy shares: a pair must then have the rest among the shingles that find it, and few others do.
    aside = common[np.arange(len(owners)) - starts[owners] < texts.needed[owners] * ASIDE_SHARE // 1]
    asides = np.bincount(entries.texts[aside], minlength=len(texts.sizes))
    lookup = _Aside(entries, aside, np.append(0, np.cumsum(asides)), len(texts.sizes))
    is_finding = np.ones(len(entries.texts), bool)
    is_finding[entries.starts[1:] - 1] = False  # no text that has the shingle is longer
    is_finding[aside] = False
    finding = np.flatnonzero(is_finding)
    finding = finding[np.argsort(entries.texts[finding], kind="stable")]
    parts = [_Counts(*(np.empty(0, np.int64) for _ in range(4)))]
    for some in _slices(entries, finding):
        pairs = _within_window(texts, entries, some, window_days)
        enough = pairs.matches >= texts.needed[pairs.short] - asides[pairs.short]
        pairs = _Counts(pairs.short[enough], pairs.long[enough], pairs.matches[enough], pairs.facts[enough])
        parts.append(lookup.added_to(pairs))
    columns = ("short", "long", "matches", "facts")
    return _Counts(*(np.concatenate([getattr(part, name) for part in parts]) for name in columns))


def _slices(entries: _Entries, finding: NDArray) -> Iterator[NDArray]:
    """Cut entries, which are in order of their texts, where a text ends, at about so many pairs as memory may hold."""
    pairs = np.cumsum(entries.sharing[finding])
    owners = entries.texts[finding]
    start = 0
    while start < len(finding):
        done = pairs[start - 1] if start else 0
        last = min(np.searchsorted(pairs, done + PAIRS_AT_ONCE), len(finding) - 1)
        end = np.searchsorted(owners, owners[last], side="right")
        yield finding[start:end]
        start = end


def _within_window(texts: _Texts, entries: _Entries, finding: NDArray, window_days: int) -> _Counts:
    """Return all pairs of the entries' texts with longer ones that have the same shingle, counted."""
    from scipy.sparse import csr_array

    shorts, firsts = np.unique(entries.texts[finding], return_index=True)
    shingles, texts_in_all = len(entries.starts) - 1, len(texts.sizes)
    # What is counted of facts stands above what is counted of all, so that one product counts both.
    weights, ones = 1 + entries.is_fact[finding] * _FACT, np.ones(len(entries.texts), np.int64)
    rows = np.append(firsts, len(finding))
    shingles_of = csr_array((weights, entries.shingles[finding], rows), shape=(len(shorts), shingles))
    texts_with = csr_array((ones, entries.texts, entries.starts), shape=(shingles, texts_in_all))
    common = (shingles_of @ texts_with).tocoo()
    short, long = shorts[common.coords[0]], common.coords[1]
    possible = np.flatnonzero(
        (short < long)
        & (texts.at_hand[short] | texts.at_hand[long])
        & (texts.numbers[short] != texts.numbers[long])
        & (texts.first_days[short] <= texts.last_days[long] + window_days)
        & (texts.first_days[long] <= texts.last_days[short] + window_days)
    )
    counted = common.data[possible]
    return _Counts(short[possible], long[possible], counted % _FACT, counted // _FACT)


class _Aside:
    """The shingles that were set aside, to be looked up."""

    def __init__(self, entries: _Entries, places: NDArray, starts: NDArray, count: int) -> None:
        self._entries, self._places, self._starts, self._count = entries, places, starts, count
        self._keys = entries.shingles * count + entries.texts  # in order, as the entries are

    def added_to(self, pairs: _Counts) -> _Counts:
        """Return the pairs with what the longer text has of the shingles that were set aside of the shorter."""
        starts = self._starts[pairs.short]
        lengths = self._starts[pairs.short + 1] - starts
        if not lengths.any():
            return pairs
        of_pair = np.repeat(np.arange(len(lengths)), lengths)
        places = self._places[np.repeat(starts - (np.cumsum(lengths) - lengths), lengths) + np.arange(len(of_pair))]
        keys = self._entries.shingles[places] * self._count + pairs.long[of_pair]
        has = self._keys[np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)] == keys
        facts = has & self._entries.is_fact[places]
        return _Counts(
            pairs.short,
            pairs.long,
            pairs.matches + np.bincount(of_pair[has], minlength=len(lengths)),
            pairs.facts + np.bincount(of_pair[facts], minlength=len(lengths)),
        )


def _lengths(texts: pa.Table, name: str) -> NDArray:
    import pyarrow.compute as pc

    return pc.list_value_length(texts[name]).to_numpy().astype(np.int64)


def _rounded(values: NDArray) -> NDArray:
    return np.floor(values * 10_000 + 0.5) / 10_000
