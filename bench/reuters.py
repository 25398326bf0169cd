"""Reuters-21578, newswire of 1987: countries, persons, bodies and themes beside those that the editors noted.

Belongs here: reading the corpus, the mapping of its codes to ours (reuters_codes.csv), and the comparison by article.
Does not belong here: the table that is printed (tagging.py).

Editors noted what an article is about, not whom it names, and they noted the country of a company without a word of it
in the text; so neither precision nor recall can reach 1, and a change in them tells more than their level.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assets.tagging.authority import Authority
from assets.tagging.folding import lower, plain
from bench.tables import Row

if TYPE_CHECKING:
    import pyarrow as pa

FILE = "news/reuters21578_train.jsonl.gz"
STUB = "Blah blah blah"
# A country or theme that the editors noted less often has no daily count worth ranking.
OFTEN = 100


def read(data: Path, limit: int | None = None) -> list[dict[str, Any]]:
    """Return the corpus's articles that have a text, in the order of the file."""
    with gzip.open(data / FILE, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    articles = [one for one in articles if one["body"] and STUB not in one["body"]]
    return articles[:limit] if limit else articles


def rows_for_tagging(articles: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str, str, date]]:
    """Yield id, title, text and day of each article, its lines joined into paragraphs as the wire meant them."""
    for one in articles:
        paragraphs = one["body"].replace("\n    ", "\r").replace("\n", " ").split("\r")
        dateline = f"{one['dateline']} " if one["dateline"] else ""
        text = dateline + "\n".join(part.strip() for part in paragraphs if part.strip())
        yield str(one["id"]), one["title"], text, date.fromisoformat(one["date"][:10])


def compare(
    articles: list[dict[str, Any]],
    mentions: pa.Table,
    themes: pa.Table,
    authority: Authority,
    threshold: float,
    differ: Callable[..., None],
) -> list[Row]:
    """Return precision, recall, F1 and rank correlation of each category, on both halves of the corpus.

    Articles with an even id may be looked at while rules are written: what differs in them is told to `differ`. Those
    with an odd one are only counted.
    """
    found = _found(mentions, themes, threshold)
    vocabulary = {code for one in articles for code in one["people"]}
    people = _People(authority, vocabulary)
    ids_of = _mapping(authority)
    rows = []
    for category, label in CATEGORIES.items():
        pairs = []
        for one in articles:
            if category == "topics" and not any(("topics", code) in ids_of for code in one["topics"]):
                continue  # an article without a mapped topic says nothing about ours
            ours = found[str(one["id"])]
            if category == "people":
                pairs.append((one, set(one["people"]), people.codes(ours["persons"])))
            else:
                pairs.append((one, *_coded(category, one[category], ours, ids_of, authority)))
        for half, remainder in (("even ids", 0), ("odd ids, held out", 1)):
            of_half = [pair for pair in pairs if pair[0]["id"] % 2 == remainder]
            rows.append(_measure(f"Reuters {label}, {half}", of_half))
        for one, wanted, ours in pairs:
            for id_ in sorted(wanted ^ ours) if one["id"] % 2 == 0 else ():
                differ("reuters", one["id"], "wrong" if id_ in ours else "missed", id_, one["title"])
        correlation, n = _rank_correlation(pairs)
        if n:
            note = f"mean of {n} noted in {OFTEN} articles or more"
            rows.append(Row(f"Reuters {label}, rank correlation of daily counts", correlation, note=note))
    rows.append(Row("Reuters persons that the authority holds", len(people.held), None, f"of {len(vocabulary)}"))
    return rows


CATEGORIES = {"places": "countries", "people": "persons", "orgs": "bodies", "topics": "themes"}


def _found(mentions: pa.Table, themes: pa.Table, threshold: float) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = defaultdict(
        lambda: {"actors": set(), "persons": defaultdict(set), "themes": set()}
    )
    columns = ["document_id", "actor_id", "surface", "confidence"]
    for row in mentions.select(columns).to_pylist():
        if row["confidence"] < threshold:
            continue
        one = found[row["document_id"]]
        one["actors"].add(row["actor_id"])
        if row["actor_id"].startswith(("person:", "local-person:")):
            one["persons"][row["actor_id"]].add(row["surface"])
    for row in themes.select(["document_id", "theme_id"]).to_pylist():
        found[row["document_id"]]["themes"].add(row["theme_id"])
    return found


def _mapping(authority: Authority) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return our ids by category and code: those of the file, and countries by the name that the code spells."""
    with Path(__file__).with_name("reuters_codes.csv").open(encoding="utf-8", newline="") as file:
        mapping = {(row["category"], row["code"]): tuple(row["ids"].split("|")) for row in csv.DictReader(file)}
    for row in authority.actors:
        if row["actor_type"] in ("country", "territory"):
            mapping.setdefault(("places", lower(plain(row["name"])).replace(" ", "-")), (row["actor_id"],))
    return mapping


def _coded(
    category: str,
    codes: list[str],
    ours: dict[str, Any],
    ids_of: dict[tuple[str, str], tuple[str, ...]],
    authority: Authority,
) -> tuple[set[str], set[str]]:
    """Return the wanted and the found ids: several of ours that stand for one code are one."""
    wanted_ids = [ids_of[category, code] for code in codes if (category, code) in ids_of]
    known = {id_ for (kind, _), ids in ids_of.items() if kind == category for id_ in ids}
    pool = ours["themes"] if category == "topics" else ours["actors"]
    found = {id_ for id_ in pool if id_.startswith("country:")} if category == "places" else pool & known
    first = {id_: ids[0] for (kind, _), ids in ids_of.items() if kind == category for id_ in reversed(ids)}
    for ids in wanted_ids:
        first.update(dict.fromkeys(ids, ids[0]))
    wanted = {ids[0] for ids in wanted_ids}
    found = {first.get(id_, id_) for id_ in found}
    if category == "topics":  # what holds of the narrower theme holds of the broader
        parents = {theme.id: theme.parent for theme in authority.themes}
        found -= {parents.get(id_) for id_ in wanted} - wanted
    return wanted, found


class _People:
    """Which of the editors' codes a person answers to: `james-baker` and `volcker` are the ends of names."""

    def __init__(self, authority: Authority, vocabulary: set[str]) -> None:
        self._vocabulary = vocabulary
        self._codes: dict[str, set[str]] = defaultdict(set)
        names = [(row["actor_id"], row["name"]) for row in (*authority.actors, *authority.actor_names)]
        for actor_id, name in names:
            if actor_id.startswith("person:"):
                self._codes[actor_id] |= self._ends(name)
        self.held = set().union(*self._codes.values()) if self._codes else set()

    def codes(self, persons: dict[str, set[str]]) -> set[str]:
        """Return the codes of persons found; those with no code among the editors' words are not compared."""
        found: set[str] = set()
        for actor_id, surfaces in persons.items():
            found |= self._codes.get(actor_id, set()).union(*(self._ends(surface) for surface in surfaces))
        return found

    @cache  # noqa: B019  (one instance a run)
    def _ends(self, name: str) -> set[str]:
        words = lower(plain(name)).removesuffix("'s").replace("-", " ").split()
        return {code for i in range(len(words)) if (code := "-".join(words[i:])) in self._vocabulary}


def _measure(label: str, pairs: list[tuple[dict, set[str], set[str]]]) -> Row:
    right = sum(len(wanted & found) for _, wanted, found in pairs)
    wrong = sum(len(found - wanted) for _, wanted, found in pairs)
    missed = sum(len(wanted - found) for _, wanted, found in pairs)
    precision, recall = right / (right + wrong or 1), right / (right + missed or 1)
    note = f"{right + missed} noted in {len(pairs)} articles; precision {precision:.3f}, recall {recall:.3f}"
    return Row(f"{label}: F1", 2 * right / (2 * right + wrong + missed or 1), note=note)


def _rank_correlation(pairs: list[tuple[dict, set[str], set[str]]]) -> tuple[float, int]:
    """Return the mean Spearman correlation over days of our and the editors' counts, and of how many ids."""
    import pandas as pd

    days = sorted({one["date"][:10] for one, _, _ in pairs})
    counts: tuple[dict[str, Counter], ...] = (defaultdict(Counter), defaultdict(Counter))
    for one, wanted, found in pairs:
        for side, ids in zip(counts, (wanted, found), strict=True):
            for id_ in ids:
                side[id_][one["date"][:10]] += 1
    values = []
    for id_ in sorted(counts[0]):
        if counts[0][id_].total() >= OFTEN:
            series = [pd.Series([side[id_][day] for day in days]).rank() for side in counts]
            values.append(series[0].corr(series[1]))
    return (sum(values) / len(values), len(values)) if values else (0.0, 0)
