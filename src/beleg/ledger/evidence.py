"""What shows that the bodies of a matter lean on one another, with what was read for it kept for the next article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from beleg.ledger.copies import copies_among
from beleg.ledger.decided import Decided
from beleg.ledger.dependence import Edges, by_credit, by_shared_error, by_wording, settled, twins_of
from beleg.ledger.links import Lot, Parties, parties_of
from beleg.ledger.reading import Entry, numbers_of
from beleg.ledger.sharing import Sharing, by_sharing
from beleg.ledger.spelling import by_spelling
from beleg.ledger.tables import LedgerTables
from beleg.ledger.values import Dependence
from beleg.model import Document
from beleg.read.near import Fingerprint


class Shown(NamedTuple):
    """The documents of a matter with near-copies together, and its edges."""

    clusters: tuple[tuple[str, ...], ...]
    edges: tuple[Dependence, ...]


class Evidence:
    """Finds edges between bodies; texts are read once, and what a shared error is compared with is gathered once."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        between: Callable[[Parties], Iterable[Lot]],
        decided: Decided,
        tables: LedgerTables,
    ) -> None:
        """``between`` gives all lots of the same parties, in a fixed order."""
        self.documents, self.between, self.decided, self.tables = documents, between, decided, tables
        self._prints: dict[str, Fingerprint] = {}  # by document
        self._sharing: dict[str, tuple[Sharing, ...]] = {}  # by document
        self._twins: dict[str, frozenset[tuple[float, ...]]] = {}  # by lot: numbers of several bodies
        self._errors: dict[str, Edges] = {}  # by lot
        self._numbers: dict[Parties, dict[tuple[float, ...], list[Entry]]] = {}

    def forget_document(self, name: str) -> None:
        """A document came anew: its text is read again."""
        self._prints.pop(name, None)
        self._sharing.pop(name, None)

    def forget_parties(self, parties: Parties) -> None:
        """The lots of some parties changed: their numbers are gathered again."""
        self._numbers.pop(parties, None)

    def forget_lot(self, id: str) -> None:
        """A lot is there no more."""
        self._twins.pop(id, None)
        self._errors.pop(id, None)

    def of(self, lot: Lot, tables: LedgerTables) -> Shown:
        """Return what the texts of a lot show; ``tables`` as they hold for its matter."""
        self.forget_lot(lot.id)
        if twins := twins_of(lot.entries):
            self._twins[lot.id] = twins
            self._errors[lot.id] = self._shared_errors(lot)
        names = tuple(dict.fromkeys(e.claim.document for e in lot.entries))
        known = {e.origin.body for e in lot.entries if e.origin.known}
        copies = copies_among(names, self.documents, self._prints, tables.copy_share)
        edges = settled(
            self.decided.dependence,
            by_wording(lot.entries, copies.pairs),
            by_credit(lot.entries, self.documents),
            by_spelling(lot.entries, self.documents, tables),
            by_sharing(names, known, self.documents, self._sharing, tables),
            self._errors.get(lot.id, {}),
        )
        return Shown(copies.clusters, edges)

    def changed(self, lot: Lot) -> bool:
        """Tell whether other lots now show another shared error in this one."""
        return self._shared_errors(lot) != self._errors.get(lot.id, {})

    def _shared_errors(self, lot: Lot) -> Edges:
        twins = self._twins.get(lot.id, frozenset())
        if not twins:
            return {}
        parties = parties_of(lot.key)
        if parties not in self._numbers:
            numbers: dict[tuple[float, ...], list[Entry]] = {}
            for other in self.between(parties):
                for e in other.entries:
                    numbers.setdefault(numbers_of(e), []).append(e)
            self._numbers[parties] = numbers
        return by_shared_error(lot.entries, twins, self._numbers[parties], self.tables)
