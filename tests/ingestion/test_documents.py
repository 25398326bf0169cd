"""The identity of a document, the dates that archives land on, and which files are text."""

from __future__ import annotations

import gzip
import os
from datetime import UTC, date, datetime
from itertools import chain
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.ingestion.archives import read_archives
from assets.ingestion.dates import is_future, published_day
from assets.ingestion.documents import Document, document_id
from assets.ingestion.feeds import read_snapshot
from assets.ingestion.files import FoundFile, locator_of, read_documents
from assets.ingestion.webarchives import read_web_archives
from assets.settings import Limits, Source

if TYPE_CHECKING:
    from tests.ingestion.conftest import Installation

BAKU = ZoneInfo("Asia/Baku")
triples = st.tuples(st.text(max_size=5), st.text(max_size=5), st.binary(max_size=5))


@given(triples, triples)
def test_two_documents_share_an_id_only_if_source_locator_and_bytes_are_equal(one: tuple, other: tuple) -> None:
    assert (document_id(*one) == document_id(*other)) == (one == other)


def test_the_boundary_between_source_locator_and_bytes_counts() -> None:
    assert len({document_id("ab", "c", b"d"), document_id("a", "bc", b"d"), document_id("a", "b", b"cd")}) == 3
    assert document_id("a", "b", b"c") == document_id("a", "b", b"c") and len(document_id("a", "b", b"c")) == 32


@pytest.mark.parametrize(
    ("declared", "day"),
    [
        ("2022-03-16", "2022-03-16"),
        ("2022-03-16T23:30:00Z", "2022-03-17"),
        ("2022-03-16T23:30:00", "2022-03-16"),
        ("2022-03-16 01:00:00+04:00", "2022-03-16"),
        ("Wed, 16 Mar 2022 21:00:00 GMT", "2022-03-17"),
        ("16 March 2022", "2022-03-16"),
        ("26-FEB-1987 15:01:01.79", "1987-02-26"),
        ("16.03.2022 10:15", "2022-03-16"),
        ("2022/3/16", "2022-03-16"),
        ("03/16/2022", "2022-03-16"),
        ("20220316", "2022-03-16"),
        ("1647432000", "2022-03-16"),
        ("1647432000000", "2022-03-16"),
        ("03/04/2022", None),
        ("March 16", None),
        ("16 March", None),
        ("yesterday", None),
        ("2022-02-30", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9" * 5_000, None),
        ("", None),
        (None, None),
    ],
)
def test_the_day_a_declared_date_names_in_baku(declared: str | None, day: str | None) -> None:
    assert published_day(declared, BAKU) == (date.fromisoformat(day) if day else None)


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_dates(declared: str) -> None:
    assert published_day(declared, None) is None or isinstance(published_day(declared, None), date)


def test_tomorrow_in_utc_is_no_future_where_it_has_begun() -> None:
    now = datetime(2022, 3, 16, 22, tzinfo=UTC)
    assert is_future(date(2022, 3, 17), None, now) and not is_future(date(2022, 3, 17), BAKU, now)


def test_a_file_that_is_no_article_says_why(installation: Installation) -> None:
    installation.settings = installation.settings.model_copy(
        update={"limits": installation.settings.limits.model_copy(update={"document_megabytes": 0.1})}
    )
    installation.write("drop/good.txt", "Text.")
    installation.write("drop/wide.txt", "Широкий текст".encode("utf-16"))
    installation.write("drop/latin.html", "<p>Café</p>".encode("cp1252"))
    installation.write("drop/bom.txt", b"\xef\xbb\xbf\n")
    installation.write("drop/picture.txt", b"\x89PNG\r\n" + bytes(100))
    installation.write("drop/zeros.txt", bytes(50_000))
    installation.write("drop/binary.txt", bytes(range(256)) * 4)
    with installation.write("drop/huge.txt", "x").open("r+b") as file:
        file.truncate(50_000_000_000)  # sparse: if it were read whole, this test would not end
    (installation.home.config / "drop/folder.txt").mkdir()
    (installation.home.config / "drop/broken.txt").symlink_to("nowhere")
    installation.source("drop", kind="files", path="drop/*.*")
    installation.land()
    assert [locator for _, locator in installation.landed()] == ["good.txt", "latin.html", "wide.txt"]
    assert {locator: reason for _, locator, reason in installation.rejected()} == {
        "bom.txt": "empty",
        "zeros.txt": "empty",
        "picture.txt": "not_text",
        "binary.txt": "not_text",
        "huge.txt": "too_large",
        "folder.txt": "unreadable",
        "broken.txt": "unreadable",
    }


def test_a_file_name_that_is_no_text_is_still_a_locator(installation: Installation) -> None:
    folder = installation.home.config / "drop"
    folder.mkdir()
    with open(os.fsencode(folder) + b"/caf\xe9.txt", "wb") as file:  # noqa: PTH123 - pathlib takes no bytes
        file.write(b"Text.")
    installation.source("drop", kind="files", path="drop/*.txt")
    installation.land()
    assert installation.landed() == [("2022-03-20", "caf\\udce9.txt")]


def test_a_sidecar_beside_a_file_declares_what_its_bytes_do_not(installation: Installation) -> None:
    installation.write("drop/a.html", "<p>A")
    installation.write(
        "drop/a.html.yaml", "published: 2022-03-16T10:00:00+04:00\nurl: https://x.example/a\nexternal_id: 17\n"
    )
    installation.write("drop/b.txt", "B")
    installation.write("drop/b.txt.yaml", "titel: B\n")
    installation.source("drop", kind="files", path="drop/*")
    installation.land()
    (document,) = installation.rows("landed_documents")
    assert document["declared_published"] == "2022-03-16T10:00:00+04:00" and document["external_id"] == "17"
    (rejection,) = installation.rows("rejected_documents")
    assert rejection["reason"] == "bad_sidecar" and "b.txt.yaml:1: titel: unknown field" in rejection["detail"]


def test_the_locator_of_a_file_is_its_path_below_the_fixed_part_of_the_glob(installation: Installation) -> None:
    source = installation.source("pages", kind="files", path="../samples/files/x/{day}/*.txt", lands_on="path")
    path = installation.home.config.parent / "samples/files/x/2022-03-16/a.txt"
    assert locator_of(path, source, installation.home) == "2022-03-16/a.txt"


WHOLE = {
    "a.jsonl": b'{"id": 1, "body": "Text."}\n{"id": 2, "body": "More."}\n',
    "a.csv": b'id,body\n1,"Text."\n2,More\n',
    "a.jsonl.gz": gzip.compress(b'{"id": 1, "body": "Text."}\n' * 9),
    "a.parquet": b"PAR1\x15\x04\x15\x00" * 9 + b"PAR1",
    "a.warc": b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://x/\r\nContent-Length: 5\r\n\r\nText.\r\n\r\n",
    "a.arc": b"filedesc://a 0.0.0.0 20220301000000 text/plain 5\n1 0 X\nhttp://x/ 1.1.1.1 20220301000000 text/html 4\n<p>T\n",
    "a.xml": b"<rss version='2.0'><channel><item><description>Text.</description></item></channel></rss>",
    "a.eml": b"Subject: =?utf-8?q?x?=\nContent-Type: text/html; charset=x\n\n<p>Text.",
    "a.json": b'{"uri": "n", "headline": "H", "body_text": "Text."}',
    "a.html": b"<html><meta charset=utf-7><p>Text.",
}


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(sorted(WHOLE)), st.binary(max_size=60), st.integers(0, 120), st.booleans())
def test_any_damage_to_any_kind_of_file_gives_documents_or_reasons(
    tmp_path_factory: pytest.TempPathFactory, name: str, noise: bytes, at: int, cut: bool
) -> None:
    whole = WHOLE[name]
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(whole[:at] + noise + (b"" if cut else whole[at:]))
    day, limits, log = date(2022, 3, 20), Limits(), [].append
    found = FoundFile(path, name, day)
    source = Source(id="t", name="t", kind="table", path="*", columns={"external_id": "id", "text": "body"})
    for offer in chain(
        read_archives([found], source, day, limits, log),
        read_web_archives([found], source, day, limits, log),
        read_snapshot(found, "t", "fetched", day, limits),
        read_documents(path, "t", name, "fetched", day, limits),
    ):
        assert isinstance(offer, Document) or (offer.reason and offer.detail)
