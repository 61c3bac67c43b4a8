"""WARC and WACZ → the pages captured in them (ISO 28500), each with what the capture says of itself."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator

from fastwarc.warc import ArchiveIterator, WarcRecordType

from beleg.model import Problem
from beleg.read.expand import Budget, LimitError
from beleg.read.inputs import RawInput

READ_TYPES = ("text/html", "application/xhtml+xml", "application/pdf", "text/plain")
FIELDS = (
    "WARC-Record-ID",
    "WARC-Date",
    "WARC-Target-URI",
    "WARC-Payload-Digest",
    "WARC-Block-Digest",
    "WARC-IP-Address",
)


def is_packed_warc(data: bytes) -> bool:
    """Tell whether gzipped bytes are a WARC file, by the first of them."""
    try:
        return zlib.decompressobj(wbits=31).decompress(data[:4096], 5) == b"WARC/"
    except zlib.error:
        return False


def captures(raw: RawInput, budget: Budget) -> Iterator[RawInput | Problem]:
    """Yield the captured pages of a WARC file, in its order; redirects, errors, pictures and scripts are counted."""
    passed = 0
    stream = io.BytesIO(raw.raw)
    kinds = WarcRecordType.response | WarcRecordType.resource
    try:
        for record in ArchiveIterator(stream, record_types=kinds, auto_decode="all"):
            found = _capture(raw, record, budget)
            if found is None:
                passed += 1
            else:
                yield found
    except LimitError as e:
        yield Problem("archive-limit", f"{raw.path}: {e}", raw.path, left_out=True)
    except (OSError, ValueError, RuntimeError, EOFError) as e:
        yield Problem("warc-broken", f"{raw.path}: ends in a damaged record: {e}", raw.path, left_out=True)
    if passed:
        message = f"{raw.path}: {passed} captures of redirects, errors, pictures and scripts were passed over"
        yield Problem("captures-passed-over", message, raw.path)


def _capture(raw: RawInput, record: object, budget: Budget) -> RawInput | None:
    headers = record.headers  # type: ignore[attr-defined]
    http = record.http_headers  # type: ignore[attr-defined]
    kind = (record.http_content_type or headers.get("Content-Type") or "").split(";")[0].strip()  # type: ignore[attr-defined]
    if kind.casefold() not in READ_TYPES or (http is not None and http.status_code not in (200, 203, None)):
        return None
    budget.member()
    data = budget.take(record.reader, record.content_length)  # type: ignore[attr-defined]
    if not data.strip():
        return None
    url = headers.get("WARC-Target-URI", "").strip("<>") or None
    digest = tuple((name, value) for name in FIELDS if (value := headers.get(name)))
    name = (url or "").split("?", 1)[0].rstrip("/").rsplit("/", 1)[-1] or "page"
    ending = {"application/pdf": ".pdf", "text/plain": ".txt"}.get(kind.casefold(), ".html")
    return RawInput(
        path=f"{raw.path}!{url or name}",
        raw=data,
        name=name if name.casefold().endswith(ending) else name.removesuffix(".html").removesuffix(".htm") + ending,
        url=url,
        captured=headers.get("WARC-Date"),
        media_type=kind.casefold(),
        charset=record.http_charset,  # type: ignore[attr-defined]
        fields=(*raw.fields, *digest),
        depth=raw.depth + 1,
    )
