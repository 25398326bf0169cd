"""The data dictionary: what `sql/` says of tables, views and macros, as a page of the documentation.

`python -m assets.coverage.dictionary` writes it to docs/data-dictionary.md; a test tells when that was forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable

from assets.coverage.described import RECORD_ONLY, macros, views
from assets.home import PROJECT
from assets.tables import Table, all_tables

PAGE = PROJECT / "docs" / "data-dictionary.md"

GROUPS = {
    "Coverage": (
        "article_actors",
        "actor_daily",
        "actor_source_daily",
        "theme_daily",
        "theme_source_daily",
        "actor_theme_daily",
        "actor_pair_daily",
        "day_totals",
        "source_daily",
        "actor_shifts",
        "theme_shifts",
        "pair_shifts",
        "stories",
        "story_articles",
        "story_episodes",
        "story_actors",
        "story_themes",
    ),
    "Facts": (
        "articles",
        "article_repairs",
        "mentions",
        "quotes",
        "article_themes",
        "theme_evidence",
        "reprint_groups",
        "document_versions",
        "landed_documents",
        "rejected_documents",
        "source_fetches",
    ),
    "About the file": (
        "build_info",
        "rules_daily",
        "found_daily",
        "build_counts",
        "build_manifest",
        "quality_scores",
    ),
}
REFERENCE = "Reference"


def data_dictionary() -> str:
    """Return the page."""
    tables = {table.name: table for table in all_tables()}
    grouped = {name for group in GROUPS.values() for name in group}
    lines = [
        "# Data dictionary",
        "",
        "Everything in `dateline.duckdb`, as the file itself describes it: `select comment from duckdb_tables()`.",
        "Made from the headers in `sql/` by `python -m assets.coverage.dictionary`; do not edit it here.",
        "",
        "## Macros",
        "",
        "Parameters with a default are passed by name: `from top_actors(since := date '2022-03-14', n := 10)`.",
        "",
    ]
    for macro in macros():
        lines += [f"### {macro.name}", "", f"`{macro.name}({macro.parameters})`", "", _sentence(macro.comment), ""]
        lines += _columns((name, "", comment) for name, comment in macro.columns.items())
    lines += ["## Views", ""]
    for view in views():
        lines += [f"### {view.name}", "", _sentence(view.comment), ""]
        lines += _columns((name, "", comment) for name, comment in view.columns.items())
    groups = {**GROUPS, REFERENCE: tuple(name for name in tables if name not in grouped)}
    for group in ("Coverage", "Facts", REFERENCE, "About the file"):
        lines += [f"## {group}", ""]
        for name in groups[group]:
            if name in tables:
                lines += _table(tables[name])
    return "\n".join(lines).rstrip() + "\n"


def _table(table: Table) -> list[str]:
    rows = [
        (column.name, f"{column.duckdb_type}{'' if column.nullable else ' not null'}", column.comment)
        for column in table.columns
        if (table.name, column.name) not in RECORD_ONLY
    ]
    return [f"### {table.name}", "", _sentence(table.comment), "", *_columns(rows)]


def _columns(rows: Iterable[tuple[str, str, str]]) -> list[str]:
    rows = list(rows)
    if any(duckdb_type for _, duckdb_type, _ in rows):
        lines = ["| column | type | meaning |", "| --- | --- | --- |"]
        lines += [f"| {name} | {duckdb_type} | {_cell(comment)} |" for name, duckdb_type, comment in rows]
    else:
        lines = ["| column | meaning |", "| --- | --- |"]
        lines += [f"| {name} | {_cell(comment)} |" for name, _, comment in rows]
    return [*lines, ""]


def _sentence(text: str) -> str:
    return text.replace("*", r"\*")


def _cell(text: str) -> str:
    return _sentence(text).replace("|", r"\|")


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(data_dictionary(), encoding="utf-8")
