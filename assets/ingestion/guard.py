"""Connections that trust nobody: public addresses only, and an end to every answer.

Belongs here: resolving a name once, checking what it stands for, connecting to what was checked, and the deadline.
Does not belong here: requests, redirects, retries (`web`).
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from functools import cache
from typing import Any

import httpcore
import httpx

from assets.ingestion.files import SourceUnavailable

_CONNECT_SECONDS = 10.0


class Deadline:
    """The instant, on the monotonic clock, at which the answer being read must have ended."""

    def __init__(self) -> None:
        self.at = float("inf")

    def remaining(self, timeout: float | None, over: type[Exception]) -> float:
        """Return the seconds left, at most `timeout`; raise `over` where none are."""
        seconds = self.at - time.monotonic()
        if seconds <= 0:
            raise over("the answer took longer than response_seconds in dateline.yaml allows")
        return seconds if timeout is None else min(seconds, timeout)


class GuardedTransport(httpx.HTTPTransport):
    """A transport that connects to public addresses only, and gives up at the deadline."""

    def __init__(self, deadline: Deadline, *, allow_private: bool) -> None:
        super().__init__(verify=_tls(), trust_env=False)
        # httpx has no public way to hand a network backend to its pool; the version is pinned, and a test guards this.
        self._pool = httpcore.ConnectionPool(
            ssl_context=_tls(), network_backend=_GuardedBackend(deadline, allow_private=allow_private)
        )


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context()  # reading the certificates takes as long as many requests


class _GuardedBackend(httpcore.NetworkBackend):
    def __init__(self, deadline: Deadline, *, allow_private: bool) -> None:
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
                if not is_public(address):
                    what = host if host == address else f"{host}, which is {address},"
                    raise SourceUnavailable(
                        f"{what} is a private or local address; "
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
        seconds = min(self._deadline.remaining(timeout, httpcore.ConnectTimeout), _CONNECT_SECONDS)
        stream = self._backend.connect_tcp(address, port, seconds, local_address, socket_options)
        return _TimedStream(stream, self._deadline)


class _TimedStream(httpcore.NetworkStream):
    """A stream whose reads and writes end at the deadline, however slowly the other side drips."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.remaining(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.remaining(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        seconds = self._deadline.remaining(timeout, httpcore.ConnectTimeout)
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, seconds), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def is_public(address: str) -> bool:
    """Return whether an IP address is one that anybody on the internet may reach."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    # an IPv4 address inside an IPv6 one leads where the IPv4 address leads
    ip = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None) or _from_nat64(ip) or ip
    return ip.is_global and not ip.is_multicast


def _from_nat64(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip.version == 6 and ip in ipaddress.ip_network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return None
