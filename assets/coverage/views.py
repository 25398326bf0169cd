"""What a person wants to see of each coverage table: how much there is, its latest rows, and a picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assets.coverage.pictures import ranked_bars, stacked_bars
from assets.database import reading
from assets.home import Home
from assets.statements import statement

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

SAMPLE_ROWS = 10
# The columns by which the latest and largest rows of a table come first.
LATEST_FIRST = {
    "actor_daily": "published_on desc, articles desc, mentions desc, actor_id",
    "actor_source_daily": "published_on desc, articles desc, actor_id, source_id",
    "theme_daily": "published_on desc, articles desc, theme_id",
    "theme_source_daily": "published_on desc, articles desc, theme_id, source_id",
    "actor_theme_daily": "published_on desc, articles desc, actor_id, theme_id",
    "actor_pair_daily": "published_on desc, articles desc, sentences desc, actor_id, other_actor_id",
    "day_totals": "published_on desc, source_id",
    "source_daily": "landed_on desc, source_id",
    "actor_shifts": "published_on desc, score desc, actor_id",
    "theme_shifts": "published_on desc, score desc, theme_id",
    "pair_shifts": "published_on desc, score desc, actor_id, other_actor_id",
}
RANKINGS = {
    "actor_daily": ("top_actors", "Actors in most articles"),
    "theme_daily": ("top_themes", "Themes of most articles"),
    "actor_theme_daily": ("top_actor_themes", "Actors and themes that share most articles"),
    "actor_pair_daily": ("top_pairs", "Actors most often in one article"),
}
PICTURED = {*RANKINGS, "day_totals", "source_daily"}


@dataclass(frozen=True)
class AssetView:
    """A coverage table as a person sees it; without a picture (and title) where there is nothing to draw."""

    row_count: int
    sample: pa.Table
    title: str
    png: bytes | None


def asset_views(home: Home, names: Iterable[str] = tuple(LATEST_FIRST)) -> dict[str, AssetView]:
    """Return the views of the coverage tables `names` of the candidate."""
    with reading(home.candidate) as connection:
        return {name: _view(connection, name) for name in names}


def _view(connection: duckdb.DuckDBPyConnection, name: str) -> AssetView:
    [(row_count,)] = connection.execute(statement("build", "row_count", the_table=name)).fetchall()
    sample = connection.table(name).order(LATEST_FIRST[name]).limit(SAMPLE_ROWS).to_arrow_table()
    title, png = _picture(connection, name) if row_count and name in PICTURED else ("", None)
    return AssetView(row_count, sample, title, png)


def _picture(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[str, bytes]:
    if name in RANKINGS:
        query, title = RANKINGS[name]
        [(first, last)] = connection.execute(statement("pictures", "span")).fetchall()
        rows = connection.sql(statement("pictures", query)).to_arrow_table()
        series = {column: rows[column].to_pylist() for column in rows.column_names[1:]}
        title = f"{title}, {_period(first, last)}"
        return title, ranked_bars(title, "articles", rows["label"].to_pylist(), **series)
    query, what = ("articles_per_day", "articles") if name == "day_totals" else ("landed_per_day", "documents landed")
    span = "span" if name == "day_totals" else "landed_span"
    [(first, last)] = connection.execute(statement("pictures", span)).fetchall()
    unit = _unit(first, last)
    rows = connection.execute(statement("pictures", query), {"unit": unit}).fetchall()
    title = f"{what.capitalize()} per {unit} and source, {_period(first, last)}"
    return title, stacked_bars(title, unit, what, rows)


def _unit(first: date, last: date) -> str:
    """Return the unit in which a bar per unit is still wide enough to see."""
    days = (last - first).days
    return "day" if days <= 120 else "week" if days <= 900 else "month"


def _period(first: date, last: date) -> str:
    return f"{first}" if first == last else f"{first} to {last}"
