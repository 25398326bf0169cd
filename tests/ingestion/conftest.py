"""A small installation in a temporary folder, landed into as a run would."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assets.home import Home
from assets.ingestion import web
from assets.ingestion.landing import Landed, land
from assets.record import Record
from assets.settings import Fetching, Settings, Source

NOON = datetime(2022, 3, 20, 12, tzinfo=UTC)


@dataclass
class Installation:
    """Folders, settings and sources; `land` runs at a given instant, `rows` reads the record."""

    folder: Path
    sources: dict[str, Source] = field(default_factory=dict)
    settings: Settings = field(default_factory=lambda: Settings(fetching=Fetching(pause_seconds=0)))
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


class Server:
    """A web server on loopback; `answers` says what each path gives, `requests` what was asked."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.answers: dict[str, Callable[[http.server.BaseHTTPRequestHandler], None]] = {}
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/robots.txt" and self.path not in outer.answers:
                    self.send_error(404)
                    return
                outer.requests.append((self.path, dict(self.headers)))
                outer.answers[self.path](self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def give(self, path: str, *answers: tuple[int, dict[str, str], bytes]) -> None:
        """Answer `path` with each of `answers` in turn, then with the last for ever."""
        left = list(answers)

        def answer(request: http.server.BaseHTTPRequestHandler) -> None:
            status, headers, body = left.pop(0) if len(left) > 1 else left[0]
            request.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                request.send_header(name, value)
            request.end_headers()
            request.wfile.write(body)

        self.answers[path] = answer

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


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


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was waited between attempts, without waiting."""
    waited: list[float] = []
    monkeypatch.setattr(web.time, "sleep", waited.append)
    return waited
