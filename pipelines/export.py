"""`make export`: copy the published file to a folder, in formats that need no DuckDB.

Belongs here: the command line face.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from assets.home import Home
from assets.report.exports import FORMATS, export


def main() -> int:
    """Export as the arguments say; return the exit code."""
    parser = argparse.ArgumentParser(prog="make export", description=__doc__)
    parser.add_argument("folder", type=Path, help="where to; made where there is none")
    parser.add_argument("--formats", default="parquet,csv", help=f"any of {', '.join(FORMATS)}")
    arguments = parser.parse_args()
    home = Home.from_environment()
    if not home.published.exists():
        print(f"{home.published}: nothing is published yet; make run", file=sys.stderr)
        return 1
    try:
        written = export(home, arguments.folder, [name.strip() for name in arguments.formats.split(",")])
    except (ValueError, OSError) as error:
        print(f"Nothing was exported: {error}", file=sys.stderr)
        return 1
    print(f"{len(written.rows)} files, {sum(written.rows.values()):,} rows: {written.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
