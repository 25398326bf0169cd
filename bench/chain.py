"""`make bench`: the whole chain on a generated corpus, beside the script that DATELINE_BENCH_BASELINE names.

The script is called as `python SCRIPT INPUT_DIR ALIASES.csv OUT.duckdb`; DATELINE_BENCH_PYTHON names the interpreter
that has what it needs (default: this one).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from assets.home import DEFAULT_CONFIG, PROJECT
from bench.corpus import Corpus, generate

SOURCES = """\
sources:
  - {{id: pages, name: Pages, kind: table, path: {pages}, lands_on: published,
      columns: {{external_id: id, url: url, title: title, html: html, published: published}}}}
  - {{id: texts, name: Texts, kind: table, path: {texts}, lands_on: published,
      columns: {{external_id: id, url: url, title: title, text: text, published: published}}}}
"""


@dataclass(frozen=True)
class Measure:
    """What one program took."""

    name: str
    seconds: float
    peak_mib: float

    def line(self, articles: int) -> str:
        """Return the measure as a row of the printed table."""
        return (
            f"{self.name:34s} {self.seconds:8.1f} s {articles / self.seconds:8.0f} articles/s {self.peak_mib:8.0f} MiB"
        )


def main() -> int:
    """Generate, measure, print; return the exit code."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--aliases", type=int, default=50_000)
    parser.add_argument("--page-kib", type=int, default=165)
    arguments = parser.parse_args()
    with TemporaryDirectory(prefix="dateline-bench-") as temporary:
        folder = Path(temporary)
        corpus = generate(folder / "input", arguments.articles, arguments.aliases, arguments.page_kib * 1024)
        environment = _installation(folder, corpus)
        days = f"{corpus.first}...{corpus.last}"
        # The first run of an installation checks its rules and measures their accuracy; that is no cost per article.
        empty_day = ["--days", str(corpus.first - timedelta(days=1))]
        run = [sys.executable, "-m", "pipelines.run"]
        measures = [measure("start-up: a first run without news", [*run, *empty_day], environment)]
        bare = {**environment, "DATELINE_HOME": str(folder / "bare")}
        shutil.copytree(folder / "data", folder / "bare")
        measures.append(measure("Dateline, stages without Dagster", [sys.executable, "-m", "bench.stages", days], bare))
        measures.append(measure("Dateline, one Dagster run", [*run, "--days", days], environment))
        baseline = os.environ.get("DATELINE_BENCH_BASELINE")
        if baseline:
            python = os.environ.get("DATELINE_BENCH_PYTHON", sys.executable)
            command = [python, baseline, str(folder / "input"), str(corpus.aliases), str(folder / "baseline.duckdb")]
            measures.append(measure("the obvious script", command, environment))
        else:
            print("DATELINE_BENCH_BASELINE is not set: no script to compare with")
    _print(measures, corpus)
    return 0


def measure(name: str, command: list[str], environment: dict[str, str]) -> Measure:
    """Run `command`; return its wall time and the peak of the memory that it and its children hold together."""
    started = time.perf_counter()
    with subprocess.Popen(
        command, env=environment, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        peak = _Peak(process.pid)
        _, errors = process.communicate()
    seconds = time.perf_counter() - started
    if process.returncode:
        raise RuntimeError(f"{name} failed:\n{errors.decode()[-4000:]}")
    return Measure(name, seconds, peak.stop() / 2**20)


class _Peak:
    """Watches the proportional memory of a process and its descendants, ten times a second."""

    def __init__(self, pid: int) -> None:
        self.pid, self.peak, self.done = pid, 0, threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()

    def stop(self) -> int:
        """Return the peak in bytes."""
        self.done.set()
        self.thread.join()
        return self.peak

    def _watch(self) -> None:
        while not self.done.wait(0.1):
            self.peak = max(self.peak, sum(_pss(pid) for pid in _family(self.pid)))


def _family(pid: int) -> list[int]:
    family = [pid]
    for member in family:
        for children in Path(f"/proc/{member}/task").glob("*/children"):
            try:
                family += [int(child) for child in children.read_text().split()]
            except OSError:
                continue  # the process ended while we looked
    return family


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _installation(folder: Path, corpus: Corpus) -> dict[str, str]:
    shutil.copytree(DEFAULT_CONFIG, folder / "config")
    shutil.copy(corpus.actors, folder / "config" / "actors" / "bench.csv")
    (folder / "config" / "sources.yaml").write_text(SOURCES.format(pages=corpus.pages, texts=corpus.texts))
    return {
        **os.environ,
        "DATELINE_HOME": str(folder / "data"),
        "DATELINE_CONFIG": str(folder / "config"),
        "DAGSTER_HOME": str(folder / "data" / "dagster"),
        "PYTHONPATH": str(PROJECT),
    }


def _print(measures: list[Measure], corpus: Corpus) -> None:
    print(f"{corpus.articles} articles, half of them pages, {corpus.first}...{corpus.last}")
    for one in measures:
        print(one.line(corpus.articles))
    _, bare, dagster, *baseline = (one.seconds for one in measures)
    print(f"Dagster's share of its run: {max(0.0, 1 - bare / dagster):.0%}")
    if baseline:
        print(f"Dateline, all included, is {baseline[0] / dagster:.1f} times as fast as the script")


if __name__ == "__main__":
    sys.exit(main())
