"""What an article is about: evidence per term, and a score per theme.

Belongs here: resolving term hits and the score. Does not belong here: the terms (config/themes.yaml).

The score of a theme says how decidedly the words of an article speak of it, for the article's length:

    strength = sum over its distinct terms of  weight * (1 + REPEAT * ln(n)),   n = hits in the text + TITLE * in title
    score    = 1 - exp(-strength / (HALF * sqrt(length))),   length = words / USUAL_WORDS, within bounds

Distinct terms add up while repeats of one count by their logarithm, since ten times "oil" is weaker evidence for energy
than "oil", "pipeline" and "gas". The square root asks a text of four times the length for twice the evidence only: a
long article may be about several things. Inflections are one term: "election", "elected" and "electoral" say one thing.

A theme must also rest on more than one word's chance. Its terms make points: each as many as its weight (a decisive
phrase 2, a plain word 1, a weak hint 0.5), and one more for a word (not a hint) in the title or said three times. A
text needs NEEDED points, a longer one a point more for each doubling of its length beyond LONG words. And it must
stand beside the article's strongest theme: one with less than SHARE of that one's strength is a side remark, where a
long article is more patient by the same square root. What falls short has no score.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

REPEAT = 0.5
TITLE = 3
HALF = 2.5
USUAL_WORDS = 250
# Bounds of length: a stub of 20 words is as decided as one of 90, and past 750 words no more is asked of a theme.
SHORTEST, LONGEST = 0.35, 3.0
# One setting among some 600 (NEEDED, SHARE, TITLE, REPEAT, HALF and the bound below), compared in 2026-11 by F1 on an
# eighth of Reuters-21578 (ids divisible by 8) and on the gold articles that are not held out; SHARE's patience was set
# on the seed page. Others as good differ by less than 0.02: the words in config/themes.yaml decide.
THRESHOLD = 0.45
PLAIN = 1.0
OFTEN = 3
NEEDED = 1.5
LONG = 200
SHARE = 0.4

# Endings of inflections, and how much of a word is kept without them.
_ENDING = re.compile(r"(?:ies|es|s|ed|ing|ers?|e|y)$")
_ROOT = 5
_START = itemgetter(0)


@dataclass(frozen=True, slots=True, eq=False)
class ThemeTerm:
    """A term of a theme; `cased` where its case matters, `company` the senses of which the article must have one.

    A weight of 0 marks words that do not speak for the theme, COMPANY those that only keep others company. A sense is a
    word of a theme, whatever its inflection; a root is what the inflections of a word, as the theme's, have in common.
    """

    theme_id: str
    weight: float
    cased: str | None
    company: tuple[str, ...]
    sense: str
    root: str

    @classmethod
    def of(cls, theme_id: str, weight: float, key: str, cased: str | None, company: tuple[str, ...]) -> ThemeTerm:
        """Return the term of a theme whose words are `key`, and `company` those of which the article must have one."""
        senses = tuple(f"{theme_id}:{word}" for word in company)
        return cls(theme_id, weight, cased, senses, f"{theme_id}:{key}", f"{theme_id}:{root_of(key)}")


Evidence = tuple[int, int, ThemeTerm]


def resolve(hits: list[Evidence]) -> list[Evidence]:
    """Return the hits that are evidence, in order: leftmost and longest within each theme; themes may share a span.

    The hits come in the order of their ends. Words of weight 0 ("oil painting") keep what stands in them from being
    evidence. A term with company is none where the article has no word of that company.
    """
    last: dict[str, int] = {}
    present: set[str] | None = None
    kept = []
    in_order = hits[::-1]
    in_order.sort(key=_START)  # of those that start together the longest stays first
    for hit in in_order:
        start, end, term = hit
        if term.company:
            if present is None:
                present = {one.sense for _, _, one in hits}
            if present.isdisjoint(term.company):
                continue
        theme_id = term.theme_id
        if start >= last.get(theme_id, 0) and term.weight >= 0:
            if term.weight:
                kept.append(hit)
            last[theme_id] = end
    return kept


def scores(hits: list[Evidence], title_end: int, words: int) -> dict[str, float]:
    """Return the score of each theme with enough evidence in its resolved hits; the title ends at `title_end`."""
    times = Counter([term for _, _, term in hits])
    for start, _, term in hits:
        if start >= title_end:
            break
        times[term] += TITLE - 1
    counts: dict[str, int] = {}
    heaviest: dict[str, ThemeTerm] = {}
    for term, count in times.items():
        root = term.root
        if root not in counts:
            counts[root], heaviest[root] = count, term
        else:
            counts[root] += count
            if term.weight > heaviest[root].weight:
                heaviest[root] = term
    points: dict[str, float] = {}
    for root, term in heaviest.items():
        often = counts[root] >= OFTEN and term.weight >= PLAIN
        points[term.theme_id] = points.get(term.theme_id, 0.0) + (term.weight + often)
    needed = points_needed(words)
    length = math.sqrt(min(max(words / USUAL_WORDS, SHORTEST), LONGEST))
    strength = {theme_id: 0.0 for theme_id in sorted(points) if points[theme_id] >= needed}
    for root, term in heaviest.items():
        if term.theme_id in strength:
            strength[term.theme_id] += term.weight * (1 + REPEAT * math.log(counts[root]))
    least = SHARE * max(strength.values(), default=0.0) / max(1.0, length)
    return {
        theme_id: round(1 - math.exp(-value / (HALF * length)), 4)
        for theme_id, value in strength.items()
        if value >= least
    }


def points_needed(words: int) -> float:
    """Return how many points of evidence a theme needs in a text of `words`."""
    return NEEDED + max(0.0, math.log2(max(words, 1) / LONG))


@cache  # as many keys as there are terms
def root_of(key: str) -> str:
    """Return what the inflections of a term have in common: each word without its ending, at most five letters."""
    return " ".join(_ENDING.sub("", word)[:_ROOT] if len(word) > _ROOT - 1 else word for word in key.split(" "))
