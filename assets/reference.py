"""Tables of the record that do not come from one landing day's run: the reference tables, and the reprint groups.

Belongs here: where they lie, and putting them there.
Does not belong here: what stands in them, but for `sources`, which is a plain copy of the configuration.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from assets.home import Home
from assets.record import Record, write_parquet
from assets.settings import INBOX_ID, Source
from assets.tables import table

if TYPE_CHECKING:
    import pyarrow as pa


def reference_file(home: Home, name: str) -> Path:
    """Return where reference table `name` lies."""
    return home.record / "reference" / f"{name}.parquet"


def write_reprint_groups(home: Home, groups: pa.Table, days: Iterable[date] | None = None) -> None:
    """Put the reprint groups on record by the landing day of each article's current version.

    `days` are the landing days that `groups` is the whole of (default: all). A day's file that holds the same already
    is left alone, so that the warehouse reads and audits only the days whose groups changed.
    """
    record, schema = Record(home.record), table("reprint_groups").record_schema
    by_day = _split_by_day(groups)
    if days is None:
        days = {*by_day, *days_with_groups(home)}
    for day in sorted(days):
        rows = by_day[day].select(schema.names).cast(schema) if day in by_day else schema.empty_table()
        before = record.read_part("reprint_groups", day)
        if not before.equals(rows):
            record.replace_day("reprint_groups", day, rows)


def read_reprint_groups(home: Home, days: Iterable[date] | None = None) -> pa.Table:
    """Return the reprint groups on record of landing `days` (default: all)."""
    import pyarrow as pa

    record, schema = Record(home.record), table("reprint_groups").arrow_schema
    parts = [schema.empty_table()]
    for day in sorted(days_with_groups(home) if days is None else days):
        rows = record.read_part("reprint_groups", day)
        landed_on = pa.repeat(pa.scalar(day, pa.date32()), rows.num_rows)
        parts.append(rows.append_column("landed_on", landed_on).select(schema.names).cast(schema))
    return pa.concat_tables(parts)


def days_with_groups(home: Home) -> list[date]:
    """Return the landing days for which there is a file of reprint groups, in order."""
    return [file.landed_on for file in Record(home.record).files("reprint_groups")]


def _split_by_day(groups: pa.Table) -> dict[date, pa.Table]:
    groups = groups.sort_by([("landed_on", "ascending"), ("article_id", "ascending")]).combine_chunks()
    counts = groups.group_by("landed_on").aggregate([([], "count_all")]).sort_by("landed_on").to_pylist()
    starts = accumulate((row["count_all"] for row in counts), initial=0)
    return {row["landed_on"]: groups.slice(start, row["count_all"]) for row, start in zip(counts, starts, strict=False)}


def write_reference(home: Home, tables: Mapping[str, pa.Table]) -> None:
    """Replace the reference tables given; others on record stay as they are."""
    for name, rows in tables.items():
        write_parquet(reference_file(home, name), rows, table(name).arrow_schema)


def sources_table(sources: Mapping[str, Source]) -> pa.Table:
    """Return the table `sources`: the configured ones and the inbox."""
    import pyarrow as pa

    rows = [
        {
            "source_id": source.id,
            "name": source.name,
            "kind": source.kind,
            "domain": source.domain,
            "country": source.country,
            "language": source.language,
            "timezone": source.timezone,
            "machine_translated": str(source.machine_translated).lower(),
            "description": source.description,
        }
        for source in sources.values()
    ]
    rows.append(
        {
            "source_id": INBOX_ID,
            "name": "Inbox",
            "kind": "inbox",
            "machine_translated": "auto",
            "description": "Files that a person dropped in the inbox folder.",
        }
    )
    return pa.Table.from_pylist(sorted(rows, key=lambda row: row["source_id"]), schema=table("sources").arrow_schema)
