"""The inbox: a folder where a person drops a file, and perhaps a sidecar, to have it landed today.

Belongs here: finding what was dropped, reading it as documents, and clearing it away after it is safely on record.
Does not belong here: noticing that something was dropped (the sensor does, with `waiting_files`).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assets.config import ConfigError
from assets.home import Home
from assets.ingestion.documents import Document, Offer, reject
from assets.ingestion.files import read_document
from assets.ingestion.sidecars import SIDECAR_SUFFIX, Sidecar, read_sidecar, sidecar_path
from assets.settings import INBOX_ID, Limits, Source

LANDED = "landed"
REJECTED = "rejected"
_UNFINISHED = (".part", ".tmp", ".crdownload", "~")
_ARCHIVES = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet", ".pq", ".gz", ".zst")


@dataclass(frozen=True)
class Dropped:
    """A file in the inbox, as it was when it was read, and what it gave."""

    path: Path
    size: int
    modified_ns: int
    offer: Offer


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


def read_inbox(home: Home, sources: Mapping[str, Source], today: date, limits: Limits) -> Iterator[Dropped]:
    """Yield what waits in the inbox; nothing is moved."""
    for path in waiting_files(home):
        try:
            found = path.stat()
        except FileNotFoundError:  # another run has just landed it
            continue
        yield Dropped(path, found.st_size, found.st_mtime_ns, _read(path, home, sources, today, limits))


def clear_away(dropped: Dropped, home: Home, today: date) -> None:
    """Move a file that is on record, and its sidecar, out of the inbox; leave it if it has changed since."""
    with suppress(FileNotFoundError):  # another run has moved it
        found = dropped.path.stat()
        if (found.st_size, found.st_mtime_ns) != (dropped.size, dropped.modified_ns):
            return
        folder = home.inbox / (LANDED if isinstance(dropped.offer, Document) else REJECTED) / today.isoformat()
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


def _read(path: Path, home: Home, sources: Mapping[str, Source], today: date, limits: Limits) -> Offer:
    locator = path.relative_to(home.inbox).as_posix()
    try:
        sidecar = read_sidecar(path) or Sidecar()
        if sidecar.source and sidecar.source not in sources:
            known = ", ".join(sorted(sources)) or "none"
            raise ConfigError(f"{sidecar_path(path)}: source: no source {sidecar.source!r}; known are {known}")
        mistake = None
    except ConfigError as error:
        sidecar, mistake = Sidecar(), str(error)
    source_id = sidecar.source or INBOX_ID
    offer = read_document(path, source_id, locator, "fetched", today, limits)
    if path.suffix.lower() in _ARCHIVES:
        detail = f"{path.name} looks like an archive of many articles; declare it as a table source in sources.yaml"
        return _rejected_instead(offer, "not_text", detail)
    if mistake is not None:
        return _rejected_instead(offer, "bad_sidecar", mistake)
    return replace(offer, declared=sidecar.declared()) if isinstance(offer, Document) else offer


def _rejected_instead(offer: Offer, reason: str, detail: str) -> Offer:
    """Return the rejection of what was offered, for another reason."""
    if isinstance(offer, Document):
        return reject(offer.source_id, offer.locator, offer.data, reason, detail, offer.landed_on)
    return replace(offer, reason=reason, detail=detail)


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
