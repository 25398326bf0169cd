"""The Dagster face of the audits: blocking checks on the candidate, and plain ones that warn.

Each check is a query in `sql/checks/` (blocking) or `sql/warnings/` (plain) that returns the offending rows.
"""

from typing import TYPE_CHECKING, Any

import dagster as dg

from assets.declare import Dateline, preview
from assets.statements import describe, names

if TYPE_CHECKING:
    from assets.coverage.audit import AuditFinding

WARNINGS = {
    "sources_answered": "source_daily",
    "articles_dated": "articles",
    "one_rules_version": "mentions",
    "nothing_rejected": "rejected_documents",
    "corrections_hold": "articles",
}


def _offending(finding: "AuditFinding") -> dict[str, Any]:
    """Return how many rows offend, and the first of them as a table."""
    rows = {"offending rows": finding.row_count}
    return {**rows, "which": preview(finding.sample, limit=20)} if finding.sample else rows


@dg.multi_asset_check(
    name="audit_candidate",
    specs=[
        dg.AssetCheckSpec(name, asset="warehouse_candidate", blocking=True, description=describe("checks", name))
        for name in names("checks")
    ],
)
def audit(dateline: Dateline):
    """Hold the candidate against what every published file promises; a failure keeps the old file in place."""
    from assets.coverage.audit import audit_candidate

    for finding in audit_candidate(dateline.home):
        yield dg.AssetCheckResult(
            check_name=finding.check,
            asset_key="warehouse_candidate",
            passed=finding.passed,
            metadata=_offending(finding),
        )


@dg.multi_asset_check(
    name="look_for_trouble",
    can_subset=True,
    specs=[
        dg.AssetCheckSpec(
            name, asset=asset, additional_deps=["warehouse_candidate"], description=describe("warnings", name)
        )
        for name, asset in WARNINGS.items()
    ],
)
def trouble(context: dg.AssetCheckExecutionContext, dateline: Dateline):
    """Warn of what is sound but should be known: silent sources, undated articles, mixed rules, rejections."""
    from assets.coverage.audit import look_for_trouble

    wanted = {key.name for key in context.selected_asset_check_keys}
    for finding in look_for_trouble(dateline.home):
        if finding.check not in wanted:
            continue
        yield dg.AssetCheckResult(
            check_name=finding.check,
            asset_key=WARNINGS[finding.check],
            passed=finding.passed,
            severity=dg.AssetCheckSeverity.WARN,
            metadata=_offending(finding),
        )
