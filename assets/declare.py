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
from assets.record import Record
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
OWNERS = ["team:dateline"]
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
        description=definition.comment,
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
    """Return from which upstream columns each column is taken over: those of the same name (one name, one meaning)."""
    deps = {
        column.name: [
            dg.TableColumnDep(asset_key=other.name, column_name=column.name)
            for other in upstream
            if any(theirs.name == column.name for theirs in other.columns)
        ]
        for column in definition.columns
    }
    return dg.TableColumnLineage({name: found for name, found in deps.items() if found})


def days_of(context: dg.AssetExecutionContext) -> list[date]:
    """Return the landing days that this run is to bring up to date, in order."""
    return sorted(date.fromisoformat(key) for key in context.partition_keys)


def day_range(first: date, last: date) -> list[date]:
    """Return the days from `first` to `last`, both included."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def preview(rows: pa.Table | list[dict[str, Any]], limit: int = 10) -> dg.MarkdownMetadataValue:
    """Return the first rows as a Markdown table; long cells are cut, and markup in them is shown as text."""
    shown = rows[:limit] if isinstance(rows, list) else rows.slice(0, limit).to_pylist()
    if not shown:
        return dg.MetadataValue.md("no rows")
    lines = [" | ".join(shown[0]), " | ".join("---" for _ in shown[0])]
    lines += [" | ".join(_cell(value) for value in row.values()) for row in shown]
    return dg.MetadataValue.md("\n".join(f"| {line} |" for line in lines))


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
