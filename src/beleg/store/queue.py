"""Claims one after another in the order of the list, for a person who decides about each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select

from beleg.model import Claim
from beleg.store.look import Wanted, records
from beleg.store.rows import FIRST_CLAIM, plain
from beleg.store.schema import claim_table, document_table, event_table

AT_ONCE = 200


def find(
    conn: Connection,
    wanted: Wanted,
    fits: Callable[[str], bool],
    *,
    after: Claim | None = None,
    backwards: bool = False,
) -> Claim | None:
    """Return the next claim whose id ``fits``, by document name, then in text order.

    Args:
        wanted: Which claims are looked at.
        fits: Tells by its id whether a claim is due.
        after: The claim to begin behind; from the first one (the last one, backwards) where it is None.
        backwards: Look towards the beginning.
    """
    c = claim_table.c
    order = (c.shelf.desc(), c.n.desc()) if backwards else (c.shelf, c.n)
    at = select(c.shelf, c.n, c.seq, c.claim).where(*wanted.conditions(conn)).order_by(*order).limit(AT_ONCE)
    place = None if after is None else _place(conn, after)
    while True:
        rows = conn.execute(at if place is None else _behind(at, place, backwards)).all()
        for row in rows:
            if fits(row.claim):
                return records(conn, [(row.seq, FIRST_CLAIM + row.n)], Claim)[0]
        if len(rows) < AT_ONCE:
            return None
        place = rows[-1].shelf, rows[-1].n


def _behind(at: Select[Any], place: tuple[str, int], backwards: bool) -> Select[Any]:
    c, (shelf, n) = claim_table.c, place
    if backwards:
        return at.where(or_(c.shelf < shelf, and_(c.shelf == shelf, c.n < n)))
    return at.where(or_(c.shelf > shelf, and_(c.shelf == shelf, c.n > n)))


def _place(conn: Connection, claim: Claim) -> tuple[str, int] | None:
    c, d = claim_table.c, document_table.c
    at = select(c.shelf, c.n).join(document_table, d.shelf == c.shelf)
    row = conn.execute(at.where(d.ident == plain(claim.document), c.claim == plain(claim.id))).first()
    return None if row is None else (row.shelf, row.n)


def last_reading(conn: Connection) -> int:
    """Return the number of the newest event that is no decision: documents and claims are as it left them."""
    c = event_table.c
    return conn.execute(select(func.max(c.seq)).where(c.kind != "decision")).scalar() or 0
