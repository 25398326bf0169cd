"""GUM news and interviews: named persons, organisations and places beside those marked by hand.

Belongs here: reading the corpus, undoing its tokenisation, and the comparison by span.
Does not belong here: the table that is printed (tagging.py).

A marked mention may be long ("U.S. President Donald Trump"): it and ours are one where both end on the same character
and are of one type. Only mentions that are a name are compared: words with capitals, joined by of, the, and the like. A
single word that the corpus has in small letters, too, is none (He, Scientists): it begins a sentence.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.tables import Row

if TYPE_CHECKING:
    import pyarrow as pa

FILES = ("news/gum_news.jsonl.gz", "news/gum_interview.jsonl.gz")
TYPES = {"person": "persons", "organization": "organisations", "place": "places"}
PREFIXES = {
    "person:": "person", "local-person:": "person", "org:": "organization", "local-org:": "organization",
    "country:": "place", "region:": "place", "place:": "place",
}  # fmt: skip
# Readings in which a span is no name of the thing: Turkish is no place, nor is the foreign minister a person's name.
NOT_NAMES = frozenset({"demonym", "office"})

_NAME = re.compile(r"(?:(?:[A-Z0-9][\w.&'’-]*|of|the|and|for|de|al|von|van|bin|[-.&'’])\s?)+")
_NO_SPACE_BEFORE = frozenset(".,;:!?)]%") | {"'s", "’s", "n't", "'re", "'ve", "'ll", "'d", "'m"}
_NO_SPACE_AFTER = frozenset("([$#")


def read(data: Path) -> list[dict[str, Any]]:
    """Return the articles with their text written as people write it, and the named mentions in it."""
    articles = []
    for name in FILES:
        with gzip.open(data / name, "rt", encoding="utf-8") as lines:
            articles.extend(json.loads(line) for line in lines)
    small = {word for one in articles for word in one["text"].split() if word[0].islower()}
    return [_written(one, small) for one in articles]


def rows_for_tagging(articles: list[dict[str, Any]]) -> Iterator[tuple[str, str, str, date]]:
    """Yield id, title, text and day of each article."""
    for one in articles:
        yield one["id"], "", one["text"], date.fromisoformat(one["date"][:10])


def compare(
    articles: list[dict[str, Any]], mentions: pa.Table, threshold: float, differ: Callable[..., None]
) -> list[Row]:
    """Return span precision, recall and F1 of each type, on even and odd articles apart.

    What differs in even ones is told to `differ`.
    """
    found: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for row in mentions.select(["document_id", "actor_id", "end_char", "surface", "reading", "confidence"]).to_pylist():
        kind = next((kind for prefix, kind in PREFIXES.items() if row["actor_id"].startswith(prefix)), None)
        # A country that is named is a place in GUM, whatever it does there; confidence in that is not asked for.
        sure = row["confidence"] >= threshold or kind == "place"
        if kind and sure and row["reading"] not in NOT_NAMES:
            end = row["end_char"] - 2 * row["surface"].endswith(("'s", "’s"))
            found[row["document_id"]].add((kind, end))
    rows = []
    for half, remainder in (("even", 0), ("odd, held out", 1)):
        counts: Counter = Counter()
        for number, one in enumerate(articles):
            if number % 2 == remainder:
                for kind, _ in one["named"] & found[one["id"]]:
                    counts["right", kind] += 1
                wrong_here = found[one["id"]] - one["named"] - one["unnamed"]
                missed_here = one["named"] - found[one["id"]]
                for name, ends in (("wrong", wrong_here), ("missed", missed_here)):
                    counts.update((name, kind) for kind, _ in ends)
                    for kind, end in sorted(ends, key=str) if remainder == 0 else ():
                        differ("gum", one["id"], name, kind, one["text"][max(0, end - 60) : end])
        for kind, label in TYPES.items():
            right, wrong, missed = (counts[name, kind] for name in ("right", "wrong", "missed"))
            precision, recall = right / (right + wrong or 1), right / (right + missed or 1)
            note = f"{right + missed} named; precision {precision:.3f}, recall {recall:.3f}"
            rows.append(Row(f"GUM {label}, {half}: F1", 2 * right / (2 * right + wrong + missed or 1), note=note))
    return rows


def _written(article: dict[str, Any], small: set[str]) -> dict[str, Any]:
    text, place = _join(article["text"])
    named, unnamed = set(), set()
    for mention in article["mentions"]:
        if mention["type"] not in TYPES:
            continue
        words = mention["text"]
        end = mention["end"] - (len(words) - len(re.sub(r"\s['’]s?$", "", words)))
        key = (mention["type"], place[end - 1] + 1)
        (named if _is_name(re.sub(r"^[Tt]he ", "", words), small) else unnamed).add(key)
        if _ends_in_a_name(words):
            unnamed.add(key)
    return {**article, "text": text, "named": named, "unnamed": unnamed - named}


def _is_name(words: str, small: set[str]) -> bool:
    return _NAME.fullmatch(words) is not None and words[0] != "I" and words.lower() not in small


def _ends_in_a_name(words: str) -> bool:
    return words.split()[-1][0].isupper()


def _join(tokens: str) -> tuple[str, list[int]]:
    """Return the text without the spaces that tokenising put in, and where each of its characters went."""
    written: list[str] = []
    place: list[int] = []
    length = 0
    open_quote = False
    for line in tokens.split("\n"):
        glue = True
        for token in line.split(" "):
            opening = token == '"' and not open_quote
            closing = token == '"' and open_quote
            space = not glue and not closing and token not in _NO_SPACE_BEFORE and token not in ("-", "–")
            if written and written[-1] != "\n":
                place.append(length if space else length - 1)
            if space:
                written.append(" ")
                length += 1
            place.extend(range(length, length + len(token)))
            written.append(token)
            length += len(token)
            open_quote = opening or (open_quote and not closing)
            glue = opening or token in _NO_SPACE_AFTER or token in ("-", "–")
        place.append(length)
        written.append("\n")
        length += 1
    return "".join(written)[:-1], place
