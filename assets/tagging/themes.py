"""What an article is about: evidence per term, and a score per theme.

Belongs here: resolving term hits and the score. Does not belong here: the terms (config/themes.yaml).

The score of a theme says how decidedly the words of an article speak of it, for the article's length:

    strength = sum over its distinct terms of  weight * (1 + REPEAT * ln(n)),   n = hits in the text + TITLE * in title
    score    = 1 - exp(-strength / (HALF * sqrt(length))),   length = words / USUAL_WORDS, within bounds

Distinct terms add up while repeats of one count by their logarithm, since ten times "oil" is weaker evidence for energy
than "oil", "pipeline" and "gas". The square root asks a text of four times the length for twice the evidence only: a
long article may be about several things.
"""

from __future__ import annotations

import math

from assets.tagging.lexicon import ThemeTerm

REPEAT = 0.5
TITLE = 3
HALF = 2.5
USUAL_WORDS = 250
# Bounds of length: a stub of 20 words is as decided as one of 90, and past 750 words no more is asked of a theme.
SHORTEST, LONGEST = 0.35, 3.0
# One term of weight 1 scores 0.33 in an article of usual length, two distinct ones 0.55, three 0.70: the line stands
# between one passing word and two. A grid of 3,240 settings (REPEAT, TITLE, the exponent and lower bound of length, the
# line itself, a share of the top score) over the 22 gold articles of 2026-11 found none better by more than 0.01 of F1:
# the words in config/themes.yaml decide (36 % of the gold themes had none in their article). LONGEST was not in the
# grid, since no gold article is that long; it was set on the seed page.
THRESHOLD = 0.45


def resolve(hits: list[tuple[int, int, ThemeTerm]]) -> list[tuple[int, int, ThemeTerm]]:
    """Return the hits in order, leftmost and longest within each theme; several themes may share a span."""
    last: dict[str, int] = {}
    kept = []
    for hit in sorted(hits, key=_order):
        theme_id = hit[2].theme_id
        if hit[0] >= last.get(theme_id, 0):
            kept.append(hit)
            last[theme_id] = hit[1]
    return kept


def scores(hits: list[tuple[int, int, ThemeTerm]], title_end: int, words: int) -> dict[str, float]:
    """Return each theme's score from its resolved hits; those before `title_end` stand in the title."""
    counts: dict[tuple[str, str], tuple[float, float]] = {}
    for start, _, term in hits:
        key = (term.theme_id, term.key)
        count, weight = counts.get(key, (0.0, 0.0))
        counts[key] = (count + (TITLE if start < title_end else 1), max(weight, term.weight))
    strength: dict[str, float] = {}
    for (theme_id, _), (count, weight) in counts.items():
        strength[theme_id] = strength.get(theme_id, 0.0) + weight * (1 + REPEAT * math.log(count))
    length = math.sqrt(min(max(words / USUAL_WORDS, SHORTEST), LONGEST))
    return {theme_id: round(1 - math.exp(-value / (HALF * length)), 4) for theme_id, value in sorted(strength.items())}


def _order(hit: tuple[int, int, ThemeTerm]) -> tuple[int, int, str, str]:
    return hit[0], -hit[1], hit[2].theme_id, hit[2].key
