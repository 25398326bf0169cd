"""The candidate: what counts, what a change touches, and that order, reruns and kills change nothing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from assets.home import PROJECT
from assets.settings import Counting, Settings
from tests.coverage.conftest import FILLER, Newsroom, make_newsroom, story

MEETING = f"Aliyev met Macron for talks. {FILLER}"
GAS = f"Azerbaijan sells gas to France. {FILLER}"
COVERAGE = (
    "actor_daily",
    "actor_source_daily",
    "theme_daily",
    "theme_source_daily",
    "actor_theme_daily",
    "actor_pair_daily",
    "day_totals",
)


def actor_day(newsroom: Newsroom, actor_id: str, day: str) -> tuple | None:
    """Return articles, independent articles, sources and mentions of an actor on a day."""
    rows = newsroom.query(
        """
        select articles, independent_articles, sources, mentions from actor_daily
        where actor_id = $actor_id and published_on = cast($day as date)
        """,
        actor_id=actor_id,
        day=day,
    )
    return rows[0] if rows else None


def days_that_differ(before: dict[str, list[tuple]], after: dict[str, list[tuple]]) -> set[date]:
    """Return the publication days on which a coverage table is another than before."""
    return {row[0] for name in COVERAGE for row in set(before[name]) ^ set(after[name])}


def test_copies_are_counted_twice_on_purpose(newsroom: Newsroom) -> None:
    newsroom.land(
        "2022-03-16",
        story("meeting", MEETING),
        story("copy", MEETING.upper().replace("ALIYEV", "Aliyev"), source="gazette"),
        story("gas", GAS),
    )
    newsroom.build()
    assert actor_day(newsroom, "person:ilham-aliyev", "2022-03-16") == (2, 1, 2, 2)
    assert newsroom.query("select sum(articles), sum(tagged) from day_totals") == [(3, 3)]
    assert newsroom.query("select share from actor_daily where actor_id = 'person:ilham-aliyev'") == [(0.666667,)]


def test_counts_by_source_add_up_and_credit_a_copy_to_whom_had_it_first(newsroom: Newsroom) -> None:
    newsroom.land(
        "2022-03-16",
        story("meeting", MEETING, source="gazette", published_at="2022-03-16T09:00:00"),
        story("copy", MEETING, source="wire", published_at="2022-03-16T05:00:00"),
        story("gas", GAS, source="gazette"),
    )
    newsroom.build()
    assert newsroom.query(
        "select source_id, articles, independent_articles from actor_source_daily "
        "where actor_id = 'country:AZE' or actor_id = 'person:ilham-aliyev' order by all"
    ) == [("gazette", 1, 0), ("gazette", 1, 1), ("wire", 1, 1)]
    assert newsroom.query("select source_id, articles from theme_source_daily where theme_id = 'energy'") == [
        ("gazette", 1)
    ]


def test_pairs_tell_sentences_from_articles(newsroom: Newsroom) -> None:
    newsroom.land(
        "2022-03-16", story("meeting", f"Aliyev met Macron. Aliyev thanked Macron. France was glad. {FILLER}")
    )
    newsroom.build()
    rows = newsroom.query(
        "select actor_id, other_actor_id, articles, sentences, same_sentence_articles from actor_pair_daily"
    )
    assert sorted(rows) == [
        ("country:FRA", "person:emmanuel-macron", 1, 0, 0),
        ("country:FRA", "person:ilham-aliyev", 1, 0, 0),
        ("person:emmanuel-macron", "person:ilham-aliyev", 1, 2, 1),
    ]


def test_quotes_themes_and_their_actors_are_counted(newsroom: Newsroom) -> None:
    newsroom.land("2022-03-16", story("gas", f'Macron said "gas is dear" in France. {FILLER}'))
    newsroom.build()
    assert newsroom.query("select actor_id, quotes from actor_daily order by actor_id") == [
        ("country:FRA", 0),
        ("person:emmanuel-macron", 1),
    ]
    assert newsroom.query("select theme_id, articles, sources, share from theme_daily") == [("energy", 1, 1, 1.0)]
    assert newsroom.query("select actor_id, theme_id, articles from actor_theme_daily order by actor_id") == [
        ("country:FRA", "energy", 1),
        ("person:emmanuel-macron", "energy", 1),
    ]


def test_undated_untagged_and_doubtful_are_kept_but_not_counted(newsroom: Newsroom) -> None:
    newsroom.land(
        "2022-03-16",
        story("undated", MEETING, published=None),
        story("georgian", f"Macron {FILLER}", tagged=False),
        story("doubtful", GAS, confidence=0.3),
    )
    newsroom.build()
    assert newsroom.query("select count(*) from articles") == [(3,)]
    assert newsroom.query("select count(*) from mentions") == [(4,)]
    assert newsroom.query("select count(*) from actor_daily") == [(0,)]
    assert newsroom.query("select published_on, articles, tagged from day_totals") == [(date(2022, 3, 16), 2, 1)]


def test_the_counting_threshold_is_a_setting_and_changing_it_counts_anew(newsroom: Newsroom) -> None:
    newsroom.land("2022-03-16", story("doubtful", GAS, confidence=0.3))
    newsroom.build()
    newsroom.settings = Settings(counting=Counting(mention_confidence=0.2))
    assert newsroom.build().rebuilt
    assert actor_day(newsroom, "country:FRA", "2022-03-16") == (1, 1, 1, 1)


def test_changed_text_becomes_version_2_and_only_it_counts(newsroom: Newsroom) -> None:
    newsroom.land("2022-03-16", story("visit", MEETING))
    newsroom.build()
    newsroom.land("2022-03-17", story("visit", GAS))
    newsroom.build()
    assert newsroom.query("select version, is_current, landed_on from articles order by version") == [
        (1, False, date(2022, 3, 16)),
        (2, True, date(2022, 3, 17)),
    ]
    assert actor_day(newsroom, "person:ilham-aliyev", "2022-03-16") is None
    assert actor_day(newsroom, "country:AZE", "2022-03-16") == (1, 1, 1, 1)
    assert newsroom.query("select distinct version from mentions order by version") == [(1,), (2,)]


def test_a_text_that_comes_back_is_a_version_of_its_own(newsroom: Newsroom) -> None:
    for day, text in (("2022-03-16", MEETING), ("2022-03-17", GAS), ("2022-03-18", MEETING)):
        newsroom.land(day, story("visit", text))
    newsroom.build()
    assert newsroom.query("select version, is_current from articles order by version") == [
        (1, False),
        (2, False),
        (3, True),
    ]
    assert newsroom.query("select version, count(*) from mentions group by version order by version") == [
        (1, 2),
        (2, 2),
        (3, 2),
    ]


def test_landed_again_unchanged_changes_nothing_but_the_ledger(newsroom: Newsroom) -> None:
    newsroom.land("2022-03-16", story("visit", MEETING))
    newsroom.build()
    before = newsroom.contents()
    newsroom.land("2022-03-17", story("visit", MEETING))
    newsroom.build()
    after = newsroom.contents()
    for name in (*COVERAGE, "articles", "mentions", "article_themes", "reprint_groups"):
        assert after[name] == before[name], name
    assert newsroom.query("select landed, duplicate from source_daily where landed_on = date '2022-03-17'") == [(1, 1)]


def test_a_moved_date_leaves_no_stale_day_behind(newsroom: Newsroom) -> None:
    newsroom.land("2022-03-16", story("visit", MEETING, published="2022-03-15"))
    newsroom.build()
    newsroom.land("2022-03-16", story("visit", MEETING, published="2022-03-14"))
    report = newsroom.build()
    assert report.touched_published_days == (date(2022, 3, 14), date(2022, 3, 15))
    assert actor_day(newsroom, "person:ilham-aliyev", "2022-03-15") is None
    assert actor_day(newsroom, "person:ilham-aliyev", "2022-03-14") == (1, 1, 1, 1)


def test_a_late_article_changes_exactly_its_publication_day(newsroom: Newsroom) -> None:
    for number in range(1, 6):
        newsroom.land(f"2022-03-0{number}", story(f"gas-{number}", f"{number} {GAS}", published=f"2022-03-0{number}"))
    newsroom.build()
    before = newsroom.contents()
    newsroom.land("2022-03-20", story("late", MEETING, published="2022-03-03"))
    report = newsroom.build()
    assert days_that_differ(before, newsroom.contents()) == {date(2022, 3, 3)}
    assert report.touched_published_days == (date(2022, 3, 3),)


def test_a_late_original_takes_the_lead_of_its_copies(newsroom: Newsroom) -> None:
    newsroom.land("2022-03-05", story("copy", MEETING, published="2022-03-05", source="gazette"))
    newsroom.build()
    newsroom.land("2022-03-06", story("original", MEETING, published="2022-03-04"))
    newsroom.build()
    assert newsroom.query("select article_id, is_lead from articles order by article_id") == [
        ("gazette:copy", False),
        ("wire:original", True),
    ]


def test_a_removed_file_takes_its_articles_along(newsroom: Newsroom) -> None:
    newsroom.land("2022-03-16", story("visit", MEETING))
    newsroom.land("2022-03-17", story("gas", GAS, published="2022-03-17"))
    newsroom.build()
    for path in newsroom.home.record.glob("*/2022-03-17/*.parquet"):
        path.unlink()
    newsroom.build()
    alone = make_newsroom(newsroom.home.data.parent / "alone")
    alone.land("2022-03-16", story("visit", MEETING))
    alone.build()
    assert newsroom.contents() == alone.contents()


def test_nothing_changed_means_nothing_done(newsroom: Newsroom) -> None:
    newsroom.land("2022-03-16", story("visit", MEETING))
    first = newsroom.build()
    bytes_before = newsroom.home.candidate.read_bytes()
    second = newsroom.build()
    assert (second.changed_files, second.snapshot_id) == (0, first.snapshot_id)
    assert newsroom.home.candidate.read_bytes() == bytes_before


def test_the_snapshot_is_named_by_the_content_alone(newsroom: Newsroom) -> None:
    newsroom.land("2022-03-16", story("visit", MEETING))
    first = newsroom.build().snapshot_id
    assert first.startswith("dateline-2022-03-16-")
    newsroom.home.candidate.unlink()
    assert newsroom.build().snapshot_id == first
    newsroom.land("2022-03-16", story("visit", GAS))
    assert newsroom.build().snapshot_id != first


def test_nothing_landed_still_makes_a_warehouse(newsroom: Newsroom) -> None:
    report = newsroom.build()
    assert report.snapshot_id.startswith("dateline-empty-")
    assert newsroom.query("select count(*) from actor_timeline('Macron')") == [(0,)]


def test_several_batches_of_a_day_hold_one_document_once(newsroom: Newsroom) -> None:
    newsroom.land("2022-03-16", story("visit", MEETING))
    [landed] = newsroom.record.day_files("landed_documents", date(2022, 3, 16))
    landed.with_name("another-batch.parquet").write_bytes(landed.read_bytes())
    newsroom.build()
    assert newsroom.query("select count(*) from landed_documents") == [(1,)]
    assert newsroom.query("select landed, fetched from source_daily") == [(1, 1)]


def test_the_ledger_tells_silence_from_failure(newsroom: Newsroom) -> None:
    """A source gives four documents a day, then nothing, then its server fails, then it comes back."""
    first = date(2022, 3, 1)
    for number in [*range(8), 10]:
        day = (first + timedelta(days=number)).isoformat()
        articles = [story(f"{letter}{number}", f"{letter}{number} {GAS}", published=day) for letter in "abc"]
        newsroom.land(day, *articles, story(f"d{number}", f"d{number} {GAS}", published=None))
    newsroom.land("2022-03-10", outcome="failed", rejected=1)
    newsroom.build()
    rows = newsroom.query(
        """
        select landed_on, expected, fetched, landed, rejected, undated, gap, outcome from source_daily
        where landed_on >= date '2022-03-07' order by landed_on
        """
    )
    assert rows == [
        (date(2022, 3, 7), None, 4, 4, 0, 1, False, "ok"),
        (date(2022, 3, 8), 4.0, 4, 4, 0, 1, False, "ok"),
        (date(2022, 3, 9), 4.0, 0, 0, 0, 0, True, None),
        (date(2022, 3, 10), 3.7, 1, 0, 1, 0, True, "failed"),
        (date(2022, 3, 11), 3.7, 4, 4, 0, 1, False, "ok"),
    ]
    calendar = (
        "select articles, silent_sources, failed_sources, remark from calendar where published_on >= date '2022-03-08'"
    )
    assert newsroom.query(calendar) == [
        (3, 0, 0, None),
        (0, 1, 0, "wire was silent"),
        (0, 0, 1, "wire failed"),
        (3, 0, 0, None),
    ]


def test_a_quiet_day_of_a_source_with_a_weekly_rhythm_is_no_gap(newsroom: Newsroom) -> None:
    """Five documents on every weekday and none on Sundays: the fourth Sunday is expected to be quiet."""
    monday = date(2022, 2, 7)
    for number in range(27):
        day = monday + timedelta(days=number)
        landed = [] if day.weekday() == 6 else [story(f"{n}-{number}", f"{n} {number} {GAS}") for n in range(5)]
        newsroom.land(day.isoformat(), *landed)
    newsroom.land("2022-03-06")
    newsroom.build()
    [(expected, gap)] = newsroom.query("select expected, gap from source_daily where landed_on = date '2022-03-06'")
    assert expected < 3
    assert not gap


WORLD = [
    ("2022-03-16", [story("visit", MEETING), story("gas", GAS)]),
    ("2022-03-17", [story("visit", MEETING), story("copy", GAS, published="2022-03-17", source="gazette")]),
    ("2022-03-18", [story("visit", GAS), story("undated", MEETING, published=None)]),
    ("2022-03-19", []),
    ("2022-03-20", [story("late", MEETING, published="2022-03-16", source="gazette"), story("visit", MEETING)]),
]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_landing_days_does_not_matter(tmp_path: Path, seed: int) -> None:
    at_once = make_newsroom(tmp_path / "at-once")
    for day, stories in WORLD:
        at_once.land(day, *stories)
    at_once.build()
    one_by_one = make_newsroom(tmp_path / "one-by-one")
    for day, stories in random.Random(seed).sample(WORLD, len(WORLD)):
        one_by_one.land(day, *stories)
        one_by_one.build()
    assert one_by_one.contents() == at_once.contents()


@pytest.mark.parametrize("seed", range(4))
def test_bringing_up_to_date_equals_building_from_empty(tmp_path: Path, seed: int) -> None:
    """Days are replaced at random, a build follows each; at the end a build from empty makes the same."""
    chance = random.Random(seed)
    newsroom = make_newsroom(tmp_path / "newsroom")
    texts = (MEETING, GAS, f"Erdoğan met Macron. {FILLER}", "Short talks.")
    for _ in range(8):
        stories = [
            story(
                chance.choice("abcdef"),
                chance.choice(texts),
                published=chance.choice([None, "2022-03-01", "2022-03-02", "2022-03-03"]),
                source=chance.choice(["wire", "gazette"]),
            )
            for _ in range(chance.randrange(5))
        ]
        once = {(one["source"], one["name"]): one for one in stories}  # a page lands once on a day
        newsroom.land(f"2022-03-0{chance.randrange(1, 6)}", *once.values(), rejected=chance.randrange(2))
        newsroom.build()
    brought_up_to_date = newsroom.contents()
    newsroom.home.candidate.unlink()
    assert newsroom.build().rebuilt
    assert newsroom.contents() == brought_up_to_date


KILLED = """
import os, signal, sys
from pathlib import Path
import duckdb
from assets.coverage import candidate
from assets.home import Home
from assets.settings import Settings

class Killing:
    # A connection that kills its process before its n-th statement.
    def __init__(self, connection, left):
        self.connection, self.left = connection, left
    def execute(self, *arguments):
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return self.connection.execute(*arguments)
    def __getattr__(self, name):
        return getattr(self.connection, name)

update = candidate._update
candidate._update = lambda connection, *rest, **more: update(Killing(connection, int(sys.argv[2])), *rest, **more)
folder = Path(sys.argv[1])
candidate.build_candidate(Home(folder, folder / "config"), Settings())
"""


@pytest.mark.parametrize("statements", [3, 30, 70])
@pytest.mark.parametrize("existing", [False, True], ids=["first build", "update"])
def test_a_kill_in_the_middle_then_a_rerun_makes_the_same(tmp_path: Path, statements: int, existing: bool) -> None:
    def landed(name: str) -> Newsroom:
        made = make_newsroom(tmp_path / name)
        made.land(*WORLD[0][:1], *WORLD[0][1])
        if existing:
            made.build()
        for day, stories in WORLD[1:]:
            made.land(day, *stories)
        return made

    undisturbed, killed = landed("undisturbed"), landed("killed")
    undisturbed.build()
    if existing:
        # The groups are on record before the build that is killed.
        from assets.cleaning.reprints import group_reprints

        group_reprints(killed.home, killed.settings)
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(killed.home.data), str(statements)],
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    killed.build()
    assert killed.contents() == undisturbed.contents()


def test_a_broken_candidate_is_built_from_empty(newsroom: Newsroom) -> None:
    newsroom.land("2022-03-16", story("visit", MEETING))
    newsroom.build()
    expected = newsroom.contents()
    newsroom.home.candidate.write_bytes(b"no database")
    assert newsroom.build().rebuilt
    assert newsroom.contents() == expected


def test_a_dropped_candidate_leaves_no_log_behind_that_could_spoil_the_next(newsroom: Newsroom) -> None:
    """Takedowns delete the candidate; a log of it may stay beside."""
    newsroom.land("2022-03-16", story("visit", MEETING))
    newsroom.build()
    expected = newsroom.contents()
    newsroom.home.candidate.unlink()
    newsroom.home.candidate.with_name("candidate.duckdb.wal").write_bytes(b"of another file")
    newsroom.build()
    assert newsroom.contents() == expected


def test_folders_named_like_patterns_are_read_as_they_are_named(tmp_path: Path) -> None:
    newsroom = make_newsroom(tmp_path / "day=1 [x]*")
    newsroom.land("2022-03-16", story("visit", MEETING))
    newsroom.build()
    assert newsroom.query("select count(*) from articles") == [(1,)]
