"""Which two texts are copies of one another: the same article with another headline, lead, tail, layout or light edits.

Kept shingles (shingles.py) find the pairs and decide the clear ones; the others are decided by their words. A verdict
depends on the two texts alone, never on what else has landed, so that any order of arrival gives the same links.

Belongs here: comparing two texts. Does not belong here: reading the record (reprints.py), groups (reprint_clusters.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

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


@dataclass(frozen=True)
class Comparison:
    """How two texts relate."""

    containment: float
    is_copy: bool


class WordsOf:
    """The words of one text, as often as it is compared."""

    def __init__(self, text: str) -> None:
        self.words = _WORD.findall(text)
        self.folded = [word.lower() for word in self.words]

    @cached_property
    def shingles(self) -> list[tuple[str, ...]]:
        """Every four words in a row."""
        return list(zip(*(self.folded[offset:] for offset in range(_SHINGLE)), strict=False))

    @cached_property
    def places(self) -> dict[tuple[str, ...], int]:
        """Where each shingle first stands."""
        places: dict[tuple[str, ...], int] = {}
        for place, shingle in enumerate(self.shingles):
            places.setdefault(shingle, place)
        return places

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """All words, folded."""
        return frozenset(self.folded)

    @cached_property
    def small(self) -> frozenset[str]:
        """Words that stand in small letters somewhere: no names."""
        return frozenset(self.words) & self.vocabulary

    @cached_property
    def facts(self) -> frozenset[str]:
        """Numbers and names, folded."""
        capitals = {word.lower() for word in set(self.words) - self.small if word[0].isupper()}
        numbers = {word for word in self.vocabulary if word[0].isdigit()}
        return frozenset(capitals - self.small | numbers)


def compare(one: WordsOf, other: WordsOf, min_containment: float) -> Comparison:
    """Compare two texts word by word; neither order nor length of the two matters."""
    short, long = sorted((one, other), key=lambda text: (len(text.places), text.folded))
    if not short.places:
        return Comparison(0.0, is_copy=False)
    containment = len(short.places.keys() & long.places.keys()) / len(short.places)
    needed = max(min_containment, SHORT_CONTAINMENT if len(short.words) < SHORT_WORDS else 0)
    own = len(short.places) * (1 - containment)
    if containment < needed or own > MAX_OWN_SHINGLES:
        return Comparison(containment, is_copy=False)
    facts = short.facts - long.small
    if len(facts) >= ENOUGH_OF_EACH and len(facts & long.vocabulary) < FACTS_TO_WORDS * containment * len(facts):
        return Comparison(containment, is_copy=False)
    replaced = len(_substitutions(short, long))
    return Comparison(containment, is_copy=replaced * WORDS_PER_SUBSTITUTION <= containment * len(short.places))


def _substitutions(short: WordsOf, long: WordsOf) -> set[tuple[frozenset[str], frozenset[str]]]:
    """Return the facts of the shorter text in whose place the longer one has others."""
    is_short = len(short.words) < SHORT_WORDS
    replaced = set()
    # In a short text the beginning counts as well: another first sentence before the same background is other news.
    last, last_long = (-_SHINGLE, -_SHINGLE) if is_short else (None, None)
    for place, shingle in enumerate(short.shingles):
        place_long = long.places.get(shingle)
        if place_long is None:
            continue
        if last is not None and 0 < place - last - _SHINGLE <= _LONGEST_GAP:
            here = frozenset(short.folded[last + _SHINGLE : place])
            there = frozenset(long.folded[last_long + _SHINGLE : place_long])
            if not is_short:
                here, there = here & short.facts - long.small, there & long.facts - short.small
            if here and there and here.isdisjoint(there) and place_long - last_long - _SHINGLE <= _LONGEST_GAP:
                replaced.add((here, there))
        last, last_long = place, place_long
    return replaced
