"""Shifts: bringing actor_shifts, theme_shifts and pair_shifts up to date for the publication days that changed.

Belongs here: which periods a changed day reaches, and the counts they are judged by. The test itself is surprise.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from assets.coverage.surprise import Period, find_shifts, periods
from assets.settings import Shifts
from assets.statements import statement

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class _Unit:
    """A kind of thing that can shift: its table, its statements, and whether it is counted by source."""

    table: str
    counts: str
    tested: str
    insert: str
    by_source: bool


def renew_shifts(connection: duckdb.DuckDBPyConnection, rules: Shifts) -> None:
    """Look again for shifts in all periods that the days in `work_published_days` reach."""
    for period in periods(rules):
        reach = {"period": period.name, "window_days": period.window * period.days}
        connection.execute(statement("build", "delete_all", the_table="work_shift_periods"))
        connection.execute(statement("shifts", "periods_asked"), reach)
        asked = [day for (day,) in connection.execute(statement("shifts", "periods")).fetchall()]
        for unit in _units():
            connection.execute(statement("shifts", "delete_shifts", the_table=unit.table), {"period": period.name})
        if asked:
            bounds = {
                "period": period.name,
                "since": asked[0] - timedelta(days=reach["window_days"]),
                "until": asked[-1] + timedelta(days=period.days - 1),
            }
            _renew(connection, period, bounds, rules)


def _renew(connection: duckdb.DuckDBPyConnection, period: Period, bounds: dict[str, object], rules: Shifts) -> None:
    exposures = {
        by_source: connection.sql(
            statement("shifts", "exposure"), params={**bounds, "by_source": by_source}
        ).to_arrow_table()
        for by_source in (True, False)
    }
    for unit in _units():
        counts = connection.sql(unit.counts, params={**bounds, "min_articles": rules.min_articles}).to_arrow_table()
        tested = dict(connection.execute(unit.tested, bounds).fetchall())
        connection.register("found_shifts", find_shifts(counts, exposures[unit.by_source], tested, period, rules))
        connection.execute(unit.insert, {"period": period.name})
        connection.unregister("found_shifts")


def _units() -> Iterator[_Unit]:
    for unit in ("actor", "theme"):
        counted = {"the_table": f"{unit}_source_daily", "the_unit": f"{unit}_id"}
        yield _Unit(
            table=f"{unit}_shifts",
            counts=statement("shifts", "unit_counts", **counted),
            tested=statement("shifts", "unit_tested", **counted),
            insert=statement("shifts", "insert_unit_shifts", the_table=f"{unit}_shifts", the_unit=f"{unit}_id"),
            by_source=True,
        )
    yield _Unit(
        table="pair_shifts",
        counts=statement("shifts", "pair_counts"),
        tested=statement("shifts", "pair_tested"),
        insert=statement("shifts", "insert_pair_shifts"),
        by_source=False,
    )
