"""Keeping what was read: bytes, readings, events and rows of many documents, all of them or none.

The bytes are written and fsynced by threads beside, while rows and events are made and inserted; the transaction
commits only when all of them are on disk. Of many documents, the database takes in rows while the next ones are made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from beleg.errors import CaseError
from beleg.model import Claim, Document, Mentions, Problem
from beleg.store import encode, rows
from beleg.store.blobs import put_readings
from beleg.store.encode import DocumentRecord
from beleg.store.events import Batch, Head, read_head
from beleg.store.fill import chunks, empty, expect_many, fill
from beleg.store.home import faults
from beleg.store.schema import claim_table, document_table, event_table, problem_table

if TYPE_CHECKING:
    from beleg.store.case import Case


class Added(Enum):
    NEW = "new"  # a document, or a new reading of one by another version
    SAME = "same"  # name, outlet, bytes and version are there already; nothing changed


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one file gave; claims in text order."""

    document: Document
    raw: bytes
    sentences_parsed: int
    claims: Sequence[Claim]
    problems: Sequence[Problem]
    mentions: Mentions | None = None


PART = 250  # documents whose rows are sent while those of the next are made
FIRST = 50  # the first part is small: until it is made, the database has little to do
Work = Callable[[], None]
Mark = tuple[str, str]  # SHA-256 of the bytes, version of the reader


def add(case: Case, readings: Sequence[Reading]) -> list[Added]:
    """See ``Case.add_many``."""
    for r in readings:
        _check(r)
    with case.read() as conn:
        seen = read_head(conn), _versions(conn, (r.document for r in readings))
    fresh = [r for r in readings if seen[1].get(r.document.id) != _mark(r.document, case.version)]
    answers = dict.fromkeys(map(id, readings), Added.SAME)
    if fresh:
        answers |= _add(case, fresh, *seen)
    return [answers[id(r)] for r in readings]


def _add(case: Case, fresh: Sequence[Reading], head: Head, there: dict[str, Mark]) -> dict[int, Added]:
    """Return what became of the readings, by ``id``; ``there`` was in force when the log ended in ``head``."""
    answers: dict[int, Added] = {}
    bytes_of = {r.document.sha256: r.raw for r in fresh}
    with faults(case.where), case.archive.putting(bytes_of) as kept, case.write() as conn:
        batch = case.batch(conn)
        if batch.after != head:  # another process may have added them meanwhile
            there = _versions(conn, (r.document for r in fresh))
        new: dict[str, Reading] = {}
        for r in fresh:
            ident, mark = r.document.id, _mark(r.document, case.version)
            if there.get(ident) != mark:
                if ident in there:
                    _forget(conn, r.document)
                new[ident], there[ident], answers[id(r)] = r, mark, Added.NEW
        if len(new) > PART:
            expect_many(conn)
        with _beside(len(new) > PART) as send:
            if not case.archive.outside:
                send(partial(case.archive.put, conn, bytes_of))
            rest = list(new.values())
            for part in (rest[:FIRST], *chunks(rest[FIRST:], PART)):
                tables, bodies = rows.Tables(), {}
                for r in part:
                    packed = encode.pack_reading(r.document, r.mentions)
                    digest = encode.sha256(packed)
                    _append(batch, tables, r, digest, case.version)
                    bodies[digest] = packed
                send(partial(put_readings, conn, bodies))
                send(partial(fill, conn, event_table, batch.rows()))
                send(partial(tables.insert, conn))
        batch.close()
        kept()
    return answers


@contextmanager
def _beside(much: bool) -> Iterator[Callable[[Work], None]]:
    """Give what does pieces of work in turn, beside the caller where there is much; after one that fails, no other.

    The caller leaves the connection alone. (A database may end a transaction when a statement fails: what came after
    would stand alone.)
    """
    if not much:
        yield lambda work: work()
        return
    sent: list[Future[None]] = []

    def after_last(work: Work, last: Future[None] | None) -> None:
        if last is not None:
            last.result()
        work()

    def send(work: Work) -> None:
        if sent and sent[-1].done():
            sent[-1].result()
        sent.append(pool.submit(after_last, work, sent[-1] if sent else None))

    with ThreadPoolExecutor(1) as pool:
        yield send
    if sent:
        sent[-1].result()


def _check(r: Reading) -> None:
    if encode.sha256(r.raw) != r.document.sha256:
        raise CaseError(f"{r.document.name}: its SHA-256 is not that of the bytes given with it")
    if r.document.captured is not None:
        try:
            datetime.fromisoformat(r.document.captured)
        except ValueError as e:
            message = f"{r.document.name}: captured is {r.document.captured!r}, not an instant in ISO 8601"
            raise CaseError(message) from e


def knows(conn: Connection, document: Document, version: str) -> bool:
    return _versions(conn, [document]).get(document.id) == _mark(document, version)


def _mark(document: Document, version: str) -> Mark:
    return document.sha256, rows.plain(version)


def _versions(conn: Connection, documents: Iterable[Document]) -> dict[str, Mark]:
    """Return bytes and version of the readings in force of these documents, by Document.id."""
    idents = {rows.plain(d.id): d.id for d in documents}
    c, found = document_table.c, {}
    for chunk in chunks(list(idents)):
        at = select(c.ident, c.sha256, c.version).where(c.ident.in_(chunk))
        found.update({idents[ident]: (digest, version) for ident, digest, version in conn.execute(at)})
    return found


def _append(batch: Batch, tables: rows.Tables, r: Reading, digest: str, version: str) -> None:
    counts = (r.sentences_parsed, len(r.claims), len(r.problems))
    record = DocumentRecord(encode.strip(r.document), len(r.raw), digest, *counts)
    records: list[encode.Record] = [record, *r.claims, *r.problems]
    lines = [encode.line(x) for x in records]
    seq = batch.append_lines("read", lines)
    nul = any(b"\\u0000" in x for x in lines)  # as JSON has it
    tables.add_reading(seq, version, record, r.document.text, r.claims, r.problems, nul)


def _forget(conn: Connection, document: Document) -> None:
    """Take the reading in force out of the index tables; its event stays."""
    at = select(document_table.c.seq).where(document_table.c.ident == rows.plain(document.id))
    seq = conn.execute(at).scalar_one()
    for table in (claim_table, problem_table, document_table):
        empty(conn, table, rows.of_event(table, seq))


def add_problems(case: Case, problems: Sequence[Problem]) -> int:
    """See ``Case.add_problems``."""
    digests = {encode.sha256(encode.line(p)): p for p in problems}
    c = problem_table.c
    with case.write() as conn:
        known: set[str] = set()
        for chunk in chunks(list(digests)):
            known.update(conn.execute(select(c.digest).where(c.digest.in_(chunk))).scalars())
        fresh = [p for digest, p in digests.items() if digest not in known]
        if fresh:
            batch, tables = case.batch(conn), rows.Tables()
            tables.add_problems(batch.append("problems", fresh), fresh)
            tables.insert(conn)
            batch.close()
    return len(fresh)
