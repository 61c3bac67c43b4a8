"""Captures of a case as one WACZ file, which replay tools open: WARC, index, page list, hashes of all of it.

Format: WACZ 1.1.1 (https://specs.webrecorder.net/wacz/1.1.1/), WARC 1.1 (ISO 28500), CDXJ. A capture is a document
that has both an address and the instant it was captured; others are no captures and are left out. What is kept is the
body that was received, so each is a ``resource`` record. The package proves what the case holds and since when it says
so, not that a server sent it.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import uuid
import zipfile
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from beleg.model import Document, Problem
from beleg.store.blobs import fsync_folder
from beleg.store.case import Case
from beleg.store.home import faults

WARC, INDEX, PAGES = "archive/data.warc.gz", "indexes/index.cdx", "pages/pages.jsonl"
NAMESPACE = uuid.UUID("7a6b0c2e-5d0f-5c5b-9c53-0f3c1f6b2f6e")  # for record ids that are the same at every export


def write_wacz(case: Case, path: Path, software: str) -> tuple[int, list[Problem]]:
    """Write all captures of a case to ``path``, whole or not at all; the same case gives the same bytes.

    Returns:
        How many captures were written, and which documents are none.
    """
    captures, problems = [], []
    for document in case.documents():
        if document.url and document.captured:
            captures.append(document)
        else:
            message = f"{document.name}: no address or no instant of capture; not in the WACZ file"
            problems.append(Problem("not-a-capture", message, document.name))
    temporary = path.with_name(f".{path.name}.part-{os.getpid()}")
    with faults(str(path)):
        try:
            with os.fdopen(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "wb") as f:
                with zipfile.ZipFile(f, "w", zipfile.ZIP_STORED) as out:
                    _write(case, captures, software, out)
                f.flush()
                os.fsync(f.fileno())
            temporary.rename(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        fsync_folder(path.resolve().parent)
    return len(captures), problems


def _write(case: Case, captures: Iterable[Document], software: str, out: zipfile.ZipFile) -> None:
    index: list[str] = []
    pages = [json.dumps({"format": "json-pages-1.0", "id": "pages", "title": "Captures"})]
    warc = hashlib.sha256()
    at = 0
    with out.open(_member(WARC), "w", force_zip64=True) as archive:

        def add(record: bytes) -> int:
            nonlocal at
            archive.write(record)
            warc.update(record)
            at += len(record)
            return at - len(record)

        add(
            _record(
                "warcinfo",
                None,
                "1970-01-01T00:00:00Z",
                "application/warc-fields",
                f"software: {software}\r\n".encode(),
            )
        )
        for document in captures:
            record = _record("resource", document.url, _instant(document), document.media_type, case.raw(document))
            index.append(_index_line(document, add(record), len(record)))
            pages.append(_page(document))
    resources = [{"name": "data.warc.gz", "path": WARC, "hash": f"sha256:{warc.hexdigest()}", "bytes": at}]
    for name, lines in ((INDEX, sorted(index)), (PAGES, pages)):
        data = "".join(line + "\n" for line in lines).encode()
        out.writestr(_member(name), data)
        resources.append(
            {"name": name.rsplit("/", 1)[1], "path": name, "hash": f"sha256:{_sha256(data)}", "bytes": len(data)}
        )
    package = {"profile": "data-package", "wacz_version": "1.1.1", "software": software, "resources": resources}
    described = json.dumps(package, indent=1).encode()
    out.writestr(_member("datapackage.json"), described)
    digest = {"path": "datapackage.json", "hash": f"sha256:{_sha256(described)}"}
    out.writestr(_member("datapackage-digest.json"), json.dumps(digest).encode())


def _member(name: str) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.external_attr = 0o600 << 16
    return made


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _instant(document: Document) -> str:
    """Return the instant of capture as WARC wants it: UTC, to the second."""
    from datetime import UTC, datetime

    instant = datetime.fromisoformat(document.captured or "")
    instant = instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def _digest(data: bytes) -> str:
    return "sha256:" + base64.b32encode(hashlib.sha256(data).digest()).decode()


def _record(kind: str, url: str | None, instant: str, media_type: str, body: bytes) -> bytes:
    """Return one gzipped WARC record."""
    name = uuid.uuid5(NAMESPACE, f"{kind} {url} {instant} {_sha256(body)}")
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{name}>",
        "WARC-Target-URI": url,
        "WARC-Date": instant,
        "WARC-Block-Digest": _digest(body),
        "Content-Type": media_type,
        "Content-Length": str(len(body)),
    }
    head = "".join(f"{k}: {_one_line(v)}\r\n" for k, v in fields.items() if v is not None)
    return gzip.compress(f"WARC/1.1\r\n{head}\r\n".encode() + body + b"\r\n\r\n", mtime=0)


def _one_line(value: str) -> str:
    return "".join(c for c in value if c >= " " and c != "\x7f")


def _index_line(document: Document, offset: int, length: int) -> str:
    url = document.url or ""
    stamp = "".join(c for c in _instant(document) if c.isdigit())
    found = {
        "url": url,
        "mime": document.media_type,
        "digest": f"sha256:{document.sha256}",
        "offset": str(offset),
        "length": str(length),
        "filename": "data.warc.gz",
    }
    return f"{_sort_key(url)} {stamp} {json.dumps(found)}"


def _sort_key(url: str) -> str:
    """Return an address with its host turned round, as CDX indexes sort: ``org,example)/path``."""
    parts = urlsplit(url)
    host = ",".join(reversed((parts.hostname or "").removeprefix("www.").split(".")))
    port = f":{parts.port}" if parts.port else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}){parts.path or '/'}{query}".lower().replace(" ", "%20")


def _page(document: Document) -> str:
    page = {"id": document.id, "url": document.url, "ts": _instant(document), "title": document.title or document.name}
    return json.dumps(page, ensure_ascii=False)
