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

from assets.coverage.changes import FACTS, LANDINGS, Changes, build_rules, find_changes
from assets.coverage.counting import renew_coverage
from assets.coverage.described import create_tables, create_views_and_macros
from assets.coverage.facts import renew_facts
from assets.coverage.files import FileKey, FileState
from assets.coverage.ledger import renew_ledger
from assets.coverage.shifts import renew_shifts
from assets.coverage.stories import renew_stories
from assets.coverage.unaudited import EVERYTHING, note_unaudited, read_unaudited
from assets.database import write_ahead_log, writing
from assets.home import Home
from assets.settings import Settings
from assets.statements import statement
from assets.tables import all_tables, table

SCHEMA_VERSION = "1"
_INFO = ("build_counts", "build_info")
# Tables to which rows of every day refer: where they change, every day is to be audited.
_AUTHORITY = frozenset({"actors", "themes"})


@dataclass(frozen=True)
class BuildReport:
    """What was done to bring the candidate up to date."""

    snapshot_id: str
    rebuilt: bool
    changed_files: int
    changed_landing_days: tuple[date, ...]
    touched_articles: int
    touched_landing_days: tuple[date, ...]
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
            [(snapshot_id, _)] = connection.execute(statement("build", "read_build_info")).fetchall()
            changes = find_changes(home, _known_files(connection))
            report = _update(connection, changes, settings, rules, log, fresh=False)
        _note_unaudited(home, snapshot_id, changes, report)
        return report

    log(f"The warehouse is built from empty: {reason}.")
    with writing(beside) as connection:
        report = _update(connection, find_changes(home, {}), settings, rules, log, fresh=True)
    # The log of the file that is replaced must go first: DuckDB refuses a file beside which a foreign log lies.
    write_ahead_log(home.candidate).unlink(missing_ok=True)
    beside.replace(home.candidate)
    note_unaudited(home, report.snapshot_id, EVERYTHING)
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


def _note_unaudited(home: Home, before: str, changes: Changes, report: BuildReport) -> None:
    if _AUTHORITY.isdisjoint(changes.whole_changed()):
        unaudited = read_unaudited(home, before).and_also(report.touched_landing_days, report.touched_published_days)
    else:
        unaudited = EVERYTHING
    note_unaudited(home, report.snapshot_id, unaudited)


def _known_files(connection: duckdb.DuckDBPyConnection) -> dict[FileKey, str]:
    rows = connection.execute(statement("build", "read_manifest")).fetchall()
    return {FileKey(*key): sha256 for *key, sha256 in rows}


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
        return BuildReport(snapshot_id, False, 0, (), 0, (), (), _read_counts(connection))
    connection.execute(statement("build", "work_tables"))
    connection.execute("begin transaction")
    if fresh:
        create_tables(connection)
    touched, landing_days = renew_facts(connection, changes, fresh=fresh)
    days = renew_coverage(connection, settings, fresh=fresh)
    renew_shifts(connection, settings.shifts)
    renew_stories(connection, settings.stories)
    renew_ledger(connection, changes, fresh=fresh)
    for name in changes.whole_changed():
        _replace_whole(connection, name, changes.whole_paths(name))
    _renew_found_actors(connection, every="actors" in changes.whole_changed())
    snapshot_id = changes.snapshot_id(rules)
    _renew_build_tables(connection, changes, settings, rules, snapshot_id)
    if fresh:
        create_views_and_macros(connection)
    commit(connection)
    report = BuildReport(
        snapshot_id=snapshot_id,
        rebuilt=fresh,
        changed_files=len(changes.changed),
        changed_landing_days=tuple(changes.days((*FACTS, *LANDINGS))),
        touched_articles=touched,
        touched_landing_days=tuple(sorted(landing_days)),
        touched_published_days=days,
        row_counts=_read_counts(connection),
    )
    log(
        f"{report.changed_files} files changed on {len(report.changed_landing_days)} landing days; {touched} articles "
        f"were put in anew and {len(days)} publication days counted anew: {report.snapshot_id}."
    )
    return report


def _replace_whole(connection: duckdb.DuckDBPyConnection, name: str, files: list[str]) -> None:
    columns = ", ".join(column.name for column in table(name).columns)
    connection.execute(statement("build", "delete_all", the_table=name))
    if files:
        connection.execute(statement("build", "insert_whole", the_table=name, the_columns=columns), {"files": files})


def _renew_found_actors(connection: duckdb.DuckDBPyConnection, *, every: bool) -> None:
    """Put those whom no list knows among the actors: the noted ones, or all where the list itself is new."""
    if every:
        _run(connection, "note_all_found_actors")
    _run(connection, "delete_found_actors")
    _run(connection, "insert_found_actors")


def _renew_build_tables(
    connection: duckdb.DuckDBPyConnection, changes: Changes, settings: Settings, rules: str, snapshot_id: str
) -> None:
    """Say inside the file what it was made from, what it is, and how much is in it."""
    for name in _INFO:
        connection.execute(statement("build", "delete_all", the_table=name))
    gone = FileState("", 0, None)
    files = [
        {
            "table_name": key.table,
            "landed_on": key.landed_on,
            "file_name": key.name,
            "byte_count": state.byte_count,
            "sha256": state.sha256,
        }
        for key in changes.changed
        for state in [changes.files.get(key, gone)]
    ]
    schema = pa.schema([field.with_nullable(True) for field in table("build_manifest").arrow_schema])
    connection.register("changed_files", pa.Table.from_pylist(files, schema=schema))
    connection.execute(statement("build", "delete_manifest"))
    connection.execute(statement("build", "insert_manifest"))
    connection.unregister("changed_files")
    _run(
        connection,
        "insert_build_info",
        snapshot_id=snapshot_id,
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
