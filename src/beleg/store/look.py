"""Looking into a case: filters over the index tables, values from the event log and the readings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select, union

from beleg.errors import CaseError
from beleg.model import Claim, Document, Mentions, Problem
from beleg.store import encode
from beleg.store.encode import DocumentRecord, Record
from beleg.store.rows import FIRST_CLAIM, plain
from beleg.store.schema import claim_table, document_table, event_table, problem_table, reading_table
from beleg.store.search import matches

CHUNK = 500  # events fetched at once; SQLite takes at most 32,766 values in a statement

R = TypeVar("R", bound=Record)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which claims; every condition given must hold."""

    supplier: str | None = None
    recipient: str | None = None
    item: str | None = None
    event: str | None = None
    stance: str | None = None
    source: str | None = None
    document: str | None = None
    text: str | None = None

    def conditions(self, conn: Connection) -> list[ColumnElement[bool]]:
        c = claim_table.c
        found: list[ColumnElement[bool]] = [
            c[name] == plain(value)
            for name in ("supplier", "recipient", "event", "stance")
            if (value := getattr(self, name)) is not None
        ]
        if self.item is not None:
            label = conn.execute(select(c.item).where(c.item == plain(self.item)).limit(1)).scalar()
            found.append((c.item if label is not None else c.item_id) == plain(self.item))
        if self.source is not None:
            found.append(or_(*_told_by(self.source)))
        if self.document is not None:
            found.append(in_documents(conn, self.document))
        if self.text is not None:
            found.append(matches(conn, claim_table, self.text))
        return found


def _told_by(source: str) -> list[ColumnElement[bool]]:
    """Return the ways in which a claim is a source's: its origin, or who told it."""
    return [claim_table.c.origin == plain(source), claim_table.c.teller == plain(source)]


def in_documents(conn: Connection, name_or_id: str) -> ColumnElement[bool]:
    """Return the condition that a claim stands in a document of that name or id."""
    d = document_table.c
    named = or_(d.name == plain(name_or_id), d.ident == plain(name_or_id))
    shelves = conn.execute(select(d.shelf).where(named)).scalars().all()
    return claim_table.c.shelf.in_(shelves)


def records(conn: Connection, keys: Sequence[tuple[int, int]], kind: type[R]) -> list[R]:
    """Return the records at (event, line), in the order asked for."""
    found: list[R] = []
    for chunk in chunks(keys):
        wanted = sorted({seq for seq, _ in chunk})
        bodies = {
            seq: encode.unpack(body, f"event {seq}")
            for seq, body in conn.execute(
                select(event_table.c.seq, event_table.c.body).where(event_table.c.seq.in_(wanted))
            )
        }
        for seq, at in chunk:
            if seq not in bodies or at >= len(bodies[seq]):
                raise CaseError(f"event {seq} lacks its record {at}: run `beleg verify`")
            value = encode.value(bodies[seq][at])
            if not isinstance(value, kind):
                raise CaseError(f"record {at} of event {seq} is of another kind: run `beleg verify`")
            found.append(value)
    return found


def chunks(keys: Sequence[T]) -> Iterator[Sequence[T]]:
    """Give a sequence in parts that a statement can take."""
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]


def documents(conn: Connection, where: ColumnElement[bool] | None = None) -> Iterator[Document]:
    """Give documents in shelf order."""
    wanted = select(document_table.c.seq, document_table.c.reading).order_by(document_table.c.shelf)
    found = conn.execute(wanted if where is None else wanted.where(where)).all()
    for chunk in chunks(found):
        at = select(reading_table.c.sha256, reading_table.c.body)
        at = at.where(reading_table.c.sha256.in_([r.reading for r in chunk]))
        bodies: dict[str, bytes] = {digest: body for digest, body in conn.execute(at)}  # noqa: C416
        for record in records(conn, [(r.seq, 1) for r in chunk], DocumentRecord):
            if record.reading not in bodies:
                raise CaseError(f"the reading of {record.document.name} is missing: run `beleg verify`")
            yield encode.fill(record.document, bodies[record.reading])


def document(conn: Connection, name_or_id: str) -> Document:
    c = document_table.c
    named = or_(c.name == plain(name_or_id), c.ident == plain(name_or_id))
    idents = conn.execute(select(c.ident).where(named).order_by(c.shelf)).scalars().all()
    if not idents:
        raise CaseError(f"no document {name_or_id!r} in the case; `beleg documents` lists them")
    if len(idents) > 1:
        raise CaseError(f"{len(idents)} documents are called {name_or_id!r}; name one of them: {', '.join(idents)}")
    return next(documents(conn, c.ident == idents[0]))


def mentions(conn: Connection, document: Document) -> Mentions | None:
    at = (
        select(reading_table.c.body)
        .join(document_table, document_table.c.reading == reading_table.c.sha256)
        .where(document_table.c.ident == plain(document.id))
    )
    body = conn.execute(at).scalar()
    return None if body is None else encode.mentions_of(body, document.name)


def claims(conn: Connection, wanted: Wanted, limit: int | None = None, offset: int = 0) -> list[Claim]:
    c = claim_table.c
    if wanted.source is not None and limit is not None:
        # Either way has an index in the order of the list; an OR over both would have to sort everything it finds.
        rest = replace(wanted, source=None).conditions(conn)
        ways = [select(c.shelf, c.n, c.seq).where(way, *rest).order_by(c.shelf, c.n) for way in _told_by(wanted.source)]
        found = union(*(select(_page(way, offset + limit, 0).subquery()) for way in ways)).subquery()
        at = select(found.c.seq, found.c.n).order_by(found.c.shelf, found.c.n)
    else:
        at = select(c.seq, c.n).where(*wanted.conditions(conn)).order_by(c.shelf, c.n)
    keys = conn.execute(_page(at, limit, offset)).all()
    return records(conn, [(seq, FIRST_CLAIM + n) for seq, n in keys], Claim)


def _page(wanted: Select[Any], limit: int | None, offset: int) -> Select[Any]:
    if limit is not None:
        wanted = wanted.limit(limit)
    return wanted.offset(offset) if offset else wanted


def count(conn: Connection, wanted: Wanted) -> int:
    at = select(func.count()).select_from(claim_table).where(*wanted.conditions(conn))
    return conn.execute(at).scalar_one()


def problems(conn: Connection) -> list[Problem]:
    c = problem_table.c
    keys = conn.execute(select(c.seq, c.line).order_by(func.coalesce(c.document, ""), c.id)).all()
    return records(conn, [(seq, at) for seq, at in keys], Problem)


def search_documents(conn: Connection, query: str, limit: int | None = None) -> list[str]:
    """Return the ids of documents whose clean text holds all words, in shelf order."""
    at = select(document_table.c.ident).where(matches(conn, document_table, query)).order_by(document_table.c.shelf)
    return list(conn.execute(_page(at, limit, 0)).scalars())
