"""The Dagster face of tagging, and of the reference tables that it reads names from."""

import dagster as dg

from assets.declare import RETRIES, SINGLE_RUN, Dateline, days_of, landing_days, preview, show_days, table_asset
from assets.tagging.days import SHOWN

AUTHORITY_TABLES = ("actors", "actor_names", "actor_links", "offices", "office_terms", "themes")
REFERENCE_TABLES = ("sources", *AUTHORITY_TABLES, "corrections")


@dg.multi_asset(
    name="reference",
    specs=[table_asset(name, group="reference") for name in REFERENCE_TABLES],
    retry_policy=RETRIES,
)
def reference(context: dg.AssetExecutionContext, dateline: Dateline):
    """Check the analyst's authority, themes, sources and corrections, and put them on record as tables."""
    from assets.corrections import corrections_table
    from assets.reference import sources_table, write_reference
    from assets.tagging.authority import authority_tables

    tables = {"sources": sources_table(dateline.sources), **authority_tables(dateline.home)}
    tables["corrections"] = corrections_table(dateline.home)
    write_reference(dateline.home, tables)
    for name in REFERENCE_TABLES:
        yield dg.MaterializeResult(
            asset_key=name,
            metadata={"dagster/row_count": tables[name].num_rows, "preview": preview(tables[name])},
        )


@dg.multi_asset(
    name="tag",
    specs=[table_asset(name, group="tagging", upstream=["articles"], partitioned=True) for name in SHOWN],
    partitions_def=landing_days,
    backfill_policy=SINGLE_RUN,
    retry_policy=RETRIES,
)
def tagged_articles(context: dg.AssetExecutionContext, dateline: Dateline):
    """Find who is named, who is quoted and what each article is about, in one pass over its text."""
    from assets.tagging.days import tag_days

    show_days(context, tag_days(dateline.home, days_of(context), dateline.settings.workers))


@dg.multi_asset(
    name="measure_quality",
    specs=[table_asset("quality_scores", group="tagging", upstream=["mentions", "article_themes", "articles"])],
    retry_policy=RETRIES,
)
def quality_scores(context: dg.AssetExecutionContext, dateline: Dateline) -> dg.MaterializeResult:
    """Measure the present rules against the hand-annotated samples."""
    from assets.tagging.gold import measure_quality
    from assets.tagging.quality import summary

    scores = measure_quality(dateline.home, context.log.info)
    return dg.MaterializeResult(
        asset_key="quality_scores",
        metadata={"dagster/row_count": scores.num_rows, "preview": preview(summary(scores), limit=90)},
    )
