"""The jobs: which assets run together, and how."""

from __future__ import annotations

import dagster as dg

# One process for the orchestration; the text stages use a process pool of their own. Multiprocess execution would add
# about 2.5 s per step.
daily = dg.define_asset_job(
    "daily",
    selection=dg.AssetSelection.all() - dg.AssetSelection.assets("source_profiles"),
    executor_def=dg.in_process_executor,
    description="The whole walk for one landing day or a range: land, clean, tag, count, audit, publish.",
)
