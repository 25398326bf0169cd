"""The Dagster face of cleaning."""

import dagster as dg

from assets.cleaning.days import SHOWN
from assets.declare import (
    RETRIES,
    SINGLE_RUN,
    WAREHOUSE_POOL,
    Dateline,
    days_of,
    landing_days,
    preview,
    show_days,
    table_asset,
)


@dg.multi_asset(
    name="clean",
    specs=[table_asset(name, group="cleaning", upstream=["landed_documents"], partitioned=True) for name in SHOWN],
    partitions_def=landing_days,
    backfill_policy=SINGLE_RUN,
    retry_policy=RETRIES,
)
def cleaned_articles(context: dg.AssetExecutionContext, dateline: Dateline):
    """Turn each landed document into an article, or into a row that says why it is none."""
    from assets.cleaning.days import clean_days

    show_days(context, clean_days(dateline.home, days_of(context), dateline.settings.workers))


@dg.multi_asset(
    name="group_reprints",
    specs=[table_asset("reprint_groups", group="cleaning", upstream=["articles"])],
    retry_policy=RETRIES,
    pool=WAREHOUSE_POOL,
)
def reprint_groups(context: dg.AssetExecutionContext, dateline: Dateline) -> dg.MaterializeResult:
    """Find the articles that are copies of one text, over all landing days."""
    from assets.cleaning.reprints import group_reprints
    from assets.reference import read_reprint_groups

    group_reprints(dateline.home, dateline.settings)
    groups = read_reprint_groups(dateline.home)
    copies = groups.filter(groups["linked_to"].is_valid())
    return dg.MaterializeResult(
        asset_key="reprint_groups",
        metadata={"dagster/row_count": groups.num_rows, "copies": copies.num_rows, "preview": preview(copies)},
    )


@dg.multi_asset(
    name="learn_source_profiles",
    specs=[table_asset("source_profiles", group="cleaning", upstream=["landed_documents"], kinds=("sql", "parquet"))],
    retry_policy=RETRIES,
)
def source_profiles(context: dg.AssetExecutionContext, dateline: Dateline) -> dg.MaterializeResult:
    """Learn what repeats in each source, and how its texts are damaged. Not in the daily job: materialize by hand."""
    from assets.cleaning.profiles import learn_profiles

    learned = learn_profiles(dateline.home)
    return dg.MaterializeResult(
        asset_key="source_profiles",
        metadata={"dagster/row_count": learned.num_rows, "preview": preview(learned, limit=40)},
    )
