"""The SQL files and the page made from them."""

from __future__ import annotations

import re

import pyarrow as pa
import pytest

from assets.coverage.dictionary import PAGE, data_dictionary
from assets.home import Home
from assets.reference import reference_file, sources_table, write_reference
from assets.settings import Source
from assets.statements import statement
from assets.tables import SQL, table


def test_the_data_dictionary_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == data_dictionary(), "run python -m assets.coverage.dictionary"


@pytest.mark.parametrize("path", sorted(SQL.rglob("*.sql")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_statement_says_what_it_does_in_lines_that_can_be_read(path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("-- ")
    code = re.sub(r"'[^']*'|--[^\n]*", "", text)
    assert code == code.lower()


def test_only_plain_identifiers_take_the_place_of_a_table() -> None:
    assert "from mentions" in statement("build", "row_count", the_table="mentions")
    with pytest.raises(ValueError, match="plain lower-case identifiers"):
        statement("build", "row_count", the_table="mentions; drop table articles")


def test_reference_tables_are_replaced_one_by_one(tmp_path) -> None:
    home = Home(tmp_path, tmp_path / "config")
    write_reference(home, {"themes": table("themes").arrow_schema.empty_table()})
    write_reference(home, {"actors": table("actors").arrow_schema.empty_table()})
    assert reference_file(home, "themes").exists()
    assert reference_file(home, "actors").exists()


def test_the_sources_table_holds_the_configured_ones_and_the_inbox() -> None:
    source = Source(id="wire", name="The wire", kind="feed", url="https://wire.example/feed", machine_translated=True)
    rows = sources_table({"wire": source})
    assert isinstance(rows, pa.Table)
    assert rows.select(["source_id", "kind", "machine_translated"]).to_pylist() == [
        {"source_id": "inbox", "kind": "inbox", "machine_translated": "auto"},
        {"source_id": "wire", "kind": "feed", "machine_translated": "true"},
    ]
