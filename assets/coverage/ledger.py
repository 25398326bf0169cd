"""The ledger: the landings of changed days, and the rows of `source_daily` that they reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets.coverage.changes import LANDINGS, Changes
from assets.coverage.spans import day_runs
from assets.statements import statement

if TYPE_CHECKING:
    import duckdb


def renew_ledger(connection: duckdb.DuckDBPyConnection, changes: Changes, *, fresh: bool) -> None:
    """Put in the landings of changed days, and make the rows of `source_daily` that they reach anew."""
    for name in LANDINGS:
        days = changes.days((name,))
        if not fresh:
            delete = statement("build", "delete_landing_days", the_table=name)
            for first, last in day_runs(days):
                connection.execute(delete, {"first": first, "last": last})
        if files := changes.day_paths(name, days):
            connection.execute(statement("build", f"insert_{name}"), {"files": files})
    connection.execute(statement("build", "ledger_days"), {"days": changes.days(LANDINGS)})
    connection.execute(statement("build", "source_spans"))
    if changes.last_day is None:
        connection.execute(statement("build", "delete_all", the_table="source_daily"))
        return
    connection.execute(statement("build", "ledger_rows"), {"last_day": changes.last_day})
    connection.execute(statement("build", "delete_ledger"), {"last_day": changes.last_day})
    connection.execute(statement("coverage", "source_daily"))
