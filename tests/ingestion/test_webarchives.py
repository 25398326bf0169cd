"""Web archives: which records become documents, what they say, and what a broken archive gives."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.ingestion.conftest import Installation

PAGE = b"<html><body><p>An article.</p></body></html>"


def record(kind: str, uri: str, date: str, block: bytes, content_type: str) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: {date}\r\n"
    head += f"Content-Type: {content_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def response(uri: str, date: str, body: bytes = PAGE, status: str = "200 OK", headers: str = "") -> bytes:
    block = f"HTTP/1.1 {status}\r\n{headers or 'Content-Type: text/html'}\r\n\r\n".encode() + body
    return record("response", f"https://x.example/{uri}", date, block, "application/http; msgtype=response")


RECORDS = [
    record("warcinfo", "a.warc", "2022-03-01T00:00:00Z", b"software: test\r\n", "application/warc-fields"),
    response("1", "2022-03-16T23:59:00Z", headers="Content-Type: text/html; charset=windows-1251"),
    response(
        "2", "2022-03-18T10:00:00Z", gzip.compress(PAGE), headers="Content-Type: text/html\r\nContent-Encoding: gzip"
    ),
    response("a.png", "2022-03-18T10:00:00Z", b"\x89PNG", headers="Content-Type: image/png"),
    response("3", "2022-03-18T10:00:01Z", b"Not here.", status="404 Not Found"),
    response("4", "1999-01-01T00:00:00Z"),
    record("conversion", "https://x.example/5", "2022-03-17T00:00:00Z", b"Text only.", "text/plain"),
]
PLAIN = b"".join(RECORDS)
PACKED = b"".join(map(gzip.compress, RECORDS))

_DESCRIPTION = b"1 0 Test\nURL IP-address Archive-date Content-type Archive-length\n\n"
_ANSWER = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
ARC = (
    b"filedesc://a.arc 127.0.0.1 20220301000000 text/plain %d\n" % len(_DESCRIPTION)
    + _DESCRIPTION
    + b"\nhttps://x.example/old 10.0.0.1 20220316120000 text/html %d\n" % len(_ANSWER)
    + _ANSWER
    + b"\n"
)


@pytest.mark.parametrize("content", [PLAIN, PACKED, gzip.compress(PLAIN)], ids=["plain", "packed", "packed as a whole"])
def test_pages_land_on_the_day_of_their_capture_which_is_no_publication_date(
    installation: Installation, content: bytes
) -> None:
    installation.write("a.warc", content)
    installation.source("web", kind="warc", path="*.warc*", lands_on="captured")
    installation.land("2022-03-01", "2022-03-20")
    rows = {row["url"][-1]: row for row in installation.rows("landed_documents")}
    assert {number: row["landed_on"].day for number, row in rows.items()} == {"1": 16, "2": 18, "5": 17}
    assert rows["1"]["locator"].endswith("#2022-03-16T23:59:00Z https://x.example/1")
    assert rows["1"]["bytes"] == rows["2"]["bytes"] == PAGE, "as the page was, not as it was packed"
    assert (rows["1"]["declared_charset"], rows["5"]["media_type"]) == ("windows-1251", "text/plain")
    assert {row["declared_published"] for row in rows.values()} == {None}
    assert [(day, reason) for day, _, reason in installation.rejected()] == [("2022-03-18", "before_first_day")]
    assert any("3 of 7 records are no pages" in line for line in installation.log)
    assert installation.land("2022-03-01", "2022-03-20") == []


def test_the_older_format_is_read_as_well(installation: Installation) -> None:
    installation.write("old.arc.gz", gzip.compress(ARC))
    installation.source("web", kind="warc", path="*.arc*", lands_on="captured")
    installation.land("2022-03-16")
    (row,) = installation.rows("landed_documents")
    assert (row["url"], row["bytes"]) == ("https://x.example/old", PAGE)


@pytest.mark.parametrize(
    ("content", "landed", "why"),
    [
        (PLAIN[:-8], 3, "breaks off"),
        (PACKED[:-40], 3, "a.warc"),
        (gzip.compress(PLAIN)[:-9], 4, "ended before"),
        (b"no archive at all\n" * 50, 0, "nothing was read"),
        (b"", 0, "nothing was read"),
        (b"x" * 3_000_000, 0, "nothing was read"),
        (gzip.compress(b"WARC/1.0\r\nX: " + bytes(300_000_000), 1), 0, "no record within"),
    ],
)
def test_a_broken_archive_gives_what_it_holds_and_says_where_it_broke(
    installation: Installation, content: bytes, landed: int, why: str
) -> None:
    installation.write("a.warc", content)
    installation.source("web", kind="warc", path="a.warc")
    (result,) = installation.land()
    assert result.outcome == "failed" and why in result.detail
    assert result.landed == landed
