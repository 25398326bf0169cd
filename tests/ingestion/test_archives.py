"""Rows of archives in every format become the same documents, and a bad row or file says what is wrong with it."""

from __future__ import annotations

import csv
import gzip
import io
import json
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

if TYPE_CHECKING:
    from tests.ingestion.conftest import Installation

COLUMNS = {
    "external_id": "id",
    "title": "headline",
    "text": "body",
    "html": "page",
    "published": "date",
    "author": "by",
}
ROWS = [
    {
        "id": "1",
        "headline": "Straße; “ünïcode”",
        "body": 'First line\nsecond; "quoted"\ttext',
        "page": None,
        "date": "2022-03-16",
    },
    {"id": "2", "headline": None, "body": None, "page": "<p>Page</p>", "date": None},
]


def as_jsonl() -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS).encode()


def as_csv(delimiter: str, encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(ROWS[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(ROWS)
    return out.getvalue().encode(encoding)


def as_parquet() -> bytes:
    out = io.BytesIO()
    table = pa.Table.from_pylist(ROWS)
    dates = pa.array([date(2022, 3, 16), None])
    pq.write_table(table.set_column(table.schema.get_field_index("date"), "date", dates), out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", as_jsonl()),
        ("a.ndjson.gz", gzip.compress(as_jsonl()[:40]) + gzip.compress(as_jsonl()[40:])),
        ("a.json.zst", zstandard.compress(as_jsonl())),
        ("a.csv", as_csv(";")),
        ("a.csv.gz", gzip.compress(as_csv(","))),
        ("bom.csv", as_csv("|", "utf-8-sig")),
        ("utf16.csv", as_csv(",", "utf-16")),
        ("a.tsv", as_csv("\t")),
        ("a.parquet", as_parquet()),
        ("a.parquet.zst", zstandard.compress(as_parquet())),
    ],
)
def test_every_format_gives_the_same_documents(installation: Installation, name: str, content: bytes) -> None:
    installation.write(name, content)
    installation.source("archive", kind="table", path=name, columns=COLUMNS)
    installation.land()
    assert installation.rejected() == [] and installation.log[:-1] == [
        f"source archive: {installation.home.config / name} has no column 'by'; author is taken as empty"
    ] * ("json" not in name and "nd" not in name)
    documents = {row["external_id"]: row for row in installation.rows("landed_documents")}
    first, second = documents["1"], documents["2"]
    assert (first["locator"], first["media_type"]) == (f"{name}#1", "text/plain")
    assert first["bytes"].decode() == ROWS[0]["body"]
    assert (first["declared_title"], first["declared_published"]) == (ROWS[0]["headline"], "2022-03-16")
    assert (second["bytes"], second["media_type"]) == (b"<p>Page</p>", "text/html")
    assert (second["declared_title"], second["declared_published"], second["declared_by"]) == (None, None, None)


def test_cells_become_text_faithfully(installation: Installation) -> None:
    lines = [
        '{"id": 12345678901234567890, "headline": ["A", "B"], "body": "x", "by": ["Ann", null, "Bob"], "date": 1647432000}',
        '{"id": 1.10, "headline": NaN, "body": "half a pair: \\ud83d", "by": true}',
    ]
    installation.write("a.jsonl", "\n".join(lines))
    installation.source("archive", kind="table", path="a.jsonl", columns=COLUMNS)
    installation.land()
    first, second = installation.rows("landed_documents")
    assert (first["external_id"], first["declared_title"], first["declared_author"]) == (
        "12345678901234567890",
        "A, B",
        "Ann, Bob",
    )
    assert first["declared_published"] == "1647432000"
    assert (second["external_id"], second["declared_title"], second["declared_author"]) == ("1.10", None, "true")
    assert second["bytes"].decode() == "half a pair: \ufffd"


def test_each_bad_row_is_a_rejection_and_the_good_ones_land(installation: Installation) -> None:
    lines = [
        '{"id": 1, "body": "good"}',
        "{truncated",
        "[1, 2]",
        '{"id": 4, "id": 5, "body": "which?"}',
        '{"id": 6, "body": {"paragraphs": []}}',
        "[" * 200_000,
        '{"id": 8, "body": "' + "long " * 30_000 + '"}',
        '{"id": 9, "body": " ", "page": ""}',
        "",
        '{"id": 11, "body": "good too"}',
    ]
    bad_bytes = b'{"id": 12, "body": "Caf\xe9"}\n'
    installation.write("a.jsonl", "\n".join(lines).encode() + b"\n" + bad_bytes)
    installation.source("archive", kind="table", path="a.jsonl", columns=COLUMNS)
    installation.settings = installation.settings.model_copy(
        update={"limits": installation.settings.limits.model_copy(update={"document_megabytes": 0.1})}
    )
    installation.land()
    assert [locator for _, locator in installation.landed()] == ["a.jsonl#1", "a.jsonl#11"]
    assert {(locator, reason) for _, locator, reason in installation.rejected()} == {
        ("a.jsonl#row=2", "unreadable"),
        ("a.jsonl#row=3", "unreadable"),
        ("a.jsonl#row=4", "unreadable"),
        ("a.jsonl#6", "unreadable"),
        ("a.jsonl#row=6", "unreadable"),
        ("a.jsonl#8", "too_large"),
        ("a.jsonl#9", "empty"),
        ("a.jsonl#row=11", "unreadable"),
    }
    details = {row["locator"]: row["detail"] for row in installation.rows("rejected_documents")}
    assert details["a.jsonl#row=2"].startswith("line 2: no JSON") and "['id']" in details["a.jsonl#row=4"]


def test_a_csv_line_with_the_wrong_cells_is_named_by_its_line(installation: Installation) -> None:
    installation.write("a.csv", 'id,headline,body\n1,"two\nlines",good\n2,a,b,c\n3,"odd" quote,x\n4,fine,good\n')
    installation.source("archive", kind="table", path="a.csv", columns=COLUMNS)
    installation.land()
    assert [locator for _, locator in installation.landed()] == ["a.csv#1", "a.csv#4"]
    details = {row["locator"]: row["detail"] for row in installation.rows("rejected_documents")}
    assert details["a.csv#row=2"].startswith("line 4: 4 cells where the header has 3")
    assert details["a.csv#row=3"].startswith("lines 5 to 5:")


def test_an_archive_in_a_national_encoding_is_read(installation: Installation) -> None:
    text = "Президент Азербайджана провел телефонный разговор с президентом Франции о положении в регионе. " * 5
    installation.write("a.csv", f"id;body\n1;{text}\n".encode("cp1251"))
    installation.source("archive", kind="table", path="a.csv", columns=COLUMNS)
    installation.land()
    (document,) = installation.rows("landed_documents")
    assert document["bytes"].decode() == text


@pytest.mark.parametrize("packed", ["gz", "zst"])
def test_a_file_cut_off_gives_its_rows_and_says_that_it_is_cut_off(installation: Installation, packed: str) -> None:
    content = "".join(
        json.dumps({"id": number, "body": f"Text {number * 7919}"}) + "\n" for number in range(20_000)
    ).encode()
    packer = gzip.compress if packed == "gz" else zstandard.compress
    installation.write("whole.jsonl", '{"id": "w", "body": "whole"}')
    installation.write(f"z.jsonl.{packed}", packer(content)[:-2_000])
    installation.source("archive", kind="table", path="*.jsonl*", columns=COLUMNS)
    (result,) = installation.land()
    assert result.outcome == "failed" and "rows up to" in result.detail and 1_000 < result.landed < 20_001
    assert installation.rejected() == [("2022-03-20", f"z.jsonl.{packed}", "unreadable")]
    assert installation.land() == [], "nothing new to tell"


@pytest.mark.parametrize(
    ("name", "content", "reason", "remedy"),
    [
        ("a.csv", "id,headline\n1,x\n", "missing_column", "no column 'body' or 'page'"),
        ("a.parquet", b"not parquet", "unreadable", "a.parquet"),
        ("a.jsonl", '{"id": 1, "story": "x"}\n' * 5, "missing_column", "correct columns in sources.yaml"),
        ("a.jsonl", "<html>\n" * 3_000, "unreadable", "none of its first 100 rows"),
        ("a.jsonl.gz", b"no gzip", "unreadable", "nothing was read"),
        ("a.xlsx", b"PK", "unreadable", "name it .jsonl, .csv"),
        ("a.csv", "", "unreadable", "no header line"),
    ],
)
def test_a_file_of_the_wrong_kind_is_one_rejection_with_a_remedy(
    installation: Installation, name: str, content: str | bytes, reason: str, remedy: str
) -> None:
    installation.write(name, content)
    installation.source("archive", kind="table", path=name, columns=COLUMNS)
    (result,) = installation.land()
    assert (result.outcome, result.landed, result.rejected) == ("failed", 0, 1)
    assert installation.rejected() == [("2022-03-20", name, reason)]
    assert remedy in result.detail
