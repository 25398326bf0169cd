"""The Dagster face of the report."""

from datetime import date

import dagster as dg
from pydantic import Field

from assets.declare import FRESH_DAILY, GROUPS, OWNERS, RETRIES, Dateline, preview


class ReportConfig(dg.Config):
    """Which day the page is about. Nothing needs to be filled in."""

    day: str | None = Field(
        default=None,
        description="Publication day as YYYY-MM-DD; left out, the last day on which there is an article.",
    )


@dg.asset(
    deps=["warehouse"],
    group_name=GROUPS["published"],
    owners=OWNERS,
    kinds={"html", "duckdb"},
    code_version="1",
    freshness_policy=FRESH_DAILY,
    retry_policy=RETRIES,
)
def report(context: dg.AssetExecutionContext, config: ReportConfig, dateline: Dateline) -> dg.MaterializeResult:
    """A page for people who use no SQL: a day and its week and month, with the sentences behind the numbers.

    Made from the published [warehouse](/assets/warehouse). One HTML file that needs no network: it can be mailed,
    printed, or read on a phone. The page of the latest day is `index.html`; how many days keep one says
    `config/dateline.yaml`. For another day, materialize with `day` set in the run's configuration.
    """
    from assets.report.pages import NothingToReport, write_report

    try:
        day = date.fromisoformat(config.day) if config.day else None
        written = write_report(dateline.home, day, dateline.settings.report.pages)
    except (NothingToReport, ValueError) as error:
        if config.day:
            raise dg.Failure(f"No page for day {config.day!r}: {error}.", allow_retries=False) from None
        return dg.MaterializeResult(metadata={"pages": 0, "why": str(error)})
    context.log.info(f"Pages written: {', '.join(map(str, written.written)) or 'none; all said the same already'}.")
    return dg.MaterializeResult(
        metadata={
            "open": dg.MetadataValue.path(written.page),
            "address": dg.MetadataValue.url(written.page.as_uri()),
            "latest": dg.MetadataValue.url(written.index.as_uri()),
            "day": written.day.isoformat(),
            "articles": written.contents.totals["articles"],
            "pages": len(written.kept),
            "actors of the day": preview(
                [
                    {"actor": row["name"], "articles": row["articles"], "no copies": row["independent_articles"]}
                    for row in written.contents.actors
                ]
            ),
        }
    )
