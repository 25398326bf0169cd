"""Many small records kept as bytes and made into objects only when asked for.

Belongs here: the compact store behind the lexicon. Does not belong here: what the records mean.

An authority of 100,000 names is a million Python objects, of which a day's news touches a few thousand. On a shelf they
are one string of bytes and an array of offsets: small, quick to load, and shared between forked processes.
"""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Iterable
from typing import Any


class Shelf:
    """A sequence of records of plain values: tuples, strings, numbers, None."""

    def __init__(self, contents: bytes, ends: bytes) -> None:
        self._contents = memoryview(contents)
        self._ends = array("I", ends)

    @classmethod
    def of(cls, records: Iterable[Any]) -> Shelf:
        """Return a shelf of `records`."""
        pieces = [marshal.dumps(record) for record in records]
        ends, end = array("I", (0,)), 0
        for piece in pieces:
            end += len(piece)
            ends.append(end)
        return cls(b"".join(pieces), ends.tobytes())

    def packed(self) -> tuple[bytes, bytes]:
        """Return what makes the same shelf again."""
        return self._contents.tobytes(), self._ends.tobytes()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, index: int) -> Any:
        return marshal.loads(self._contents[self._ends[index] : self._ends[index + 1]])
