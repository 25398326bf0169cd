"""`make bench-coverage`: what the warehouse costs on generated facts: a rebuild, a day more, and the same in pandas.

The facts are written as the tagging room would write them, sentences, spans and all, so that the audit has its full
work. A day is added to a file that holds few days and to one that holds many; the ratio tells whether cost grows with
the day's news or with the years already stored. Copying the file is reported apart, since no audit or count can make
that cheaper.
"""

from __future__ import annotations

import hashlib
import random
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from typing import Any

import pyarrow as pa

from assets.home import Home
from assets.record import Record
from assets.tables import table

FIRST = date(2020, 1, 1)
ACTORS, THEMES, SOURCES = 5_000, 40, 25
SENTENCES = 12
MENTIONS_PER_ARTICLE = 20
DAYS_ADDED = 3


class Newspaper:
    """Invents days of news; the same day is always the same."""

    def __init__(self) -> None:
        chance = random.Random(7)
        syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "el", "or")]
        words = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(20_000)]
        self.fragments = [" ".join(chance.choices(words, k=chance.randint(4, 9))) for _ in range(50_000)]
        self.names = [
            f"{''.join(chance.choices(syllables, k=2)).title()} {''.join(chance.choices(syllables, k=3)).title()}"
            for _ in range(ACTORS)
        ]
        # As in the news: few actors in very many articles, very many in few.
        self.actor_weights = [1 / (rank + 3) for rank in range(ACTORS)]
        self.terms = chance.sample(words, THEMES)

    def reference(self) -> dict[str, pa.Table]:
        """Return the authority, the themes and the sources."""
        rows = {
            "actors": [
                {"actor_id": f"person:{n}", "name": name, "actor_type": "person", "origin": "bench"}
                for n, name in enumerate(self.names)
            ],
            "actor_names": [
                {"actor_id": f"person:{n}", "name": name, "name_kind": "official"} for n, name in enumerate(self.names)
            ],
            "themes": [
                {"theme_id": f"theme-{n}", "label": term, "definition": "For measuring."}
                for n, term in enumerate(self.terms)
            ],
            "sources": [
                {
                    "source_id": f"source-{n}",
                    "name": f"Source {n}",
                    "kind": "table",
                    "country": ("FRA", "DEU", "TUR", "AZE", "ARM")[n % 5],
                    "machine_translated": "auto",
                }
                for n in range(SOURCES)
            ],
        }
        return {name: pa.Table.from_pylist(some, schema=table(name).arrow_schema) for name, some in rows.items()}

    def day(self, day: date, articles: int) -> dict[str, pa.Table]:
        """Return a landing day: of 100 articles five are copies, one is late and two change an older one."""
        chance = random.Random(day.toordinal())
        rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        texts: list[tuple] = []
        for number in range(articles):
            source = f"source-{chance.randrange(SOURCES)}"
            published = day - timedelta(days=1) if number % 100 == 0 else day
            if number % 20 == 19:
                text, mentions, terms = texts[-1]
            else:
                text, mentions, terms = self._text(chance)
                texts.append((text, mentions, terms))
            name = f"{day - timedelta(days=1)}-{number + 1}" if number % 50 == 48 and day > FIRST else f"{day}-{number}"
            self._add(rows, chance, day, number, f"{source}:{_digest(name)}", source, published, text, mentions, terms)
        rows["source_fetches"] = [
            {
                "source_id": f"source-{n}",
                "batch_id": f"batch-{day}",
                "outcome": "ok",
                "offered": 0,
                "landed": 0,
                "rejected": 0,
                "landed_on": day,
                "fetched_at": datetime.combine(day, clock_time(12)),
            }
            for n in range(SOURCES)
        ]
        return {name: pa.Table.from_pylist(some, schema=table(name).record_schema) for name, some in rows.items()}

    def _text(self, chance: random.Random) -> tuple[str, list[tuple], list[tuple]]:
        parts, mentions, terms, start = [], [], [], 0
        cast = chance.choices(range(ACTORS), self.actor_weights, k=8)
        theme = chance.randrange(THEMES)
        for number in range(SENTENCES):
            named = chance.choices(cast, k=2 if number % 3 else 1)
            pieces, spans, length = [], [], 0
            for actor in named:
                fragment = chance.choice(self.fragments)
                spans.append((length + len(fragment) + 1, actor))
                pieces += [fragment, self.names[actor]]
                length += len(fragment) + len(self.names[actor]) + 2
            if number % 4 == 0:
                terms.append((start + length, theme))
                pieces.append(self.terms[theme])
            pieces.append(chance.choice(self.fragments))
            sentence = " ".join(pieces) + "."
            mentions += [(start + at, actor, sentence, start) for at, actor in spans]
            parts.append(sentence)
            start += len(sentence) + 1
        return " ".join(parts), mentions, terms

    def _add(
        self,
        rows: dict[str, list[dict[str, Any]]],
        chance: random.Random,
        day: date,
        number: int,
        article_id: str,
        source: str,
        published: date,
        text: str,
        mentions: list[tuple],
        terms: list[tuple],
    ) -> None:
        document_id = _digest(f"{day} {number}")
        key = {"document_id": document_id, "article_id": article_id}
        seen = datetime.combine(day, clock_time(12)) + timedelta(microseconds=number)
        rows["articles"].append(
            {
                **key,
                "source_id": source,
                "url": f"https://{source}.example/{day}/{number}",
                "title": chance.choice(self.fragments),
                "text": text,
                "language": "en",
                "machine_translated": False,
                "tagged": True,
                "published_on": published,
                "date_method": "declared",
                "date_conflict": False,
                "landed_on": day,
                "first_seen_at": seen,
                "word_count": text.count(" ") + 1,
                "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
            }
        )
        rows["landed_documents"].append(
            {
                "document_id": document_id,
                "source_id": source,
                "locator": f"{day}/{number}",
                "media_type": "text/plain",
                "bytes": b"",
                "byte_count": len(text),
                "lands_on": "fetched",
                "landed_on": day,
                "first_seen_at": seen,
                "batch_id": f"batch-{day}",
            }
        )
        for start, actor, sentence, sentence_start in mentions:
            rows["mentions"].append(
                {
                    **key,
                    "part": "text",
                    "start_char": start,
                    "end_char": start + len(self.names[actor]),
                    "surface": self.names[actor],
                    "actor_id": f"person:{actor}",
                    "reading": "name",
                    "sentence": sentence,
                    "sentence_start_char": sentence_start,
                    "tone": chance.choice((None, None, -0.4215, 0.296)),
                    "confidence": chance.choice((0.4, 0.9, 0.95)),
                    "rule": "bench",
                    "rules_version": "bench",
                }
            )
        for start, theme in terms:
            rows["theme_evidence"].append(
                {
                    **key,
                    "part": "text",
                    "theme_id": f"theme-{theme}",
                    "start_char": start,
                    "end_char": start + len(self.terms[theme]),
                    "surface": self.terms[theme],
                    "weight": 1.0,
                    "rules_version": "bench",
                }
            )
        for theme in {theme for _, theme in terms}:
            rows["article_themes"].append({**key, "theme_id": f"theme-{theme}", "score": 0.5, "rules_version": "bench"})


TABLES = (
    "articles",
    "article_repairs",
    "mentions",
    "quotes",
    "article_themes",
    "theme_evidence",
    "landed_documents",
    "rejected_documents",
    "source_fetches",
)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def write_days(home: Home, paper: Newspaper, first: int, last: int, articles: int) -> None:
    """Put days number `first` to `last` (excluded) of the newspaper on record."""
    record = Record(home.record)
    for number in range(first, last):
        for name, rows in paper.day(FIRST + timedelta(days=number), articles).items():
            record.replace_day(name, FIRST + timedelta(days=number), rows)
