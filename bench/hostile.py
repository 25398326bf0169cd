"""`make bench-hostile`: what nobody would send on purpose, through the real ingestion and cleaning.

DATELINE_BENCH_DATA names the folder with `hostile/` in it. Everything lands as a user's sources would: feeds as saved
snapshots, strings as rows and as files, XML as files and as feeds, pages as files, web archives as such. A document is
accounted for when it is an article or has a reason on record. Feeds are also held against feedparser itself, by what
each feed says that it must give.
"""

from __future__ import annotations

import base64
import gzip
import json
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assets.cleaning.days import clean_days
from assets.cleaning.decoding import decode
from assets.cleaning.rejection import Unreadable
from assets.home import Home
from assets.ingestion import feeds
from assets.ingestion.files import SourceUnavailable
from assets.ingestion.landing import land
from assets.record import Record
from assets.settings import Settings, Source
from bench.tables import Row, print_table

_COLUMNS = {
    "external_id": "id",
    "title": "title",
    "url": "url",
    "author": "author",
    "published": "date",
    "text": "text",
}
# What `expect` may call; it comes with the data, so it gets nothing else.
_ALLOWED = {
    "__builtins__": {"ord": ord, "len": len, "str": str, "isinstance": isinstance, "True": True, "False": False}
}


def main() -> int:
    """Land, clean, count, print; return 1 where something is not accounted for or a feed gives less than it should."""
    folder = os.environ.get("DATELINE_BENCH_DATA")
    data = Path(folder, "hostile") if folder else None
    if data is None or not data.is_dir():
        print("DATELINE_BENCH_DATA names no folder with hostile/ in it: nothing was measured")
        return 0
    rows: list[Row] = []
    failures = 0
    for name, measure in (("feeds", _feeds), ("html_encodings", _encodings)):
        if found := _rows(data, name):
            rows += measure(found)
    with TemporaryDirectory(prefix="dateline-[hostile]*-") as temporary:
        home, sources = _installation(Path(temporary), data)
        rows_of, lost = _through_the_house(home, sources)
        rows += rows_of
        failures += lost
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    rows.append(Row("peak memory", max(used, children), None, "MiB", "the largest process"))
    print_table("Hostile input, through the real ingestion and cleaning", rows)
    worse = [row for row in rows if row.measure.startswith("feeds: expect") and (row.ours or 0) < (row.theirs or 0)]
    return int(bool(failures or worse))


def _rows(data: Path, name: str) -> list[dict[str, Any]]:
    path = data / f"{name}.jsonl.gz"
    if not path.exists():
        print(f"{path.name} is not there: skipped")
        return []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [{**row, "data": base64.b64decode(row["data"]["base64"])} for row in map(json.loads, lines)]


def _feeds(rows: list[dict[str, Any]]) -> Iterator[Row]:
    import feedparser

    met: Counter[str] = Counter()
    slowest, worse = 0.0, []
    asked = [row for row in rows if row["expect"]]
    for row in asked:
        headers = {name.lower(): value for name, value in row["headers"].items()}
        theirs = _meets(row["expect"], feedparser.parse(row["data"], response_headers=headers))
        started = time.perf_counter()
        try:
            ours = _meets(row["expect"], feeds.parse(row["data"], headers, 60))
        except SourceUnavailable:
            ours = False
        slowest = max(slowest, time.perf_counter() - started)
        met["ours"] += ours
        met["theirs"] += theirs
        if theirs and not ours:
            worse.append(row["id"])
    note = f"of {len(asked)}" + (f"; not met: {', '.join(worse[:5])}" if worse else "")
    yield Row("feeds: expect is met", met["ours"], met["theirs"], "", note)
    yield Row("feeds: slowest", slowest, None, "s", "one feed")


def _meets(expect: str, found: Any) -> bool:
    try:
        return bool(eval(expect, dict(_ALLOWED), dict(found)))
    except Exception:  # noqa: BLE001 - an expectation about what is not there is not met
        return False


def _encodings(rows: list[dict[str, Any]]) -> Iterator[Row]:
    right = 0
    for row in rows:
        with suppress(Unreadable, LookupError):
            expected = row["data"].decode(row["encoding"], "replace").removeprefix("\ufeff")
            expected = expected.replace("\r\n", "\n").replace("\r", "\n")
            right += decode(row["data"], "text/html") == expected
    yield Row("pages: read in the encoding that browsers take", right, None, "", f"of {len(rows)}")


def _installation(folder: Path, data: Path) -> tuple[Home, dict[str, Source]]:
    """Write everything into files as a user would have them; return where, and the sources that read them."""
    home = Home(folder / "data", folder / "config")
    into = home.config / "in"
    for row in _rows(data, "feeds"):
        _write(into / "feeds" / f"{row['id'].replace('/', '_')}", row["data"])
    strings = _rows(data, "naughty_strings")
    lines = [
        json.dumps(
            {
                "id": row["id"],
                "title": f"About {row['text']}",
                **dict.fromkeys(("url", "author", "date", "text"), row["text"]),
            }
        )
        for row in strings
    ]
    _write(into / "strings.jsonl", "\n".join(lines).encode())
    for row in strings:
        _write(into / "strings" / f"{row['id']}.txt", row["data"])
        _write(into / "html" / f"{row['id']}.html", b"<html><body><p>" + row["data"] + b"</p></body></html>")
    for row in _rows(data, "xml_attacks"):
        _write(into / "xml" / f"{row['id']}.xml", row["data"])
        _write(into / "xmlfeeds" / f"{row['id']}.xml", row["data"])
    for row in _rows(data, "html_encodings"):
        _write(into / "pages" / f"{row['id'].replace(':', '_')}.html", row["data"])
    for row in _rows(data, "warcs"):
        _write(into / "warcs" / row["id"], row["data"])
    kinds = {
        "feeds": ("feed", "in/feeds/*"),
        "strings-in-rows": ("table", "in/strings.jsonl"),
        "strings-in-files": ("files", "in/strings/*"),
        "strings-in-pages": ("files", "in/html/*"),
        "xml-as-files": ("files", "in/xml/*"),
        "xml-as-feeds": ("feed", "in/xmlfeeds/*"),
        "pages": ("files", "in/pages/*"),
        "web-archives": ("warc", "in/warcs/*"),
    }
    sources = {}
    for source_id, (kind, path) in kinds.items():
        columns = _COLUMNS if kind == "table" else {}
        sources[source_id] = Source(id=source_id, name=source_id, kind=kind, path=path, columns=columns)
    return home, sources


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _through_the_house(home: Home, sources: dict[str, Source]) -> tuple[list[Row], int]:
    """Land and clean everything; return the counts by source, and how many documents are not accounted for."""
    now = datetime.now(UTC)
    started = time.perf_counter()
    results = land([now.date()], home, Settings(), sources, now, lambda _: None)
    seconds = time.perf_counter() - started
    record = Record(home.record)
    started = time.perf_counter()
    (home.config / "sources.yaml").write_text("sources: []\n", encoding="utf-8")
    list(clean_days(home, [now.date()], workers=1))
    cleaning = time.perf_counter() - started
    landed = record.read_day("landed_documents", now.date(), ["document_id", "source_id"]).to_pylist()
    rejected = record.read_day("rejected_documents", now.date()).to_pylist()
    articles = record.read_day("articles", now.date(), ["document_id", "source_id"]).to_pylist()
    answered = {row["document_id"] for row in articles} | {row["document_id"] for row in rejected}
    lost = [row for row in landed if row["document_id"] not in answered]
    crashed = [one for one in results if one.detail and ": " in one.detail and "Error" in one.detail.split(":")[0]]
    rows = [Row("landing", seconds, None, "s"), Row("cleaning", cleaning, None, "s")]
    for source_id in sources:
        offered = sum(one.offered for one in results if one.source_id == source_id)
        reasons = Counter(row["reason"] for row in rejected if row["source_id"] == source_id)
        count = sum(row["source_id"] == source_id for row in articles)
        note = f"of {offered} offered; " + (
            ", ".join(f"{n} {reason}" for reason, n in reasons.most_common()) or "none rejected"
        )
        rows.append(Row(f"{source_id}: articles", count, None, "", note))
    rows.append(Row("neither article nor reason", len(lost), None, "", "must be none"))
    rows.append(Row("sources that ended in a crash", len(crashed), None, "", "must be none"))
    return rows, len(lost) + len(crashed)


if __name__ == "__main__":
    sys.exit(main())
