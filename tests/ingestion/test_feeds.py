"""Feeds over real HTTP: what is asked, what lands, and what a bad server cannot do to us."""

from __future__ import annotations

import gzip
import socket
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from assets.ingestion import feeds
from assets.ingestion.files import SourceUnavailable
from assets.settings import Fetching, Limits, Settings

if TYPE_CHECKING:
    from tests.ingestion.conftest import Installation, Server

NOON = datetime(2022, 3, 20, 12, tzinfo=UTC)

ITEMS = """
<item><title>First &amp; foremost</title><link>https://x.example/1</link><guid isPermaLink="false">tag:x,1</guid>
  <pubDate>Wed, 16 Mar 2022 10:00:00 +0400</pubDate><author>Ann</author><category>World</category>
  <description>Short.</description>
  <content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[<p>Whole <script>x</script></p>]]></content:encoded></item>
<item><title>Second</title><link>https://x.example/2</link><guid>https://x.example/2</guid><description>Summary.</description></item>
<item><title>Third</title><link>https://x.example/3</link></item>
"""


def rss(items: str = ITEMS) -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>X</title><language>en</language>{items}</channel></rss>'.encode()


@pytest.fixture
def feed(installation: Installation, server: Server) -> Installation:
    """An installation with one feed on the web, whose items are taken as the feed holds them."""
    installation.source("feed", kind="feed", url=f"{server.url}/rss", allow_private=True, follow="never")
    return installation


def test_items_land_with_what_the_feed_says_about_them(feed: Installation, server: Server) -> None:
    server.give("/rss", (200, {}, rss()))
    feed.land()
    first, second = feed.rows("landed_documents")
    assert first["bytes"] == b"<p>Whole </p>" and first["media_type"] == "text/html"
    assert (first["locator"], first["external_id"], first["url"]) == ("tag:x,1", "tag:x,1", "https://x.example/1")
    assert (first["declared_title"], first["declared_author"], first["declared_section"]) == (
        "First & foremost",
        "Ann",
        "World",
    )
    assert (first["declared_published"], first["declared_by"]) == ("Wed, 16 Mar 2022 10:00:00 +0400", "feed")
    assert (second["bytes"], second["external_id"], second["declared_by"]) == (b"Summary.", None, None)
    assert feed.rejected() == [("2022-03-20", "https://x.example/3", "empty")]
    assert server.requests[0][1]["User-Agent"].startswith("Dateline/")


def test_a_feed_that_has_not_changed_is_not_sent_again(feed: Installation, server: Server) -> None:
    given = (200, {"ETag": '"v1"', "Last-Modified": "Wed, 16 Mar 2022 10:00:00 GMT"}, rss())
    server.give("/rss", given, (304, {}, b""))
    feed.land()
    feed.land("2022-03-21", now=NOON + timedelta(days=1))
    headers = server.requests[1][1]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"v1"', "Wed, 16 Mar 2022 10:00:00 GMT")
    assert [outcome[2:] for outcome in feed.outcomes()] == [("ok", 2, 1), ("not_modified", 0, 0)]


def test_what_a_server_sent_is_asked_for_again_until_it_is_on_record(
    feed: Installation, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.give("/rss", (200, {"ETag": '"v1"'}, rss()))
    with monkeypatch.context() as patch, pytest.raises(OSError, match="disk full"):
        patch.setattr("assets.record.Record.add_batch", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
        feed.land()
    feed.land()
    assert "If-None-Match" not in server.requests[1][1] and len(feed.landed()) == 2


def test_items_seen_on_an_earlier_day_do_not_land_again(feed: Installation, server: Server) -> None:
    newer = "<item><title>New</title><link>https://x.example/4</link><description>News.</description></item>"
    server.give("/rss", (200, {}, rss()), (200, {}, rss(newer + ITEMS)))
    feed.land()
    feed.land("2022-03-21", now=NOON + timedelta(days=1))
    assert feed.landed()[2:] == [("2022-03-21", "https://x.example/4")] and len(feed.rejected()) == 1


@pytest.mark.usefixtures("waits")
def test_a_server_that_is_down_or_gives_no_feed_fails_in_a_sentence(feed: Installation, server: Server) -> None:
    server.give("/rss", (200, {}, b"<html><body>Consent, please</body></html>"))
    server.give("/gone", (410, {}, b""))
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    feed.source("gone", kind="feed", url=f"{server.url}/gone", allow_private=True)
    feed.source("down", kind="feed", url=f"http://127.0.0.1:{port}/", allow_private=True)
    details = {result.source_id: result.detail for result in feed.land()}
    assert "no RSS, Atom or JSON feed" in details["feed"]
    assert details["gone"] == f"{server.url}/gone: HTTP 410; check the address"
    assert "ConnectError" in details["down"] and "3 attempts" in details["down"]


def test_saved_snapshots_land_on_the_day_in_their_path(installation: Installation) -> None:
    installation.write("feeds/2022-03-16.xml", rss())
    installation.write("feeds/2022-03-17.xml", rss())
    installation.write("feeds/2022-03-18.xml", b"<html>Consent, please")
    installation.source("saved", kind="feed", path="feeds/{day}.xml", lands_on="path")
    installation.land("2022-03-16", "2022-03-18")
    assert installation.landed() == [
        (f"2022-03-{day}", where) for day in (16, 17) for where in ("https://x.example/2", "tag:x,1")
    ]
    assert installation.rejected()[-1] == ("2022-03-18", "2022-03-18.xml", "unreadable")


def test_a_damaged_feed_gives_the_items_that_can_be_read(installation: Installation) -> None:
    installation.write("feed.xml", rss().replace(b"&amp;", b"&").replace(b"</channel></rss>", b""))
    installation.source("saved", kind="feed", path="feed.xml")
    installation.land()
    assert len(installation.landed()) == 2


def test_a_hostile_feed_ends_in_time() -> None:
    bomb = b'<!DOCTYPE r [<!ENTITY a "' + b"a" * 50_000 + b'">]><rss><channel><item><description>' + b"&a;" * 50_000
    unclosed = b"<rss><channel><item><description>" + b"<a>" * 1_000_000
    for data in (bomb, unclosed):
        started = time.monotonic()
        try:
            found = feeds.read_feed(data, {}, Limits(response_seconds=2))
        except SourceUnavailable:
            found = []
        assert time.monotonic() - started < 6
        assert sum(len(item.body or "") for item in found) < 4_000_000


JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "X", "language": "en", "items": [
  {"id": "1", "url": "https://x.example/1", "title": "One", "content_html": "<p>Whole.</p>", "tags": ["World"],
   "date_published": "2022-03-16T10:00:00+04:00", "authors": [{"name": "Ann"}, {"name": "Bob"}]},
  {"id": 2, "content_text": "Plain."}, {"id": "3"}, "odd"]}"""


def test_a_json_feed_is_a_feed(installation: Installation) -> None:
    installation.write("feed.json", JSON_FEED)
    installation.write("other.json", '{"items": 1}')
    installation.source("saved", kind="feed", path="*.json")
    installation.land()
    first, second = installation.rows("landed_documents")
    assert (first["bytes"], first["declared_author"], first["declared_section"]) == (
        b"<p>Whole.</p>",
        "Ann, Bob",
        "World",
    )
    assert (first["declared_published"], first["declared_language"]) == ("2022-03-16T10:00:00+04:00", "en")
    assert (second["locator"], second["media_type"], second["bytes"]) == ("2", "text/plain", b"Plain.")
    assert [row[1:] for row in installation.rejected()] == [("3", "empty"), ("other.json", "unreadable")]


PAGE = "<html><body><p>" + "The whole article. " * 40 + "</p></body></html>"


def teasers(url: str, *numbers: int) -> bytes:
    item = "<item><guid>{0}</guid><link>{1}/{0}</link><title>T{0}</title><description>Read more…</description></item>"
    return rss("".join(item.format(number, url) for number in numbers))


@pytest.fixture
def followed(installation: Installation, server: Server) -> Installation:
    installation.source("feed", kind="feed", url=f"{server.url}/rss", allow_private=True)
    return installation


def test_a_teaser_leads_to_its_page_and_a_whole_article_stays_in_the_feed(
    followed: Installation, server: Server
) -> None:
    whole = f"<item><guid>9</guid><link>{server.url}/9</link><description>{'Whole. ' * 200}</description></item>"
    server.give("/rss", (200, {}, teasers(server.url, 1).replace(b"</channel>", whole.encode() + b"</channel>")))
    server.give("/1", (200, {"Content-Type": "text/html; charset=windows-1251"}, PAGE.encode()))
    followed.land()
    whole_one, page = sorted(followed.rows("landed_documents"), key=lambda row: -int(row["locator"]))
    assert page["bytes"] == PAGE.encode() and whole_one["bytes"].startswith(b"Whole.")
    assert (page["url"], page["declared_title"], page["declared_charset"]) == (f"{server.url}/1", "T1", "windows-1251")
    assert [path for path, _ in server.requests] == ["/rss", "/1"]


@pytest.mark.usefixtures("waits")
def test_a_page_that_cannot_be_had_today_is_asked_for_again_and_its_teaser_stands_in(
    followed: Installation, server: Server
) -> None:
    headers = {"ETag": '"v1"'}
    server.give("/rss", (200, headers, teasers(server.url, 1, 2, 3)))
    server.give("/1", (200, {}, PAGE.encode()))
    server.give("/2", (404, {}, b""))
    server.give("/3", *[(503, {}, b"")] * 3, (200, {}, PAGE.encode()))
    followed.land()
    bodies = {row["locator"]: row["bytes"] for row in followed.rows("landed_documents")}
    assert bodies == {"1": PAGE.encode(), "2": "Read more…".encode(), "3": "Read more…".encode()}
    note = followed.rows("source_fetches")[-1]
    assert note["outcome"] == "ok" and note["detail"].startswith("1 addresses gave nothing, the first: ")
    server.requests.clear()
    followed.land("2022-03-21", now=NOON + timedelta(days=1))
    assert [path for path, _ in server.requests] == ["/rss", "/3"], "what is on record is not fetched again"
    assert followed.landed()[-1] == ("2022-03-21", "3") and len(followed.landed()) == 4
    server.give("/rss", (304, {}, b""))
    followed.land("2022-03-22", now=NOON + timedelta(days=2))
    assert server.requests[-1][1]["If-None-Match"] == '"v1"' and followed.outcomes()[-1][2] == "not_modified"


def test_a_sitemap_leads_to_its_newest_pages_first_and_to_the_rest_in_later_runs(
    installation: Installation, server: Server
) -> None:
    def page(number: int, more: str = "") -> str:
        return f"<url><loc>{server.url}/{number}</loc><lastmod>2022-03-{10 + number}</lastmod>{more}</url>"

    news = (
        '<news:news xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><news:publication>'
        "<news:name>X</news:name><news:language>en</news:language></news:publication>"
        "<news:publication_date>2022-03-16T10:00:00Z</news:publication_date><news:title>Five</news:title></news:news>"
    )
    xmlns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    pages = f"<urlset {xmlns}>" + page(1) + page(5, news) + page(3) + "</urlset>"
    index = (
        f"<sitemapindex {xmlns}><sitemap><loc>{server.url}/pages.xml.gz</loc></sitemap>"
        f"<sitemap><loc>{server.url}/gone.xml</loc></sitemap></sitemapindex>"
    )
    server.give("/sitemap.xml", (200, {"ETag": '"v1"'}, index.encode()))
    server.give("/pages.xml.gz", (200, {"Content-Type": "application/x-gzip"}, gzip.compress(pages.encode())))
    server.give("/gone.xml", (404, {}, b""))
    for number in (1, 3, 5):
        server.give(f"/{number}", (200, {}, PAGE.encode()))
    installation.source("site", kind="sitemap", url=f"{server.url}/sitemap.xml", allow_private=True)
    installation.settings = Settings(fetching=Fetching(pause_seconds=0, pages_per_run=2))
    installation.land()
    five, three = sorted(installation.rows("landed_documents"), key=lambda row: row["locator"], reverse=True)
    assert (five["url"], five["declared_title"], five["declared_language"]) == (f"{server.url}/5", "Five", "en")
    assert (five["declared_published"], three["declared_published"]) == ("2022-03-16T10:00:00Z", None)
    assert "1 pages wait for the next run" in installation.rows("source_fetches")[-1]["detail"]
    installation.land()
    assert [where[-2:] for _, where in installation.landed()] == ["/1", "/3", "/5"]
    asked = [headers for path, headers in server.requests if path == "/sitemap.xml"]
    assert "If-None-Match" not in asked[-1], "an index that stays the same may lead to sitemaps that do not"
    installation.sources["site"] = installation.source(
        "site", kind="sitemap", url=f"{server.url}/1", allow_private=True
    )
    assert "no sitemap" in installation.land()[-1].detail
