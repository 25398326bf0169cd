"""Where a web page says when it was published.

Belongs here: JSON-LD, meta elements, `time` elements, and htmldate for pages that have none of them.
Does not belong here: reading what is written there (dates.py).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import htmldate
from lxml.html import HtmlElement

from assets.cleaning.dates import Evidence, read_moment

_ARTICLE_TYPES = re.compile(r"Article|Posting|Report|Review|Opinion|Live|Analysis|Column", re.IGNORECASE)
_META_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "article:published",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "publish-date",
    "publish_date",
    "published-date",
    "publication_date",
    "publicationdate",
    "pubdate",
    "publishdate",
    "dcterms.created",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date.created",
    "dc.date",
    "dc.created",
    "article.published",
    "article.created",
    "article_date_original",
    "created",
    "date",
)


def page_evidence(tree: HtmlElement, zone: ZoneInfo | None) -> Iterator[Evidence]:
    """Yield what the machine-readable parts of a page say, the most telling first."""
    for written in (*_structured(tree), *_meta(tree), *_times(tree)):
        moment = read_moment(written, zone)
        if moment is not None:
            yield Evidence("page_metadata", moment)


def guessed_evidence(tree: HtmlElement, url: str | None, latest: date) -> Iterator[Evidence]:
    """Yield what htmldate finds in a page without machine-readable dates.

    Its extensive search answers always and guesses often, so that is left off.
    """
    found = htmldate.find_date(
        tree,
        url=url,
        original_date=True,
        extensive_search=False,
        max_date=(latest + timedelta(days=1)).isoformat(),
    )
    moment = read_moment(found, None)
    if moment is not None:
        yield Evidence("text", moment)


def _structured(tree: HtmlElement) -> list[str]:
    """Return `datePublished` of the page's JSON-LD article, the first one where there are several."""
    found: list[tuple[bool, str]] = []
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        source = (script.text or "").strip().removeprefix("<![CDATA[").removesuffix("]]>")
        try:
            items = list(_objects(json.loads(source, strict=False)))
        except (ValueError, RecursionError):
            # Broken JSON is common; one date in it is still its date.
            dates = set(re.findall(r'"datePublished"\s*:\s*"([^"]{6,60})"', source))
            items = [{"@type": "", "datePublished": only} for only in dates] if len(dates) == 1 else []
        for item in items:
            if isinstance(item.get("datePublished"), str):
                found.append((bool(_ARTICLE_TYPES.search(str(item.get("@type")))), item["datePublished"]))
    articles = [written for is_article, written in found if is_article] or [written for _, written in found]
    return articles[:1]


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    waiting = [data]
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, dict):
            yield item
            waiting += [
                value for key, value in item.items() if key in ("@graph", "mainEntity", "hasPart", "liveBlogUpdate")
            ]
        elif isinstance(item, list):
            waiting += item[:50]


def _meta(tree: HtmlElement) -> list[str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            name = (element.get(attribute) or "").lower()
            if name in _META_NAMES and element.get("content"):
                found.setdefault(name, element.get("content"))
    return [found[name] for name in _META_NAMES if name in found][:1]


def _times(tree: HtmlElement) -> list[str]:
    """Return the `time` element of the article's head: the one marked as such, or the only or first one."""
    times = tree.xpath(
        "//time[@itemprop='datePublished' or @pubdate or contains(@class, 'published')][@datetime]/@datetime"
        " | //*[@itemprop='datePublished'][not(self::meta)]/@*[name()='datetime' or name()='content']"
    ) or tree.xpath("//article//time/@datetime | //main//time/@datetime")
    if not times:
        times = tree.xpath("//time/@datetime")
        # Several outside an article are a list of other articles.
        times = times if len(set(times)) == 1 else []
    return [str(written) for written in times[:1]]
