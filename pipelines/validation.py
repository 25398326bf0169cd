"""Checking the whole configuration before a run starts."""

from __future__ import annotations

from assets.home import Home
from assets.settings import load_settings, load_sources


def validate_configuration(home: Home) -> None:
    """Raise ConfigError naming file, line, field and remedy of every mistake in the first bad file."""
    from assets.cleaning.rules import load_dates, load_furniture, load_repairs
    from assets.corrections import check_corrections
    from assets.tagging.authority import load_authority
    from assets.takedowns import load_takedowns

    for load in (
        load_settings,
        load_sources,
        load_repairs,
        load_furniture,
        load_dates,
        load_authority,
        load_takedowns,
        check_corrections,
    ):
        load(home)
