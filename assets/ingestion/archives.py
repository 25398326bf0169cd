"""Sources of kind `table`: archives with one article per row (JSONL, CSV, TSV, Parquet; also .gz and .zst).

Belongs here: walking the rows of an archive in bounded memory, and turning a row into a document by the source's column
mapping. A row that cannot be read is a rejection of its own; a file that ends in the middle gives what it held so far.
Does not belong here: the landing day of a row.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import re
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from assets.ingestion.documents import HTML, PLAIN, Declared, Document, Offer, Rejection, reject, reject_file
from assets.ingestion.files import FoundFile
from assets.settings import Limits, Source

if TYPE_CHECKING:
    import pyarrow.parquet as pq

_MEGABYTE = 1_000_000
# JSON escapes make most scripts three times as long; a longer line would take a gigabyte to decode.
_LINE_PER_DOCUMENT = 3
_SAMPLE_BYTES = 262_144
_READ_BYTES = 1_048_576
# Where a packed file ends early, so much of it can be lost; larger steps are no faster.
_UNPACKED_BYTES = 131_072
_UTF8 = "utf-8-sig"
_DELIMITERS = ",;\t|"
# If the first rows all fail for one reason, the file and not the rows are to blame: one rejection instead of millions.
_HOPELESS_AFTER = 100
# Few, because many rows of a Parquet file may refer to one long value, which is copied for each row that is read.
_PARQUET_ROWS = 8
# No text packs so well: a column chunk beyond both bounds is made to fill memory.
_BOMB_BYTES, _BOMB_RATIO = 60_000_000, 150
_JOINED_FIELDS = ("title", "author", "section")
_ESCAPED_SURROGATE = re.compile("[\ud800-\udfff]")


class FileUnreadable(Exception):
    """A whole archive file, or the rest of it, cannot be read."""

    def __init__(self, detail: str, reason: str = "unreadable") -> None:
        super().__init__(detail)
        self.reason = reason


class RowUnreadable(Exception):
    """One row cannot be read."""

    def __init__(self, detail: str, reason: str = "unreadable", data: bytes = b"") -> None:
        super().__init__(detail)
        self.reason = reason
        self.data = data


@dataclass(frozen=True, slots=True)
class Row:
    """A row by mapped field, or why it is none; `number` is the line (JSONL) or the row (CSV, Parquet), from 1."""

    number: int
    cells: dict[str, Any]
    error: RowUnreadable | None = None


def read_archives(
    files: Iterable[FoundFile], source: Source, today: date, limits: Limits, log: Callable[[str], None]
) -> Iterator[Offer]:
    """Yield the documents of a `table` source; `landed_on` is left None where each row's own date decides."""
    for found in files:
        if not found.path.is_dir():
            landed_on = None if source.lands_on == "published" else found.day or today
            with closing(read_archive(found, source, landed_on, limits, log)) as offers:
                yield from _without_hopeless(offers, found, source, landed_on)


def read_archive(
    found: FoundFile, source: Source, landed_on: date | None, limits: Limits, log: Callable[[str], None]
) -> Iterator[Offer]:
    """Yield the documents of one archive file, then, where it could not be read to its end, a rejection of the file."""
    bound = int(limits.document_megabytes * _MEGABYTE)
    number = 0
    try:
        with closing(_rows(found.path, source, bound, log)) as rows:
            for row in rows:
                number = row.number
                yield _document(row, found.locator, source, landed_on, bound)
    except (FileUnreadable, OSError, EOFError, zlib.error, ValueError) as error:
        reason = error.reason if isinstance(error, FileUnreadable) else "unreadable"
        detail = f"{found.path}: {error or type(error).__name__}; "
        detail += f"rows up to {number} were read, mend or replace the file" if number else "nothing was read"
        yield reject_file(source.id, found.locator, reason, detail, landed_on)


def _without_hopeless(
    offers: Iterator[Offer], found: FoundFile, source: Source, landed_on: date | None
) -> Iterator[Offer]:
    """Pass offers on, but put one rejection of the file in place of its rows' where no row at all can be read."""
    held: list[Rejection] = []
    for offer in offers:
        if isinstance(offer, Document) or offer.is_whole_file:
            yield from held
            yield offer
            yield from offers
            return
        held.append(offer)
        if len(held) == _HOPELESS_AFTER:
            break
    reasons = {rejection.reason for rejection in held}
    enough = len(held) == _HOPELESS_AFTER or reasons == {"missing_column"}
    if held and enough and len(reasons) == 1 and reasons <= {"unreadable", "missing_column"}:
        detail = f"{found.path}: none of its first {len(held)} rows can be read; the first: {held[0].detail}"
        yield reject_file(source.id, found.locator, held[0].reason, detail, landed_on)
        return
    yield from held
    yield from offers


def _document(row: Row, file_locator: str, source: Source, landed_on: date | None, bound: int) -> Offer:
    locator, data, fields = f"{file_locator}#row={row.number}", b"", {}
    try:
        if row.error:
            raise row.error
        fields = {name: _text(value, name) for name, value in row.cells.items() if name not in ("text", "html")}
        locator = f"{file_locator}#{fields.get('external_id') or fields.get('url') or f'row={row.number}'}"
        data, media_type = _body(row.cells)
        if len(data) > bound:
            size = f"{len(data) / _MEGABYTE:.1f} MB where document_megabytes in dateline.yaml allows"
            raise RowUnreadable(f"row {row.number}: {size} {bound / _MEGABYTE:g}", "too_large", data[:_SAMPLE_BYTES])
    except RowUnreadable as error:
        rejection = reject(source.id, locator, error.data or data, error.reason, str(error), landed_on)
        return replace(rejection, published=fields.get("published"))
    declared = Declared(
        url=fields.get("url"),
        external_id=fields.get("external_id"),
        title=fields.get("title"),
        published=fields.get("published"),
        by="declared" if fields.get("published") else None,
        language=fields.get("language"),
        author=fields.get("author"),
        section=fields.get("section"),
    )
    return Document(source.id, locator, data, media_type, source.lands_on, landed_on, declared)


def _body(cells: dict[str, Any]) -> tuple[bytes, str]:
    """Return the article's bytes: its text where there is one (it is clean already), else its page."""
    if "text" not in cells and "html" not in cells:
        raise RowUnreadable(
            "the columns mapped to text and html are missing; correct columns in sources.yaml", "missing_column"
        )
    for name, media_type in (("text", PLAIN), ("html", HTML)):
        value = cells.get(name)
        data = value if isinstance(value, bytes) else _encoded(value, name)
        if data and not data.isspace():
            return data, media_type
    raise RowUnreadable("neither text nor html holds anything", "empty")


def _encoded(value: Any, name: str) -> bytes:
    """Return a cell as the bytes of a document; a page is copied once and looked through once."""
    text = value if isinstance(value, str) else _text(value, name) or ""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _well_formed(text).encode()


def _text(value: Any, name: str) -> str | None:
    """Return a cell as text, None where it is empty; raise RowUnreadable for what is no single value."""
    if isinstance(value, list) and name in _JOINED_FIELDS and not any(isinstance(part, list | dict) for part in value):
        value = ", ".join(part for part in (_text(part, name) for part in value) if part)
    if isinstance(value, str):
        text = value
    elif value is None or value != value:  # only NaN differs from itself: it is how number columns say "nothing"
        return None
    elif isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, int | float | Decimal):
        text = str(value)
    elif isinstance(value, date | datetime | time):
        text = value.isoformat()
    elif isinstance(value, bytes):
        text = value.decode("utf-8", "replace")
    else:
        raise RowUnreadable(
            f"{name} holds a {type(value).__name__} where one value belongs; map a column of plain values"
        )
    return _well_formed(text).strip() or None


def _well_formed(text: str) -> str:
    """Return the text without halves of surrogate pairs, which JSON escapes can smuggle in and UTF-8 cannot hold."""
    if not _has_surrogates(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _has_surrogates(text: str) -> bool:
    if text.isascii():
        return False
    try:
        text.encode()  # ten times as fast as searching a page for them
    except UnicodeEncodeError:
        return True
    return False


def _rows(path: Path, source: Source, bound: int, log: Callable[[str], None]) -> Iterator[Row]:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    packed = suffixes.pop() if suffixes and suffixes[-1] in (".gz", ".zst") else ""
    kind = suffixes[-1] if suffixes else ""
    if kind in (".parquet", ".pq"):
        yield from _parquet_rows(path, packed, source, log)
    elif kind in (".jsonl", ".ndjson", ".json"):
        yield from _json_rows(path, packed, source, bound)
    elif kind in (".csv", ".tsv", ".txt"):
        yield from _csv_rows(path, packed, source, bound, log, kind)
    else:
        raise FileUnreadable(
            "the name tells no format; name it .jsonl, .csv, .tsv or .parquet, with .gz or .zst behind"
        )


def _json_rows(path: Path, packed: str, source: Source, bound: int) -> Iterator[Row]:
    columns = {column: field for field, column in source.columns.items()}

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        row = dict(items)
        if len(row) < len(items):
            names = [name for name, _ in items]
            row[_DOUBLE] = sorted({name for name in names if names.count(name) > 1})
        return row

    # Numbers stay as they are written: 1.10 is not 1.1, and an id may have more digits than a float.
    decoder = json.JSONDecoder(object_pairs_hook=pairs, parse_float=str, parse_int=str, parse_constant=lambda _: None)
    with _unpacked(path, packed) as file, closing(_lines(file, bound * _LINE_PER_DOCUMENT)) as lines:
        for number, line in lines:
            if line is None:
                yield Row(number, {}, RowUnreadable(f"line {number} is far longer than a document may be", "too_large"))
                continue
            if line.isspace():
                continue
            try:
                cells = _object(decoder, line, columns)
            except RowUnreadable as error:
                data = line.encode("utf-8", "surrogateescape")
                yield Row(number, {}, RowUnreadable(f"line {number}: {error}", error.reason, data))
            else:
                yield Row(number, cells)


_DOUBLE = "\0double"


def _object(decoder: json.JSONDecoder, line: str, columns: dict[str, str]) -> dict[str, Any]:
    try:
        value = decoder.decode(line)
    except RecursionError:
        raise RowUnreadable("nested too deeply") from None
    except ValueError as error:
        if _has_surrogates(line):
            raise RowUnreadable("not valid in the file's encoding, and no JSON") from None
        raise RowUnreadable(f"no JSON: {error}") from None
    if not isinstance(value, dict):
        raise RowUnreadable("no JSON object; write one object per line")
    if double := set(value.get(_DOUBLE, ())) & set(columns):
        raise RowUnreadable(f"two values for {sorted(double)}")
    if _has_surrogates(line):
        raise RowUnreadable("bytes that are not valid in the file's encoding; save it as UTF-8")
    return {field: value[column] for column, field in columns.items() if column in value}


def _csv_rows(
    path: Path, packed: str, source: Source, bound: int, log: Callable[[str], None], kind: str
) -> Iterator[Row]:
    csv.field_size_limit(max(csv.field_size_limit(), bound * 2))  # the library's limit is one for the whole process
    with _unpacked(path, packed) as file, closing(_lines(file, bound * _LINE_PER_DOCUMENT)) as lines:
        _, header_line = next(lines, (1, ""))
        if not (header_line or "").strip():
            raise FileUnreadable("the file has no header line")
        delimiter = source.delimiter or ("\t" if kind == ".tsv" else _sniff_delimiter(header_line, source))
        header = [name.strip() for name in next(csv.reader([header_line], delimiter=delimiter))]
        positions = _positions(header, source, path, log)
        reader = csv.reader((line if line is not None else "\n" for _, line in lines), delimiter=delimiter, strict=True)
        number = 0
        while True:
            number, first_line = number + 1, reader.line_num + 2
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                lost = (
                    f"lines {first_line} to {reader.line_num + 1}: {error}; quote cells, and double the quotes inside"
                )
                yield Row(number, {}, RowUnreadable(lost))
                continue
            if not cells:
                number -= 1
                continue
            yield _csv_row(number, first_line, cells, header, positions)


def _csv_row(number: int, line: int, cells: list[str], header: list[str], positions: dict[str, int]) -> Row:
    data = "\x1f".join(cells).encode("utf-8", "surrogateescape")
    if len(cells) != len(header):
        found = f"line {line}: {len(cells)} cells where the header has {len(header)}; quote cells with the delimiter"
        return Row(number, {}, RowUnreadable(found, data=data))
    row = {field: cells[position] for field, position in positions.items()}
    if any(map(_has_surrogates, row.values())):
        found = f"line {line}: bytes that are not valid in the file's encoding; save it as UTF-8"
        return Row(number, {}, RowUnreadable(found, data=data))
    return Row(number, row)


def _sniff_delimiter(header_line: str, source: Source) -> str:
    """Return the delimiter under which the header holds most of the mapped columns, and then most columns."""
    wanted = set(source.columns.values())

    def fit(delimiter: str) -> tuple[int, int]:
        names = [name.strip() for name in next(csv.reader([header_line], delimiter=delimiter))]
        return len(wanted & set(names)), len(names)

    return max(_DELIMITERS, key=fit)


def _positions(header: list[str], source: Source, path: Path, log: Callable[[str], None]) -> dict[str, int]:
    """Return where each mapped field's column stands; raise FileUnreadable where the body's columns are missing."""
    double = sorted({name for name in source.columns.values() if header.count(name) > 1})
    if double:
        raise FileUnreadable(f"the header names {double} twice; rename one")
    missing = {field: column for field, column in source.columns.items() if column not in header}
    if not {"text", "html"} & (set(source.columns) - set(missing)):
        bodies = sorted(column for field, column in missing.items() if field in ("text", "html"))
        raise FileUnreadable(
            f"no column {' or '.join(map(repr, bodies))} among {header[:40]}; correct columns of source {source.id!r} "
            "in sources.yaml",
            "missing_column",
        )
    for field, column in missing.items():
        log(f"source {source.id}: {path} has no column {column!r}; {field} is taken as empty")
    return {field: header.index(column) for field, column in source.columns.items() if field not in missing}


def _parquet_rows(path: Path, packed: str, source: Source, log: Callable[[str], None]) -> Iterator[Row]:
    import pyarrow.parquet as pq

    with _unpacked(path, packed) as file, _seekable(file, packed) as whole:
        header = pq.read_schema(whole).names
        fields = {header[position]: field for field, position in _positions(header, source, path, log).items()}
        parquet = pq.ParquetFile(whole, pre_buffer=False, buffer_size=_READ_BYTES)
        _refuse_bombs(parquet.metadata)
        number = 0
        for batch in parquet.iter_batches(batch_size=_PARQUET_ROWS, columns=list(fields), use_threads=False):
            for cells in batch.to_pylist():
                number += 1
                yield Row(number, {fields[column]: value for column, value in cells.items()})


def _refuse_bombs(metadata: pq.FileMetaData) -> None:
    """Raise FileUnreadable where a part of the file would fill the memory."""
    for group in map(metadata.row_group, range(metadata.num_row_groups)):
        for column in map(group.column, range(group.num_columns)):
            size, packed = column.total_uncompressed_size, column.total_compressed_size
            if size > _BOMB_BYTES and size > packed * _BOMB_RATIO:
                what = (
                    f"column {column.path_in_schema!r} packs {size / _MEGABYTE:.0f} MB into {packed / _MEGABYTE:.1f} MB"
                )
                raise FileUnreadable(f"{what}; no text does; give the file without it", "too_large")


@contextmanager
def _unpacked(path: Path, packed: str) -> Iterator[BinaryIO]:
    """Open a file for reading, unpacking it on the way."""
    if packed == ".gz":
        with gzip.open(path) as stream, io.BufferedReader(stream, _UNPACKED_BYTES) as file:
            yield file
    elif packed == ".zst":
        import pyarrow as pa

        # zstandard's own reader ends silently where a file is cut off; Arrow's raises.
        with (
            pa.input_stream(str(path), compression="zstd") as stream,
            io.BufferedReader(stream, _UNPACKED_BYTES) as file,
        ):
            yield file
    else:
        with path.open("rb", buffering=_READ_BYTES) as file:
            yield file


@contextmanager
def _seekable(file: BinaryIO, packed: str) -> Iterator[BinaryIO]:
    """Give a packed stream a place on disk, because a Parquet file is read from its end."""
    if not packed:
        yield file
        return
    with tempfile.TemporaryFile() as whole:
        while chunk := file.read(_MEGABYTE):
            whole.write(chunk)
        whole.seek(0)
        yield whole


def _lines(file: BinaryIO, longest: int) -> Iterator[tuple[int, str | None]]:
    """Yield (line number, line), None for a line longer than `longest`, of which no more is held in memory."""
    head = file.peek(_SAMPLE_BYTES)[:_SAMPLE_BYTES] if hasattr(file, "peek") else b""
    encoding = _encoding(head)
    if encoding == _UTF8 and (b"\n" in head or b"\r" not in head):
        return _utf8_lines(file, longest)
    return _decoded_lines(file, longest, encoding)


def _utf8_lines(file: BinaryIO, longest: int) -> Iterator[tuple[int, str | None]]:
    """Yield the lines of UTF-8, which can be cut as bytes: several times as fast as a decoding stream."""
    number = 0
    while line := file.readline(longest):
        number += 1
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if len(line) < longest or line.endswith(b"\n"):
            yield number, _decoded(line)
            continue
        while (rest := file.readline(_MEGABYTE)) and not rest.endswith(b"\n"):
            pass
        yield number, None


def _decoded(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("utf-8", "surrogateescape")


def _decoded_lines(file: BinaryIO, longest: int, encoding: str) -> Iterator[tuple[int, str | None]]:
    with io.TextIOWrapper(file, encoding=encoding, errors="surrogateescape", newline="") as text:
        number = 0
        while line := text.readline(longest):
            number += 1
            if len(line) < longest or line.endswith("\n"):
                yield number, line
                continue
            while (rest := text.readline(_MEGABYTE)) and not rest.endswith(("\n", "\r")):
                pass
            yield number, None


def _encoding(head: bytes) -> str:
    """Return the encoding of a file that starts with `head`: by its mark, as UTF-8 where it is, else as detected."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    beyond_ascii = len(head) - len(head.translate(None, bytes(range(128, 256))))
    broken = len(_ESCAPED_SURROGATE.findall(head.decode("utf-8", "surrogateescape")))
    # A few broken characters are damage in a UTF-8 file; where most are broken, the file is in another encoding.
    if broken * 2 > beyond_ascii:
        from charset_normalizer import from_bytes

        best = from_bytes(head).best()
        if best is not None:
            return best.encoding
    return _UTF8
