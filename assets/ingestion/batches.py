"""Filing what a source offered: new documents and rejections become immutable batch files of their landing days.

Belongs here: what is new, the batch files and their order, and mending what a killed run left half filed.
Does not belong here: reading sources, choosing landing days.

A batch is three files of one name: rejections, then documents, then its row in the landing log. A run that dies in
between leaves documents that the next run knows by their ids, and no log row; `complete_log` writes that row from
what the batch holds, so that the tables end up as they would have without the kill.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import chain
from uuid import uuid4

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from assets.ingestion.documents import Document, Offer, Rejection, document_id
from assets.ingestion.seen import SeenBefore, day_keys, landed_files
from assets.ingestion.spool import Spool
from assets.record import Record
from assets.tables import table

# Held in memory before it is written: enough that an archive in order of date gets few batches a day.
_PENDING_BYTES = 128_000_000
_DAY_BYTES = 64_000_000
_BYTES_PER_ROW = 1_000
_STAMP = "%Y%m%dT%H%M%S%fZ"
_FAILED = "-failed"


@dataclass(frozen=True)
class Landed:
    """What happened to one source on one landing day."""

    source_id: str
    landed_on: date
    outcome: str
    detail: str | None
    offered: int
    landed: int
    rejected: int


class Attempt:
    """One attempt to read one source (or the inbox, which may hold documents of several)."""

    def __init__(self, record: Record, source_id: str, now: datetime, seen: Callable[[str, str], SeenBefore]) -> None:
        self._record = record
        self._source_id = source_id
        self._now = now.astimezone(UTC)
        self._seen = seen
        self._attempt_id = f"{self._now.strftime(_STAMP)}-{uuid4().hex[:8]}"
        self._batches = 0
        self._landed = 0
        self._pending: dict[date, dict[str, tuple[Offer, bool]]] = defaultdict(dict)
        self._sizes: Counter[date] = Counter()
        self._pending_bytes = 0
        self._partial_days: set[date] = set()
        self._begun: set[date] = set()
        self._spool: Spool | None = None
        self._writer = _Writer()
        self.results: list[Landed] = []
        self.filed_in: dict[date, set[str]] = defaultdict(set)  # files of the record that hold what was taken

    def take(self, offer: Offer, *, once: bool) -> None:
        """File `offer` under its landing day, unless it is there already; with `once`, unless it is on any day."""
        day = offer.landed_on
        if day is None:
            raise ValueError(f"{offer.locator}: no landing day was chosen")
        key = offer.document_id if isinstance(offer, Document) else f"{offer.document_id} {offer.reason}"
        if isinstance(offer, Rejection) and offer.is_whole_file:
            # each day on which the file cannot be read says so
            self._partial_days.add(day)
            once = False
        self._hold(day, key, offer, once=once)
        if self._sizes[day] > _DAY_BYTES:
            self._file(day)
        if self._pending_bytes > _PENDING_BYTES:
            self._make_room()

    def _hold(self, day: date, key: str, offer: Offer, *, once: bool) -> None:
        if key not in self._pending[day]:
            self._pending[day][key] = (offer, once)
            size = _BYTES_PER_ROW + (len(offer.data) if isinstance(offer, Document) else 0)
            self._sizes[day] += size
            self._pending_bytes += size

    def finish(
        self,
        *,
        failure: str | None,
        days: Sequence[date],
        outcome: str = "ok",
        is_visit: bool = False,
        note: str | None = None,
    ) -> None:
        """File what is pending, and the attempt itself where it has something to tell.

        A failure is told on each of `days`, once as long as it stays the same; a success on days that had failed last;
        a visit to a server always, with a `note` where a part of it gave nothing.
        """
        for day in sorted({*self._pending, *(self._spool.days if self._spool else ())}):
            self._unspool(day)
            self._file(day)
        self._writer.wait()
        if self._spool is not None:
            self._spool.close()
        told = {result.landed_on for result in self.results}
        last = last_outcomes(self._record, days, self._source_id)
        for day in days:
            if failure is not None:
                if is_visit or last.get(day) != ("failed", failure):
                    self._tell(day, "failed", failure)
            elif note is not None or (
                day not in told and (is_visit or (day not in self._partial_days and _has_failed(last.get(day))))
            ):
                self._tell(day, outcome, note)

    def _make_room(self) -> None:
        for day in list(self._sizes):  # the day begun first: in an archive in order of date it is complete
            if day in self._begun and self._sizes[day] < _DAY_BYTES / 8:
                self._put_aside(day)
            else:
                self._file(day)
            if self._pending_bytes <= _PENDING_BYTES / 2:
                return

    def _put_aside(self, day: date) -> None:
        """Let a day wait on disk: the archive is in no order, and would come to a batch for every few rows."""
        if self._spool is None:
            self._spool = Spool(self._record.root)
        self._spool.add(day, self._pending.pop(day))
        self._pending_bytes -= self._sizes.pop(day)

    def _unspool(self, day: date) -> None:
        """Bring back what was put aside of a day, before what came after it."""
        if self._spool is None:
            return
        last = self._pending.pop(day, {})
        self._pending_bytes -= self._sizes.pop(day, 0)
        for part in chain(self._spool.take(day), [last]):
            for key, (offer, once) in part.items():
                self._hold(day, key, offer, once=once)
            if self._sizes[day] > _DAY_BYTES:
                self._file(day)

    def _file(self, day: date) -> None:
        """Hand the pending rows of a day that are new to the writer."""
        self._writer.wait()  # what is new is told from the files on record
        pending = self._pending.pop(day, {})
        self._pending_bytes -= self._sizes.pop(day, 0)
        self._begun.add(day)
        documents = self._new("landed_documents", day, {k: v for k, v in pending.items() if isinstance(v[0], Document)})
        rejections = self._new(
            "rejected_documents", day, {k: v for k, v in pending.items() if isinstance(v[0], Rejection)}
        )
        if not documents and not rejections:
            return
        # Known failures count too: new documents beside a file that still cannot be read do not make the source well.
        failures = [offer for offer, _ in pending.values() if isinstance(offer, Rejection) and offer.is_whole_file]
        batch_id = self._batch_id(failed=bool(failures))
        # A microsecond apart each, so that of two texts of one article the later row is the later version.
        first_seen = [self._now + timedelta(microseconds=self._landed + n) for n in range(len(documents))]
        self._landed += len(documents)
        offered = Counter(offer.source_id for offer, _ in pending.values())
        summaries = _summaries(day, documents, rejections, failures, offered)
        self.results.extend(summaries)
        self._writer.put(partial(self._write, day, batch_id, documents, first_seen, rejections, summaries))

    def _write(
        self,
        day: date,
        batch_id: str,
        documents: list[Document],
        first_seen: list[datetime],
        rejections: list[Rejection],
        summaries: list[Landed],
    ) -> None:
        """Write a batch: rejections first, the log last (see the module docstring)."""
        tables = {}
        if rejections:
            tables["rejected_documents"] = _rejection_rows(rejections, self._now)
        if documents:
            tables["landed_documents"] = _document_rows(documents, first_seen, batch_id)
        for name, rows in tables.items():
            self._record.add_batch(name, day, batch_id, rows)
            self.filed_in[day].add(f"{name}/{day}/{batch_id}.parquet")
        self._log(day, batch_id, summaries)

    def _new(self, name: str, day: date, pending: dict[str, tuple[Offer, bool]]) -> list:
        if not pending:
            return []
        keys = pa.array(list(pending), pa.string())
        filed = day_keys(self._record, name, day)
        for path, sources, _ in filed:
            if pc.any(pc.equal(sources, self._source_id)).as_py():
                self.filed_in[day].add(path.relative_to(self._record.root).as_posix())
        on_day = pa.concat_arrays([pa.array([], pa.string()), *(here for _, _, here in filed)])
        known = pc.is_in(keys, value_set=on_day).to_pylist()
        for source_id in {offer.source_id for offer, once in pending.values() if once}:
            before = pc.is_in(keys, value_set=self._seen(name, source_id).of(source_id)).to_pylist()
            known = [
                here or (there and once and offer.source_id == source_id)
                for here, there, (offer, once) in zip(known, before, pending.values(), strict=True)
            ]
        return [offer for (offer, _), is_known in zip(pending.values(), known, strict=True) if not is_known]

    def _tell(self, day: date, outcome: str, detail: str | None) -> None:
        batch_id = self._batch_id(failed=outcome == "failed")
        summaries = [Landed(self._source_id, day, outcome, detail, 0, 0, 0)]
        self._log(day, batch_id, summaries)
        self.results.extend(summaries)

    def _log(self, day: date, batch_id: str, summaries: list[Landed]) -> None:
        # Another run may have taken this batch for a dead run's and completed its log; what we know is better.
        (self._record.day_folder("source_fetches", day) / f"{batch_id}.parquet").unlink(missing_ok=True)
        self._record.add_batch("source_fetches", day, batch_id, _log_rows(summaries, batch_id, self._now))

    def _batch_id(self, *, failed: bool) -> str:
        self._batches += 1
        return f"{self._attempt_id}-{self._batches:05d}{_FAILED if failed else ''}"


class _Writer:
    """Writes one batch at a time beside the reading of the next: packing and flushing need no interpreter."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="landing")
        self._writing: Future[None] | None = None

    def put(self, write: Callable[[], None]) -> None:
        """Start a write when the one before it is done; what that raised is raised here."""
        self.wait()
        self._writing = self._pool.submit(write)

    def wait(self) -> None:
        """Return when all is written; raise what went wrong."""
        if self._writing is not None:
            writing, self._writing = self._writing, None
            writing.result()


def _has_failed(outcome: tuple[str, str | None] | None) -> bool:
    return outcome is not None and outcome[0] == "failed"


def last_outcomes(record: Record, days: Iterable[date], source_id: str) -> dict[date, tuple[str, str | None]]:
    """Return the newest (outcome, detail) of a source on each of `days` on which some source has failed."""
    outcomes = {}
    for day in days:
        # A batch's name says whether it tells of a failure, so that thousands of good days need not be opened.
        if not any(path.stem.endswith(_FAILED) for path in record.day_files("source_fetches", day)):
            continue
        rows = record.read_day("source_fetches", day, ["source_id", "outcome", "detail", "batch_id"]).to_pylist()
        for row in sorted((row for row in rows if row["source_id"] == source_id), key=lambda row: row["batch_id"]):
            outcomes[day] = (row["outcome"], row["detail"])
    return outcomes


def complete_log(record: Record, days: Iterable[date]) -> None:
    """Write the log rows of batches whose run died before it could."""
    for day in days:
        files: dict[str, dict[str, object]] = defaultdict(dict)
        for name in ("landed_documents", "rejected_documents"):
            for path in landed_files(record, name, day):
                files[path.stem][name] = path
        for batch_id in sorted(set(files) - {path.stem for path in record.day_files("source_fetches", day)}):
            _complete(record, day, batch_id, files[batch_id])


def _complete(record: Record, day: date, batch_id: str, files: dict) -> None:
    landed: Counter[str] = Counter()
    rejected: Counter[str] = Counter()
    failures: dict[str, list[str]] = defaultdict(list)
    if path := files.get("landed_documents"):
        landed.update(pq.ParquetFile(path).read(columns=["source_id"], use_threads=False)["source_id"].to_pylist())
    if path := files.get("rejected_documents"):
        for row in pq.ParquetFile(path).read(columns=["source_id", "document_id", "locator", "detail"]).to_pylist():
            rejected[row["source_id"]] += 1
            if batch_id.endswith(_FAILED) and row["document_id"] == document_id(row["source_id"], row["locator"], b""):
                failures[row["source_id"]].append(row["detail"])
    summaries = [
        Landed(
            source_id,
            day,
            "failed" if source_id in failures else "ok",
            "; ".join(failures[source_id]) if source_id in failures else None,
            landed[source_id] + rejected[source_id],
            landed[source_id],
            rejected[source_id],
        )
        for source_id in sorted(set(landed) | set(rejected))
    ]
    fetched_at = datetime.strptime(batch_id.split("-")[0], _STAMP).replace(tzinfo=UTC)
    record.add_batch("source_fetches", day, batch_id, _log_rows(summaries, batch_id, fetched_at))


def _summaries(
    day: date,
    documents: list[Document],
    rejections: list[Rejection],
    failures: list[Rejection],
    offered: Counter[str],
) -> list[Landed]:
    landed = Counter(document.source_id for document in documents)
    rejected = Counter(rejection.source_id for rejection in rejections)
    details: dict[str, list[str]] = defaultdict(list)
    for failure in failures:
        details[failure.source_id].append(failure.detail)
    empty = Landed("", day, "ok", None, 0, 0, 0)
    return [
        replace(
            empty,
            source_id=source_id,
            outcome="failed" if source_id in details else "ok",
            detail="; ".join(details[source_id]) if source_id in details else None,
            offered=offered[source_id],
            landed=landed[source_id],
            rejected=rejected[source_id],
        )
        for source_id in sorted(set(landed) | set(rejected))
    ]


def _document_rows(documents: list[Document], first_seen: list[datetime], batch_id: str) -> pa.Table:
    declared = [document.declared for document in documents]
    columns = {
        "document_id": [document.document_id for document in documents],
        "source_id": [document.source_id for document in documents],
        "locator": [_storable(document.locator) for document in documents],
        "url": [one.url for one in declared],
        "external_id": [_storable(one.external_id) for one in declared],
        "media_type": [document.media_type for document in documents],
        "bytes": [document.data for document in documents],
        "byte_count": [len(document.data) for document in documents],
        "declared_title": [one.title for one in declared],
        "declared_published": [one.published for one in declared],
        "declared_by": [one.by for one in declared],
        "declared_language": [one.language for one in declared],
        "declared_author": [one.author for one in declared],
        "declared_section": [one.section for one in declared],
        "declared_charset": [one.charset for one in declared],
        "lands_on": [document.lands_on for document in documents],
        "landed_on": [document.landed_on for document in documents],
        "first_seen_at": [instant.replace(tzinfo=None) for instant in first_seen],
        "batch_id": [batch_id] * len(documents),
    }
    return pa.table(columns, schema=table("landed_documents").record_schema)


def _rejection_rows(rejections: list[Rejection], now: datetime) -> pa.Table:
    columns = {
        "document_id": [rejection.document_id for rejection in rejections],
        "source_id": [rejection.source_id for rejection in rejections],
        "locator": [_storable(rejection.locator) for rejection in rejections],
        "reason": [rejection.reason for rejection in rejections],
        "detail": [_storable(rejection.detail) for rejection in rejections],
        "landed_on": [rejection.landed_on for rejection in rejections],
        "first_seen_at": [now.replace(tzinfo=None)] * len(rejections),
    }
    return pa.table(columns, schema=table("rejected_documents").record_schema)


def _log_rows(summaries: list[Landed], batch_id: str, now: datetime) -> pa.Table:
    columns = {
        "source_id": [summary.source_id for summary in summaries],
        "batch_id": [batch_id] * len(summaries),
        "outcome": [summary.outcome for summary in summaries],
        "detail": [_storable(summary.detail) for summary in summaries],
        "offered": [summary.offered for summary in summaries],
        "landed": [summary.landed for summary in summaries],
        "rejected": [summary.rejected for summary in summaries],
        "landed_on": [summary.landed_on for summary in summaries],
        "fetched_at": [now.replace(tzinfo=None)] * len(summaries),
    }
    return pa.table(columns, schema=table("source_fetches").record_schema)


def _storable(text: str | None) -> str | None:
    """Return text that UTF-8 can hold: a file's name may hold bytes that are no text."""
    return None if text is None else text.encode("utf-8", "backslashreplace").decode("utf-8")
