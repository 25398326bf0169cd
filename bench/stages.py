"""The stages of the daily job as plain calls, without Dagster: what `bench.chain` holds Dagster's time against."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta
from functools import partial

from assets.batches import run_days
from assets.cleaning.articles import cleaning_kernel
from assets.cleaning.days import clean_days
from assets.cleaning.reprints import group_reprints
from assets.coverage.audit import audit_candidate
from assets.coverage.candidate import build_candidate
from assets.coverage.publish import publish
from assets.home import Home
from assets.ingestion.landing import land
from assets.record import Record
from assets.reference import sources_table, write_reference
from assets.settings import load_settings, load_sources, parse_days
from assets.tagging.authority import authority_tables
from assets.tagging.gold import measure_quality
from assets.tagging.tagger import tagging_kernel


def main(days_text: str) -> None:
    """Bring the landing days up to date; print the seconds of each stage to standard error."""
    home = Home.from_environment()
    settings, sources, record = load_settings(home), load_sources(home), Record(home.record)
    first, last = parse_days(days_text, settings.first_day)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]

    def stage(name: str, started: float) -> float:
        print(f"{name:10s} {time.perf_counter() - started:7.2f} s", file=sys.stderr)
        return time.perf_counter()

    clock = time.perf_counter()
    land(days, home, settings, sources, datetime.now(UTC), lambda _: None)
    clock = stage("land", clock)
    list(clean_days(home, days, partial(cleaning_kernel, home), settings.workers))
    clock = stage("clean", clock)
    articles = ((day, record.read_day("articles", day)) for day in days)
    for day, tables in run_days(articles, partial(tagging_kernel, home), settings.workers):
        for name, rows in tables.items():
            record.replace_day(name, day, rows)
    clock = stage("tag", clock)
    write_reference(home, {"sources": sources_table(sources), **authority_tables(home)})
    measure_quality(home, lambda _: None)
    clock = stage("reference", clock)
    group_reprints(home, settings)
    build_candidate(home, settings, lambda _: None)
    clock = stage("build", clock)
    audit_candidate(home)
    publish(home)
    stage("publish", clock)


if __name__ == "__main__":
    main(sys.argv[1])
