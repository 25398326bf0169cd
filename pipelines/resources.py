"""What assets are given to work with."""

from __future__ import annotations

from assets.declare import Dateline
from assets.home import Home


def resources(home: Home) -> dict[str, Dateline]:
    """Return the resources for the installation `home`."""
    return {"dateline": Dateline(data=str(home.data), config=str(home.config))}
