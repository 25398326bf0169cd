"""The audit: what it lets through, and that each kind of damage is found with the rows that show it."""

from __future__ import annotations

import shutil

import pytest

from assets.coverage.audit import AuditFinding, audit_candidate
from assets.database import writing
from assets.statements import names
from tests.coverage.conftest import FILLER, Newsroom, make_newsroom, story


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """A candidate with names, quotes, themes, copies and two versions."""
    newsroom = make_newsroom(tmp_path_factory.mktemp("sound"))
    text = f'Macron said "gas is dear" in France. Erdoğan agreed after talks. {FILLER}'
    newsroom.land("2022-03-16", story("one", text), story("copy", text, source="gazette"))
    newsroom.land("2022-03-17", story("one", f"Aliyev disagreed. {text}"), story("undated", text, published=None))
    newsroom.build()
    return newsroom


@pytest.fixture
def built(sound: Newsroom, newsroom: Newsroom) -> Newsroom:
    """A copy of that candidate, to be damaged."""
    newsroom.home.candidate.parent.mkdir(parents=True)
    shutil.copyfile(sound.home.candidate, newsroom.home.candidate)
    return newsroom


def failed(newsroom: Newsroom) -> dict[str, AuditFinding]:
    """Return the findings of the checks that fail."""
    return {finding.check: finding for finding in audit_candidate(newsroom.home) if not finding.passed}


def test_a_sound_candidate_passes_every_check(built: Newsroom) -> None:
    assert failed(built) == {}
    assert [finding.check for finding in audit_candidate(built.home)] == names("checks")


@pytest.mark.parametrize(
    ("damage", "check"),
    [
        ("update mentions set start_char = start_char + 1 where surface = 'Macron'", "spans_hold"),
        ("update quotes set part = 'title'", "spans_hold"),
        ("update theme_evidence set surface = 'GAS' where surface = 'gas'", "spans_hold"),
        ("update mentions set sentence = 'Another one.' where surface = 'Macron'", "sentences_hold"),
        ("delete from articles where version = 1 and not is_current", "facts_have_articles"),
        ("delete from articles where version = 1 and not is_current", "versions_kept"),
        ("update articles set is_current = true", "one_current_version"),
        ("update articles set is_current = false", "one_current_version"),
        ("update actor_daily set independent_articles = independent_articles + 1", "actor_counts_match"),
        ("delete from actor_daily", "actor_counts_match"),
        ("insert into theme_daily select date '1999-01-01', 'energy', 1, 1, 1, 1", "theme_counts_match"),
        ("update actor_source_daily set independent_articles = 7", "sources_add_up"),
        ("delete from theme_source_daily", "sources_add_up"),
        ("delete from story_articles", "stories_complete"),
        ("update stories set articles = articles + 1", "stories_complete"),
        ("delete from stories", "stories_complete"),
        ("update day_totals set tagged = 0", "totals_match"),
        ("update theme_daily set share = 0.5", "totals_match"),
        ("update mentions set actor_id = 'person:nobody' where surface = 'Macron'", "actors_known"),
        ("delete from themes", "themes_known"),
        ("update reprint_groups set is_lead = true", "one_lead_per_group"),
        ("delete from reprint_groups", "one_lead_per_group"),
        ("comment on column articles.title is null", "everything_described"),
        ("create table undescribed (one integer)", "everything_described"),
        ("create macro undescribed(one) as table select one as two", "everything_described"),
    ],
)
def test_damage_is_found(built: Newsroom, damage: str, check: str) -> None:
    with writing(built.home.candidate) as connection:
        connection.execute(damage)
    finding = failed(built)[check]
    assert finding.row_count > 0
    assert finding.sample
    assert finding.description.endswith(".")


def test_actors_that_no_list_knows_are_no_mistake(built: Newsroom) -> None:
    with writing(built.home.candidate) as connection:
        connection.execute("update mentions set actor_id = 'local-person:1a2b' where surface = 'Macron'")
        connection.execute("update quotes set speaker_actor_id = 'local-person:1a2b'")
    assert "actors_known" not in failed(built)


DAMAGE = "update mentions set surface = 'Nobody' where surface = 'Macron' and landed_on = date '{}'"


def damage(newsroom: Newsroom, day: str) -> None:
    """Spoil the mentions of a landing day."""
    with writing(newsroom.home.candidate) as connection:
        connection.execute(DAMAGE.format(day))


@pytest.fixture
def audited(newsroom: Newsroom) -> Newsroom:
    """A candidate that passed its audit, to which a day was added since."""
    newsroom.land("2022-03-16", story("one", f"Macron spoke. {FILLER}"))
    newsroom.build()
    assert failed(newsroom) == {}
    newsroom.land("2022-03-17", story("two", f"Macron was silent in France. {FILLER}", published="2022-03-17"))
    newsroom.build()
    return newsroom


def test_the_audit_looks_at_what_was_built_since_the_last_that_passed(audited: Newsroom) -> None:
    damage(audited, "2022-03-16")
    assert failed(audited) == {}
    damage(audited, "2022-03-17")
    assert failed(audited) == {}  # it has passed: there is nothing new
    assert {f.check for f in audit_candidate(audited.home, everything=True) if not f.passed} == {"spans_hold"}


def test_what_did_not_pass_is_looked_at_again(audited: Newsroom) -> None:
    damage(audited, "2022-03-17")
    assert set(failed(audited)) == {"spans_hold"}
    audited.land("2022-03-18", story("three", f"France was glad. {FILLER}", published="2022-03-18"))
    audited.build()
    assert set(failed(audited)) == {"spans_hold"}


def test_everything_is_looked_at_where_it_is_not_known_what_was(audited: Newsroom) -> None:
    damage(audited, "2022-03-16")
    (audited.home.state / "unaudited.json").unlink()
    assert set(failed(audited)) == {"spans_hold"}
