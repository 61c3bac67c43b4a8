"""What of a case's ledger a new article may touch: names from the register, articles from the case.

The whole ledger of a large case would take minutes to compute; a check needs the matters between the parties that the
article names, and the articles behind those that may say the same. A claim that leaves a side open belongs to the
matter where its number stands already (``ledger.hosts``): such matters are found by the number.
"""

from __future__ import annotations

from collections.abc import Sequence

from beleg.ledger.check import Known, Named, may_hold
from beleg.ledger.denials import read_denial
from beleg.ledger.hosts import is_open, is_whole
from beleg.ledger.placing import place
from beleg.ledger.tables import LedgerTables
from beleg.model import Claim, Document
from beleg.web.desk import Desk


def known_to(desk: Desk, document: Document, claims: Sequence[Claim], tables: LedgerTables) -> Known:
    """Return what the ledger, as the pages show it, knows of what an article says."""
    register, placed = desk.register(), place(claims, document, tables)
    keys = {p.key for p in placed.values()}
    sides = {(k.supplier, k.recipient) for k in keys}
    sides |= {(c.supplier, c.recipient) for c in claims if read_denial(c, document) is not None}
    open_ones = [c.quantity for c in claims if c.id in placed and is_open(placed[c.id].key) and c.quantity is not None]
    counted = {m.id: m for m in register.counting(n for q in open_ones for n in (q.low, q.high) if n)}
    found: dict[str, Named] = dict(counted)
    for supplier, recipient in sorted(sides, key=lambda s: (s[0] or "", s[1] or "")):
        found |= {m.id: m for m in register.named(supplier, recipient)}
    near = {
        m.id
        for m in found.values()
        for k in keys
        if may_hold(m.key, k) and (m.id in counted or not (is_open(k) and is_whole(m.key)))
    }
    documents = desk.documents(register.documents_of(near))
    return Known([found[id] for id in sorted(found)], documents, desk.claims_of(documents), desk.judged().decisions)
