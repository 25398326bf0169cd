"""Getting a source's bytes over HTTP, as a guest who trusts nobody: bounded in size, time, redirects and addresses.

Belongs here: conditional requests, retries, the refusal of private addresses, the state between visits.
Does not belong here: what the bytes mean.
"""

from __future__ import annotations

import email.utils
import ipaddress
import json
import socket
import time
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpcore
import httpx
import tenacity

from assets.ingestion.files import SourceUnavailable
from assets.settings import Limits, Source

USER_AGENT = "Dateline/0.1 (news coverage record; conditional GET)"
_MEGABYTE = 1_000_000
_MOST_REDIRECTS = 5
_LONGEST_WAIT_SECONDS = 30.0
_CONNECT_SECONDS = 10.0
_TRY_AGAIN = {408, 425, 429, 500, 502, 503, 504}


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


class _TryAgain(Exception):
    """A failure that may pass; `after` is how long the server asked us to wait."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


def fetch(source: Source, limits: Limits, last: Visit | None) -> Answer:
    """Return the answer at the source's url; raise SourceUnavailable saying what went wrong."""
    retrying = tenacity.Retrying(
        retry=tenacity.retry_if_exception_type(_TryAgain),
        stop=tenacity.stop_after_attempt(limits.attempts),
        wait=_wait,
        sleep=lambda seconds: time.sleep(seconds),
        reraise=True,
    )
    try:
        return retrying(_fetch_once, source, limits, last if last and last.url == source.url else None)
    except _TryAgain as error:
        raise SourceUnavailable(f"{source.url}: {error} ({limits.attempts} attempts)") from None


def load_visit(state: Path, source_id: str) -> Visit | None:
    """Return what is known of the last visit, None where nothing is."""
    try:
        return Visit(**json.loads(_visit_path(state, source_id).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def save_visit(state: Path, source_id: str, visit: Visit) -> None:
    """Remember a visit; to be called only when what it gave is landed."""
    path = _visit_path(state, source_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{uuid4().hex}.tmp")
    beside.write_text(json.dumps(asdict(visit)), encoding="utf-8")
    beside.replace(path)


def _visit_path(state: Path, source_id: str) -> Path:
    return state / "visits" / f"{source_id}.json"


def _wait(attempt: tenacity.RetryCallState) -> float:
    error = attempt.outcome.exception() if attempt.outcome else None
    asked = error.after if isinstance(error, _TryAgain) else None
    return min(asked if asked is not None else 2.0 ** (attempt.attempt_number - 1), _LONGEST_WAIT_SECONDS)


def _fetch_once(source: Source, limits: Limits, last: Visit | None) -> Answer:
    headers = {
        "User-Agent": USER_AGENT,
        "Accept": "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5",
        "Accept-Encoding": "gzip",  # the one packing that is unpacked here in bounded steps
    }
    if last and last.etag:
        headers["If-None-Match"] = last.etag
    if last and last.last_modified:
        headers["If-Modified-Since"] = last.last_modified
    url = httpx.URL(source.url or "")
    transport = _GuardedTransport(time.monotonic() + limits.response_seconds, allow_private=source.allow_private)
    try:
        with httpx.Client(transport=transport, trust_env=False, timeout=limits.response_seconds) as client:
            for _ in range(_MOST_REDIRECTS + 1):
                if url.scheme not in ("http", "https") or not url.host:
                    raise SourceUnavailable(f"{url}: only http and https are read")
                with client.stream("GET", url, headers=headers) as response:
                    if response.has_redirect_location:
                        url = url.join(response.headers["location"])
                        continue
                    return _read(response, source, limits, last)
        raise SourceUnavailable(f"{source.url}: more than {_MOST_REDIRECTS} redirects")
    except httpx.InvalidURL as error:
        raise SourceUnavailable(f"{source.url}: redirected to an address that is none: {error}") from None
    except (httpx.TransportError, httpx.DecodingError) as error:
        raise _TryAgain(f"{type(error).__name__}: {error}") from error


def _read(response: httpx.Response, source: Source, limits: Limits, last: Visit | None) -> Answer:
    visit = Visit(source.url or "", response.headers.get("etag"), response.headers.get("last-modified"))
    if response.status_code == httpx.codes.NOT_MODIFIED:
        return Answer(None, {}, last or visit)
    if response.status_code in _TRY_AGAIN:
        raise _TryAgain(f"HTTP {response.status_code}", _retry_after(response.headers.get("retry-after")))
    if response.status_code != httpx.codes.OK:
        raise SourceUnavailable(f"{response.url}: HTTP {response.status_code}; check the address in sources.yaml")
    bound = int(limits.document_megabytes * _MEGABYTE)
    data = bytearray()
    for chunk in _unpacked(response, bound):
        data += chunk
        if len(data) > bound:
            raise SourceUnavailable(
                f"{response.url}: the answer is larger than document_megabytes in dateline.yaml "
                f"({limits.document_megabytes:g}) allows"
            )
    headers = {
        name: response.headers[name] for name in ("content-type", "content-language") if name in response.headers
    }
    return Answer(bytes(data), headers, visit)


def _unpacked(response: httpx.Response, bound: int) -> Iterable[bytes]:
    """Yield the answer's bytes, a packed one in bounded steps: a few kilobytes may hold gigabytes."""
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing in ("", "identity"):
        yield from response.iter_raw()
        return
    if packing not in ("gzip", "x-gzip"):
        raise SourceUnavailable(f"{response.url}: packed as {packing!r}, which was not asked for")
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


class _GuardedTransport(httpx.HTTPTransport):
    """A transport that connects to public addresses only, and gives up when the time is over."""

    def __init__(self, deadline: float, *, allow_private: bool) -> None:
        super().__init__(trust_env=False)
        # httpx has no public way to hand a network backend to its pool; the version is pinned, and a test guards this.
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            network_backend=_GuardedBackend(deadline, allow_private=allow_private),
        )


class _GuardedBackend(httpcore.NetworkBackend):
    """Resolves a name once, checks every address it stands for, and connects to what was checked."""

    def __init__(self, deadline: float, *, allow_private: bool) -> None:
        self._backend = httpcore.SyncBackend()
        self._deadline = deadline
        self._allow_private = allow_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        try:
            addresses = list(
                dict.fromkeys(str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
            )
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} cannot be resolved: {error}") from None
        if not self._allow_private:
            for address in addresses:
                if not _is_public(address):
                    raise SourceUnavailable(
                        f"{host} is {address}, a private or local address; "
                        "set allow_private: true for this source in sources.yaml if that is meant"
                    )
        for address in addresses[:-1]:
            try:
                return self._connect(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connect(addresses[-1], port, timeout, local_address, socket_options)

    def _connect(
        self, address: str, port: int, timeout: float | None, local_address: str | None, socket_options: Any
    ) -> httpcore.NetworkStream:
        seconds = min(_remaining(self._deadline, timeout, httpcore.ConnectTimeout), _CONNECT_SECONDS)
        stream = self._backend.connect_tcp(address, port, seconds, local_address, socket_options)
        return _TimedStream(stream, self._deadline)


class _TimedStream(httpcore.NetworkStream):
    """A stream whose reads and writes end at the deadline, however slowly the other side drips."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _remaining(self._deadline, timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _remaining(self._deadline, timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        seconds = _remaining(self._deadline, timeout, httpcore.ConnectTimeout)
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, seconds), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _remaining(deadline: float, timeout: float | None, over: type[Exception]) -> float:
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise over("the answer took longer than response_seconds in dateline.yaml allows")
    return seconds if timeout is None else min(seconds, timeout)


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    # an IPv4 address inside an IPv6 one leads where the IPv4 address leads
    ip = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None) or ip
    return ip.is_global and not ip.is_multicast
