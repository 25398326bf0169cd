"""Holding the garbage collector back while much is made that is no garbage.

Belongs here: the pause. Does not belong here: what is worked on meanwhile.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collecting() -> Iterator[None]:
    """Pause collections: each full one walks everything in memory in vain, a million names and patterns in tagging."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
