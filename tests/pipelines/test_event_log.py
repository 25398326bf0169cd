"""The event log keeps its connections, and is otherwise Dagster's own."""

from pathlib import Path

import dagster as dg
import pytest
from dagster._core.storage.event_log import SqliteEventLogStorage

from assets.home import PROJECT, Home
from pipelines.event_log import KEPT, KeptConnectionsEventLog
from pipelines.prepare import prepare

DAYS = dg.DailyPartitionsDefinition("2022-03-01", end_date="2022-03-04")


@dg.asset(partitions_def=DAYS, backfill_policy=dg.BackfillPolicy.single_run())
def harbour(context: dg.AssetExecutionContext) -> None:
    """Tell something of each day."""
    for key in context.partition_keys:
        context.add_asset_metadata({"day": key}, partition_key=key)


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dg.DagsterInstance:
    home = Home(tmp_path, PROJECT / "config")
    prepare(home)
    monkeypatch.setenv("DAGSTER_HOME", str(home.dagster))
    with dg.DagsterInstance.get() as instance:
        yield instance


def run(instance: dg.DagsterInstance) -> str:
    job = dg.Definitions(assets=[harbour], jobs=[dg.define_asset_job("job")]).resolve_job_def("job")
    tags = {"dagster/asset_partition_range_start": "2022-03-01", "dagster/asset_partition_range_end": "2022-03-03"}
    return job.execute_in_process(instance=instance, tags=tags).run_id


def test_dagster_reads_what_it_wrote(instance: dg.DagsterInstance, tmp_path: Path) -> None:
    assert isinstance(instance.event_log_storage, KeptConnectionsEventLog)
    runs = [run(instance) for _ in range(KEPT + 2)]  # more files than are kept open
    dagsters = SqliteEventLogStorage(str(tmp_path / "dagster" / "history" / "runs"))
    for run_id in runs:
        told = [entry.dagster_event_type for entry in instance.event_log_storage.get_logs_for_run(run_id)]
        assert told.count(dg.DagsterEventType.ASSET_MATERIALIZATION) == 3
        assert told == [entry.dagster_event_type for entry in dagsters.get_logs_for_run(run_id)]
    for log in (instance.event_log_storage, dagsters):
        assert log.get_materialized_partitions(harbour.key) == {"2022-03-01", "2022-03-02", "2022-03-03"}


def test_a_deleted_run_and_a_wiped_log_are_gone(instance: dg.DagsterInstance) -> None:
    first, second = run(instance), run(instance)
    instance.delete_run(first)
    assert not instance.event_log_storage.get_logs_for_run(first)
    assert instance.event_log_storage.get_logs_for_run(second)
    instance.event_log_storage.wipe()
    assert not instance.event_log_storage.get_logs_for_run(second)
    assert run(instance)
