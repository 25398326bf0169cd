"""Publishing: putting the audited candidate in place of the file that readers open.

The candidate is copied beside the published file, verified, made read-only and renamed over it. Readers that have the
old file open keep it; a crash at any moment leaves a whole file, the old or the new one.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import duckdb

from assets.database import reading, write_ahead_log, writing
from assets.home import Home
from assets.statements import statement

READ_ONLY = 0o444


class PublishError(RuntimeError):
    """The copy of the candidate is not what the candidate says it holds."""


@dataclass(frozen=True)
class PublishReport:
    """What was published, and whether the file had to be replaced for it."""

    snapshot_id: str
    replaced: bool
    path: Path
    byte_count: int
    stale_log: Path | None


def publish(home: Home) -> PublishReport:
    """Publish the candidate; where its state of the data is already published, leave the file alone."""
    target = home.published
    target.parent.mkdir(parents=True, exist_ok=True)
    for left_over in target.parent.glob(f".{target.name}.*.tmp"):
        left_over.unlink()
    if write_ahead_log(home.candidate).exists():
        _checkpoint(home.candidate)
    snapshot_id = _verify(home.candidate)

    stale_log = _move_stale_log_aside(target)
    if _holds(target, snapshot_id):
        target.chmod(READ_ONLY)
        return PublishReport(snapshot_id, False, target, target.stat().st_size, stale_log)

    beside = _copy_beside(home.candidate, target)
    try:
        if _verify(beside) != snapshot_id:
            raise PublishError(f"{beside}: the copy holds another snapshot than the candidate, {snapshot_id}")
        beside.chmod(READ_ONLY)
        if target.exists():
            _keep_previous(target, home.previous)
        stale_log = _move_stale_log_aside(target) or stale_log
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    _sync_folder(target.parent)
    return PublishReport(snapshot_id, True, target, target.stat().st_size, stale_log)


def _verify(path: Path) -> str:
    """Return the snapshot that a file holds; raise PublishError where a table has not the rows that it should."""
    with reading(path) as connection:
        expected = connection.execute(statement("build", "read_counts")).fetchall()
        for name, row_count in expected:
            [(found,)] = connection.execute(statement("build", "row_count", the_table=name)).fetchall()
            if found != row_count:
                raise PublishError(f"{path}: table {name} has {found} rows; {row_count} were built")
        [(snapshot_id, _)] = connection.execute(statement("build", "read_build_info")).fetchall()
    return snapshot_id


def _holds(target: Path, snapshot_id: str) -> bool:
    if not target.exists():
        return False
    try:
        return _verify(target) == snapshot_id
    except (duckdb.Error, PublishError, ValueError):
        return False  # whatever lies there is no file of ours, or no longer whole: it is replaced


def _checkpoint(candidate: Path) -> None:
    """Bring what a killed build committed from the write-ahead log into the file, which alone is copied."""
    with writing(candidate):
        pass


def _copy_beside(candidate: Path, target: Path) -> Path:
    beside = target.with_name(f".{target.name}.{uuid4().hex}.tmp")
    try:
        shutil.copyfile(candidate, beside)
        with beside.open("rb") as copied:
            os.fsync(copied.fileno())
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return beside


def _keep_previous(target: Path, previous: Path) -> None:
    """Give the published file a second name, under which it stays when the first is taken from it."""
    link = previous.with_name(f".{target.name}.{uuid4().hex}.tmp")
    try:
        try:
            os.link(target, link)
        except OSError:
            shutil.copyfile(target, link)  # not every file system has hard links
        link.chmod(READ_ONLY)
        link.replace(previous)
    finally:
        link.unlink(missing_ok=True)  # renaming one name of a file to another of its names does nothing


def _move_stale_log_aside(target: Path) -> Path | None:
    """Move a write-ahead log that a client left beside the published file out of the way.

    DuckDB 1.5 would replay it into the new file, and 2.0 would refuse to open that.
    """
    log = write_ahead_log(target)
    if not log.exists():
        return None
    aside = log.with_name(f"{log.name}.stale-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    log.replace(aside)
    return aside


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
