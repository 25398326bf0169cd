"""Which two texts are copies of one another: the same article with another headline, lead, tail, layout or light edits.

Kept shingles (shingles.py) find the pairs and decide the clear ones; the others are decided by their words. A verdict
depends on the two texts alone, never on what else has landed, so that any order of arrival gives the same links.

Belongs here: comparing two texts. Does not belong here: reading the record (reprints.py), groups (reprint_clusters.py).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count

import numpy as np
from numpy.typing import NDArray

# Kept shingles from which on the sample may decide: a text of some hundred words. The share that n kept shingles have
# in common is off by less than 1 / sqrt(n) in 19 of 20 cases; nearer than that to the bound, the words decide.
SURE_SAMPLE = 24
# Shorter texts fall into another one by chance, or are its first paragraph: nearly all of them must stand there.
SHORT_WORDS = 60
SHORT_CONTAINMENT = 0.8
# What the shorter text has of its own may be a new lead or many small edits, but no article of its own.
MAX_OWN_SHINGLES = 1000
# A template (a market report, a bond issue, the weather) keeps its words and changes its facts; a copy keeps both.
FACTS_TO_WORDS = 0.5
ENOUGH_OF_EACH = 6
# A house may write one name or date otherwise; a fact in so few words that stands in another's place is other news, and
# in a short text any words that do ("two billion" for "1.5 billion").
WORDS_PER_SUBSTITUTION = 60
_LONGEST_GAP = 8

_WORD = re.compile(r"\w+")
_SHINGLE = 4
_STEPS = tuple(np.uint64(pow(0xD6E8FEB86659FD93, power, 1 << 64)) for power in range(_SHINGLE))


@dataclass(frozen=True)
class Comparison:
    """How two texts relate."""

    containment: float
    is_copy: bool


@dataclass(frozen=True)
class Words:
    """The words of one text, as numbers that say the same word in all texts made by one call of `words_of`."""

    text: str
    folded: NDArray  # every word, without its case
    shingles: NDArray  # every four words in a row
    distinct: NDArray  # each of them once, in order ...
    places: NDArray  # ... and where it first stands
    small: frozenset[int]  # words that stand in small letters somewhere: no names
    facts: frozenset[int]  # numbers and names

    @cached_property
    def vocabulary(self) -> frozenset[int]:
        """All words."""
        return frozenset(self.folded.tolist())


def words_of(texts: Sequence[str]) -> list[Words]:
    """Return the words of each text."""
    forms: defaultdict[str, int] = defaultdict(count().__next__)
    of_texts = [np.array([forms[word] for word in _WORD.findall(text)], np.int64) for text in texts]
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    folded = [form.lower() for form in forms]
    folded_of = np.array([numbers[form] for form in folded], np.int64)
    # The same form says whether it is small, has a capital or is a number, wherever it stands.
    small = np.array([form == low for form, low in zip(forms, folded, strict=True)], bool)
    capital = np.array([form[0].isupper() for form in forms], bool)
    number = np.array([form[0].isdigit() for form in forms], bool)
    return [
        _words(text, folded_of[forms_of], (small[forms_of], capital[forms_of], number[forms_of]))
        for text, forms_of in zip(texts, of_texts, strict=True)
    ]


def _words(text: str, folded: NDArray, kinds: tuple[NDArray, NDArray, NDArray]) -> Words:
    length = max(len(folded) - _SHINGLE + 1, 0)
    shingles = sum(folded[offset : offset + length].astype(np.uint64) * _STEPS[offset] for offset in range(_SHINGLE))
    distinct, places = np.unique(shingles, return_index=True)
    small, capitals, numbers = (frozenset(folded[kind].tolist()) for kind in kinds)
    return Words(text, folded, shingles, distinct, places, small, capitals - small | numbers)


def compare(one: Words, other: Words, min_containment: float) -> Comparison:
    """Compare two texts word by word; neither order nor length of the two matters."""
    short, long = (one, other) if len(one.distinct) < len(other.distinct) else (other, one)
    if len(one.distinct) == len(other.distinct):
        short, long = sorted((one, other), key=lambda words: _WORD.findall(words.text.lower()))
    if not len(short.distinct):
        return Comparison(0.0, is_copy=False)
    nearest = np.minimum(np.searchsorted(long.distinct, short.shingles), len(long.distinct) - 1)
    stands_there = long.distinct[nearest] == short.shingles
    distinct = len(short.distinct)
    containment = int(stands_there[short.places].sum()) / distinct
    needed = max(min_containment, SHORT_CONTAINMENT if len(short.folded) < SHORT_WORDS else 0)
    if containment < needed or distinct * (1 - containment) > MAX_OWN_SHINGLES:
        return Comparison(containment, is_copy=False)
    facts = short.facts - long.small
    if len(facts) >= ENOUGH_OF_EACH and len(facts & long.vocabulary) < FACTS_TO_WORDS * containment * len(facts):
        return Comparison(containment, is_copy=False)
    here = np.flatnonzero(stands_there)
    replaced = len(_substitutions(short, long, here, long.places[nearest[here]]))
    return Comparison(containment, is_copy=replaced * WORDS_PER_SUBSTITUTION <= containment * distinct)


def _substitutions(
    short: Words, long: Words, places: NDArray, places_long: NDArray
) -> set[tuple[frozenset[int], frozenset[int]]]:
    """Return the facts of the shorter text in whose place the longer one has others.

    `places` are those of the shingles that both have, in the shorter text and in the longer one.
    """
    is_short = len(short.folded) < SHORT_WORDS
    if is_short:
        # The beginning counts as well: another first sentence before the same background is other news.
        places, places_long = np.append(-_SHINGLE, places), np.append(-_SHINGLE, places_long)
    gaps, gaps_long = np.diff(places) - _SHINGLE, np.diff(places_long) - _SHINGLE
    replaced = set()
    for gap in np.flatnonzero((gaps > 0) & (gaps <= _LONGEST_GAP) & (gaps_long > 0) & (gaps_long <= _LONGEST_GAP)):
        here = frozenset(short.folded[places[gap] + _SHINGLE : places[gap + 1]].tolist())
        there = frozenset(long.folded[places_long[gap] + _SHINGLE : places_long[gap + 1]].tolist())
        if not is_short:
            here, there = here & short.facts - long.small, there & long.facts - short.small
        if here and there and here.isdisjoint(there):
            replaced.add((here, there))
    return replaced
