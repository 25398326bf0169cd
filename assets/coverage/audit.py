"""Auditing the candidate before it is published: each check is a query in `sql/checks/` that returns offending rows.

A check looks at the days between `$first_landed` and `$last_landed`, or between `$first_published` and
`$last_published`: those that were built since the last audit that passed, or all. The candidate is opened read-only, as
its readers will open it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
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
# Days that are checked in one go: what a check holds of more does not fit into the processor's cache, or the memory.
DAYS_AT_ONCE = 200

Runs = list[tuple[date, date]]


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
        runs = _runs(connection, unaudited)
        findings = [_find(connection, "checks", name, runs) for name in names("checks")]
    if all(finding.passed for finding in findings):
        note_unaudited(home, snapshot_id, NOTHING)
    return findings


def look_for_trouble(home: Home) -> list[AuditFinding]:
    """Run every query of `sql/warnings/` on the candidate: what is sound but should be known."""
    with reading(home.candidate) as connection:
        runs = _runs(connection, EVERYTHING)
        return [_find(connection, "warnings", name, runs) for name in names("warnings")]


def _find(connection: duckdb.DuckDBPyConnection, folder: str, name: str, runs: dict[str, Runs]) -> AuditFinding:
    offending = [
        connection.sql(statement(folder, name), params=bounds).to_arrow_table()
        for bounds in _bounds(statement(folder, name), runs)
    ]
    return AuditFinding(
        check=name,
        description=describe(folder, name),
        passed=not any(rows.num_rows for rows in offending),
        row_count=sum(rows.num_rows for rows in offending),
        sample=_sample(offending),
    )


def _runs(connection: duckdb.DuckDBPyConnection, unaudited: Unaudited) -> dict[str, Runs]:
    """Return the landing and the publication days to be checked, in runs of at most DAYS_AT_ONCE."""
    if unaudited.landed is None or unaudited.published is None:
        [span] = connection.execute(statement("build", "span_of_articles")).fetchall()
        return {"landed": _every_day(*span[:2]), "published": _every_day(*span[2:])}
    return {
        clock: [piece for first, last in day_runs(days) for piece in _cut(first, last)]
        for clock, days in (("landed", unaudited.landed), ("published", unaudited.published))
    }


def _cut(first: date, last: date) -> Runs:
    starts = [first + timedelta(days=number) for number in range(0, (last - first).days + 1, DAYS_AT_ONCE)]
    ends = [start - timedelta(days=1) for start in starts[1:]]
    return list(zip(starts, [*ends, last], strict=True))


def _every_day(first: date | None, last: date | None) -> Runs:
    """Return all days there are, cut where the articles are: facts may lie astray before and after."""
    pieces = _cut(first, last) if first and last else [(date.min, date.max)]
    pieces[0] = (date.min, pieces[0][1])
    pieces[-1] = (pieces[-1][0], date.max)
    return pieces


def _bounds(sql: str, runs: dict[str, Runs]) -> list[dict[str, date]]:
    """Return the parameters with which a check is run, once for each run of days; it may take none."""
    for clock, some in runs.items():
        if f"$first_{clock}" in sql:
            return [{f"first_{clock}": first, f"last_{clock}": last} for first, last in some]
    return [{}]


def _sample(offending: list[pa.Table]) -> list[dict[str, Any]]:
    return [row for rows in offending for row in rows.slice(0, SAMPLE_ROWS).to_pylist()][:SAMPLE_ROWS]
