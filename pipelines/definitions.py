"""The code location: every asset, check, job, schedule, sensor and resource, put together. No logic here."""

from __future__ import annotations

import dagster as dg

from assets.cleaning import assets as cleaning
from assets.coverage import assets as coverage
from assets.coverage import checks as coverage_checks
from assets.home import Home
from assets.ingestion import assets as ingestion
from assets.report import assets as report
from assets.tagging import assets as tagging
from pipelines.jobs import daily, export, report_page, retag
from pipelines.resources import resources
from pipelines.schedules import daily_schedule
from pipelines.sensors import inbox_sensor


def build_definitions(home: Home) -> dg.Definitions:
    """Return the whole code location, working on the installation `home`."""
    return dg.Definitions(
        assets=dg.load_assets_from_modules([ingestion, cleaning, tagging, coverage, report]),
        asset_checks=dg.load_asset_checks_from_modules([coverage_checks]),
        jobs=[daily, report_page, export, retag],
        schedules=[daily_schedule],
        sensors=[inbox_sensor],
        resources=resources(home),
        executor=dg.in_process_executor,
    )


defs = build_definitions(Home.from_environment())
