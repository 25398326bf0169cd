"""Run the daily job and kill this process, with no chance to clean up, at the n-th point at which state changes.

Run by `test_kill.py` as a process of its own: FIRST LAST POINT. Points are the renames that put a file in its place,
each counted just before and just after, and the commits of the DuckDB candidate.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

first, last, point = sys.argv[1], sys.argv[2], int(sys.argv[3])
passed = 0


def killing(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return `function` with a point before it and one after it."""

    def counted(*args: Any, **kwargs: Any) -> Any:
        _pass_point()
        result = function(*args, **kwargs)
        _pass_point()
        return result

    return counted


def _pass_point() -> None:
    global passed
    passed += 1
    if passed == point:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    import dagster as dg

    from assets.coverage import candidate
    from pipelines.definitions import defs
    from pipelines.schedules import day_range_tags

    os.replace = killing(os.replace)  # Path.replace calls it too
    candidate.commit = killing(candidate.commit)
    with dg.DagsterInstance.ephemeral() as instance:
        defs.resolve_job_def("daily").execute_in_process(instance=instance, tags=day_range_tags(first, last))
    sys.stdout.write(f"points {passed}\n")
