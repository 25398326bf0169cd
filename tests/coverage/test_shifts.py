"""What is called a shift, and what is not: on made-up newsrooms whose every article is known."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest

from assets.coverage.candidate import build_candidate
from assets.coverage.surprise import Period, find_shifts, periods
from assets.settings import Settings, Shifts
from tests.coverage.conftest import Newsroom, story

RULES = Shifts()
DAY, WEEK = periods(RULES)
FIRST = date(2022, 1, 3)  # a Monday
LAST = 99


class World:
    """Articles per day of some sources, and how many of them name each unit."""

    def __init__(self, sources: dict[str, int], days: int = LAST + 1) -> None:
        self.days = days
        self.published = {source: np.full(days, articles) for source, articles in sources.items()}
        self.named: dict[tuple[str, str], np.ndarray] = {}

    def name(self, unit: str, source: str, per_day: int | np.ndarray) -> None:
        self.named[unit, source] = np.full(self.days, per_day)

    def shifts(self, first: int = LAST, period: Period = DAY) -> list[tuple[int, str, str]]:
        """Return (day, unit, direction) of the shifts from day number `first` on."""
        starts = [FIRST + timedelta(days=number) for number in range(first, self.days)]
        starts = sorted({day - timedelta(days=day.weekday()) for day in starts} if period is WEEK else starts)
        tested = dict.fromkeys(starts, max(len({unit for unit, _ in self.named}), 1))
        found = find_shifts(
            self._rows(self.named, period), self._rows(self.published, period), tested, period, RULES
        ).to_pylist()
        units = self._units()
        return [((row["starts_on"] - FIRST).days, units[row["unit"]], row["direction"]) for row in found]

    def _units(self) -> list[str]:
        return sorted({unit for unit, _ in self.named})

    def _rows(self, columns: dict, period: Period) -> pa.Table:
        counted: dict[tuple, int] = {}
        for key, numbers in columns.items():
            for number, articles in enumerate(numbers):
                key_ = key if isinstance(key, tuple) else (key,)
                counted[FIRST + timedelta(days=number // period.days * period.days), *key_] = (
                    counted.get((FIRST + timedelta(days=number // period.days * period.days), *key_), 0) + articles
                )
        units = {unit: number for number, unit in enumerate(self._units())}
        rows = [
            {"starts_on": key[0], "unit": units[key[1]] if len(key) == 3 else None, "source_id": key[-1], "articles": n}
            for key, n in counted.items()
            if n
        ]
        names = ["starts_on", "source_id", "unit", "articles"]
        kinds = [pa.date32(), pa.string(), pa.int32(), pa.int64()]
        return pa.Table.from_pylist(rows, schema=pa.schema(list(zip(names, kinds, strict=True))))


def burst(usual: int, last: int) -> np.ndarray:
    numbers = np.full(LAST + 1, usual)
    numbers[LAST] = last
    return numbers


@pytest.mark.parametrize(
    ("usual", "last", "shifts"),
    [
        (2, 20, [(LAST, "her", "rise")]),
        (2, 4, []),
        (30, 1, [(LAST, "her", "fall")]),
        (30, 26, []),
        (0, 5, [(LAST, "her", "rise")]),  # somebody new
        (0, 2, []),  # too few to say
    ],
)
def test_a_count_far_from_its_past_is_a_shift(usual: int, last: int, shifts: list) -> None:
    world = World({"wire": 100})
    world.name("her", "wire", burst(usual, last))
    world.name("him", "wire", 10)
    assert world.shifts() == shifts


def test_a_shift_says_what_was_expected_and_how_surprising_it_is() -> None:
    world = World({"wire": 100})
    world.name("her", "wire", burst(4, 25))
    tested = {FIRST + timedelta(days=LAST): 1}
    [row] = find_shifts(
        world._rows(world.named, DAY), world._rows(world.published, DAY), tested, DAY, RULES
    ).to_pylist()
    assert (row["observed"], row["direction"], row["baseline_periods"]) == (25, "rise", 56)
    assert row["expected"] == pytest.approx(4, abs=0.1)
    assert row["low"] <= 4 <= row["high"] < 25
    assert row["score"] > 3 and row["q_value"] < 0.001


def test_an_outage_of_the_source_that_covers_somebody_is_no_shift_nor_is_its_end() -> None:
    world = World({"capital": 50, "province": 50})
    silent = np.ones(LAST + 1, dtype=int)
    silent[90:97] = 0
    world.published["capital"] = 50 * silent
    world.name("her", "capital", 20 * silent)
    world.name("mayor", "province", 3)
    assert world.shifts(first=85) == []
    # The same silence about her while her source publishes is one.
    world.published["capital"] = np.full(LAST + 1, 50)
    assert (90, "her", "fall") in world.shifts(first=85)


def test_a_weekly_rhythm_is_no_shift_be_it_of_all_news_or_of_one_topic() -> None:
    weekday = np.arange(LAST + 1) % 7
    world = World({"wire": 100})
    world.published["wire"] = np.where(weekday < 5, 100, 20)
    world.name("her", "wire", np.where(weekday < 5, 10, 2))
    world.name("football", "wire", np.where(weekday == 5, 18, 1))  # a Saturday's topic
    assert world.shifts(first=80) == []
    broken = world.named["football", "wire"].copy()
    broken[LAST - LAST % 7 + 1 - 7] = 18  # on a Tuesday
    world.name("football", "wire", broken)
    assert [(unit, direction) for _, unit, direction in world.shifts(first=80)] == [("football", "rise")]


def test_chance_alone_seldom_fires() -> None:
    random = np.random.default_rng(20220316)
    world = World({"wire": 200})
    for number in range(150):
        world.name(f"unit {number}", "wire", random.poisson(random.gamma(1, 4), LAST + 1))
    # 40 days of 150 units; the control allows false alarms on one day in twenty.
    assert len({day for day, _, _ in world.shifts(first=60)}) <= 4


def test_a_week_of_small_rises_is_a_shift_of_the_week() -> None:
    world = World({"wire": 50}, days=98)
    numbers = np.full(98, 1)
    numbers[91:] = 5
    world.name("her", "wire", numbers)
    assert world.shifts(first=91, period=WEEK) == [(91, "her", "rise")]


def test_a_short_past_gives_no_shift() -> None:
    world = World({"wire": 50}, days=RULES.min_days - 1)
    world.name("her", "wire", np.append(np.zeros(RULES.min_days - 2, dtype=int), 40))
    assert world.shifts(first=0) == []


def own_words(name: str) -> str:
    """Return a sentence that no other article has: a copy would count once."""
    letters = hashlib.sha256(name.encode()).hexdigest()
    return " ".join(letters[start : start + 5] for start in range(0, 60, 3))


def land_a_burst(newsroom: Newsroom, days: list[date], burst: date) -> None:
    newsroom.settings = Settings(shifts=Shifts(window_days=14, min_days=7))
    for day in days:
        texts = ["Macron spoke."] * 9 + ["Aliyev spoke."] * (11 if day == burst else 1)
        rows = [
            story(f"{day}-{n}", f"{text} {own_words(f'{day} {n}')}", published=str(day)) for n, text in enumerate(texts)
        ]
        newsroom.land(str(day), *rows)


def test_shifts_are_brought_up_to_date_for_the_days_that_a_late_article_reaches(newsroom: Newsroom) -> None:
    days = [FIRST + timedelta(days=number) for number in range(18)]
    land_a_burst(newsroom, days, days[16])
    newsroom.build()
    query = "select published_on, actor_id, direction from actor_shifts where period = 'day'"
    assert newsroom.query(query) == [(days[16], "person:ilham-aliyev", "rise")]
    assert newsroom.query("select actor_id, other_actor_id from pair_shifts") == []

    # An older day becomes known for as many articles: the later one is no surprise any more.
    late = [story(f"late-{n}", f"Aliyev spoke. {own_words(f'late {n}')}", published=str(days[15])) for n in range(25)]
    newsroom.land(str(days[17] + timedelta(days=1)), *late)
    assert not newsroom.build().rebuilt
    updated = newsroom.contents()
    assert newsroom.query(query) == [(days[15], "person:ilham-aliyev", "rise")]
    newsroom.home.candidate.unlink()
    assert newsroom.build().rebuilt
    assert newsroom.contents() == updated


def test_articles_without_a_reprint_group_stand_alone(newsroom: Newsroom) -> None:
    days = [FIRST + timedelta(days=number) for number in range(18)]
    land_a_burst(newsroom, days, days[16])
    build_candidate(newsroom.home, newsroom.settings)
    shifts = "select published_on, actor_id, observed from actor_shifts where period = 'day'"
    assert newsroom.query(shifts) == [(days[16], "person:ilham-aliyev", 11)]
    newsroom.build()
    assert newsroom.query(shifts) == [(days[16], "person:ilham-aliyev", 11)]
