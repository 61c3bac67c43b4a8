"""Claims that leave a side open: "Insgesamt seien es damit 20.000" says neither who gave nor who got.

Such a claim joins a matter with both sides, or one that tells of a holder, maker or loser, where exactly one fits: the
same number of the same body is on record there, or its own article speaks of that matter, with the same unit and a
covering item, and of no other. Otherwise it stays with the side it names. With no side at all a figure of a known
origin is a matter by itself, unless it was given to somebody: what nobody gave to nobody belongs to no matter.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from beleg.ledger.itemised import covers
from beleg.ledger.reading import Entry, numbers_of
from beleg.ledger.tables import LedgerTables
from beleg.ledger.values import Key


def is_open(key: Key) -> bool:
    """Tell whether a key leaves a side open (keys of makers and holders have no sides)."""
    return key.actor is None and (key.supplier is None or key.recipient is None)


def is_whole(key: Key) -> bool:
    """Tell whether a key names both sides."""
    return key.supplier is not None and key.recipient is not None


def is_nobodys(key: Key) -> bool:
    """Tell whether a key names nobody at all."""
    return key.actor is None and key.supplier is None and key.recipient is None


def may_host(key: Key) -> bool:
    """Tell whether a key names all that an open one may leave open: both sides, or whoever holds, makes or loses."""
    return is_whole(key) or key.actor is not None


def fits(open_key: Key, whole: Key) -> bool:
    """Tell whether a whole key may be what an open one leaves open; the item is not looked at."""
    return (
        open_key.unit == whole.unit
        and open_key.act == whole.act
        and open_key.supplier in (None, whole.supplier)
        and open_key.recipient in (None, whole.recipient)
    )


class Record:
    """What is on record in the frames with both sides, for looking up figures and articles."""

    def __init__(self, frames: Mapping[Key, Collection[Entry]], tables: LedgerTables) -> None:
        self.tables = tables
        self._figures: dict[tuple[object, ...], dict[Key, str]] = {}
        for entries in frames.values():
            for e in entries:
                label = e.claim.item or e.key.item
                numbers = numbers_of(e)
                self._note(("article", e.claim.document), e.key, label)
                if numbers:
                    self._note(("article", e.claim.document, numbers), e.key, label)
                    if e.origin.known:
                        self._note(("body", e.origin.body, numbers), e.key, label)

    def _note(self, name: tuple[object, ...], key: Key, label: str) -> None:
        self._figures.setdefault(name, {}).setdefault(key, label)

    def host(self, e: Entry) -> Key | None:
        """Return the key of the one matter that an open claim belongs to, or None."""
        numbers = numbers_of(e)
        if not numbers:
            return None
        names: list[tuple[object, ...]] = [("article", e.claim.document, numbers)]
        if e.origin.known:
            names.insert(0, ("body", e.origin.body, numbers))
        names.append(("article", e.claim.document))
        for name in names:
            found = [
                k for k, label in self._figures.get(name, {}).items() if fits(e.key, k) and self._same(e, k, label)
            ]
            sides = {(k.supplier, k.recipient, k.actor) for k in found}
            if len(sides) == 1:
                return min(found, key=lambda k: (k.item != e.key.item, k.item))
            if sides:
                return None
        return None

    def _same(self, e: Entry, key: Key, label: str) -> bool:
        if e.key.item == key.item:
            return True
        return covers(e.key, key, {e.key: e.claim.item or e.key.item, key: label}, self.tables)
