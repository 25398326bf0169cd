"""Reprint groups, measured: the same page as many extractors cut it must be one group, and no two pages one.

`make bench-cleaning` calls `measure`. The texts of half of the pages were looked at while the rules were written; the
other half was only scored, and is shown apart. Beside our figures stand those of grouping by equal text alone.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa

from assets.cleaning.identity import text_sha256
from assets.cleaning.reprints import group_reprints
from assets.home import DEFAULT_CONFIG, Home
from assets.record import Record
from assets.reference import read_reprint_groups
from assets.settings import Settings
from assets.tables import table
from bench.tables import Row

COPIES = "copies/extractor_copies_odd.jsonl.gz"
REUTERS = "news/reuters21578_train.jsonl.gz"
FIRST_DAY = date(2020, 1, 1)
ARTICLE_CHARS = 2500


def measure(data: Path) -> list[Row]:
    """Return how right the groups of noisy copies are, and how many articles are grouped in a second."""
    rows: list[Row] = []
    if (data / COPIES).exists():
        copies = list(_lines(data / COPIES))
        for half, wanted in (("seen", 0), ("held out", 1)):
            rows += _copies([copy for copy in copies if _half(copy["group"]) == wanted], half)
    else:
        rows.append(Row("reprints of noisy copies", None, note=f"skipped: {COPIES} is missing"))
    if (data / REUTERS).exists():
        rows += _news(list(_lines(data / REUTERS)))
    else:
        rows.append(Row("reprints per second", None, note=f"skipped: {REUTERS} is missing"))
    return rows


def _copies(copies: list[dict[str, str]], half: str) -> list[Row]:
    articles = [
        _article(copy["id"], copy["text"], FIRST_DAY + timedelta(days=number * 7 % 20), f"source-{number % 50}")
        for number, copy in enumerate(copies)
    ]
    truth = {copy["id"]: copy["group"] for copy in copies}
    groups, seconds = _grouped(articles)
    ours, theirs = _scores(groups, truth), _scores({a["article_id"]: a["text_sha256"] for a in articles}, truth)
    note = f"{len(set(truth.values()))} pages, {len(copies)} texts, {half}"
    return [
        *(Row(f"reprints {name}, {half}", ours[name], theirs[name], note=note) for name in ours),
        Row(f"reprints of copies, {half}", len(articles) / seconds, unit="articles/s", note="long texts, all copies"),
    ]


def _scores(groups: Mapping[str, str], truth: Mapping[str, str]) -> dict[str, float]:
    together = Counter((groups[name], truth[name]) for name in truth)
    found, real = Counter(groups[name] for name in truth), Counter(truth.values())
    pairs = _pairs(together.values())
    precision = sum(n * n / found[group] for (group, _), n in together.items()) / len(truth)
    recall = sum(n * n / real[group] for (_, group), n in together.items()) / len(truth)
    return {
        "pair precision": pairs / max(_pairs(found.values()), 1),
        "pair recall": pairs / max(_pairs(real.values()), 1),
        "B-cubed F1": 2 * precision * recall / (precision + recall),
        "groups of different articles": sum(count > 1 for count in Counter(group for group, _ in together).values()),
    }


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def _news(reuters: list[dict[str, Any]]) -> list[Row]:
    """Group a month of news of the usual length, a fifth of it changed copies, and Reuters itself as it is."""
    random_ = random.Random(20220316)
    bodies = [" ".join(one["body"].split()) for one in reuters if one["body"]]
    texts, text = [], ""
    for body in bodies:
        text = f"{text}\n{body}"
        if len(text) > ARTICLE_CHARS:
            texts.append(text[:ARTICLE_CHARS])
            text = ""
    articles, copied = [], {}
    for number, text in enumerate(texts):
        day = FIRST_DAY + timedelta(days=number % 30)
        articles.append(_article(f"original-{number}", text, day, f"source-{number % 20}"))
        if number % 4 == 0:
            copied[f"copy-{number}"] = f"original-{number}"
            later = day + timedelta(days=random_.randrange(5))
            articles.append(_article(f"copy-{number}", _changed(text, random_), later, "other-source"))
    groups, seconds = _grouped(articles)
    exact = _exact_seconds(articles)
    found = sum(groups[copy] == groups[original] for copy, original in copied.items())
    plain = [
        _article(f"reuters-{one['id']}", one["body"], date.fromisoformat(one["date"][:10]), "reuters")
        for one in reuters
        if one["body"] and one["date"]
    ]
    plain_groups, plain_seconds = _grouped(plain)
    sizes = Counter(plain_groups.values())
    return [
        Row(
            "reprints grouped", len(articles) / seconds, len(articles) / exact, "articles/s", "CPU; theirs: equal texts"
        ),
        Row("reprints grouped, Reuters as it is", len(plain) / plain_seconds, unit="articles/s", note="CPU"),
        Row("reprints of changed copies found", found / len(copied), 0.0, note=f"{len(copied)} of 5 kinds, made here"),
        Row(
            "reprints, largest group of Reuters",
            max(sizes.values()),
            note=f"{len(plain)} articles, 1,600 of them stubs",
        ),
    ]


def _changed(text: str, random_: random.Random) -> str:
    """Return a copy of one of five kinds: truncated, with a lead, re-paragraphed, lightly edited, two at once."""
    kind = random_.randrange(5)
    words = text.split()
    if kind in (0, 4):
        words = words[: int(len(words) * random_.uniform(0.4, 0.9))]
    if kind in (1, 4):
        words = ["From", "our", "correspondent,", "as", "received", "from", "the", "agency", "this", "morning.", *words]
    if kind == 2:
        words = [word + "\n" if random_.random() < 0.05 else word for word in words]
    if kind == 3:
        words = [word for word in words if random_.random() > 0.04]
    return " ".join(words)


def _grouped(articles: list[dict[str, Any]]) -> tuple[dict[str, str], float]:
    """Return the group of each article, and the CPU seconds that grouping took from the record to the record."""
    with TemporaryDirectory(prefix="dateline-bench-") as folder:
        home = Home(Path(folder), DEFAULT_CONFIG)
        record, days = Record(home.record), defaultdict(list)
        for article in articles:
            days[article["landed_on"]].append(article)
        for day, rows in days.items():
            record.replace_day("articles", day, pa.Table.from_pylist(rows, schema=table("articles").record_schema))
        started = time.process_time()
        group_reprints(home, Settings())
        seconds = time.process_time() - started
        groups = read_reprint_groups(home)
    return dict(zip(groups["article_id"].to_pylist(), groups["reprint_group_id"].to_pylist(), strict=True)), seconds


def _exact_seconds(articles: list[dict[str, Any]]) -> float:
    rows = pa.Table.from_pylist([{name: one[name] for name in ("article_id", "text_sha256")} for one in articles])
    started = time.process_time()
    duckdb.sql(
        "select text_sha256, min(article_id) as lead, count(*) as copies from rows group by text_sha256"
    ).fetchall()
    del rows
    return time.process_time() - started


def _article(name: str, text: str, day: date, source_id: str) -> dict[str, Any]:
    return {
        "document_id": name,
        "article_id": name,
        "source_id": source_id,
        "title": name,
        "text": text,
        "language": "en",
        "machine_translated": False,
        "tagged": True,
        "published_on": day,
        "date_method": "declared",
        "date_conflict": False,
        "landed_on": day,
        "first_seen_at": datetime(day.year, day.month, day.day),
        "word_count": len(re.findall(r"\w+", text)),
        "text_sha256": text_sha256(text),
    }


def _half(group: str) -> int:
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % 2


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)
