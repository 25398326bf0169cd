"""The inbox: a folder where a person drops a file, and perhaps a sidecar, to have it landed today.

Belongs here: finding what was dropped, reading it as documents, and clearing it away after it is safely on record.
Does not belong here: noticing that something was dropped (the sensor does, with `waiting_files`).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assets.config import ConfigError
from assets.home import Home
from assets.ingestion import feeds, webarchives
from assets.ingestion.archives import read_archive
from assets.ingestion.documents import Document, Offer, reject
from assets.ingestion.files import FoundFile, read_documents
from assets.ingestion.sidecars import SIDECAR_SUFFIX, Sidecar, read_sidecar, sidecar_path
from assets.settings import INBOX_ID, Limits, Source

LANDED = "landed"
REJECTED = "rejected"
_UNFINISHED = (".part", ".tmp", ".crdownload", "~")
_TABLES = (".jsonl", ".ndjson", ".csv", ".tsv", ".parquet", ".pq")
_PACKED = (".gz", ".zst")
_FEEDS = (".xml", ".rss", ".atom", ".json")
_HEAD_BYTES = 65_536


@dataclass(frozen=True)
class Dropped:
    """A file in the inbox, as it was when it was found, and what it gives."""

    path: Path
    size: int
    modified_ns: int
    offers: Iterator[Offer]


def waiting_files(home: Home) -> list[Path]:
    """Return the files in the inbox that wait to be landed, in a stable order."""
    found = []
    for folder, subfolders, names in os.walk(home.inbox):
        at_top = Path(folder) == home.inbox
        subfolders[:] = sorted(
            name for name in subfolders if not name.startswith(".") and not (at_top and name in (LANDED, REJECTED))
        )
        for name in sorted(names):
            path = Path(folder, name)
            if not name.startswith(".") and not name.endswith((SIDECAR_SUFFIX, *_UNFINISHED)) and path.is_file():
                found.append(path)
    return found


def read_inbox(
    home: Home, sources: Mapping[str, Source], today: date, limits: Limits, log: Callable[[str], None]
) -> Iterator[Dropped]:
    """Yield what waits in the inbox; nothing is moved."""
    for path in waiting_files(home):
        try:
            found = path.stat()
        except FileNotFoundError:  # another run has just landed it
            continue
        yield Dropped(path, found.st_size, found.st_mtime_ns, _read(path, home, sources, today, limits, log))


def clear_away(dropped: Dropped, home: Home, today: date, *, has_landed: bool) -> None:
    """Move a file that is on record, and its sidecar, out of the inbox; leave it if it has changed since."""
    with suppress(FileNotFoundError):  # another run has moved it
        found = dropped.path.stat()
        if (found.st_size, found.st_mtime_ns) != (dropped.size, dropped.modified_ns):
            return
        folder = home.inbox / (LANDED if has_landed else REJECTED) / today.isoformat()
        target = _free_name(folder / dropped.path.relative_to(home.inbox))
        target.parent.mkdir(parents=True, exist_ok=True)
        # The file goes before its sidecar: alone it would be landed again, as a document without date. The sidecar is
        # linked first, so that after a crash in between it is known as a leftover and not taken for the next file's.
        with suppress(FileNotFoundError):
            _link(sidecar_path(dropped.path), sidecar_path(target))
        dropped.path.rename(target)
        sidecar_path(dropped.path).unlink(missing_ok=True)


def remove_leftovers(home: Home) -> None:
    """Remove sidecars whose file was moved by a run that died before it could move them too."""
    for sidecar in home.inbox.rglob(f"*{SIDECAR_SUFFIX}"):
        relative = sidecar.relative_to(home.inbox)
        if relative.parts[0] in (LANDED, REJECTED) or sidecar.with_suffix("").exists() or sidecar.stat().st_nlink < 2:
            continue
        for kept in (LANDED, REJECTED):
            moved = (home.inbox / kept).glob(
                f"*/{_glob_escape(relative.parent)}/{_glob_escape(sidecar.stem)}*{SIDECAR_SUFFIX}"
            )
            if any(path.samefile(sidecar) for path in moved):
                sidecar.unlink(missing_ok=True)
                break


def _glob_escape(part: str | Path) -> str:
    """Return a path as a glob that matches only it."""
    import glob

    return glob.escape(str(part))


def _read(
    path: Path, home: Home, sources: Mapping[str, Source], today: date, limits: Limits, log: Callable[[str], None]
) -> Iterator[Offer]:
    locator = path.relative_to(home.inbox).as_posix()
    try:
        sidecar = read_sidecar(path) or Sidecar()
        if sidecar.source and sidecar.source not in sources:
            known = ", ".join(sorted(sources)) or "none"
            raise ConfigError(f"{sidecar_path(path)}: source: no source {sidecar.source!r}; known are {known}")
    except ConfigError as error:
        yield reject(INBOX_ID, locator, _bytes_of(path), "bad_sidecar", str(error), today)
        return
    source_id, found = sidecar.source or INBOX_ID, FoundFile(path, locator, today)
    name = path.name.lower()
    if name.endswith(webarchives.SUFFIXES):
        offers = webarchives.read_web_archive(found, source_id, "fetched", today, limits, log)
    elif Path(name.removesuffix(".gz").removesuffix(".zst")).suffix in _TABLES or name.endswith(_PACKED):
        offers = _rows(found, sources.get(source_id), limits, log)
    elif path.suffix.lower() in _FEEDS and feeds.is_feed(_bytes_of(path)):
        offers = feeds.read_snapshot(found, source_id, "fetched", today, limits)
    else:
        offers = iter(read_documents(path, source_id, locator, "fetched", today, limits))
    for offer in offers:
        if isinstance(offer, Document):
            offer = replace(offer, declared=sidecar.declared().over(offer.declared))
        yield offer


def _rows(found: FoundFile, source: Source | None, limits: Limits, log: Callable[[str], None]) -> Iterator[Offer]:
    """Yield the rows of a table, by the columns of the table source that its sidecar names."""
    if source is not None and source.kind == "table":
        yield from read_archive(found, source.model_copy(update={"lands_on": "fetched"}), found.day, limits, log)
        return
    detail = (
        f"{found.path.name} looks like a table of many articles; name a source of kind table in its sidecar "
        f"{sidecar_path(found.path).name} (source: ...), by whose columns it is then read"
    )
    yield reject(source.id if source else INBOX_ID, found.locator, _bytes_of(found.path), "not_text", detail, found.day)


def _bytes_of(path: Path) -> bytes:
    """Return the beginning of a file, for the id of its rejection."""
    try:
        with path.open("rb") as file:
            return file.read(_HEAD_BYTES)
    except OSError:
        return b""


def _free_name(path: Path) -> Path:
    """Return `path`, or with a number before its suffix if that name is taken."""
    number, free = 1, path
    while os.path.lexists(free) or os.path.lexists(sidecar_path(free)):
        number += 1
        free = path.with_name(f"{path.stem}.{number}{path.suffix}")
    return free


def _link(present: Path, target: Path) -> None:
    try:
        os.link(present, target)
    except FileNotFoundError:
        raise
    except OSError:  # a file system without links
        shutil.copy2(present, target)
