"""One walk through all the rooms, and the promises that hold whatever the order of arrival."""

from __future__ import annotations

from pathlib import Path

import pytest

from assets.declare import day_range
from tests.conftest import Installation, day
from tests.end_to_end.wire import ANKARA, BRUSSELS, FIRST, LAST, ROWS, row

DAYS = [one.isoformat() for one in day_range(day(FIRST), day(LAST))]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The wire, landed, tagged and published over its five days in one run."""
    installation = Installation(tmp_path_factory.mktemp("walk") / "original")
    installation.write_wire(*ROWS)
    installation.run(FIRST, LAST)
    return installation


@pytest.fixture
def walked(original: Installation, tmp_path: Path) -> Installation:
    """A copy of it for each test."""
    return original.copy(tmp_path / "copy")


def test_every_row_becomes_an_article_or_says_why_not(walked: Installation) -> None:
    articles = walked.query("select count(distinct article_id) from articles")
    assert articles == [(8,)]
    assert walked.query("select locator, reason from rejected_documents") == [("wire.jsonl#f1", "empty")]


def test_a_count_leads_back_to_its_sentences(walked: Installation) -> None:
    [(articles, independent)] = walked.query(
        "select sum(articles), sum(independent_articles) from actor_timeline('Ilham Aliyev') where articles > 0"
    )
    mentioned = walked.query(
        "select distinct article_id from mentions where actor_id = 'person:ilham-aliyev' and confidence >= 0.5"
    )
    assert articles == len(mentioned) == 4
    assert independent == 4  # the copy stands on another day; independent articles are counted by day
    sentences = walked.query("select sentence from evidence('Antony Blinken', date '2022-03-12')")
    assert any(sentence.startswith("US Secretary of State Antony Blinken called") for (sentence,) in sentences)


def test_spans_slice_to_their_surface(walked: Installation) -> None:
    for table in ("mentions", "quotes", "theme_evidence"):
        wrong = walked.query(
            f"""from {table} join articles using (article_id, version)
            select surface where surface <> case part when 'title' then title else text end[start_char + 1 : end_char]"""
        )
        assert wrong == []
    assert walked.query("select count(*) > 20 from mentions") == [(True,)]


def test_copies_share_a_reprint_group_led_by_the_earliest(walked: Installation) -> None:
    groups = walked.query(
        "select count(distinct reprint_group_id), list(title order by is_lead desc) from articles where text = $text",
        text=ANKARA,
    )
    assert groups == [(1, ["Aliyev in Ankara", "Talks in Ankara lasted four hours"])]


def test_changed_text_is_a_new_version_and_only_it_counts(walked: Installation) -> None:
    versions = walked.query(
        "select version, is_current, text like '%was published%' from articles where url like '%/d2' order by version"
    )
    assert versions == [(1, False, False), (2, True, True)]
    assert walked.query("select articles from day_totals where published_on = date '2022-03-14'") == [(1,)]


def test_an_article_without_a_date_never_gets_one(walked: Installation) -> None:
    undated = walked.query("select published_on, date_method, landed_on from articles where url like '%/e1'")
    assert undated == [(None, "none", day("2022-03-14"))]


def test_running_again_changes_no_row(walked: Installation) -> None:
    before = walked.contents()
    walked.run(FIRST, LAST)
    assert walked.contents() == before


@pytest.mark.parametrize(
    "order", [DAYS[::-1], [DAYS[2], DAYS[0], DAYS[4], DAYS[1], DAYS[3]]], ids=["backward", "mixed"]
)
def test_days_in_any_order_give_what_the_range_gives(walked: Installation, new_installation, order: list[str]) -> None:
    other = new_installation("day-by-day")
    other.write_wire(*ROWS)
    for one in order:
        other.run(one)
    assert other.contents() == walked.contents()


def test_a_late_article_changes_its_own_day_only(walked: Installation) -> None:
    by_day = (
        "actor_daily",
        "actor_source_daily",
        "article_actors",
        "theme_daily",
        "theme_source_daily",
        "actor_theme_daily",
        "actor_pair_daily",
        "day_totals",
    )
    before = {table: walked.query(f"from {table} order by all") for table in by_day}
    walked.write_wire(
        row("late", "2022-03-11", "A late report", BRUSSELS.replace("Brussels", "Tbilisi")), file="late.jsonl"
    )
    walked.run(FIRST, LAST)
    for table in by_day:
        after = walked.query(f"from {table} order by all")
        changed = {one[0] for one in set(before[table]) ^ set(after)}
        assert changed == {day("2022-03-11")}, table


def test_a_source_that_cannot_be_read_says_so_and_stops_no_other(walked: Installation) -> None:
    (walked.folder / "wire" / "broken.jsonl.gz").write_bytes(b"\x1f\x8b\x08\x00 no gzip at all")
    sources = (walked.home.config / "sources.yaml").read_text(encoding="utf-8").replace("*.jsonl", "*.jsonl*")
    (walked.home.config / "sources.yaml").write_text(sources, encoding="utf-8")
    walked.run(FIRST, LAST)
    assert walked.query("select count(distinct article_id) from articles") == [(8,)]
    said = walked.query(
        "select detail from rejected_documents where locator like 'broken%' union select detail from source_fetches where outcome = 'failed'"
    )
    assert any("broken.jsonl.gz" in detail for (detail,) in said)
