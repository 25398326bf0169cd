"""Pictures and views: PNGs of a known size, whatever the rows hold."""

from __future__ import annotations

import struct
from datetime import date, timedelta

from assets.coverage.pictures import ranked_bars, stacked_bars
from assets.coverage.views import LATEST_FIRST, asset_views
from tests.coverage.conftest import FILLER, Newsroom, story


def size(png: bytes) -> tuple[int, int]:
    """Return width and height of a PNG."""
    assert png.startswith(b"\x89PNG")
    return struct.unpack(">II", png[16:24])


def test_more_sources_than_colours_are_drawn_together() -> None:
    rows = [(date(2022, 3, 1) + timedelta(days=n % 30), f"source-{n}", n) for n in range(40)]
    assert size(stacked_bars("Articles", "day", "articles", rows)) == (800, 400)


def test_labels_are_drawn_as_they_are_written() -> None:
    labels = ["$x^2$ and $", "<b>bold</b>", "新华社", "a very long name " * 10]
    assert size(ranked_bars("Actors $", "articles", labels, articles=[4, 3, 2, 1])) == (800, 400)


def test_every_coverage_table_has_its_view(newsroom: Newsroom) -> None:
    newsroom.land("2022-03-16", story("meeting", f"Aliyev met Macron for talks. {FILLER}"))
    newsroom.build()
    views = asset_views(newsroom.home)
    assert views.keys() == LATEST_FIRST.keys()
    for name, view in views.items():
        assert view.row_count == view.sample.num_rows > 0, name
        assert size(view.png) == (800, 400), name


def test_an_empty_warehouse_has_views_without_pictures(newsroom: Newsroom) -> None:
    newsroom.build()
    assert all((view.row_count, view.png) == (0, None) for view in asset_views(newsroom.home).values())
