"""Files that need not be read again, because what they hold for the wanted days is on record.

Belongs here: one small note per source in the state folder: each file's size and times, the days it still has rows
for, and where the rest was filed. It may be deleted: the files are then read once more, and nothing lands twice.
Does not belong here: reading files, choosing landing days.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path

from assets.ingestion.files import FoundFile
from assets.ingestion.sidecars import sidecar_path
from assets.record import Record
from assets.replacing import replacing
from assets.settings import Settings, Source

_FORMAT = 1  # raise it when a change to the reading of files must reach files that were read before


@dataclass
class _Note:
    """What one file was when it was read to its end, and what of it is not on record yet."""

    mark: list[int]
    latest: str | None = None
    undated: bool = False
    waiting: list[str] = field(default_factory=list)
    ripens: str | None = None  # the first day that was still to come for one of its rows


class Unchanged:
    """The notes of one source in one run."""

    def __init__(
        self, source: Source, settings: Settings, state: Path, record: Record, wanted: Collection[date], today: date
    ) -> None:
        self._path = state / "read" / f"{source.id}.json"
        self._rules = hashlib.sha256(
            f"{_FORMAT} {settings.first_day} {settings.limits.document_megabytes} {source.model_dump_json()}".encode()
        ).hexdigest()
        self._is_dated = source.lands_on in ("published", "captured")
        self._record = record
        self._wanted = {day.isoformat() for day in wanted}
        self._tomorrow = (today + timedelta(days=1)).isoformat()
        self._notes: dict[str, _Note] = {}
        self._batches: dict[str, list[str]] = {}
        self._load()
        self._current: _Note | None = None
        self._read: dict[str, _Note] = {}
        self._days: set[str] = set()
        self.latest: date | None = None
        self.undated_have_landed = False

    def to_read(self, files: list[FoundFile]) -> list[FoundFile]:
        """Return the files that must be read; of the others, `latest` is the last day that they hold."""
        if not self._is_on_record():
            self._notes, self._batches = {}, {}
        known = {found.locator: self._known(found) for found in files}
        all_known = None not in known.values()
        latest = max((note.latest for note in known.values() if note and note.latest), default=None)
        skipped = {
            locator
            for locator, note in known.items()
            if note and not self._holds_news(note, last_day_is_wanted=not all_known or latest in self._wanted)
        }
        last = max((known[locator].latest for locator in skipped if known[locator].latest), default=None)
        self.latest = date.fromisoformat(last) if last else None
        return [found for found in files if found.locator not in skipped]

    def reading(self, files: list[FoundFile]) -> Iterator[FoundFile]:
        """Pass files on to whoever reads them; what `saw` is told in between belongs to the file passed on last."""
        for found in files:
            self._current = _Note(_mark(found.path))
            self._days = set()
            before = self._known(found)
            self._notes.pop(found.locator, None)
            yield found
            if self._current is not None and self._current.mark:
                # What an earlier run landed of the same file is not waited for again.
                self._current.waiting = sorted(self._days if before is None else self._days & set(before.waiting))
                self._read[found.locator] = self._current

    def saw(self, day: date) -> None:
        """Note that the file being read holds a document for `day`."""
        if self._current is not None:
            text = day.isoformat()
            self._current.latest = max(self._current.latest or text, text)
            if text not in self._wanted:
                self._days.add(text)

    def saw_undated(self, to_come: date | None) -> None:
        """Note that it holds one without a usable day, or with one that is yet to come."""
        if self._current is not None:
            self._current.undated = True
            if to_come is not None:
                text = to_come.isoformat()
                self._current.ripens = min(self._current.ripens or text, text)

    def failed(self) -> None:
        """Forget the file being read: it could not be read to its end, and each run says so."""
        self._current = None

    def save(self, batches: Mapping[date, set[str]]) -> None:
        """Keep the notes; to be called only when all that was read is on record, in `batches`."""
        for note in self._read.values():
            note.undated = note.undated and not self.undated_have_landed
        self._notes.update(self._read)
        for day, names in batches.items():
            self._batches[day.isoformat()] = sorted({*self._batches.get(day.isoformat(), ()), *names})
        kept = {
            "rules": self._rules,
            "files": {locator: asdict(note) for locator, note in self._notes.items()},
            "batches": self._batches,
        }
        with replacing(self._path) as beside:
            beside.write_text(json.dumps(kept), encoding="utf-8")

    def _load(self) -> None:
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            if kept["rules"] == self._rules:
                self._notes = {locator: _Note(**note) for locator, note in kept["files"].items()}
                self._batches = {day: list(names) for day, names in kept["batches"].items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            self._notes, self._batches = {}, {}  # missing or damaged: the files are read

    def _is_on_record(self) -> bool:
        """Return whether the batches that the notes rely on are still there."""
        days = self._wanted & set(self._batches) if self._is_dated else self._batches
        return all((self._record.root / name).exists() for day in days for name in self._batches[day])

    def _known(self, found: FoundFile) -> _Note | None:
        note = self._notes.get(found.locator)
        return note if note is not None and note.mark and note.mark == _mark(found.path) else None

    def _holds_news(self, note: _Note, *, last_day_is_wanted: bool) -> bool:
        has_ripened = note.ripens is not None and note.ripens <= self._tomorrow
        return has_ripened or (note.undated and last_day_is_wanted) or not self._wanted.isdisjoint(note.waiting)


def _mark(path: Path) -> list[int]:
    """Return what changes when a file or its sidecar does: size, times, which file it is; empty where there is none."""
    marks = []
    for one in (path, sidecar_path(path)):
        try:
            found = one.stat()
        except OSError:
            continue
        marks += [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]
    return marks
