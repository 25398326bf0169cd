"""Runs of consecutive days.

Rows lie in the file by day, so a statement bounded by the first and last day of a run reads only its part of a table.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date


def day_runs(days: Iterable[date]) -> list[tuple[date, date]]:
    """Return the first and last day of each run of consecutive days among `days`."""
    runs: list[tuple[date, date]] = []
    for day in sorted(days):
        if runs and (day - runs[-1][1]).days <= 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs
