"""Running a room's kernel over many landing days, in processes where there is enough to do.

A kernel takes one Arrow table and returns several (name -> table). It is made once in each process, since it holds what
is dear to build (an automaton, a language model). Threads are never used: the extraction libraries crash in them.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date
from functools import cache
from multiprocessing import forkserver
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    import pyarrow as pa

    from assets.record import Glimpse

    Kernel = Callable[[pa.Table], dict[str, pa.Table]]
    Written = dict[str, Glimpse]

Item = TypeVar("Item")
Result = TypeVar("Result")

# Below this many rows in all, processes cost more than they save.
ROWS_WORTH_A_POOL = 400
ROWS_PER_BATCH = 200

# Imported once, in the process that the workers are forked from; named here, since no room may be imported here.
_LIBRARIES = ("assets.cleaning.articles", "assets.tagging.tagger", "assets.coverage.views", "pyarrow.parquet")


class DailyWork(Protocol):
    """What a room does with a landing day. It is sent to worker processes, so it must be picklable."""

    def count(self, day: date) -> int:
        """Return about how many rows the day has, at little cost."""
        ...

    def read(self, day: date) -> Iterable[pa.Table]:
        """Yield the day's rows in parts; at least one, which may be empty, so that results have their schema."""
        ...

    def kernel(self) -> Kernel:
        """Make the kernel."""
        ...

    def write(self, day: date, results: dict[str, pa.Table]) -> Written:
        """Make `results` the day's tables; return what is shown of each."""
        ...


def start_workers_early() -> None:
    """Load what workers need in the background, so that it is there when they are first wanted."""
    multiprocessing.set_forkserver_preload(list(_LIBRARIES))
    forkserver.ensure_running()


def in_workers(function: Callable[[Item], Result], items: Iterable[Item], workers: int | None = None) -> list[Result]:
    """Return what `function` makes of each item, in order, made in worker processes; all of it must be picklable."""
    workers = workers or os.cpu_count() or 1
    if workers == 1:
        return [function(item) for item in items]
    with _pool(workers) as pool:
        return list(pool.map(function, items))


def run_days(days: Sequence[date], work: DailyWork, workers: int | None = None) -> Iterator[tuple[date, Written]]:
    """Do `work` on each day, and yield it with what was written, in order.

    A day that is a small part of all is read, worked on and written in one process; a large one is cut into batches
    that go to all of them.
    """
    workers = workers or os.cpu_count() or 1
    counts = [work.count(day) for day in days]
    total = sum(counts)
    if workers == 1 or total <= ROWS_WORTH_A_POOL:
        kernel = work.kernel()
        yield from ((day, _run_day(work, day, kernel)) for day in days)
        return

    with _pool(workers, initializer=_begin, initargs=(work,)) as pool:
        waiting: deque[tuple[date, Future[Written]]] = deque()
        for day, count in zip(days, counts, strict=True):
            if count * workers * 2 <= total:
                waiting.append((day, pool.submit(_run_whole_day, day)))
            else:
                yield from _done(waiting, 0)
                yield day, work.write(day, _together(list(_run_batches(pool, work.read(day), workers))))
            yield from _done(waiting, workers * 3)
        yield from _done(waiting, 0)


def _pool(workers: int, **options: Any) -> ProcessPoolExecutor:
    start_workers_early()
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("forkserver"), **options)


def _done(waiting: deque[tuple[date, Future[Written]]], at_most: int) -> Iterator[tuple[date, Written]]:
    """Wait for the days begun first, until `at_most` are left."""
    while len(waiting) > at_most:
        day, future = waiting.popleft()
        yield day, future.result()


def _run_batches(pool: ProcessPoolExecutor, parts: Iterable[pa.Table], workers: int) -> Iterator[dict[str, pa.Table]]:
    waiting: deque[Future[dict[str, pa.Table]]] = deque()
    for batch in _cut(parts):
        waiting.append(pool.submit(_run_batch, batch))
        if len(waiting) > workers * 3:  # no more of a large day is in memory than keeps the workers busy
            yield waiting.popleft().result()
    yield from (future.result() for future in waiting)


def _run_day(work: DailyWork, day: date, kernel: Kernel) -> Written:
    return work.write(day, _together([kernel(batch) for batch in _cut(work.read(day))]))


def _cut(parts: Iterable[pa.Table]) -> Iterator[pa.Table]:
    for part in parts:
        for start in range(0, max(part.num_rows, 1), ROWS_PER_BATCH):
            yield part.slice(start, ROWS_PER_BATCH)


def _together(results: list[dict[str, pa.Table]]) -> dict[str, pa.Table]:
    import pyarrow as pa

    return {name: pa.concat_tables([result[name] for result in results]) for name in results[0]}


_work: DailyWork  # of a worker process, set by the pool's initializer


def _begin(work: DailyWork) -> None:
    global _work
    _work = work


@cache
def _kernel() -> Kernel:
    # Made by the first task and not by the initializer, so that a mistake in the configuration reaches the caller.
    gc.set_threshold(100_000)  # a lexicon is a million objects, which every full collection walks in vain
    return _work.kernel()


def _run_whole_day(day: date) -> Written:
    return _run_day(_work, day, _kernel())


def _run_batch(batch: pa.Table) -> dict[str, pa.Table]:
    return _kernel()(batch)
