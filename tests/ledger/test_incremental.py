"""What an article changes in matters that it does not print itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from by_hand import claim, document, source, time

from beleg.ledger.build import LedgerState, build_ledger

SEOUL = source("Ministry of National Defense", country="KR")
MOSCOW = source("Ministry of Defence of Russia", country="RU")


def test_a_denial_that_is_read_otherwise_later_is_booked_otherwise() -> None:
    d, e = document("a", "2024-02-01"), document("b", "2024-03-01")
    figure = claim("a#01", d, "mehr als 5000", SEOUL)
    denial = claim("b#01", e, None, MOSCOW, item=None, item_id=None, stance="denied", denial="D1")
    state = LedgerState()
    state.put([d, e], [figure, denial])
    state.add(e, [replace(denial, denial="D2")])
    (matter,) = state.ledger().matters
    assert [x.types for x in matter.denials] == [("D2",)]
    assert state.ledger() == build_ledger([d, e], [figure, replace(denial, denial="D2")])[0]


def test_a_link_across_parties_follows_a_matter_whose_start_becomes_known() -> None:
    d, e = document("a", "2024-02-01"), document("b", "2024-03-01")
    shells: dict[str, Any] = {"item": "artillery shells", "item_id": "artillery-shells", "unit": "shells"}
    count = claim("a#01", d, "mehr als 5000", SEOUL)
    content = claim("a#02", d, "bis zu 900000", SEOUL, recipient="BY", act="capacity", derived_from="a#01", **shells)
    again = claim("b#01", e, "mehr als 5000", SEOUL, when=time("2023-08", since=True))
    state = LedgerState()
    state.add(d, [count, content])
    state.add(e, [again])
    whole = build_ledger([d, e], [count, content, again])[0]
    linked = next(m for m in whole.matters if m.key.act == "capacity").links
    assert [(x.matter, x.reasons) for x in linked] == [
        (m.id, ("derived-from",)) for m in whole.matters if m.key.act == "delivered"
    ]
    assert state.ledger() == whole
