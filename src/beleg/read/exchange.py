"""One exchange with a web server, kept byte for byte: request, response, when, and from which address."""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from beleg.read.addresses import RefusedError, Resolve, Target, check, resolve
from beleg.read.limits import DEFAULT, Limits

AGENT = "beleg/0.1 (evidence ledger; reads what its user asks for)"
MAX_HOPS = 10
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PART = 1 << 16

Connect = Callable[[Target, float], Any]  # target, seconds → a connected socket


@dataclass(frozen=True, slots=True)
class Exchange:
    """What went over the wire for one address."""

    url: str
    ip: str
    when: str  # ISO 8601, UTC
    status: int
    headers: Mapping[str, str]  # names in lower case
    request: bytes
    response: bytes  # status line, headers and body as they came
    body: bytes


def connect(target: Target, seconds: float) -> Any:
    """Open a connection to the checked IP address; the certificate must be the host's."""
    plain = socket.create_connection((target.ip, target.port), timeout=seconds)
    if target.scheme == "http":
        return plain
    return ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)


@dataclass
class Client:
    """How the web is reached; tests put their own resolver and connection here, users have no switch for it."""

    resolver: Resolve = resolve
    connector: Connect = connect
    limits: Limits = DEFAULT
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    monotonic: Callable[[], float] = time.monotonic

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> list[Exchange]:
        """Fetch an address, following redirects; each hop is checked anew.

        Returns:
            The exchanges in order, the last one no redirect.

        Raises:
            RefusedError: an address that may not be fetched, too many hops, a broken, endless or slow answer.
        """
        deadline = self.monotonic() + self.limits.seconds
        hops: list[Exchange] = []
        while len(hops) <= MAX_HOPS:
            target = check(url, self.resolver)
            if hops and hops[-1].url.startswith("https:") and target.scheme == "http":
                raise RefusedError(f"leads from https to {url}")
            exchange = self._exchange(target, headers or {}, deadline)
            hops.append(exchange)
            where = exchange.headers.get("location")
            if exchange.status not in REDIRECTS or not where:
                return hops
            url = urljoin(url, where)
        raise RefusedError(f"leads through more than {MAX_HOPS} redirects")

    def _exchange(self, target: Target, headers: Mapping[str, str], deadline: float) -> Exchange:
        when = self.clock().strftime("%Y-%m-%dT%H:%M:%SZ")
        with self._tapped(target, deadline) as tap:
            connection = http.client.HTTPConnection(target.host, target.port, timeout=self.limits.seconds)
            connection.sock = tap
            try:
                wanted = {"User-Agent": AGENT, "Accept-Encoding": "identity", "Connection": "close", **headers}
                connection.request("GET", target.path, headers=wanted)
                response = connection.getresponse()
                body = bytearray()
                while part := response.read(PART):
                    body += part
            except (http.client.HTTPException, OSError, ValueError) as e:
                raise RefusedError(f"gave a broken answer: {e or type(e).__name__}") from e
        return Exchange(
            url=target.url,
            ip=target.ip,
            when=when,
            status=response.status,
            headers={k.casefold(): v for k, v in response.getheaders()},
            request=bytes(tap.sent),
            response=bytes(tap.tape),
            body=bytes(body),
        )

    @contextmanager
    def _tapped(self, target: Target, deadline: float) -> Iterator[_Tap]:
        left = deadline - self.monotonic()
        if left <= 0:
            raise RefusedError(f"took longer than {self.limits.seconds} s")
        try:
            line = self.connector(target, left)
        except OSError as e:
            raise RefusedError(f"{target.host} cannot be reached: {e}") from e
        try:
            yield _Tap(line, deadline, self.monotonic, self.limits.input_bytes)
        finally:
            line.close()


class _Tap:
    """A socket that keeps what goes through it, and ends it at the limit of bytes or time."""

    def __init__(self, line: Any, deadline: float, monotonic: Callable[[], float], limit: int) -> None:
        self._line, self._deadline, self._monotonic, self._limit = line, deadline, monotonic, limit
        self.sent = bytearray()
        self.tape = bytearray()

    def sendall(self, data: bytes) -> None:
        self.sent += data
        self._line.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Tape(self))

    def receive(self, size: int) -> bytes:
        left = self._deadline - self._monotonic()
        if left <= 0:
            raise TimeoutError("took too long")
        self._line.settimeout(left)
        data: bytes = self._line.recv(size)
        self.tape += data
        if len(self.tape) > self._limit:
            raise OSError(f"is larger than {self._limit:,} bytes")
        return data

    def close(self) -> None:
        """The connection closes the tap; the line is closed by whoever opened it."""


class _Tape(io.RawIOBase):
    def __init__(self, tap: _Tap) -> None:
        self._tap = tap

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._tap.receive(len(buffer))
        buffer[: len(data)] = data
        return len(data)
