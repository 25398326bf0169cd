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
    import pyarrow as pa


@dataclass(frozen=True)
class _Unit:
    """A kind of thing that can shift: its table, its statements, and whether it is counted by source."""

    table: str
    note: str
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
                "first": asked[0],
                "until": asked[-1] + timedelta(days=period.days - 1),
                "min_articles": rules.min_articles,
                "least_periods": period.least,
            }
            _renew(connection, period, bounds, rules)


def _renew(connection: duckdb.DuckDBPyConnection, period: Period, bounds: dict[str, object], rules: Shifts) -> None:
    by_source = _read(connection, statement("shifts", "exposure"), bounds)
    exposures = {True: by_source, False: _of_all_sources(by_source)}
    for unit in _units():
        connection.execute(statement("build", "delete_all", the_table="work_shift_units"))
        connection.execute(unit.note, _asked_for(unit.note, bounds))
        counts = _read(connection, unit.counts, bounds)
        tested = dict(connection.execute(unit.tested, _asked_for(unit.tested, bounds)).fetchall())
        connection.register("found_shifts", find_shifts(counts, exposures[unit.by_source], tested, period, rules))
        connection.execute(unit.insert, {"period": period.name})
        connection.unregister("found_shifts")


def _read(connection: duckdb.DuckDBPyConnection, sql: str, bounds: dict[str, object]) -> pa.Table:
    return connection.sql(sql, params=_asked_for(sql, bounds)).to_arrow_table()


def _asked_for(sql: str, bounds: dict[str, object]) -> dict[str, object]:
    """Return those of the bounds that a statement asks for; DuckDB takes no others."""
    return {name: value for name, value in bounds.items() if f"${name}" in sql}


def _of_all_sources(by_source: pa.Table) -> pa.Table:
    import pyarrow as pa

    summed = by_source.group_by("starts_on").aggregate([("articles", "sum")])
    return pa.table(
        {
            "starts_on": summed["starts_on"],
            "source_id": pa.repeat("all", summed.num_rows),
            "articles": summed["articles_sum"],
        }
    )


def _units() -> Iterator[_Unit]:
    for unit in ("actor", "theme"):
        daily = {"the_table": f"{unit}_daily", "the_unit": f"{unit}_id"}
        by_source = {"the_table": f"{unit}_source_daily", "the_unit": f"{unit}_id"}
        yield _Unit(
            table=f"{unit}_shifts",
            note=statement("shifts", "note_units", **daily),
            counts=statement("shifts", "unit_counts", **by_source),
            tested=statement("shifts", "unit_tested", **daily),
            insert=statement("shifts", "insert_unit_shifts", the_table=f"{unit}_shifts", the_unit=f"{unit}_id"),
            by_source=True,
        )
    yield _Unit(
        table="pair_shifts",
        note=statement("shifts", "note_pairs"),
        counts=statement("shifts", "pair_counts"),
        tested=statement("shifts", "pair_tested"),
        insert=statement("shifts", "insert_pair_shifts"),
        by_source=False,
    )
