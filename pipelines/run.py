"""`make run`: bring a range of landing days up to date in one Dagster run, and print what was found.

Belongs here: the command line face. What is printed are the queries in `sql/reports/` on the published file.
"""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from datetime import UTC, date, datetime
from pathlib import Path

from assets.batches import start_workers_early
from assets.config import ConfigError
from assets.home import PROJECT, Home
from assets.settings import load_settings, load_sources, parse_days
from assets.tables import SQL
from pipelines.prepare import prepare
from pipelines.validation import validate_configuration


def main() -> int:
    """Run the days that the arguments name; return the exit code."""
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--days", help="2022-03-16 or 2022-02-20...2022-04-10 (landing days, UTC)")
    arguments = parser.parse_args()
    home = Home.from_environment()
    start_workers_early()
    try:
        validate_configuration(home)
        settings = load_settings(home)
        first, last = parse_days(arguments.days or settings.run_days or _today().isoformat(), settings.first_day)
        prepare(home)
    except ConfigError as error:
        print(f"The configuration has mistakes; nothing was run.\n{error}", file=sys.stderr)
        return 2
    ranges = [(first, last)]
    if not first <= _today() <= last and _lands_today(home):
        ranges.append((_today(), _today()))
        print(f"Some sources land on the day they are fetched: today, {_today()}, is brought up to date as well.")
    for start, end in ranges:
        if not run_job(home, "daily", start, end):
            print("The run failed; the file published before is untouched. `make dev` shows the run.", file=sys.stderr)
            return 1
    _print_report(home, settings.counting.mention_confidence)
    return 0


def _today() -> date:
    return datetime.now(UTC).date()


def _lands_today(home: Home) -> bool:
    from assets.ingestion.inbox import waiting_files

    return bool(waiting_files(home)) or any(source.lands_on == "fetched" for source in load_sources(home).values())


def run_job(home: Home, job: str, first: date, last: date) -> bool:
    """Execute a job over the landing days from `first` to `last` as one run; return whether it succeeded."""
    os.environ["DAGSTER_HOME"] = str(home.dagster)
    warnings.filterwarnings("ignore", module="dagster")
    import dagster as dg

    from pipelines.definitions import defs
    from pipelines.schedules import day_range_tags

    why = "make run" if job == "daily" else f"make {job}"
    with dg.DagsterInstance.get() as instance:
        result = defs.resolve_job_def(job).execute_in_process(
            instance=instance,
            tags={**day_range_tags(first.isoformat(), last.isoformat()), "dateline/why": why},
            run_config={"loggers": {"console": {"config": {"log_level": "INFO"}}}},
            raise_on_error=False,
        )
    return result.success


def _print_report(home: Home, mention_confidence: float) -> None:
    import duckdb

    with duckdb.connect(str(home.published), read_only=True) as connection:
        (since, until), *_ = connection.execute(
            "select min(published_on), max(published_on) from articles where is_current"
        ).fetchall()
        days = {"since": since, "until": until}
        for title, name, parameters in (
            ("Articles per source", "articles_per_source", {}),
            (
                f"Actors in most articles, {since} to {until}",
                "top_actors",
                {**days, "mention_confidence": mention_confidence},
            ),
            (f"Themes of most articles, {since} to {until}", "top_themes", days),
            ("Rejected, and why", "rejected", {}),
            ("Accuracy on the gold samples", "accuracy", {}),
        ):
            print(f"\n{title}")
            query = (SQL / "reports" / f"{name}.sql").read_text(encoding="utf-8")
            connection.sql(query, params=parameters).show(max_rows=60, max_width=140)
    print(
        f"\nThe file:   {_short(home.published)}\n"
        f"The report: {_short(home.report / 'index.html')}\n"
        "Try:        make sql        then  from actor_timeline('Ilham Aliyev') where articles > 0;\n"
        "                                  from evidence('Antony Blinken', date '2022-03-16');\n"
        "            make dev        the Dagster UI, with the daily schedule and the inbox sensor\n"
        f"            {_short(home.inbox)}/   drop a page there while `make dev` runs"
    )


def _short(path: Path) -> str:
    return str(path.relative_to(PROJECT)) if path.is_relative_to(PROJECT) else str(path)


if __name__ == "__main__":
    sys.exit(main())
