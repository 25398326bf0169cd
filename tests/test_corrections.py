"""Mistakes in config/corrections.csv name line, field and remedy; nothing is run with them."""

from __future__ import annotations

import shutil

import pytest

from assets.config import ConfigError
from assets.corrections import check_corrections, load_corrections
from assets.home import Home
from tests.tagging.conftest import CONFIG

HEADER = "article_id,kind,was,becomes,words,corrected_by,corrected_on,reason\n"
BY = ",Leyla,2026-11-25,read it\n"

MISTAKES = [
    ("wire:1,mention,,person:ned-price," + BY, ":2: was: a correction of a mention says which actor is not meant"),
    ("wire:1,tone,x,y," + BY, ":2: kind: 'tone' is unknown; known are mention, theme, date, reprint"),
    ("wire:1,theme,,," + BY, ":2: becomes: nothing is taken away and nothing added"),
    ("wire:1,date,,16 March," + BY, ":2: becomes: '16 March' is no date; write YYYY-MM-DD"),
    ("wire:1,theme,oil,,the words" + BY, ":2: words: only a correction of a mention has words"),
    (",date,,2022-03-16," + BY, ":2: article_id: required cell is empty"),
    ("wire:1,date,,2022-03-16,,,2026-11-25,read it\n", ":2: corrected_by: required cell is empty"),
    ("wire:1,date,,2022-03-16,,Leyla,today,read it\n", ":2: corrected_on: 'today' is no date"),
    ("wire:1,theme,oil,," + BY + "wire:1,theme,oil,war," + BY, ":3: article_id: line 2 corrects the same"),
    ("wire:1,mention,person:ned-price,person:nobody," + BY, "becomes: 'person:nobody' is no actor"),
    ("wire:1,theme,,nothing," + BY, "becomes: 'nothing' is no theme"),
]


@pytest.fixture
def own(tmp_path) -> Home:
    """A copy of the small authority that a test may spoil."""
    shutil.copytree(CONFIG, tmp_path / "config")
    return Home(tmp_path / "data", tmp_path / "config")


@pytest.mark.parametrize(("rows", "message"), MISTAKES, ids=[message[:40] for _, message in MISTAKES])
def test_a_mistake_names_its_place(own: Home, rows: str, message: str) -> None:
    path = own.config / "corrections.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        check_corrections(own)
    assert str(path) in str(error.value) and message in str(error.value)


def test_an_installation_without_the_file_has_no_corrections(own: Home) -> None:
    assert load_corrections(own).rows == ()
    check_corrections(own)
