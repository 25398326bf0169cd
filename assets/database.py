"""Opening DuckDB files, always in one way.

The file is attached to a connection of its own: `duckdb.connect(path)` would hand out a cached instance of the path,
even after the file there was replaced (duckdb #15912). Nothing is ever downloaded.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assets.statements import statement

if TYPE_CHECKING:
    import duckdb

OFFLINE = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
# What does not fit is spilled to disk. DuckDB's own bound, 80 % of the machine, would leave other programs too little.
MEMORY = 2 * 2**30


@contextmanager
def memory(spill: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection without a file that spills into the folder `spill` where memory does not suffice."""
    import duckdb

    spill.parent.mkdir(parents=True, exist_ok=True)  # DuckDB makes the folder itself, but none above it
    limit = min(MEMORY, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2)
    connection = duckdb.connect(
        config={**OFFLINE, "temp_directory": str(spill), "memory_limit": f"{limit // 2**20}MiB"}
    )
    try:
        connection.execute("set timezone = 'UTC'")
        yield connection
    finally:
        connection.close()


@contextmanager
def writing(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection that uses the DuckDB file `path`, made where there is none; checkpoint it afterwards."""
    with memory(path.parent / "spill") as connection:
        connection.execute(statement("build", "attach"), {"path": str(path)})
        connection.execute("use warehouse")
        yield connection
        # Without an error only: after one, the file is left as its last commit has it.
        connection.execute("use memory")
        connection.execute("detach warehouse")


@contextmanager
def reading(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection that reads the DuckDB file `path`."""
    with memory(path.parent / "spill") as connection:
        connection.execute(statement("build", "attach_read_only"), {"path": str(path)})
        connection.execute("use warehouse")
        yield connection


def parquet_pattern(path: Path | str) -> str:
    """Return the path as a pattern that matches nothing but itself; `read_parquet` takes every path for a pattern."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in str(path))


def write_ahead_log(path: Path) -> Path:
    """Return where DuckDB keeps the write-ahead log of the file `path`."""
    return path.with_name(f"{path.name}.wal")
