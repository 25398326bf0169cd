"""`make bench-coverage`: what the warehouse costs on generated facts: a rebuild, a day more, and the same in pandas.

The facts are written as the tagging room would write them, sentences, spans and all, so that the audit has its full
work. A day is added to a file that holds few days and to one that holds many; the ratio tells whether cost grows with
the day's news or with the years already stored. Copying the file is reported apart, since no audit or count can make
that cheaper.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import random
import resource
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa

from assets.home import Home
from assets.record import Record
from assets.reference import write_reference
from assets.settings import Settings
from assets.tables import table

FIRST = date(2020, 1, 1)
ACTORS, THEMES, SOURCES = 5_000, 40, 25
SENTENCES = 12
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


def write_days(home: Home, first: int, last: int, articles: int) -> None:
    """Put days number `first` to `last` (excluded) of the newspaper on record, and what it refers to."""
    paper, record = Newspaper(), Record(home.record)
    write_reference(home, paper.reference())
    for number in range(first, last):
        for name, rows in paper.day(FIRST + timedelta(days=number), articles).items():
            record.replace_day(name, FIRST + timedelta(days=number), rows)


def in_own_process(step: Callable[..., dict[str, float]], *arguments: Any) -> dict[str, float]:
    """Return what `step` measures, in a process of its own, with the most memory that process held (MiB)."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        measured = pool.apply(step, arguments)
        measured["peak MiB"] = pool.apply(_peak_mib)
    return measured


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def bring_up_to_date(folder: Path) -> dict[str, float]:
    """Group, build, audit and publish what is on record; return CPU and wall seconds of each."""
    from assets.cleaning.reprints import group_reprints
    from assets.coverage import publish as publishing
    from assets.coverage.audit import audit_candidate
    from assets.coverage.candidate import build_candidate

    home, settings = _home(folder), Settings()
    measured: dict[str, float] = {}

    def timed(name: str, step: Callable[[], Any]) -> Any:
        cpu, wall = time.process_time(), time.perf_counter()
        result = step()
        measured[f"{name} cpu"] = time.process_time() - cpu
        measured[f"{name} wall"] = time.perf_counter() - wall
        return result

    timed("group", lambda: group_reprints(home, settings))
    timed("build", lambda: build_candidate(home, settings))
    findings = timed("audit", lambda: audit_candidate(home))
    broken = [finding.check for finding in findings if not finding.passed]
    if broken:
        raise RuntimeError(f"the generated facts do not pass {broken}")
    copy = publishing._copy_beside
    publishing._copy_beside = lambda *paths: timed("copy", lambda: copy(*paths))
    timed("publish", lambda: publishing.publish(home))
    publishing._copy_beside = copy
    for clock in ("cpu", "wall"):
        measured[f"publish {clock}"] -= measured[f"copy {clock}"]
        measured[f"day {clock}"] = sum(measured[f"{step} {clock}"] for step in ("build", "audit", "publish"))
    return measured


def count_in_pandas(folder: Path, days: int) -> dict[str, float]:
    """Count the same in pandas and write the tables: no versions, no audit, no publishing, no shifts, no stories."""
    import duckdb
    import pandas as pd
    import pyarrow.parquet as pq

    started, wall = time.process_time(), time.perf_counter()
    record = Record(_home(folder).record)

    def read(name: str) -> pd.DataFrame:
        files = list(record.files(name))[:days]
        return pa.concat_tables(pq.ParquetFile(file.path).read() for file in files).to_pandas()

    articles, mentions, themes = read("articles"), read("mentions"), read("article_themes")
    group = articles["text_sha256"].where(articles["word_count"] >= 20, articles["article_id"])
    dated = articles.assign(group=group)[["document_id", "published_on", "source_id", "group"]]
    named = mentions[mentions["confidence"] >= 0.5].merge(dated, on="document_id")
    once = named.drop_duplicates(["document_id", "actor_id"])[["document_id", "published_on", "actor_id", "group"]]
    by_actor = named.groupby(["published_on", "actor_id"])
    counts = {"articles": ("document_id", "nunique"), "independent_articles": ("group", "nunique")}
    actor_daily = by_actor.agg(
        **counts, sources=("source_id", "nunique"), mentions=("surface", "size"), tone=("tone", "mean")
    )
    pairs = once.merge(once[["document_id", "actor_id"]], on="document_id", suffixes=("", "_other"))
    pairs = pairs[pairs["actor_id"] < pairs["actor_id_other"]]
    pair_daily = pairs.groupby(["published_on", "actor_id", "actor_id_other"]).agg(**counts)
    themed = themes.merge(dated, on="document_id")
    theme_daily = themed.groupby(["published_on", "theme_id"]).agg(**counts)
    both = once.merge(themes[["document_id", "theme_id"]], on="document_id")
    actor_theme_daily = both.groupby(["published_on", "actor_id", "theme_id"]).agg(**counts)
    found = {
        "articles": articles,
        "mentions": mentions,
        "article_themes": themes,
        "actor_daily": actor_daily.reset_index(),
        "pair_daily": pair_daily.reset_index(),
        "theme_daily": theme_daily.reset_index(),
        "actor_theme_daily": actor_theme_daily.reset_index(),
    }
    with duckdb.connect(str(folder / "pandas.duckdb")) as connection:
        for name, frame in found.items():
            connection.register("frame", frame)
            connection.execute(f"create table {name} as from frame")
    return {"cpu": time.process_time() - started, "wall": time.perf_counter() - wall, "mentions": float(len(mentions))}


def _home(folder: Path) -> Home:
    return Home(folder, folder / "config")


def main() -> int:
    """Generate, measure, print; return the exit code."""
    parser = argparse.ArgumentParser(prog="make bench-coverage", description=__doc__)
    parser.add_argument("--days", type=int, default=1_000)
    parser.add_argument("--few", type=int, default=10)
    parser.add_argument("--articles", type=int, default=500, help="articles of a day")
    parser.add_argument("--pandas-days", type=int, default=100)
    arguments = parser.parse_args()
    with TemporaryDirectory(prefix="dateline-bench-") as temporary:
        many, few = Path(temporary) / "many", Path(temporary) / "few"
        day = {}
        for folder, days in ((many, arguments.days), (few, arguments.few)):
            write_days(_home(folder), 0, days, arguments.articles)
            rebuilt = in_own_process(bring_up_to_date, folder)
            _print(f"{days} days from empty", rebuilt)
            added = []
            for number in range(days, days + DAYS_ADDED):
                write_days(_home(folder), number, number + 1, arguments.articles)
                added.append(in_own_process(bring_up_to_date, folder))
            day[days] = {name: median(one[name] for one in added) for name in added[0]}
            _print(f"one day more than {days}", day[days])
        ratio = day[arguments.days]["day cpu"] / day[arguments.few]["day cpu"]
        print(f"a day more costs {ratio:.2f} times as much after {arguments.days} days as after {arguments.few}")
        pandas = in_own_process(count_in_pandas, many, arguments.pandas_days)
        millions = pandas["mentions"] / 1e6
        cost = f"{pandas['cpu'] / millions:.1f} s CPU and {pandas['wall'] / millions:.1f} s for a million mentions"
        print(
            f"pandas, counting and writing only: {cost}, {pandas['peak MiB']:.0f} MiB for {arguments.pandas_days} days"
        )
    return 0


def _print(title: str, measured: dict[str, float]) -> None:
    print(f"{title}: {measured['day cpu']:.2f} s CPU, {measured['day wall']:.2f} s, {measured['peak MiB']:.0f} MiB")
    for step in ("build", "audit", "publish", "copy", "group"):
        print(f"    {step:8s} {measured[f'{step} cpu']:8.2f} s CPU {measured[f'{step} wall']:8.2f} s")


if __name__ == "__main__":
    sys.exit(main())
