"""Offers that wait on disk for the end of a pass, by landing day.

Belongs here: the one temporary file behind an attempt, which no crash leaves behind.
Does not belong here: deciding what waits.
"""

from __future__ import annotations

import pickle
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import zstandard


class Spool:
    """Parts of days, written one after the other into a file without a name."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by close()
        self._parts: dict[date, list[tuple[int, int]]] = defaultdict(list)
        self._packer, self._unpacker = zstandard.ZstdCompressor(level=1), zstandard.ZstdDecompressor()

    @property
    def days(self) -> set[date]:
        """The days of which parts wait."""
        return set(self._parts)

    def add(self, day: date, part: Any) -> None:
        """Put a part of a day behind its others."""
        packed = self._packer.compress(pickle.dumps(part, pickle.HIGHEST_PROTOCOL))
        start = self._file.seek(0, 2)
        self._file.write(packed)
        self._parts[day].append((start, len(packed)))

    def take(self, day: date) -> Iterator[Any]:
        """Yield the parts of a day in their order; they are gone then."""
        for start, length in self._parts.pop(day, []):
            self._file.seek(start)
            yield pickle.loads(self._unpacker.decompress(self._file.read(length)))

    def close(self) -> None:
        """Give the disk back."""
        self._file.close()
