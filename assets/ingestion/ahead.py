"""Reading from several servers at the same time, each a few documents ahead of their landing.

Belongs here: the threads, which only wait for servers, and the bound on what they hold.
Does not belong here: what is read.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Generic, TypeVar

_T = TypeVar("_T")
_HELD = 4  # documents that one source may hold: with six sources and 20 MB documents, half a gigabyte at worst


class _Stopped(Exception):
    pass


class Ahead(Generic[_T]):
    """Iterators that run in threads; `take` them in the order in which they were started."""

    def __init__(self, at_once: int) -> None:
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="fetching")
        self._queues: dict[str, queue.Queue[tuple[bool, _T | BaseException | None]]] = {}
        self._stop = threading.Event()

    def start(self, name: str, items: Iterator[_T]) -> None:
        """Begin to run `items` when a thread is free."""
        self._queues[name] = queue.Queue(_HELD)
        self._pool.submit(self._run, name, items)

    def take(self, name: str) -> Iterator[_T]:
        """Yield what the iterator `name` yields; raise what it raises."""
        waiting = self._queues[name]
        while True:
            goes_on, item = waiting.get()
            if goes_on:
                yield item
            elif item is None:
                return
            else:
                raise item

    def close(self) -> None:
        """End all threads."""
        self._stop.set()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _run(self, name: str, items: Iterator[_T]) -> None:
        try:
            for item in items:
                self._put(name, (True, item))
            self._put(name, (False, None))
        except _Stopped:
            return
        except BaseException as error:  # noqa: BLE001 - raised again where the documents are taken
            with suppress(_Stopped):
                self._put(name, (False, error))

    def _put(self, name: str, item: tuple[bool, _T | BaseException | None]) -> None:
        while not self._stop.is_set():
            try:
                self._queues[name].put(item, timeout=0.2)
            except queue.Full:
                continue
            return
        raise _Stopped
