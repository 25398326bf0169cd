"""The stages of the daily job as plain calls, without Dagster: what `bench.chain` holds Dagster's time against."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta

from assets.batches import start_workers_early
from assets.cleaning.days import clean_days
from assets.cleaning.reprints import group_reprints
from assets.coverage.audit import audit_candidate
from assets.coverage.candidate import build_candidate
from assets.coverage.publish import publish
from assets.home import Home
from assets.ingestion.landing import land
from assets.reference import sources_table, write_reference
from assets.settings import load_settings, load_sources, parse_days
from assets.tagging.authority import authority_tables
from assets.tagging.days import tag_days
from assets.tagging.gold import measure_quality


def main(days_text: str) -> None:
    """Bring the landing days up to date; print the seconds of each stage to standard error."""
    home = Home.from_environment()
    settings, sources = load_settings(home), load_sources(home)
    first, last = parse_days(days_text, settings.first_day)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]

    def stage(name: str, started: float) -> float:
        print(f"{name:10s} {time.perf_counter() - started:7.2f} s", file=sys.stderr)
        return time.perf_counter()

    start_workers_early()
    clock = time.perf_counter()
    land(days, home, settings, sources, datetime.now(UTC), lambda _: None)
    clock = stage("land", clock)
    list(clean_days(home, days, settings.workers))
    clock = stage("clean", clock)
    list(tag_days(home, days, settings.workers))
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
