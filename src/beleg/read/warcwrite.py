"""Exchanges → WARC 1.1 (ISO 28500:2017): one gzip member a record, request and response tied together."""

from __future__ import annotations

import base64
import gzip
import hashlib
import uuid
from collections.abc import Iterable

from beleg.read.exchange import AGENT, Exchange


def warc_bytes(exchanges: Iterable[Exchange]) -> bytes:
    """Return a WARC file with the exchanges in order. The same exchanges give the same bytes."""
    out = []
    for n, exchange in enumerate(exchanges):
        if not n:
            about = f"software: {AGENT}\r\nformat: WARC File Format 1.1\r\n".encode()
            out.append(_record("warcinfo", exchange, "application/warc-fields", about, n))
        out.append(
            _record("response", exchange, "application/http; msgtype=response", exchange.response, n, exchange.body)
        )
        out.append(_record("request", exchange, "application/http; msgtype=request", exchange.request, n))
    return b"".join(out)


def _record(
    kind: str, exchange: Exchange, content_type: str, block: bytes, number: int, payload: bytes | None = None
) -> bytes:
    fields = [
        ("WARC-Type", kind),
        ("WARC-Record-ID", _identity(kind, exchange, number)),
        ("WARC-Date", exchange.when),
    ]
    if kind != "warcinfo":
        fields += [("WARC-Target-URI", exchange.url), ("WARC-IP-Address", exchange.ip)]
    if kind == "request":
        fields.append(("WARC-Concurrent-To", _identity("response", exchange, number)))
    if payload is not None:
        fields.append(("WARC-Payload-Digest", _digest(payload)))
    fields += [
        ("WARC-Block-Digest", _digest(block)),
        ("Content-Type", content_type),
        ("Content-Length", str(len(block))),
    ]
    head = "WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields) + "\r\n"
    return gzip.compress(head.encode("utf-8") + block + b"\r\n\r\n", mtime=0)


def _identity(kind: str, exchange: Exchange, number: int) -> str:
    seed = hashlib.sha256(exchange.response).hexdigest()
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{exchange.url} {exchange.when} {kind} {number} {seed}')}>"


def _digest(data: bytes) -> str:
    return "sha256:" + base64.b32encode(hashlib.sha256(data).digest()).decode("ascii").rstrip("=")
