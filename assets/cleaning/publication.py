"""When one document was published: the evidence on its page, in its address, in its row and in its text, put together.

Belongs here: gathering the evidence, and the bounds of what cannot be dated.
Does not belong here: weighing it (dates.py), finding it on a page (page_dates.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from assets.cleaning import dates, page_dates
from assets.cleaning.furniture import Page
from assets.cleaning.rules import DateRules
from assets.cleaning.web_page import WebPage

Row = dict[str, Any]


def publication(
    document: Row,
    page: Page,
    parsed: WebPage | None,
    on_page: list[dates.Evidence],
    url: str | None,
    zone: ZoneInfo | None,
    rules: DateRules,
) -> dates.Publication:
    """Return when a landed document was published.

    `page` holds the dates that stand in its lines, `on_page` what the machine-readable parts of `parsed` say.
    """
    seen = document["first_seen_at"].date()
    # What was fetched on its landing day cannot be younger than that; an archive lands on its own dates.
    bound = seen if document["lands_on"] == "published" else min(seen, document["landed_on"])
    latest = date.fromordinal(bound.toordinal() + 1)
    evidence = [*on_page, *_evidence(document, page, parsed, url, zone, rules)]
    if parsed is not None and not dates.is_settled(evidence, latest):
        evidence += page_dates.visible_evidence(parsed, document["landed_on"], zone, rules)
        if not any(piece.moment.on <= latest for piece in evidence):
            evidence += page_dates.guessed_evidence(parsed, url, latest)
    if any(piece.moment.on <= latest for piece in evidence):
        return dates.decide(evidence, latest, bound)
    return _bounds(document, page, parsed, zone, bound, rules)


def _bounds(
    document: Row, page: Page, parsed: WebPage | None, zone: ZoneInfo | None, bound: date, rules: DateRules
) -> dates.Publication:
    """Return between which days an article without a date was published, as far as its text tells."""
    changed = page_dates.last_day(parsed, zone) if parsed is not None else None
    bound = min(bound, changed or bound)
    if document["lands_on"] == "published":
        # The landing day of an archive was taken from its dates, and says nothing about those it does not give.
        return dates.decide([], bound, bound)
    text = "\n".join(page.paragraphs)
    earliest = dates.earliest_day(text, bound, rules)
    told = dates.day_of_telling(text, bound, rules)
    if told is not None and told >= (earliest or told):
        return dates.decide([dates.Evidence("text", dates.Moment(told))], bound, bound)
    return dates.decide([], bound, bound, earliest)


def _evidence(
    document: Row, page: Page, parsed: WebPage | None, url: str | None, zone: ZoneInfo | None, rules: DateRules
) -> Iterator[dates.Evidence]:
    """Yield what the document's row, its address and its lines say."""
    declared = document["declared_published"]
    moment = dates.read_moment(declared, zone) or _in_words(declared, document["landed_on"], zone, rules)
    if moment is not None:
        yield dates.Evidence("feed" if document["declared_by"] == "feed" else "declared", moment)
    if (moment := dates.read_url(url)) is not None:
        yield dates.Evidence("url", moment)
    for written in page.dates[:1]:
        # A landing day taken from an archive's own dates says nothing about a year that is not written.
        if written.year is None and document["lands_on"] == "published" and not declared:
            continue
        moment = dates.resolve(written, document["landed_on"], zone, rules)
        if moment is not None:
            # On a page the dates beside the headline are better than those in the lines that were kept.
            yield dates.Evidence("text", moment, dates.LOOSE if parsed is not None else 0.0)


def _in_words(text: str | None, landed_on: date, zone: ZoneInfo | None, rules: DateRules) -> dates.Moment | None:
    found = dates.written_dates((text or "")[:100], rules)
    if len(found) != 1 or found[0].year is None:
        return None
    return dates.resolve(found[0], landed_on, zone, rules)
