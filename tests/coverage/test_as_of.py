"""What was known at a moment: a late article, a rerun or another order of processing changes no earlier answer."""

from __future__ import annotations

import random
from datetime import datetime
from pathlib import Path

import pytest

from tests.coverage.conftest import FILLER, Newsroom, make_newsroom, story

MEETING = f"Aliyev met Macron for talks. {FILLER}"
GAS = f"Azerbaijan sells gas to France. {FILLER}"
# A page that is changed and changed back, one that is landed again, copies, and late articles of days long gone.
WORLD = [
    ("2022-03-16", [story("visit", MEETING), story("gas", GAS)]),
    ("2022-03-17", [story("visit", GAS), story("gas", GAS), story("copy", GAS, source="gazette")]),
    ("2022-03-18", [story("visit", MEETING), story("undated", MEETING, published=None)]),
    ("2022-03-20", [story("late", MEETING, published="2022-03-16", source="gazette"), story("gas", MEETING)]),
]
MOMENTS = [datetime(2022, 3, day, 23) for day in (15, 16, 17, 18, 19, 20)]
ASKED = "select published_on, actor_id, articles, distinct_texts, sources, mentions, share from as_of($moment)"


def told(newsroom: Newsroom) -> list[list[tuple]]:
    """Return what the built file says of each moment."""
    return [newsroom.query(ASKED, moment=moment) for moment in MOMENTS]


@pytest.fixture(scope="module")
def in_time(tmp_path_factory: pytest.TempPathFactory) -> list[list[tuple]]:
    """What the file of each evening said of its own present, landing day by landing day."""
    newsroom = make_newsroom(tmp_path_factory.mktemp("in-time"))
    newsroom.build()
    said = []
    for moment in MOMENTS:
        for day, stories in WORLD:
            if day == moment.date().isoformat():
                newsroom.land(day, *stories)
        newsroom.build()
        said.append(newsroom.query(ASKED, moment=moment))
        now = newsroom.query("select published_on, actor_id, articles, sources, mentions, share from actor_daily")
        assert sorted(now) == sorted(
            (day, actor, n, sources, m, share) for day, actor, n, _, sources, m, share in said[-1]
        )
    return said


def test_the_last_file_says_of_each_moment_what_the_file_of_then_said(tmp_path: Path, in_time: list) -> None:
    newsroom = make_newsroom(tmp_path / "newsroom")
    for day, stories in WORLD:
        newsroom.land(day, *stories)
    newsroom.build()
    assert told(newsroom) == in_time
    assert in_time[0] == []
    assert len(set(map(str, in_time))) == 5  # each evening with news said something else


@pytest.mark.parametrize("seed", range(2))
def test_neither_order_nor_reruns_change_what_was_known(tmp_path: Path, in_time: list, seed: int) -> None:
    chance = random.Random(seed)
    newsroom = make_newsroom(tmp_path / "newsroom")
    for day, stories in [*chance.sample(WORLD, len(WORLD)), *chance.sample(WORLD, 2)]:
        newsroom.land(day, *stories)
        newsroom.build()
    assert told(newsroom) == in_time


def test_an_older_document_found_later_with_the_same_text_takes_nothing_from_what_was_known(newsroom: Newsroom) -> None:
    """It becomes the one that begins the version; the text was known before it came."""
    newsroom.land("2022-03-17", story("visit", MEETING, seen="2022-03-17T12:00"))
    newsroom.build()
    asked = {"moment": datetime(2022, 3, 18)}
    before = newsroom.query(ASKED, **asked)
    newsroom.land("2022-03-16", story("visit", MEETING, seen="2022-03-25T12:00"))
    newsroom.build()
    assert newsroom.query("select landed_on from document_versions where version = 1") == [
        (datetime(2022, 3, 16).date(),)
    ]
    assert newsroom.query(ASKED, **asked) == before != []
