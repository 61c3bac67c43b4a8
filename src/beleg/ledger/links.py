"""Matters that stand near another without being the same: linked, with the reason, never merged."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from beleg.ledger.days import Moment
from beleg.ledger.reading import Entry
from beleg.ledger.tables import LedgerTables
from beleg.ledger.values import Key, Link
from beleg.model import Claim

Parties = tuple[str | None, str | None, str | None]


class Lot(NamedTuple):
    """The entries of one matter before anything is computed."""

    id: str
    key: Key
    start: Moment | None
    entries: tuple[Entry, ...]


class LinkIndex:
    """Finds the neighbours of a matter without looking at all others."""

    def __init__(self, tables: LedgerTables) -> None:
        self.tables = tables
        self._by_item: dict[tuple[Parties, str], dict[str, Lot]] = {}
        self._below: dict[tuple[Parties, str], dict[str, Lot]] = {}
        self._carriers: dict[Parties, dict[str, Lot]] = {}
        self._all: dict[Parties, dict[str, Lot]] = {}
        self._pointed_at: dict[tuple[str, str], set[str]] = {}  # (document, claim) -> lots that hold it
        self._pointing: dict[tuple[str, str], set[str]] = {}  # (document, claim) -> lots that point to it

    def expect(self, claim: Claim) -> None:
        """Take note of the claims of the same article that this one points to, before the lots are added."""
        for other in (claim.alternative, claim.derived_from):
            if other is not None:
                self._pointed_at.setdefault((claim.document, other), set())

    def add(self, lot: Lot) -> None:
        """Take in a lot; what is nobody's has no neighbours but those that claims point to."""
        p = parties_of(lot.key)
        if any(p):
            self._all.setdefault(p, {})[lot.id] = lot
            self._by_item.setdefault((p, lot.key.item), {})[lot.id] = lot
            for above in self.tables.above(lot.key.item):
                self._below.setdefault((p, above), {})[lot.id] = lot
            if lot.key.unit in self.tables.carriers:
                self._carriers.setdefault(p, {})[lot.id] = lot
        for e in lot.entries:
            here = self._pointed_at.get((e.claim.document, e.claim.id))
            if here is not None:
                here.add(lot.id)
            for other in (e.claim.alternative, e.claim.derived_from):
                if other is not None:
                    self._pointing.setdefault((e.claim.document, other), set()).add(lot.id)

    def remove(self, lot: Lot) -> None:
        p = parties_of(lot.key)
        for index, name in (
            (self._all, p),
            (self._carriers, p),
        ):
            index.get(name, {}).pop(lot.id, None)
        self._by_item.get((p, lot.key.item), {}).pop(lot.id, None)
        for above in self.tables.above(lot.key.item):
            self._below.get((p, above), {}).pop(lot.id, None)
        for e in lot.entries:
            self._pointed_at.get((e.claim.document, e.claim.id), set()).discard(lot.id)
            for other in (e.claim.alternative, e.claim.derived_from):
                if other is not None:
                    self._pointing.get((e.claim.document, other), set()).discard(lot.id)

    def tied(self, lots: Iterable[Lot]) -> set[str]:
        """Return the ids of the lots with a claim that points to one of these lots, or is pointed at from one."""
        if not self._pointing:
            return set()
        found: set[str] = set()
        for lot in lots:
            for e in lot.entries:
                found |= self._pointing.get((e.claim.document, e.claim.id), set())
                for other in (e.claim.alternative, e.claim.derived_from):
                    if other is not None:
                        found |= self._pointed_at.get((e.claim.document, other), set())
        return found

    def of(self, lot: Lot) -> tuple[Link, ...]:
        """Return the links of a matter, by the other's id."""
        p, key = parties_of(lot.key), lot.key
        found: dict[str, set[str]] = {}

        def note(others: Iterable[Lot], reason: str) -> None:
            for o in others:
                if o.id != lot.id and o.key.act == key.act:
                    found.setdefault(o.id, set()).add(reason)

        for o in self._by_item.get((p, key.item), {}).values():
            if o.key.unit == key.unit:
                note((o,), "other-start")
            else:
                note((o,), "other-unit")
        for above in self.tables.above(key.item):
            note(self._by_item.get((p, above), {}).values(), "item-subsumed")
        note(self._below.get((p, key.item), {}).values(), "item-subsumes")
        if key.unit in self.tables.carriers:
            note((o for o in self._all.get(p, {}).values() if o.key.unit != key.unit and o.key.unit), "other-unit")
        elif key.unit:
            note((o for o in self._carriers.get(p, {}).values() if o.key.unit != key.unit), "other-unit")
        for e in lot.entries:
            c = e.claim
            pairs = ((c.alternative, "or-alternative"), (c.derived_from, "derived-from"))
            for other, reason in pairs:
                for id in self._pointed_at.get((c.document, other), ()) if other else ():
                    if id != lot.id:
                        found.setdefault(id, set()).add(reason)
            for id in self._pointing.get((c.document, c.id), ()):
                if id != lot.id:
                    found.setdefault(id, set()).add("basis-of")
        return tuple(Link(id, tuple(sorted(found[id]))) for id in sorted(found))


def parties_of(key: Key) -> Parties:
    """Return who a key is about."""
    return key.supplier, key.recipient, key.actor
