"""When an article was published: by the strongest evidence, never by the day on which it was fetched."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from assets.cleaning.dates import read_moment, read_url, written_dates
from assets.cleaning.rules import load_dates
from assets.home import DEFAULT_CONFIG, Home

from .conftest import Clean, landed

PROSE = "The ministers of both countries met in the old town hall and spoke about the bridge for two hours."
BAKU = ZoneInfo("Asia/Baku")
MARCH_16 = date(2022, 3, 16)


@pytest.mark.parametrize(
    ("written", "zone", "on", "at"),
    [
        ("2022-03-16", None, MARCH_16, None),
        ("20220316", None, MARCH_16, None),
        ("2022-03-16T08:00:00Z", None, MARCH_16, datetime(2022, 3, 16, 8)),
        ("2022-03-16T22:30:00.123+00:00", BAKU, date(2022, 3, 17), datetime(2022, 3, 16, 22, 30)),
        ("2022-03-16T22:30:00-0500", None, MARCH_16, datetime(2022, 3, 17, 3, 30)),
        ("2022-03-16 02:00:00", BAKU, MARCH_16, datetime(2022, 3, 15, 22)),
        ("2022-03-16 02:00:00", None, MARCH_16, None),
        ("Wed, 16 Mar 2022 09:15:00 GMT", None, MARCH_16, datetime(2022, 3, 16, 9, 15)),
        ("March 16, 2022", None, MARCH_16, None),
        ("1647421200", None, MARCH_16, datetime(2022, 3, 16, 9)),
    ],
)
def test_dates_are_read_as_they_were_meant(written: str, zone: ZoneInfo | None, on: date, at: datetime | None) -> None:
    moment = read_moment(written, zone)
    assert moment is not None
    assert (moment.on, moment.at) == (on, at)


@pytest.mark.parametrize("written", ["03/04/2022", "March 2022", "2022", "yesterday", "10:30", "2022-13-45", "", None])
def test_what_could_be_two_days_or_none_is_no_date(written: str | None) -> None:
    assert read_moment(written, None) is None


@pytest.mark.parametrize(
    ("url", "on"),
    [
        ("https://a.example/2022/03/16/bridge", MARCH_16),
        ("https://a.example/news/2022-03-16-bridge.html", MARCH_16),
        ("https://a.example/20220316/bridge", MARCH_16),
        ("https://a.example/2022/16/bridge", None),
        ("https://a.example/id/202203161234", None),
    ],
)
def test_addresses_can_hold_the_day(url: str, on: date | None) -> None:
    moment = read_url(url)
    assert (moment and moment.on) == on


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("16 March 2022, 19:40", [(16, 3, 2022, 19)]),
        ("Admin March 16 0 118", [(16, 3, None, None)]),
        ("16.03.2022 | 08:05", [(16, 3, 2022, 8)]),
        ("16 марта 2022", [(16, 3, 2022, None)]),
        ("Wednesday, Mar. 16th, 2022 at 7:05 pm", [(16, 3, 2022, 19)]),
        ("16 de marzo de 2022", [(16, 3, 2022, None)]),
        ("2022. március 16. 10:30", [(16, 3, 2022, 10)]),
        ("2022年3月16日 08:30", [(16, 3, 2022, 8)]),
        ("Party, 16.03.22", [(16, 3, 2022, None)]),
        ("03/04/2022", []),
        ("a score of 3-1 and 31 February", []),
    ],
)
def test_people_write_dates_in_many_ways(line: str, expected: list[tuple[int, int, int | None, int | None]]) -> None:
    rules = load_dates(Home(data=DEFAULT_CONFIG, config=DEFAULT_CONFIG))
    assert [(w.day, w.month, w.year, w.hour) for w in written_dates(line, rules)] == expected


def test_numbers_are_read_as_the_language_of_the_page_writes_them() -> None:
    rules = load_dates(Home(data=DEFAULT_CONFIG, config=DEFAULT_CONFIG))
    for language, expected in (("en-US", [(4, 3)]), ("en-GB", [(3, 4)]), ("fr", [(3, 4)]), ("en", []), (None, [])):
        found = written_dates("03/04/2022", rules, month_first=rules.writes_month_first(language))
        assert [(written.day, written.month) for written in found] == expected, language


def page(head: str = "", lead: str = "") -> str:
    return f"<html><head><title>Bridge</title>{head}</head><body><article><h1>Bridge</h1>{lead}<p>{PROSE}</p></article></body></html>"


META = '<meta property="article:published_time" content="2022-03-14T09:00:00Z">'
JSON_LD = '<script type="application/ld+json">{"@graph":[{"@type":"WebPage","datePublished":"2020-01-01"},{"@type":"NewsArticle","datePublished":"2022-03-15T23:00:00+04:00"}]}</script>'
DATED = "https://a.example/2022/03/13/bridge"


@pytest.mark.parametrize(
    ("content", "fields", "on", "method", "conflict"),
    [
        (page(META), {"declared_published": "2022-03-16", "url": DATED}, MARCH_16, "declared", True),
        (page(META), {"declared_published": "2022-03-15", "declared_by": "feed"}, date(2022, 3, 15), "feed", False),
        (page(JSON_LD + META), {}, date(2022, 3, 15), "page_metadata", False),
        (page(lead='<time datetime="2022-03-12">12 March</time>'), {}, date(2022, 3, 12), "page_metadata", False),
        (page(), {"url": DATED}, date(2022, 3, 13), "url", False),
        (page(lead='<time datetime="2022-03-01">1 March</time>'), {"url": DATED}, date(2022, 3, 13), "url", False),
        (page(lead="<div><b>16 March 2022</b></div>"), {}, MARCH_16, "text", False),
        (page(lead="<div>Updated <b>16 March 2022</b></div>"), {}, None, "none", False),
        (f"The bridge\n16 March 2022\n{PROSE}\n", {}, MARCH_16, "text", False),
        (f"The bridge\n16 March, 10:30\n{PROSE}\n", {}, MARCH_16, "text", False),
        (f"Updated: 17 March 2022\nThe bridge\n{PROSE}\n", {}, None, "none", False),
        (f"BAKU, March 16, 2022 (Hand) - {PROSE}", {}, MARCH_16, "text", False),
        (f"The bridge\n16 October\n{PROSE}\n", {}, None, "none", False),
        (page('<meta property="article:published_time" content="0001-01-01T00:00:00">'), {}, None, "none", False),
        (page('<meta property="article:published_time" content="1970-01-01T00:00:00Z">'), {}, None, "none", False),
        (PROSE, {"declared_published": "2022-03-20"}, None, "none", False),
        (PROSE, {"declared_published": "last week"}, None, "none", False),
    ],
)
def test_evidence_is_weighed(
    clean: Clean, content: str, fields: dict[str, Any], on: date | None, method: str, conflict: bool
) -> None:
    (article,) = clean(landed(content, **fields))["articles"]
    assert (article["published_on"], article["date_method"], article["date_conflict"]) == (on, method, conflict)
    if on is None:
        # The day it was fetched bounds the day it was published, and is not that day.
        assert (article["published_earliest"], article["published_latest"]) == (None, date(2022, 3, 17))
    elif not conflict:
        assert article["published_earliest"] == article["published_latest"] == on
    else:
        assert article["published_earliest"] < article["published_latest"]


@pytest.mark.parametrize(
    ("sentence", "earliest", "on"),
    [
        ("On February 22 a treaty was signed. Only two days later the war began. On March 11 the president left.", date(2022, 3, 11), None),
        ("They met on March 11. The next round will be held on March 16.", date(2022, 3, 11), None),
        ("They met on 11 March 2021 for the first time.", date(2021, 3, 11), None),
        ("They met on October 11.", None, None),
        ("The president left yesterday, March 11.", date(2022, 3, 12), date(2022, 3, 12)),
        ("Бақта 11 марта, вчера, прошли переговоры.", date(2022, 3, 12), date(2022, 3, 12)),
    ],
)  # fmt: skip
def test_the_text_bounds_the_day_or_tells_it(
    clean: Clean, sentence: str, earliest: date | None, on: date | None
) -> None:
    (article,) = clean(landed(f"The bridge\n{PROSE}\n{sentence}\n"))["articles"]
    assert (article["published_on"], article["published_earliest"]) == (on, earliest)
    assert article["date_method"] == ("text" if on else "none")


def test_an_offset_anywhere_on_the_page_is_the_publishers(clean: Clean) -> None:
    late = page(
        META.replace("03-14T09", "03-17T06"), lead='<time datetime="2022-03-16T23:30:00-08:00">Wednesday</time>'
    )
    (article,) = clean(landed(late, landed_on=date(2022, 3, 20), first_seen_at=datetime(2022, 3, 20)))["articles"]
    assert (article["published_on"], article["published_at"]) == (MARCH_16, datetime(2022, 3, 17, 6))


def test_a_conflict_keeps_the_day_that_most_of_the_evidence_supports(clean: Clean) -> None:
    republished = page(META.replace("03-14", "03-16"), lead="<div><b>13 March 2022</b></div>")
    (article,) = clean(landed(republished, url=DATED))["articles"]
    assert (article["published_on"], article["date_method"]) == (date(2022, 3, 13), "url")
    assert article["date_conflict"]
    assert (article["published_earliest"], article["published_latest"]) == (date(2022, 3, 13), MARCH_16)


def test_the_publishers_clock_decides_the_day(clean: Clean) -> None:
    late = "2022-03-15T21:30:00Z"
    (baku,) = clean(landed(PROSE, declared_published=late, source_id="by-hand"))["articles"]
    (unknown,) = clean(landed(PROSE, declared_published=late))["articles"]
    assert (baku["published_on"], unknown["published_on"]) == (MARCH_16, date(2022, 3, 15))
    assert baku["published_at"] == unknown["published_at"] == datetime(2022, 3, 15, 21, 30)
