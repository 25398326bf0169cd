"""Shifts: bringing actor_shifts, theme_shifts and pair_shifts up to date for the publication days that changed.

Belongs here: which periods a changed day reaches, and the counts they are judged by. The test itself is surprise.py.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from assets.coverage.surprise import Period, find_shifts, periods
from assets.settings import Shifts
from assets.statements import statement

if TYPE_CHECKING:
    import duckdb

SHIFT_TABLES = {"actor": "actor_shifts", "theme": "theme_shifts", "pair": "pair_shifts"}


def renew_shifts(connection: duckdb.DuckDBPyConnection, rules: Shifts) -> None:
    """Look again for shifts in all periods that the days in `work_published_days` reach."""
    for period in periods(rules):
        reach = {"period": period.name, "window_days": period.window * period.days}
        connection.execute(statement("build", "delete_all", the_table="work_shift_periods"))
        connection.execute(statement("shifts", "periods_asked"), reach)
        asked = [day for (day,) in connection.execute(statement("shifts", "periods")).fetchall()]
        for unit, name in SHIFT_TABLES.items():
            connection.execute(statement("shifts", "delete_shifts", the_table=name), {"period": period.name})
            if asked:
                bounds = {
                    "period": period.name,
                    "since": asked[0] - timedelta(days=reach["window_days"]),
                    "until": asked[-1] + timedelta(days=period.days - 1),
                }
                _renew(connection, unit, period, bounds, rules)


def _renew(
    connection: duckdb.DuckDBPyConnection, unit: str, period: Period, bounds: dict[str, object], rules: Shifts
) -> None:
    least = {"min_articles": rules.min_articles}
    counts = connection.sql(statement("shifts", f"{unit}_counts"), params={**bounds, **least}).to_arrow_table()
    by_source = {"by_source": unit != "pair"}
    exposure = connection.sql(statement("shifts", "exposure"), params={**bounds, **by_source}).to_arrow_table()
    tested = dict(connection.execute(statement("shifts", f"{unit}_tested"), bounds).fetchall())
    connection.register("found_shifts", find_shifts(counts, exposure, tested, period, rules))
    connection.execute(statement("shifts", f"insert_{unit}_shifts"), {"period": period.name})
    connection.unregister("found_shifts")
