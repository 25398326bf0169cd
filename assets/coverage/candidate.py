"""Building the candidate: bringing the DuckDB file up to date with the Parquet record, in one transaction.

Only what changed is done again. Articles that have a row in a changed file, or another place among the reprints, are
taken out and put in again; the publication days on which they counted or count now are counted anew. Where the rules
of building changed, or there is no usable candidate, a new file is built beside and renamed. A kill at any moment
leaves the state before, and a rerun makes what the first run would have made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from assets.coverage.changes import FACTS, LANDINGS, Changes, FileKey, build_rules, find_changes
from assets.coverage.described import create_tables, create_views_and_macros
from assets.coverage.shifts import renew_shifts
from assets.database import write_ahead_log, writing
from assets.home import Home
from assets.settings import Settings
from assets.statements import statement
from assets.tables import all_tables, table

SCHEMA_VERSION = "1"
COVERAGE = (
    "actor_daily",
    "actor_source_daily",
    "theme_daily",
    "theme_source_daily",
    "actor_theme_daily",
    "actor_pair_daily",
    "day_totals",
)
_INFO = ("build_counts", "build_info")


@dataclass(frozen=True)
class BuildReport:
    """What was done to bring the candidate up to date."""

    snapshot_id: str
    rebuilt: bool
    changed_files: int
    changed_landing_days: tuple[date, ...]
    touched_articles: int
    touched_published_days: tuple[date, ...]
    row_counts: dict[str, int]


def build_candidate(home: Home, settings: Settings, log: Callable[[str], object] = lambda line: None) -> BuildReport:
    """Bring `home.candidate` up to date with the record."""
    folder = home.candidate.parent
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / "candidate.building.duckdb"
    for left_over in (beside, write_ahead_log(beside)):
        left_over.unlink(missing_ok=True)

    rules = build_rules(settings)
    reason = _reason_to_rebuild(home.candidate, rules)
    if reason is None:
        with writing(home.candidate) as connection:
            return _update(connection, find_changes(home, _known_files(connection)), settings, rules, log, fresh=False)

    log(f"The warehouse is built from empty: {reason}.")
    with writing(beside) as connection:
        report = _update(connection, find_changes(home, {}), settings, rules, log, fresh=True)
    # The log of the file that is replaced must go first: DuckDB refuses a file beside which a foreign log lies.
    write_ahead_log(home.candidate).unlink(missing_ok=True)
    beside.replace(home.candidate)
    return report


def commit(connection: duckdb.DuckDBPyConnection) -> None:
    """Make everything that the transaction did the new state, at once."""
    connection.execute("commit")


def _reason_to_rebuild(candidate: Path, rules: str) -> str | None:
    if not candidate.exists():
        return "there is none yet"
    try:
        with writing(candidate) as connection:
            rows = connection.execute(statement("build", "read_build_info")).fetchall()
    except duckdb.Error as error:
        if "lock" in str(error).lower():
            raise  # another process has it open: that is no reason to build a second one
        return f"the one there is cannot be read ({str(error).splitlines()[0]})"
    if [built_by for _, built_by in rows] != [rules]:
        return "SQL, code or settings by which it is built have changed"
    return None


def _known_files(connection: duckdb.DuckDBPyConnection) -> dict[FileKey, str]:
    rows = connection.execute(statement("build", "read_manifest")).fetchall()
    return {FileKey(name, landed_on, file_name): sha256 for name, landed_on, file_name, _, sha256 in rows}


def _update(
    connection: duckdb.DuckDBPyConnection,
    changes: Changes,
    settings: Settings,
    rules: str,
    log: Callable[[str], object],
    *,
    fresh: bool,
) -> BuildReport:
    if not fresh and not changes.changed:
        log("Nothing on record has changed since the warehouse was built.")
        [(snapshot_id, _)] = connection.execute(statement("build", "read_build_info")).fetchall()
        return BuildReport(snapshot_id, False, 0, (), 0, (), _read_counts(connection))
    connection.execute(statement("build", "work_tables"))
    connection.execute("begin transaction")
    if fresh:
        create_tables(connection)
    touched = _renew_articles(connection, changes, fresh=fresh)
    days = _renew_coverage(connection, settings, fresh=fresh)
    _renew_ledger(connection, changes, fresh=fresh)
    for name in changes.whole_changed():
        if name != "reprint_groups":
            _replace_whole(connection, name, changes.whole_paths(name))
    _renew_build_tables(connection, changes, settings, rules)
    if fresh:
        create_views_and_macros(connection)
    commit(connection)
    report = BuildReport(
        snapshot_id=changes.snapshot_id(rules),
        rebuilt=fresh,
        changed_files=len(changes.changed),
        changed_landing_days=tuple(changes.days((*FACTS, *LANDINGS))),
        touched_articles=touched,
        touched_published_days=days,
        row_counts=_read_counts(connection),
    )
    log(
        f"{report.changed_files} files changed on {len(report.changed_landing_days)} landing days; {touched} articles "
        f"were put in anew and {len(days)} publication days counted anew: {report.snapshot_id}."
    )
    return report


def _renew_articles(connection: duckdb.DuckDBPyConnection, changes: Changes, *, fresh: bool) -> int:
    """Take every touched article out of the fact tables and put it in again; return how many there are."""
    days = changes.days(FACTS)
    _run(connection, "changed_days", days=days)
    _run_on_files(connection, "changed_documents", changes.day_paths("articles", days))
    connection.execute(statement("build", "touched_by_days"))
    regrouped = "reprint_groups" in changes.whole_changed()
    if regrouped:
        _run_on_files(connection, "read_reprints", changes.whole_paths("reprint_groups"))
        connection.execute(statement("build", "touched_by_reprints"))

    connection.execute(statement("build", "note_published_days"))
    connection.execute(statement("build", "note_ledger_days"))
    connection.execute(statement("build", "count_versions"))
    if regrouped:
        connection.execute(statement("build", "delete_touched", the_table="reprint_groups"))
        connection.execute(statement("build", "insert_reprints"))
    version_days = [day for (day,) in connection.execute(statement("build", "version_days")).fetchall()]
    if not fresh:
        for name in (*FACTS, "document_versions"):
            connection.execute(statement("build", "delete_touched", the_table=name))
    connection.execute(statement("build", "insert_versions"))
    _run_on_files(connection, "insert_articles", changes.day_paths("articles", version_days))
    for name in FACTS[1:]:
        columns = ", ".join(
            column.name for column in table(name).columns if column.name not in ("article_id", "version")
        )
        insert = statement("build", "insert_facts", the_table=name, the_columns=columns)
        files = changes.day_paths(name, version_days)
        if files:
            connection.execute(insert, {"files": files})
    connection.execute(statement("build", "note_published_days"))
    connection.execute(statement("build", "note_ledger_days"))
    [(touched,)] = connection.execute(statement("build", "row_count", the_table="work_articles")).fetchall()
    return touched


def _renew_coverage(connection: duckdb.DuckDBPyConnection, settings: Settings, *, fresh: bool) -> tuple[date, ...]:
    """Count the touched publication days anew; return them."""
    days = tuple(day for (day,) in connection.execute(statement("build", "published_days")).fetchall())
    if not days:
        return ()
    connection.execute(statement("build", "day_articles"))
    connection.execute(statement("build", "day_actors"))
    _run(connection, "day_mentions", mention_confidence=settings.counting.mention_confidence)
    for name in COVERAGE:
        if not fresh:
            connection.execute(statement("build", "delete_published_days", the_table=name))
        connection.execute(statement("coverage", name))
    renew_shifts(connection, settings.shifts)
    return days


def _renew_ledger(connection: duckdb.DuckDBPyConnection, changes: Changes, *, fresh: bool) -> None:
    """Put in the landings of changed days, and make the rows of `source_daily` that they reach anew."""
    for name in LANDINGS:
        days = changes.days((name,))
        if not fresh and days:
            connection.execute(statement("build", "delete_landing_days", the_table=name), {"days": days})
        _run_on_files(connection, f"insert_{name}", changes.day_paths(name, days))
    _run(connection, "ledger_days", days=changes.days(LANDINGS))
    connection.execute(statement("build", "source_spans"))
    if changes.last_day is None:
        connection.execute(statement("build", "delete_all", the_table="source_daily"))
        return
    _run(connection, "ledger_rows", last_day=changes.last_day)
    _run(connection, "delete_ledger", last_day=changes.last_day)
    connection.execute(statement("coverage", "source_daily"))


def _replace_whole(connection: duckdb.DuckDBPyConnection, name: str, files: list[str]) -> None:
    columns = ", ".join(column.name for column in table(name).columns)
    connection.execute(statement("build", "delete_all", the_table=name))
    if files:
        connection.execute(statement("build", "insert_whole", the_table=name, the_columns=columns), {"files": files})


def _renew_build_tables(
    connection: duckdb.DuckDBPyConnection, changes: Changes, settings: Settings, rules: str
) -> None:
    """Say inside the file what it was made from, what it is, and how much is in it."""
    for name in ("build_manifest", "build_counts", "build_info"):
        connection.execute(statement("build", "delete_all", the_table=name))
    files = [
        {
            "table_name": key.table,
            "landed_on": key.landed_on,
            "file_name": key.name,
            "byte_count": state.byte_count,
            "sha256": state.sha256,
        }
        for key, state in changes.files.items()
    ]
    connection.register("found_files", pa.Table.from_pylist(files, schema=table("build_manifest").arrow_schema))
    connection.execute(statement("build", "insert_manifest"))
    connection.unregister("found_files")
    _run(
        connection,
        "insert_build_info",
        snapshot_id=changes.snapshot_id(rules),
        schema_version=SCHEMA_VERSION,
        built_at=datetime.now(UTC).replace(tzinfo=None),
        build_rules=rules,
        mention_confidence=settings.counting.mention_confidence,
        last_day=changes.last_day,
        duckdb_version=duckdb.__version__,
    )
    for definition in all_tables():
        if definition.name not in _INFO:
            insert = statement("build", "insert_count", the_table=definition.name)
            connection.execute(insert, {"table_name": definition.name})


def _read_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    return dict(connection.execute(statement("build", "read_counts")).fetchall())


def _run(connection: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> None:
    connection.execute(statement("build", name), parameters)


def _run_on_files(connection: duckdb.DuckDBPyConnection, name: str, files: list[str]) -> None:
    """Run a statement that reads Parquet files; without any there is nothing to read."""
    if files:
        connection.execute(statement("build", name), {"files": files})
