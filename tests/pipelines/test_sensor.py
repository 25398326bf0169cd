"""The inbox sensor: files that wait become one run for today."""

from __future__ import annotations

from datetime import UTC, datetime

import dagster as dg
import pytest

from assets.home import Home
from pipelines.sensors import inbox_sensor


@pytest.fixture
def home(tmp_path, monkeypatch) -> Home:
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    return Home.from_environment()


def test_an_empty_inbox_is_skipped_with_its_path(home: Home) -> None:
    result = inbox_sensor(dg.build_sensor_context())
    assert isinstance(result, dg.SkipReason)
    assert str(home.inbox) in result.skip_message


def test_waiting_files_request_one_run_for_today(home: Home) -> None:
    home.inbox.mkdir()
    (home.inbox / "page.txt").write_text("A page.")
    (home.inbox / "page.txt.yaml").write_text("published: 2022-03-16")
    first, second = inbox_sensor(dg.build_sensor_context()), inbox_sensor(dg.build_sensor_context())
    assert first.partition_key == datetime.now(UTC).date().isoformat()
    assert first.run_key == second.run_key  # seen twice while the run is under way: still one run
    (home.inbox / "other.txt").write_text("Another page.")
    assert inbox_sensor(dg.build_sensor_context()).run_key != first.run_key
