"""The one way to the web against a real server: what is asked, and what a bad server cannot do to us or to others."""

from __future__ import annotations

import gzip
import http.server
import threading
import time
from typing import TYPE_CHECKING

import pytest

from assets.ingestion import guard, web
from assets.ingestion.files import SourceUnavailable
from assets.settings import Fetching, Limits, Settings, Source

if TYPE_CHECKING:
    from tests.ingestion.conftest import Installation, Server

RSS = b'<rss version="2.0"><channel><title>X</title><item><guid>1</guid><description>Text.</description></item></channel></rss>'


def get(source: Source, **limits: float) -> web.Answer:
    settings = Settings(limits=Limits(**limits), fetching=Fetching(pause_seconds=0))
    return web.Session(source, settings, web.Hosts(0)).get(source.url or "")


def private(url: str, **fields: object) -> Source:
    return Source(id="x", name="x", kind="feed", url=url, allow_private=True, **fields)


def drip(request: http.server.BaseHTTPRequestHandler, beginning: bytes) -> None:
    """Send `beginning`, and then a byte every now and then."""
    pause = threading.Event()
    try:
        request.wfile.write(beginning)
        for _ in range(100):
            request.wfile.write(b"x")
            pause.wait(0.05)
    except OSError:
        pass
    request.close_connection = True


def without_end(request: http.server.BaseHTTPRequestHandler) -> None:
    """Send 50 MB under a length that is a lie."""
    request.send_response(200)
    request.send_header("Content-Length", "10")
    request.end_headers()
    try:
        for _ in range(50):
            request.wfile.write(b"x" * 1_000_000)
    except OSError:
        pass
    request.close_connection = True


def test_bad_servers_fail_each_in_a_row_of_their_own_and_the_others_land(
    installation: Installation, server: Server, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = server.url.replace("127.0.0.1", "127.0.0.2")
    # Let the server's own address pass for a public one: the private one that it redirects to is still refused.
    is_public = guard.is_public
    monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.1" or is_public(address))
    server.give("/good", (200, {}, RSS))
    server.give("/inside", (301, {"Location": f"{inside}/good"}, b""))
    server.give("/patient", (429, {"Retry-After": "7"}, b""), (200, {}, RSS))
    server.give("/recovers", (500, {}, b""), (503, {}, b""), (200, {}, RSS))
    server.give("/down", (503, {}, b""))
    server.answers["/loris"] = lambda request: drip(request, b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
    server.answers["/headers"] = lambda request: drip(request, b"HTTP/1.1 200 OK\r\nX: ")
    server.answers["/liar"] = without_end
    server.give("/large", (200, {}, b"x" * 50_000_000))
    server.give("/bomb", (200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(30_000_000), 1)))
    server.give("/cut", (200, {"Content-Encoding": "gzip"}, gzip.compress(RSS * 99)[:-20]))
    server.give("/secret/feed", (200, {}, RSS))
    server.give("/robots.txt", (200, {}, b"User-agent: *\nDisallow: /secret/\n"))
    server.give("/unchanged", (200, {"ETag": '"v1"'}, RSS), (304, {}, b""))
    server.give("/latin", (200, {"Content-Type": "text/xml; charset=utf-8"}, RSS.replace(b"Text", b"Caf\xe9")))
    names = ("good", "inside", "patient", "recovers", "down", "loris", "headers", "liar", "large", "bomb", "cut")
    for name in (*names, "secret/feed", "unchanged", "latin"):
        installation.source(name.replace("/", "-"), kind="feed", url=f"{server.url}/{name}", follow="never")
    installation.settings = Settings(
        limits=Limits(document_megabytes=1, response_seconds=0.5, attempts=3), fetching=Fetching(pause_seconds=0)
    )
    started = time.monotonic()
    installation.land()
    installation.sources = {"unchanged": installation.sources["unchanged"]}
    installation.land()
    assert time.monotonic() - started < 30

    rows = installation.rows("source_fetches")
    details = {row["source_id"]: row["detail"] for row in rows if row["outcome"] == "failed"}
    assert set(details) == {"inside", "down", "loris", "headers", "liar", "large", "bomb", "cut", "secret-feed"}
    assert "127.0.0.2 is a private or local address; set allow_private" in details["inside"]
    assert details["down"] == f"{server.url}/down: HTTP 503 (3 attempts)"
    assert "Timeout" in details["loris"] and "Timeout" in details["headers"]
    assert "larger than document_megabytes" in details["large"] and "larger than" in details["bomb"]
    assert "end early" in details["cut"] and "robots.txt of the site forbids it" in details["secret-feed"]
    landed = {row["source_id"] for row in installation.rows("landed_documents")}
    assert landed == {"good", "patient", "recovers", "unchanged", "latin"}
    assert {row["outcome"] for row in rows if row["source_id"] == "unchanged"} == {"ok", "not_modified"}
    assert {7.0, 1.0, 2.0} <= set(waits), "as the server asks, else with backoff"
    assert all(path != "/secret/feed" for path, _ in server.requests)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/",
        "http://localhost:1/",
        "http://[::1]:1/",
        "http://[::ffff:10.0.0.1]/",
        "http://[64:ff9b::a00:1]/",
        "http://169.254.169.254/latest",
        "http://0x7f.1/",
        "http://192.168.1.1/",
        "http://0.0.0.0/",
    ],
)
def test_private_addresses_are_refused_also_where_a_name_leads_to_them(url: str) -> None:
    with pytest.raises(SourceUnavailable, match=r"is a private or local address; set allow_private"):
        get(Source(id="x", name="x", kind="feed", url=url), attempts=1)


def test_a_server_that_asks_to_be_left_alone_is_not_asked_again_in_this_run(
    installation: Installation, server: Server, waits: list[float]
) -> None:
    server.give("/busy", (503, {"Retry-After": "3600"}, b""))
    for name in ("busy", "other"):
        installation.source(name, kind="feed", url=f"{server.url}/{name}", allow_private=True)
    installation.settings = Settings(fetching=Fetching(pause_seconds=0, sources_at_once=1))
    installation.land()
    details = {row["source_id"]: row["detail"] for row in installation.rows("source_fetches")}
    assert details["busy"].endswith("HTTP 503; the server asks to be left alone for 3600 seconds")
    assert details["other"] == details["busy"] and waits == [] and len(server.requests) == 1


def test_a_redirect_is_followed_only_where_it_may_lead(server: Server) -> None:
    server.give("/rss", (301, {"Location": "/moved"}, b""))
    server.give("/moved", (200, {"Content-Type": "text/xml"}, b"<rss/>"))
    server.give("/loop", (302, {"Location": "/loop"}, b""))
    server.give("/file", (302, {"Location": "file:///etc/passwd"}, b""))
    server.give("/odd", (302, {"Location": "http://[::1"}, b""))
    assert get(private(f"{server.url}/rss")).data == b"<rss/>"
    for path, why in (("loop", "more than 5 redirects"), ("file", "only http and https"), ("odd", "Invalid")):
        with pytest.raises(SourceUnavailable, match=why):
            get(private(f"{server.url}/{path}"), attempts=1)


def test_robots_rules_hold_for_redirects_and_can_be_set_aside(server: Server, waits: list[float]) -> None:
    server.give("/robots.txt", (200, {}, b"User-agent: *\nDisallow: /no\nCrawl-delay: 4\n"))
    server.give("/yes", (302, {"Location": "/no"}, b""))
    server.give("/no", (200, {}, b"text"))
    with pytest.raises(SourceUnavailable, match=r"robots\.txt of the site forbids it"):
        get(private(f"{server.url}/yes"))
    assert 3 < waits[-1] <= 4, "the pause that the site asks for"
    assert get(private(f"{server.url}/yes", obey_robots=False)).data == b"text"
    server.give("/robots.txt", (500, {}, b""))
    with pytest.raises(SourceUnavailable, match=r"without its robots\.txt nothing else is asked"):
        get(private(f"{server.url}/yes"), attempts=1)


def test_a_host_is_asked_by_one_source_at_a_time_and_with_a_pause(
    installation: Installation, server: Server, waits: list[float]
) -> None:
    busy: list[int] = []

    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        busy.append(1)
        most.append(len(busy))
        request.send_response(200)
        request.send_header("Content-Length", str(len(RSS)))
        request.end_headers()
        busy.pop()
        request.wfile.write(RSS)

    most: list[int] = []
    for number in range(6):
        server.answers[f"/{number}"] = answer
        installation.source(f"s{number}", kind="feed", url=f"{server.url}/{number}", allow_private=True, follow="never")
    installation.settings = Settings(fetching=Fetching(pause_seconds=5))
    installation.land()
    assert len(installation.landed()) == 6 and max(most) == 1
    assert len([wait for wait in waits if wait > 4]) >= 6
