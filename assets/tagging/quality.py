"""How often the tags are right: precision, recall and F1 against hand-annotated articles.

Belongs here: comparing tables with gold and the intervals around a measure.
Does not belong here: which gold there is and how its articles are made (gold.py).

Actors are compared by paragraph (0 is the title, 1... the lines of the text): an actor counts once in each paragraph
that names it with at least the counting confidence. Themes and dates are compared by article. A gold article that gave
no article is wholly missed. The interval of a precision or recall is Wilson's for 95 %; that of an F1 comes from 500
bootstrap samples of the articles, with a fixed seed so that a second run says the same.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from assets.tables import table

if TYPE_CHECKING:
    import pyarrow as pa

BOOTSTRAPS = 500
_SEED = 20220316
_Z = 1.959964
# A count is (right, wrong, missed).
Count = tuple[int, int, int]

ACTOR_METRICS: dict[str, Callable[[str], bool]] = {
    "actors": lambda actor_id: True,
    "persons": lambda actor_id: actor_id.startswith(("person:", "local-person:")),
    "countries": lambda actor_id: actor_id.startswith("country:"),
    "organisations": lambda actor_id: actor_id.startswith(("org:", "local-org:")),
}


def score_gold(
    gold: list[dict[str, Any]],
    articles: pa.Table,
    mentions: pa.Table,
    article_themes: pa.Table,
    threshold: float,
    gold_sha256: str = "",
    rules_version: str = "",
) -> pa.Table:
    """Return the rows of `quality_scores`: metric, slice, n, value, low, high, and what they were measured with.

    `gold` are annotations with a `gold_name`; `articles` carries the same name in a column, which binds them.
    Mentions under `threshold` are not counted.
    """
    import pyarrow as pa

    found = _by_article(articles, mentions, article_themes, threshold)
    counts: dict[str, dict[str, list[Count]]] = defaultdict(lambda: defaultdict(list))
    for one in gold:
        article = found.get(one["gold_name"])
        slices = ["all"]
        if article is not None:
            slices.append("machine_translated" if article["machine_translated"] else "clean")
        for metric, count in _compare(one, article).items():
            for slice_ in slices:
                counts[slice_][metric].append(count)
    rows = []
    for slice_, metrics in counts.items():
        for metric, per_article in metrics.items():
            for row in _measures(metric, per_article):
                rows.append({**row, "slice": slice_, "gold_sha256": gold_sha256, "rules_version": rules_version})
    rows.sort(key=lambda row: (row["slice"], row["metric"]))
    return pa.Table.from_pylist(rows, table("quality_scores").arrow_schema)


def wilson(right: int, n: int) -> tuple[float, float]:
    """Return the Wilson interval for 95 % of `right` among `n`."""
    if n == 0:
        return 0.0, 1.0
    share = right / n
    centre = share + _Z**2 / (2 * n)
    margin = _Z * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    below = 1 + _Z**2 / n
    return max(0.0, (centre - margin) / below), min(1.0, (centre + margin) / below)


def paragraph_of(text: str, start: int) -> int:
    """Return the number of the line of `text` in which `start` stands, from 1; empty lines are none."""
    return sum(1 for line in text[:start].split("\n")[:-1] if line.strip()) + 1


def _by_article(
    articles: pa.Table, mentions: pa.Table, article_themes: pa.Table, threshold: float
) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    by_document: dict[str, dict[str, Any]] = {}
    columns = ["gold_name", "document_id", "text", "machine_translated", "published_on"]
    for row in articles.select(columns).to_pylist():
        row.update(actors=set(), themes=set())
        found[row["gold_name"]] = by_document[row["document_id"]] = row
    for row in mentions.select(["document_id", "part", "start_char", "actor_id", "confidence"]).to_pylist():
        article = by_document.get(row["document_id"])
        if article is not None and row["confidence"] >= threshold:
            paragraph = 0 if row["part"] == "title" else paragraph_of(article["text"], row["start_char"])
            article["actors"].add((paragraph, row["actor_id"]))
    for row in article_themes.select(["document_id", "theme_id"]).to_pylist():
        if row["document_id"] in by_document:
            by_document[row["document_id"]]["themes"].add(row["theme_id"])
    return found


def _compare(gold: dict[str, Any], article: dict[str, Any] | None) -> dict[str, Count]:
    wanted = {(int(number), actor) for number, actors in (gold["actors"] or {}).items() for actor in actors or ()}
    actors = article["actors"] if article else set()
    counts = {
        name: _count({pair for pair in wanted if keep(pair[1])}, {pair for pair in actors if keep(pair[1])})
        for name, keep in ACTOR_METRICS.items()
    }
    counts["themes"] = _count(set(gold["themes"] or ()), article["themes"] if article else set())
    day = gold.get("published_on")
    day = date.fromisoformat(str(day)) if day else None
    counts["dates"] = (1, 0, 0) if article and article["published_on"] == day else (0, 1 if article else 0, 1)
    return counts


def _count(wanted: set, found: set) -> Count:
    return len(wanted & found), len(found - wanted), len(wanted - found)


def _measures(metric: str, per_article: list[Count]) -> list[dict[str, Any]]:
    right, wrong, missed = (sum(count[i] for count in per_article) for i in range(3))
    rows = []
    for name, n in (("precision", right + wrong), ("recall", right + missed)):
        if n:
            low, high = wilson(right, n)
            rows.append(_row(f"{metric}_{name}", n, right / n, low, high))
    if right + wrong + missed:
        generator = random.Random(_SEED)
        samples = sorted(_f1(generator.choices(per_article, k=len(per_article))) for _ in range(BOOTSTRAPS))
        low, high = samples[int(0.025 * BOOTSTRAPS)], samples[int(0.975 * BOOTSTRAPS) - 1]
        rows.append(_row(f"{metric}_f1", right + missed, _f1(per_article), low, high))
    return rows


def _row(metric: str, n: int, value: float, low: float, high: float) -> dict[str, Any]:
    return {"metric": metric, "n": n, "value": round(value, 4), "low": round(low, 4), "high": round(high, 4)}


def _f1(per_article: list[Count]) -> float:
    right, wrong, missed = (sum(count[i] for count in per_article) for i in range(3))
    return 2 * right / (2 * right + wrong + missed) if right + wrong + missed else 1.0
