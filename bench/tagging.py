"""`make bench-tagging`: how right and how fast the tagger is, in one table.

DATELINE_BENCH_DATA names a folder with Reuters-21578 and GUM (news/*.jsonl.gz); without it those parts are skipped and
say so. DATELINE_BENCH_PYTHON names an interpreter that has spaCy, for the speed of a PhraseMatcher beside ours.

What is looked at while rules are written and what is only counted stand in rows of their own.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from assets.collecting import no_collecting
from assets.home import DEFAULT_CONFIG, Home
from assets.settings import load_settings
from assets.tables import table
from assets.tagging.authority import Authority, load_authority
from assets.tagging.folding import plain
from assets.tagging.gold import load_gold, sample_home, tag_gold
from assets.tagging.quality import differences, score_gold
from assets.tagging.tagger import Tagger
from bench import gum, reuters
from bench.corpus import invented_names
from bench.tables import Row, print_table

if TYPE_CHECKING:
    import pyarrow as pa

PARTS = ("gold", "gum", "reuters", "speed")
CHARACTERS = 2_500  # of an article whose speed is measured: that of a usual one
ALIASES = 50_000
PASSES = 3


def main() -> int:
    """Measure the parts asked for and print them; return the exit code."""
    parser = argparse.ArgumentParser(prog="make bench-tagging", description=__doc__)
    parser.add_argument("--parts", default=",".join(PARTS), help="of " + ", ".join(PARTS))
    parser.add_argument("--articles", type=int, help="of Reuters: the first so many only")
    parser.add_argument("--timed", type=int, default=2_000, help="articles whose speed is measured")
    parser.add_argument("--misses", type=Path, help="write what differs in the halves that may be looked at")
    arguments = parser.parse_args()
    parts = arguments.parts.split(",")
    differences: list[tuple] = []

    def differ(*what: object) -> None:
        differences.append(what)

    data = os.environ.get("DATELINE_BENCH_DATA")
    rows: list[Row] = []
    with TemporaryDirectory(prefix="dateline-bench-") as folder:
        home = Home(Path(folder) / "data", DEFAULT_CONFIG)
        threshold = load_settings(home).counting.mention_confidence
        tagger = Tagger(home)
        if "gold" in parts:
            rows += _gold(home, Path(folder) / "gold", threshold, differ)
        if data is None:
            print("DATELINE_BENCH_DATA is not set: no Reuters and no GUM to measure on; nor is speed measured")
        else:
            if "gum" in parts:
                articles = gum.read(Path(data))
                tagged = tagger.tag(as_articles(gum.rows_for_tagging(articles)))
                rows += gum.compare(articles, tagged["mentions"], threshold, differ)
            if "reuters" in parts or "speed" in parts:
                articles = reuters.read(Path(data), arguments.articles)
            if "reuters" in parts:
                tagged = tagger.tag(as_articles(reuters.rows_for_tagging(articles)))
                rows += reuters.compare(
                    articles, tagged["mentions"], tagged["article_themes"], load_authority(home), threshold, differ
                )
            if "speed" in parts:
                texts = joined((text for _, _, text, _ in reuters.rows_for_tagging(articles)), arguments.timed)
                rows += _speed(texts, Path(folder) / "speed")
    print_table("Tagging", rows)
    if arguments.misses:
        lines = ["\t".join(str(cell).replace("\n", " ") for cell in what) for what in differences]
        arguments.misses.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


def as_articles(rows: Iterable[tuple[str, str, str, date]]) -> pa.Table:
    """Return (id, title, text, day) as the articles table of the record."""
    import pyarrow as pa

    return pa.Table.from_pylist(
        [
            {
                "document_id": id_, "article_id": id_, "source_id": "bench", "title": title, "text": text,
                "language": "en", "machine_translated": False, "tagged": True, "published_on": day,
                "date_method": "declared", "date_conflict": False, "landed_on": day,
                "first_seen_at": datetime(2026, 1, 1), "word_count": len(text.split()), "text_sha256": "",
            }
            for id_, title, text, day in rows
        ],
        table("articles").record_schema,
    )  # fmt: skip


def joined(texts: Iterable[str], count: int) -> list[str]:
    """Return up to `count` texts of CHARACTERS, less what is left of a word, made of successive shorter ones."""
    made: list[str] = []
    waiting: list[str] = []
    for text in texts:
        waiting.append(text)
        if sum(map(len, waiting)) >= CHARACTERS:
            made.append("\n".join(waiting)[: CHARACTERS + 1].rsplit(maxsplit=1)[0])
            waiting = []
            if len(made) == count:
                break
    return made


def _gold(home: Home, folder: Path, threshold: float, differ: Callable[..., None]) -> list[Row]:
    gold = load_gold()
    tagged = tag_gold(gold, sample_home(home, folder))
    scores = score_gold(gold, tagged, threshold)
    for what in differences(gold, tagged, threshold):
        differ("gold", *what)
    values = {(one["slice"], one["metric"]): one for one in scores.to_pylist()}
    rows = []
    for (slice_, metric), one in values.items():
        name, _, measure = metric.rpartition("_")
        precision = values.get((slice_, f"{name}_precision"))
        recall = values.get((slice_, f"{name}_recall"))
        note = f"n {one['n']}, {one['low']:.3f} to {one['high']:.3f}"
        if measure == "f1" and precision and recall:
            note += f"; precision {precision['value']:.3f}, recall {recall['value']:.3f}"
        if measure == "f1" or measure not in ("precision", "recall"):
            rows.append(Row(f"gold {slice_}: {metric}", one["value"], note=note))
    return rows


def _speed(texts: list[str], folder: Path) -> list[Row]:
    """Return the speed of finding aliases, beside spaCy's, and of the whole of tagging, on one core."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    home = _home_with_aliases(folder)
    tagger = Tagger(home)
    articles = as_articles((str(n), "", text, date(1987, 3, 1)) for n, text in enumerate(texts))
    characters = sum(map(len, texts))
    finding = _best(lambda: [tagger.lexicon.search(plain(text)) for text in texts])
    whole = _best(lambda: tagger.tag(articles))
    theirs = _phrase_matcher(home, texts, folder)
    note = f"{len(texts)} articles of {characters // len(texts)} characters, {ALIASES} aliases, CPU time of one core"
    return [
        Row(label, amount / finding, theirs and amount / theirs, unit, note)
        for label, amount, unit in (
            ("finding aliases and theme terms", len(texts), "articles/s"),
            ("finding aliases and theme terms", characters / 1e6, "M characters/s"),
        )
    ] + [Row("the whole of tagging", len(texts) / whole, None, "articles/s", note)]


def _home_with_aliases(folder: Path) -> Home:
    """Return an installation that has the project's authority and invented persons up to ALIASES names."""
    shutil.copytree(DEFAULT_CONFIG, folder / "config")
    authority = load_authority(Home(folder / "data", DEFAULT_CONFIG))
    missing = max(ALIASES - len(_aliases(authority)), 0)
    with (folder / "config" / "actors" / "invented.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["actor_id", "name", "actor_type", "country", "wikidata", "plover", "origin"])
        for number, name in enumerate(invented_names(random.Random(20220316), missing)):
            writer.writerow([f"person:bench-{number}", name, "person", "", "", "", "generated"])
    return Home(folder / "data", folder / "config")


def _aliases(authority: Authority) -> list[str]:
    return sorted({row["name"] for row in (*authority.actors, *authority.actor_names)})


def _best(work: Callable[[], object]) -> float:
    seconds = []
    with no_collecting():  # as in a run, and as for the PhraseMatcher
        for _ in range(PASSES):
            started = time.process_time()
            work()
            seconds.append(time.process_time() - started)
    return min(seconds)


def _phrase_matcher(home: Home, texts: list[str], folder: Path) -> float | None:
    """Return the CPU seconds that a PhraseMatcher takes over the same texts and aliases; None without spaCy."""
    python = os.environ.get("DATELINE_BENCH_PYTHON", sys.executable)
    authority = load_authority(home)
    terms = [term.term for theme in authority.themes for term in theme.weighted_terms()]
    (folder / "aliases.json").write_text(json.dumps(sorted({*_aliases(authority), *terms})), encoding="utf-8")
    (folder / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    script = Path(__file__).with_name("phrase_matcher.py")
    command = [python, str(script), str(folder / "aliases.json"), str(folder / "texts.json")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        reason = run.stderr.strip().splitlines()[-1:] or ["no message"]
        print(f"no PhraseMatcher beside ours (DATELINE_BENCH_PYTHON={python}): {reason[0]}")
        return None
    return json.loads(run.stdout)["seconds"]


if __name__ == "__main__":
    sys.exit(main())
