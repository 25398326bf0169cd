"""Repairs, measured: how often clean prose is touched, and how much of what was glued on purpose is mended.

`make bench-cleaning` calls `measure`. Clean prose is Reuters, GUM and English news pages. Damage is made here: spaces
between sentences are taken out of Reuters articles and news pages, the second time with what news of other languages
begins a sentence with in place of the first word. The articles of even number were looked at while the
rules were written; those of odd number were only scored, and are shown apart.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assets.cleaning.characters import mend_characters
from assets.cleaning.edits import EditedText
from assets.cleaning.language import language_of
from assets.cleaning.repairs import Mender
from assets.cleaning.rules import load_repairs
from assets.home import DEFAULT_CONFIG, Home
from bench.tables import Row

REUTERS = "news/reuters21578_train.jsonl.gz"
PAGES = "pages/fundus.jsonl.gz"
GUM = ("news/gum_news.jsonl.gz", "news/gum_interview.jsonl.gz")
MIN_CHARS = 300
GLUED_SHARE = 0.3
# First words of sentences in translated news: names that no English list of words knows, bodies, types and figures.
STRANGERS = (
    "Ələkbərov",
    "Kılıçdaroğlu",
    "Ghalibaf",
    "Jeenbekov",
    "Łukasz",
    "US",
    "EU",
    "U.S.",
    "MFA",
    "S-300",
    "12,500",
    "$70",
)

# A sentence ends here and another begins, as far as a pattern can tell; abbreviations, initials and the agency's
# sign-off are left out.
_BOUNDARY = re.compile(r"(?<=[a-z0-9)%][.?!]) (?=[A-Z])(?!(?i:reuter))")
_FIRST_WORD = re.compile(r"[A-Z][\w’'-]+(?= )")
_NO_END = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Co|Corp|Inc|Ltd|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|No|vs)\.$"
)


def measure(data: Path) -> list[Row]:
    """Return edits per 1,000 clean articles by kind, the share of glued sentences mended, and articles a second."""
    missing = [name for name in (REUTERS, PAGES, *GUM) if not (data / name).exists()]
    if missing:
        return [Row("repairs", None, note=f"skipped: {', '.join(missing)} missing")]
    mender = Mender(load_repairs(Home(data, DEFAULT_CONFIG)))
    reuters = [_reflowed(one["body"]) for one in _lines(data / REUTERS) if one["body"]]
    gum = [_detokenised(one["text"]) for name in GUM for one in _lines(data / name)]
    pages = [one["body"] for one in _lines(data / PAGES) if language_of(one["body"], None) == "en"]
    rows = []
    for half, start in (("seen", 0), ("held out", 1)):
        rows += _clean(mender, "Reuters", reuters[start::2], half)
        rows += _clean(mender, "GUM", gum[start::2], half)
        rows += _clean(mender, "news pages", pages[start::2], half)
    for name, texts in (("Reuters", reuters), ("news pages", pages)):
        for half, start in (("seen", 0), ("held out", 1)):
            long = [text for text in texts[start::2] if len(text) > MIN_CHARS]
            rows += _glued(mender, name, long, half)
            rows += _glued(mender, f"{name} with strange words", long, half, STRANGERS)
    return [*rows, _speed(mender, reuters)]


def _clean(mender: Mender, name: str, texts: list[str], half: str) -> list[Row]:
    kinds: Counter[str] = Counter()
    for text in texts:
        kinds.update(edit.kind for edit in _mended(mender, text).log)
    by_kind = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
    measured = sum(kinds.values()) * 1000 / len(texts)
    return [
        Row(
            f"repairs per 1,000 clean articles, {name}, {half}",
            measured,
            note=f"{len(texts)} articles: {by_kind or 'none'}",
        )
    ]


def _glued(mender: Mender, name: str, texts: list[str], half: str, strangers: Sequence[str] = ()) -> list[Row]:
    random_ = random.Random(20220316)
    rows = []
    for condition in ("as it shows itself", "declared machine-translated"):
        mended = glued = others = 0
        for text in texts:
            damaged, places = _damaged(text, random_, strangers)
            if not places:
                continue
            text_after = _mended(mender, damaged, machine_translated=condition.startswith("declared") or None)
            edits = {edit.start_before for edit in text_after.log}
            mended += len(edits & places)
            others += len(edits - places)
            glued += len(places)
        note = f"{glued} glued; {others} edits elsewhere in {len(texts)} articles"
        rows.append(Row(f"glued sentences mended, {name}, {condition}, {half}", mended / glued, note=note))
    return rows


def _damaged(text: str, random_: random.Random, strangers: Sequence[str]) -> tuple[str, set[int]]:
    """Return the text without some of the spaces between its sentences, and where they are missing.

    With `strangers`, one of them stands in place of the word behind each.
    """
    pieces, places, done, length = [], set(), 0, 0
    for boundary in _BOUNDARY.finditer(text):
        if _NO_END.search(text, max(0, boundary.start() - 12), boundary.start()) or random_.random() > GLUED_SHARE:
            continue
        pieces.append(text[done : boundary.start()])
        length += len(pieces[-1])
        places.add(length)
        done = boundary.end()
        if strangers and (first := _FIRST_WORD.match(text, done)):
            pieces.append(random_.choice(strangers))
            length += len(pieces[-1])
            done = first.end()
    return "".join([*pieces, text[done:]]), places


def _mended(mender: Mender, text: str, machine_translated: bool | None = None) -> EditedText:
    edited = EditedText(text)
    mend_characters(edited)
    if machine_translated is None:
        machine_translated = mender.shows_translation(edited.text)
    mender.mend(edited, machine_translated)
    return edited


def _speed(mender: Mender, texts: list[str]) -> Row:
    articles = ["\n".join(texts[start : start + 4])[:2500] for start in range(0, 4000, 4)]
    _mended(mender, articles[0])
    started = time.process_time()
    for text in articles:
        _mended(mender, text)
    return Row(
        "repairs", len(articles) / (time.process_time() - started), unit="articles/s", note="clean, 2,500 characters"
    )


def _reflowed(body: str) -> str:
    """Return a newswire body with its paragraphs one to a line, as cleaning leaves them."""
    paragraphs = re.split(r"\n\s{3,}", body)
    return "\n".join(" ".join(paragraph.split()) for paragraph in paragraphs if paragraph.strip())


def _detokenised(text: str) -> str:
    """Return tokenised text as it was written, as far as its signs tell."""
    text = re.sub(r" ([,.;:?!%)\]])", r"\1", text)
    text = re.sub(r"([(\[$]) ", r"\1", text)
    text = re.sub(r" (n't|['’](?:s|re|ve|ll|d|m))\b", r"\1", text)
    return re.sub(r'" ([^"\n]*?) "', r'"\1"', text)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)
