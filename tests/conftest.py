"""What the tests of all rooms share: an installation of its own for each test, and the way to run it."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from assets.home import DEFAULT_CONFIG, Home

# What differs between two runs that did the same: wall-clock instants and the names of batches.
WALL_CLOCK = {
    "first_seen_at",
    "fetched_at",
    "built_at",
    "batch_id",
    "mtime_ns",
    "sha256",
    "byte_count",
    "file_name",
    "snapshot_id",
}

CAST = {
    *(f"country:{code}" for code in ("ARM", "AZE", "DEU", "EGY", "FRA", "GEO", "RUS", "TUR", "UKR", "USA")),
    *(f"org:{name}" for name in ("european-council", "european-union", "us-department-of-state")),
    *(f"person:{name}" for name in ("antony-blinken", "charles-michel", "ilham-aliyev", "mevlut-cavusoglu")),
    *(f"person:{name}" for name in ("nikol-pashinyan", "recep-tayyip-erdogan")),
}

WIRE = """\
sources:
  - id: wire
    name: The wire
    kind: table
    path: ../wire/*.jsonl
    columns: {external_id: id, url: url, title: headline, text: body, published: date}
    lands_on: published
"""


class Installation:
    """A Dateline installation in a folder of its own, with one source: JSONL files in `wire/`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = Home(folder / "data", folder / "config")
        if not self.home.config.exists():
            self.home.config.mkdir(parents=True)
            (folder / "wire").mkdir()
            (self.home.config / "sources.yaml").write_text(WIRE, encoding="utf-8")
            _write_small_authority(self.home.config / "actors")

    def write_wire(self, *rows: dict[str, str], file: str = "wire.jsonl") -> None:
        """Make `rows` the contents of a file of the wire."""
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (self.folder / "wire" / file).write_text(lines, encoding="utf-8")

    def run(
        self,
        first: str,
        last: str | None = None,
        without: Iterable[str] = ("quality_scores", "report"),
        job_name: str = "daily",
    ) -> None:
        """Execute the daily job, or another, over a range of landing days, as one run.

        Without `quality_scores`, which measures the bundled samples, the same in every installation, and without the
        `report`: each takes seconds, and few tests look at them.
        """
        from pipelines.definitions import build_definitions
        from pipelines.schedules import day_range_tags

        job = build_definitions(self.home).resolve_job_def(job_name)
        with dg.DagsterInstance.ephemeral() as instance:
            job.execute_in_process(
                instance=instance,
                tags=day_range_tags(first, last or first),
                asset_selection=sorted(job.asset_layer.executable_asset_keys - {dg.AssetKey(name) for name in without}),
                run_config={"loggers": {"console": {"config": {"log_level": "WARNING"}}}},
            )

    def copy(self, folder: Path) -> Installation:
        """Return a copy of this installation, with all its data."""
        shutil.copytree(self.folder, folder)
        return Installation(folder)

    def query(self, sql: str, **parameters: object) -> list[tuple]:
        """Return the rows of a query on the published file."""
        with duckdb.connect(str(self.home.published), read_only=True) as connection:
            return connection.execute(sql, parameters or None).fetchall()

    def contents(self) -> dict[str, list[str]]:
        """Return every table of the published file, sorted, without the columns that only tell the time."""
        with duckdb.connect(str(self.home.published), read_only=True) as connection:
            names = [
                name for (name,) in connection.execute("select table_name from duckdb_tables() order by 1").fetchall()
            ]
            tables = {}
            for name in names:
                relation = connection.table(name)
                kept = [column for column in relation.columns if column not in WALL_CLOCK]
                tables[name] = sorted(repr(row) for row in relation.select(*kept).fetchall())
        return tables


def _write_small_authority(folder: Path) -> None:
    """Write the actors that the wire names, from the project's own authority: a tenth of the time to load."""
    folder.mkdir()
    authority = DEFAULT_CONFIG / "actors"
    offices = {row["office_id"] for row in _rows(authority / "offices.csv") if row["body"] in CAST}
    for path in authority.glob("*.csv"):
        rows = _rows(path)
        kept = [
            row
            for row in rows
            if {row.get("actor_id"), row.get("body"), row.get("office_id")} <= CAST | offices | {None}
        ]
        with (folder / path.name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(kept)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """An empty installation with the wire as its only source."""
    return Installation(tmp_path)


@pytest.fixture
def new_installation(tmp_path: Path) -> Callable[[str], Installation]:
    """Make as many installations as a test compares."""
    return lambda name: Installation(tmp_path / name)


def day(text: str) -> date:
    """Return an ISO day."""
    return date.fromisoformat(text)
