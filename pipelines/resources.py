"""What assets are given to work with."""

from __future__ import annotations

from assets.declare import Dateline
from assets.home import Home


def resources() -> dict[str, Dateline]:
    """Return the resources for the installation that DATELINE_HOME and DATELINE_CONFIG name."""
    home = Home.from_environment()
    return {"dateline": Dateline(data=str(home.data), config=str(home.config))}
