"""Takedowns: articles whose bytes, text and sentences must be gone everywhere, and the tombstones they leave.

This crosses the rooms (the landed bytes, every fact file, the built and kept DuckDB files), so it stands beside them.
"""

from __future__ import annotations

import hashlib
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assets.config import Strict, load_yaml
from assets.home import Home
from assets.record import Record

if TYPE_CHECKING:
    import pyarrow as pa

PURGED = "taken_down"
# Articles last: they name what is to be purged, so a crash in between is made up for by the next run.
FACTS = ("article_repairs", "mentions", "quotes", "article_themes", "theme_evidence", "articles")


class Takedown(Strict):
    """One article that must no longer be kept."""

    article: str
    requested_on: date
    reason: str


class Takedowns(Strict):
    """`config/takedowns.yaml`."""

    takedowns: tuple[Takedown, ...]


def load_takedowns(home: Home) -> dict[str, Takedown]:
    """Return the takedowns by the url or article_id they name; raise ConfigError."""
    return {one.article: one for one in load_yaml(home.config_file("takedowns.yaml"), Takedowns).takedowns}


def apply_takedowns(home: Home) -> int:
    """Purge every article that `config/takedowns.yaml` names; return how many documents went.

    Looks at all landing days, but only where the file has changed since it was last carried through. The DuckDB
    candidate is dropped, since deleted rows linger in its free blocks: it is built again from the purged record.
    """
    takedowns = load_takedowns(home)
    if not takedowns or carried_through(home):
        return 0
    record = Record(home.record)
    days = sorted({file.landed_on for file in record.files("articles")})
    purged = sum(purge_day(record, day, takedowns) for day in days)
    home.candidate.unlink(missing_ok=True)
    return purged


def purge_day(record: Record, day: date, takedowns: dict[str, Takedown]) -> int:
    """Purge the named articles from one landing day's files; return how many documents went."""
    if not takedowns:
        return 0
    articles = record.read_day("articles", day, ["document_id", "article_id", "url"]).to_pylist()
    reasons = {}
    for article in articles:
        takedown = takedowns.get(article["article_id"]) or takedowns.get(article["url"])
        if takedown:
            reasons[article["document_id"]] = f"{takedown.reason} (requested on {takedown.requested_on})"
    if not reasons:
        return 0
    _empty_landed_bytes(record, day, set(reasons))
    _add_tombstones(record, day, reasons)
    for path in record.day_folder("reprint_texts", day).glob("*"):
        path.unlink()  # made again from what is left when reprints are next grouped
    for name in FACTS:
        if record.day_files(name, day):
            record.replace_day(name, day, _without(record.read_day(name, day), set(reasons)))
    return len(reasons)


def mark_carried_through(home: Home) -> None:
    """Delete the kept file and the report pages, which still hold what was taken down; remember that this is done."""
    if load_takedowns(home) and not carried_through(home):
        home.previous.unlink(missing_ok=True)
        shutil.rmtree(home.report, ignore_errors=True)
        _marker(home).parent.mkdir(parents=True, exist_ok=True)
        _marker(home).write_text(_fingerprint(home))


def carried_through(home: Home) -> bool:
    """Return whether the present takedowns have been purged and a file without them published."""
    return _marker(home).exists() and _marker(home).read_text() == _fingerprint(home)


def _empty_landed_bytes(record: Record, day: date, ids: set[str]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    for path in record.day_files("landed_documents", day):
        rows = pq.ParquetFile(path).read()
        if not ids.isdisjoint(rows["document_id"].to_pylist()):
            emptied = [
                {**row, "bytes": b"", "media_type": PURGED, "declared_title": None}
                if row["document_id"] in ids
                else row
                for row in rows.to_pylist()
            ]
            record.replace_file("landed_documents", path, pa.Table.from_pylist(emptied, schema=rows.schema))


def _add_tombstones(record: Record, day: date, reasons: dict[str, str]) -> None:
    import pyarrow as pa

    landed = record.read_day(
        "landed_documents", day, ["document_id", "source_id", "locator", "landed_on", "first_seen_at"]
    )
    part = record.read_part("rejected_documents", day)
    filed = set(part["document_id"].to_pylist())
    rows = [
        {**row, "reason": PURGED, "detail": reasons[row["document_id"]]}
        for row in landed.to_pylist()
        if row["document_id"] in reasons and row["document_id"] not in filed
    ]
    record.replace_day(
        "rejected_documents", day, pa.concat_tables([part, pa.Table.from_pylist(rows, schema=part.schema)])
    )


def _without(rows: pa.Table, ids: set[str]) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc

    return rows.filter(pc.invert(pc.is_in(rows["document_id"], value_set=pa.array(sorted(ids)))))


def _marker(home: Home) -> Path:
    return home.state / "takedowns.sha256"


def _fingerprint(home: Home) -> str:
    return hashlib.sha256(home.config_file("takedowns.yaml").read_bytes()).hexdigest()
