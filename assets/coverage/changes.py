"""What changed in the Parquet record since the candidate was built.

Changes are found, not remembered: the hashes of the record's files are compared with the manifest inside the
candidate, so that no crash, rerun or changed rule can leave a stale day behind.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import duckdb

from assets.collecting import no_collecting
from assets.coverage.files import FileKey, FileState, hash_files
from assets.database import parquet_pattern
from assets.home import PROJECT, Home
from assets.reference import reference_file
from assets.settings import Settings
from assets.statements import names, statement
from assets.tables import all_tables

# Tables whose rows belong to an article; the articles first.
FACTS = ("articles", "article_repairs", "mentions", "quotes", "article_themes", "theme_evidence")
# Tables whose rows belong to a landing day.
LANDINGS = ("landed_documents", "rejected_documents", "source_fetches")

# The reprint groups, by the landing day of each article's current version.
GROUPS = "reprint_groups"

# The code that decides what stands in the tables. Pictures, publishing and auditing do not.
_BUILDERS = (
    "tables.py",
    "database.py",
    "statements.py",
    "coverage/candidate.py",
    "coverage/changes.py",
    "coverage/counting.py",
    "coverage/described.py",
    "coverage/facts.py",
    "coverage/files.py",
    "coverage/ledger.py",
    "coverage/shifts.py",
    "coverage/stories.py",
    "coverage/happenings.py",
    "coverage/spans.py",
    "coverage/surprise.py",
)


@dataclass(frozen=True)
class Changes:
    """The record as it is now, and how it differs from what the candidate was built from."""

    files: Mapping[FileKey, FileState]
    changed: frozenset[FileKey]

    def days(self, tables: tuple[str, ...]) -> list[date]:
        """Return the landing days on which a file of these tables was added, changed or removed."""
        return sorted({key.landed_on for key in self.changed if key.table in tables and key.landed_on is not None})

    def day_paths(self, name: str, days: list[date]) -> list[str]:
        """Return the files of table `name` on these landing days, as patterns for `read_parquet`."""
        wanted = set(days)
        keys = [key for key in self.files if key.table == name and key.landed_on in wanted]
        return [
            parquet_pattern(self.files[key].path) for key in sorted(keys, key=lambda key: (key.landed_on, key.name))
        ]

    def whole_paths(self, name: str) -> list[str]:
        """Return the file of table `name` where it is written whole, as a pattern; none where there is no file."""
        return [
            parquet_pattern(state.path) for key, state in self.files.items() if key.table == name and not key.landed_on
        ]

    def whole_changed(self) -> list[str]:
        """Return the tables written whole whose file was added, changed or removed."""
        return sorted({key.table for key in self.changed if key.landed_on is None})

    @cached_property
    def last_day(self) -> date | None:
        """The last landing day on record."""
        return max((key.landed_on for key in self.files if key.landed_on), default=None)

    def snapshot_id(self, rules: str) -> str:
        """Return the name of the data: the same for the same files and rules, wherever and whenever it is built."""
        lines = sorted(f"{key.table} {key.landed_on} {key.name} {state.sha256}" for key, state in self.files.items())
        digest = hashlib.sha256("\n".join([rules, *lines]).encode()).hexdigest()
        return f"dateline-{self.last_day or 'empty'}-{digest[:8]}"


def find_changes(home: Home, known: Mapping[FileKey, str]) -> Changes:
    """Compare the record with the hashes `known` to the candidate."""
    days = {name: home.record / name for name in (*FACTS, GROUPS, *LANDINGS)}
    wholes = {definition.name: reference_file(home, definition.name) for definition in all_tables()}
    with no_collecting():  # ten thousand small objects, all of which stay
        files = hash_files(days, wholes, home.state / "record-files")
        changed = {key for key, state in files.items() if known.get(key) != state.sha256}
        return Changes(files, frozenset(changed | (known.keys() - files.keys())))


def build_rules(settings: Settings) -> str:
    """Return the hash of everything but the record that decides what stands in the candidate."""
    digest = hashlib.sha256()
    folders = ("tables", "build", "coverage", "shifts", "stories", "views", "macros")
    for folder in folders:
        for name in names(folder):
            digest.update(f"{folder}/{name}\n{statement(folder, name)}\n".encode())
    for name in _BUILDERS:
        digest.update((PROJECT / "assets" / name).read_bytes())
    digest.update(settings.counting.model_dump_json().encode())
    digest.update(settings.reprints.model_dump_json().encode())
    digest.update(settings.shifts.model_dump_json().encode())
    digest.update(settings.stories.model_dump_json().encode())
    digest.update(duckdb.__version__.encode())
    return digest.hexdigest()[:16]
