"""The jobs: which assets run together and how, and the export, which makes no asset."""

import dagster as dg
from pydantic import Field

from assets.coverage.checks import trouble
from assets.declare import Dateline

BY_HAND = {"dateline/why": "started by hand"}  # what starts a run for another reason says so over it

# One process for the orchestration; the text stages use a process pool of their own. Multiprocess execution would add
# about 2.5 s per step.
daily = dg.define_asset_job(
    "daily",
    selection=dg.AssetSelection.all() - dg.AssetSelection.assets("source_profiles"),
    executor_def=dg.in_process_executor,
    tags=BY_HAND,
    description="The whole walk for one landing day or a range: land, clean, tag, count, audit, publish, report. "
    "A range is one run; running a day again is always safe. Nothing needs to be configured.",
)

report_page = dg.define_asset_job(
    "report_page",
    selection=dg.AssetSelection.assets("report"),
    executor_def=dg.in_process_executor,
    tags=BY_HAND,
    description="The report page alone, from the file as it is published: of the last day with news, or of the `day` "
    "in the run's configuration.",
)


class ExportConfig(dg.Config):
    """Where to, and in which formats. Nothing needs to be filled in."""

    folder: str | None = Field(default=None, description="A folder; left out, `export` beside the published file.")
    formats: list[str] = Field(
        default=["parquet", "csv"], description="Any of parquet, csv (every table) and ninjs (the articles)."
    )


@dg.op(out=dg.Out(dg.Nothing))
def copy_published_file(context: dg.OpExecutionContext, config: ExportConfig, dateline: Dateline) -> None:
    """Write the published file's tables to a folder, in formats that need no DuckDB."""
    from pathlib import Path

    from assets.report.exports import export as write_export

    folder = Path(config.folder) if config.folder else dateline.home.data / "export"
    try:
        written = write_export(dateline.home, folder, config.formats)
    except (ValueError, FileExistsError) as error:
        raise dg.Failure(str(error), allow_retries=False) from None
    context.add_output_metadata(
        {
            "folder": dg.MetadataValue.path(written.folder),
            "files": len(written.rows),
            "rows": sum(written.rows.values()),
        }
    )


@dg.job(
    executor_def=dg.in_process_executor,
    tags=BY_HAND,
    description="Copies the published file to a folder as Parquet and CSV, or the articles as ninjs.",
)
def export() -> None:
    """Copy the published file."""
    copy_published_file()


TAGGED = ("mentions", "quotes", "article_themes", "theme_evidence")
REFERENCE = ("sources", "actors", "actor_names", "actor_links", "offices", "office_terms", "themes", "corrections")

# What is downstream of tags, and the tables that tags are read from; articles stay as they are.
retag = dg.define_asset_job(
    "retag",
    selection=(
        dg.AssetSelection.assets(*TAGGED).downstream().required_multi_asset_neighbors()
        | dg.AssetSelection.assets(*REFERENCE)
        | dg.AssetSelection.checks(trouble)
    ),
    executor_def=dg.in_process_executor,
    description="Tag landing days again by the present rules, count what that moves, audit and publish.",
)
