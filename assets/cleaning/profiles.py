"""What is typical of one source: lines that repeat from article to article, and the damage that its texts show.

A line in at least three articles and 15 % of a source's articles is furniture that no single page can show to be such
(on a corpus of mixed pages this lifts the precision of extraction from 0.84 to 0.99). And where a good part of a
source's articles show by themselves that a machine translated them, so were the others, which show too little of it.

Belongs here: learning profiles, when asked, and reading what was learned. Does not belong here: using it (articles.py).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assets.database import memory, parquet_pattern
from assets.home import Home
from assets.record import Record
from assets.reference import reference_file, write_reference
from assets.statements import statement
from assets.tables import table

if TYPE_CHECKING:
    import pyarrow as pa

MIN_ARTICLES = 3
MIN_SHARE = 0.15
# A longer line that repeats is a paragraph of a reprint, not furniture.
MAX_LENGTH = 200
# Habits are learned from so many documents of each source, the first by document_id: from the same ones whenever and in
# whatever order they arrived.
MAX_DOCUMENTS = 400
# Kinds of profile rows that are no kinds of damage.
LINE, TRANSLATED, BROKEN = "line", "machine_translated", "broken"
# From so many articles on, a habit is one; so large a share of them must show it.
HABIT_ARTICLES = 5
HABIT_SHARE = 0.25


@dataclass(frozen=True)
class SourceProfile:
    """What cleaning uses of a source's profile."""

    lines: frozenset[str] = frozenset()
    machine_translated: bool = False
    broken: bool = False


def learn_profiles(home: Home) -> pa.Table:
    """Return `source_profiles` as the documents on record show them now, and keep them for the next cleaning."""
    import pyarrow as pa

    cleaned = list(_cleaned_afresh(home))
    names = ("source_id", "article_id", "text")
    with memory(home.state / "spill") as connection:
        schema = pa.schema([(name, pa.string()) for name in names])
        connection.register("cleaned", pa.Table.from_pylist([{n: one[n] for n in names} for one in cleaned], schema))
        bounds = {"min_articles": MIN_ARTICLES, "min_share": MIN_SHARE, "max_length": MAX_LENGTH}
        lines = connection.sql(statement("cleaning", "repeated_lines"), params=bounds).to_arrow_table().to_pylist()
    rows = [{**line, "kind": LINE} for line in lines] + _habits(cleaned)
    rows.sort(key=lambda row: (row["source_id"], row["kind"], row.get("line") or ""))
    version = hashlib.sha256(repr([sorted(row.items()) for row in rows]).encode()).hexdigest()[:12]
    learned = [{**row, "profile_version": version} for row in rows]
    profiles = pa.Table.from_pylist(learned, schema=table("source_profiles").arrow_schema)
    write_reference(home, {"source_profiles": profiles})
    return profiles


def load_profiles(home: Home) -> dict[str, SourceProfile]:
    """Return what was learned, by source; empty where nothing was learned yet."""
    import pyarrow.parquet as pq

    path = reference_file(home, "source_profiles")
    rows = pq.ParquetFile(path).read().to_pylist() if path.exists() else []
    by_source: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_source.setdefault(row["source_id"], []).append(row)
    return {source_id: _profile(found) for source_id, found in by_source.items()}


def _profile(rows: list[dict[str, Any]]) -> SourceProfile:
    habits = {row["kind"] for row in rows if row["share"] >= HABIT_SHARE and row["articles"] >= HABIT_ARTICLES}
    lines = frozenset(row["line"] for row in rows if row["kind"] == LINE)
    return SourceProfile(lines, machine_translated=TRANSLATED in habits, broken=BROKEN in habits)


def _cleaned_afresh(home: Home) -> Iterator[dict[str, Any]]:
    """Yield documents of every source as they are cleaned without any profile: their text as extracted, and its signs.

    The articles on record will not do: lines learned before are gone from them, and would be forgotten again.
    """
    from assets.cleaning.articles import profile_kernel
    from assets.cleaning.edits import LoggedEdit, undo

    record = Record(home.record)
    files = [parquet_pattern(file.path) for file in record.files("landed_documents")]
    if not files:
        return
    with memory(home.state / "spill") as connection:
        bounds = {"files": files, "max_documents": MAX_DOCUMENTS}
        chosen = connection.execute(statement("cleaning", "profile_documents"), bounds).fetchall()
    days: dict[Any, set[str]] = {}
    for landed_on, document_id in chosen:
        days.setdefault(landed_on, set()).add(document_id)
    cleaner = profile_kernel(home)
    for day, document_ids in sorted(days.items()):
        documents = record.read_day("landed_documents", day)
        wanted = [document_id in document_ids for document_id in documents["document_id"].to_pylist()]
        tables = cleaner(documents.filter(wanted))
        logs: dict[str, list[LoggedEdit]] = {}
        for row in tables["article_repairs"].to_pylist():
            if row["part"] == "text":
                edit = {name: row[name] for name in LoggedEdit.__dataclass_fields__}
                logs.setdefault(row["document_id"], []).append(LoggedEdit(**edit))
        for article in tables["articles"].to_pylist():
            text = undo(article["text"], logs.get(article["document_id"], ()))
            mender = cleaner.mender if article["language"] == "en" else None
            yield {
                **article,
                "text": text,
                "signs": set(mender.signs(text)) if mender else set(),
                TRANSLATED: bool(mender and mender.shows_translation(text)),
                BROKEN: bool(mender and mender.lacks_spaces(text)),
            }


def _habits(cleaned: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return, for each source and kind of damage, in how many of its articles it stands."""
    articles: Counter[str] = Counter()
    showing: Counter[tuple[str, str]] = Counter()
    for one in cleaned:
        source_id = one["source_id"]
        articles[source_id] += 1
        kinds = one["signs"] | {kind for kind in (TRANSLATED, BROKEN) if one[kind]}
        showing.update((source_id, kind) for kind in kinds)
    return [
        {"source_id": source_id, "kind": kind, "articles": count, "share": round(count / articles[source_id], 6)}
        for (source_id, kind), count in showing.items()
    ]
