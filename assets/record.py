"""The Parquet record: what the rooms hand to each other, one folder per table and landing day.

A day is replaced as a whole (written beside, then renamed), or, for landings, only ever added to. Any number of
processes may write it without a lock.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assets.replacing import replacing
from assets.tables import table as table_definition

if TYPE_CHECKING:
    import pyarrow as pa


PART = "part.parquet"
GLIMPSED_ROWS = 10

# A dictionary over whole documents finds nothing, and makes writing a page twice and reading it eight times as dear.
_NEVER_REPEATED = frozenset({"bytes", "text"})


@dataclass(frozen=True)
class RecordFile:
    """A Parquet file of the record."""

    table: str
    landed_on: date
    path: Path


@dataclass(frozen=True)
class Glimpse:
    """What is shown of a day's table: how many rows it has, and the first of them."""

    row_count: int
    rows: list[dict[str, Any]]


class Record:
    """The Parquet record under one folder."""

    def __init__(self, root: Path) -> None:
        self.root = Path(root)

    def replace_day(self, name: str, day: date, rows: pa.Table) -> Path:
        """Make `rows` the whole of table `name` on landing day `day`, atomically; an empty table is an empty file."""
        return self._write(name, self.day_folder(name, day) / PART, rows)

    def add_batch(self, name: str, day: date, batch_id: str, rows: pa.Table) -> Path:
        """Add an immutable batch file to landing day `day`."""
        path = self.day_folder(name, day) / f"{batch_id}.parquet"
        if path.exists():
            raise FileExistsError(f"{path}: a landed batch is never overwritten")
        return self._write(name, path, rows)

    def replace_file(self, name: str, path: Path, rows: pa.Table) -> Path:
        """Replace one file of a day; only a takedown may do so to a landed batch."""
        return self._write(name, path, rows)

    def read_part(self, name: str, day: date) -> pa.Table:
        """Return what `replace_day` last wrote for landing day `day`, without the batches beside it."""
        import pyarrow.parquet as pq

        path = self.day_folder(name, day) / PART
        schema = table_definition(name).record_schema
        return pq.ParquetFile(path).read().cast(schema) if path.exists() else schema.empty_table()

    def read_day(self, name: str, day: date, columns: Sequence[str] | None = None) -> pa.Table:
        """Return the rows of table `name` on landing day `day` (no rows where nothing was written), in file order."""
        import pyarrow as pa

        schema = _schema(name, columns)
        return pa.concat_tables([schema.empty_table(), *self.read_files(name, day, columns)])

    def read_files(self, name: str, day: date, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """Yield the rows of each file of table `name` on landing day `day`, in the order of their names."""
        import pyarrow.parquet as pq

        schema = _schema(name, columns)
        for path in self.day_files(name, day):
            yield pq.ParquetFile(path).read(columns=columns).select(schema.names).cast(schema)

    def count_day(self, name: str, day: date) -> int:
        """Return how many rows table `name` has on landing day `day`."""
        import pyarrow.parquet as pq

        return sum(pq.read_metadata(path).num_rows for path in self.day_files(name, day))

    def glimpse(self, name: str, day: date, columns: Sequence[str]) -> Glimpse:
        """Return what is shown of table `name` on landing day `day`."""
        rows = self.read_day(name, day, columns)
        return Glimpse(rows.num_rows, rows.slice(0, GLIMPSED_ROWS).to_pylist())

    def day_folder(self, name: str, day: date) -> Path:
        """Return the folder of table `name` on landing day `day`, whether or not it exists."""
        return self.root / name / day.isoformat()

    def day_files(self, name: str, day: date) -> list[Path]:
        """Return the Parquet files of table `name` on landing day `day`, by name."""
        return sorted(self.day_folder(name, day).glob("*.parquet"))

    def files(self, name: str) -> Iterator[RecordFile]:
        """Yield every file of table `name`, by day and name."""
        for folder in sorted((self.root / name).glob("????-??-??")):
            day = date.fromisoformat(folder.name)
            yield from (RecordFile(name, day, path) for path in sorted(folder.glob("*.parquet")))

    def _write(self, name: str, path: Path, rows: pa.Table) -> Path:
        write_parquet(path, rows, table_definition(name).record_schema)
        return path


def _schema(name: str, columns: Sequence[str] | None) -> pa.Schema:
    import pyarrow as pa

    schema = table_definition(name).record_schema
    return schema if columns is None else pa.schema([schema.field(column) for column in columns])


def write_parquet(path: Path, rows: pa.Table, schema: pa.Schema) -> None:
    """Make `rows`, in columns and types of `schema`, the file `path`; a crash leaves the old file or the new one."""
    import pyarrow.parquet as pq

    repeated = [name for name in schema.names if name not in _NEVER_REPEATED]
    with replacing(path) as beside:
        pq.write_table(rows.select(schema.names).cast(schema), beside, compression="zstd", use_dictionary=repeated)
        with beside.open("rb") as written:
            os.fsync(written.fileno())
