"""Claims and decisions in, the ledger out; and the same one article at a time.

``build_ledger`` computes all; ``LedgerState`` keeps what it computed and renews only the matters that a new article
touches. Both give the same ledger whatever the order of arrival.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from beleg.ledger.copies import copies_among
from beleg.ledger.days import months
from beleg.ledger.decided import Decided, apply_corrections, decided
from beleg.ledger.denials import Said, concerns, read_denial
from beleg.ledger.dependence import by_wording
from beleg.ledger.hosts import Record, fits, is_open, is_whole
from beleg.ledger.itemised import by_item
from beleg.ledger.links import LinkIndex, Lot
from beleg.ledger.matter import Surroundings, matter_id, matter_of
from beleg.ledger.reading import Entry, adds_up, key_of, read_claim
from beleg.ledger.starts import Started, by_start
from beleg.ledger.tables import LedgerTables, ledger_tables
from beleg.ledger.values import Key, Ledger, Matter, Origin
from beleg.model import Claim, Decision, Document, Problem
from beleg.read.near import Fingerprint

Parties = tuple[str | None, str | None]
Frame = Key  # with the item left open: what one figure may be called differs from text to text


def frame_of(key: Key) -> Frame:
    """Return the key without its item."""
    return key._replace(item="")


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
        self._entries: dict[Frame, dict[tuple[str, str], Entry]] = {}
        self._said: dict[Parties, dict[tuple[str, str], Said]] = {}
        self._unplaced: dict[tuple[str, str], Claim] = {}
        self._homeless: dict[Frame, tuple[Claim, ...]] = {}
        self._wholes: dict[tuple[str | None, str], set[Frame]] = {}  # by unit and act
        self._opens: dict[tuple[str | None, str], set[Frame]] = {}
        self._guests: dict[Frame, dict[tuple[str, str], Entry]] = {}
        self._hosted: dict[Frame, dict[tuple[str, str], Frame]] = {}  # of each open frame: who is where
        self._lots: dict[Frame, list[Lot]] = {}
        self._by_parties: dict[Parties, set[Frame]] = {}
        self._matters: dict[str, Matter] = {}
        self._problems: dict[str, list[Problem]] = {}
        self._links = LinkIndex(self.tables)
        self._prints: dict[str, Fingerprint] = {}
        self._origins: dict[Origin, Origin] = {}  # one value for equal ones: there are few

    def add(self, document: Document, claims: Sequence[Claim]) -> tuple[str, ...]:
        """Take in one article, or its claims anew, and return the ids of the matters that were renewed."""
        return self.put([document], claims)

    def put(self, documents: Iterable[Document], claims: Iterable[Claim]) -> tuple[str, ...]:
        """Take in articles with all their claims; an article already there is replaced.

        The collector of cycles rests meanwhile: nothing here makes any, and it would walk all matters again and again.
        """
        collecting = gc.isenabled()
        gc.disable()
        try:
            return self._put(documents, claims)
        finally:
            if collecting:
                gc.enable()

    def _put(self, documents: Iterable[Document], claims: Iterable[Claim]) -> tuple[str, ...]:
        touched: set[Frame] = set()
        parties: set[Parties] = set()
        fresh = set()
        for d in documents:
            self.documents[d.id] = d
            self._prints.pop(d.id, None)
            fresh.add(d.id)
            self._forget(d.id, touched, parties)
        corrected, forced = apply_corrections(claims, self.decided)
        for c in corrected:
            name = (c.document, c.id)
            self._claims.setdefault(c.document, {})[c.id] = c
            said = read_denial(c, self.documents.get(c.document))
            if said is not None and c.id not in self.decided.rejected:
                self._said.setdefault((c.supplier, c.recipient), {})[name] = said
                parties.add((c.supplier, c.recipient))
            key = key_of(c, self.tables)
            if key is None:
                if said is None:
                    self._unplaced[name] = c
                continue
            taken = False if c.id in self.decided.rejected else True if c.id in self.decided.accepted else None
            self._links.expect(c)
            entry = read_claim(c, self.documents.get(c.document), self.tables, key, forced.get(c.id), taken)
            entry = entry._replace(origin=self._origins.setdefault(entry.origin, entry.origin))
            frame = frame_of(key)
            self._entries.setdefault(frame, {})[name] = entry
            touched.add(frame)
            if is_open(key):
                self._opens.setdefault((key.unit, key.act), set()).add(frame)
            elif is_whole(key):
                self._wholes.setdefault((key.unit, key.act), set()).add(frame)
        return self._renew(touched, parties, fresh)

    def ledger(self) -> Ledger:
        """Return what is known now."""
        homeless = {(c.document, c.id): c for cs in self._homeless.values() for c in cs}
        unplaced = tuple(c for _, c in sorted((self._unplaced | homeless).items(), key=lambda kv: kv[0]))
        matters = tuple(self._matters[i] for i in sorted(self._matters))
        return Ledger(matters, unplaced, dict(self.documents), self.decisions)

    def problems(self) -> list[Problem]:
        """Return the doubts about decisions and matters, by matter."""
        return [*self._decision_problems, *(p for i in sorted(self._problems) for p in self._problems[i])]

    def _forget(self, document: str, touched: set[Frame], parties: set[Parties]) -> None:
        for claim in self._claims.pop(document, {}).values():
            name = (document, claim.id)
            key = key_of(claim, self.tables)
            if key is not None and self._entries.get(frame_of(key), {}).pop(name, None) is not None:
                touched.add(frame_of(key))
            if self._said.get((claim.supplier, claim.recipient), {}).pop(name, None) is not None:
                parties.add((claim.supplier, claim.recipient))
            self._unplaced.pop(name, None)

    def _renew(self, touched: set[Frame], parties: set[Parties], fresh: set[str]) -> tuple[str, ...]:
        """Divide the touched frames anew, then renew the matters that changed and what stands beside them.

        Args:
            touched: Frames with new, changed or lost entries.
            parties: Sides between which denials came or went.
            fresh: Documents that were put in.
        """
        if self.decided.merged:
            touched = set(self._entries)  # a joined matter may draw on any frame
        touched |= self._host(touched)
        old = {lot.id: lot for frame in touched for lot in self._lots.pop(frame, ())}
        lots: list[Lot] = []
        for frame in sorted(touched, key=lambda k: tuple(x or "" for x in k)):
            lots += self._divide(frame)
        lots = self._join(lots)
        changed = [lot for lot in lots if not _same(lot, old.get(lot.id), fresh)]
        for lot in old.values():
            self._links.remove(lot)
        for lot in lots:
            self._lots.setdefault(frame_of(lot.key), []).append(lot)
            self._by_parties.setdefault((lot.key.supplier, lot.key.recipient), set()).add(frame_of(lot.key))
            self._links.add(lot)
        for id in old.keys() - {lot.id for lot in lots}:
            self._matters.pop(id, None)
            self._problems.pop(id, None)
        for lot in changed:
            self._compute(lot)
        renewed = {lot.id for lot in changed}
        for lot in self._beside(touched, parties):
            if lot.id not in renewed:
                self._refresh(lot)
        return tuple(sorted(renewed))

    def _host(self, touched: set[Frame]) -> set[Frame]:
        """Find anew where claims that leave a side open belong, and return the frames that this may change."""
        opens = {f for f in touched if is_open(f)}
        for whole in touched:
            if is_whole(whole):
                opens |= {o for o in self._opens.get((whole.unit, whole.act), ()) if fits(o, whole)}
        if not opens:
            return set()
        wholes = {o: {w for w in self._wholes.get((o.unit, o.act), ()) if fits(o, w)} for o in opens}
        record = Record({w: self._entries[w].values() for ws in wholes.values() for w in ws}, self.tables)
        for frame in opens:
            for name, at in self._hosted.pop(frame, {}).items():
                self._guests[at].pop(name, None)
            for name, e in self._entries.get(frame, {}).items():
                key = record.host(e) if e.claim.id not in self.decided.split else None
                if key is not None:
                    self._guests.setdefault(frame_of(key), {})[name] = e._replace(key=key)
                    self._hosted.setdefault(frame, {})[name] = frame_of(key)
        return opens.union(*wholes.values())

    def _divide(self, frame: Frame) -> list[Lot]:
        hosted = self._hosted.get(frame, {})
        entries = [e for name, e in self._entries.get(frame, {}).items() if name not in hosted]
        if not (frame.supplier or frame.recipient or frame.actor):
            self._homeless[frame] = tuple(e.claim for e in entries)
            return []
        entries += self._guests.get(frame, {}).values()
        apart: dict[str, list[Entry]] = {}
        for e in [e for e in entries if e.claim.id in self.decided.split]:
            apart.setdefault(self.decided.split[e.claim.id], []).append(e)
            entries.remove(e)
        lots: list[Lot] = []
        for name, members in [("", entries), *sorted(apart.items())]:
            for key, mine in by_item(members, self.tables).items():
                if adds_up(key, self.tables):
                    started = by_start(mine, self.tables.near_start_days)
                else:
                    started = [Started(None, mine)]
                labels = Counter(months(s.start) for s in started)
                for s in started:
                    text = months(s.start) if labels[months(s.start)] == 1 else s.start.text() if s.start else None
                    lots.append(Lot(matter_id(key, text, name), key, s.start, tuple(s.entries)))
        return lots

    def _join(self, lots: list[Lot]) -> list[Lot]:
        """Join the matters that people joined; the first named gives key, start and id."""
        for target, other in self.decided.merged:
            one = next((lot for lot in lots if _holds(lot, target)), None)
            two = next((lot for lot in lots if _holds(lot, other)), None)
            if one is None or two is None or one is two:
                continue
            entries = tuple(sorted((*one.entries, *two.entries), key=lambda e: e.rank))
            lots = [lot for lot in lots if lot is not one and lot is not two]
            lots.append(Lot(one.id, one.key, one.start, entries))
        return lots

    def _beside(self, touched: set[Frame], parties: set[Parties]) -> list[Lot]:
        """Matters whose links or denials may have changed: those of the same parties."""
        near = {(k.supplier, k.recipient) for k in touched} | parties
        frames: set[Frame] = set()
        for supplier, recipient in near:
            if supplier is not None and recipient is not None:
                frames |= self._by_parties.get((supplier, recipient), set())
            else:
                for (s, r), found in self._by_parties.items():
                    if supplier in (None, s) and recipient in (None, r):
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

    def _compute(self, lot: Lot) -> None:
        names = tuple(dict.fromkeys(e.claim.document for e in lot.entries))
        copies = copies_among(names, self.documents, self._prints, self.tables.copy_share)
        around = Surroundings(
            links=self._links.of(lot),
            denials=self._denials(lot.key),
            dependence=by_wording(lot.entries, copies.pairs, self.decided.dependence),
            letters=self.decided.letters,
            reviewed=_reviewed(self.decided),
        )
        matter, problems = matter_of(
            lot.id, lot.key, lot.start, lot.entries, self.documents, copies.clusters, around, self.tables
        )
        self._matters[lot.id] = matter
        if problems:
            self._problems[lot.id] = problems
        else:
            self._problems.pop(lot.id, None)

    def _refresh(self, lot: Lot) -> None:
        """Renew a matter whose own claims are the same; a full computation only where its denials changed."""
        matter = self._matters[lot.id]
        had = {c for d in matter.denials for c in d.claims}
        if had != {d.claim.id for d in self._denials(lot.key)}:
            self._compute(lot)
            return
        links = self._links.of(lot)
        if links != matter.links:
            self._matters[lot.id] = replace(matter, links=links)


def _same(lot: Lot, old: Lot | None, fresh: set[str]) -> bool:
    """Tell whether a lot is what it was and none of its documents came anew."""
    if old is None or (lot.key, lot.start, len(lot.entries)) != (old.key, old.start, len(old.entries)):
        return False
    if any(e.claim.document in fresh for e in lot.entries):
        return False
    return all(a.claim is b.claim and a[1:] == b[1:] for a, b in zip(lot.entries, old.entries, strict=True))


def _holds(lot: Lot, name: str) -> bool:
    return lot.id == name or any(e.claim.id == name for e in lot.entries)


def _reviewed(by: Decided) -> frozenset[str]:
    return by.accepted | frozenset(by.corrected)
