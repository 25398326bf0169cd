"""Where a web page says when it was published.

Belongs here: JSON-LD, meta elements, `time` elements, and htmldate for pages that have none of them.
Does not belong here: reading what is written there (dates.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import htmldate

from assets.cleaning.dates import Evidence, read_moment
from assets.cleaning.decoding import parse_html
from assets.cleaning.web_page import WebPage

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


def page_evidence(page: WebPage, zone: ZoneInfo | None) -> Iterator[Evidence]:
    """Yield what the machine-readable parts of a page say, the most telling first."""
    for written in (*_structured(page), *_meta(page), *_times(page)):
        moment = read_moment(written, zone)
        if moment is not None:
            yield Evidence("page_metadata", moment)


def guessed_evidence(page: WebPage, url: str | None, latest: date) -> Iterator[Evidence]:
    """Yield what htmldate finds in a page without machine-readable dates.

    Its extensive search answers always and guesses often, so that is left off.
    """
    found = htmldate.find_date(
        parse_html(page.html),
        url=url,
        original_date=True,
        extensive_search=False,
        max_date=(latest + timedelta(days=1)).isoformat(),
    )
    moment = read_moment(found, None)
    if moment is not None:
        yield Evidence("text", moment)


def _structured(page: WebPage) -> list[str]:
    """Return `datePublished` of the page's JSON-LD article, the first one where there are several."""
    for objects in (page.articles, page.objects):
        dates = [item["datePublished"] for item in objects if isinstance(item.get("datePublished"), str)]
        if dates:
            return dates[:1]
    return []


def _meta(page: WebPage) -> list[str]:
    return [page.meta[name] for name in _META_NAMES if name in page.meta][:1]


def _times(page: WebPage) -> list[str]:
    """Return the `time` element of the article's head: the one marked as such, or the only or first one."""
    marked = "time[itemprop=datePublished], time[pubdate], time[class*=published], [itemprop=datePublished]"
    for element in page.tree.css(marked):
        attributes = element.attributes
        written = attributes.get("datetime") or (attributes.get("content") if element.tag != "meta" else None)
        if written:
            return [written]
    for place in ("article time[datetime], main time[datetime]", "time[datetime]"):
        times = [element.attributes.get("datetime") or "" for element in page.tree.css(place)]
        # Several outside an article are a list of other articles.
        if times and (place.startswith("article") or len(set(times)) == 1):
            return times[:1]
    return []
