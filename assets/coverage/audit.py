"""Auditing the candidate before it is published: each check is a query in `sql/checks/` that returns offending rows.

The candidate is opened read-only, as its readers will open it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assets.database import reading
from assets.home import Home
from assets.statements import describe, names, statement

SAMPLE_ROWS = 20


@dataclass(frozen=True)
class AuditFinding:
    """What one check found: how many rows offend, and some of them."""

    check: str
    description: str
    passed: bool
    row_count: int
    sample: list[dict[str, Any]]


def audit_candidate(home: Home, folder: str = "checks") -> list[AuditFinding]:
    """Run every check of `sql/<folder>/` on the candidate."""
    findings = []
    with reading(home.candidate) as connection:
        for name in names(folder):
            offending = connection.sql(statement(folder, name)).to_arrow_table()
            findings.append(
                AuditFinding(
                    check=name,
                    description=describe(folder, name),
                    passed=offending.num_rows == 0,
                    row_count=offending.num_rows,
                    sample=offending.slice(0, SAMPLE_ROWS).to_pylist(),
                )
            )
    return findings
