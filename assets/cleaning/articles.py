"""From a landed document to an article, its repairs, or the reason why it is none.

Belongs here: the order of the steps, and the rows. The kernel is a pure function of its rows and the configuration:
no clock, no other row, no order.
Does not belong here: how any step works (the modules beside this one), Dagster.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa

from assets.cleaning import dates, identity, page_dates
from assets.cleaning.characters import mend_characters
from assets.cleaning.decoding import decode
from assets.cleaning.edits import EditedText
from assets.cleaning.extraction import Extracted, all_text, extract
from assets.cleaning.furniture import LineReader, Page, without_site_name
from assets.cleaning.language import WITH_TAGGER, language_of
from assets.cleaning.profiles import SourceProfile, load_profiles
from assets.cleaning.publication import publication
from assets.cleaning.rejection import Unreadable
from assets.cleaning.repairs import Mender
from assets.cleaning.rules import cleaning_rules_version, load_dates, load_furniture, load_repairs
from assets.cleaning.web_page import parse_page
from assets.corrections import correct_date, load_corrections
from assets.home import Home
from assets.settings import Source, load_sources
from assets.tables import table

__all__ = ["cleaning_kernel", "cleaning_rules_version"]

# The longest reports have 100,000 characters. More is a dump or a bomb, and would cost minutes.
MAX_TEXT_CHARS = 400_000

RESULTS = ("articles", "article_repairs", "rejected_documents")

Row = dict[str, Any]


_WORDS = re.compile(r"\w+")


@dataclass(frozen=True)
class Reading:
    """What a document says, before anything is mended."""

    source: Source | None
    url: str | None
    title: str | None
    paragraphs: list[str]
    author: str | None
    section: str | None
    published: dates.Publication


@dataclass(frozen=True)
class Cleaner:
    """Everything that cleaning one document needs, loaded once per process."""

    sources: dict[str, Source]
    lines: LineReader
    mender: Mender
    profiles: dict[str, SourceProfile]
    corrected_dates: dict[str, list[dict[str, Any]]]

    def __call__(self, documents: pa.Table) -> dict[str, pa.Table]:
        """Return the rows of `articles`, `article_repairs` and `rejected_documents` for landed documents."""
        rows: dict[str, list[Row]] = {name: [] for name in RESULTS}
        for document in documents.to_pylist():
            try:
                article, repairs = self.clean(document)
            except Unreadable as problem:
                rows["rejected_documents"].append(_rejected(document, problem.reason, problem.detail))
                continue
            except Exception as error:  # noqa: BLE001 - what one page makes a library do never ends the day's run
                detail = f"cleaning failed with {type(error).__name__}: {error}"[:500] + "; please report it"
                rows["rejected_documents"].append(_rejected(document, "failed", detail))
                continue
            rows["articles"].append(article)
            rows["article_repairs"] += repairs
        return {name: pa.Table.from_pylist(rows[name], schema=table(name).record_schema) for name in RESULTS}

    def clean(self, document: Row) -> tuple[Row, list[Row]]:
        """Return the article row and the repair rows of one document; raise Unreadable where it gives none."""
        reading = self.read(document)
        source, published = reading.source, reading.published
        title, text = EditedText(reading.title or ""), EditedText("\n".join(reading.paragraphs))
        for part in (title, text):
            mend_characters(part)
        _require_words(text.text)
        language = language_of(text.text, document["declared_language"] or (source.language if source else None))
        profile = self.profiles.get(document["source_id"], SourceProfile())
        machine_translated = self._is_machine_translated(source, profile, text.text, language)
        if language == "en":
            broken = profile.broken or self.mender.is_broken(text.text)
            for part in (text, title):
                self.mender.mend(part, machine_translated, broken)
        _require_words(text.text)

        url = reading.url
        article_id = identity.article_id(document["source_id"], url, document["external_id"], document["bytes"])
        article = {
            **_copied(document),
            "article_id": article_id,
            "url": url,
            "title": title.text or None,
            "text": text.text,
            "language": language,
            "author": reading.author,
            "section": reading.section,
            "machine_translated": machine_translated,
            "tagged": language in WITH_TAGGER,
            "published_at": published.published_at,
            "published_on": published.published_on,
            "date_method": published.date_method,
            "published_earliest": published.published_earliest,
            "published_latest": published.published_latest,
            "date_conflict": published.date_conflict,
            "word_count": len(_WORDS.findall(text.text)),
            "text_sha256": identity.text_sha256(text.text),
        }
        correct_date(article, self.corrected_dates)
        repairs = [
            {"document_id": document["document_id"], "article_id": article_id, "part": part, **vars(edit)}
            for part, edited in (("title", title), ("text", text))
            for edit in edited.log
        ]
        return article, repairs

    def read(self, document: Row) -> Reading:
        """Return what a document says before anything is mended: text, metadata and date; raise Unreadable."""
        source = self.sources.get(document["source_id"])
        zone = source.zone if source else None
        content = decode(document["bytes"], document["media_type"], document["declared_charset"])
        on_page: list[dates.Evidence] = []
        is_page = document["media_type"] == "text/html"
        parsed = parse_page(content, document["url"]) if is_page else None
        if parsed is not None:
            on_page += page_dates.page_evidence(parsed, zone)
            extracted = extract(parsed, self.lines.furniture)
        else:
            extracted = Extracted(all_text(content) if is_page else content)
        if len(extracted.text) > MAX_TEXT_CHARS:
            size = len(extracted.text)
            detail = f"{size} characters of text where {MAX_TEXT_CHARS} are read; land its articles one by one"
            raise Unreadable("too_large", detail)
        url = identity.canonical_url(document["url"]) or identity.canonical_url(extracted.url)
        page = self._read_lines(document, extracted, _site_names(source, extracted, url), is_page)
        return Reading(
            source=source,
            url=url,
            title=page.title,
            paragraphs=page.paragraphs,
            author=_one_line(document["declared_author"]) or self.lines.author(extracted.author) or page.author,
            section=_one_line(document["declared_section"]) or extracted.section or page.section,
            published=publication(document, page, parsed, on_page, url, zone, self.lines.date_rules),
        )

    def _read_lines(self, document: Row, extracted: Extracted, sites: list[str], is_page: bool) -> Page:
        declared = without_site_name(document["declared_title"], sites)
        title = declared or without_site_name(extracted.title, sites)
        page = self.lines.read(extracted.text, title, sites, is_page=is_page)
        if extracted.leftovers and not self.lines.holds_prose(page.paragraphs):
            raise Unreadable("no_text", "the page holds links and labels but no prose; land the article's own page")
        if is_page and not page.paragraphs and extracted.text.strip():
            # Markup already said that this is the article; short lines of it are not furniture then.
            page.paragraphs = [" ".join(line.split()) for line in extracted.text.splitlines() if line.strip()]
        repeated = self.profiles.get(document["source_id"], SourceProfile()).lines
        # Where nothing else is left, the repeated lines are the article (a stub), not its furniture.
        page.paragraphs = [line for line in page.paragraphs if line not in repeated] or page.paragraphs
        page.title = without_site_name(page.title, sites)
        return page

    def _is_machine_translated(self, source: Source | None, profile: SourceProfile, text: str, language: str) -> bool:
        declared = source.machine_translated if source else "auto"
        if declared != "auto":
            return bool(declared)
        return language == "en" and (profile.machine_translated or self.mender.shows_translation(text))


def cleaning_kernel(home: Home) -> Cleaner:
    """Return the kernel that cleans landed documents by the configuration of `home`; raise ConfigError."""
    lines = LineReader(load_furniture(home), load_dates(home))
    dates_put_right = load_corrections(home).of("date")
    return Cleaner(load_sources(home), lines, Mender(load_repairs(home)), load_profiles(home), dates_put_right)


def profile_kernel(home: Home) -> Cleaner:
    """Return the cleaner that knows nothing of its sources' profiles: what they are learned with."""
    return replace(cleaning_kernel(home), profiles={})


def _rejected(document: Row, reason: str, detail: str) -> Row:
    return {**_copied(document, "locator"), "reason": reason, "detail": detail}


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
