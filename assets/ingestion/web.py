"""The one way to the web: a polite guest who trusts nobody.

Belongs here: asking for an address on behalf of a source: conditional requests, retries, redirects checked hop by hop,
robots.txt, one request at a time and a pause per host, bounds of size and time.
Does not belong here: which addresses are asked for, what the bytes mean, connections (`guard`).
"""

from __future__ import annotations

import email.utils
import threading
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx
import tenacity
from protego import Protego

from assets.ingestion.files import SourceUnavailable
from assets.ingestion.guard import Deadline, GuardedTransport
from assets.settings import Settings, Source

AGENT = "Dateline"
FEEDS = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
PAGES = "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1"
ANYTHING = "*/*"
_MEGABYTE = 1_000_000
_MOST_REDIRECTS = 5
_LONGEST_WAIT_SECONDS = 30.0
_ROBOTS_BYTES = 512_000  # what RFC 9309 asks a crawler to read at least
_TRY_AGAIN = {408, 425, 429, 500, 502, 503, 504}
_GONE_FOR_GOOD = {400, 404, 405, 406, 410, 414, 451}


@dataclass(frozen=True)
class Visit:
    """What to tell a server at the next visit, so that it need not send what we have."""

    url: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Answer:
    """What a server gave: None as `data` where nothing changed since the last visit."""

    data: bytes | None
    headers: dict[str, str]
    visit: Visit


class Unreachable(SourceUnavailable):
    """An address gave nothing; `for_good` where asking again tomorrow would change nothing."""

    def __init__(self, message: str, *, for_good: bool = False, status: int | None = None) -> None:
        super().__init__(message)
        self.for_good = for_good
        self.status = status


class _TryAgain(Exception):
    """A failure that may pass; `after` is how long the server asked us to wait."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


@dataclass
class _Host:
    """One web server: the turn to ask it, when it may be asked next, and its rules."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0
    pause: float = 0.0
    robots: Protego | None = None
    robots_error: str | None = None
    robots_known: bool = False
    robots_turn: threading.Lock = field(default_factory=threading.Lock)
    closed: str | None = None  # why nothing more is asked of it in this run


class Hosts:
    """What the sources of one run share: each host is asked by one of them at a time, with a pause in between."""

    def __init__(self, pause_seconds: float) -> None:
        self._pause = pause_seconds
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    def of(self, url: httpx.URL) -> _Host:
        """Return what is known of the server at `url`."""
        with self._lock:
            return self._hosts.setdefault(f"{url.scheme}://{url.netloc.decode()}", _Host(pause=self._pause))

    @contextmanager
    def turn(self, url: httpx.URL) -> Iterator[None]:
        """Hold the one turn that a host gives, after its pause."""
        host = self.of(url)
        with host.turn:
            if (wait := host.free_at - time.monotonic()) > 0:
                time.sleep(wait)
            try:
                yield
            finally:
                host.free_at = time.monotonic() + host.pause


class Session:
    """The requests of one source in one run; used by one thread."""

    def __init__(self, source: Source, settings: Settings, hosts: Hosts) -> None:
        self._source = source
        self._limits = settings.limits
        self._hosts = hosts
        self._ends_at = time.monotonic() + settings.fetching.source_seconds
        self._deadline = Deadline()
        contact = f"; {settings.fetching.contact}" if settings.fetching.contact else ""
        self._headers = {
            "User-Agent": f"{AGENT}/0.1 (news coverage record{contact})",
            "Accept-Encoding": "gzip",  # the one packing that is unpacked here in bounded steps
        }
        transport = GuardedTransport(self._deadline, allow_private=source.allow_private)
        self._client = httpx.Client(transport=transport, trust_env=False, timeout=self._limits.response_seconds)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def is_over(self) -> bool:
        """Return whether the time for this source has passed."""
        return time.monotonic() >= self._ends_at

    def get(self, url: str, accept: str = PAGES, last: Visit | None = None) -> Answer:
        """Return the answer at `url`; raise SourceUnavailable saying what went wrong."""
        return self._get(url, accept, last if last and last.url == url else None, obey=self._source.obey_robots)

    def _get(self, url: str, accept: str, last: Visit | None, *, obey: bool) -> Answer:
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(_TryAgain),
            stop=tenacity.stop_after_attempt(self._limits.attempts),
            wait=_wait,
            sleep=lambda seconds: time.sleep(seconds),
            reraise=True,
        )
        try:
            return retrying(self._try, url, accept, last, obey=obey)
        except _TryAgain as error:
            raise Unreachable(f"{url}: {error} ({self._limits.attempts} attempts)") from None

    def _try(self, asked: str, accept: str, last: Visit | None, *, obey: bool) -> Answer:
        headers = {**self._headers, "Accept": accept}
        if last and last.etag:
            headers["If-None-Match"] = last.etag
        if last and last.last_modified:
            headers["If-Modified-Since"] = last.last_modified
        try:
            url = httpx.URL(asked)
            for _ in range(_MOST_REDIRECTS + 1):
                if url.scheme not in ("http", "https") or not url.host:
                    raise Unreachable(f"{url}: only http and https are read", for_good=True)
                if obey:
                    self._check_robots(url)
                if closed := self._hosts.of(url).closed:
                    raise Unreachable(closed)
                with self._hosts.turn(url):
                    self._deadline.at = min(time.monotonic() + self._limits.response_seconds, self._ends_at)
                    if self.is_over():
                        raise Unreachable(f"{url}: the time for this source is over (source_seconds in dateline.yaml)")
                    with self._client.stream("GET", url, headers=headers) as response:
                        if not response.has_redirect_location:
                            return self._read(response, asked, last)
                        url = url.join(response.headers["location"])
            raise Unreachable(f"{asked}: more than {_MOST_REDIRECTS} redirects", for_good=True)
        except httpx.InvalidURL as error:
            raise Unreachable(f"{asked}: leads to an address that is none: {error}", for_good=True) from None
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise _TryAgain(f"{type(error).__name__}: {error}") from error

    def _read(self, response: httpx.Response, asked: str, last: Visit | None) -> Answer:
        visit = Visit(asked, response.headers.get("etag"), response.headers.get("last-modified"))
        status = response.status_code
        if status == httpx.codes.NOT_MODIFIED:
            return Answer(None, {}, last or visit)
        if status in _TRY_AGAIN:
            after = _retry_after(response.headers.get("retry-after"))
            if after is not None and after > _LONGEST_WAIT_SECONDS:
                host = self._hosts.of(response.url)
                host.closed = f"{response.url}: HTTP {status}; the server asks to be left alone for {after:.0f} seconds"
                raise Unreachable(host.closed)
            raise _TryAgain(f"HTTP {status}", after)
        if status != httpx.codes.OK:
            message = f"{response.url}: HTTP {status}; check the address"
            raise Unreachable(message, for_good=status in _GONE_FOR_GOOD, status=status)
        bound = int(self._limits.document_megabytes * _MEGABYTE)
        data = bytearray()
        for chunk in _unpacked(response, bound):
            data += chunk
            if len(data) > bound:
                raise Unreachable(
                    f"{response.url}: the answer is larger than document_megabytes in dateline.yaml "
                    f"({self._limits.document_megabytes:g}) allows",
                    for_good=True,
                )
        kept = ("content-type", "content-language")
        return Answer(bytes(data), {name: response.headers[name] for name in kept if name in response.headers}, visit)

    def _check_robots(self, url: httpx.URL) -> None:
        """Raise Unreachable where the host's robots.txt keeps us out, or cannot be had (RFC 9309: then stay out)."""
        host = self._hosts.of(url)
        with host.robots_turn:
            if not host.robots_known:
                self._load_robots(host, url)
        if host.robots_error:
            raise Unreachable(host.robots_error)
        if host.robots and not host.robots.can_fetch(str(url), AGENT):
            message = f"{url}: robots.txt of the site forbids it; ask the publisher, then set obey_robots: false"
            raise Unreachable(message, for_good=True)

    def _load_robots(self, host: _Host, url: httpx.URL) -> None:
        address = str(url.copy_with(raw_path=b"/robots.txt", fragment=None))
        try:
            answer = self._get(address, ANYTHING, None, obey=False)
            text = (answer.data or b"")[:_ROBOTS_BYTES].decode("utf-8", "replace")
            host.robots = Protego.parse(text)
            delay = host.robots.crawl_delay(AGENT) or 0.0
            host.pause = max(host.pause, min(delay, _LONGEST_WAIT_SECONDS))
            host.free_at = time.monotonic() + host.pause
        except Unreachable as error:
            if error.status is None or error.status >= httpx.codes.INTERNAL_SERVER_ERROR:
                host.robots_error = f"{error}; without its robots.txt nothing else is asked of the site"
        host.robots_known = True


def _wait(attempt: tenacity.RetryCallState) -> float:
    error = attempt.outcome.exception() if attempt.outcome else None
    asked = error.after if isinstance(error, _TryAgain) else None
    return min(asked if asked is not None else 2.0 ** (attempt.attempt_number - 1), _LONGEST_WAIT_SECONDS)


def _unpacked(response: httpx.Response, bound: int) -> Iterable[bytes]:
    """Yield the answer's bytes, a packed one in bounded steps: a few kilobytes may hold gigabytes."""
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing in ("", "identity"):
        yield from response.iter_raw()
        return
    if packing not in ("gzip", "x-gzip"):
        raise Unreachable(f"{response.url}: packed as {packing!r}, which was not asked for")
    unpacker = zlib.decompressobj(wbits=31)
    try:
        for chunk in response.iter_raw():
            yield unpacker.decompress(chunk, bound + 1)
            if unpacker.unconsumed_tail:
                yield unpacker.decompress(unpacker.unconsumed_tail, bound + 1)
    except zlib.error as error:
        raise _TryAgain(f"the gzip data are damaged: {error}") from None
    if not unpacker.eof:
        raise _TryAgain("the gzip data end early")


def _retry_after(value: str | None) -> float | None:
    if not value:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        return max(0.0, (email.utils.parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None
