"""Counting publication days: the coverage tables, made anew for the days that a change touches.

Days are counted in blocks: one statement per table and block is what makes counting fast, and the block's size bounds
the memory that it takes.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from assets.coverage.spans import day_runs
from assets.settings import Settings
from assets.statements import statement

if TYPE_CHECKING:
    import duckdb

# Tables with rows by publication day, each filled by the statement of its name in sql/coverage/.
COVERAGE = (
    "article_actors",
    "actor_daily",
    "actor_source_daily",
    "theme_daily",
    "theme_source_daily",
    "actor_theme_daily",
    "actor_pair_daily",
    "day_totals",
)
_DAYS_IN_BLOCK = 100


def renew_coverage(connection: duckdb.DuckDBPyConnection, settings: Settings, *, fresh: bool) -> tuple[date, ...]:
    """Count the touched publication days anew; return them."""
    connection.execute(statement("build", "published_days"))
    days = tuple(day for (day,) in connection.execute(statement("build", "read_published_days")).fetchall())
    for start in range(0, len(days), _DAYS_IN_BLOCK):
        _count(connection, days[start : start + _DAYS_IN_BLOCK], settings, fresh=fresh)
    return days


def _count(connection: duckdb.DuckDBPyConnection, days: tuple[date, ...], settings: Settings, *, fresh: bool) -> None:
    connection.execute(statement("build", "count_tables"))
    connection.execute(statement("build", "insert_days"), {"days": list(days)})
    connection.execute(statement("build", "insert_day_articles"))
    landed = day_runs(day for (day,) in connection.execute(statement("build", "landing_days_of_block")).fetchall())
    confidence = {"mention_confidence": settings.counting.mention_confidence}
    for first, last in landed:
        connection.execute(statement("build", "insert_day_named"), {"first": first, "last": last})
    connection.execute(statement("build", "insert_day_actors"))
    for first, last in landed:
        connection.execute(statement("build", "insert_day_mentions"), {"first": first, "last": last, **confidence})
        connection.execute(statement("build", "insert_day_themes"), {"first": first, "last": last})
    connection.execute(statement("build", "insert_day_article_actors"))
    for name in COVERAGE:
        if not fresh:
            for first, last in day_runs(days):
                delete = statement("build", "delete_published_days", the_table=name)
                connection.execute(delete, {"first": first, "last": last})
        connection.execute(statement("coverage", name))
