"""Dagster's event log, in its SQLite files as always, with connections that are kept.

A run over 50 days writes 900 events. Dagster's own class makes several engines for each, which compile their statements
anew and close their files again; kept, an event costs a third. Files and tables are the same: either class reads what
the other wrote, and without the entry in `dagster.yaml` all works as before.

Belongs here: where connections come from. What is stored and how remains Dagster's. Uses `_connect`, `_db_lock` and
`_initialized_dbs` of the pinned version; a test holds both classes against each other.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dagster._core.storage.event_log import SqliteEventLogStorage
from sqlalchemy import Connection, Engine, create_engine

KEPT = 4  # files: the index, and the runs that are written or looked at just now
BUSY_SECONDS = 60
INDEX = "index"


class KeptConnectionsEventLog(SqliteEventLogStorage):
    """The event log of `dagster.yaml`."""

    def __init__(self, base_dir: str, inst_data: Any = None) -> None:
        self._engines: OrderedDict[str, Engine] = OrderedDict()
        super().__init__(base_dir, inst_data)

    @classmethod
    def config_type(cls) -> dict[str, Any]:
        """Return what can be configured: nothing. The files lie where Dagster's own class has them by default."""
        return {}

    @classmethod
    def from_config_value(cls, inst_data: Any, config_value: Any) -> KeptConnectionsEventLog:
        """Return the log of the instance in DAGSTER_HOME."""
        return cls(str(Path(os.environ["DAGSTER_HOME"]) / "history" / "runs"), inst_data)

    def run_connection(self, run_id: str | None = None) -> Any:
        """Return a transaction on the file of a run."""
        return self._kept(run_id or INDEX)

    def index_connection(self) -> Any:
        """Return a transaction on the file that knows the assets of all runs."""
        return self._kept(INDEX)

    def dispose(self) -> None:
        """Close the files."""
        self._close()
        super().dispose()

    def wipe(self) -> None:
        """Delete the log of all runs."""
        self._close()
        super().wipe()

    def _close(self) -> None:
        with self._db_lock:
            while self._engines:
                self._engines.popitem()[1].dispose()

    @contextmanager
    def _kept(self, shard: str) -> Iterator[Connection]:
        if shard not in self._initialized_dbs:
            with self._connect(shard):  # Dagster makes and migrates the file
                pass
        with self._db_lock, self._engine(shard).begin() as connection:
            yield connection

    def _engine(self, shard: str) -> Engine:
        if shard not in self._engines:
            address = self.conn_string_for_shard(shard)
            self._engines[shard] = create_engine(address, connect_args={"timeout": BUSY_SECONDS})
            if len(self._engines) > KEPT:
                _, oldest = self._engines.popitem(last=False)
                oldest.dispose()
        self._engines.move_to_end(shard)
        return self._engines[shard]
