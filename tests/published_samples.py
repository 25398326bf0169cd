"""The bundled samples, from landing to the published file, without the orchestration."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from assets.batches import run_days
from assets.cleaning.articles import cleaning_kernel
from assets.cleaning.days import clean_days
from assets.cleaning.reprints import group_reprints
from assets.coverage.candidate import build_candidate
from assets.coverage.publish import publish
from assets.declare import day_range
from assets.home import PROJECT, Home
from assets.ingestion.landing import land
from assets.record import Record
from assets.reference import sources_table, write_reference
from assets.settings import load_settings, load_sources, parse_days
from assets.tagging.authority import authority_tables
from assets.tagging.tagger import tagging_kernel


def publish_samples(folder: Path) -> Home:
    """Return an installation in `folder` that has published the samples."""
    made = Home(folder, PROJECT / "config")
    settings, sources, record = load_settings(made), load_sources(made), Record(made.record)
    days = day_range(*parse_days(settings.run_days, settings.first_day))
    land(days, made, settings, sources, datetime.now(UTC), lambda line: None)
    list(clean_days(made, days, partial(cleaning_kernel, made), 1))
    write_reference(made, {"sources": sources_table(sources), **authority_tables(made)})
    articles = ((day, record.read_day("articles", day)) for day in days)
    for day, tables in run_days(articles, partial(tagging_kernel, made), 1):
        for name, rows in tables.items():
            record.replace_day(name, day, rows)
    group_reprints(made, settings)
    build_candidate(made, settings)
    publish(made)
    return made
