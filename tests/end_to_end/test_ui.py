"""The product as people meet it: the real webserver, daemon, schedule and sensor, and a real browser.

Slow to start, so one `dagster dev` serves all tests of this file.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime

import duckdb
import pytest

from assets.home import PROJECT
from pipelines.prepare import prepare
from tests.conftest import Installation
from tests.end_to_end.wire import CALL, FIRST, LAST, ROWS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Served:
    """A running `dagster dev` on an installation."""

    def __init__(self, installation: Installation, url: str) -> None:
        self.installation = installation
        self.url = url

    def wait_for(self, sql: str, seconds: float = 90) -> list[tuple]:
        """Return the rows of `sql` on the published file as soon as there are any."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with contextlib.suppress(duckdb.Error):
                rows = self.installation.query(sql)
                if rows:
                    return rows
            time.sleep(1)
        raise AssertionError(f"nothing after {seconds} s: {sql}")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    installation = Installation(tmp_path_factory.mktemp("served"))
    installation.write_wire(*ROWS)
    installation.run(FIRST, LAST)
    prepare(installation.home)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "DATELINE_HOME": str(installation.home.data),
        "DATELINE_CONFIG": str(installation.home.config),
        "DAGSTER_HOME": str(installation.home.dagster),
    }
    command = [sys.executable, "-m", "dagster", "dev", "--workspace", "workspace.yaml", "--port", str(port)]
    log = (installation.folder / "dagster-dev.log").open("w")
    process = subprocess.Popen(
        command, cwd=PROJECT, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
    )
    try:
        _wait_until_served(f"http://127.0.0.1:{port}/server_info")
        yield Served(installation, f"http://127.0.0.1:{port}")
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)
        log.close()


def _wait_until_served(url: str, seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5):
            return
        time.sleep(0.5)
    raise AssertionError(f"no answer from {url} after {seconds} s")


def test_a_file_dropped_into_the_inbox_is_published_by_the_sensor(served: Served) -> None:
    inbox = served.installation.home.inbox
    (inbox / "page.txt.yaml").write_text("published: 2022-03-16\ntitle: A call about the region\n")
    (inbox / "page.txt").write_text(CALL)
    rows = served.wait_for("select title, published_on::varchar, landed_on from articles where source_id = 'inbox'")
    assert rows == [("A call about the region", "2022-03-16", datetime.now(UTC).date())]
    assert not (inbox / "page.txt").exists()
    [(sentences,)] = served.installation.query(
        "select count(*) from evidence('Antony Blinken', date '2022-03-16') where source_id = 'inbox'"
    )
    assert sentences > 0


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed: the UI is not looked at in a browser")
def test_the_ui_shows_the_walk_with_its_pictures_schedule_and_sensor(served: Served) -> None:
    from playwright.sync_api import sync_playwright

    outside: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=BROWSER_FLAGS)
        page = browser.new_page(viewport={"width": 1600, "height": 1000})
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith((served.url, "data:", "blob:")) else outside.append(request.url)
            ),
        )
        page.goto(f"{served.url}/asset-groups")
        page.get_by_text("ingestion").first.wait_for()
        page.goto(f"{served.url}/assets/actor_daily")
        page.get_by_text("Who is covered, day by day").first.wait_for()
        page.goto(f"{served.url}/automation")
        page.get_by_text("daily_schedule").first.wait_for()
        page.get_by_text("inbox_sensor").first.wait_for()
        browser.close()
    assert outside == []
