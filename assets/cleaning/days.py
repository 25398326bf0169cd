"""Cleaning whole landing days of the record.

Belongs here: which landed rows are documents of their own, and writing the days. What is done to a document is
`articles.cleaning_kernel`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from assets.batches import run_days
from assets.home import Home
from assets.record import Record
from assets.takedowns import PURGED, load_takedowns, purge_day

if TYPE_CHECKING:
    import pyarrow as pa


def clean_days(home: Home, days: Sequence[date], kernel_factory: Callable, workers: int | None) -> Iterator[date]:
    """Clean what landed on `days`, replace these days' articles, repairs and rejections, and yield each day done."""
    record, takedowns = Record(home.record), load_takedowns(home)
    inputs = ((day, distinct_documents(record.read_day("landed_documents", day))) for day in days)
    for day, tables in run_days(inputs, kernel_factory, workers):
        tables["rejected_documents"] = _with_tombstones(record, day, tables["rejected_documents"])
        for name, rows in tables.items():
            record.replace_day(name, day, rows)
        purge_day(record, day, takedowns)
        yield day


def distinct_documents(landed: pa.Table) -> pa.Table:
    """Return one row per document_id of `landed_documents` rows, the one seen first, in a stable order.

    Several batches of a day may hold the same document, since runs share a day without a lock. Documents that were
    taken down are left out: nothing of them is left to clean.
    """
    import numpy as np
    import pyarrow.compute as pc

    kept = landed.filter(pc.not_equal(landed["media_type"], PURGED))
    ordered = kept.sort_by([(name, "ascending") for name in ("first_seen_at", "batch_id", "source_id", "document_id")])
    _, first = np.unique(ordered["document_id"].to_numpy(zero_copy_only=False).astype(str), return_index=True)
    return ordered.take(np.sort(first))


def _with_tombstones(record: Record, day: date, rejected: pa.Table) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc

    filed = record.read_part("rejected_documents", day)
    return pa.concat_tables([rejected, filed.filter(pc.equal(filed["reason"], PURGED))])
