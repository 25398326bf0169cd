"""Sources of kind `feed`: RSS and Atom, from the web or from saved snapshots; one document per item.

Belongs here: turning a feed's bytes into documents, in bounded time also where the feed is hostile.
Does not belong here: getting the bytes over the network (`web`), the articles behind the items.
"""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from xml.parsers import expat

from assets.home import Home
from assets.ingestion.documents import HTML, PLAIN, Declared, Document, Offer, reject, reject_file
from assets.ingestion.files import SourceUnavailable, find_files
from assets.settings import Limits, Source

# feedparser is linear on such XML, and quadratic on damaged markup (0.3 MB of unclosed tags take 3 s).
_DEEPEST = 100
_MEGABYTE = 1_000_000


def read_snapshots(source: Source, home: Home, days: Sequence[date], today: date, limits: Limits) -> Iterator[Offer]:
    """Yield the items of a feed that was saved as files."""
    bound = int(limits.document_megabytes * _MEGABYTE)
    for found in find_files(source, home, days):
        landed_on = found.day or today
        try:
            with found.path.open("rb") as file:
                data = file.read(bound + 1)
            if len(data) > bound:
                raise SourceUnavailable(
                    f"larger than document_megabytes in dateline.yaml ({limits.document_megabytes:g})"
                )
            yield from read_feed(data, {}, source, landed_on, limits)
        except OSError as error:
            detail = f"{found.path}: cannot be read: {error.strerror or error}"
            yield reject_file(source.id, found.locator, "unreadable", detail, landed_on)
        except SourceUnavailable as error:
            yield reject_file(source.id, found.locator, "unreadable", f"{found.path}: {error}", landed_on)


def read_feed(
    data: bytes, headers: Mapping[str, str], source: Source, landed_on: date, limits: Limits
) -> Iterator[Offer]:
    """Yield the items of a feed's bytes; raise SourceUnavailable where they are no feed at all."""
    feed = _parse(data, dict(headers), limits.response_seconds)
    if not feed["items"] and (feed["error"] or not feed["version"]):
        raise SourceUnavailable(f"no RSS or Atom feed: {feed['error'] or 'it has no feed element'}; check the address")
    bound = int(limits.document_megabytes * _MEGABYTE)
    for item in feed["items"]:
        yield _document(item, source, landed_on, bound)


def _document(item: dict[str, str | None], source: Source, landed_on: date, bound: int) -> Offer:
    data = (item["body"] or "").encode("utf-8", "replace")
    link, item_id = item["link"], item["id"]
    locator = item_id or link or f"item={hashlib.sha256(data).hexdigest()[:16]}"
    if not data.strip():
        return reject(source.id, locator, data, "empty", "the feed item has neither content nor summary", landed_on)
    if len(data) > bound:
        detail = (
            f"{len(data) / _MEGABYTE:.1f} MB where document_megabytes in dateline.yaml allows {bound / _MEGABYTE:g}"
        )
        return reject(source.id, locator, data, "too_large", detail, landed_on)
    declared = Declared(
        url=link,
        external_id=item_id if item_id != link else None,
        title=item["title"],
        published=item["published"],
        by="feed" if item["published"] else None,
        language=item["language"],
        author=item["author"],
        section=item["section"],
    )
    media_type = PLAIN if item["body_type"] == PLAIN else HTML
    return Document(source.id, locator, data, media_type, source.lands_on, landed_on, declared)


def _parse(data: bytes, headers: dict[str, str], seconds: float) -> dict[str, Any]:
    """Parse a feed here where that is safe, else in a process of its own that is ended after `seconds`."""
    if _is_plain_xml(data):
        return parse_items(data, headers)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_parse_into, args=(theirs, data, headers), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            raise SourceUnavailable(f"the damaged feed could not be parsed within response_seconds ({seconds:g})")
        return ours.recv()
    except EOFError:
        raise SourceUnavailable("the feed ended its parser; it is damaged or hostile") from None
    finally:
        process.kill()
        process.join()
        ours.close()


def _parse_into(pipe: Any, data: bytes, headers: dict[str, str]) -> None:
    pipe.send(parse_items(data, headers))
    pipe.close()


def parse_items(data: bytes, headers: dict[str, str]) -> dict[str, Any]:
    """Return a feed's version, error and items as plain values."""
    import io

    import feedparser

    # As it came: what is unsafe in the markup is cleaning's to remove, and it never shows a page to anyone.
    feed = feedparser.parse(
        io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    error = feed.get("bozo_exception")
    return {
        "version": feed.get("version"),
        "error": f"{type(error).__name__}: {error}"[:300] if error else None,
        "items": [_item(entry, feed.feed.get("language")) for entry in feed.entries],
    }


def _item(entry: Any, feed_language: str | None) -> dict[str, str | None]:
    body = next((part for part in entry.get("content", ()) if (part.get("value") or "").strip()), None)
    body = body or entry.get("summary_detail") or {}
    tags = [tag.get("term") or tag.get("label") for tag in entry.get("tags", ())]
    values = {
        "body": body.get("value") or entry.get("summary"),
        "body_type": body.get("type"),
        "id": entry.get("id"),
        "link": entry.get("link"),
        "title": entry.get("title"),
        "published": entry.get("published") or entry.get("updated") or entry.get("created"),
        "author": entry.get("author"),
        "section": next((tag for tag in tags if tag), None),
        "language": (body.get("language") or feed_language) or None,
    }
    return {name: str(value).strip() or None if value else None for name, value in values.items()}


def _is_plain_xml(data: bytes) -> bool:
    """Return whether the bytes are well-formed XML without a document type and without absurd nesting."""
    parser = expat.ParserCreate()
    depth = 0

    class Odd(Exception):
        pass

    def start(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise Odd

    def end(*_: object) -> None:
        nonlocal depth
        depth -= 1

    def document_type(*_: object) -> None:
        raise Odd

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = document_type
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, Odd, ValueError, LookupError):
        return False
    return True
