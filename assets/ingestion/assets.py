"""The Dagster face of ingestion."""

from datetime import UTC, datetime

import dagster as dg

from assets.declare import RETRIES, SINGLE_RUN, Dateline, days_of, landing_days, preview, table_asset

PREVIEW = ["source_id", "locator", "declared_title", "declared_published"]


@dg.multi_asset(
    name="land",
    specs=[table_asset("landed_documents", group="ingestion", partitioned=True)],
    partitions_def=landing_days,
    backfill_policy=SINGLE_RUN,
    retry_policy=RETRIES,
)
def landed_documents(context: dg.AssetExecutionContext, dateline: Dateline) -> None:
    """Read every configured source once and land what belongs to the run's days; landing only ever adds."""
    from assets.batches import start_workers_early
    from assets.ingestion.landing import land
    from assets.takedowns import apply_takedowns

    start_workers_early()
    days = days_of(context)
    apply_takedowns(dateline.home)
    land(days, dateline.home, dateline.settings, dateline.sources, datetime.now(UTC), context.log.info)
    for day in days:
        documents = dateline.record.read_day("landed_documents", day, ["byte_count", *PREVIEW])
        context.add_asset_metadata(
            {
                "dagster/partition_row_count": documents.num_rows,
                "bytes": sum(documents["byte_count"].to_pylist()),
                "preview": preview(documents.select(PREVIEW)),
            },
            asset_key="landed_documents",
            partition_key=day.isoformat(),
        )
