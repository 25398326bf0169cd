"""A small record for the tests of coverage, written as the rooms before would write it."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from assets.cleaning.reprints import group_reprints
from assets.coverage.candidate import BuildReport, build_candidate
from assets.database import reading
from assets.home import Home
from assets.record import Record
from assets.reference import write_reference
from assets.settings import Settings
from assets.tables import table

NAMES = {
    "Aliyev": ("person:ilham-aliyev", "Ilham Aliyev", "person"),
    "Erdoğan": ("person:recep-tayyip-erdogan", "Recep Tayyip Erdoğan", "person"),
    "Macron": ("person:emmanuel-macron", "Emmanuel Macron", "person"),
    "Azerbaijan": ("country:AZE", "Azerbaijan", "country"),
    "France": ("country:FRA", "France", "country"),
}
# Whom no list knows.
FOUND = {"Tessa Varndell": "local-person:0123456789ab", "Olaf Brunner": "local-person:ba9876543210"}
THEMES = {"gas": "energy", "talks": "diplomacy"}
FACTS = ("articles", "article_repairs", "mentions", "quotes", "article_themes", "theme_evidence")
FILLER = (
    "The paper printed a long report on the matter, which its readers had been waiting for since the early morning."
)
# What tells when and where a file was built, and nothing of what is in it.
WALL_CLOCK = {("build_info", "built_at")}


def story(
    name: str, text: str, published: str | None = "2022-03-16", source: str = "wire", **more: Any
) -> dict[str, Any]:
    """Return an article as a test thinks of it; the names and theme words in its text become its facts."""
    return {"name": name, "text": text, "published": published, "source": source, **more}


class Newsroom:
    """An installation whose landing days are written by hand."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.settings = Settings()
        self.record = Record(home.record)

    def write_reference(self) -> None:
        """Put the names and themes of these tests on record."""
        actors = [
            {"actor_id": actor_id, "name": name, "actor_type": kind, "origin": "test"}
            for actor_id, name, kind in NAMES.values()
        ]
        names = [
            {"actor_id": actor_id, "name": short, "name_kind": "short"} for short, (actor_id, _, _) in NAMES.items()
        ]
        themes = [{"theme_id": theme, "label": theme.title(), "definition": "For tests."} for theme in THEMES.values()]
        rows = {"actors": actors, "actor_names": names, "themes": themes}
        write_reference(
            self.home,
            {name: pa.Table.from_pylist(some, schema=table(name).arrow_schema) for name, some in rows.items()},
        )

    def land(self, landed_on: str, *stories: dict[str, Any], outcome: str = "ok", rejected: int = 0) -> None:
        """Write a landing day as a whole: its documents, articles and facts."""
        day = date.fromisoformat(landed_on)
        rows: dict[str, list[dict[str, Any]]] = {
            name: [] for name in (*FACTS, "landed_documents", "rejected_documents", "source_fetches")
        }
        for number, one in enumerate(stories):
            for name, some in _rows(one, day, number).items():
                rows[name] += some
        for number in range(rejected):
            rows["rejected_documents"].append(_rejected(day, number))
        rows["source_fetches"] += [
            _fetch(source, day, outcome) for source in sorted({one["source"] for one in stories} or {"wire"})
        ]
        for name, some in rows.items():
            self.record.replace_day(name, day, pa.Table.from_pylist(some, schema=table(name).record_schema))

    def build(self) -> BuildReport:
        """Group the reprints and bring the candidate up to date."""
        group_reprints(self.home, self.settings)
        return build_candidate(self.home, self.settings)

    def query(self, sql: str, path: Path | None = None, **parameters: Any) -> list[tuple]:
        """Return the rows of a query on the candidate, or on another file."""
        with reading(path or self.home.candidate) as connection:
            return connection.execute(sql, parameters or None).fetchall()

    def contents(self) -> dict[str, list[tuple]]:
        """Return every table of the candidate, sorted, without what only tells the time."""
        with reading(self.home.candidate) as connection:
            names = connection.execute(
                "select table_name from duckdb_tables() where database_name = 'warehouse' order by table_name"
            ).fetchall()
            found = {}
            for (name,) in names:
                relation = connection.table(name)
                kept = [column for column in relation.columns if (name, column) not in WALL_CLOCK]
                found[name] = sorted(relation.select(*kept).fetchall(), key=repr)
        return found


def _rows(one: dict[str, Any], day: date, number: int) -> dict[str, list[dict[str, Any]]]:
    title, text, source = one.get("title", one["name"].title()), one["text"], one["source"]
    article_id = f"{source}:{one['name']}"
    document_id = hashlib.sha256(f"{article_id} {title} {text} {one['published']}".encode()).hexdigest()[:20]
    seen = datetime.fromisoformat(one["seen"]) if "seen" in one else datetime.combine(day, time(12, number % 60))
    published_on = date.fromisoformat(one["published"]) if one["published"] else None
    key = {"document_id": document_id, "article_id": article_id}
    article = {
        **key,
        "source_id": source,
        "url": one.get("url", f"https://{source}.example/{one['name']}"),
        "title": title,
        "text": text,
        "language": "en",
        "machine_translated": False,
        "tagged": one.get("tagged", True),
        "published_at": datetime.fromisoformat(one["published_at"]) if "published_at" in one else None,
        "published_on": published_on,
        "date_method": "declared" if published_on else "none",
        "date_conflict": False,
        "landed_on": day,
        "first_seen_at": seen,
        "word_count": len(text.split()),
        "text_sha256": hashlib.sha256(" ".join(text.lower().split()).encode()).hexdigest(),
    }
    landed = {
        "document_id": document_id,
        "source_id": source,
        "locator": one["name"],
        "media_type": "text/plain",
        "bytes": text.encode(),
        "byte_count": len(text.encode()),
        "lands_on": "fetched",
        "landed_on": day,
        "first_seen_at": seen,
        "batch_id": f"batch-{day}",
    }
    mentions, themes, evidence, quotes = [], [], [], []
    for word, actor_id in ({word: actor[0] for word, actor in NAMES.items()} | FOUND).items():
        for start in _starts(text, word):
            mentions.append(
                {
                    **key,
                    **_span(text, start, word),
                    "actor_id": actor_id,
                    "reading": "short_name",
                    **_sentence(text, start),
                    "confidence": one.get("confidence", 0.9),
                    "rule": "test",
                    "rules_version": "rules-1",
                }
            )
            said = f'{word} said "'
            if text.startswith(said, start):
                words = text[start + len(said) : text.index('"', start + len(said))]
                quotes.append(
                    {
                        **key,
                        **_span(text, start + len(said), words),
                        "kind": "direct",
                        "cue": "said",
                        "speaker_actor_id": actor_id,
                        "speaker_surface": word,
                        "rules_version": "rules-1",
                    }
                )
    for word, theme in THEMES.items():
        starts = _starts(text, word)
        if starts and one.get("tagged", True):
            themes.append({**key, "theme_id": theme, "score": 0.5, "rules_version": "rules-1"})
        evidence += [
            {**key, **_span(text, start, word), "theme_id": theme, "weight": 1.0, "rules_version": "rules-1"}
            for start in starts
        ]
    return {
        "articles": [article],
        "landed_documents": [landed],
        "mentions": mentions if one.get("tagged", True) else [],
        "quotes": quotes,
        "article_themes": themes,
        "theme_evidence": evidence,
        "article_repairs": [],
    }


def _starts(text: str, word: str) -> list[int]:
    return [start for start in range(len(text)) if text.startswith(word, start)]


def _span(text: str, start: int, surface: str) -> dict[str, Any]:
    return {"part": "text", "start_char": start, "end_char": start + len(surface), "surface": surface}


def _sentence(text: str, start: int) -> dict[str, Any]:
    first = text.rfind(". ", 0, start) + 2 if ". " in text[:start] else 0
    last = text.find(". ", start)
    return {"sentence": text[first : last + 1 if last >= 0 else len(text)], "sentence_start_char": first}


def _rejected(day: date, number: int) -> dict[str, Any]:
    return {
        "document_id": f"rejected-{day}-{number}",
        "source_id": "wire",
        "locator": f"broken-{number}",
        "reason": "empty",
        "detail": "The document is empty.",
        "landed_on": day,
        "first_seen_at": datetime.combine(day, time(12)),
    }


def _fetch(source: str, day: date, outcome: str) -> dict[str, Any]:
    return {
        "source_id": source,
        "batch_id": f"batch-{day}",
        "outcome": outcome,
        "detail": None if outcome == "ok" else "The server did not answer.",
        "offered": 0,
        "landed": 0,
        "rejected": 0,
        "landed_on": day,
        "fetched_at": datetime.combine(day, time(12)),
    }


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """An installation with reference tables and nothing landed."""
    return make_newsroom(tmp_path / "newsroom")


def make_newsroom(folder: Path) -> Newsroom:
    """Return a new installation in `folder`."""
    made = Newsroom(Home(folder, folder / "config"))
    made.write_reference()
    return made
