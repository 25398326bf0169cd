"""The table that a benchmark prints: its rows, their layout, and the bootstrap behind a difference.

Belongs here: what several benchmarks share. Does not belong here: any measuring.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measure: our figure, that of the tool we hold ourselves against, and what a reader needs to know."""

    measure: str
    ours: float | None
    theirs: float | None = None
    unit: str = ""  # such as "articles/s"; shares have none
    note: str = ""


def print_table(title: str, rows: Iterable[Row]) -> None:
    """Print rows as an aligned table; a figure that was not measured is a dash."""
    cells = [("", "ours", "theirs", "", "")]
    cells += [(row.measure, _figure(row.ours), _figure(row.theirs), row.unit, row.note) for row in rows]
    widths = [max(len(line[column]) for line in cells) for column in range(5)]
    print(title)
    for measure, ours, theirs, unit, note in cells:
        line = f"  {measure:{widths[0]}}  {ours:>{widths[1]}}  {theirs:>{widths[2]}}  {unit:{widths[3]}}  {note}"
        print(line.rstrip())


def paired_bootstrap(
    ours: Sequence[object],
    theirs: Sequence[object],
    statistic: Callable[[Sequence[object]], float],
    draws: int = 1000,
) -> tuple[float, float]:
    """Return the 2.5 % and 97.5 % quantiles of the difference in `statistic` when the same pages are drawn for both."""
    if len(ours) != len(theirs) or not ours:
        raise ValueError(f"a paired comparison needs equally many results, at least one: {len(ours)} and {len(theirs)}")
    random_ = random.Random(20220316)  # the same draws each time: a benchmark that is run again prints the same
    differences = []
    for _ in range(draws):
        drawn = random_.choices(range(len(ours)), k=len(ours))
        differences.append(statistic([ours[n] for n in drawn]) - statistic([theirs[n] for n in drawn]))
    differences.sort()
    return differences[int(draws * 0.025)], differences[int(draws * 0.975)]


def _figure(value: float | None) -> str:
    if value is None:
        return "-"
    if isinstance(value, int) or value >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if value >= 10 else f"{value:.4f}"
