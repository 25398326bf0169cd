"""The files of the Parquet record and their hashes, found at the cost of a look at each.

Hashes are kept beside size, times and inode of the file, names beside those of the folder; a file or folder that still
looks the same is not read again. Where that memory is lost, everything is read.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from assets.replacing import replacing

# A folder that changed so shortly before it was read may change again within the same tick of the file system's clock.
_TICK_NANOSECONDS = 2_000_000_000
# The memory has an entry for each folder: its table and day, how it looks, then name, look and hash of each file, all
# ended by what no name holds. Ten thousand are read in a tenth of the time that JSON takes.
_FIELD_END, _ENTRY_END = "/", "\0"


class FileKey(NamedTuple):
    """A file of the record: its table, landing day (None where the table is written whole) and name."""

    table: str
    landed_on: date | None
    name: str


class FileState(NamedTuple):
    """Where a file lies and what is in it; no hash where there is none any more."""

    path: str
    byte_count: int
    sha256: str | None


def hash_files(days: Mapping[str, Path], wholes: Mapping[str, Path], memory: Path) -> dict[FileKey, FileState]:
    """Return the files of tables that lie by day (folders of day folders) and of those written whole (files)."""
    remembered = _remember(memory)
    known = {(one[0], one[1]): one for one in (entry.split(_FIELD_END) for entry in remembered.split(_ENTRY_END)[:-1])}
    now = time.time_ns()
    states: dict[FileKey, FileState] = {}
    entries = []
    for table, root in ((table, str(root)) for table, root in days.items()):
        for name in _day_names(root):
            before, day, folder = known.get((table, name), []), date.fromisoformat(name), f"{root}/{name}"
            look, file_names = _list(folder, before, now)
            seen = [table, name, look]
            for file_name in file_names:
                states[FileKey(table, day, file_name)] = _look_at(f"{folder}/{file_name}", file_name, before, seen)
            entries.append(_FIELD_END.join(seen))
    for table, path in wholes.items():
        if path.exists():
            seen = [table, "", ""]
            states[FileKey(table, None, path.name)] = _look_at(str(path), path.name, known.get((table, ""), []), seen)
            entries.append(_FIELD_END.join(seen))
    if (now_seen := "".join(entry + _ENTRY_END for entry in entries)) != remembered:
        with replacing(memory) as beside:
            beside.write_bytes(os.fsencode(now_seen))
    return states


def _list(folder: str, before: list[str], now: int) -> tuple[str, list[str]]:
    """Return how a folder looks, as far as that can be relied on later, and the names of its files."""
    stat = os.stat(folder)  # noqa: PTH116 - to make a Path costs more than the look at the folder
    look = _look(stat)
    if before[2:3] == [look]:
        return look, before[3::3]
    names = sorted(path.name for path in Path(folder).glob("*.parquet"))
    return look if now - stat.st_mtime_ns > _TICK_NANOSECONDS else "", names


def _look_at(path: str, name: str, before: list[str], seen: list[str]) -> FileState:
    """Return what is in a file, by its folder's entry where the file looks as it did; add it to what was seen."""
    stat = os.stat(path)  # noqa: PTH116
    look = _look(stat)
    place = 3 + 3 * before[3::3].index(name) if name in before[3::3] else 0
    sha256 = before[place + 2] if place and before[place + 1] == look else _sha256(path)
    seen += (name, look, sha256)
    return FileState(path, stat.st_size, sha256)


def _day_names(root: str) -> list[str]:
    try:
        return sorted(name for name in os.listdir(root) if len(name) == 10 and name[0].isdigit())  # noqa: PTH208
    except FileNotFoundError:
        return []


def _look(stat: os.stat_result) -> str:
    """Return size, times and inode: a file replaced within one tick may have the size of the old one, not its inode."""
    return f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}"


def _remember(memory: Path) -> str:
    try:
        remembered = os.fsdecode(memory.read_bytes())
    except FileNotFoundError:
        return ""
    whole = all(entry.count(_FIELD_END) % 3 == 2 for entry in remembered.split(_ENTRY_END)[:-1])
    return remembered if whole else ""  # safe to delete, so safe to be broken


def _sha256(path: str) -> str:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
