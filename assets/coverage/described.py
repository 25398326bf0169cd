"""What the headers in `sql/` say about tables, views and macros, and putting it into the DuckDB file as comments.

A header is a paragraph about the whole and, after an empty comment line, `-- name: meaning` lines for columns. The
paragraph of a macro ends with an example call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assets.statements import names, statement
from assets.tables import all_tables

if TYPE_CHECKING:
    import duckdb

_LINE = re.compile(r"-- (\w+): (.+)")
_SIGNATURE = re.compile(r"create or replace macro \w+\(([^)]*)\)")


@dataclass(frozen=True)
class Described:
    """A view or macro: its name, what its header says of it and of its columns, and its SQL."""

    name: str
    comment: str
    columns: dict[str, str]
    sql: str

    @property
    def parameters(self) -> str:
        """The parameters of a macro, as they are written."""
        found = _SIGNATURE.search(self.sql)
        return " ".join(found[1].split()) if found else ""


def views() -> tuple[Described, ...]:
    """Return the views, in an order in which they can be created."""
    return _in_order("views")


def macros() -> tuple[Described, ...]:
    """Return the macros, in an order in which they can be created: DuckDB binds a macro when it is made."""
    return _in_order("macros")


def _in_order(folder: str) -> tuple[Described, ...]:
    waiting = {name: _read(folder, name) for name in names(folder)}
    ordered: list[Described] = []
    while waiting:
        ready = [one for one in waiting.values() if not _uses(one, set(waiting) - {one.name})]
        if not ready:
            raise ValueError(f"sql/{folder}: {sorted(waiting)} use each other in a circle")
        ordered += ready
        for one in ready:
            del waiting[one.name]
    return tuple(ordered)


def comment_statements() -> Iterator[str]:
    """Yield the statements that describe every table, column, view and macro inside the file."""
    for table in all_tables():
        yield f"comment on table {table.name} is {_literal(table.comment)}"
        for column in table.columns:
            if (table.name, column.name) not in RECORD_ONLY:
                yield f"comment on column {table.name}.{column.name} is {_literal(column.comment)}"
    for view in views():
        yield f"comment on view {view.name} is {_literal(view.comment)}"
        for column, comment in view.columns.items():
            yield f"comment on column {view.name}.{column} is {_literal(comment)}"
    for macro in macros():
        usage = f"{macro.name}({macro.parameters})"
        yield f"comment on macro table {macro.name} is {_literal(f'{usage}{chr(10)}{macro.comment}')}"


# Columns that the Parquet record has and the DuckDB file has not.
RECORD_ONLY = frozenset({("landed_documents", "bytes")})


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create every table of `sql/tables/`."""
    for table in all_tables():
        connection.execute(table.sql)
    for table_name, column in sorted(RECORD_ONLY):
        connection.execute(f"alter table {table_name} drop column {column}")


def create_views_and_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Create every view and macro, and describe everything in the file."""
    for one in (*views(), *macros()):
        connection.execute(one.sql)
    for comment in comment_statements():
        connection.execute(comment)


def _read(folder: str, name: str) -> Described:
    sql = statement(folder, name)
    header = sql.split("\ncreate ", 1)[0].splitlines()
    blank = header.index("--") if "--" in header else len(header)
    comment = " ".join(line.removeprefix("--").strip() for line in header[:blank])
    columns = {found[1]: found[2].strip() for line in header[blank:] if (found := _LINE.match(line))}
    return Described(name, comment, columns, sql)


def _uses(one: Described, others: set[str]) -> bool:
    body = one.sql.split("\ncreate ", 1)[1]
    return any(re.search(rf"\b{other}\b", body) for other in others)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
