"""How often the tags are right: precision, recall and F1 against hand-annotated articles.

Belongs here: comparing tables with gold and the intervals around a measure.
Does not belong here: which gold there is and how its articles are made (gold.py).

What is one unit of each measure:

* actors (and persons, countries, organisations, and each actor type): an actor in a paragraph (0 is the title, 1... the
  lines of the text) that names it with at least the counting confidence. Actors that no list knows are apart.
* readings: the same unit, by the way in which the actor is named. Precision: how many of the pairs that we read so are
  right, whichever reading gold has. Recall: how many of the pairs that gold reads so we found, whichever way.
* quotes: a direct quotation with its speaker; right where both are.
* unknown_persons, unknown_organisations: the name of one in a paragraph; persons are one where their surnames are.
* themes, dates: an article. A theme implies those above it: found oil and gas is found energy; found energy is no
  mistake where gold has oil and gas, but does not find it.
* reliability: an actor in a paragraph, by the confidence that his surest mention in it claims; the value is how many
  are right. Those below the counting threshold are counted too. `calibration_error` is the mean distance between claim
  and truth.

A gold article that gave no article is wholly missed. The interval of a share is Wilson's for 95 %; that of an F1 comes
from 500 bootstrap samples of the articles, with a fixed seed so that a second run says the same.
"""

from __future__ import annotations

import math
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from assets.tables import table
from assets.tagging.folding import lower, plain

if TYPE_CHECKING:
    import pyarrow as pa

    from assets.tagging.gold import GoldArticle, Tagged

BOOTSTRAPS = 500
_SEED = 20220316
_Z = 1.959964
# Of what was found: right and wrong; of what gold has: found and missed. By reading, right and found may differ.
Count = tuple[int, int, int, int]

ACTOR_METRICS = {
    "actors": ("person:", "country:", "region:", "org:"),
    "persons": ("person:",),
    "countries": ("country:",),
    "organisations": ("org:",),
}
CONFIDENCES = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)

_WORDS = re.compile(r"\w+")


def score_gold(
    gold: list[GoldArticle],
    tagged: Tagged,
    threshold: float,
    gold_sha256: str = "",
    rules_version: str = "",
) -> pa.Table:
    """Return the rows of `quality_scores`: metric, slice, n, value, low, high, and what they were measured with.

    Mentions under `threshold` are not counted.
    """
    import pyarrow as pa

    found = _by_article(tagged, threshold)
    counts: dict[str, dict[str, list[Count]]] = defaultdict(lambda: defaultdict(list))
    claims: list[tuple[float, bool]] = []
    for one in gold:
        article = found.get(one.name) or _Article()
        slices = [
            "all",
            "machine_translated" if one.machine_translated else "clean",
            "held_out" if one.held_out else "seen",
        ]
        for metric, count in _compare(one, article, tagged.theme_parents).items():
            for slice_ in slices:
                counts[slice_][metric].append(count)
        for slice_, count in _sliced(one, article, tagged.actor_types).items():
            counts[slice_]["actors"].append(count)
        claims += [(confidence, unit in one.actors) for unit, confidence in article.claims.items()]
    rows = [
        {**row, "slice": slice_}
        for slice_, metrics in counts.items()
        for metric, per_article in metrics.items()
        for row in _measures(metric, per_article)
    ]
    rows += _reliability(claims)
    rows.sort(key=lambda row: (row["slice"], row["metric"]))
    same = {"gold_sha256": gold_sha256, "rules_version": rules_version}
    return pa.Table.from_pylist([{**row, **same} for row in rows], table("quality_scores").arrow_schema)


def summary(scores: pa.Table) -> list[dict[str, Any]]:
    """Return one row per slice and measure, as people read it: all articles first, then those held out, then parts."""
    values = {(row["slice"], row["metric"]): row for row in scores.to_pylist()}
    first = {"all": 0, "held_out": 1, "seen": 2, "clean": 3, "machine_translated": 4}
    rows = []
    for (slice_, metric), one in sorted(values.items(), key=lambda item: (first.get(item[0][0], 9), item[0])):
        measure = metric.removesuffix("_f1")
        if measure == metric and metric not in ("reliability", "calibration_error"):
            continue
        row = {"slice": slice_, "measure": measure, "n": one["n"]}
        for name in ("precision", "recall"):
            part = values.get((slice_, f"{measure}_{name}"))
            row[name] = part and f"{part['value']:.3f}"
        claimed = values.get((slice_, "claimed")) if metric == "reliability" else None
        row["value"] = f"{one['value']:.3f}" + (f" (claimed {claimed['value']:.3f})" if claimed else "")
        row["95 % interval"] = f"{one['low']:.3f} to {one['high']:.3f}"
        rows.append(row)
    return rows


def differences(gold: list[GoldArticle], tagged: Tagged, threshold: float) -> Iterator[tuple[str, str, str, object]]:
    """Yield article, measure, wrong or missed, and what, for the articles that may be looked at: none held out."""
    found = _by_article(tagged, threshold)
    for one in gold:
        article = found.get(one.name) or _Article()
        if one.held_out:
            continue
        pairs: list[tuple[str, Any, Any]] = [("actors", one.actors, article.actors)]
        if any(compare_themes(one.themes, article.themes, tagged.theme_parents)[1::2]):
            pairs.append(("themes", one.themes, article.themes))
        if one.unknown is not None:
            persons = {(number, _surname(name)) for number, name in one.unknown["person"]}
            pairs.append(("unknown persons", persons, set(_local_names(article, "local-person:", _surname))))
            bodies = {(number, _folded(name)) for number, name in one.unknown["organisation"]}
            pairs.append(("unknown organisations", bodies, set(_local_names(article, "local-org:", _folded))))
        for measure, wanted, ours in pairs:
            for unit in sorted(wanted ^ ours, key=str):
                yield one.name, measure, "wrong" if unit in ours else "missed", unit
        if one.quotes is not None and any(_compare_quotes(one, article)[1::2]):
            yield one.name, "quotes", "differ", (one.quotes, article.quotes)


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


class _Article:
    """What was found in one article, in the units of the measures."""

    def __init__(self, text: str = "", published_on: Any = None, *, missing: bool = True) -> None:
        self.text = text
        self.published_on = published_on
        self.missing = missing
        self.actors: set[tuple[int, str]] = set()
        self.readings: set[tuple[int, str, str]] = set()
        self.claims: dict[tuple[int, str], float] = {}
        self.surfaces: dict[str, set[str]] = defaultdict(set)
        self.local: set[tuple[int, str]] = set()
        self.quotes: list[tuple[str, str | None, str | None]] = []
        self.themes: set[str] = set()


def _by_article(tagged: Tagged, threshold: float) -> dict[str, _Article]:
    found: dict[str, _Article] = {}
    by_document: dict[str, _Article] = {}
    for row in tagged.articles.select(["gold_name", "document_id", "text", "published_on"]).to_pylist():
        article = _Article(row["text"], row["published_on"], missing=False)
        found[row["gold_name"]] = by_document[row["document_id"]] = article
    columns = ["document_id", "part", "start_char", "surface", "actor_id", "reading", "confidence"]
    for row in tagged.mentions.select(columns).to_pylist():
        article = by_document.get(row["document_id"])
        if article is None:
            continue
        unit = (0 if row["part"] == "title" else paragraph_of(article.text, row["start_char"]), row["actor_id"])
        article.surfaces[row["actor_id"]].add(row["surface"])
        if row["actor_id"].startswith("local-"):
            if row["confidence"] >= threshold:
                article.local.add(unit)
        elif row["actor_id"].startswith(ACTOR_METRICS["actors"]):
            article.claims[unit] = max(article.claims.get(unit, 0.0), row["confidence"])
            if row["confidence"] >= threshold:
                article.actors.add(unit)
                article.readings.add((*unit, row["reading"]))
    for row in tagged.quotes.select(
        ["document_id", "surface", "kind", "speaker_actor_id", "speaker_surface"]
    ).to_pylist():
        if row["document_id"] in by_document and row["kind"] == "direct":
            quote = (row["surface"], row["speaker_actor_id"], row["speaker_surface"])
            by_document[row["document_id"]].quotes.append(quote)
    for row in tagged.article_themes.select(["document_id", "theme_id"]).to_pylist():
        if row["document_id"] in by_document:
            by_document[row["document_id"]].themes.add(row["theme_id"])
    return found


def _compare(gold: GoldArticle, article: _Article, parents: dict[str, str]) -> dict[str, Count]:
    counts = {
        name: _count(
            {unit for unit in gold.actors if unit[1].startswith(prefixes)},
            {unit for unit in article.actors if unit[1].startswith(prefixes)},
        )
        for name, prefixes in ACTOR_METRICS.items()
    }
    counts["themes"] = compare_themes(gold.themes, article.themes, parents)
    counts["dates"] = (
        (1, 0, 1, 0) if article.published_on == gold.published_on and not article.missing else (0, 1, 0, 1)
    )
    if gold.unknown is not None:
        persons = {(number, _surname(name)) for number, name in gold.unknown["person"]}
        counts["unknown_persons"] = _count(persons, set(_local_names(article, "local-person:", _surname)))
        bodies = {(number, _folded(name)) for number, name in gold.unknown["organisation"]}
        counts["unknown_organisations"] = _count(bodies, set(_local_names(article, "local-org:", _folded)))
    if gold.quotes is not None:
        counts["quotes"] = _compare_quotes(gold, article)
    return counts


def _local_names(article: _Article, prefix: str, key: Any) -> Iterable[tuple[int, str]]:
    for number, actor_id in article.local:
        if actor_id.startswith(prefix):
            yield number, key(max(article.surfaces[actor_id], key=lambda name: (len(name), name)))


def _compare_quotes(gold: GoldArticle, article: _Article) -> Count:
    waiting = [(_folded(one.begins), one.speaker) for one in gold.quotes or ()]
    right = wrong = 0
    for surface, speaker_id, speaker_surface in article.quotes:
        words = _folded(surface)
        match = next((one for one in waiting if one[0] in words or (len(words) > 20 and words in one[0])), None)
        if match is not None and _is_speaker(match[1], speaker_id, speaker_surface, article):
            waiting.remove(match)
            right += 1
        else:
            wrong += 1
    return right, wrong, right, len(waiting)


def _is_speaker(wanted: str, actor_id: str | None, surface: str | None, article: _Article) -> bool:
    if ":" in wanted:
        return actor_id == wanted
    names = {surface or "", *article.surfaces.get(actor_id or "", ())}
    return any(_surname(wanted) in _folded(name).split() for name in names)


def _sliced(gold: GoldArticle, article: _Article, types: dict[str, str]) -> dict[str, Count]:
    """Return the counts of actors by type and by reading."""
    counts = {}
    kinds = {types.get(actor_id, "unlisted") for _, actor_id in gold.actors | article.actors}
    for kind in kinds:
        wanted, found = (
            {unit for unit in units if types.get(unit[1], "unlisted") == kind}
            for units in (gold.actors, article.actors)
        )
        counts[f"type {kind}"] = _count(wanted, found)
    if gold.readings is not None:
        for reading in {one[2] for one in gold.readings | article.readings}:
            wanted, found = (
                {one[:2] for one in units if one[2] == reading} for units in (gold.readings, article.readings)
            )
            counts[f"reading {reading}"] = (
                len(found & gold.actors), len(found - gold.actors),
                len(wanted & article.actors), len(wanted - article.actors),
            )  # fmt: skip
    return counts


def compare_themes(wanted: set | frozenset, found: set, parents: dict[str, str]) -> Count:
    """Count themes as right, wrong and missed, where a theme implies those above it."""
    above_found = {theme for one in found for theme in _above(one, parents)}
    above_wanted = {theme for one in wanted for theme in _above(one, parents)}
    right = len(wanted & (found | above_found))
    wrong = {one for one in found - wanted - above_wanted if not wanted.intersection(_above(one, parents))}
    return right, len(wrong), right, len(wanted) - right


def _above(theme_id: str, parents: dict[str, str]) -> Iterator[str]:
    while (theme_id := parents.get(theme_id, "")) != "":
        yield theme_id


def _count(wanted: set | frozenset, found: set) -> Count:
    right = len(wanted & found)
    return right, len(found - wanted), right, len(wanted - found)


def _folded(text: str) -> str:
    return " ".join(_WORDS.findall(lower(plain(text))))


def _surname(name: str) -> str:
    words = [word for word in _folded(name).split() if word != "s"]
    return words[-1] if words else ""


def _measures(metric: str, per_article: list[Count]) -> list[dict[str, Any]]:
    right, wrong, hit, missed = map(sum, zip(*per_article, strict=True))
    rows = []
    for name, good, n in (("precision", right, right + wrong), ("recall", hit, hit + missed)):
        if n:
            rows.append(_row(f"{metric}_{name}", n, good / n, *wilson(good, n)))
    if right + wrong + hit + missed:
        generator = random.Random(_SEED)
        samples = sorted(_f1(generator.choices(per_article, k=len(per_article))) for _ in range(BOOTSTRAPS))
        low, high = samples[int(0.025 * BOOTSTRAPS)], samples[int(0.975 * BOOTSTRAPS) - 1]
        rows.append(_row(f"{metric}_f1", hit + missed, _f1(per_article), low, high))
    return rows


def _reliability(claims: list[tuple[float, bool]]) -> list[dict[str, Any]]:
    """Return, for each band of claimed confidence, the mean claim and the share that is right; and their distance."""
    rows = []
    distance = 0.0
    for low, high in zip(CONFIDENCES, CONFIDENCES[1:], strict=False):
        band = [claim for claim in claims if low <= claim[0] < high or claim[0] == high == 1.0]
        if band:
            right, n = sum(is_right for _, is_right in band), len(band)
            claimed = sum(confidence for confidence, _ in band) / n
            distance += abs(right / n - claimed) * n
            slice_ = f"confidence {low:.2f} to {high:.2f}"
            rows.append({**_row("reliability", n, right / n, *wilson(right, n)), "slice": slice_})
            rows.append({**_row("claimed", n, claimed, claimed, claimed), "slice": slice_})
    if claims:
        error = distance / len(claims)
        rows.append({**_row("calibration_error", len(claims), error, error, error), "slice": "all"})
    return rows


def _row(metric: str, n: int, value: float, low: float, high: float) -> dict[str, Any]:
    return {"metric": metric, "n": n, "value": round(value, 4), "low": round(low, 4), "high": round(high, 4)}


def _f1(per_article: list[Count]) -> float:
    right, wrong, hit, missed = map(sum, zip(*per_article, strict=True))
    if right + wrong + hit + missed == 0:
        return 1.0
    precision, recall = right / (right + wrong or 1), hit / (hit + missed or 1)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
