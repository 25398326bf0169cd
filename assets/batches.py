"""Running a batch kernel over many landing days, in processes where there is enough to do.

A kernel takes one Arrow table and returns several (name -> table). It is made by a factory in each process, so that
what is dear to build (an automaton, a language model) is built once. Threads are never used: the extraction libraries
crash in them.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

    Kernel = Callable[[pa.Table], dict[str, pa.Table]]

# Below this many rows in all, starting processes costs more than it saves: each takes 1-2 s to load its libraries.
ROWS_WORTH_A_POOL = 400
ROWS_PER_BATCH = 200

_kernel: Kernel | None = None


def run_days(
    inputs: Iterable[tuple[date, pa.Table]],
    kernel_factory: Callable[[], Kernel],
    workers: int | None = None,
) -> Iterator[tuple[date, dict[str, pa.Table]]]:
    """Yield (day, results of the kernel over that day's rows) in the order of `inputs`.

    A day's rows are cut into batches, run, and put together again in order; a day without rows is run once on its
    empty table, so that its results are empty tables of the right schema. `kernel_factory` must be picklable.
    """
    workers = workers or os.cpu_count() or 1
    inputs = iter(inputs)
    head, rows = [], 0
    for day_input in inputs:
        head.append(day_input)
        rows += day_input[1].num_rows
        if rows > ROWS_WORTH_A_POOL:
            break
    if workers == 1 or rows <= ROWS_WORTH_A_POOL:
        yield from _run_inline(chain(head, inputs), kernel_factory())
        return

    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=partial(_make_kernel, kernel_factory)) as pool:
        waiting = []
        for day, table in chain(head, inputs):
            waiting.append((day, [pool.submit(_run_kernel, batch) for batch in _cut(table)]))
            if sum(len(futures) for _, futures in waiting) > workers * 4:
                day_done, futures = waiting.pop(0)
                yield day_done, _together([future.result() for future in futures])
        for day_done, futures in waiting:
            yield day_done, _together([future.result() for future in futures])


def _run_inline(inputs: Iterable[tuple[date, pa.Table]], kernel: Kernel) -> Iterator[tuple[date, dict[str, pa.Table]]]:
    for day, table in inputs:
        yield day, _together([kernel(batch) for batch in _cut(table)])


def _cut(table: pa.Table) -> list[pa.Table]:
    starts = range(0, max(table.num_rows, 1), ROWS_PER_BATCH)
    return [table.slice(start, ROWS_PER_BATCH) for start in starts]


def _together(results: list[dict[str, pa.Table]]) -> dict[str, pa.Table]:
    import pyarrow as pa

    return {name: pa.concat_tables([result[name] for result in results]) for name in results[0]}


def _make_kernel(kernel_factory: Callable[[], Kernel]) -> None:
    global _kernel  # one kernel per worker process, made by the pool's initializer
    _kernel = kernel_factory()
    gc.set_threshold(100_000)  # a lexicon is a million objects, which every full collection walks in vain


def _run_kernel(batch: pa.Table) -> dict[str, pa.Table]:
    return _kernel(batch)
