"""Exports of the published file: every table as Parquet and CSV, and the articles as ninjs.

Belongs here: writing the published tables in formats that need no DuckDB. An export is a copy: nothing reads it back.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from assets.database import reading
from assets.home import Home
from assets.statements import statement

if TYPE_CHECKING:
    import duckdb

FORMATS = ("parquet", "csv", "ninjs")
BATCH = 1000
SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_2.1.json"


@dataclass(frozen=True)
class Exported:
    """What was written: the folder, and rows by file."""

    folder: Path
    rows: dict[str, int]


def export(home: Home, folder: Path, formats: Sequence[str] = ("parquet", "csv")) -> Exported:
    """Write the published file to `folder`, one folder per format; each replaces the one of an earlier export.

    A folder that holds anything else than an export is refused rather than emptied.
    """
    unknown = sorted(set(formats) - set(FORMATS))
    if unknown:
        raise ValueError(f"unknown formats {unknown}; there are {', '.join(FORMATS)}")
    folder.mkdir(parents=True, exist_ok=True)
    rows: dict[str, int] = {}
    with reading(home.published) as connection:
        for name in formats:
            beside = folder / f".{name}.{uuid4().hex}.tmp"
            beside.mkdir()
            try:
                rows |= _write(connection, name, beside)
                _put_in_place(beside, folder / name)
            finally:
                shutil.rmtree(beside, ignore_errors=True)
    return Exported(folder, rows)


def _put_in_place(written: Path, target: Path) -> None:
    if target.exists():
        strange = [path.name for path in target.iterdir() if path.suffix not in (".parquet", ".csv", ".jsonl", ".txt")]
        if strange:
            raise FileExistsError(f"{target} holds {strange[0]}, which no export wrote; name another folder")
        shutil.rmtree(target)
    written.replace(target)


def _write(connection: duckdb.DuckDBPyConnection, name: str, folder: Path) -> dict[str, int]:
    [(snapshot,)] = connection.execute(statement("exports", "snapshot")).fetchall()
    (folder / "SNAPSHOT.txt").write_text(f"{snapshot}\n", encoding="utf-8")
    if name == "ninjs":
        return {"ninjs/articles.jsonl": _write_ninjs(connection, folder / "articles.jsonl")}
    rows = {}
    for (table,) in connection.execute(statement("exports", "tables")).fetchall():
        relation = connection.table(table)
        path = folder / f"{table}.{name}"
        if name == "parquet":
            relation.write_parquet(str(path), compression="zstd")
        else:
            relation.write_csv(str(path), header=True)
        [(rows[f"{name}/{path.name}"],)] = connection.execute(
            statement("build", "row_count", the_table=table)
        ).fetchall()
    return rows


def _write_ninjs(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for article in _articles(connection):
            file.write(json.dumps(ninjs(article), ensure_ascii=False) + "\n")
            count += 1
    return count


def _articles(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(statement("exports", "ninjs"))
    columns = [column[0] for column in cursor.description]
    while batch := cursor.fetchmany(BATCH):
        yield from (dict(zip(columns, row, strict=True)) for row in batch)


PLACES = {"country", "territory", "region"}


def ninjs(article: dict[str, Any]) -> dict[str, Any]:
    """Return an article as a ninjs 2.1 object (IPTC), without the fields that it has no value for.

    `contentcreated` is an instant; where only the day of publication is known, it stands in `ednote` alone.
    """
    actors = article["actors"] or []
    fields = {
        "standard": {"name": "ninjs", "version": "2.1", "schema": SCHEMA},
        "uri": article["url"] or f"urn:dateline:article:{article['article_id']}",
        "type": "text",
        "representationtype": "full",
        "version": str(article["version"]),
        "firstcreated": _instant(article["first_seen_at"]),
        "versioncreated": _instant(article["version_seen_at"]),
        "contentcreated": _instant(article["published_at"]),
        "pubstatus": "usable",
        "language": article["language"],
        "by": article["author"],
        "ednote": f"Published on {article['published_on'] or 'a day unknown'} ({article['date_method']}).",
        "headlines": [{"role": "main", "value": article["title"]}] if article["title"] else None,
        "bodies": [
            {
                "role": "main",
                "contenttype": "text/plain",
                "charcount": len(article["text"]),
                "wordcount": article["word_count"],
                "value": article["text"],
            }
        ],
        "people": [_named(actor) for actor in actors if actor["actor_type"] == "person"],
        "organisations": [_named(actor) for actor in actors if actor["actor_type"] not in PLACES | {"person"}],
        "places": [_named(actor) for actor in actors if actor["actor_type"] in PLACES],
        "subjects": [_subject(theme) for theme in article["themes"] or []],
        "infosources": [{"name": article["source"], "uri": f"urn:dateline:source:{article['source_id']}"}],
        "altids": [{"role": "dateline", "value": article["article_id"]}],
    }
    return {name: value for name, value in fields.items() if value}


def _named(actor: dict[str, Any]) -> dict[str, str]:
    known = actor["wikidata"]
    uri = f"http://www.wikidata.org/entity/{known}" if known else f"urn:dateline:actor:{actor['actor_id']}"
    return {"name": actor["name"], "rel": "mentions", "uri": uri}


def _subject(theme: dict[str, Any]) -> dict[str, Any]:
    code = theme["medtop"]
    uri = f"http://cv.iptc.org/newscodes/mediatopic/{code}" if code else f"urn:dateline:theme:{theme['theme_id']}"
    return {"name": theme["label"], "rel": "about", "uri": uri, "confidence": round(100 * theme["score"])}


def _instant(instant: datetime | None) -> str | None:
    return instant.replace(tzinfo=UTC).isoformat(timespec="seconds") if instant else None
