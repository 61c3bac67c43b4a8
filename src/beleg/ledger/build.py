"""Claims and decisions in, the ledger out; and the same one article at a time.

``build_ledger`` computes all; ``LedgerState`` keeps what it computed and renews only the matters that a new article
touches. Both give the same ledger whatever the order of arrival.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from beleg.ledger.decided import apply_corrections, decided
from beleg.ledger.denials import Said, concerns, read_denial
from beleg.ledger.evidence import Evidence
from beleg.ledger.frames import Frame, Frames, frame_of, is_named, join, same_lot
from beleg.ledger.links import LinkIndex, Lot, Parties, parties_of
from beleg.ledger.matter import Surroundings, matter_of
from beleg.ledger.placing import Placed, place
from beleg.ledger.plausible import loads_of
from beleg.ledger.reading import read_claim
from beleg.ledger.tables import LedgerTables, ledger_tables
from beleg.ledger.values import Key, Ledger, Matter, Origin
from beleg.model import Claim, Decision, Document, Problem

T = TypeVar("T")
Sides = tuple[str | None, str | None]
MANY = 100_000  # objects made in one go, about a thousand claims


def build_ledger(
    documents: Sequence[Document],
    claims: Sequence[Claim],
    decisions: Sequence[Decision] = (),
    *,
    tables: LedgerTables | None = None,
) -> tuple[Ledger, list[Problem]]:
    """Compute all matters from claims and decisions.

    Args:
        documents: Give outlet, day and text; a claim whose document is missing has neither.
        claims: In any order; repeating one changes nothing.
        decisions: In the order of the log.
        tables: The conventions; the shipped ones by default.

    Returns:
        The ledger, matters sorted by id; and doubts: decisions that cannot be read, readings too many to list.
    """
    state = LedgerState(decisions, tables=tables)
    state.put(documents, claims)
    return state.ledger(), state.problems()


class LedgerState:
    """A ledger that grows article by article; ``ledger()`` equals ``build_ledger`` of everything put in so far."""

    def __init__(self, decisions: Sequence[Decision] = (), *, tables: LedgerTables | None = None) -> None:
        self.tables = tables or ledger_tables()
        self.decisions = tuple(decisions)
        self.decided, self._decision_problems = decided(decisions)
        self.documents: dict[str, Document] = {}
        self._claims: dict[str, dict[str, Claim]] = {}  # document -> claim id -> claim
        self._placed: dict[str, dict[str, Placed]] = {}
        self._frames = Frames(self.tables, self.decided)
        self._said: dict[Sides, dict[tuple[str, str], Said]] = {}
        self._unplaced: dict[tuple[str, str], Claim] = {}
        self._lots: dict[Frame, list[Lot]] = {}
        self._by_parties: dict[Parties, set[Frame]] = {}
        self._matters: dict[str, Matter] = {}
        self._problems: dict[str, list[Problem]] = {}
        self._named: set[Frame] = set()  # with a lot that a merge names: what is joined is divided and joined together
        self._lost: list[str] = []  # names in merges that no matter has
        self._links = LinkIndex(self.tables)
        self._evidence = Evidence(self.documents, self._between, self.decided, self.tables)
        self._heard: dict[str, tuple[Said, ...]] = {}  # denials that a matter was computed with
        self._origins: dict[Origin, Origin] = {}  # one value for equal ones: there are few

    def add(self, document: Document, claims: Sequence[Claim]) -> tuple[str, ...]:
        """Take in one article, or its claims anew, and return the ids of the matters that were renewed."""
        return self.put([document], claims)

    def put(self, documents: Iterable[Document], claims: Iterable[Claim]) -> tuple[str, ...]:
        """Take in articles with all their claims; an article already there is replaced.

        The collector of cycles rests meanwhile: nothing here makes any, and it would walk all matters again and again.
        After much was put in it runs at once, for else the next small article would pay for all of it.
        """
        collecting = gc.isenabled()
        gc.disable()
        try:
            return self._put(documents, claims)
        finally:
            if collecting:
                gc.enable()
                if gc.get_count()[0] > MANY:
                    gc.collect()

    def _put(self, documents: Iterable[Document], claims: Iterable[Claim]) -> tuple[str, ...]:
        touched: set[Frame] = set()
        parties: set[Sides] = set()
        fresh = set()
        for d in documents:
            self.documents[d.id] = d
            self._evidence.forget_document(d.id)
            fresh.add(d.id)
            self._forget(d.id, touched, parties)
        corrected, forced = apply_corrections(claims, self.decided)
        arrived: dict[str, dict[str, Claim]] = {}
        for c in corrected:
            arrived.setdefault(c.document, {})[c.id] = c
        for document, own in arrived.items():
            if document in self._claims:  # more of an article that is there: it is read as a whole again
                own = {**self._claims[document], **own}
                self._forget(document, touched, parties)
            self._take_in(document, own, forced, touched, parties)
        return self._renew(touched, parties, fresh)

    def _take_in(
        self,
        document: str,
        claims: dict[str, Claim],
        forced: Mapping[str, tuple[float, float | None]],
        touched: set[Frame],
        parties: set[Sides],
    ) -> None:
        article = self.documents.get(document)
        self._claims[document] = claims
        placed = self._placed[document] = place(claims.values(), article, self.tables)
        loads = loads_of(claims.values(), {id: p.key for id, p in placed.items()}, self.tables)
        for c in claims.values():
            name = (document, c.id)
            said = read_denial(c, article)
            if said is not None and c.id not in self.decided.rejected:
                self._said.setdefault((c.supplier, c.recipient), {})[name] = said
                parties.add((c.supplier, c.recipient))
            if c.id not in placed:
                if said is None:
                    self._unplaced[name] = c
                continue
            taken = False if c.id in self.decided.rejected else True if c.id in self.decided.accepted else None
            self._links.expect(c)
            entry = read_claim(c, article, self.tables, placed[c.id].key, forced.get(c.id), taken)
            origin = self._origins.setdefault(entry.origin, entry.origin)
            touched.add(self._frames.add(entry._replace(origin=origin, load=loads.get(c.id), placed=placed[c.id].why)))

    def ledger(self) -> Ledger:
        """Return what is known now."""
        homeless = {(c.document, c.id): c for c in self._frames.homeless()}
        unplaced = tuple(c for _, c in sorted((self._unplaced | homeless).items(), key=lambda kv: kv[0]))
        matters = tuple(self._matters[i] for i in sorted(self._matters))
        return Ledger(matters, unplaced, dict(self.documents), self.decisions)

    def problems(self) -> list[Problem]:
        """Return the doubts about decisions and matters, by matter."""
        lost = [
            Problem(
                "merge-not-found", f"no matter and no claim of one is called {name}: what was merged with it is apart"
            )
            for name in sorted(set(self._lost))
        ]
        return [*self._decision_problems, *lost, *(p for i in sorted(self._problems) for p in self._problems[i])]

    def _forget(self, document: str, touched: set[Frame], parties: set[Sides]) -> None:
        placed = self._placed.pop(document, {})
        for claim in self._claims.pop(document, {}).values():
            name = (document, claim.id)
            frame = self._frames.remove(name, placed[claim.id].key) if claim.id in placed else None
            if frame is not None:
                touched.add(frame)
            if self._said.get((claim.supplier, claim.recipient), {}).pop(name, None) is not None:
                parties.add((claim.supplier, claim.recipient))
            self._unplaced.pop(name, None)

    def _renew(self, touched: set[Frame], parties: set[Sides], fresh: set[str]) -> tuple[str, ...]:
        """Divide the touched frames anew, then renew the matters that changed and what stands beside them.

        Args:
            touched: Frames with new, changed or lost entries.
            parties: Sides between which denials came or went.
            fresh: Documents that were put in.
        """
        touched |= self._frames.host(touched) | self._named
        old = {lot.id: lot for frame in touched for lot in self._lots.pop(frame, ())}
        lots: list[Lot] = []
        for frame in sorted(touched, key=lambda k: tuple(x or "" for x in k)):
            lots += self._frames.divide(frame)
        names = frozenset(name for pair in self.decided.merged for name in pair)
        self._named = {frame_of(lot.key) for lot in lots if names and is_named(lot, names)}
        lots, self._lost = join(lots, self.decided.merged)
        changed = [lot for lot in lots if not same_lot(lot, old.get(lot.id), fresh)]
        for lot in old.values():
            self._links.remove(lot)
        for lot in lots:
            self._lots.setdefault(frame_of(lot.key), []).append(lot)
            self._by_parties.setdefault(parties_of(lot.key), set()).add(frame_of(lot.key))
            self._links.add(lot)
        for frame in touched:
            self._evidence.forget_parties(parties_of(frame))
        for id in old.keys() - {lot.id for lot in lots}:
            self._matters.pop(id, None)
            self._problems.pop(id, None)
            self._heard.pop(id, None)
            self._evidence.forget_lot(id)
        for lot in changed:
            self._compute(lot)
        renewed = {lot.id for lot in changed}
        beside = self._beside(touched, parties)
        homes = {frame_of(self._matters[i].key) for i in self._links.tied([*old.values(), *lots]) if i in self._matters}
        beside += [lot for frame in homes for lot in self._lots.get(frame, ())]
        for lot in beside:
            if lot.id not in renewed:
                self._refresh(lot)
        return tuple(sorted(renewed))

    def _beside(self, touched: set[Frame], denied: set[Sides]) -> list[Lot]:
        """Matters whose links, shared errors or denials may have changed.

        Links and errors are those of the very same parties; a denial that names one side concerns all with that side.
        """
        frames: set[Frame] = set()
        for parties in {parties_of(k) for k in touched}:
            frames |= self._by_parties.get(parties, set())
        half = {side for side in denied if None in side and any(side)}
        for supplier, recipient in denied - half:
            frames |= self._by_parties.get((supplier, recipient, None), set()) if supplier and recipient else set()
        for parties, found in self._by_parties.items() if half else ():
            if (parties[0], None) in half or (None, parties[1]) in half:
                frames |= found
        return [lot for k in frames for lot in self._lots.get(k, ())]

    def _denials(self, key: Key) -> tuple[Said, ...]:
        sides = ((key.supplier, key.recipient), (key.supplier, None), (None, key.recipient))
        found = [d for side in dict.fromkeys(sides) for d in self._said.get(side, {}).values()]
        return tuple(
            sorted(
                (d for d in found if concerns(d, key, self.tables)), key=lambda d: (d.day, d.claim.document, d.claim.id)
            )
        )

    def _between(self, parties: Parties) -> list[Lot]:
        frames = sorted(self._by_parties.get(parties, ()), key=lambda k: tuple(x or "" for x in k))
        return [lot for frame in frames for lot in self._lots.get(frame, ())]

    def _compute(self, lot: Lot) -> None:
        tables = self.tables.of_matter(lot.id, lot.key.supplier, lot.key.recipient)
        shown = self._evidence.of(lot, tables)
        denials = self._denials(lot.key)
        around = Surroundings(
            links=self._links.of(lot),
            denials=denials,
            dependence=shown.edges,
            letters=self.decided.letters,
            reviewed=self.decided.reviewed,
        )
        self._matters[lot.id], problems = matter_of(
            lot.id, lot.key, lot.start, lot.entries, self.documents, shown.clusters, around, tables
        )
        _keep(self._heard, lot.id, denials)
        _keep(self._problems, lot.id, problems)

    def _refresh(self, lot: Lot) -> None:
        """Renew a matter whose own claims are the same; a full computation only where more than its links changed."""
        if self._heard.get(lot.id, ()) != self._denials(lot.key) or self._evidence.changed(lot):
            self._compute(lot)
            return
        matter, links = self._matters[lot.id], self._links.of(lot)
        if links != matter.links:
            self._matters[lot.id] = replace(matter, links=links)


def _keep(found: dict[str, T], name: str, value: T) -> None:
    """Keep a value under a name, and nothing where it is empty: most matters have none."""
    if value:
        found[name] = value
    else:
        found.pop(name, None)
