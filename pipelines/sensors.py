"""What starts a run when something happens."""

import hashlib
from datetime import UTC, datetime

import dagster as dg

from assets.home import Home
from pipelines.validation import validate_configuration


@dg.sensor(
    job_name="daily",
    minimum_interval_seconds=15,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Runs today's landing day when new files lie in the inbox folder.",
)
def inbox_sensor(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Request a run for today when the inbox holds files; the run moves them away once they are landed."""
    from assets.ingestion.inbox import waiting_files

    home = Home.from_environment()
    home.inbox.mkdir(parents=True, exist_ok=True)
    waiting = waiting_files(home)
    if not waiting:
        return dg.SkipReason(f"no new files in {home.inbox}")
    validate_configuration(home)
    # The same files seen again while their run is under way give the same key, and so no second run.
    seen = hashlib.sha256("\n".join(f"{path}:{path.stat().st_mtime_ns}" for path in waiting).encode()).hexdigest()[:16]
    today = datetime.now(UTC).date().isoformat()
    return dg.RunRequest(
        run_key=f"inbox-{today}-{seen}",
        partition_key=today,
        tags={
            "dateline/what": f"landing day {today}",
            "dateline/why": f"{len(waiting)} new {'file' if len(waiting) == 1 else 'files'} in the inbox",
        },
    )
