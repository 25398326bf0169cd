"""Which days of the candidate have not been audited yet.

It stands beside the candidate rather than in it, since it tells how the file came about and not what is in it. Lost,
or of another state of the candidate, it means that everything is to be audited.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assets.home import Home
from assets.replacing import replacing


@dataclass(frozen=True)
class Unaudited:
    """Landing and publication days to be audited; None for all there are."""

    landed: frozenset[date] | None = None
    published: frozenset[date] | None = None

    def and_also(self, landed: Iterable[date], published: Iterable[date]) -> Unaudited:
        """Return these days and those given."""
        if self.landed is None or self.published is None:
            return self
        return Unaudited(self.landed | {*landed}, self.published | {*published})


EVERYTHING = Unaudited()
NOTHING = Unaudited(frozenset(), frozenset())


def read_unaudited(home: Home, snapshot_id: str) -> Unaudited:
    """Return what is to be audited of the candidate in this state."""
    try:
        noted = json.loads(_file(home).read_text())
        if noted["snapshot_id"] != snapshot_id or noted["landed"] is None:
            return EVERYTHING
        landed, published = (frozenset(map(date.fromisoformat, noted[kind])) for kind in ("landed", "published"))
    except (OSError, ValueError, KeyError, TypeError):
        return EVERYTHING
    return Unaudited(landed, published)


def note_unaudited(home: Home, snapshot_id: str, unaudited: Unaudited) -> None:
    """Remember what is to be audited of the candidate, which is now in this state."""
    days = {
        kind: None if some is None else sorted(day.isoformat() for day in some)
        for kind, some in (("landed", unaudited.landed), ("published", unaudited.published))
    }
    with replacing(_file(home)) as beside:
        beside.write_text(json.dumps({"snapshot_id": snapshot_id, **days}))


def _file(home: Home) -> Path:
    return home.state / "unaudited.json"
