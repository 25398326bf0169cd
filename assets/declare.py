"""What every Dagster face shares: the partitions, the resource, and how an asset describes itself.

Belongs here: the landing-day partitions, the `Dateline` resource, and the small helpers by which assets take their
description, column schema and lineage from `sql/tables/`.
Does not belong here: any work on documents.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dagster as dg

from assets.home import Home
from assets.record import Glimpse, Record
from assets.settings import Settings, Source, load_settings, load_sources
from assets.tables import Table, table

if TYPE_CHECKING:
    import pyarrow as pa

# The groups in the order of the walk: the UI sorts them by name.
GROUPS = {
    "reference": "0_reference",
    "ingestion": "1_ingestion",
    "cleaning": "2_cleaning",
    "tagging": "3_tagging",
    "coverage": "4_coverage",
    "published": "5_published",
}
# Columns that are counted from a column of another name, for the lineage: (table, column) by column.
COUNTED_FROM = {
    "articles": [("articles", "article_id")],
    "independent_articles": [("reprint_groups", "reprint_group_id")],
    "tagged": [("articles", "tagged")],
    "sources": [("articles", "source_id")],
    "mentions": [("mentions", "actor_id")],
    "quotes": [("quotes", "speaker_actor_id")],
    "share": [("articles", "article_id"), ("articles", "tagged")],
    "other_actor_id": [("mentions", "actor_id")],
    "sentences": [("mentions", "sentence_start_char")],
    "same_sentence_articles": [("mentions", "sentence_start_char")],
    "landed": [("landed_documents", "document_id")],
    "fetched": [("landed_documents", "document_id"), ("rejected_documents", "document_id")],
    "rejected": [("rejected_documents", "document_id")],
    "undated": [("articles", "published_on")],
    "duplicate": [("landed_documents", "document_id"), ("articles", "document_id")],
    "observed": [
        ("actor_source_daily", "independent_articles"),
        ("theme_source_daily", "independent_articles"),
        ("actor_pair_daily", "independent_articles"),
    ],
    "expected": [
        ("landed_documents", "landed_on"),
        ("actor_source_daily", "independent_articles"),
        ("theme_source_daily", "independent_articles"),
        ("actor_pair_daily", "independent_articles"),
    ],
    "started_on": [("articles", "published_on")],
    "ended_on": [("articles", "published_on")],
    "label": [("articles", "title")],
}
OWNERS = ["team:dateline"]
SHOWN_IN_PLACE = 1000  # characters of Markdown that the UI shows without a click
WAREHOUSE_POOL = "warehouse"
SINGLE_RUN = dg.BackfillPolicy.single_run()
# A step that fails on a full disk or a lost connection may succeed a moment later; a mistake in config/ never does.
RETRIES = dg.RetryPolicy(max_retries=1, delay=5)
# The daily schedule brings these up to date; half a day late is a warning, a day late a failure.
FRESH_DAILY = dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=48), warn_window=timedelta(hours=36))

# The partitions need the configured first day when the code is loaded; everything else is read inside the assets.
landing_days = dg.DailyPartitionsDefinition(
    start_date=load_settings(Home.from_environment()).first_day.isoformat(),
    end_offset=1,  # the current UTC day is a partition too: documents fetched now land on it
)


class Dateline(dg.ConfigurableResource):
    """The installation that assets work on: its data folder and its configuration folder."""

    data: str
    config: str

    @property
    def home(self) -> Home:
        """The folders."""
        return Home(Path(self.data), Path(self.config))

    @property
    def record(self) -> Record:
        """The Parquet record."""
        return Record(self.home.record)

    @property
    def settings(self) -> Settings:
        """`config/dateline.yaml`, read anew."""
        return load_settings(self.home)

    @property
    def sources(self) -> dict[str, Source]:
        """`config/sources.yaml`, read anew, by source id."""
        return load_sources(self.home)


def table_asset(
    name: str,
    *,
    group: str,
    upstream: Iterable[str] = (),
    kinds: Iterable[str] = ("python", "parquet"),
    code_version: str = "1",
    partitioned: bool = False,
) -> dg.AssetSpec:
    """Return the spec of the asset that makes table `name`, described by its file in `sql/tables/`."""
    definition = table(name)
    upstream = tuple(upstream)
    return dg.AssetSpec(
        name,
        deps=upstream,
        description=f"{definition.comment}\n\nIn the [published file](/assets/warehouse): `from {name}`.",
        tags=_clock(definition),
        group_name=GROUPS[group],
        owners=OWNERS,
        kinds=set(kinds),
        code_version=code_version,
        partitions_def=landing_days if partitioned else None,
        metadata={
            "dagster/column_schema": column_schema(definition),
            "dagster/column_lineage": column_lineage(definition, [table(one) for one in upstream if _is_table(one)]),
            "dagster/relation_identifier": f"dateline.main.{name}",
        },
    )


def column_schema(definition: Table) -> dg.TableSchema:
    """Return the columns of a table with types, nullability and descriptions."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                column.name,
                type=column.duckdb_type,
                description=column.comment,
                constraints=dg.TableColumnConstraints(nullable=column.nullable),
            )
            for column in definition.columns
        ]
    )


def column_lineage(definition: Table, upstream: list[Table]) -> dg.TableColumnLineage:
    """Return from which upstream columns each column comes.

    Those of the same name (one name, one meaning), and for counts those that are counted.
    """
    theirs = {other.name: {column.name for column in other.columns} for other in upstream}
    deps: dict[str, list[dg.TableColumnDep]] = {}
    for column in definition.columns:
        same = [(name, column.name) for name, columns in theirs.items() if column.name in columns]
        counted = [(name, counts) for name, counts in COUNTED_FROM.get(column.name, ()) if name in theirs]
        deps[column.name] = [
            dg.TableColumnDep(asset_key=name, column_name=of) for name, of in dict.fromkeys([*same, *counted])
        ]
    return dg.TableColumnLineage({name: found for name, found in deps.items() if found})


def _clock(definition: Table) -> dict[str, str]:
    """Return the tag that tells by which of the two clocks a table's days run; none where it has no days."""
    columns = {column.name for column in definition.columns}
    for column, clock in (("landed_on", "landing-day"), ("published_on", "publication-day")):
        if column in columns:
            return {"dateline/days": clock}
    return {}


def days_of(context: dg.AssetExecutionContext) -> list[date]:
    """Return the landing days that this run is to bring up to date, in order."""
    return sorted(date.fromisoformat(key) for key in context.partition_keys)


def show_days(context: dg.AssetExecutionContext, days: Iterable[tuple[date, dict[str, Glimpse]]]) -> None:
    """Show each day's tables in the UI as soon as they are written."""
    for day, tables in days:
        for name, glimpse in tables.items():
            context.add_asset_metadata(
                {"dagster/partition_row_count": glimpse.row_count, "preview": preview(glimpse.rows)},
                asset_key=name,
                partition_key=day.isoformat(),
            )


def day_range(first: date, last: date) -> list[date]:
    """Return the days from `first` to `last`, both included."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def preview(rows: pa.Table | list[dict[str, Any]], limit: int | None = None) -> dg.MarkdownMetadataValue:
    """Return the first rows as a Markdown table; long cells are cut, and markup in them is shown as text.

    Without a limit, as many of ten rows as the UI shows in place instead of behind a button.
    """
    shown = rows[: limit or 10] if isinstance(rows, list) else rows.slice(0, limit or 10).to_pylist()
    if not shown:
        return dg.MetadataValue.md("no rows")
    lines = [" | ".join(shown[0]), " | ".join("---" for _ in shown[0])]
    lines += [" | ".join(_cell(value) for value in row.values()) for row in shown]
    text = "\n".join(f"| {line} |" for line in lines)
    while limit is None and len(text) >= SHOWN_IN_PLACE and len(lines) > 3:
        lines.pop()
        text = "\n".join(f"| {line} |" for line in lines)
    return dg.MetadataValue.md(text)


def picture(png: bytes, title: str) -> dg.MarkdownMetadataValue:
    """Return a PNG as Markdown that holds the picture itself."""
    return dg.MetadataValue.md(f"![{title}](data:image/png;base64,{base64.b64encode(png).decode()})")


def _cell(value: Any) -> str:
    if isinstance(value, bytes):
        return f"{len(value):,} bytes"
    text = "" if value is None else str(value)
    text = text if len(text) <= 80 else f"{text[:79]}…"
    for mark, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("|", "&#124;"), ("\n", " "), ("`", "&#96;")):
        text = text.replace(mark, entity)
    for mark in "*_[]!":
        text = text.replace(mark, f"\\{mark}")
    return text


def _is_table(name: str) -> bool:
    try:
        table(name)
    except FileNotFoundError:
        return False
    return True
