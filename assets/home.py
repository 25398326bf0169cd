"""Where things lie: the project, its data and its configuration.

Belongs here: the folders that `DATELINE_HOME` and `DATELINE_CONFIG` name, and what stands where inside them.
Does not belong here: reading or writing any of it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
DEFAULT_CONFIG = PROJECT / "config"


@dataclass(frozen=True)
class Home:
    """One Dateline installation: a data folder and a configuration folder."""

    data: Path
    config: Path

    @classmethod
    def from_environment(cls) -> Home:
        """Return the folders named by DATELINE_HOME and DATELINE_CONFIG, or the project's own."""
        return cls(
            data=Path(os.environ.get("DATELINE_HOME") or PROJECT / ".dateline").resolve(),
            config=Path(os.environ.get("DATELINE_CONFIG") or DEFAULT_CONFIG).resolve(),
        )

    @property
    def record(self) -> Path:
        """The Parquet record: one folder per table and landing day."""
        return self.data / "record"

    @property
    def inbox(self) -> Path:
        """Files dropped here are landed on the day they are found."""
        return self.data / "inbox"

    @property
    def state(self) -> Path:
        """What makes the next run cheaper (ETags, ids already seen). Safe to delete."""
        return self.data / "state"

    @property
    def dagster(self) -> Path:
        """Dagster's own home: runs, events, schedules."""
        return self.data / "dagster"

    @property
    def candidate(self) -> Path:
        """The DuckDB file being built; only the pipeline opens it."""
        return self.data / "build" / "candidate.duckdb"

    @property
    def published(self) -> Path:
        """The DuckDB file that readers open."""
        return self.data / "dateline.duckdb"

    @property
    def previous(self) -> Path:
        """The file that was published before the present one."""
        return self.data / "dateline.previous.duckdb"

    @property
    def report(self) -> Path:
        """The report pages: `index.html` and one per publication day kept."""
        return self.data / "report"

    def config_file(self, name: str) -> Path:
        """Return the configuration file or folder `name`; Dateline's own stands in where the analyst keeps none."""
        own = self.config / name
        return own if own.exists() else DEFAULT_CONFIG / name
