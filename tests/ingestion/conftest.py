"""A small installation in a temporary folder, landed into as a run would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assets.home import Home
from assets.ingestion.landing import Landed, land
from assets.record import Record
from assets.settings import Settings, Source

NOON = datetime(2022, 3, 20, 12, tzinfo=UTC)


@dataclass
class Installation:
    """Folders, settings and sources; `land` runs at a given instant, `rows` reads the record."""

    folder: Path
    sources: dict[str, Source] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    log: list[str] = field(default_factory=list)

    @property
    def home(self) -> Home:
        return Home(self.folder / "data", self.folder / "config")

    @property
    def record(self) -> Record:
        return Record(self.home.record)

    def source(self, source_id: str, **fields: Any) -> Source:
        self.sources[source_id] = Source(id=source_id, name=source_id, **fields)
        return self.sources[source_id]

    def write(self, path: str, content: str | bytes) -> Path:
        target = self.home.config / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
        return target

    def drop(self, name: str, content: str | bytes) -> Path:
        target = self.home.inbox / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
        return target

    def land(self, first: str = "2022-03-20", last: str | None = None, now: datetime = NOON) -> list[Landed]:
        days = days_between(first, last or first)
        return land(days, self.home, self.settings, self.sources, now, self.log.append)

    def rows(self, table: str) -> list[dict[str, Any]]:
        folders = sorted((self.home.record / table).glob("*"))
        days = [date.fromisoformat(folder.name) for folder in folders]
        return [row for day in days for row in self.record.read_day(table, day).to_pylist()]

    def landed(self) -> list[tuple[str, str]]:
        """Day and locator of every landed document."""
        return sorted((row["landed_on"].isoformat(), row["locator"]) for row in self.rows("landed_documents"))

    def rejected(self) -> list[tuple[str, str, str]]:
        """Day, locator and reason of every rejection."""
        rows = self.rows("rejected_documents")
        return sorted((row["landed_on"].isoformat(), row["locator"], row["reason"]) for row in rows)

    def outcomes(self) -> list[tuple[str, str, str, int, int]]:
        """Day, source, outcome, landed and rejected of the landing log."""
        names = ("source_id", "outcome", "landed", "rejected")
        rows = self.rows("source_fetches")
        return sorted((row["landed_on"].isoformat(), *(row[name] for name in names)) for row in rows)


def days_between(first: str, last: str) -> list[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    installed = Installation(tmp_path)
    installed.home.config.mkdir()
    return installed


@pytest.fixture
def another(tmp_path: Path) -> Callable[[Installation], Installation]:
    """Return a function that makes an installation with the same sources and an empty record."""
    made: list[Installation] = []

    def make(like: Installation) -> Installation:
        class Elsewhere(Installation):
            @property
            def home(self) -> Home:
                return Home(tmp_path / f"data-{made.index(self)}", like.home.config)

        copy = Elsewhere(like.folder, like.sources, like.settings)
        made.append(copy)
        return copy

    return make
