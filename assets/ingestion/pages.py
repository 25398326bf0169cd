"""The pages behind what a feed or a sitemap lists: which are fetched, and what lands for each.

Belongs here: walking a source on the web from its first address to its pages, within the run's bounds.
Does not belong here: requests (`web`), reading feeds and sitemaps.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from assets.ingestion import feeds, sitemaps, web
from assets.ingestion.documents import (
    HTML,
    Declared,
    Document,
    Offer,
    content_type,
    media_type_of,
    reject,
    why_not_text,
)
from assets.ingestion.files import SourceUnavailable
from assets.ingestion.visits import Memory
from assets.settings import Settings, Source

_MEGABYTE = 1_000_000
_SITEMAPS_PER_RUN = 50
_DEAD_AFTER = 5  # pages in a row that could not be had: the server is down, and asking on is no help to it


@dataclass(frozen=True)
class Page:
    """A page to fetch; `stand_in` lands in its place where it cannot be had."""

    locator: str
    declared: Declared
    fingerprint: str
    stand_in: Offer | None = None


@dataclass
class Walk:
    """One run's walk through a source on the web; afterwards `problem` says in a sentence what was not to be had."""

    source: Source
    settings: Settings
    session: web.Session
    memory: Memory
    today: date
    unchanged: bool = False
    fetched: int = 0
    _visits: dict[str, web.Visit] = field(default_factory=dict)
    _problems: list[str] = field(default_factory=list)
    _gone: list[str] = field(default_factory=list)
    _left: int = 0
    _failed_in_a_row: int = 0

    def offers(self) -> Iterator[Offer]:
        """Yield what the source offers today; raise SourceUnavailable where its first address gives nothing."""
        yield from self._feed() if self.source.kind == "feed" else self._fetch(self._listed())
        if self.source.kind == "sitemap" and 0 < self.fetched == len(self._problems):
            raise SourceUnavailable(self.problem)
        if not self._left and not self._problems:
            self.memory.visits.update(self._visits)  # else the list is needed again for what is missing

    @property
    def problem(self) -> str | None:
        """What was not to be had, in a sentence; None where nothing was missing."""
        parts = []
        if self._problems:
            parts.append(f"{len(self._problems)} addresses gave nothing, the first: {self._problems[0]}")
        if self._gone:
            parts.append(f"{len(self._gone)} pages cannot be had, the first: {self._gone[0]}")
        if self._left:
            parts.append(f"{self._left} pages wait for the next run (pages_per_run, source_seconds in dateline.yaml)")
        return "; ".join(parts) or None

    def _ask(self, url: str, accept: str) -> web.Answer:
        answer = self.session.get(url, accept, self.memory.visits.get(url))
        self._visits[url] = answer.visit
        return answer

    def _feed(self) -> Iterator[Offer]:
        answer = self._ask(self.source.url or "", web.FEEDS)
        if answer.data is None:
            self.unchanged = True
            return
        limits = self.settings.limits
        pages = []
        for item in feeds.read_feed(answer.data, answer.headers, limits):
            in_feed = feeds.as_document(item, self.source.id, "fetched", self.today, limits)
            if not self._is_followed(item):
                yield in_feed
                continue
            fingerprint = _hash(item.title, item.published, item.updated, item.body)
            pages.append(Page(item.locator, item.declared(), fingerprint, in_feed))
        yield from self._fetch(iter(pages))

    def _is_followed(self, item: feeds.Item) -> bool:
        if self.source.follow == "never" or not (item.link or "").startswith(("http://", "https://")):
            return False
        return self.source.follow == "always" or item.is_teaser(self.settings.fetching.teaser_words)

    def _listed(self) -> Iterator[Page]:
        """Yield the pages of the sitemap and of the sitemaps it leads to, the newest of each first."""
        bound = int(self.settings.limits.document_megabytes * _MEGABYTE)
        waiting, known = [self.source.url or ""], {self.source.url}
        for number in range(_SITEMAPS_PER_RUN):
            if not waiting:
                return
            url = waiting.pop(0)
            try:
                answer = self._ask(url, web.ANYTHING)
                listed = sitemaps.read_sitemap(answer.data, bound) if answer.data is not None else []
            except SourceUnavailable as error:
                if number == 0:
                    raise
                self._problems.append(f"{url}: {error}" if url not in str(error) else str(error))
                continue
            self.unchanged = number == 0 and answer.data is None
            if any(entry.is_sitemap for entry in listed):
                del self._visits[url]  # an index may stay the same while what it leads to changes
            for entry in listed:
                if entry.is_sitemap and entry.url not in known:
                    known.add(entry.url)
                    waiting.append(entry.url)
                elif not entry.is_sitemap:
                    fingerprint = _hash(entry.changed, entry.declared.published)
                    yield Page(entry.url, entry.declared, fingerprint)
        if waiting:
            self._left += len(waiting)

    def _fetch(self, pages: Iterator[Page]) -> Iterator[Offer]:
        for page in pages:
            if self.memory.knows(page.locator, page.fingerprint, self.today):
                continue
            is_dead = self._failed_in_a_row >= _DEAD_AFTER
            if is_dead or self.fetched >= self.settings.fetching.pages_per_run or self.session.is_over():
                self._left += 1
                if isinstance(page.stand_in, Document):
                    yield page.stand_in
                continue
            self.fetched += 1
            yield from self._fetch_one(page)

    def _fetch_one(self, page: Page) -> Iterator[Offer]:
        try:
            answer = self.session.get(page.declared.url or page.locator)
        except SourceUnavailable as error:
            for_good = not isinstance(error, web.Unreachable) or error.for_good
            if isinstance(page.stand_in, Document):
                yield page.stand_in
            elif for_good:
                yield reject(self.source.id, page.locator, b"", "not_fetched", str(error), self.today)
            if for_good:
                self._remember(page)
            self._failed_in_a_row += not for_good
            (self._gone if for_good else self._problems).append(str(error))
            return
        self._failed_in_a_row = 0
        self._remember(page)
        yield self._document(page, answer)

    def _remember(self, page: Page) -> None:
        self.memory.pages[page.locator] = (page.fingerprint, self.today.isoformat())

    def _document(self, page: Page, answer: web.Answer) -> Offer:
        data = answer.data or b""
        kind, charset = content_type(answer.headers.get("content-type"))
        if why := why_not_text(data):
            return reject(self.source.id, page.locator, data, *why, self.today)
        media_type = HTML if kind == HTML else media_type_of("", data)
        declared = replace(page.declared, charset=charset)
        return Document(self.source.id, page.locator, data, media_type, "fetched", self.today, declared)


def _hash(*parts: str | None) -> str:
    return hashlib.sha256("\0".join(part or "" for part in parts).encode("utf-8", "replace")).hexdigest()[:16]
