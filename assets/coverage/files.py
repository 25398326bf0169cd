"""The files of the Parquet record and their hashes, found at the cost of a look at each.

Hashes are kept beside size, times and inode of the file, names beside those of the folder; a file or folder that still
looks the same is not read again. Where that memory is lost, everything is read.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from assets.replacing import replacing

# A folder that changed so shortly before it was read may change again within the same tick of the file system's clock.
_TICK_NANOSECONDS = 2_000_000_000

# Size, times and inode: a file replaced within one tick may have the size of the old one, but not its inode.
Look = list[int]


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
    known = _remember(memory)
    seen: dict[str, list] = {"folders": {}, "files": {}}
    states = {}
    for key, path in _list(days, wholes, known["folders"], seen["folders"]):
        look = _look(os.stat(path))  # noqa: PTH116 - to make a Path costs more than the look at the file
        before = known["files"].get(path)
        sha256 = before[1] if before and before[0] == look else _sha256(path)
        states[key] = FileState(path, look[0], sha256)
        seen["files"][path] = [look, sha256]
    if seen != known:
        _keep(memory, seen)
    return states


def _list(
    days: Mapping[str, Path], wholes: Mapping[str, Path], known: dict[str, list], seen: dict[str, list]
) -> Iterator[tuple[FileKey, str]]:
    now = time.time_ns()
    for table, root in days.items():
        for folder in _folders(root):
            look = _look(folder.stat())
            before = known.get(folder.path)
            if before and before[0] == look:
                names = before[1]
            else:
                names = sorted(path.name for path in Path(folder.path).glob("*.parquet"))
            if now - look[1] > _TICK_NANOSECONDS:
                seen[folder.path] = [look, names]
            day = date.fromisoformat(folder.name)
            for name in names:
                yield FileKey(table, day, name), f"{folder.path}/{name}"
    for table, path in wholes.items():
        if path.exists():
            yield FileKey(table, None, path.name), str(path)


def _folders(root: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(root) as entries:
            found = [entry for entry in entries if len(entry.name) == 10 and entry.name[:1].isdigit()]
    except FileNotFoundError:
        return []
    return sorted(found, key=lambda entry: entry.name)


def _look(stat: os.stat_result) -> Look:
    return [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]


def _remember(memory: Path) -> dict[str, dict[str, list]]:
    try:
        known = json.loads(memory.read_text())
        return {"folders": known["folders"], "files": known["files"]}
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return {"folders": {}, "files": {}}  # safe to delete, so safe to be broken


def _keep(memory: Path, seen: dict[str, dict[str, list]]) -> None:
    with replacing(memory) as beside:
        beside.write_text(json.dumps(seen))


def _sha256(path: str) -> str:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
