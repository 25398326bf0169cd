"""Sources of kind `warc`: the pages in web archives (WARC and ARC, plain or gzip), one document per captured page.

Belongs here: walking an archive in bounded memory, which of its records are pages, and when they were captured.
Does not belong here: when an article was published (a capture date is no publication date).
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from assets.ingestion.dates import published_day
from assets.ingestion.documents import (
    HTML,
    PLAIN,
    Declared,
    Document,
    Offer,
    content_type,
    media_type_of,
    reject_file,
    too_large,
    why_not_text,
)
from assets.ingestion.documents import reject as rejection
from assets.ingestion.files import FoundFile
from assets.settings import Limits, Source

SUFFIXES = (".warc", ".arc", ".warc.gz", ".arc.gz")

# The headers of a record and the blank lines before it; more without an end is damage, or an attempt on our memory.
_HEADER_BYTES = 262_144
_BLOCK_BYTES = 65_536
_PAGES = ("response", "resource", "conversion")
_ADDRESSES = ("http:", "https:", "file:")
_MEGABYTE = 1_000_000


class _Damaged(Exception):
    pass


class _Measured:
    """A file of which only so much may be read while a record's headers are looked for, and whose damage is told."""

    def __init__(self, file: io.BufferedReader | gzip.GzipFile) -> None:
        self._file = file
        self.allowance: int | None = None

    def read(self, size: int) -> bytes:
        try:
            data = self._file.read1(size)  # not read(): of a packed file that breaks off it gives what there is
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise _Damaged(str(error)) from None
        if self.allowance is not None:
            self.allowance -= len(data)
            if self.allowance < 0:
                raise _Damaged(f"no record within {_HEADER_BYTES} bytes")
        return data

    def tell(self) -> int:
        return 0  # nobody asks for the offsets of records, and a packed file knows none


def read_web_archives(
    files: Iterable[FoundFile], source: Source, today: date, limits: Limits, log: Callable[[str], None]
) -> Iterator[Offer]:
    """Yield the captured pages of a `warc` source; `landed_on` is None where a record's date is unusable."""
    for found in files:
        if not found.path.is_dir():
            landed_on = None if source.lands_on == "captured" else found.day or today
            yield from read_web_archive(found, source.id, source.lands_on, landed_on, limits, log)


def read_web_archive(
    found: FoundFile,
    source_id: str,
    lands_on: str,
    landed_on: date | None,
    limits: Limits,
    log: Callable[[str], None],
) -> Iterator[Offer]:
    """Yield the pages of one archive, then, where it could not be read to its end, a rejection of the file."""
    number = pages = 0
    try:
        with _unpacked(found.path) as file, closing(_records(file)) as records:
            for record in records:
                number += 1
                offer = _offer(record, found.locator, source_id, lands_on, landed_on, limits)
                if offer is not None:
                    pages += 1
                    yield offer
    except (_Damaged, OSError, EOFError, zlib.error, ValueError, RecursionError) as error:
        detail = f"{found.path}: {error or type(error).__name__}; "
        detail += f"{number} records were read, mend or replace the file" if number else "nothing was read"
        yield reject_file(source_id, found.locator, "unreadable", detail, landed_on)
    if number > pages:
        log(f"source {source_id}: {found.locator}: {number - pages} of {number} records are no pages, and passed over")


def _records(file: io.BufferedReader | gzip.GzipFile) -> Iterator[Any]:
    """Yield the records of an archive; raise _Damaged where it breaks off or is none."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.statusandheaders import StatusAndHeadersParserException

    measured = _Measured(file)
    measured.allowance = _HEADER_BYTES
    try:
        records = ArchiveIterator(measured, arc2warc=True)
        record = None
        for record in records:
            measured.allowance = None
            if record.rec_headers.get_header("Content-Length") is None:
                raise _Damaged("a record that does not say its length")
            yield record
            _finish(record)
            measured.allowance = _HEADER_BYTES
        if record is None:
            raise _Damaged("it holds no record")
        if records.err_count:
            raise _Damaged("a record is longer than it says, so that what follows cannot be told apart")
    except (ArchiveLoadFailed, StatusAndHeadersParserException) as error:
        raise _Damaged(" ".join(str(error).split())[:300]) from None


@contextmanager
def _unpacked(path: Path) -> Iterator[io.BufferedReader | gzip.GzipFile]:
    """Open an archive; also one that was packed as a whole instead of record by record."""
    with path.open("rb") as file:
        if file.peek(2)[:2] == b"\x1f\x8b":
            with gzip.GzipFile(fileobj=file) as unpacked:
                yield unpacked
        else:
            yield file


def _finish(record: Any) -> None:
    """Read a record to its end; raise _Damaged where the file ends before it."""
    while record.raw_stream.read(_BLOCK_BYTES):
        pass
    missing = getattr(record.raw_stream, "limit", 0)
    if missing > 0:
        raise _Damaged(f"the file breaks off inside a record, of which {missing} bytes are missing")


def _offer(
    record: Any, file_locator: str, source_id: str, lands_on: str, landed_on: date | None, limits: Limits
) -> Offer | None:
    status = _status(record)
    url = (_header(record.rec_headers, "WARC-Target-URI") or "").strip("<>")
    # What is no address is what a crawler says about itself.
    if record.rec_type not in _PAGES or status not in ("200", "") or not url.startswith(_ADDRESSES):
        return None
    captured = _header(record.rec_headers, "WARC-Date")
    locator = f"{file_locator}#{captured} {url}"
    day = published_day(captured, None) if lands_on == "captured" else landed_on
    if not status:
        return rejection(source_id, locator, b"", "unreadable", "the record holds no answer of a web server", day)
    kind, charset = content_type(_header(record.http_headers or record.rec_headers, "Content-Type"))
    if kind not in (None, HTML, PLAIN):
        return None
    data = _payload(record, int(limits.document_megabytes * _MEGABYTE))
    _finish(record)
    if kind is None and media_type_of("", data) != HTML:
        return None
    if rejected := too_large(source_id, locator, data, limits.document_megabytes, day):
        return rejected
    if why := why_not_text(data):
        return rejection(source_id, locator, data, *why, day)
    declared = Declared(url=url if url.startswith(("http://", "https://")) else None, charset=charset)
    return Document(source_id, locator, data, kind or HTML, lands_on, day, declared)


def _status(record: Any) -> str:
    """Return the status with which a server answered, empty where it is none; what was saved without one is good."""
    if record.rec_type != "response" or (record.http_headers is None and record.length):
        return "200"
    status = record.http_headers.get_statuscode() if record.http_headers is not None else ""
    return status if status.isdigit() else ""


def _header(headers: Any, name: str) -> str | None:
    return headers.get_header(name) if headers is not None else None


def _payload(record: Any, bound: int) -> bytes:
    """Return the bytes of a page without the packing in which it was sent, at most a little more than `bound`."""
    stream, data = record.content_stream(), bytearray()
    while len(data) <= bound and (block := stream.read(_BLOCK_BYTES)):
        data += block
    return bytes(data)
