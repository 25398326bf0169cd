"""Feeds over real HTTP: what is asked, what lands, and what a bad server cannot do to us."""

from __future__ import annotations

import gzip
import http.server
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from assets.ingestion import feeds, web
from assets.ingestion.documents import Document
from assets.ingestion.files import SourceUnavailable
from assets.settings import Limits, Source

if TYPE_CHECKING:
    from tests.ingestion.conftest import Installation

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


class Server:
    """A web server on loopback; `answers` says what each path gives, `requests` what was asked."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.answers: dict[str, Callable[[http.server.BaseHTTPRequestHandler], None]] = {}
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.requests.append((self.path, dict(self.headers)))
                outer.answers[self.path](self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def give(self, path: str, *answers: tuple[int, dict[str, str], bytes]) -> None:
        """Answer `path` with each of `answers` in turn, then with the last for ever."""
        left = list(answers)

        def answer(request: http.server.BaseHTTPRequestHandler) -> None:
            status, headers, body = left.pop(0) if len(left) > 1 else left[0]
            request.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                request.send_header(name, value)
            request.end_headers()
            request.wfile.write(body)

        self.answers[path] = answer

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was waited between attempts, without waiting."""
    waited: list[float] = []
    monkeypatch.setattr(web.time, "sleep", waited.append)
    return waited


@pytest.fixture
def feed(installation: Installation, server: Server) -> Installation:
    installation.source("feed", kind="feed", url=f"{server.url}/rss", allow_private=True)
    return installation


def limited(**limits: float) -> Limits:
    return Limits(**limits)


def test_items_land_with_what_the_feed_says_about_them(feed: Installation, server: Server) -> None:
    server.give("/rss", (200, {}, rss()))
    feed.land()
    first, second = feed.rows("landed_documents")
    assert first["bytes"] == b"<p>Whole <script>x</script></p>" and first["media_type"] == "text/html"
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


def test_a_failing_server_is_tried_again_and_asked_how_long_to_wait(
    feed: Installation, server: Server, waits: list[float]
) -> None:
    server.give("/rss", (500, {}, b""), (429, {"Retry-After": "7"}, b""), (200, {}, rss()))
    feed.land()
    assert len(feed.landed()) == 2 and waits == [1.0, 7.0]


def test_a_server_may_not_make_us_wait_for_ever(feed: Installation, server: Server, waits: list[float]) -> None:
    server.give("/rss", (503, {"Retry-After": "99999"}, b""))
    (result,) = feed.land()
    assert waits == [30.0, 30.0] and (result.outcome, result.detail) == (
        "failed",
        f"{server.url}/rss: HTTP 503 (3 attempts)",
    )
    feed.land()
    assert [outcome[2] for outcome in feed.outcomes()] == ["failed", "failed"], "each visit to a server is told"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/",
        "http://localhost:1/",
        "http://[::1]:1/",
        "http://[::ffff:10.0.0.1]/",
        "http://169.254.169.254/latest",
        "http://0x7f.1/",
        "http://192.168.1.1/",
        "http://0.0.0.0/",
    ],
)
def test_private_addresses_are_refused(url: str) -> None:
    with pytest.raises(SourceUnavailable, match=r"private or local address; set allow_private"):
        web.fetch(Source(id="x", name="x", kind="feed", url=url), Limits(attempts=1), None)


def test_a_redirect_is_followed_where_it_may_lead_and_checked_again(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.give("/rss", (301, {"Location": "/moved"}, b""))
    server.give("/moved", (200, {"Content-Type": "text/xml"}, b"<rss/>"))
    server.give("/loop", (302, {"Location": "/loop"}, b""))
    server.give("/file", (302, {"Location": "file:///etc/passwd"}, b""))
    server.give("/inside", (302, {"Location": server.url.replace("127.0.0.1", "127.0.0.2") + "/moved"}, b""))
    private = Source(id="x", name="x", kind="feed", url=f"{server.url}/rss", allow_private=True)
    assert web.fetch(private, Limits(), None).data == b"<rss/>"
    with pytest.raises(SourceUnavailable, match="more than 5 redirects"):
        web.fetch(private.model_copy(update={"url": f"{server.url}/loop"}), Limits(), None)
    with pytest.raises(SourceUnavailable, match="only http and https"):
        web.fetch(private.model_copy(update={"url": f"{server.url}/file"}), Limits(), None)
    # let the first address pass for a public one: the place it redirects to is still refused
    is_public = web._is_public
    monkeypatch.setattr(web, "_is_public", lambda address: address == "127.0.0.1" or is_public(address))
    public = Source(id="x", name="x", kind="feed", url=f"{server.url}/inside")
    with pytest.raises(SourceUnavailable, match=r"127\.0\.0\.2, a private or local address"):
        web.fetch(public, Limits(), None)


@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_without_end_is_cut_off(feed: Installation, server: Server, packed: bool) -> None:
    body = gzip.compress(bytes(300_000_000), 1) if packed else b"x" * 1_200_000
    server.give("/rss", (200, {"Content-Encoding": "gzip"} if packed else {}, body))
    feed.settings = feed.settings.model_copy(update={"limits": limited(document_megabytes=1)})
    (result,) = feed.land()
    assert result.outcome == "failed" and "larger than document_megabytes" in result.detail


@pytest.mark.parametrize("part", ["headers", "body"])
def test_an_answer_that_drips_is_given_up(feed: Installation, server: Server, part: str) -> None:
    def drip(request: http.server.BaseHTTPRequestHandler) -> None:
        beginning = b"HTTP/1.1 200 OK\r\n" + (b"X: " if part == "headers" else b"Content-Length: 99999\r\n\r\n")
        pause = threading.Event()
        try:
            request.wfile.write(beginning)
            for _ in range(200):
                request.wfile.write(b"x")
                pause.wait(0.05)
        except OSError:
            pass
        request.close_connection = True

    server.answers["/rss"] = drip
    feed.settings = feed.settings.model_copy(update={"limits": limited(response_seconds=0.5, attempts=1)})
    started = time.monotonic()
    (result,) = feed.land()
    assert result.outcome == "failed" and "Timeout" in result.detail
    assert time.monotonic() - started < 3


def test_a_server_that_is_down_or_gives_no_feed_fails_in_a_sentence(feed: Installation, server: Server) -> None:
    server.give("/rss", (200, {}, b"<html><body>Consent, please</body></html>"))
    server.give("/gone", (410, {}, b""))
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    feed.source("gone", kind="feed", url=f"{server.url}/gone", allow_private=True)
    feed.source("down", kind="feed", url=f"http://127.0.0.1:{port}/", allow_private=True)
    details = {result.source_id: result.detail for result in feed.land()}
    assert "no RSS or Atom feed" in details["feed"]
    assert details["gone"] == f"{server.url}/gone: HTTP 410; check the address in sources.yaml"
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


def test_a_hostile_feed_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source(id="x", name="x", kind="feed", url="http://x.example/")
    bomb = b'<!DOCTYPE r [<!ENTITY a "' + b"a" * 50_000 + b'">]><rss><channel><item><description>' + b"&a;" * 50_000
    unclosed = b"<rss><channel><item><description>" + b"<a>" * 1_000_000
    for data in (bomb, unclosed):
        started = time.monotonic()
        try:
            found = list(feeds.read_feed(data, {}, source, NOON.date(), limited(response_seconds=2)))
        except SourceUnavailable:
            found = []
        assert time.monotonic() - started < 6
        assert sum(len(offer.data) for offer in found if isinstance(offer, Document)) < 4_000_000
