"""The named SQL statements in `sql/`, read from their files.

Belongs here: finding a statement by folder and name, and putting table and column names where SQL takes no parameters.
Does not belong here: running them, and any SQL.
"""

from __future__ import annotations

import re
from functools import cache

from assets.tables import SQL

_IDENTIFIERS = re.compile(r"[a-z_][a-z0-9_]*(, [a-z_][a-z0-9_]*)*")


def statement(folder: str, name: str, **identifiers: str) -> str:
    """Return the statement `sql/<folder>/<name>.sql`.

    `the_table` and `the_columns` in it are replaced by the identifiers of that name; values are always parameters.
    """
    sql = _read(folder, name)
    for placeholder, identifier in identifiers.items():
        if not _IDENTIFIERS.fullmatch(identifier):
            raise ValueError(f"{identifier!r} is not a list of plain lower-case identifiers")
        sql = re.sub(rf"\b{placeholder}\b", identifier, sql)
    return sql


def names(folder: str) -> list[str]:
    """Return the names of the statements in `sql/<folder>/`, in order."""
    return sorted(path.stem for path in (SQL / folder).glob("*.sql"))


def describe(folder: str, name: str) -> str:
    """Return what a statement says of itself: the comment at the head of its file."""
    lines = _read(folder, name).splitlines()
    return " ".join(line.removeprefix("--").strip() for line in lines if line.startswith("--"))


@cache
def _read(folder: str, name: str) -> str:
    return (SQL / folder / f"{name}.sql").read_text(encoding="utf-8")
