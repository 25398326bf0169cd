"""Tagging whole landing days of the record.

Belongs here: reading and writing the days. What is done to an article is `tagger.tagging_kernel`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assets.batches import run_days
from assets.home import Home
from assets.record import Glimpse, Record

if TYPE_CHECKING:
    import pyarrow as pa

# The tables that tagging makes, and the columns that are shown of each.
SHOWN = {
    "mentions": ["surface", "actor_id", "reading", "confidence", "sentence"],
    "quotes": ["surface", "cue", "speaker_actor_id", "speaker_surface"],
    "article_themes": ["article_id", "theme_id", "score"],
    "theme_evidence": ["theme_id", "surface", "weight"],
}


@dataclass(frozen=True)
class Tagging:
    """A landing day's articles read for actors, quotes and themes."""

    home: Home

    def count(self, day: date) -> int:
        """Return how many articles the day has."""
        return Record(self.home.record).count_day("articles", day)

    def read(self, day: date) -> list[pa.Table]:
        """Return the day's articles."""
        return [Record(self.home.record).read_day("articles", day)]

    def kernel(self) -> Callable[[pa.Table], dict[str, pa.Table]]:
        """Make the tagger of this installation."""
        from assets.tagging.tagger import tagging_kernel

        return tagging_kernel(self.home)

    def write(self, day: date, results: dict[str, pa.Table]) -> dict[str, Glimpse]:
        """Replace the day's mentions, quotes and themes."""
        record = Record(self.home.record)
        for name, rows in results.items():
            record.replace_day(name, day, rows)
        return {name: record.glimpse(name, day, columns) for name, columns in SHOWN.items()}


def tag_days(home: Home, days: Sequence[date], workers: int | None) -> Iterator[tuple[date, dict[str, Glimpse]]]:
    """Tag the articles that landed on `days`; yield each day done, with a glimpse of its tables."""
    return run_days(days, Tagging(home), workers)
