"""From a landed document to an article, its repairs, or the reason why it is none.

Belongs here: the order of the steps, and the rows. The kernel is a pure function of its rows and the configuration:
no clock, no other row, no order.
Does not belong here: how any step works (the modules beside this one), Dagster.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pyarrow as pa

from assets.cleaning import dates, identity, page_dates
from assets.cleaning.characters import mend_characters
from assets.cleaning.decoding import decode
from assets.cleaning.edits import EditedText
from assets.cleaning.extraction import Extracted, all_text, extract
from assets.cleaning.furniture import LineReader, Page, without_site_name
from assets.cleaning.language import WITH_TAGGER, language_of
from assets.cleaning.profiles import load_profiles
from assets.cleaning.rejection import Unreadable
from assets.cleaning.repairs import Mender
from assets.cleaning.rules import cleaning_rules_version, load_dates, load_furniture, load_repairs
from assets.cleaning.web_page import WebPage, parse_page
from assets.home import Home
from assets.settings import Source, load_sources
from assets.tables import table

__all__ = ["cleaning_kernel", "cleaning_rules_version"]

# The longest reports have 100,000 characters. More is a dump or a bomb, and would cost minutes.
MAX_TEXT_CHARS = 400_000

RESULTS = ("articles", "article_repairs", "rejected_documents")

Row = dict[str, Any]


@dataclass(frozen=True)
class Cleaner:
    """Everything that cleaning one document needs, loaded once per process."""

    sources: dict[str, Source]
    lines: LineReader
    mender: Mender
    repeated_lines: dict[str, frozenset[str]]

    def __call__(self, documents: pa.Table) -> dict[str, pa.Table]:
        """Return the rows of `articles`, `article_repairs` and `rejected_documents` for landed documents."""
        rows: dict[str, list[Row]] = {name: [] for name in RESULTS}
        for document in documents.to_pylist():
            try:
                article, repairs = self.clean(document)
            except Unreadable as problem:
                rejected = {"reason": problem.reason, "detail": problem.detail}
                rows["rejected_documents"].append({**_copied(document, "locator"), **rejected})
                continue
            rows["articles"].append(article)
            rows["article_repairs"] += repairs
        return {name: pa.Table.from_pylist(rows[name], schema=table(name).record_schema) for name in RESULTS}

    def clean(self, document: Row) -> tuple[Row, list[Row]]:
        """Return the article row and the repair rows of one document; raise Unreadable where it gives none."""
        source = self.sources.get(document["source_id"])
        zone = source.zone if source else None
        content = decode(document["bytes"], document["media_type"], document["declared_charset"])
        on_page: list[dates.Evidence] = []
        is_page = document["media_type"] == "text/html"
        parsed = parse_page(content, document["url"]) if is_page else None
        if parsed is not None:
            on_page += page_dates.page_evidence(parsed, zone)
            extracted = extract(parsed, self.lines.furniture.apart)
        else:
            extracted = Extracted(all_text(content) if is_page else content)
        url = identity.canonical_url(document["url"]) or identity.canonical_url(extracted.url)
        sites = _site_names(source, extracted, url)
        if len(extracted.text) > MAX_TEXT_CHARS:
            size = len(extracted.text)
            detail = f"{size} characters of text where {MAX_TEXT_CHARS} are read; land its articles one by one"
            raise Unreadable("too_large", detail)
        page = self._read_lines(document, extracted, sites, is_page)
        published = self._publication(document, page, on_page, parsed, url, zone)

        title, text = EditedText(page.title or ""), EditedText("\n".join(page.paragraphs))
        for part in (title, text):
            mend_characters(part)
        _require_words(text.text)
        language = language_of(text.text, document["declared_language"] or (source.language if source else None))
        machine_translated = self._is_machine_translated(source, text.text, language)
        if language == "en":
            for part in (title, text):
                self.mender.mend(part, machine_translated)
        _require_words(text.text)

        article_id = identity.article_id(document["source_id"], url, document["external_id"], document["bytes"])
        article = {
            **_copied(document),
            "article_id": article_id,
            "url": url,
            "title": title.text or None,
            "text": text.text,
            "language": language,
            "author": _one_line(document["declared_author"]) or self._author(extracted.author) or page.author,
            "section": _one_line(document["declared_section"]) or extracted.section or page.section,
            "machine_translated": machine_translated,
            "tagged": language in WITH_TAGGER,
            "published_at": published.published_at,
            "published_on": published.published_on,
            "date_method": published.date_method,
            "published_earliest": published.published_earliest,
            "published_latest": published.published_latest,
            "date_conflict": published.date_conflict,
            "word_count": len(re.findall(r"\w+", text.text)),
            "text_sha256": identity.text_sha256(text.text),
        }
        repairs = [
            {"document_id": document["document_id"], "article_id": article_id, "part": part, **vars(edit)}
            for part, edited in (("title", title), ("text", text))
            for edit in edited.log
        ]
        return article, repairs

    def _read_lines(self, document: Row, extracted: Extracted, sites: list[str], is_page: bool) -> Page:
        declared = without_site_name(document["declared_title"], sites)
        title = declared or without_site_name(extracted.title, sites)
        page = self.lines.read(extracted.text, title, sites)
        if extracted.leftovers and not self.lines.holds_prose(page.paragraphs):
            raise Unreadable("no_text", "the page holds links and labels but no prose; land the article's own page")
        if is_page and not page.paragraphs and extracted.text.strip():
            # Markup already said that this is the article; short lines of it are not furniture then.
            page.paragraphs = [" ".join(line.split()) for line in extracted.text.splitlines() if line.strip()]
        repeated = self.repeated_lines.get(document["source_id"], frozenset())
        # Where nothing else is left, the repeated lines are the article (a stub), not its furniture.
        page.paragraphs = [line for line in page.paragraphs if line not in repeated] or page.paragraphs
        page.title = without_site_name(page.title, sites)
        return page

    def _publication(
        self,
        document: Row,
        page: Page,
        on_page: list[dates.Evidence],
        parsed: WebPage | None,
        url: str | None,
        zone: ZoneInfo | None,
    ) -> dates.Publication:
        seen = document["first_seen_at"].date()
        # What was fetched on its landing day cannot be younger than that; an archive lands on its own dates.
        bound = seen if document["lands_on"] == "published" else min(seen, document["landed_on"])
        latest = date.fromordinal(bound.toordinal() + 1)
        evidence = [*on_page, *self._evidence(document, page, url, zone)]
        rules = self.lines.date_rules
        if parsed is not None and not dates.is_settled(evidence, latest):
            evidence += page_dates.visible_evidence(parsed, document["landed_on"], zone, rules)
            if not any(piece.moment.on <= latest for piece in evidence):
                evidence += page_dates.guessed_evidence(parsed, url, latest)
        if any(piece.moment.on <= latest for piece in evidence):
            return dates.decide(evidence, latest, bound)
        return self._bounds(document, page, parsed, zone, bound)

    def _bounds(
        self, document: Row, page: Page, parsed: WebPage | None, zone: ZoneInfo | None, bound: date
    ) -> dates.Publication:
        """Return between which days an article without a date was published, as far as its text tells."""
        changed = page_dates.last_day(parsed, zone) if parsed is not None else None
        bound = min(bound, changed or bound)
        if document["lands_on"] == "published":
            # The landing day of an archive was taken from its dates, and says nothing about those it does not give.
            return dates.decide([], bound, bound)
        text = "\n".join(page.paragraphs)
        earliest = dates.earliest_day(text, bound, self.lines.date_rules)
        told = dates.day_of_telling(text, bound, self.lines.date_rules)
        if told is not None and told >= (earliest or told):
            return dates.decide([dates.Evidence("text", dates.Moment(told))], bound, bound)
        return dates.decide([], bound, bound, earliest)

    def _evidence(self, document: Row, page: Page, url: str | None, zone: ZoneInfo | None) -> Iterator[dates.Evidence]:
        declared = document["declared_published"]
        moment = dates.read_moment(declared, zone) or self._declared_in_words(declared, document["landed_on"], zone)
        if moment is not None:
            yield dates.Evidence("feed" if document["declared_by"] == "feed" else "declared", moment)
        if (moment := dates.read_url(url)) is not None:
            yield dates.Evidence("url", moment)
        for written in page.dates[:1]:
            # A landing day taken from an archive's own dates says nothing about a year that is not written.
            if written.year is None and document["lands_on"] == "published" and not declared:
                continue
            moment = dates.resolve(written, document["landed_on"], zone, self.lines.date_rules)
            if moment is not None:
                yield dates.Evidence("text", moment)

    def _declared_in_words(self, text: str | None, landed_on: date, zone: ZoneInfo | None) -> dates.Moment | None:
        found = dates.written_dates((text or "")[:100], self.lines.date_rules)
        if len(found) != 1 or found[0].year is None:
            return None
        return dates.resolve(found[0], landed_on, zone, self.lines.date_rules)

    def _author(self, name: str | None) -> str | None:
        return None if name is None or self.lines.is_no_author(name) else name

    def _is_machine_translated(self, source: Source | None, text: str, language: str) -> bool:
        declared = source.machine_translated if source else "auto"
        if declared != "auto":
            return bool(declared)
        return language == "en" and self.mender.shows_translation(text)


def cleaning_kernel(home: Home) -> Callable[[pa.Table], dict[str, pa.Table]]:
    """Return the kernel that cleans landed documents by the configuration of `home`; raise ConfigError."""
    lines = LineReader(load_furniture(home), load_dates(home))
    return Cleaner(load_sources(home), lines, Mender(load_repairs(home)), load_profiles(home))


def _copied(document: Row, *more: str) -> Row:
    return {name: document[name] for name in ("document_id", "source_id", "landed_on", "first_seen_at", *more)}


def _site_names(source: Source | None, extracted: Extracted, url: str | None) -> list[str]:
    host = (urlsplit(url).hostname or "") if url else ""
    domains = [domain for domain in (host, source.domain if source else None) if domain]
    names = [domain.removeprefix("www.") for domain in domains]
    names += [name.split(".")[0] for name in names]
    names += [extracted.site or "", source.name if source else ""]
    return [name for name in names if name]


def _require_words(text: str) -> None:
    if not re.search(r"\w", text):
        raise Unreadable("no_text", "nothing but the page's furniture; land the article's own page")


def _one_line(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None
