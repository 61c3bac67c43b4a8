"""The entries of a ledger by frame, and the lots that a frame divides into.

A frame is a key with the item left open: what one figure is called differs from text to text. Within a frame entries
are divided by item, then by start; each part is the lot that a matter is computed from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from beleg.ledger.days import months
from beleg.ledger.decided import Decided
from beleg.ledger.denials import GIVING
from beleg.ledger.hosts import Record, fits, is_nobodys, is_open, may_host
from beleg.ledger.itemised import by_item
from beleg.ledger.links import Lot
from beleg.ledger.matter import matter_id
from beleg.ledger.reading import Entry, adds_up
from beleg.ledger.starts import Started, by_start
from beleg.ledger.tables import LedgerTables
from beleg.ledger.values import Key
from beleg.model import Claim

Frame = Key
Name = tuple[str, str]  # document and claim


def frame_of(key: Key) -> Frame:
    """Return the key without its item."""
    return key._replace(item="")


class Frames:
    """All entries, by frame. Claims that leave a side open are guests in the frame that ``hosts`` finds for them."""

    def __init__(self, tables: LedgerTables, decided: Decided) -> None:
        self.tables = tables
        self.decided = decided
        self._entries: dict[Frame, dict[Name, Entry]] = {}
        self._homeless: dict[Frame, tuple[Claim, ...]] = {}
        self._wholes: dict[tuple[str | None, str], set[Frame]] = {}  # by unit and act
        self._opens: dict[tuple[str | None, str], set[Frame]] = {}
        self._guests: dict[Frame, dict[Name, Entry]] = {}
        self._hosted: dict[Frame, dict[Name, Frame]] = {}  # of each open frame: who is where

    def add(self, entry: Entry) -> Frame:
        """Take in one entry and return its frame."""
        key, frame = entry.key, frame_of(entry.key)
        if frame not in self._entries:
            self._entries[frame] = {}
            if is_open(key):
                self._opens.setdefault((key.unit, key.act), set()).add(frame)
            elif may_host(key):
                self._wholes.setdefault((key.unit, key.act), set()).add(frame)
        self._entries[frame][entry.claim.document, entry.claim.id] = entry
        return frame

    def remove(self, name: Name, key: Key) -> Frame | None:
        """Take out one entry and return its frame, None where it was not there."""
        frame = frame_of(key)
        return frame if self._entries.get(frame, {}).pop(name, None) is not None else None

    def homeless(self) -> Iterable[Claim]:
        """Return the claims that name no side and that no matter takes in."""
        for claims in self._homeless.values():
            yield from claims

    def host(self, touched: set[Frame]) -> set[Frame]:
        """Find anew where claims that leave a side open belong, and return the frames that this may change."""
        opens = {f for f in touched if is_open(f)}
        for whole in touched:
            if may_host(whole):
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
                    self._guests.setdefault(frame_of(key), {})[name] = e._replace(key=key, placed="side-open")
                    self._hosted.setdefault(frame, {})[name] = frame_of(key)
        return opens.union(*wholes.values())

    def divide(self, frame: Frame) -> list[Lot]:
        """Return the lots of a frame, those that a person set apart last."""
        hosted = self._hosted.get(frame, {})
        entries = [e for name, e in self._entries.get(frame, {}).items() if name not in hosted]
        if is_nobodys(frame):
            alone = [e for e in entries if _is_figure(e)]
            self._homeless[frame] = tuple(e.claim for e in entries if not _is_figure(e))
            return _one_by_one(alone)
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


def _is_figure(e: Entry) -> bool:
    """Tell whether a claim that names no side stands by itself: a figure of somebody's, of nothing given."""
    return bool(e.origin.known and e.numbers and e.key.act not in GIVING)


def _one_by_one(entries: Iterable[Entry]) -> list[Lot]:
    """Figures of things that are nobody's: those of one body with one number are one, all others stay apart."""
    found: dict[tuple[Key, str, tuple[float, ...]], list[Entry]] = {}
    for e in sorted(entries, key=lambda e: e.rank):
        found.setdefault((e.key, e.origin.body, e.numbers), []).append(e)
    return [
        Lot(matter_id(key, None, f"{body} {numbers}"), key, None, tuple(members))
        for (key, body, numbers), members in found.items()
    ]


def join(lots: list[Lot], merged: Iterable[tuple[str, str]]) -> tuple[list[Lot], list[str]]:
    """Join the matters that people joined; the first named gives key, start and id.

    Returns:
        The matters, and the names that no matter has any more: what they join stays apart.
    """
    lost: list[str] = []
    for target, other in merged:
        one = next((lot for lot in lots if is_named(lot, {target})), None)
        two = next((lot for lot in lots if is_named(lot, {other})), None)
        lost += [name for name, lot in ((target, one), (other, two)) if lot is None]
        if one is None or two is None or one is two:
            continue
        entries = tuple(sorted((*one.entries, *two.entries), key=lambda e: e.rank))
        lots = [lot for lot in lots if lot is not one and lot is not two]
        lots.append(Lot(one.id, one.key, one.start, entries))
    return lots, lost


def same_lot(lot: Lot, old: Lot | None, fresh: set[str]) -> bool:
    """Tell whether a lot is what it was and none of its documents came anew."""
    if old is None or (lot.key, lot.start, len(lot.entries)) != (old.key, old.start, len(old.entries)):
        return False
    if any(e.claim.document in fresh for e in lot.entries):
        return False
    return all(a.claim is b.claim and a[1:] == b[1:] for a, b in zip(lot.entries, old.entries, strict=True))


def is_named(lot: Lot, names: Collection[str]) -> bool:
    """Tell whether one of some names is a lot's id or that of a claim of it."""
    return lot.id in names or any(e.claim.id in names for e in lot.entries)
