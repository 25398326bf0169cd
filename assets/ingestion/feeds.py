"""Sources of kind `feed`: RSS, Atom and JSON Feed, from the web or from saved snapshots; one document per item.

Belongs here: turning a feed's bytes into items and items into documents, in bounded time also where it is hostile.
Does not belong here: getting the bytes over the network (`web`), the pages behind the items (`pages`).
"""

from __future__ import annotations

import hashlib
import io
import json
import multiprocessing
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.parsers import expat

from assets.ingestion.documents import HTML, PLAIN, Declared, Document, Offer, reject, reject_file, too_large
from assets.ingestion.files import FoundFile, SourceUnavailable
from assets.settings import Limits, Source

# feedparser is linear on well-formed XML, and quadratic on damaged markup (0.3 MB of unclosed tags take 3 s).
_DEEPEST = 100
_SMALL_BYTES = 50_000
_MEGABYTE = 1_000_000
_HEAD_BYTES = 4_096
_FEED_START = re.compile(rb"<rss[\s>]|<feed[\s>]|<rdf:RDF[\s>]|jsonfeed\.org/version/")
_TAG = re.compile(r"<[^>]*>")
_CUT_OFF = re.compile(r"(?:\.\.\.|…|\[(?:\.\.\.|…|&#8230;)\])[\s\w»›>]{0,30}$")


@dataclass(frozen=True)
class Item:
    """An item of a feed; None where the feed says nothing."""

    body: str | None
    body_type: str | None
    item_id: str | None
    link: str | None
    title: str | None
    published: str | None
    updated: str | None
    author: str | None
    section: str | None
    language: str | None

    @property
    def locator(self) -> str:
        """Where in the feed it stands."""
        return self.item_id or self.link or f"item={hashlib.sha256((self.body or '').encode()).hexdigest()[:16]}"

    def declared(self) -> Declared:
        """Return what the feed declares about the article."""
        return Declared(
            url=self.link,
            external_id=self.item_id if self.item_id != self.link else None,
            title=self.title,
            published=self.published or self.updated,
            by="feed" if self.published or self.updated else None,
            language=self.language,
            author=self.author,
            section=self.section,
        )

    def is_teaser(self, words: int) -> bool:
        """Return whether the feed holds less than the article: it has fewer than `words`, or breaks off."""
        text = _TAG.sub(" ", self.body or "").strip()
        return len(text.split()) < words or bool(_CUT_OFF.search(text[-60:]))


def read_snapshots(files: Iterable[FoundFile], source: Source, today: date, limits: Limits) -> Iterator[Offer]:
    """Yield the items of a feed that was saved as files."""
    for found in files:
        yield from read_snapshot(found, source.id, source.lands_on, found.day or today, limits)


def read_snapshot(found: FoundFile, source_id: str, lands_on: str, landed_on: date, limits: Limits) -> Iterator[Offer]:
    """Yield the items of a feed in one file, or a rejection of the file where it is none."""
    bound = int(limits.document_megabytes * _MEGABYTE)
    try:
        with found.path.open("rb") as file:
            data = file.read(bound + 1)
        if len(data) > bound:
            raise SourceUnavailable(f"larger than document_megabytes in dateline.yaml ({limits.document_megabytes:g})")
        for item in read_feed(data, {}, limits):
            yield as_document(item, source_id, lands_on, landed_on, limits)
    except OSError as error:
        detail = f"{found.path}: cannot be read: {error.strerror or error}"
        yield reject_file(source_id, found.locator, "unreadable", detail, landed_on)
    except SourceUnavailable as error:
        yield reject_file(source_id, found.locator, "unreadable", f"{found.path}: {error}", landed_on)


def read_feed(data: bytes, headers: Mapping[str, str], limits: Limits) -> list[Item]:
    """Return the items of a feed's bytes; raise SourceUnavailable where they are no feed at all."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_items(data)
    feed = parse(data, headers, limits.response_seconds)
    items = [_item(entry, feed["feed"].get("language")) for entry in feed["entries"]]
    if not items and (feed["error"] or not feed["version"]):
        raise SourceUnavailable(f"no RSS, Atom or JSON feed: {feed['error'] or 'no feed element'}; check the address")
    return items


def is_feed(head: bytes) -> bool:
    """Return whether a file that begins with `head` is an RSS, Atom or JSON feed."""
    return bool(_FEED_START.search(head[:_HEAD_BYTES]))


def as_document(item: Item, source_id: str, lands_on: str, landed_on: date, limits: Limits) -> Offer:
    """Return what the feed itself holds of an item as a document, or why it is none."""
    data = (item.body or "").encode("utf-8", "replace")
    if not data.strip():
        detail = "the feed item has neither content nor summary"
        return reject(source_id, item.locator, data, "empty", detail, landed_on)
    if rejection := too_large(source_id, item.locator, data, limits.document_megabytes, landed_on):
        return rejection
    media_type = PLAIN if item.body_type == PLAIN else HTML
    return Document(source_id, item.locator, data, media_type, lands_on, landed_on, item.declared())


def parse(data: bytes, headers: Mapping[str, str], seconds: float) -> dict[str, Any]:
    """Parse RSS or Atom here where that is safe, else in a process of its own that is ended after `seconds`.

    Returns what feedparser found: `version`, `encoding`, `bozo`, `error`, `feed`, `entries`, `namespaces`.
    """
    if _is_safe(data):
        return _parse(data, dict(headers))
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_parse_into, args=(theirs, data, dict(headers)), daemon=True)
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
    pipe.send(_parse(data, headers))
    pipe.close()


def _parse(data: bytes, headers: dict[str, str]) -> dict[str, Any]:
    import feedparser

    feed = feedparser.parse(io.BytesIO(data), response_headers=headers)
    error = feed.get("bozo_exception")
    return {
        **{name: feed.get(name) for name in ("version", "encoding", "namespaces", "feed", "entries")},
        "bozo": bool(feed.get("bozo")),
        "error": f"{type(error).__name__}: {error}"[:300] if error else None,
    }


def _item(entry: Any, feed_language: str | None) -> Item:
    body = next((part for part in entry.get("content", ()) if (part.get("value") or "").strip()), None)
    body = body or entry.get("summary_detail") or {}
    tags = [tag.get("term") or tag.get("label") for tag in entry.get("tags", ())]
    return _cleaned(
        body=body.get("value") or entry.get("summary"),
        body_type=body.get("type"),
        item_id=entry.get("id"),
        link=entry.get("link"),
        title=entry.get("title"),
        published=entry.get("published") or entry.get("created"),
        updated=dict.get(entry, "updated"),  # its own get() would answer with `published`, and warn
        author=entry.get("author"),
        section=next((tag for tag in tags if tag), None),
        language=body.get("language") or feed_language,
    )


def _json_items(data: bytes) -> list[Item]:
    try:
        feed = json.loads(data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise SourceUnavailable(
            f"no JSON Feed: {type(error).__name__}: {str(error)[:200]}; check the address"
        ) from None
    items = feed.get("items")
    if not isinstance(items, list) or "jsonfeed.org" not in str(feed.get("version")):
        raise SourceUnavailable("JSON, but no JSON Feed: it lacks version and items; check the address")
    return [_json_item(item, feed) for item in items if isinstance(item, dict)]


def _json_item(item: dict[str, Any], feed: dict[str, Any]) -> Item:
    html, text = item.get("content_html"), item.get("content_text")
    authors = item.get("authors") or [item.get("author")]
    names = [one.get("name") for one in authors if isinstance(one, dict)] if isinstance(authors, list) else []
    tags = item.get("tags") if isinstance(item.get("tags"), list) else []
    return _cleaned(
        body=html or text or item.get("summary"),
        body_type=HTML if html else PLAIN,
        item_id=item.get("id"),
        link=item.get("url") or item.get("external_url"),
        title=item.get("title"),
        published=item.get("date_published"),
        updated=item.get("date_modified"),
        author=", ".join(name for name in names if isinstance(name, str)),
        section=next(iter(tags), None),
        language=item.get("language") or feed.get("language"),
    )


def _cleaned(**values: Any) -> Item:
    plain = {name: str(value) for name, value in values.items() if isinstance(value, str | int | float)}
    return Item(**{name: plain.get(name, "").strip() or None for name in values})


def _is_safe(data: bytes) -> bool:
    """Return whether parsing takes no more than a moment: a small feed without entities, or well-formed plain XML."""
    if b"<!ENTITY" not in data and len(data) <= _SMALL_BYTES:
        return True
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
