"""Where a web page says when it was published.

Belongs here: JSON-LD, meta elements, `time` elements, dates beside the headline, and htmldate for pages that have none
of them.
Does not belong here: reading what is written there (dates.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import htmldate
from selectolax.lexbor import LexborHTMLParser, LexborNode

from assets.cleaning.dates import LOOSE, MARKED, Evidence, Moment, Written, read_moment, resolve, written_dates
from assets.cleaning.decoding import parse_html
from assets.cleaning.prose import fold_words
from assets.cleaning.rules import DateRules
from assets.cleaning.web_page import WebPage

# What machines write where they know nothing: the zero of Unix and of spreadsheets.
_NO_DAYS = frozenset([date(1970, 1, 1), date(1969, 12, 31), date(1900, 1, 1), date(1899, 12, 30)])

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


# Dates that people read stand within so many lines below the headline, or above it, and in short lines.
LINES_BELOW = 30
LINES_ABOVE = 6
LINE_CHARS = 120

MAX_GUESSED_CHARS = 2_000_000  # htmldate searches the whole page again and again

_OFFSET = re.compile(r"(?<=:\d\d)([+-])(\d\d):?([0-5]\d)$")
_DATELINE_END = re.compile(r"\s(?:[–—]|--?)\s|\)\s?[:.–—-]")


def page_evidence(page: WebPage, zone: ZoneInfo | None) -> Iterator[Evidence]:
    """Yield what the machine-readable parts of a page say, the most telling first."""
    marked, loose = _times(page)
    places = ((_structured(page), 4.0), (_meta(page), 3.5), (marked, MARKED), (loose, LOOSE))
    offset = None if zone else _offset(page, [written for written, _ in places if written])
    for written, weight in places:
        moment = read_moment(written, zone)
        if moment is None or moment.on in _NO_DAYS:
            continue
        if offset is not None and moment.at is not None:
            moment = Moment((moment.at + offset).date(), moment.at)
        yield Evidence("page_metadata", moment, weight)


def _offset(page: WebPage, written: list[str]) -> timedelta | None:
    """Return how far the publisher's clock is from UTC, where any time on the page says so."""
    changed = [item.get("dateModified") for item in page.articles]
    changed += [page.meta.get("article:modified_time"), page.meta.get("og:updated_time")]
    for text in [*written, *(one for one in changed if isinstance(one, str))]:
        match = _OFFSET.search(text)
        if match and match[0][1:] not in ("0000", "00:00"):
            away = timedelta(hours=int(match[2]), minutes=int(match[3]))
            return -away if match[1] == "-" else away
    return None


def visible_evidence(page: WebPage, landed_on: date, zone: ZoneInfo | None, rules: DateRules) -> Iterator[Evidence]:
    """Yield the dates that people read beside the headline, the nearest below it first."""
    tree = LexborHTMLParser(page.html)  # the extraction has used the page's own tree up
    if tree.body is None:
        return
    language = tree.root.attributes.get("lang") if tree.root is not None else None
    tree.strip_tags(["script", "style", "noscript", "template", "svg", "select", "option", "footer"])
    lines = [" ".join(line.split()) for line in tree.body.text(separator="\n").split("\n")]
    lines = [line for line in lines if line]
    places = _headline_places(lines, page)
    month_first = rules.writes_month_first(language)
    for index in (index for place in places for index in _near(lines, place)):
        for written in _dates_of(lines, index, rules, month_first):
            moment = resolve(written, landed_on, zone, rules)
            if moment is not None:
                yield Evidence("text", moment)
                return


def guessed_evidence(page: WebPage, url: str | None, latest: date) -> Iterator[Evidence]:
    """Yield what htmldate finds in a page without machine-readable dates.

    Its extensive search answers always and guesses often, so that is left off.
    """
    if len(page.html) > MAX_GUESSED_CHARS:
        return
    try:
        found = htmldate.find_date(
            parse_html(page.html),
            url=url,
            original_date=True,
            extensive_search=False,
            max_date=(latest + timedelta(days=1)).isoformat(),
        )
    except AssertionError:  # it trips over a fragment whose outermost element is one that it removes
        return
    moment = read_moment(found, None)
    if moment is not None:
        yield Evidence("text", moment)


def last_day(page: WebPage, zone: ZoneInfo | None) -> date | None:
    """Return the day on which the page says that it was changed: it was published by then."""
    changed = [item.get("dateModified") for item in page.articles]
    changed += [page.meta.get("article:modified_time"), page.meta.get("og:updated_time")]
    moments: list[Moment | None] = [read_moment(one, zone) for one in changed if isinstance(one, str)]
    days = [moment.on for moment in moments if moment is not None and moment.on not in _NO_DAYS]
    return max(days, default=None)


def _structured(page: WebPage) -> str | None:
    """Return `datePublished` of the page's JSON-LD article, the first one where there are several."""
    for objects in (page.articles, page.objects):
        for name in ("datePublished", "dateCreated"):
            dates = [item[name] for item in objects if isinstance(item.get(name), str)]
            if dates:
                return dates[0]
    return None


def _meta(page: WebPage) -> str | None:
    return next((page.meta[name] for name in _META_NAMES if name in page.meta), None)


def _times(page: WebPage) -> tuple[str | None, str | None]:
    """Return the `time` element marked as the day of publication, and the only or first one of the article."""
    marked = None
    times: list[LexborNode] = []
    for element in page.tree.css("time[datetime], time[pubdate], [itemprop=datePublished]"):
        attributes = element.attributes
        is_time = element.tag == "time"
        is_marked = attributes.get("itemprop") == "datePublished" or "pubdate" in attributes
        if marked is None and (is_marked or (is_time and "published" in (attributes.get("class") or ""))):
            marked = attributes.get("datetime") or (attributes.get("content") if element.tag != "meta" else None)
        if is_time and attributes.get("datetime"):
            times.append(element)
    within = next((element for element in times[:10] if _is_in_article(element)), None)
    # Several outside an article are a list of other articles.
    if within is None and len({element.attributes["datetime"] for element in times}) == 1:
        within = times[0]
    return marked, within.attributes["datetime"] if within is not None else None


def _is_in_article(element: LexborNode) -> bool:
    above = element.parent
    while above is not None and above.tag not in ("article", "main", "body"):
        above = above.parent
    return above is not None and above.tag != "body"


def _headline_places(lines: list[str], page: WebPage) -> list[int]:
    """Return the lines at which the headline stands; the start of the page where it is not found."""
    titles = {fold_words(title) for title in page.titles}
    exact = [index for index, line in enumerate(lines) if len(line) > 10 and fold_words(line) in titles]
    if exact:
        return exact[:3]
    inside = [
        index
        for index, line in enumerate(lines)
        if len(folded := fold_words(line)) > 15 and any(folded in title for title in titles)
    ]
    return inside[:3] or [0]


def _near(lines: list[str], place: int) -> Iterator[int]:
    """Yield the lines near a headline in the order in which a date there is likely its article's.

    Between headline and text, above the headline, and last amid the text, where dates of other articles stand too.
    """
    below = range(place, min(place + LINES_BELOW, len(lines)))
    text = next((index for index in below if len(lines[index]) > LINE_CHARS), below.stop)
    yield from range(place, min(text + 1, below.stop))
    yield from range(place - 1, max(place - LINES_ABOVE, 0) - 1, -1)
    yield from range(text + 1, below.stop)


def _dates_of(lines: list[str], index: int, rules: DateRules, month_first: bool | None) -> Iterator[Written]:
    line = lines[index]
    if len(line) > LINE_CHARS:
        # Of a paragraph only a dateline counts: `BERLIN, 16 March 2022 - `.
        dateline = _DATELINE_END.search(line[:80])
        line = line[: dateline.start()] if dateline else ""
    before = lines[index - 1] if index and len(lines[index - 1]) < 40 else ""
    for written in written_dates(line, rules, month_first=month_first):
        label = f"{before} {line[: written.start]}"[-60:]
        is_number = written.end - written.start <= 8  # `1.1.12` is a chapter as well
        if written.year is None or (is_number and len(line) > 40) or rules.changed_pattern.search(label):
            continue
        yield written
