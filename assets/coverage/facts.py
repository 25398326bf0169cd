"""Bringing the fact tables up to date: articles with their versions, what was found in them, their reprint groups.

An article is touched where it has, or had, a document on a landing day of which a file changed; all its versions are
taken out and put in again. Statements are bounded by landing days, so that none reads the years that did not change.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from assets.coverage.changes import FACTS, GROUPS, Changes
from assets.coverage.spans import day_runs
from assets.statements import statement
from assets.tables import table

if TYPE_CHECKING:
    import duckdb

_JOINED = ("article_id", "version", "landed_on")
# Articles are put in day by day in order; the texts of so many days can be sorted in memory.
_DAYS_SORTED_AT_ONCE = 50


def renew_facts(connection: duckdb.DuckDBPyConnection, changes: Changes, *, fresh: bool) -> tuple[int, set[date]]:
    """Renew every touched article; return how many there are, and the landing days of which rows changed."""
    changed = changes.days(FACTS)
    _run(connection, "insert_changed_days", days=changed)
    _run_on_files(connection, "changed_documents", changes.day_paths("articles", changed))
    _run(connection, "insert_touched_articles")
    before = [] if fresh else _days(connection, "landing_days_touched")
    _run_on_days(connection, "insert_versions_before", before)
    _run(connection, "count_versions")
    _run(connection, "insert_odd_documents")
    now = _days(connection, "landing_days_now")
    regrouped = _renew_groups(connection, changes, fresh=fresh)

    for name in (*FACTS, "document_versions"):
        _run_on_days(connection, "delete_touched", before, the_table=name)
    _run(connection, "insert_versions")
    for start in range(0, len(now), _DAYS_SORTED_AT_ONCE):
        days = now[start : start + _DAYS_SORTED_AT_ONCE]
        if files := changes.day_paths("articles", days):
            _run(connection, "insert_articles", files=files, first=days[0], last=days[-1])
    again = sorted(set(now) - set(changed))
    for name in FACTS[1:]:
        columns = ", ".join(column.name for column in table(name).columns if column.name not in _JOINED)
        for insert, days in (("insert_facts_again", again), ("insert_facts", changed)):
            _run_on_files(connection, insert, changes.day_paths(name, days), the_table=name, the_columns=columns)
    _run_on_days(connection, "update_regrouped", regrouped)
    _renew_rules(connection, {*before, *now})
    _renew_found(connection, {*before, *now})
    [(touched,)] = connection.execute(statement("build", "row_count", the_table="work_articles")).fetchall()
    return touched, {*changed, *before, *now, *regrouped}


def _renew_groups(connection: duckdb.DuckDBPyConnection, changes: Changes, *, fresh: bool) -> list[date]:
    """Put in the reprint groups of changed days; return the days on which articles stand elsewhere by that alone."""
    days = changes.days((GROUPS,))
    if not fresh:
        _run_on_days(connection, "note_groups", days)
        _run_on_days(connection, "delete_landing_days", days, the_table=GROUPS)
    _run_on_files(connection, "insert_groups", changes.day_paths(GROUPS, days))
    if fresh:
        return []
    _run_on_days(connection, "note_regrouped", days)
    return _days(connection, "regrouped_days")


def _renew_rules(connection: duckdb.DuckDBPyConnection, days: Iterable[date]) -> None:
    days = list(days)
    _run_on_days(connection, "delete_landing_days", days, the_table="rules_daily")
    _run_on_days(connection, "insert_rules_daily", days)


def _renew_found(connection: duckdb.DuckDBPyConnection, days: Iterable[date]) -> None:
    """Name those anew whom no list knows, and note whose name may have changed."""
    days = list(days)
    _run_on_days(connection, "note_found_actors", days)
    _run_on_days(connection, "delete_landing_days", days, the_table="found_daily")
    _run_on_days(connection, "insert_found_daily", days)
    _run_on_days(connection, "note_found_actors", days)


def _days(connection: duckdb.DuckDBPyConnection, name: str) -> list[date]:
    return [day for (day,) in connection.execute(statement("build", name)).fetchall()]


def _run(connection: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> None:
    connection.execute(statement("build", name), parameters)


def _run_on_files(connection: duckdb.DuckDBPyConnection, name: str, files: list[str], **identifiers: str) -> None:
    """Run a statement that reads Parquet files; without any there is nothing to read."""
    if files:
        connection.execute(statement("build", name, **identifiers), {"files": files})


def _run_on_days(connection: duckdb.DuckDBPyConnection, name: str, days: Iterable[date], **identifiers: str) -> None:
    """Run a statement once for each run of days."""
    for first, last in day_runs(days):
        connection.execute(statement("build", name, **identifiers), {"first": first, "last": last})
