"""Reprint groups: which articles are copies of one text, over all landing days.

Copies here are articles whose texts are equal once case, white space and punctuation are folded (`text_sha256`), and
long enough not to be equal by chance.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assets.database import memory, parquet_pattern
from assets.home import Home
from assets.record import Record
from assets.reference import write_reprint_groups
from assets.settings import Settings
from assets.statements import statement
from assets.tables import table

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa


def group_reprints(home: Home, settings: Settings) -> pa.Table:
    """Group the current articles of the record, write `reprint_groups` and return it."""
    schema = table("reprint_groups").arrow_schema
    files = {file.path: file.landed_on for file in Record(home.record).files("articles")}
    groups = _group(home, files, settings.reprints.min_words).cast(schema) if files else schema.empty_table()
    write_reprint_groups(home, groups)
    return groups


def _group(home: Home, files: dict[Path, date], min_words: int) -> pa.Table:
    with memory(home.candidate.parent / "spill") as connection:
        connection.execute(
            statement("cleaning", "reprint_documents"), {"files": [parquet_pattern(path) for path in files]}
        )
        _compare_contents(connection, files)
        return connection.sql(statement("cleaning", "group_reprints"), params={"min_words": min_words}).to_arrow_table()


def _compare_contents(connection: duckdb.DuckDBPyConnection, files: dict[Path, date]) -> None:
    """Hash the texts that must be compared: those of articles with several documents, the only ones that can change."""
    days = {day for (day,) in connection.execute(statement("cleaning", "reprint_contested_days")).fetchall()}
    contested = [parquet_pattern(path) for path, day in files.items() if day in days]
    if contested:
        connection.execute(statement("cleaning", "reprint_contents"), {"files": contested})
    else:
        connection.execute(statement("cleaning", "reprint_no_contents"))
