"""Making an installation ready: its folders, and Dagster's settings where Dagster looks for them."""

from __future__ import annotations

import shutil

from assets.home import PROJECT, Home


def prepare(home: Home) -> None:
    """Create the folders of `home` and put the project's `dagster.yaml` into Dagster's home."""
    for folder in (home.dagster, home.inbox, home.record, home.state):
        folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(PROJECT / "dagster.yaml", home.dagster / "dagster.yaml")


if __name__ == "__main__":
    prepare(Home.from_environment())
