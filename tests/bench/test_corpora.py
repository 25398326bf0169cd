"""The benchmarks' corpora: positions survive, and codes are compared as they mean."""

from __future__ import annotations

import pytest

from bench.gum import _join
from bench.reuters import rows_for_tagging


@pytest.mark.parametrize(
    ("tokens", "written"),
    [
        ("U.S. President Donald Trump 's son , 39 , left .", "U.S. President Donald Trump's son, 39, left."),
        ('He said : " No , " twice ( or more )', 'He said: "No," twice (or more)'),
        ("a six - member team\nThe next line", "a six-member team\nThe next line"),
    ],
)
def test_tokens_are_written_as_people_write_and_each_keeps_its_place(tokens, written):
    text, place = _join(tokens)
    assert text == written
    assert len(place) == len(tokens) + 1
    at = 0
    for token in tokens.replace("\n", " ").split(" "):
        assert text[place[at] : place[at + len(token) - 1] + 1] == token
        at += len(token) + 1


def test_a_wire_article_gets_its_paragraphs_and_its_dateline_back():
    article = {
        "id": 7,
        "title": "T",
        "dateline": "PARIS, March 3 -",
        "body": "One\nline.\n    Two.",
        "date": "1987-03-03T10:00",
    }
    ((id_, title, text, day),) = rows_for_tagging([article])
    assert (id_, title, str(day)) == ("7", "T", "1987-03-03")
    assert text == "PARIS, March 3 - One line.\nTwo."
