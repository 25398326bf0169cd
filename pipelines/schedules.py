"""When the jobs run by themselves."""

from datetime import timedelta

import dagster as dg

from assets.declare import landing_days
from assets.home import Home
from assets.settings import load_settings
from pipelines.validation import validate_configuration


def day_range_tags(first: str, last: str) -> dict[str, str]:
    """Return the run tags by which one run covers the landing days from `first` to `last`, and says so."""
    return {
        "dagster/asset_partition_range_start": first,
        "dagster/asset_partition_range_end": last,
        "dateline/what": f"landing day {first}" if first == last else f"landing days {first} to {last}",
    }


@dg.schedule(
    job_name="daily",
    cron_schedule=load_settings(Home.from_environment()).daily.cron,
    execution_timezone="UTC",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Brings the last days up to date once a day; how many, and when, says config/dateline.yaml.",
)
def daily_schedule(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Request one run over the last configured landing days, today included.

    The days before today are there so that a run that crashed yesterday is made up for today.
    """
    home = Home.from_environment()
    validate_configuration(home)
    settings = load_settings(home)
    today = context.scheduled_execution_time.date()
    first = max(today - timedelta(days=settings.daily.days - 1), settings.first_day)
    keys = landing_days.get_partition_keys(current_time=context.scheduled_execution_time)
    first, last = max(first.isoformat(), keys[0]), min(today.isoformat(), keys[-1])
    return dg.RunRequest(
        run_key=f"daily-{last}", tags={**day_range_tags(first, last), "dateline/why": "daily schedule"}
    )
