"""Auditing the candidate before it is published: each check is a query in `sql/checks/` that returns offending rows.

A check looks at the days between `$first_landed` and `$last_landed`, or between `$first_published` and
`$last_published`: those that were built since the last audit that passed, or all. The candidate is opened read-only, as
its readers will open it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from assets.coverage.spans import day_runs
from assets.coverage.unaudited import EVERYTHING, NOTHING, Unaudited, note_unaudited, read_unaudited
from assets.database import reading
from assets.home import Home
from assets.statements import describe, names, statement

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

SAMPLE_ROWS = 20
_ALL_DAYS = [(date.min, date.max)]


@dataclass(frozen=True)
class AuditFinding:
    """What one check found: how many rows offend, and some of them."""

    check: str
    description: str
    passed: bool
    row_count: int
    sample: list[dict[str, Any]]


def audit_candidate(home: Home, *, everything: bool = False) -> list[AuditFinding]:
    """Run every check of `sql/checks/` on what was built since the last audit that passed, or on everything."""
    with reading(home.candidate) as connection:
        [(snapshot_id, _)] = connection.execute(statement("build", "read_build_info")).fetchall()
        unaudited = EVERYTHING if everything else read_unaudited(home, snapshot_id)
        findings = [_find(connection, "checks", name, unaudited) for name in names("checks")]
    if all(finding.passed for finding in findings):
        note_unaudited(home, snapshot_id, NOTHING)
    return findings


def look_for_trouble(home: Home) -> list[AuditFinding]:
    """Run every query of `sql/warnings/` on the candidate: what is sound but should be known."""
    with reading(home.candidate) as connection:
        return [_find(connection, "warnings", name, EVERYTHING) for name in names("warnings")]


def _find(connection: duckdb.DuckDBPyConnection, folder: str, name: str, unaudited: Unaudited) -> AuditFinding:
    offending = [
        connection.sql(statement(folder, name), params=bounds).to_arrow_table()
        for bounds in _bounds(statement(folder, name), unaudited)
    ]
    return AuditFinding(
        check=name,
        description=describe(folder, name),
        passed=not any(rows.num_rows for rows in offending),
        row_count=sum(rows.num_rows for rows in offending),
        sample=_sample(offending),
    )


def _bounds(sql: str, unaudited: Unaudited) -> list[dict[str, date]]:
    """Return the parameters with which a check is run, once for each run of days; it may take none."""
    for clock, days in (("landed", unaudited.landed), ("published", unaudited.published)):
        if f"$first_{clock}" in sql:
            runs = _ALL_DAYS if days is None else day_runs(days)
            return [{f"first_{clock}": first, f"last_{clock}": last} for first, last in runs]
    return [{}]


def _sample(offending: list[pa.Table]) -> list[dict[str, Any]]:
    return [row for rows in offending for row in rows.slice(0, SAMPLE_ROWS).to_pylist()][:SAMPLE_ROWS]
