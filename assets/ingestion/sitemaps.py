"""Sources of kind `sitemap`: which pages a site lists, from its sitemap, news sitemap, or the index of several.

Belongs here: reading sitemap XML (also packed) in bounded memory, and the order in which its pages are worth fetching.
Does not belong here: requests (`web`), fetching the pages (`pages`).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from assets.ingestion.documents import Declared
from assets.ingestion.files import SourceUnavailable
from assets.ingestion.markup import events

_NEWEST_LAST = "0"


@dataclass(frozen=True)
class Listed:
    """An address that a sitemap lists: a page, or (where `is_sitemap`) another sitemap."""

    url: str
    changed: str | None
    declared: Declared
    is_sitemap: bool


def read_sitemap(data: bytes, bound: int) -> list[Listed]:
    """Return what a sitemap lists, newest first; raise SourceUnavailable where it is none."""
    listed = [entry for entry in _entries(_unpacked(data, bound)) if entry.url]
    # Addresses without a date come last, in their order; ISO dates sort as text well enough to choose what is new.
    return sorted(listed, key=lambda entry: entry.declared.published or entry.changed or _NEWEST_LAST, reverse=True)


def _unpacked(data: bytes, bound: int) -> bytes:
    if not data.startswith(b"\x1f\x8b"):
        return data
    unpacker = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacker.decompress(data, bound + 1)
    except zlib.error as error:
        raise SourceUnavailable(f"a packed sitemap is damaged: {error}") from None
    if len(unpacked) > bound:
        raise SourceUnavailable("a packed sitemap is larger than document_megabytes in dateline.yaml allows")
    return unpacked


def _entries(data: bytes) -> Iterator[Listed]:
    found = False
    try:
        for element in events(data, ("url", "sitemap", "urlset", "sitemapindex")):
            name = etree.QName(element).localname
            found = True
            if name in ("url", "sitemap"):
                yield _entry(element, is_sitemap=name == "sitemap")
                element.clear()
    except etree.XMLSyntaxError as error:
        if not found:
            raise SourceUnavailable(f"no sitemap: {error}; check the address") from None
    if not found:
        raise SourceUnavailable("no sitemap: it has neither urlset nor sitemapindex; check the address")


def _entry(element: etree._Element, *, is_sitemap: bool) -> Listed:
    values: dict[str, str] = {}
    for child in element.iter(etree.Element):
        name = etree.QName(child)
        key = name.localname if "image" not in (name.namespace or "") else f"image:{name.localname}"
        values.setdefault(key, (child.text or "").strip())
    url, published = values.get("loc", ""), values.get("publication_date") or None
    declared = Declared(
        url=url,
        title=values.get("title") or None,
        published=published,
        by="feed" if published else None,
        language=values.get("language") or None,
    )
    return Listed(url, values.get("lastmod") or None, declared, is_sitemap)
