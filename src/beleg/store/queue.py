"""Claims one after another in the order of the list, for a person who decides about each."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, func, select

from beleg.model import Claim
from beleg.store import pages
from beleg.store.look import claims_at
from beleg.store.pages import Order, Place, Wanted
from beleg.store.rows import of_event, plain
from beleg.store.schema import claim_table, decision_table, document_table, event_table

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
    order: Order = "backwards" if backwards else "document"
    place = None if after is None else _place(conn, after)
    while True:
        places = pages.claims(conn, wanted, order, AT_ONCE, place)
        names = _names(conn, [p.id for p in places])
        for place in places:
            if fits(names[place.id]):
                return claims_at(conn, [place])[0]
        if len(places) < AT_ONCE:
            return None


def _names(conn: Connection, ids: list[int]) -> dict[int, str]:
    c = claim_table.c
    return {id: name for id, name in conn.execute(select(c.id, c.claim).where(c.id.in_(ids)))}  # noqa: C416


def _place(conn: Connection, claim: Claim) -> Place | None:
    c, d = claim_table.c, document_table.c
    row = conn.execute(select(d.shelf, d.seq).where(d.ident == plain(claim.document))).first()
    if row is None:
        return None
    at = select(c.id).where(of_event(claim_table, row.seq), c.claim == plain(claim.id))
    id = conn.execute(at).scalar()
    return None if id is None else Place(row.shelf, id)


def last_reading(conn: Connection) -> int:
    """Return the number of the newest event that is no decision: documents and claims are as it left them."""
    c = event_table.c
    return conn.execute(select(func.max(c.seq)).where(c.kind != "decision")).scalar() or 0


def last_for_ledger(conn: Connection) -> str:
    """Return the leaf of the newest event that a ledger is computed from: a reading, or a decision that is no note."""
    d = decision_table.c
    decided = conn.execute(select(func.max(d.seq)).where(d.kind != "note")).scalar() or 0
    read = conn.execute(select(func.max(document_table.c.seq))).scalar() or 0
    leaf = select(event_table.c.leaf).where(event_table.c.seq == max(decided, read))
    return str(conn.execute(leaf).scalar() or "")
