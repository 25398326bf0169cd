"""Which rules are in force: the words by which English is read, and the version of everything that decides a tag.

Belongs here: `config/readings.yaml` and the hash over configuration and code.
Does not belong here: the authority (authority.py), and what the rules do.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from assets.config import ConfigError, Strict, line_of, load_yaml
from assets.home import Home

_FILES = ("themes.yaml", "readings.yaml", "unknown_actors.yaml", "romanisation.yaml")
# These files show or measure tags; changing them changes none.
_WITHOUT_RULES = frozenset({"assets.py", "checks.py", "gold.py", "quality.py"})


class Ambiguous(Strict):
    """Names that usually mean something else in the company of certain words."""

    names: tuple[str, ...]
    company: tuple[str, ...]
    home: tuple[str, ...] = ()


class Readings(Strict):
    """`config/readings.yaml`; each list is described there."""

    former: tuple[str, ...]
    deputy: tuple[str, ...]
    neutral: tuple[str, ...]
    elect: tuple[str, ...]
    vague_titles: tuple[str, ...]
    counterparts: tuple[str, ...]
    generic_offices: dict[str, tuple[str, ...]]
    honorifics: tuple[str, ...]
    agency_names: tuple[str, ...]
    agency_before: tuple[str, ...]
    agency_after: tuple[str, ...]
    function_words: tuple[str, ...]
    months: tuple[str, ...]
    surname_first: tuple[str, ...]
    surname_words: tuple[str, ...]
    given_names: tuple[str, ...]
    places_as_given_names: tuple[str, ...]
    ambiguous: tuple[Ambiguous, ...]
    phrases_without_actors: tuple[str, ...]
    institution_heads: tuple[str, ...]
    named_after: tuple[str, ...]
    state_institutions: tuple[str, ...]
    pronoun_before: tuple[str, ...]
    lone_bodies: tuple[str, ...]
    seats: tuple[str, ...]
    government_from: tuple[str, ...]
    place_after: tuple[str, ...]
    city_institutions: tuple[str, ...]
    place_before: tuple[str, ...]
    governments: tuple[str, ...]
    ways: tuple[str, ...]
    government_before: tuple[str, ...]
    government_after: tuple[str, ...]
    speech: tuple[str, ...]
    reporting: tuple[str, ...]
    reporting_freely: tuple[str, ...]
    speakers: tuple[str, ...]
    speakers_again: tuple[str, ...]
    speaking_roles: tuple[str, ...]
    abbreviations: tuple[str, ...]
    particles: tuple[str, ...]


class Counts(Strict):
    """`config/confidence.yaml`: on what was counted, and of each rule how many mentions were right, of how many."""

    counted_on: str
    rules: dict[str, tuple[int, int]]


def load_counts(home: Home) -> dict[str, tuple[int, int]]:
    """Return how often each rule was right; raise ConfigError where the file is wrong."""
    path = home.config_file("confidence.yaml")
    counts = load_yaml(path, Counts).rules
    wrong = [rule for rule, (right, of) in counts.items() if not 0 <= right <= of]
    if wrong:
        raise ConfigError(
            f"{path}:{line_of(path, ('rules', wrong[0]))}: rules.{wrong[0]}: more right than there are; "
            "run tools/fit_confidence.py"
        )
    return counts


def load_readings(home: Home) -> Readings:
    """Return the words by which `home` reads English; raise ConfigError where they are wrong."""
    return load_yaml(home.config_file("readings.yaml"), Readings)


def rules_version(home: Home) -> str:
    """Return 12 hex digits that change with the configuration and code that decide tags."""
    actors = home.config_file("actors")
    files = [*sorted(actors.glob("*.csv")), *(home.config_file(name) for name in _FILES)]
    files += sorted(home.config_file("names").glob("*.txt"))
    files += sorted(path for path in Path(__file__).parent.glob("*.py") if path.name not in _WITHOUT_RULES)
    digest = hashlib.sha256()
    for path in files:
        contents = path.read_bytes() if path.exists() else b""
        digest.update(f"{path.name}\0{len(contents)}\0".encode() + contents)
    return digest.hexdigest()[:12]
