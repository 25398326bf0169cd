"""A document as a source offers it, and a document that cannot be landed.

Belongs here: what every kind of source yields, how a document gets its id, and which bytes can be text at all.
Does not belong here: how to read a source, on which day a document lands, what its text says.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from datetime import date
from email.message import Message
from functools import cached_property

HTML = "text/html"
PLAIN = "text/plain"

_MEDIA_TYPES = {".html": HTML, ".htm": HTML, ".xhtml": HTML, ".txt": PLAIN}
_HTML_START = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
# How much of a document is looked at to tell what it is: the furniture in front of binary data is never longer.
_HEAD_BYTES = 65_536
_SIGNATURES = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP or Office file",
    b"\x1f\x8b": "a gzip file",
    b"\x28\xb5\x2f\xfd": "a zstd file",
    b"\x89PNG": "a PNG picture",
    b"GIF8": "a GIF picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"PAR1": "a Parquet file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
}
_UNICODE_MARKS = {
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_CONTROL = bytes(code for code in range(32) if code not in (9, 10, 11, 12, 13, 27)) + b"\x7f"
# Encoded prose holds no control bytes; a stray one comes from a bad copy, one in fifty from a file that is no text.
_CONTROL_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Declared:
    """What came with a document: column values, sidecar fields, a feed item's elements, a server's charset."""

    url: str | None = None
    external_id: str | None = None
    title: str | None = None
    published: str | None = None
    by: str | None = None
    language: str | None = None
    author: str | None = None
    section: str | None = None
    charset: str | None = None

    def over(self, other: Declared) -> Declared:
        """Return what this declares, and what only `other` does."""
        mine = {name: value for name in self.__slots__ if (value := getattr(self, name)) is not None}
        if self.published is None:
            mine.pop("by", None)
        return replace(other, **mine)


@dataclass(frozen=True)
class Document:
    """A document that can be landed; `landed_on` is None where only the whole archive tells its day."""

    source_id: str
    locator: str
    data: bytes
    media_type: str
    lands_on: str
    landed_on: date | None
    declared: Declared = field(default_factory=Declared)

    @cached_property
    def document_id(self) -> str:
        """Hash of source, locator and bytes; they are gone through once."""
        return document_id(self.source_id, self.locator, self.data)


@dataclass(frozen=True, slots=True)
class Rejection:
    """A document that cannot be landed, and why.

    `published` is the date that came with it, where one did. `is_whole_file` marks a file of many documents: there the
    source itself has failed in part.
    """

    source_id: str
    locator: str
    document_id: str
    reason: str
    detail: str
    landed_on: date | None
    published: str | None = None
    is_whole_file: bool = False


def reject(source_id: str, locator: str, data: bytes, reason: str, detail: str, landed_on: date | None) -> Rejection:
    """Return the rejection of a document of which `data` could be read."""
    return Rejection(source_id, locator, document_id(source_id, locator, data), reason, detail, landed_on)


def reject_file(source_id: str, locator: str, reason: str, detail: str, landed_on: date | None) -> Rejection:
    """Return the rejection of a file of many documents, as a whole or from some point on."""
    return Rejection(source_id, locator, document_id(source_id, locator, b""), reason, detail, landed_on, None, True)


def too_large(source_id: str, locator: str, data: bytes, megabytes: float, landed_on: date | None) -> Rejection | None:
    """Return the rejection of a document larger than `document_megabytes` allows, else None."""
    if len(data) <= megabytes * 1_000_000:
        return None
    detail = f"{len(data) / 1_000_000:.1f} MB where document_megabytes in dateline.yaml allows {megabytes:g}"
    return reject(source_id, locator, data[:_HEAD_BYTES], "too_large", detail, landed_on)


Offer = Document | Rejection


def document_id(source_id: str, locator: str, data: bytes) -> str:
    """Return the id of the bytes `data` found at `locator` of a source; no two such triples are written alike."""
    digest = hashlib.sha256()
    for part in (source_id.encode(), locator.encode("utf-8", "surrogatepass")):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    digest.update(data)
    return digest.hexdigest()[:32]


def media_type_of(name: str, data: bytes) -> str:
    """Return the media type that a file's name or, where that says nothing, its first bytes tell."""
    suffix = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    if suffix in _MEDIA_TYPES:
        return _MEDIA_TYPES[suffix]
    return HTML if _HTML_START.search(data[:_HEAD_BYTES]) else PLAIN


def content_type(header: str | None) -> tuple[str | None, str | None]:
    """Return (media type, charset) of a Content-Type header; None for what it does not say."""
    if not header:
        return None, None
    message = Message()
    message["content-type"] = header[:200]
    kind = message.get_content_type()
    return HTML if kind in ("application/xhtml+xml", "application/vnd.wap.xhtml+xml") else kind, _charset(message)


def _charset(message: Message) -> str | None:
    try:
        return message.get_content_charset()
    except (LookupError, ValueError):  # a charset in a charset that is none
        return None


def why_not_text(data: bytes) -> tuple[str, str] | None:
    """Return (reason, detail) where the bytes are no text that could be an article, else None."""
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        return "empty", "the document holds nothing but white space or zero bytes; give it text, or remove it"
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            return "not_text", f"the bytes are {what}; give the article as text or HTML"
    head = _decoded_head(data)
    control = len(head) - len(head.translate(None, _CONTROL))
    if control > len(head) * _CONTROL_SHARE:
        return (
            "not_text",
            f"{control} of the first {len(head)} bytes are control characters; give the article as text or HTML",
        )
    return None


def _decoded_head(data: bytes) -> bytes:
    """Return the first bytes as UTF-8 where a byte order mark names another Unicode encoding, else as they are."""
    head = data[:_HEAD_BYTES]
    for mark, encoding in _UNICODE_MARKS.items():
        if head.startswith(mark):
            return head[: len(head) // 4 * 4].decode(encoding, "replace").encode("utf-8", "replace")
    return head
