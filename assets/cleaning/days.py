"""Cleaning whole landing days of the record.

Belongs here: which landed rows are documents of their own, and writing the days. What is done to a document is
`articles.cleaning_kernel`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assets.batches import run_days
from assets.home import Home
from assets.record import Glimpse, Record
from assets.takedowns import PURGED, Takedown, load_takedowns, purge_day

if TYPE_CHECKING:
    import pyarrow as pa

# The tables that cleaning makes, and the columns that are shown of each.
SHOWN = {
    "articles": ["source_id", "title", "published_on", "date_method", "language", "word_count"],
    "article_repairs": ["article_id", "kind", "text_before", "text_after"],
    "rejected_documents": ["source_id", "locator", "reason", "detail"],
}


@dataclass(frozen=True)
class Cleaning:
    """A landing day's documents made into articles, repairs and rejections."""

    home: Home
    takedowns: dict[str, Takedown]

    def count(self, day: date) -> int:
        """Return how many documents landed on the day, double ones included."""
        return Record(self.home.record).count_day("landed_documents", day)

    def read(self, day: date) -> Iterator[pa.Table]:
        """Yield the day's documents, a batch file at a time, each document once."""
        record = Record(self.home.record)
        seen: set[str] = set()
        for rows in record.read_files("landed_documents", day):
            yield distinct_documents(rows, seen)
        if not seen:
            yield record.read_part("landed_documents", day)  # no rows, in the columns of the table

    def kernel(self) -> Callable[[pa.Table], dict[str, pa.Table]]:
        """Make the cleaner of this installation."""
        from assets.cleaning.articles import cleaning_kernel

        return cleaning_kernel(self.home)

    def write(self, day: date, results: dict[str, pa.Table]) -> dict[str, Glimpse]:
        """Replace the day's articles, repairs and rejections, less what was taken down."""
        record = Record(self.home.record)
        results["rejected_documents"] = _with_tombstones(record, day, results["rejected_documents"])
        for name, rows in results.items():
            record.replace_day(name, day, rows)
        purge_day(record, day, self.takedowns)
        return {name: record.glimpse(name, day, columns) for name, columns in SHOWN.items()}


def clean_days(home: Home, days: Sequence[date], workers: int | None) -> Iterator[tuple[date, dict[str, Glimpse]]]:
    """Clean what landed on `days`; yield each day done, with a glimpse of its tables."""
    return run_days(days, Cleaning(home, load_takedowns(home)), workers)


def distinct_documents(landed: pa.Table, seen: set[str]) -> pa.Table:
    """Return one row per document_id of `landed_documents` rows, in a stable order, without those in `seen`.

    `seen` grows by what is returned: several batches of a day may hold the same document, since runs share a day
    without a lock, and the first counts. Documents that were taken down are left out: nothing of them is left to clean.
    """
    import pyarrow as pa

    columns = ("first_seen_at", "batch_id", "source_id", "document_id", "media_type")
    keys = zip(*(landed[name].to_pylist() for name in columns), range(landed.num_rows), strict=True)
    order = []
    for *_, document_id, media_type, row in sorted(keys):
        if media_type != PURGED and document_id not in seen:
            seen.add(document_id)
            order.append(row)
    # Pages are large: rows that stand as they should are not copied.
    return landed if order == list(range(landed.num_rows)) else landed.take(pa.array(order, pa.int64()))


def _with_tombstones(record: Record, day: date, rejected: pa.Table) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc

    filed = record.read_part("rejected_documents", day)
    return pa.concat_tables([rejected, filed.filter(pc.equal(filed["reason"], PURGED))])
