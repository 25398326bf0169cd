"""What a person wants to see of each coverage table in the Dagster UI: how much there is, its latest rows, pictures.

Belongs here: which rows are shown and drawn. Only a window of days is ever looked at, so that a daily run does not
read years: the days just counted, and the three months up to the last of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from assets import pictures
from assets.batches import in_workers
from assets.database import reading
from assets.home import Home
from assets.pictures import Timeline
from assets.statements import names, statement

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa
    from matplotlib.figure import Figure

WINDOW_DAYS = 92
TIMELINES = 8
NODES = 16
PAIRS = 80


@dataclass(frozen=True)
class AssetView:
    """A coverage table as a person sees it: pictures (PNG) by title, none where there is nothing to draw."""

    row_count: int
    sample: pa.Table
    pictures: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Window:
    """The days that are looked at; both ends are in."""

    since: date
    until: date

    @property
    def days(self) -> list[date]:
        """Its days, in order."""
        return [self.since + timedelta(days=number) for number in range((self.until - self.since).days + 1)]

    @property
    def unit(self) -> str:
        """The unit in which a bar per unit is still wide enough to see."""
        days = (self.until - self.since).days
        return "day" if days <= 120 else "week" if days <= 900 else "month"

    @property
    def parameters(self) -> dict[str, date]:
        """Its ends, as the statements name them."""
        return {"since": self.since, "until": self.until}

    def __str__(self) -> str:
        return f"{self.since}" if self.since == self.until else f"{self.since} to {self.until}"


def asset_views(
    home: Home,
    tables: Sequence[str],
    published: Sequence[date] = (),
    landed: Sequence[date] = (),
    workers: int | None = None,
) -> dict[str, AssetView]:
    """Return the views of coverage tables of the candidate; `published` and `landed` are the days just done."""
    view = partial(_view_of, home, published, landed)
    return dict(zip(tables, in_workers(view, tables, workers), strict=True))


def _view_of(home: Home, published: Sequence[date], landed: Sequence[date], name: str) -> AssetView:
    with reading(home.candidate) as connection:
        [(first, last, first_landed, last_landed)] = connection.execute(statement("pictures", "span")).fetchall()
        is_ledger = name == "source_daily"
        window = _window(landed, last_landed, first_landed) if is_ledger else _window(published, last, first)
        just_done = Window(min(published), max(published)) if published else None
        return _view(connection, name, window, just_done)


def _window(days: Sequence[date], last: date | None, first: date | None) -> Window | None:
    """Return the days just done, with enough before them to compare; the last ones where none were."""
    if last is None:
        return None
    until = max(days, default=last)
    since = min([*days, until - timedelta(days=WINDOW_DAYS - 1)])
    return Window(max(since, first) if first and first <= until else since, until)


def _view(
    connection: duckdb.DuckDBPyConnection, name: str, window: Window | None, just_done: Window | None
) -> AssetView:
    [(row_count,)] = connection.execute(statement("build", "row_count", the_table=name)).fetchall()
    if not row_count or window is None:
        return AssetView(row_count, connection.table(name).limit(0).to_arrow_table())
    if f"sample_{name}" not in names("pictures"):
        return AssetView(row_count, connection.table(name).limit(10).to_arrow_table())
    sample = connection.sql(statement("pictures", f"sample_{name}"), params=window.parameters).to_arrow_table()
    return AssetView(row_count, sample, _draw(connection, name, window, just_done))


def _draw(
    connection: duckdb.DuckDBPyConnection, name: str, window: Window, just_done: Window | None
) -> dict[str, bytes]:
    drawn: dict[str, bytes] = {}
    for title, draw in DRAWINGS.get(name, {}).items():
        # The days just counted apart, where they are not the window itself.
        fewer = just_done and name != "source_daily" and title in PER_RUN and just_done != window
        for days in [window, *([just_done] if fewer else [])]:
            figure = draw(connection, f"{title}, {days}", days)
            if figure is not None:
                drawn[f"{title}, {'just counted' if days is just_done else 'recent'}"] = pictures.png(figure)
    return drawn


def _ranking(query: str) -> Callable[..., Figure | None]:
    def draw(connection: duckdb.DuckDBPyConnection, title: str, window: Window) -> Figure | None:
        rows = _rows(connection, query, window)
        if not rows:
            return None
        return pictures.ranked_bars(
            title,
            "articles",
            [row["label"] for row in rows],
            articles=[row["articles"] for row in rows],
            without_copies=[row["independent_articles"] for row in rows],
        )

    return draw


def _timelines(leading: str, days: str, kind: str) -> Callable[..., Figure | None]:
    def draw(connection: duckdb.DuckDBPyConnection, title: str, window: Window) -> Figure | None:
        shown = Window(max(window.since, window.until - timedelta(days=WINDOW_DAYS - 1)), window.until)
        leaders = _rows(connection, leading, shown)[:TIMELINES]
        if not leaders:
            return None
        counts = {
            (row["id"], row["published_on"]): row
            for row in _rows(connection, days, shown, ids=[leader["id"] for leader in leaders])
        }
        with_articles = {row["published_on"] for row in _rows(connection, "days_with_articles", shown)}
        shifts = [row for row in _rows(connection, "shifts", shown) if (row["kind"], row["period"]) == (kind, "day")]
        none = {"articles": 0, "independent_articles": 0}
        lines = [
            Timeline(
                leader["label"],
                *(
                    [counts.get((leader["id"], day), none)[count] for day in shown.days]
                    for count in ("articles", "independent_articles")
                ),
                [row["published_on"] for row in shifts if row["id"] == leader["id"]],
            )
            for leader in leaders
        ]
        return pictures.timelines(
            title, "day", shown.days, lines, [day for day in shown.days if day not in with_articles]
        )

    return draw


def _matrix(query: str) -> Callable[..., Figure | None]:
    def draw(connection: duckdb.DuckDBPyConnection, title: str, window: Window) -> Figure | None:
        rows = _rows(connection, query, window)
        if not rows:
            return None
        down = list(dict.fromkeys(row["row_label"] for row in rows))
        across = list(dict.fromkeys(row["column_label"] for row in rows))
        counts = {(row["row_label"], row["column_label"]): row["articles"] for row in rows}
        return pictures.matrix(
            title, down, across, [[counts.get((label, other), 0) for other in across] for label in down]
        )

    return draw


def _network(connection: duckdb.DuckDBPyConnection, title: str, window: Window) -> Figure | None:
    pairs = _rows(connection, "pairs", window, n=PAIRS)
    return pictures.network_of(
        title,
        [(row["actor_id"], row["name"], row["other_actor_id"], row["other_name"], row["articles"]) for row in pairs],
        NODES,
    )


def _articles(connection: duckdb.DuckDBPyConnection, title: str, window: Window) -> Figure | None:
    rows = _rows(connection, "articles_per_day", window, unit=window.unit)
    bars = [(row["started_on"], row["series"], row["value"]) for row in rows]
    return pictures.stacked_bars(title, window.unit, "articles", bars) if bars else None


def _ledger(connection: duckdb.DuckDBPyConnection, title: str, window: Window) -> Figure | None:
    shown = Window(max(window.since, window.until - timedelta(days=WINDOW_DAYS - 1)), window.until)
    rows = _rows(connection, "ledger", shown)
    if not rows:
        return None
    days = sorted({row["landed_on"] for row in rows})
    cells = {(row["source"], row["landed_on"]): (row["landed"], row["gap"]) for row in rows}
    return pictures.ledger(title, sorted({row["source"] for row in rows}), days, cells)


def _rows(connection: duckdb.DuckDBPyConnection, query: str, window: Window, **more: Any) -> list[dict[str, Any]]:
    relation = connection.sql(statement("pictures", query), params={**window.parameters, **more})
    return relation.to_arrow_table().to_pylist()


DRAWINGS: dict[str, dict[str, Callable[..., Figure | None]]] = {
    "actor_daily": {
        "Actors in most articles": _ranking("top_actors"),
        "Leading actors day by day": _timelines("top_actors", "actor_days", "actor"),
    },
    "theme_daily": {
        "Themes of most articles": _ranking("top_themes"),
        "Leading themes day by day": _timelines("top_themes", "theme_days", "theme"),
    },
    "actor_theme_daily": {"Who is covered on what": _matrix("actor_themes")},
    "actor_pair_daily": {"Who is named with whom": _network},
    "actor_source_daily": {"Who is covered by whom": _matrix("actor_sources")},
    "theme_source_daily": {"What is covered by whom": _matrix("theme_sources")},
    "actor_shifts": {"Actors with a shift, day by day": _timelines("shifted_actors", "actor_days", "actor")},
    "theme_shifts": {"Themes with a shift, day by day": _timelines("shifted_themes", "theme_days", "theme")},
    "stories": {"Stories of most articles": _ranking("largest_stories")},
    "day_totals": {"Articles by source": _articles},
    "source_daily": {"What each source gave": _ledger},
}
# Drawn for the days just counted as well; a timeline or a ledger needs the days around them.
PER_RUN = {"Actors in most articles", "Themes of most articles", "Who is covered on what", "Who is named with whom"}
