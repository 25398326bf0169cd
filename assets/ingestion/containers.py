"""Files that hold articles in an agency's or a mail's own format: NewsML-G2, NITF, ninjs, e-mail.

Belongs here: which part of such a file is the article, and what its other parts declare about it.
Does not belong here: finding and reading files, what the article says.
"""

from __future__ import annotations

import email
import email.errors
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.header import decode_header
from email.message import Message
from typing import Any

from lxml import etree

from assets.ingestion.documents import HTML, PLAIN, Declared
from assets.ingestion.markup import parse_xml

SUFFIXES = (".eml", ".xml", ".json")

_LONGEST_HEADER = 2_000
_XHTML = "http://www.w3.org/1999/xhtml"
_INSTEAD = {
    "rss": "declare it as a source of kind feed",
    "feed": "declare it as a source of kind feed",
    "RDF": "declare it as a source of kind feed",
    "urlset": "declare its address as a source of kind sitemap",
    "sitemapindex": "declare its address as a source of kind sitemap",
}


class Unreadable(Exception):
    """The file holds no article that can be taken out of it; the message says what would be right."""


@dataclass(frozen=True)
class Contained:
    """An article in a file; `part` tells it apart from others there, and is empty where it is the only one."""

    part: str
    data: bytes
    media_type: str
    declared: Declared = field(default_factory=Declared)


def read_container(suffix: str, data: bytes) -> list[Contained]:
    """Return the articles in the bytes of a `.eml`, `.xml` or `.json` file; raise Unreadable where there are none."""
    readers = {".eml": _mail, ".xml": _xml, ".json": _ninjs}
    try:
        found = list(readers[suffix](data))
    except RecursionError:
        raise Unreadable("nested too deeply") from None
    if not found:
        raise Unreadable("it holds no article with a text")
    return found


def _mail(data: bytes) -> Iterator[Contained]:
    message = email.message_from_bytes(data)
    if not message.keys():
        raise Unreadable("no e-mail: it has no header lines")
    texts = [part for part in message.walk() if part.get_content_maintype() == "text" and not part.get_filename()]
    for kind in (HTML, PLAIN):
        part = next((part for part in texts if part.get_content_type() == kind), None)
        body = part.get_payload(decode=True) if part is not None else None
        if part is not None and isinstance(body, bytes) and body.strip():
            yield Contained("", body, kind, _mail_declared(message, part))
            return


def _mail_declared(message: Message, part: Message) -> Declared:
    published = _mail_header(message, "Date")
    sender = email.utils.parseaddr(_mail_header(message, "From") or "")
    return Declared(
        external_id=_mail_header(message, "Message-ID"),
        title=_mail_header(message, "Subject"),
        published=published,
        by="declared" if published else None,
        language=_mail_header(message, "Content-Language"),
        author=sender[0] or sender[1] or None,
        charset=part.get_content_charset(),
    )


def _mail_header(message: Message, name: str) -> str | None:
    raw = str(message.get(name) or "")[:_LONGEST_HEADER]
    try:
        parts = decode_header(raw)
        text = "".join(_decoded(part, charset) for part, charset in parts)
    except (email.errors.HeaderParseError, ValueError):
        text = raw
    return " ".join(text.encode("utf-8", "replace").decode().split()) or None


def _decoded(part: bytes | str, charset: str | None) -> str:
    if isinstance(part, str):
        return part
    try:
        return part.decode(charset or "ascii", "replace")
    except LookupError:
        return part.decode("utf-8", "replace")


def _xml(data: bytes) -> Iterator[Contained]:
    try:
        root = parse_xml(data)
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"no XML: {error}") from None
    name = etree.QName(root).localname
    if name == "html":
        yield Contained("", data, HTML)
    elif name == "nitf":
        yield from _nitf(root)
    elif name in ("newsItem", "newsMessage"):
        for item in root.iter("{*}newsItem"):
            yield from _news_item(item)
    else:
        remedy = _INSTEAD.get(name, "give articles as HTML, NewsML-G2 or NITF")
        raise Unreadable(f"its root element is {name!r}; {remedy}")


def _nitf(root: etree._Element) -> Iterator[Contained]:
    body = next(root.iter("{*}body.content"), None)
    if body is None or not "".join(body.itertext()).strip():
        return
    date_issued = next(root.iter("{*}date.issue"), None)
    story_date = next(root.iter("{*}story.date"), None)
    published = _attribute(date_issued, "norm") or _attribute(story_date, "norm")
    document_id = next(root.iter("{*}doc-id"), None)
    declared = Declared(
        external_id=_attribute(document_id, "id-string"),
        title=_text(next(root.iter("{*}hl1"), None)) or _text(next(root.iter("{*}title"), None)),
        published=published,
        by="declared" if published else None,
        language=root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        author=_text(next(root.iter("{*}byline"), None)),
    )
    yield Contained("", _as_html(body), HTML, declared)


def _news_item(item: etree._Element) -> Iterator[Contained]:
    inline = next(item.iter("{*}inlineXML"), None)
    plain = next(item.iter("{*}inlineData"), None)
    if inline is not None and len(inline):
        body = next(inline.iter("{*}body.content", f"{{{_XHTML}}}body"), inline[0])
        data, media_type = _as_html(body), HTML
    elif plain is not None and (plain.text or "").strip():
        media_type = HTML if "html" in (plain.get("contenttype") or "") else PLAIN
        data = (plain.text or "").encode("utf-8", "replace")
    else:
        return
    published = next(filter(None, (_text(next(item.iter(f"{{*}}{name}"), None)) for name in _NEWSML_DATES)), None)
    language = next(item.iter("{*}language"), None)
    subject = next(item.iter("{*}subject"), None)
    declared = Declared(
        external_id=item.get("guid"),
        title=_text(next(item.iter("{*}headline"), None)),
        published=published,
        by="declared" if published else None,
        language=_attribute(language, "tag"),
        author=_text(next(item.iter("{*}by"), None)),
        section=_text(next(subject.iter("{*}name"), None)) if subject is not None else None,
    )
    yield Contained(item.get("guid") or "", data, media_type, declared)


# What the agency calls the first publication, before what it says of this version of it.
_NEWSML_DATES = ("firstCreated", "contentCreated", "versionCreated")


def _as_html(body: etree._Element) -> bytes:
    """Return an element's content as HTML, without the namespaces that HTML does not know."""
    bare = etree.Element("div")
    bare.text = body.text
    bare.extend(list(body))
    for element in bare.iter(etree.Element):
        element.tag = etree.QName(element).localname
    etree.cleanup_namespaces(bare)
    return etree.tostring(bare, method="html", encoding="utf-8")


def _text(element: etree._Element | None) -> str | None:
    return " ".join("".join(element.itertext()).split()) or None if element is not None else None


def _attribute(element: etree._Element | None, name: str) -> str | None:
    return (element.get(name) or "").strip() or None if element is not None else None


def _ninjs(data: bytes) -> Iterator[Contained]:
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except ValueError as error:
        raise Unreadable(f"no JSON: {str(error)[:200]}") from None
    items = value if isinstance(value, list) else [value]
    for number, item in enumerate(items, 1):
        if isinstance(item, dict) and (body := _ninjs_body(item)):
            text, media_type = body
            part = (_string(item.get("uri")) or f"item={number}") if len(items) > 1 else ""
            yield Contained(part, text.encode("utf-8", "replace"), media_type, _ninjs_declared(item))


def _ninjs_body(item: dict[str, Any]) -> tuple[str, str] | None:
    """Return (text, media type) of a ninjs item: `body_html`, `body_text` in 1.x; a list of `bodies` in 2.x and 3.x."""
    bodies = [
        (body.get("value"), HTML if "html" in str(body.get("contenttype") or body.get("contentType")) else PLAIN)
        for body in _objects(item.get("bodies"))
    ]
    candidates = [
        (item.get("body_html"), HTML),
        (item.get("body_xhtml"), HTML),
        *(body for body in bodies if body[1] == HTML),
        (item.get("body_text"), PLAIN),
        *bodies,
    ]
    return next(((text, kind) for text, kind in candidates if isinstance(text, str) and text.strip()), None)


def _ninjs_declared(item: dict[str, Any]) -> Declared:
    headlines = [_string(one.get("value")) for one in _objects(item.get("headlines"))]
    published = _string(item.get("firstcreated") or item.get("firstCreated")) or _string(
        item.get("versioncreated") or item.get("versionCreated")
    )
    subjects = [_string(one.get("name")) for one in _objects(item.get("subject") or item.get("subjects"))]
    uri = _string(item.get("uri"))
    return Declared(
        url=next((url for url in (_string(item.get("url")), uri) if url and url.startswith("http")), None),
        external_id=uri,
        title=_string(item.get("headline")) or next(filter(None, headlines), None),
        published=published,
        by="declared" if published else None,
        language=_string(item.get("language")),
        author=_string(item.get("byline") or item.get("by")),
        section=next(filter(None, subjects), None),
    )


def _objects(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _string(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
