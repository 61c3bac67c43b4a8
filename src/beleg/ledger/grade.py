"""The grade card's layers beside the bounds: that something moved, that it was arms, and what is only capacity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from beleg.ledger.origins import independent_range
from beleg.ledger.reading import Entry
from beleg.ledger.support import camps_of, days_by_body, digit_of
from beleg.ledger.tables import LedgerTables
from beleg.ledger.values import Dependence, Figure, LayerGrade

SURE = frozenset({"CT", "PR"})


def layers_of(
    entries: Sequence[Entry], figures: Sequence[Figure], edges: Sequence[Dependence], tables: LedgerTables
) -> tuple[LayerGrade, ...]:
    """Propose the digit of each layer that the matter's claims speak of.

    The movement needs no figure; what was moved gets no support from claims that only suspect it.
    """
    withdrawn = {c for f in figures if {"disowned", "revised"} & set(f.notes) for c in f.claims}
    holding = [
        e for e in entries
        if e.origin.known and e.claim.polarity == "+" and e.claim.certainty in SURE
        and e.reason != "rejected" and e.claim.id not in withdrawn
    ]  # fmt: skip
    if not entries:
        return ()
    if entries[0].key.act == "capacity":
        why = "computed from a count: a capacity, neither a delivery nor an origin"
        return (LayerGrade("capacity", 3 if holding else 6, why, (), 0, 0, 0),)
    out = [_layer("movement", holding, edges, tables)]
    if any(e.key.unit in tables.carriers for e in entries):
        named = [e for e in holding if not e.claim.suspected and e.claim.item_id and e.claim.item_id != e.key.item]
        out.append(_layer("cargo", named, edges, tables))
    return tuple(out)


def _layer(
    layer: Literal["movement", "cargo"], entries: Sequence[Entry], edges: Sequence[Dependence], tables: LedgerTables
) -> LayerGrade:
    bodies = sorted({e.origin.body for e in entries})
    if not bodies:
        return LayerGrade(layer, 6, "no known origin", (), 0, 0, 0)
    when = days_by_body((e.origin.body, e.said) for e in entries)
    n_min, n_max = independent_range(bodies, edges, tables.compilers, when)
    digit, why = digit_of([e.origin.access for e in entries], n_min, tables)
    return LayerGrade(layer, digit, why, tuple(bodies), n_min, n_max, camps_of(set(bodies), tables))
