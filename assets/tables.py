"""The table definitions in `sql/tables/`, read once for everyone who needs them.

Each file there holds a header comment (the table in a paragraph, then `-- column: meaning` lines) and a
`create table` statement. From these come the Parquet schemas of the record, the `COMMENT ON` statements of the
published file, the column schemas in the Dagster UI and the data dictionary in the docs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

SQL = Path(__file__).resolve().parents[1] / "sql"

# Columns that are decided over all landing days together, when the warehouse is built.
JOINED_WHEN_PUBLISHED = ("version", "is_current", "reprint_group_id", "is_lead")
# A table that is itself decided over all landing days, before it is written.
DECIDED_BEFORE = "reprint_groups"

_COLUMN_COMMENT = re.compile(r"-- (\w+): (.+)")
_COLUMN = re.compile(r"^    (\w+) (\w+)(?: using compression \w+)?( not null)?,?$", re.MULTILINE)


@dataclass(frozen=True)
class Column:
    """A column of a table: its name, DuckDB type, whether it may be null, and what it means."""

    name: str
    duckdb_type: str
    nullable: bool
    comment: str


@dataclass(frozen=True)
class Table:
    """A table as its file in `sql/tables/` defines it."""

    name: str
    comment: str
    columns: tuple[Column, ...]
    sql: str

    @property
    def arrow_schema(self) -> pa.Schema:
        """Arrow schema of the table as the warehouse holds it."""
        return _arrow_schema(self.columns)

    @property
    def record_schema(self) -> pa.Schema:
        """Arrow schema of the table's Parquet files.

        As in the warehouse, but named by `document_id` instead of `version`: which version a document is depends on
        all landing days, so it is decided when the warehouse is built. The landing day of a fact is its folder.
        """
        kept = [column for column in self.columns if column.name not in JOINED_WHEN_PUBLISHED]
        if self.name == DECIDED_BEFORE:
            kept = [column for column in self.columns if column.name != "landed_on"]
        elif len(kept) < len(self.columns) and all(column.name != "document_id" for column in kept):
            document_id = Column("document_id", "varchar", False, "The landed document.")
            kept = [document_id, *(column for column in kept if column.name != "landed_on")]
        return _arrow_schema(kept)


@cache
def table(name: str) -> Table:
    """Return the definition of table `name`; raise ValueError where its comments and columns disagree."""
    return parse_table(name, (SQL / "tables" / f"{name}.sql").read_text(encoding="utf-8"))


@cache
def all_tables() -> tuple[Table, ...]:
    """Return every table in `sql/tables/`, by name."""
    return tuple(table(path.stem) for path in sorted((SQL / "tables").glob("*.sql")))


def parse_table(name: str, sql: str) -> Table:
    """Parse the text of a table file; see the module docstring for its shape."""
    header = sql.split("create table", 1)[0].splitlines()
    blank = header.index("--") if "--" in header else len(header)
    comment = " ".join(line.removeprefix("--").strip() for line in header[:blank])
    comments = {m[1]: m[2].strip() for line in header[blank:] if (m := _COLUMN_COMMENT.match(line))}
    columns = tuple(
        Column(m[1], m[2], not m[3], comments.get(m[1], "")) for m in _COLUMN.finditer(sql.split("create table", 1)[1])
    )
    undescribed = [column.name for column in columns if not column.comment]
    unknown = sorted(set(comments) - {column.name for column in columns})
    if undescribed or unknown:
        raise ValueError(
            f"sql/tables/{name}.sql: columns without a comment {undescribed}, comments without a column {unknown}"
        )
    return Table(name, comment, columns, sql)


def _arrow_schema(columns: tuple[Column, ...] | list[Column]) -> pa.Schema:
    import pyarrow as pa

    arrow_types = {
        "varchar": pa.string(),
        "blob": pa.binary(),
        "boolean": pa.bool_(),
        "integer": pa.int32(),
        "bigint": pa.int64(),
        "double": pa.float64(),
        "date": pa.date32(),
        "timestamp": pa.timestamp("us"),
    }
    return pa.schema([pa.field(c.name, arrow_types[c.duckdb_type], nullable=c.nullable) for c in columns])
