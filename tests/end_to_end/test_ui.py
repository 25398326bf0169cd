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
from pathlib import Path
from typing import Any

import duckdb
import pytest
from playwright.sync_api import Browser, sync_playwright

from assets.home import PROJECT
from pipelines.prepare import prepare
from tests.conftest import Installation
from tests.end_to_end.wire import ANKARA, CALL, FIRST, LAST, ROWS

AXE = "4.11.1"
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

    def wait_for_file(self, path: Path, seconds: float = 60) -> Path:
        """Return the path as soon as there is a file."""
        deadline = time.monotonic() + seconds
        while not path.exists():
            assert time.monotonic() < deadline, f"{path} is not there after {seconds} s"
            time.sleep(0.5)
        return path

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


HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script> [call](javascript:alert(3)) `about` | the region"


def test_files_dropped_into_the_inbox_are_published_by_the_sensor(served: Served) -> None:
    inbox = served.installation.home.inbox
    (inbox / "page.txt.yaml").write_text("published: 2022-03-16\ntitle: A call about the region\n")
    (inbox / "hostile.txt.yaml").write_text(f"published: 2022-03-16\ntitle: '{HOSTILE}'\n")
    (inbox / "page.txt").write_text(CALL)
    (inbox / "hostile.txt").write_text(f"{ANKARA} </td></table><script>alert(4)</script> said Mevlut Cavusoglu.")
    rows = served.wait_for(
        "select title, published_on::varchar, landed_on from articles where source_id = 'inbox' "
        "qualify count(*) over () = 2 order by title desc"
    )
    today = datetime.now(UTC).date()
    assert rows == [("A call about the region", "2022-03-16", today), (HOSTILE, "2022-03-16", today)]
    assert not (inbox / "page.txt").exists()
    [(sentences,)] = served.installation.query(
        "select count(*) from evidence('Antony Blinken', date '2022-03-16') where source_id = 'inbox'"
    )
    assert sentences > 0


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed: nothing is looked at in a browser")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=BROWSER_FLAGS)
        yield opened
        opened.close()


class Looked:
    """A page in the browser, and what it said or asked for that it should not have."""

    def __init__(self, browser: Browser, inside: str, width: int, height: int = 1000, **context: Any) -> None:
        self.page = browser.new_page(viewport={"width": width, "height": height}, **context)
        self.outside: list[str] = []
        self.errors: list[str] = []
        allowed = (inside, "data:", "blob:")
        self.page.on("request", lambda request: request.url.startswith(allowed) or self.outside.append(request.url))
        self.page.on("console", lambda said: said.type != "error" or self.errors.append(said.text))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.errors.append(f"dialog {dialog.message}"), dialog.dismiss()))

    def assert_clean(self) -> None:
        """Hold that nothing went wrong and nobody else was asked."""
        assert (self.outside, self.errors) == ([], [])
        self.page.close()


def test_the_ui_shows_the_walk_with_its_pictures_schedule_and_sensor(served: Served, browser: Browser) -> None:
    looked = Looked(browser, served.url, 1600)
    page = looked.page
    page.goto(f"{served.url}/asset-groups")
    for group in ("1_ingestion", "2_cleaning", "3_tagging", "4_coverage", "5_published"):
        page.get_by_text(group).first.wait_for()
    page.goto(f"{served.url}/automation")
    page.get_by_text("daily_schedule").first.wait_for()
    page.get_by_text("inbox_sensor").first.wait_for()
    for asset, pictures in (("actor_daily", 3), ("theme_daily", 3), ("actor_pair_daily", 1), ("source_daily", 1)):
        page.goto(f"{served.url}/assets/{asset}?view=events")
        shown = page.get_by_text("[Show Markdown]")
        shown.first.wait_for()
        assert shown.count() >= pictures, asset
        shown.first.click()
        picture = page.locator("img[src^='data:image/png']")
        picture.wait_for()
        assert picture.evaluate("image => image.naturalWidth") == 800, asset
        assert picture.get_attribute("alt"), asset
    looked.assert_clean()


def test_the_ui_shows_markup_in_headlines_as_text(served: Served, browser: Browser) -> None:
    looked = Looked(browser, served.url, 1600)
    today = datetime.now(UTC).date()
    looked.page.goto(f"{served.url}/assets/articles?view=partitions&partition={today}")
    shown = looked.page.get_by_text("<img src=x onerror=alert(1)>")
    button = looked.page.get_by_text("[Show Markdown]")
    shown.or_(button).first.wait_for()
    if not shown.count():
        button.first.click()
        shown.first.wait_for()
    assert looked.page.locator("img[src='x']").count() == 0
    assert looked.page.locator("a[href^='javascript:']").count() == 0
    looked.assert_clean()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_report_page_reads_on_a_phone_and_on_a_desk(served: Served, browser: Browser, width: int) -> None:
    report = served.wait_for_file(served.installation.home.report / "index.html")
    looked = Looked(browser, report.parent.as_uri(), width)
    page = looked.page
    page.goto(report.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.get_by_text("<script>alert(2)</script>").count() > 0
    pictures = page.locator("figure img")
    assert pictures.count() >= 3
    for number in range(pictures.count()):
        assert pictures.nth(number).evaluate("image => image.complete && image.naturalWidth > 0")
    # By keyboard: the first stop leads to the contents, and the sentences open without a mouse.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.locator("details.evidence summary").first.focus()
    page.keyboard.press("Enter")
    page.locator("details.evidence blockquote").first.wait_for(state="visible")
    looked.assert_clean()


def test_an_accessibility_scan_of_the_report_finds_nothing(served: Served, browser: Browser) -> None:
    axe = _axe()
    report = served.wait_for_file(served.installation.home.report / "index.html")
    for width in (390, 1280):
        # The page's own policy lets no script in; the scan is one.
        looked = Looked(browser, report.parent.as_uri(), width, bypass_csp=True)
        looked.page.goto(report.as_uri())
        looked.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        looked.page.evaluate(axe)
        violations = looked.page.evaluate("axe.run().then(found => found.violations)")
        found = [(one["impact"], one["id"], [node["html"][:200] for node in one["nodes"]][:3]) for one in violations]
        assert found == []
        looked.assert_clean()


def _axe() -> str:
    """Return axe-core, fetched by npm into a cache folder once; skip where that cannot be done."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dateline" / f"axe-core-{AXE}"
    script = cache / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        if shutil.which("npm") is None:
            pytest.skip("npm is not installed: the report page is not scanned for accessibility")
        command = ["npm", "install", "--silent", "--no-save", "--prefix", str(cache), f"axe-core@{AXE}"]
        if subprocess.run(command, capture_output=True, timeout=120, check=False).returncode:
            pytest.skip("npm cannot fetch axe-core: the report page is not scanned for accessibility")
    return script.read_text(encoding="utf-8")
