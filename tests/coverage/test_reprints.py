"""Reprint groups: which articles are copies of one text."""

from __future__ import annotations

from datetime import date

from assets.cleaning.reprints import group_reprints
from assets.tables import table
from tests.coverage.conftest import FILLER, Newsroom, story

LONG = f"Aliyev met Macron for talks. {FILLER}"


def groups(newsroom: Newsroom) -> dict[str, dict]:
    """Return the reprint groups by article."""
    return {row["article_id"]: row for row in group_reprints(newsroom.home, newsroom.settings).to_pylist()}


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
    assert group_reprints(newsroom.home, newsroom.settings).schema.equals(table("reprint_groups").arrow_schema)
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
