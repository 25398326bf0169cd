"""Sources of kind `files`: one article per text or HTML file, mail or agency item.

Belongs here: finding a source's files (also for the other kinds), naming them, and reading a file as a document.
Does not belong here: what is inside archives, feeds, mails and agency items.
"""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assets.config import ConfigError
from assets.home import Home
from assets.ingestion import containers
from assets.ingestion.documents import Declared, Document, Offer, media_type_of, reject, why_not_text
from assets.ingestion.sidecars import SIDECAR_SUFFIX, read_sidecar
from assets.settings import Limits, Source

_MEGABYTE = 1_000_000
_HEAD_BYTES = 65_536


@dataclass(frozen=True)
class FoundFile:
    """A file of a source: its name there, and the landing day that its path names, if it names one."""

    path: Path
    locator: str
    day: date | None


class SourceUnavailable(Exception):
    """A source could not be read at all; the message says what was tried and what would help."""


def read_files(files: Iterable[FoundFile], source: Source, today: date, limits: Limits) -> Iterator[Offer]:
    """Yield the documents of a `files` source; `landed_on` is left None where each document's own date decides."""
    for found in files:
        if found.path.suffix == SIDECAR_SUFFIX and found.path.with_suffix("").exists():
            continue
        landed_on = None if source.lands_on == "published" else found.day or today
        for offer in read_documents(found.path, source.id, found.locator, source.lands_on, landed_on, limits):
            yield _with_sidecar(offer, found) if isinstance(offer, Document) else offer


def find_files(source: Source, home: Home, days: Sequence[date]) -> list[FoundFile]:
    """Return the source's files in a stable order: those of `days` where its path holds `{day}`, else all.

    Raise SourceUnavailable where the place they should be in does not exist.
    """
    root, pattern = _split_glob(source, home)
    if "{day}" in pattern:
        return [
            FoundFile(root / locator, locator, day)
            for day in sorted(days)
            for locator in _matches(root, pattern.replace("{day}", day.isoformat()))
        ]
    if not root.is_dir():
        raise SourceUnavailable(
            f"{root}: there is no such folder; correct path of source {source.id!r} in sources.yaml"
        )
    if not glob.has_magic(pattern) and not os.path.lexists(root / pattern):
        raise SourceUnavailable(
            f"{root / pattern}: there is no such file; correct path of source {source.id!r} in sources.yaml"
        )
    return [FoundFile(root / locator, locator, None) for locator in _matches(root, pattern)]


def locator_of(path: Path, source: Source, home: Home) -> str:
    """Return the locator of a source's file: its path below the fixed part of the source's glob."""
    root, _ = _split_glob(source, home)
    return Path(os.path.normpath(path)).relative_to(os.path.normpath(root)).as_posix()


def read_documents(
    path: Path, source_id: str, locator: str, lands_on: str, landed_on: date | None, limits: Limits
) -> list[Offer]:
    """Return the documents in one file (most kinds of file hold one), or why it holds none.

    What is too large is not read whole.
    """

    def rejection(data: bytes, reason: str, detail: str) -> list[Offer]:
        return [reject(source_id, locator, data, reason, detail, landed_on)]

    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return rejection(b"", "unreadable", "not a regular file; give a file with the article in it")
        bound = int(limits.document_megabytes * _MEGABYTE)
        with path.open("rb") as file:
            data = file.read(_HEAD_BYTES if found.st_size > bound else bound + 1)
    except OSError as error:
        return rejection(b"", "unreadable", f"the file cannot be read: {error.strerror or error}; check its rights")
    if len(data) > bound or found.st_size > bound:
        size = f"{max(found.st_size, len(data)) / _MEGABYTE:.1f} MB"
        detail = f"{size} where document_megabytes in dateline.yaml allows {limits.document_megabytes:g}"
        return rejection(data[:_HEAD_BYTES], "too_large", detail)
    if why := why_not_text(data):
        return rejection(data, *why)
    suffix = path.suffix.lower()
    if suffix not in containers.SUFFIXES:
        return [Document(source_id, locator, data, media_type_of(path.name, data), lands_on, landed_on)]
    try:
        articles = containers.read_container(suffix, data)
    except containers.Unreadable as error:
        return rejection(data, "unreadable", f"{path.name}: {error}")
    return [
        Document(
            source_id,
            f"{locator}#{article.part}" if article.part else locator,
            article.data,
            article.media_type,
            lands_on,
            landed_on,
            article.declared,
        )
        for article in articles
    ]


def _with_sidecar(document: Document, found: FoundFile) -> Offer:
    # A file edited in place is a new version of one article, so the file's name is the article's own id.
    own = Declared(external_id=document.locator)
    try:
        sidecar = read_sidecar(found.path)
        if sidecar and sidecar.source:
            raise ConfigError(
                f"{found.path}{SIDECAR_SUFFIX}: source: belongs beside a file in the inbox only; remove it"
            )
    except ConfigError as error:
        return reject(
            document.source_id, document.locator, document.data, "bad_sidecar", str(error), document.landed_on
        )
    beside = sidecar.declared() if sidecar else Declared()
    return replace(document, declared=beside.over(document.declared).over(own))


def _split_glob(source: Source, home: Home) -> tuple[Path, str]:
    """Return the folder before the first wildcard or `{day}` of the source's path, and the pattern below it."""
    parts = Path(source.path or "").parts
    fixed = 0
    while fixed < len(parts) - 1 and "{day}" not in parts[fixed] and not glob.has_magic(parts[fixed]):
        fixed += 1
    return home.config.joinpath(*parts[:fixed]), str(Path(*parts[fixed:]))


def _matches(root: Path, pattern: str) -> list[str]:
    found = glob.glob(pattern, root_dir=root, recursive=True)  # noqa: PTH207 - Path.glob would take hidden files too
    return sorted(Path(name).as_posix() for name in set(found) if _is_candidate(root / name, pattern))


def _is_candidate(path: Path, pattern: str) -> bool:
    """Return whether a match stands for a document; `**` and bare wildcards also match folders on the way."""
    return not path.is_dir() or bool(Path(pattern).suffix)
