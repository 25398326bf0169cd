"""Pictures and views in the Dagster UI: whatever the rows hold, and only of the days that were asked for."""

from __future__ import annotations

import struct
from datetime import date, timedelta

from assets.coverage.assets import UPSTREAM
from assets.coverage.views import DRAWINGS, asset_views
from assets.pictures import Timeline, png, ranked_bars, stacked_bars, svg, timelines
from tests.coverage.conftest import FILLER, Newsroom, story

DAYS = [date(2022, 3, 1) + timedelta(days=number) for number in range(30)]


def size(picture: bytes) -> tuple[int, int]:
    """Return width and height of a PNG."""
    assert picture.startswith(b"\x89PNG")
    return struct.unpack(">II", picture[16:24])


def test_more_sources_than_colours_are_drawn_together() -> None:
    rows = [(day, f"source-{number}", number) for number, day in enumerate(DAYS * 2)]
    assert size(png(stacked_bars("Articles", "day", "articles", rows)))[0] == 800


def test_labels_are_drawn_as_they_are_written() -> None:
    labels = ["$x^2$ and $", "<b>bold</b>", "新华社", "a very long name " * 10]
    assert size(png(ranked_bars("Actors $", "articles", labels, articles=[4, 3, 2, 1])))[0] == 800


def test_a_bar_stands_for_each_day_with_articles_and_a_mark_for_each_shift() -> None:
    def drawn(articles: list[int], shifts: list[date]) -> bytes:
        return svg(timelines("", "day", DAYS, [Timeline("Baku & Co", articles, articles, shifts)], DAYS[:3]))

    none, one, shift = drawn([0] * 30, []), drawn([0] * 29 + [2], []), drawn([0] * 29 + [2], [DAYS[29]])
    assert none != one != shift
    assert one == drawn(
        [0] * 29 + [2], []
    )  # the same rows are the same bytes: a page that says the same is not rewritten


def test_coverage_tables_show_the_days_just_done(newsroom: Newsroom) -> None:
    text = f"Aliyev met Macron and Erdoğan for talks on gas in France. {FILLER}"
    newsroom.land("2020-01-01", story("old", text, "2020-01-01"))
    newsroom.land("2022-03-16", story("meeting", text))
    newsroom.build()
    newsroom.land("2022-03-17", story("later", text, "2022-03-17"))
    report = newsroom.build()
    views = asset_views(newsroom.home, tuple(UPSTREAM), report.touched_published_days, report.changed_landing_days)
    assert views.keys() == UPSTREAM.keys()
    drawn = {name: view for name, view in views.items() if name in DRAWINGS and view.row_count}
    assert drawn.keys() == DRAWINGS.keys() - {"actor_shifts", "theme_shifts"}  # two days are no past to depart from
    for name, view in drawn.items():
        assert view.pictures, name
        assert all(size(picture)[0] == 800 for picture in view.pictures.values()), name
        shown = {str(value) for row in view.sample.to_pylist() for value in row.values() if isinstance(value, date)}
        assert "2022-03-17" in shown and "2020-01-01" not in shown, name
    assert set(views["actor_daily"].pictures) == {
        "Actors in most articles, recent",
        "Actors in most articles, just counted",
        "Leading actors day by day, recent",
    }


def test_an_empty_warehouse_has_views_without_pictures(newsroom: Newsroom) -> None:
    newsroom.build()
    views = asset_views(newsroom.home, tuple(UPSTREAM))
    assert all((view.row_count, view.pictures) == (0, {}) for view in views.values())
