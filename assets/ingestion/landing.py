"""Landing: read every source once, decide on which day each document lands, and add it to the record.

Belongs here: the order of work and the landing rules (which day, which run). What a kind of source is stands in
`files`, `archives`, `feeds`, `web` and `inbox`; how rows are filed stands in `batches`.
Does not belong here: anything about what a document says.
"""

from __future__ import annotations

import pickle
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from assets.home import Home
from assets.ingestion import inbox, web
from assets.ingestion.ahead import Ahead
from assets.ingestion.archives import read_archives
from assets.ingestion.batches import Attempt, Landed, complete_log
from assets.ingestion.dates import is_future, published_day
from assets.ingestion.documents import Document, Offer, Rejection, reject
from assets.ingestion.feeds import read_snapshots
from assets.ingestion.files import SourceUnavailable, find_files, locator_of, read_files
from assets.ingestion.pages import Walk
from assets.ingestion.seen import SeenBefore
from assets.ingestion.unchanged import Unchanged
from assets.ingestion.visits import load_memory, save_memory
from assets.ingestion.webarchives import read_web_archives
from assets.record import Record
from assets.settings import INBOX_ID, Settings, Source

__all__ = ["Landed", "land", "locator_of"]

_HELD_BYTES = 32_000_000
_PROGRESS_SECONDS = 15.0

Log = Callable[[str], None]


@dataclass
class Reading:
    """What a source offers, as an iterator that ends instead of raising; `failure` then says why it ended."""

    offers: Iterable[tuple[Offer, bool]]
    failure: str | None = None

    def __iter__(self) -> Iterator[tuple[Offer, bool]]:
        try:
            yield from self.offers
        except SourceUnavailable as error:
            self.failure = str(error)
        except Exception as error:  # noqa: BLE001 - whatever one source does, the others are read
            self.failure = f"{type(error).__name__}: {error}"[:2000]


class Run:
    """What all sources of one run share."""

    def __init__(
        self, days: Sequence[date], home: Home, settings: Settings, sources: dict[str, Source], now: datetime, log: Log
    ) -> None:
        self.days = sorted(days)
        self.wanted = frozenset(days)
        self.home = home
        self.settings = settings
        self.sources = sources
        self.now = now.astimezone(UTC)
        self.today = self.now.date()
        self.log = log
        self.record = Record(home.record)
        self.hosts = web.Hosts(settings.fetching.pause_seconds)
        self._seen: dict[tuple[str, str], SeenBefore] = {}

    def reads(self, source: Source) -> bool:
        """Return whether this run's days can hold documents of the source."""
        return source.lands_on != "fetched" or self.today in self.wanted

    def told_of(self, source_id: str, offers: Iterable[tuple[Offer, bool]]) -> Iterator[tuple[Offer, bool]]:
        """Pass a source's offers on, and say every so often how far it is."""
        told = time.monotonic()
        for number, offer in enumerate(offers, 1):
            yield offer
            if time.monotonic() - told > _PROGRESS_SECONDS:
                told = time.monotonic()
                self.log(f"{source_id}: {number} documents read so far")

    def attempt(self, source_id: str) -> Attempt:
        """Return a new attempt to read a source."""
        return Attempt(self.record, source_id, self.now, self.seen)

    def seen(self, table: str, source_id: str) -> SeenBefore:
        """Return the index that covers the source; it is built on first need, for all fetched sources in one pass."""
        if (table, source_id) not in self._seen:
            together = {source_id}
            if source_id == INBOX_ID or self.sources[source_id].lands_on == "fetched":
                together |= {INBOX_ID, *(one.id for one in self.sources.values() if one.lands_on == "fetched")}
            index = SeenBefore(self.record, self.home.state, table, sorted(together))
            self._seen.update({(table, one): index for one in together})
        return self._seen[table, source_id]


def land(
    days: Sequence[date], home: Home, settings: Settings, sources: dict[str, Source], now: datetime, log: Log
) -> list[Landed]:
    """Read every source once and land what belongs to `days`; return what happened, by source and day.

    Nothing that landed before is touched, and a source that fails is a row in the landing log.
    """
    if now.tzinfo is None:
        raise ValueError("now must carry a time zone")
    run = Run(days, home, settings, sources, now, log)
    complete_log(run.record, run.days)
    read = [source for source in sources.values() if run.reads(source)]
    results: list[Landed] = []
    with closing(Ahead[Offer](settings.fetching.sources_at_once)) as ahead:
        walks = {source.id: _walk(source, run, ahead) for source in read if source.url}
        for source in read:
            landed = _land_walk(walks[source.id], run, ahead) if source.url else _land_source(source, run)
            results += landed
    if run.today in run.wanted:
        results += _land_inbox(run)
    return results


def _land_source(source: Source, run: Run) -> list[Landed]:
    attempt = run.attempt(source.id)
    notes = Unchanged(source, run.settings, run.home.state, run.record, run.wanted, run.today)
    reading = Reading(_chosen(_offers(source, run, notes), source, run, notes))
    for offer, once in run.told_of(source.id, reading):
        attempt.take(offer, once=once)
    days = [run.today] if source.lands_on == "fetched" else run.days
    attempt.finish(failure=reading.failure, days=days)
    if reading.failure is None:
        notes.save(attempt.filed_in)
    return _told(attempt, source.id, reading.failure, run)


def _walk(source: Source, run: Run, ahead: Ahead[Offer]) -> Walk:
    """Begin to ask a source's server, while the sources before it land."""
    session = web.Session(source, run.settings, run.hosts)
    memory = load_memory(run.home.state, source.id)
    walk = Walk(source, run.settings, session, memory, run.today)

    def offers() -> Iterator[Offer]:
        with closing(session):
            yield from walk.offers()

    ahead.start(source.id, offers())
    return walk


def _land_walk(walk: Walk, run: Run, ahead: Ahead[Offer]) -> list[Landed]:
    """Land what a server gives; what it need not send again is remembered only when all is on record."""
    source_id = walk.source.id
    attempt = run.attempt(source_id)
    reading = Reading((offer, True) for offer in ahead.take(source_id))
    for offer, once in run.told_of(source_id, reading):
        attempt.take(offer, once=once)
    outcome = "not_modified" if walk.unchanged else "ok"
    attempt.finish(failure=reading.failure, days=[run.today], outcome=outcome, is_visit=True, note=walk.problem)
    if reading.failure is None:
        save_memory(run.home.state, source_id, walk.memory, run.today)
    return _told(attempt, source_id, reading.failure or walk.problem, run)


def _land_inbox(run: Run) -> list[Landed]:
    """Land what waits in the inbox, and clear it away once it is on record."""
    inbox.remove_leftovers(run.home)
    attempt = run.attempt(INBOX_ID)
    read: list[tuple[inbox.Dropped, list[bool]]] = []

    def offers() -> Iterator[tuple[Offer, bool]]:
        for dropped in inbox.read_inbox(run.home, run.sources, run.today, run.settings.limits, run.log):
            landed: list[bool] = []
            for offer in dropped.offers:
                landed = landed or [True] * isinstance(offer, Document)
                yield offer, True
            read.append((dropped, landed))

    reading = Reading(offers())
    for offer, once in run.told_of(INBOX_ID, reading):
        attempt.take(offer, once=once)
    attempt.finish(failure=reading.failure, days=[run.today])
    for dropped, landed in read:
        try:
            inbox.clear_away(dropped, run.home, run.today, has_landed=bool(landed))
        except OSError as error:
            run.log(f"inbox: {dropped.path} is on record but cannot be moved away: {error.strerror or error}")
    return _told(attempt, INBOX_ID, reading.failure, run)


def _offers(source: Source, run: Run, notes: Unchanged) -> Iterator[Offer]:
    limits = run.settings.limits
    files = notes.reading(notes.to_read(find_files(source, run.home, run.days)))
    if source.kind == "files":
        yield from read_files(files, source, run.today, limits)
    elif source.kind == "feed":
        yield from read_snapshots(files, source, run.today, limits)
    elif source.kind == "warc":
        yield from read_web_archives(files, source, run.today, limits, run.log)
    else:
        yield from read_archives(files, source, run.today, limits, run.log)


def _chosen(offers: Iterator[Offer], source: Source, run: Run, notes: Unchanged) -> Iterator[tuple[Offer, bool]]:
    """Yield what lands in this run, each with its landing day, and whether it lands only if it is on no other day."""
    is_dated = source.lands_on in ("published", "captured")
    latest: date | None = None
    with closing(_Held()) as undated:
        for offer in offers:
            if isinstance(offer, Rejection) and (offer.is_whole_file or _is_unread_file(offer, source)):
                notes.failed()
            if not is_dated:
                yield offer, source.lands_on == "fetched"
                continue
            day, to_come = _own_day(offer, source, run)
            if day is not None and day >= run.settings.first_day:
                notes.saw(day)
                latest = max(latest or day, day)
                if day in run.wanted:
                    yield replace(offer, landed_on=day), False
                continue
            notes.saw_undated(to_come)
            if latest is None or latest <= run.days[-1]:  # else the archive's last day lies beyond this run's
                undated.add(offer if day is None else _too_early(offer, day, run))
        latest = max(filter(None, (latest, notes.latest)), default=None)
        if latest is None and undated.count:
            raise SourceUnavailable(_no_usable_date(source, undated, run))
        if latest in run.wanted:
            notes.undated_have_landed = True
            for offer in undated:
                yield replace(offer, landed_on=latest), True


def _is_unread_file(rejection: Rejection, source: Source) -> bool:
    """Return whether a file as such could not be read, for a cause that may go without the file changing."""
    return source.kind == "files" and rejection.reason == "unreadable"


def _own_day(offer: Offer, source: Source, run: Run) -> tuple[date | None, date | None]:
    """Return the day that an offer of an archive names itself; where that is yet to come, (None, that day)."""
    if source.lands_on == "captured":
        day = offer.landed_on
    else:
        declared = offer.declared.published if isinstance(offer, Document) else offer.published
        day = published_day(declared, source.zone)
    return (None, day) if day is not None and is_future(day, source.zone, run.now) else (day, None)


def _too_early(offer: Offer, day: date, run: Run) -> Rejection:
    if isinstance(offer, Rejection):
        return offer
    first = run.settings.first_day
    detail = f"dated {day}, before first_day {first} in dateline.yaml; set it earlier to land it"
    return reject(offer.source_id, offer.locator, offer.data, "before_first_day", detail, None)


def _no_usable_date(source: Source, undated: _Held, run: Run) -> str:
    problems = [offer.detail for offer in undated if isinstance(offer, Rejection) and offer.is_whole_file]
    if problems:
        return "; ".join(problems)
    span = f"from first_day {run.settings.first_day} to today"
    if source.kind == "table":
        column = source.columns.get("published")
        return f"no row has a usable date {span} in column {column!r}; correct columns, or let it land on 'fetched'"
    return f"no document has a usable date {span}; let the source land on 'fetched'"


def _told(attempt: Attempt, source_id: str, failure: str | None, run: Run) -> list[Landed]:
    documents = sum(result.landed for result in attempt.results)
    rejected = sum(result.rejected for result in attempt.results)
    if documents or rejected:
        run.log(f"{source_id}: {documents} documents landed, {rejected} rejected")
    if failure:
        run.log(f"{source_id}: failed: {failure}")
    return attempt.results


class _Held:
    """Offers that wait for the end of the pass; beyond a few megabytes they wait on disk."""

    def __init__(self) -> None:
        self.count = 0
        self._file = tempfile.SpooledTemporaryFile(max_size=_HELD_BYTES)  # noqa: SIM115 - closed by close()

    def add(self, offer: Offer) -> None:
        pickle.dump(offer, self._file)
        self.count += 1

    def __iter__(self) -> Iterator[Offer]:
        self._file.seek(0)
        while True:
            try:
                yield pickle.load(self._file)
            except EOFError:
                return

    def close(self) -> None:
        self._file.close()
