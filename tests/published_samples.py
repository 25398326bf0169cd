"""The bundled samples, from landing to the published file, without the orchestration."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from assets.cleaning.days import clean_days
from assets.cleaning.reprints import group_reprints
from assets.coverage.candidate import build_candidate
from assets.coverage.publish import publish
from assets.declare import day_range
from assets.home import PROJECT, Home
from assets.ingestion.landing import land
from assets.reference import sources_table, write_reference
from assets.settings import load_settings, load_sources, parse_days
from assets.tagging.authority import authority_tables
from assets.tagging.days import tag_days


def publish_samples(folder: Path) -> Home:
    """Return an installation in `folder` that has published the samples."""
    made = Home(folder, PROJECT / "config")
    settings, sources = load_settings(made), load_sources(made)
    days = day_range(*parse_days(settings.run_days, settings.first_day))
    land(days, made, settings, sources, datetime.now(UTC), lambda line: None)
    list(clean_days(made, days, workers=1))
    write_reference(made, {"sources": sources_table(sources), **authority_tables(made)})
    list(tag_days(made, days, workers=1))
    group_reprints(made, settings)
    build_candidate(made, settings)
    publish(made)
    return made
