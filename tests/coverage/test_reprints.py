"""Reprint groups: which articles are copies of one text."""

from __future__ import annotations

import random
import re
import tempfile
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.cleaning import reprint_kept
from assets.cleaning.reprint_clusters import clusters
from assets.cleaning.reprints import group_reprints
from assets.reference import read_reprint_groups
from assets.statements import statement
from assets.tables import table
from assets.takedowns import Takedown, purge_day
from tests.conftest import day
from tests.coverage.conftest import FILLER, Newsroom, make_newsroom, story

LONG = f"Aliyev met Macron for talks. {FILLER}"


def groups(newsroom: Newsroom) -> dict[str, dict]:
    """Return the reprint groups by article."""
    group_reprints(newsroom.home, newsroom.settings)
    return {row["article_id"]: row for row in read_reprint_groups(newsroom.home).to_pylist()}


def test_copies_share_a_group_whose_lead_was_published_first(newsroom: Newsroom) -> None:
    newsroom.land("2022-03-16", story("copy", LONG, published="2022-03-16"))
    newsroom.land("2022-03-17", story("original", LONG, published="2022-03-15", source="gazette"))
    found = groups(newsroom)
    assert found["wire:copy"]["reprint_group_id"] == found["gazette:original"]["reprint_group_id"]
    assert found["gazette:original"] == {
        "article_id": "gazette:original",
        "version": 1,
        "landed_on": date(2022, 3, 17),
        "reprint_group_id": found["wire:copy"]["reprint_group_id"],
        "is_lead": True,
        "linked_to": None,
        "containment": None,
        "reason": "lead",
    }
    assert found["wire:copy"]["linked_to"] == "gazette:original"
    assert (found["wire:copy"]["containment"], found["wire:copy"]["reason"]) == (1.0, "same_text")


def test_an_undated_copy_never_leads_a_dated_one(newsroom: Newsroom) -> None:
    newsroom.land("2022-03-10", story("undated", LONG, published=None))
    newsroom.land("2022-03-17", story("dated", LONG, published="2022-03-17"))
    assert groups(newsroom)["wire:dated"]["is_lead"]


def test_the_id_of_a_group_does_not_depend_on_its_members(newsroom: Newsroom) -> None:
    newsroom.land("2022-03-16", story("first", LONG))
    alone = groups(newsroom)["wire:first"]["reprint_group_id"]
    newsroom.land("2022-03-17", story("second", LONG, published="2022-03-01"))
    assert {row["reprint_group_id"] for row in groups(newsroom).values()} == {alone}
    newsroom.land("2022-03-16")
    assert groups(newsroom)["wire:second"]["reprint_group_id"] == alone


def test_short_texts_are_never_taken_for_copies(newsroom: Newsroom) -> None:
    newsroom.land("2022-03-16", story("one", "Talks go on."), story("two", "Talks go on."))
    found = groups(newsroom)
    assert found["wire:one"]["reprint_group_id"] != found["wire:two"]["reprint_group_id"]
    assert all(row["is_lead"] for row in found.values())


def test_only_the_current_version_is_grouped(newsroom: Newsroom) -> None:
    newsroom.land("2022-03-16", story("visit", LONG), story("copy", LONG, source="gazette"))
    newsroom.land("2022-03-17", story("visit", f"Something else. {FILLER}"))
    found = groups(newsroom)
    assert found["wire:visit"]["version"] == 2
    assert found["wire:visit"]["reprint_group_id"] != found["gazette:copy"]["reprint_group_id"]


def test_landed_again_unchanged_is_no_new_version(newsroom: Newsroom) -> None:
    newsroom.land("2022-03-16", story("visit", LONG))
    newsroom.land("2022-03-17", story("visit", LONG))
    assert groups(newsroom)["wire:visit"]["version"] == 1


def test_nothing_landed_gives_an_empty_table(newsroom: Newsroom) -> None:
    assert groups(newsroom) == {}


def test_groups_lie_by_landing_day_and_a_day_without_change_keeps_its_file(newsroom: Newsroom) -> None:
    newsroom.land("2022-03-16", story("copy", LONG, published="2022-03-16"))
    newsroom.land("2022-03-17", story("gas", f"France has gas. {FILLER}", published="2022-03-17"))
    groups(newsroom)

    def state(day: int) -> tuple[int, int]:
        [path] = newsroom.record.day_files("reprint_groups", date(2022, 3, day))
        return path.stat().st_ino, newsroom.record.read_part("reprint_groups", date(2022, 3, day)).num_rows

    before = {day: state(day) for day in (16, 17)}
    newsroom.land("2022-03-18", story("original", LONG, published="2022-03-15", source="gazette"))
    groups(newsroom)
    assert state(16) != before[16]
    assert state(17) == before[17]
    newsroom.land("2022-03-17")
    groups(newsroom)
    assert state(17)[1] == 0


def test_other_rules_group_all_days_anew(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom.land("2022-03-16", story("gas", LONG))
    right = groups(newsroom)
    by_old_rules = newsroom.record.read_part("reprint_groups", day("2022-03-16")).to_pylist()
    by_old_rules[0]["reprint_group_id"] = "text-old"
    rows = pa.Table.from_pylist(by_old_rules, schema=table("reprint_groups").record_schema)
    newsroom.record.replace_day("reprint_groups", day("2022-03-16"), rows)
    assert groups(newsroom)["wire:gas"]["reprint_group_id"] == "text-old"
    monkeypatch.setattr(reprint_kept, "statement", lambda folder, name: statement(folder, name) + "-- another rule")
    assert groups(newsroom) == right


# -- changed copies --------------------------------------------------------------------------------------------------

SUBJECTS = (
    "The harbour master",
    "A baker from Lenkoran",
    "The council of the old town",
    "Nine fishermen",
    "The school",
)
VERBS = ("has asked for", "will not pay for", "opened without", "had been promised", "must now repair")
OBJECTS = ("a second ferry", "the road along the river", "new roofs", "a bridge of wood and iron", "the market hall")
ENDINGS = ("before the winter begins.", "and nobody in the ministry answers.", "as the paper learned on the quay.")


def invented(seed: int, sentences: int = 14) -> list[str]:
    """Return the sentences of an invented report; another seed tells of something else."""
    dice = random.Random(seed)
    parts = (SUBJECTS, VERBS, OBJECTS, ENDINGS)
    return [
        " ".join(dice.choice(part) for part in parts)[:-1]
        + f", {dice.choice(SUBJECTS).lower()} said {seed + dice.randrange(10**6)} times."
        for _ in range(sentences)
    ]


REPORT = invented(1)
COPIES = {
    "another layout": "\n".join(REPORT).upper().capitalize(),
    "a lead of its own": "From our correspondent. The agency has sent the report below from the coast. "
    + " ".join(REPORT),
    "without its tail": " ".join(REPORT[:9]),
    "lead and tail": "From our correspondent on the coast. " + " ".join(REPORT[:10]),
    "lightly edited": " ".join(REPORT)
    .replace("The council", "A council")
    .replace("nobody", "no one")
    .replace("must", "shall"),
    "amid other news": " ".join([*invented(7, 5), *REPORT, *invented(8, 5)]),
    "its first paragraphs": " ".join(REPORT[:6]),
}
OTHERS = {
    "another report": " ".join(invented(2)),
    "the same background": " ".join([*invented(3, 8), *REPORT[-5:]]),
    "the figures of another day": re.sub(r"\d+", lambda figure: str(int(figure[0]) + 7), " ".join(REPORT)),
}


@pytest.mark.parametrize("text", COPIES.values(), ids=COPIES)
def test_a_changed_copy_is_linked_to_the_report(newsroom: Newsroom, text: str) -> None:
    newsroom.land("2022-03-16", story("report", " ".join(REPORT)))
    newsroom.land("2022-03-18", story("copy", text, published="2022-03-18", source="gazette"))
    found = groups(newsroom)
    assert found["gazette:copy"]["reprint_group_id"] == found["wire:report"]["reprint_group_id"]
    assert found["gazette:copy"]["linked_to"] == "wire:report"
    assert found["gazette:copy"]["containment"] >= newsroom.settings.reprints.min_containment


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_another_article_is_not(newsroom: Newsroom, text: str) -> None:
    newsroom.land("2022-03-16", story("report", " ".join(REPORT)))
    newsroom.land("2022-03-18", story("other", text, published="2022-03-18", source="gazette"))
    assert all(row["is_lead"] for row in groups(newsroom).values())


def test_a_changed_copy_is_looked_for_within_the_window_only(newsroom: Newsroom) -> None:
    newsroom.land("2022-03-16", story("report", " ".join(REPORT)), story("verbatim", " ".join(REPORT)))
    days = newsroom.settings.reprints.window_days
    newsroom.land("2022-06-16", story("copy", COPIES["a lead of its own"], published="2022-06-16"))
    assert days < 90
    assert groups(newsroom)["wire:copy"]["is_lead"]
    assert groups(newsroom)["wire:verbatim"]["reason"] == "same_text"


def test_a_digest_does_not_chain_the_articles_in_it(newsroom: Newsroom) -> None:
    one, other = invented(4, 8), invented(5, 8)
    newsroom.land("2022-03-16", story("one", " ".join(one)), story("other", " ".join(other)))
    newsroom.land("2022-03-17", story("digest", " ".join([*one, *other])))
    found = groups(newsroom)
    assert found["wire:one"]["reprint_group_id"] != found["wire:other"]["reprint_group_id"]


def test_what_a_source_prints_under_all_its_articles_links_none_of_them(newsroom: Newsroom) -> None:
    notice = " ".join(invented(9, 6))
    newsroom.land(
        "2022-03-16", *[story(f"n{number}", f"{' '.join(invented(20 + number, 3))} {notice}") for number in range(60)]
    )
    assert all(row["is_lead"] for row in groups(newsroom).values())


def test_what_a_source_prints_in_place_of_articles_is_no_group(newsroom: Newsroom) -> None:
    wall = "This article is for subscribers only, please sign in or take out a subscription to go on reading it today, thank you."
    newsroom.land("2022-03-16", *[story(name, wall) for name in ("one", "two", "three", "four", "five", "six")])
    assert all(row["is_lead"] for row in groups(newsroom).values())


days = st.sampled_from(["2022-03-10", "2022-03-12", "2022-03-15", "2022-04-02", "2022-04-20"])


@st.composite
def copies(draw: st.DrawFn) -> tuple[str, str, str, str]:
    """Return an article: its name, its text (a piece of one of three reports, with or without a lead), its days."""
    report = invented(draw(st.integers(11, 13)))
    first, last = draw(st.integers(0, 4)), draw(st.integers(8, 14))
    lead = draw(st.sampled_from(["", "From our correspondent on the coast. "]))
    return draw(st.sampled_from("abcdefgh")), lead + " ".join(report[first:last]), draw(days), draw(days)


@settings(max_examples=4, deadline=None)
@given(st.lists(copies(), min_size=2, max_size=8, unique_by=lambda one: (one[0], one[2])), st.randoms())
def test_any_order_of_arrival_gives_the_same_groups(
    articles: list[tuple[str, str, str, str]], dice: random.Random
) -> None:
    landings: dict[str, list[dict]] = {}
    for name, text, landed_on, published in articles:
        landings.setdefault(landed_on, []).append(story(name, text, published=published))
    with tempfile.TemporaryDirectory() as folder:
        at_once, day_by_day = make_newsroom(Path(folder) / "once"), make_newsroom(Path(folder) / "by-day")
        for landed_on, stories in landings.items():
            at_once.land(landed_on, *stories)
        order = list(landings)
        dice.shuffle(order)
        day_by_day.land(order[0], story("early", " ".join(invented(11))))  # a day that is landed anew afterwards
        groups(day_by_day)
        for landed_on in reversed(order):
            day_by_day.land(landed_on, *landings[landed_on])
            last = groups(day_by_day)
        assert last == groups(at_once)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(days, st.lists(copies(), max_size=3, unique_by=lambda one: one[0])), min_size=3, max_size=6))
def test_a_run_after_each_change_of_a_day_gives_what_one_run_gives(landings: list[tuple[str, list[tuple]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        at_once, change_by_change = make_newsroom(Path(folder) / "once"), make_newsroom(Path(folder) / "changes")
        for landed_on, articles in landings:
            stories = [story(name, text, published=published) for name, text, _, published in articles]
            change_by_change.land(landed_on, *stories)
            at_once.land(landed_on, *stories)
            last = groups(change_by_change)
        assert last == groups(at_once)


@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.floats(0.1, 1)), max_size=12),
    st.randoms(),
)
def test_groups_do_not_depend_on_the_order_of_the_links(
    links: list[tuple[str, str, float]], dice: random.Random
) -> None:
    pairs = {tuple(sorted((one, other))): strength for one, other, strength in links if one != other}
    given_links = [(one, other, strength) for (one, other), strength in pairs.items()]
    found = clusters(given_links)
    dice.shuffle(given_links)
    assert clusters((other, one, strength) for one, other, strength in given_links) == found


def test_of_what_was_taken_down_nothing_is_kept_to_compare_with(newsroom: Newsroom) -> None:
    newsroom.land("2022-03-16", story("report", " ".join(REPORT)))
    newsroom.land("2022-03-17", story("copy", COPIES["without its tail"], source="gazette"))
    assert not groups(newsroom)["gazette:copy"]["is_lead"]
    takedown = Takedown(article="wire:report", requested_on=day("2022-03-20"), reason="a court said so")
    purge_day(newsroom.record, day("2022-03-16"), {"wire:report": takedown})
    assert not list(newsroom.record.day_folder("reprint_texts", day("2022-03-16")).glob("*"))
    assert list(groups(newsroom)) == ["gazette:copy"]
    kept = pq.read_table(newsroom.home.record / "reprint_links" / "links.parquet")
    assert kept.num_rows == 0
