"""`make retag DAYS=a...b`: tag landing days again by the present rules, and list the counts that moved.

Belongs here: the command line face. What moved are the queries in `sql/reports/moved_*.sql` over the counts of the
published file before and after.
"""

from __future__ import annotations

import argparse
import sys

import duckdb

from assets.config import ConfigError
from assets.home import Home
from assets.settings import load_settings, parse_days
from assets.statements import statement
from pipelines.prepare import prepare
from pipelines.run import run_job
from pipelines.validation import validate_configuration

REPORTS = (("Actors whose counts moved", "moved_actors"), ("Themes whose counts moved", "moved_themes"))
COUNTS = ("actor_daily", "theme_daily")


def main() -> int:
    """Tag the days that the arguments name again; return the exit code."""
    parser = argparse.ArgumentParser(prog="make retag", description=__doc__)
    parser.add_argument("--days", required=True, help="2022-03-16 or 2022-02-20...2022-04-10 (landing days, UTC)")
    arguments = parser.parse_args()
    home = Home.from_environment()
    try:
        validate_configuration(home)
        first, last = parse_days(arguments.days, load_settings(home).first_day)
    except ConfigError as error:
        print(f"The configuration has mistakes; nothing was run.\n{error}", file=sys.stderr)
        return 2
    if not home.published.exists():
        print("Nothing is published yet: make run", file=sys.stderr)
        return 2
    prepare(home)
    with duckdb.connect() as counts:
        keep_counts(counts, home, "before")
        if not run_job(home, "retag", first, last):
            print("The run failed; the file published before is untouched. `make dev` shows the run.", file=sys.stderr)
            return 1
        keep_counts(counts, home, "after")
        for title, name in REPORTS:
            moved = counts.sql(statement("reports", name))
            print(f"\n{title}")
            moved.show(max_rows=60, max_width=140)
    return 0


def keep_counts(counts: duckdb.DuckDBPyConnection, home: Home, when: str) -> None:
    """Copy the daily counts of the published file into `counts`, as `actor_daily_before` and so on."""
    counts.execute("attach $path as published (read_only)", {"path": str(home.published)})
    for name in COUNTS:
        counts.execute(statement("reports", "keep_counts", the_copy=f"{name}_{when}", the_table=name))
    counts.execute(statement("reports", "keep_counts", the_copy=f"actors_{when}", the_table="actors"))
    counts.execute("detach published")


if __name__ == "__main__":
    sys.exit(main())
