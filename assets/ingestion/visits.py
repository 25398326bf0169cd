"""What is remembered of a server between runs, so that it need not send again what we have.

Belongs here: validators (ETag, Last-Modified) by address, and which pages have been fetched; one small file per
source in the state folder. It may be deleted: everything is then asked for once more, and nothing lands twice.
Does not belong here: requests.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path

from assets.ingestion.web import Visit
from assets.replacing import replacing

_KEPT_DAYS = 400


@dataclass
class Memory:
    """What is known of a source's server; `pages` maps a locator to (what stood there, day it was last listed)."""

    visits: dict[str, Visit] = field(default_factory=dict)
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)

    def knows(self, locator: str, fingerprint: str, today: date) -> bool:
        """Return whether this page, in this state, is on record; note that it is still listed."""
        known = self.pages.get(locator, ("", ""))[0] == fingerprint
        if known:
            self.pages[locator] = (fingerprint, today.isoformat())
        return known


def load_memory(state: Path, source_id: str) -> Memory:
    """Return what is known of a source's server; an empty memory where nothing is, or where the file is damaged."""
    try:
        known = json.loads(_path(state, source_id).read_text(encoding="utf-8"))
        visits = {url: Visit(**visit) for url, visit in known["visits"].items()}
        pages = {locator: (str(mark), str(seen)) for locator, (mark, seen) in known["pages"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Memory()
    return Memory(visits, pages)


def save_memory(state: Path, source_id: str, memory: Memory, today: date) -> None:
    """Remember; to be called only when all that was fetched is on record."""
    oldest = (today - timedelta(days=_KEPT_DAYS)).isoformat()
    known = {
        "visits": {url: asdict(visit) for url, visit in memory.visits.items()},
        "pages": {locator: page for locator, page in memory.pages.items() if page[1] >= oldest},
    }
    with replacing(_path(state, source_id)) as beside:
        beside.write_text(json.dumps(known), encoding="utf-8")


def _path(state: Path, source_id: str) -> Path:
    return state / "visits" / f"{source_id}.json"
