"""Making an installation ready: its folders, and Dagster's settings where Dagster looks for them."""

from __future__ import annotations

import shutil
import sys
from urllib.parse import unquote

from assets.config import ConfigError
from assets.home import PROJECT, Home


def prepare(home: Home) -> None:
    """Create the folders of `home` and put the project's `dagster.yaml` into Dagster's home; raise ConfigError."""
    path = str(home.dagster)
    if "?" in path or unquote(path) != path:  # it goes through an address, which reads these as something else
        raise ConfigError(f"{path}: Dagster cannot keep its database there; choose a DATELINE_HOME without '?' and '%'")
    for folder in (home.dagster, home.inbox, home.record, home.state):
        folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(PROJECT / "dagster.yaml", home.dagster / "dagster.yaml")


if __name__ == "__main__":
    try:
        prepare(Home.from_environment())
    except ConfigError as error:
        sys.exit(str(error))
