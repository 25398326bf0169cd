"""Which documents and rejections a source has on record already.

Belongs here: the index, per source, over the ids in the record, kept in the state folder so that a run costs what is
new and not what is stored. It is derived: each use brings it up to date with the record's files, so it may be deleted,
and a crash between landing and indexing changes nothing.
Does not belong here: deciding what to do with a document that was seen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from assets.replacing import replacing

if TYPE_CHECKING:
    from assets.record import Record

# What makes a row of the table the same again.
KEYS = {"landed_documents": ("document_id",), "rejected_documents": ("document_id", "reason")}

# Cleaning's part of a day's rejections; it is replaced whenever cleaning runs, so it is no memory of landing.
CLEANING_PART = "part.parquet"


def day_keys(record: Record, table: str, day: date) -> list[tuple[Path, pa.Array, pa.Array]]:
    """Return the sources and keys in each file that landing has filed in `table` on `day`."""
    return [(path, *_keys(path, table)) for path in landed_files(record, table, day)]


def landed_files(record: Record, table: str, day: date) -> list[Path]:
    """Return the day's files of `table` that landing wrote."""
    return [path for path in record.day_files(table, day) if path.name != CLEANING_PART]


class SeenBefore:
    """The keys in `table` of each of `source_ids`, over all landing days."""

    def __init__(self, record: Record, state: Path, table: str, source_ids: Iterable[str]) -> None:
        self._folder = state / "seen" / table
        self._keys: dict[str, pa.Array] = {}
        fingerprints, files = _fingerprints(record, table)
        covered: dict[str, dict[str, str]] = {}
        for source_id in source_ids:
            self._keys[source_id], covered[source_id] = self._load(source_id)
        stale = {day for known in covered.values() for day, mark in fingerprints.items() if known.get(day) != mark}
        fresh: dict[str, list[pa.Array]] = {source_id: [] for source_id in covered}
        for day in sorted(stale):
            for path in files[day]:
                sources, keys = _keys(path, table)
                for source_id in set(sources.unique().to_pylist()) & set(fresh):
                    fresh[source_id].append(keys.filter(pc.equal(sources, source_id)))
        for source_id, arrays in fresh.items():
            if covered[source_id] != fingerprints:
                self._keys[source_id] = pc.unique(pa.concat_arrays([self._keys[source_id], *arrays]))
                self._save(source_id, fingerprints)

    def of(self, source_id: str) -> pa.Array:
        """Return the keys of one source."""
        return self._keys[source_id]

    def _load(self, source_id: str) -> tuple[pa.Array, dict[str, str]]:
        try:
            index = pq.ParquetFile(self._folder / f"{source_id}.parquet").read()
            return index["key"].combine_chunks(), json.loads(index.schema.metadata[b"days"])
        except (OSError, pa.ArrowInvalid, KeyError, TypeError, ValueError):
            return pa.array([], pa.string()), {}  # missing or damaged: built anew from the record

    def _save(self, source_id: str, fingerprints: dict[str, str]) -> None:
        schema = pa.schema([("key", pa.string())], metadata={"days": json.dumps(fingerprints)})
        with replacing(self._folder / f"{source_id}.parquet") as beside:
            pq.write_table(pa.table([self._keys[source_id]], schema=schema), beside, compression="zstd")


def _fingerprints(record: Record, table: str) -> tuple[dict[str, str], dict[str, list[Path]]]:
    """Return a mark of each landing day's files, and the files; batches never change, so their names say it all."""
    files: dict[str, list[Path]] = {}
    for file in record.files(table):
        if file.path.name != CLEANING_PART:
            files.setdefault(file.landed_on.isoformat(), []).append(file.path)
    marks = {
        day: hashlib.sha256("/".join(path.name for path in paths).encode()).hexdigest()[:12]
        for day, paths in files.items()
    }
    return marks, files


def _keys(path: Path, table: str) -> tuple[pa.Array, pa.Array]:
    rows = pq.ParquetFile(path).read(columns=["source_id", *KEYS[table]], use_threads=False)
    keys = pc.binary_join_element_wise(*(rows[column].combine_chunks() for column in KEYS[table]), " ")
    return rows["source_id"].combine_chunks(), keys
