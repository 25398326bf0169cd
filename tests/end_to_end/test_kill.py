"""A kill at any moment, then a run: the tables that a run without the kill would have made."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assets.home import PROJECT
from tests.conftest import Installation
from tests.end_to_end.wire import FIRST, LAST, ROWS

KILL_POINTS = 10
NEVER = 1_000_000


def run_and_kill(installation: Installation, point: int) -> subprocess.CompletedProcess[str]:
    """Run FIRST to LAST in a process that kills itself at `point`."""
    script = Path(__file__).with_name("killed_run.py")
    return subprocess.run(
        [sys.executable, str(script), str(installation.folder), FIRST, LAST, str(point)],
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def points_and_contents(new_installation) -> tuple[int, dict[str, list[str]]]:
    """How many points an undisturbed run passes, and what it makes."""
    undisturbed = new_installation("undisturbed")
    undisturbed.write_wire(*ROWS)
    ended = run_and_kill(undisturbed, NEVER)
    assert ended.returncode == 0, ended.stderr[-3000:]
    return int(ended.stdout.rsplit("points ", 1)[1]), undisturbed.contents()


def test_a_kill_at_any_of_ten_points_leaves_nothing_behind(points_and_contents, new_installation) -> None:
    points, expected = points_and_contents
    assert points > KILL_POINTS
    chosen = [1 + number * (points - 1) // (KILL_POINTS - 1) for number in range(KILL_POINTS)]
    killed = {point: new_installation(f"killed-at-{point}") for point in chosen}

    def kill_and_run_again(point: int) -> tuple[int, int]:
        killed[point].write_wire(*ROWS)
        return run_and_kill(killed[point], point).returncode, run_and_kill(killed[point], NEVER).returncode

    with ThreadPoolExecutor(max_workers=2) as pool:
        assert list(pool.map(kill_and_run_again, chosen)) == [(-signal.SIGKILL, 0)] * KILL_POINTS
    for point in chosen:
        assert killed[point].contents() == expected, f"killed at point {point} of {points}"
