"""Exports: the same rows as the published file, in formats that others read."""

from __future__ import annotations

import json
import re
from pathlib import Path

import duckdb
import pytest

from assets.coverage.publish import publish
from assets.report.exports import export
from tests.coverage.conftest import FILLER, Newsroom, make_newsroom, story

TITLE = '<script>alert("ö, \n|")</script>'
DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    made = make_newsroom(tmp_path_factory.mktemp("exports") / "news;room")
    made.land(
        "2022-03-16", story("one", f"Aliyev met Macron in France on gas. {FILLER}", title=TITLE), story("bare", FILLER)
    )
    made.land("2022-03-17", story("one", f"Aliyev met Macron again in France. {FILLER}", title=TITLE))
    made.build()
    publish(made.home)
    return made


def test_every_table_is_there_with_every_row(newsroom: Newsroom, tmp_path: Path) -> None:
    written = export(newsroom.home, tmp_path / "out")
    tables = {
        name for (name,) in newsroom.query("select table_name from duckdb_tables() where database_name = 'warehouse'")
    }
    for suffix in ("parquet", "csv"):
        assert {path.stem for path in (tmp_path / "out" / suffix).glob(f"*.{suffix}")} == tables
    with duckdb.connect() as connection:
        for table in tables:
            files = [str(tmp_path / "out" / suffix / f"{table}.{suffix}") for suffix in ("parquet", "csv")]
            expected = newsroom.query(f"select count(*) from {table}")
            assert connection.read_parquet(files[0]).count("*").fetchall() == expected
            assert written.rows[f"csv/{table}.csv"] == expected[0][0]
        titles = connection.read_csv(str(tmp_path / "out" / "csv" / "articles.csv"), header=True).filter("is_current")
        assert (TITLE,) in titles.select("title").fetchall()
    [(snapshot,)] = newsroom.query("select snapshot_id from build_info")
    assert (tmp_path / "out" / "csv" / "SNAPSHOT.txt").read_text().strip() == snapshot


def test_articles_are_ninjs_documents(newsroom: Newsroom, tmp_path: Path) -> None:
    export(newsroom.home, tmp_path, ["ninjs"])
    lines = (tmp_path / "ninjs" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    documents = {document["altids"][0]["value"]: document for document in map(json.loads, lines)}
    assert documents.keys() == {"wire:one", "wire:bare"}
    one = documents["wire:one"]
    assert (one["uri"], one["version"], one["language"]) == ("https://wire.example/one", "2", "en")
    assert one["headlines"] == [{"role": "main", "value": TITLE}]
    assert [person["name"] for person in one["people"]] == ["Emmanuel Macron", "Ilham Aliyev"]
    assert [place["name"] for place in one["places"]] == ["France"]
    assert one["firstcreated"] < one["versioncreated"] and DATE_TIME.fullmatch(one["firstcreated"])
    assert "contentcreated" not in one and one["ednote"] == "Published on 2022-03-16 (declared)."
    assert "people" not in documents["wire:bare"]


def test_an_export_replaces_the_one_before_and_nothing_else(newsroom: Newsroom, tmp_path: Path) -> None:
    export(newsroom.home, tmp_path, ["csv"])
    (tmp_path / "csv" / "gone.csv").write_text("of an older snapshot")
    export(newsroom.home, tmp_path, ["csv"])
    assert not (tmp_path / "csv" / "gone.csv").exists()
    (tmp_path / "csv" / "thesis.docx").write_text("mine")
    with pytest.raises(FileExistsError, match="thesis.docx"):
        export(newsroom.home, tmp_path, ["csv"])
    assert (tmp_path / "csv" / "thesis.docx").read_text() == "mine"
    with pytest.raises(ValueError, match="parquet, csv, ninjs"):
        export(newsroom.home, tmp_path, ["xlsx"])
