"""Tables of the record that are written whole: the reference tables, and the reprint groups.

Belongs here: where they lie, and putting them there.
Does not belong here: what stands in them, but for `sources`, which is a plain copy of the configuration.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from assets.home import Home
from assets.record import write_parquet
from assets.settings import INBOX_ID, Source
from assets.tables import table

if TYPE_CHECKING:
    import pyarrow as pa


def reference_file(home: Home, name: str) -> Path:
    """Return where reference table `name` lies."""
    return home.record / "reference" / f"{name}.parquet"


def reprint_groups_file(home: Home) -> Path:
    """Return where the reprint groups lie."""
    return home.record / "reprint_groups" / "part.parquet"


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
