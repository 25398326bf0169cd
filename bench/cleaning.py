"""`make bench-cleaning`: how well and how fast pages become articles, beside trafilatura and htmldate on the same.

DATELINE_BENCH_DATA names the folder with the data; parts whose data are missing say so and are skipped. The pages of
half of the publishers were looked at while the rules were written; the other half was only scored, and is shown apart.
"""

from __future__ import annotations

import base64
import gc
import gzip
import hashlib
import importlib.util
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import htmldate
import trafilatura

from assets.cleaning.articles import Cleaner, cleaning_kernel
from assets.cleaning.characters import visible
from assets.cleaning.decoding import decode, parse_html
from assets.cleaning.extraction import text_of
from assets.cleaning.language import language_model, language_of
from assets.cleaning.rejection import Unreadable
from assets.home import DEFAULT_CONFIG, Home
from assets.tables import table
from bench.tables import Row, paired_bootstrap, print_table

FUNDUS = "pages/fundus.jsonl.gz"
DATED = "pages/htmldate_third.jsonl.gz"
REUTERS = "news/reuters21578_train.jsonl.gz"
MEASURED_ELSEWHERE = ("reprints", "repairs")
NOT_SHOWN = frozenset({"script", "style", "noscript", "template", "iframe", "svg", "head", "select", "option"})
SHINGLE = 4
SPEED_PAGES = 120
WARM_UP_PAGES = 3
SPEED_TEXTS = 1500


@dataclass(frozen=True)
class Score:
    """Precision and recall of one page's text, in shingles of words."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def main() -> int:
    """Measure, print; return the exit code."""
    named = os.environ.get("DATELINE_BENCH_DATA")
    if not named or not Path(named).is_dir():
        print("DATELINE_BENCH_DATA names no folder: nothing to measure")
        return 1
    data = Path(named)
    with TemporaryDirectory(prefix="dateline-bench-") as home:
        cleaner = cleaning_kernel(Home(data=Path(home), config=DEFAULT_CONFIG))
        assert isinstance(cleaner, Cleaner)
        gc.freeze()  # as in the workers: the rules are no garbage, and collecting walks them in vain
        gc.set_threshold(100_000)
        rows: list[Row] = []
        for part, files in (
            (extraction, (FUNDUS,)),
            (pasted, (FUNDUS,)),
            (dates, (DATED,)),
            (speed, (FUNDUS, REUTERS)),
        ):
            missing = [name for name in files if not (data / name).exists()]
            rows += _skipped(part.__name__, missing) if missing else part(cleaner, data)
    for name in MEASURED_ELSEWHERE:
        if importlib.util.find_spec(f"bench.{name}") is None:
            rows.append(Row(name, None, note="skipped: not part of this checkout"))
        else:
            rows += importlib.import_module(f"bench.{name}").measure(data)
    print_table("cleaning: Dateline (ours) beside trafilatura 2.3.1 and htmldate 1.11 (theirs)", rows)
    return 0


def extraction(cleaner: Cleaner, data: Path) -> list[Row]:
    """Score main texts, titles, authors and days on pages of newspapers."""
    pages = list(_read(data / FUNDUS))
    ours, theirs, ours_right, theirs_right = [], [], Counter(), Counter()
    days = {"ours": Counter(), "theirs": Counter()}
    for page in pages:
        article = _clean(cleaner, page)
        html = decode(page["data"], "text/html")
        document = trafilatura.bare_extraction(
            html,
            url=page["url"],
            favor_precision=True,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
        )
        ours.append(score(article.get("text") or "", page["body"]))
        theirs.append(score((document.text if document else None) or "", page["body"]))
        ours_right["title"] += _same(article.get("title"), page.get("title"))
        theirs_right["title"] += _same(document.title if document else None, page.get("title"))
        ours_right["author"] += _same_names(article.get("author"), page.get("authors"))
        theirs_right["author"] += _same_names(document.author if document else None, page.get("authors"))
        day = (page.get("date") or "")[:10]
        days["ours"][_verdict(article.get("published_on"), day)] += 1
        days["theirs"][_verdict(_htmldate(html, page["url"]), day)] += 1
    looked_at = [_was_looked_at(page.get("publisher") or "") for page in pages]
    rows = [
        Row("extraction: precision", _mean(ours, "precision"), _mean(theirs, "precision"), note=f"{len(pages)} pages"),
        Row("extraction: recall", _mean(ours, "recall"), _mean(theirs, "recall")),
        Row("extraction: F1", _f1(ours), _f1(theirs), note="favor_precision"),
    ]
    for name, wanted in (("publishers looked at", True), ("publishers only scored", False)):
        chosen = [number for number, one in enumerate(looked_at) if one is wanted]
        rows.append(
            Row(
                f"extraction: F1, {name}",
                _f1([ours[n] for n in chosen]),
                _f1([theirs[n] for n in chosen]),
                note=f"{len(chosen)} pages",
            )
        )
    low, high = paired_bootstrap(ours, theirs, _f1)
    rows.append(
        Row(
            "extraction: F1 difference",
            _f1(ours) - _f1(theirs),
            note=f"95 % of paired draws in {low:+.4f} ... {high:+.4f}",
        )
    )
    rows += [
        Row(f"{name}s right", ours_right[name] / len(pages), theirs_right[name] / len(pages))
        for name in ("title", "author")
    ]
    return [*rows, *_date_rows("news pages", days, len(pages))]


def pasted(cleaner: Cleaner, data: Path) -> list[Row]:
    """Score the same pages as a person pastes them: their visible text, without markup."""
    scores, titles, pages = [], 0, list(_read(data / FUNDUS))
    for page in pages:
        text = text_of(parse_html(decode(page["data"], "text/html")), NOT_SHOWN)
        article = _clean(cleaner, {**page, "url": None, "data": text.encode()}, "text/plain")
        scores.append((score(article.get("text") or "", page["body"]), score(text, page["body"])))
        titles += _same(article.get("title"), page.get("title"))
    ours, whole = zip(*scores, strict=True)
    return [
        Row("extraction: F1, pasted as text", _f1(ours), None, note=f"the pasted text itself: {_f1(whole):.4f}"),
        Row("title right, pasted as text", titles / len(pages)),
    ]


def dates(cleaner: Cleaner, data: Path) -> list[Row]:
    """Count right, wrong and missing days on pages of every kind."""
    pages = list(_read(data / DATED))
    days = {"ours": Counter(), "theirs": Counter()}
    for page in pages:
        days["ours"][_verdict(_clean(cleaner, page).get("published_on"), page["date"])] += 1
        days["theirs"][_verdict(_htmldate(decode(page["data"], "text/html"), page["url"]), page["date"])] += 1
    return _date_rows("pages of every kind", days, len(pages))


def speed(cleaner: Cleaner, data: Path) -> list[Row]:
    """Time each step on one core, in CPU time."""
    pages = [page for page, _ in zip(_read(data / FUNDUS), range(SPEED_PAGES), strict=False)]
    texts = [row["body"] for row in _rows(data / REUTERS, SPEED_TEXTS) if len(row.get("body") or "") > 300]
    page_rows = [_landed(page) for page in pages]
    text_rows = [
        _landed({"id": str(number), "url": None, "data": text.encode()}, "text/plain")
        for number, text in enumerate(texts)
    ]
    htmls = [(decode(page["data"], "text/html"), page["url"]) for page in pages]
    read, clean = _unless_unreadable(cleaner.read), _unless_unreadable(cleaner.clean)
    both = [0.0, 0.0]
    for number, (row, (html, url)) in enumerate(zip(page_rows, htmls, strict=True)):
        # In turn, so that what else the machine does weighs on both alike; the first pages warm both up.
        mine = _seconds(lambda: read(row))  # noqa: B023
        others = _seconds(lambda: trafilatura.bare_extraction(html, url=url, with_metadata=True))  # noqa: B023
        if number >= WARM_UP_PAGES:
            both = [both[0] + mine, both[1] + others]
    ours, theirs = ((len(page_rows) - WARM_UP_PAGES) / seconds for seconds in both)
    size = sum(len(page["data"]) for page in pages) / len(pages) / 1024
    ratio = f"{ours / theirs:.1f} times as fast; {size:.0f} KiB a page"
    with_model = _per_second(language_model().classify, [text[:500] for text in texts])
    return [
        Row("text, metadata and date of a page", ours, theirs, "pages/s", ratio),
        Row("page to article, all steps", _per_second(clean, page_rows), None, "articles/s"),
        Row("plain text to article, all steps", _per_second(clean, text_rows), None, "articles/s"),
        Row("plain text read, nothing mended", _per_second(read, text_rows), None, "articles/s"),
        Row("language", _per_second(lambda text: language_of(text, None), texts), with_model, "texts/s", "py3langid"),
        Row("date alone", None, _per_second(lambda one: _htmldate(*one), htmls[:40]), "pages/s", "ours: above"),
    ]


def score(found: str, expected: str) -> Score:
    """Return precision and recall of `found` in shingles of four words, counted as often as they stand."""
    # Cleaning takes soft hyphens and the like out, which the expected text may hold.
    ours, theirs = _shingles(visible(found)), _shingles(visible(expected))
    common = sum((ours & theirs).values())
    return Score(
        common / sum(ours.values()) if ours else float(not theirs), common / sum(theirs.values()) if theirs else 1.0
    )


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    if len(words) < SHINGLE:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[start:] for start in range(SHINGLE)), strict=False))


def _mean(scores: Sequence[Any], name: str) -> float:
    return sum(getattr(one, name) for one in scores) / len(scores)


def _f1(scores: Sequence[Score]) -> float:
    """Return the mean over pages of their F1."""
    return sum(one.f1 for one in scores) / len(scores)


def _date_rows(name: str, days: dict[str, Counter[str]], pages: int) -> list[Row]:
    return [
        Row(f"dates {verdict}, {name}", days["ours"][verdict], days["theirs"][verdict], "pages", f"of {pages}")
        for verdict in ("right", "wrong", "none")
    ]


def _verdict(found: date | str | None, expected: str) -> str:
    return "none" if found is None else "right" if str(found) == expected else "wrong"


def _htmldate(html: str, url: str | None) -> str | None:
    return htmldate.find_date(parse_html(html), url=url, original_date=True)


def _clean(cleaner: Cleaner, page: dict[str, Any], media_type: str = "text/html") -> dict[str, Any]:
    try:
        return cleaner.clean(_landed(page, media_type))[0]
    except Unreadable:
        return {}


def _unless_unreadable(step: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, Any]], Any]:
    def run(document: dict[str, Any]) -> Any:
        try:
            return step(document)
        except Unreadable:
            return None

    return run


def _per_second(step: Callable[[Any], Any], items: Sequence[Any]) -> float:
    step(items[0])  # what is loaded once is no cost per item
    started = time.process_time()
    for item in items:
        step(item)
    return len(items) / (time.process_time() - started)


def _seconds(step: Callable[[], Any]) -> float:
    started = time.process_time()
    step()
    return time.process_time() - started


def _landed(page: dict[str, Any], media_type: str = "text/html") -> dict[str, Any]:
    """Return a page as a row of `landed_documents`, landed on the day on which it was collected."""
    seen = datetime.fromisoformat(page["crawled"]) if page.get("crawled") else datetime(2026, 6, 1)
    document = dict.fromkeys(table("landed_documents").record_schema.names)
    return {
        **document,
        "document_id": page["id"],
        "source_id": "bench",
        "locator": page["id"],
        "url": page.get("url"),
        "media_type": media_type,
        "bytes": page["data"],
        "lands_on": "fetched",
        "landed_on": seen.date(),
        "first_seen_at": seen,
    }


def _read(path: Path) -> Iterator[dict[str, Any]]:
    for page in _rows(path):
        html = page.pop("html")
        yield {**page, "data": base64.b64decode(html["base64"]) if isinstance(html, dict) else html.encode()}


def _rows(path: Path, limit: int | None = None) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if limit is not None and number >= limit:
                return
            yield json.loads(line)


def _was_looked_at(publisher: str) -> bool:
    return int(hashlib.sha256(publisher.encode()).hexdigest(), 16) % 2 == 0


def _same(found: str | None, expected: str | None) -> bool:
    return _fold(found) == _fold(expected)


def _same_names(found: str | None, expected: list[str] | None) -> bool:
    return {_fold(name) for name in (found or "").split(";")} - {""} == {_fold(name) for name in expected or []} - {""}


def _fold(text: str | None) -> str:
    return " ".join(re.findall(r"\w+", (text or "").casefold()))


def _skipped(part: str, missing: list[str]) -> list[Row]:
    return [Row(part, None, note=f"skipped: no {name}") for name in missing]


if __name__ == "__main__":
    sys.exit(main())
