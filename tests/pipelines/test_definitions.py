"""The code location: it loads light, and holds the walk, group by group."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import dagster as dg
import pytest

from assets.declare import COUNTED_FROM
from assets.home import PROJECT
from assets.tables import all_tables

WALK = {
    "1_ingestion": {"landed_documents"},
    "2_cleaning": {"articles", "article_repairs", "rejected_documents", "reprint_groups", "source_profiles"},
    "3_tagging": {"mentions", "quotes", "article_themes", "theme_evidence", "quality_scores"},
    "0_reference": {
        "sources",
        "actors",
        "actor_names",
        "actor_links",
        "offices",
        "office_terms",
        "themes",
        "corrections",
    },
    "4_coverage": {
        "actor_daily",
        "actor_source_daily",
        "article_actors",
        "theme_daily",
        "theme_source_daily",
        "actor_theme_daily",
        "actor_pair_daily",
        "day_totals",
        "source_daily",
        "actor_shifts",
        "theme_shifts",
        "pair_shifts",
        "stories",
        "story_articles",
        "story_episodes",
        "story_actors",
        "story_themes",
        "warehouse_candidate",
    },
    "5_published": {"warehouse", "report"},
}


@pytest.fixture(scope="module")
def definitions() -> dg.Definitions:
    from pipelines.definitions import defs

    return defs


def test_the_definitions_can_be_loaded(definitions: dg.Definitions) -> None:
    dg.Definitions.validate_loadable(definitions)


def test_the_assets_stand_in_the_groups_of_the_walk(definitions: dg.Definitions) -> None:
    groups: dict[str, set[str]] = {}
    for spec in definitions.resolve_all_asset_specs():
        groups.setdefault(spec.group_name, set()).add(spec.key.to_user_string())
    assert groups == WALK


def test_every_asset_describes_itself(definitions: dg.Definitions) -> None:
    tables = {table.name for table in all_tables()}
    for spec in definitions.resolve_all_asset_specs():
        name = spec.key.to_user_string()
        assert spec.description, name
        assert spec.owners and spec.kinds and spec.code_version, name
        if name in tables:
            schema = spec.metadata["dagster/column_schema"]
            assert all(column.description for column in schema.columns), name


def test_counts_lead_back_to_the_columns_they_are_counted_from(definitions: dg.Definitions) -> None:
    columns = {table.name: {column.name for column in table.columns} for table in all_tables()}
    for origins in COUNTED_FROM.values():
        assert all(column in columns[name] for name, column in origins)
    specs = {spec.key.to_user_string(): spec for spec in definitions.resolve_all_asset_specs()}
    lineage = specs["actor_daily"].metadata["dagster/column_lineage"].deps_by_column
    of = {
        name: {f"{dep.asset_key.to_user_string()}.{dep.column_name}" for dep in deps} for name, deps in lineage.items()
    }
    assert of["articles"] == {"articles.article_id"}
    assert of["independent_articles"] == {"reprint_groups.reprint_group_id"}
    assert of["published_on"] == {"articles.published_on"}
    for name in ("actor_daily", "theme_daily", "actor_pair_daily", "day_totals", "source_daily"):
        spec = specs[name]
        without = columns[name] - spec.metadata["dagster/column_lineage"].deps_by_column.keys()
        assert without <= {"gap", "outcome", "detail"}, name  # those are decided from several tables together


def test_an_export_can_be_started_without_configuration(definitions: dg.Definitions) -> None:
    fields = definitions.resolve_job_def("export").run_config_schema.config_type.fields
    assert not fields["ops"].is_required


def test_importing_the_definitions_loads_no_heavy_library() -> None:
    heavy = "{'pandas', 'pyarrow', 'duckdb', 'trafilatura', 'matplotlib', 'wordfreq'}"
    loaded = subprocess.run(
        [sys.executable, "-c", f"import pipelines.definitions, sys; print(sorted({heavy} & set(sys.modules)))"],
        capture_output=True,
        text=True,
        cwd=PROJECT,
        check=True,
    )
    assert loaded.stdout.strip() == "[]"


def test_rooms_import_no_dagster_but_in_their_faces_and_never_the_pipelines() -> None:
    for path in (PROJECT / "assets").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        assert "import pipelines" not in source and "from pipelines" not in source, path
        if path.name not in ("assets.py", "checks.py", "declare.py"):
            assert "import dagster" not in source and "from dagster" not in source, path


def test_the_daily_schedule_asks_for_the_last_days_as_one_run(definitions: dg.Definitions) -> None:
    context = dg.build_schedule_context(scheduled_execution_time=datetime(2022, 3, 16, 5, 30, tzinfo=UTC))
    requests = definitions.resolve_schedule_def("daily_schedule").evaluate_tick(context).run_requests
    assert [
        (request.tags["dagster/asset_partition_range_start"], request.tags["dagster/asset_partition_range_end"])
        for request in requests
    ] == [("2022-03-14", "2022-03-16")]
