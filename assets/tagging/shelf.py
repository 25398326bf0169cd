"""Many small records kept as bytes and made into objects only when asked for.

Belongs here: the compact store behind the lexicon. Does not belong here: what the records mean.

An authority of 100,000 names is a million Python objects, of which a day's news touches a few thousand. On a shelf they
are one string of bytes and an array of offsets: small, quick to load, and shared between forked processes. A few stand
in each box, which is opened as a whole: so the shelf is filled in half the time.
"""

from __future__ import annotations

import marshal
from array import array
from itertools import accumulate
from typing import Any

_IN_A_BOX = 16


class Shelf:
    """A sequence of records of plain values: tuples, strings, numbers, None."""

    def __init__(self, contents: bytes, ends: bytes, count: int) -> None:
        self._contents = memoryview(contents)
        self._ends = array("I", ends)
        self._count = count

    @classmethod
    def of(cls, records: list[Any]) -> Shelf:
        """Return a shelf of `records`."""
        boxes = [marshal.dumps(records[first : first + _IN_A_BOX]) for first in range(0, len(records), _IN_A_BOX)]
        ends = array("I", accumulate(map(len, boxes), initial=0))
        return cls(b"".join(boxes), ends.tobytes(), len(records))

    def packed(self) -> tuple[bytes, bytes, int]:
        """Return what makes the same shelf again."""
        return self._contents.tobytes(), self._ends.tobytes(), self._count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: int) -> Any:
        box, place = divmod(index, _IN_A_BOX)
        return marshal.loads(self._contents[self._ends[box] : self._ends[box + 1]])[place]
