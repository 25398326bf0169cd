"""Run the daily job and kill this process, with no chance to clean up, at the n-th point at which state changes.

Run by `test_kill.py` as a process of its own: FOLDER FIRST LAST POINT. Points are the renames that put a file in its
place and the commits of the DuckDB candidate, each with a point just before and one just after.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

passed = 0


def killing_at(point: int, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return `function` with a point before it and one after it."""

    def pass_point() -> None:
        global passed
        passed += 1
        if passed == point:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(*args: Any, **kwargs: Any) -> Any:
        pass_point()
        result = function(*args, **kwargs)
        pass_point()
        return result

    return counted


if __name__ == "__main__":
    from assets.coverage import candidate
    from tests.conftest import Installation

    folder, first, last, point = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
    os.replace = killing_at(point, os.replace)  # Path.replace calls it too
    candidate.commit = killing_at(point, candidate.commit)
    Installation(folder).run(first, last)
    sys.stdout.write(f"points {passed}\n")
