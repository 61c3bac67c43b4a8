"""Looking into a case: filters over the index tables, values from the event log and the readings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Connection, func, or_, select, text

from beleg.errors import CaseError
from beleg.model import Claim, Document, Mentions, Problem
from beleg.store import encode, pages
from beleg.store.encode import DocumentRecord, Record
from beleg.store.fill import chunks
from beleg.store.pages import Order, Place, Wanted
from beleg.store.rows import FIRST_CLAIM, plain
from beleg.store.schema import (
    PLACES,
    claim_table,
    decision_table,
    document_table,
    event_table,
    problem_table,
    reading_table,
)
from beleg.store.search import search

__all__ = ["Page", "Wanted", "chunks", "claims", "document", "documents", "mentions", "page", "problems"]

R = TypeVar("R", bound=Record)


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
    """Return claims by document name, then in text order."""
    return claims_at(conn, pages.claims(conn, wanted, "document", limit, None, offset))


class Page(NamedTuple):
    """A part of the list of claims."""

    claims: list[Claim]
    after: str | None  # give it back for the next page; None: this is the last


def page(conn: Connection, wanted: Wanted, order: Order, limit: int, after: str | None) -> Page:
    start = None if after is None else Place.parse(after)
    places = pages.claims(conn, wanted, order, limit + 1, start)
    more = str(places[limit - 1]) if len(places) > limit else None
    return Page(claims_at(conn, places[:limit]), more)


def claims_at(conn: Connection, places: Sequence[Place]) -> list[Claim]:
    return records(conn, [(p.id >> PLACES, FIRST_CLAIM + p.id % (1 << PLACES)) for p in places], Claim)


def problems(conn: Connection) -> list[Problem]:
    c = problem_table.c
    keys = conn.execute(select(c.seq, c.line).order_by(func.coalesce(c.document, ""), c.id)).all()
    return records(conn, [(seq, at) for seq, at in keys], Problem)


def size(conn: Connection) -> dict[str, int]:
    return {
        f"{table.name}s": conn.execute(select(func.count()).select_from(table)).scalar_one()
        for table in (document_table, claim_table, problem_table, decision_table)
    }


def search_documents(conn: Connection, query: str, limit: int | None = None) -> list[str]:
    """Return the ids of documents whose clean text holds all words, in shelf order."""
    part, values = search(conn, "document", plain(query))
    end = "" if limit is None else f" LIMIT {limit:d}"
    sql = f"SELECT ident FROM document c WHERE {part.test} ORDER BY shelf{end}"
    return list(conn.execute(text(sql), values).scalars())
