"""Checking the whole configuration before a run starts."""

from __future__ import annotations

from assets.home import Home
from assets.settings import load_settings, load_sources


def validate_configuration(home: Home) -> None:
    """Raise ConfigError naming file, line, field and remedy of every mistake in the first bad file."""
    from assets.cleaning.repairs import load_repairs
    from assets.tagging.authority import load_authority

    load_settings(home)
    load_sources(home)
    load_repairs(home)
    load_authority(home)
