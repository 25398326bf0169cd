"""`make run`, as the engineer types it."""

from __future__ import annotations

import os
import subprocess
import sys

from assets.home import PROJECT, Home
from tests.conftest import Installation
from tests.end_to_end.wire import FIRST, LAST, ROWS


def make_run(installation: Installation, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line face on an installation."""
    environment = {
        **os.environ,
        "DATELINE_HOME": str(installation.home.data),
        "DATELINE_CONFIG": str(installation.home.config),
    }
    command = [sys.executable, "-m", "pipelines.run", *arguments]
    return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=300)


def test_a_mistake_in_the_configuration_stops_the_run_before_it_starts(installation: Installation) -> None:
    sources = installation.home.config / "sources.yaml"
    sources.write_text(sources.read_text().replace("kind: table", "kind: tabel"))
    ended = make_run(installation, "--days", FIRST)
    assert ended.returncode == 2
    assert f"{sources}:4: sources.1.kind:" in ended.stderr
    assert not installation.home.data.exists()


def test_a_folder_that_dagster_cannot_use_is_refused_before_anything_is_written(installation: Installation) -> None:
    installation.home = Home(installation.folder / "what?" / "data", installation.home.config)
    ended = make_run(installation, "--days", FIRST)
    assert ended.returncode == 2 and "choose a DATELINE_HOME without" in ended.stderr
    assert not installation.home.data.parent.exists()


def test_a_range_is_run_published_and_reported(installation: Installation) -> None:
    installation.write_wire(*ROWS)
    ended = make_run(installation, "--days", f"{FIRST}...{LAST}")
    assert ended.returncode == 0, ended.stderr[-3000:]
    for heading in (
        "Articles per source",
        "Actors in most articles",
        "Rejected, and why",
        "Accuracy on the gold samples",
    ):
        assert heading in ended.stdout
    assert str(installation.home.published) in ended.stdout
    assert installation.query("select count(distinct metric) from quality_scores")[0][0] > 10
