"""The Dagster face of coverage: the candidate with its coverage tables, and the published file."""

import dagster as dg

from assets.declare import FRESH_DAILY, GROUPS, OWNERS, RETRIES, WAREHOUSE_POOL, Dateline, picture, preview, table_asset

FACTS = ("articles", "article_repairs", "mentions", "quotes", "article_themes", "theme_evidence", "reprint_groups")
LEDGER = ("landed_documents", "rejected_documents", "articles", "sources")
REFERENCE = ("sources", "actors", "actor_names", "actor_links", "offices", "office_terms", "themes")
REFERENCE += ("corrections", "quality_scores")

STORY_FACTS = ("articles", "reprint_groups", "mentions", "article_themes")

UPSTREAM = {
    "article_actors": ("articles", "mentions", "quotes", "reprint_groups"),
    "actor_daily": ("articles", "mentions", "quotes", "reprint_groups"),
    "actor_source_daily": ("articles", "mentions", "reprint_groups"),
    "theme_daily": ("articles", "article_themes", "reprint_groups"),
    "theme_source_daily": ("articles", "article_themes", "reprint_groups"),
    "actor_theme_daily": ("articles", "mentions", "article_themes", "reprint_groups"),
    "actor_pair_daily": ("articles", "mentions", "reprint_groups"),
    "day_totals": ("articles", "reprint_groups"),
    "source_daily": LEDGER,
    "actor_shifts": ("articles", "actor_source_daily"),
    "theme_shifts": ("articles", "theme_source_daily"),
    "pair_shifts": ("articles", "actor_pair_daily"),
    "stories": STORY_FACTS,
    "story_articles": STORY_FACTS,
    "story_episodes": STORY_FACTS,
    "story_actors": STORY_FACTS,
    "story_themes": STORY_FACTS,
}

SQL_KINDS = ("sql", "duckdb")


@dg.multi_asset(
    name="build_candidate",
    specs=[
        *(
            table_asset(name, group="coverage", upstream=upstream, kinds=SQL_KINDS)
            for name, upstream in UPSTREAM.items()
        ),
        dg.AssetSpec(
            "warehouse_candidate",
            deps=sorted({*UPSTREAM, *FACTS, *LEDGER, *REFERENCE}),
            description="The DuckDB file being built: reference, facts, coverage, views, macros and comments. "
            "Only the pipeline opens it; its blocking checks decide whether it is published as "
            "[warehouse](/assets/warehouse).",
            group_name=GROUPS["coverage"],
            owners=OWNERS,
            kinds={"duckdb"},
            code_version="1",
        ),
    ],
    retry_policy=RETRIES,
    pool=WAREHOUSE_POOL,
)
def warehouse_candidate(context: dg.AssetExecutionContext, dateline: Dateline):
    """Bring the candidate up to date for what changed in the record, in one transaction."""
    from assets.coverage.candidate import build_candidate
    from assets.coverage.views import asset_views

    report = build_candidate(dateline.home, dateline.settings, context.log.info)
    days = report.touched_published_days, report.changed_landing_days
    views = asset_views(dateline.home, tuple(UPSTREAM), *days, dateline.settings.workers)
    for name, view in views.items():
        yield dg.MaterializeResult(
            asset_key=name,
            metadata={
                "dagster/row_count": view.row_count,
                "preview": preview(view.sample),
                **{title: picture(png, title) for title, png in view.pictures.items()},
            },
        )
    yield dg.MaterializeResult(
        asset_key="warehouse_candidate",
        metadata={
            "snapshot": report.snapshot_id,
            "landing days changed": len(report.changed_landing_days),
            "publication days redone": len(report.touched_published_days),
            "dagster/uri": dateline.home.candidate.as_uri(),
        },
    )


@dg.asset(
    deps=["warehouse_candidate"],
    group_name=GROUPS["published"],
    freshness_policy=FRESH_DAILY,
    owners=OWNERS,
    kinds={"duckdb"},
    code_version="1",
    retry_policy=RETRIES,
    pool=WAREHOUSE_POOL,
)
def warehouse(context: dg.AssetExecutionContext, dateline: Dateline) -> dg.MaterializeResult:
    """The DuckDB file that readers open: the audited [candidate](/assets/warehouse_candidate), renamed into its place.

    Readers that hold the file open keep what they have and see the new data when they connect again. Open it
    read-only: `docs/sql-clients.md` says how, client by client.
    """
    from assets.coverage.publish import publish
    from assets.takedowns import mark_carried_through

    report = publish(dateline.home)
    mark_carried_through(dateline.home)
    return dg.MaterializeResult(
        metadata={
            "dagster/uri": dateline.home.published.as_uri(),
            "snapshot": report.snapshot_id,
            "published anew": report.replaced,
            "bytes": report.byte_count,
            "open it": dg.MetadataValue.md(f"`duckdb -readonly {dateline.home.published}`"),
        },
    )
