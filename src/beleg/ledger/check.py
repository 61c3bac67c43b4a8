"""A new article against the ledger, claim by claim: what it adds, repeats, raises, contradicts or distorts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Any, Literal, NamedTuple

from beleg.ledger.bounds import series_of
from beleg.ledger.build import build_ledger
from beleg.ledger.days import gap_days, months
from beleg.ledger.denials import concerns, read_denial
from beleg.ledger.hedges import bounds
from beleg.ledger.hosts import fits, is_nobodys, is_open
from beleg.ledger.placing import place
from beleg.ledger.reading import Entry, numbers_of, read_claim
from beleg.ledger.tables import LedgerTables, ledger_tables
from beleg.ledger.values import Figure, Key, Ledger, Matter
from beleg.ledger.wording import number
from beleg.model import Claim, Decision, Document

CAPACITY = "capacity"

Finding = Literal[
    "new", "repeats", "raises", "lowers", "narrows", "agrees", "contradicts", "drifts", "denies",
    "other-start", "other-unit", "listed", "unplaced",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One finding about one claim of the new article."""

    claim: str
    finding: Finding
    matter: str | None
    text: str  # in words
    origin: str | None = None  # whose words they are, as far as known
    first_said: str | None = None  # repeats: when the origin said it, and the first document that prints it
    first_document: str | None = None
    first_seen: str | None = None  # earliest capture of an article that prints it; None: no capture evidence
    before: tuple[float | None, float | None] | None = None  # bounds without the article, at the claim's moment
    after: tuple[float | None, float | None] | None = None
    against: tuple[str, ...] = ()  # claims that it contradicts, or that it drifts from
    gap: float | None = None


class Named(NamedTuple):
    """A matter of the ledger, as far as a new article is held against it."""

    id: str
    label: str  # of the item
    key: Key


@dataclass(frozen=True, slots=True)
class Known:
    """What of a ledger a check needs: all of it, or what the article may touch."""

    matters: Sequence[Named]  # by id; at least those between parties that the article names
    documents: Mapping[str, Document]  # by Document.id: the articles of matters that ``may_hold`` finds
    claims: Sequence[Claim]  # all claims of these
    decisions: Sequence[Decision] = ()


def check_document(
    ledger: Ledger, document: Document, claims: Sequence[Claim], *, tables: LedgerTables | None = None
) -> list[CheckRow]:
    """Hold a new article against the ledger; the ledger stays as it is.

    Args:
        ledger: Of the other articles; claims of this same document in it are left aside.
        document: The new article.
        claims: Its claims.

    Returns:
        One or more rows a claim, in the order of the claims.
    """
    tables = tables or ledger_tables()
    matters = [Named(m.id, m.label, m.key) for m in ledger.matters]
    keys = {p.key for p in place(claims, document, tables).values()}
    near = {m.id for m in matters if any(may_hold(m.key, k) for k in keys)}
    names = {c.document for m in ledger.matters if m.id in near for c in m.claims} - {document.id}
    # whole articles: what a title or an "im Gegenzug" means depends on the rest
    old = [c for m in ledger.matters for c in m.claims if c.document in names]
    old += [c for c in ledger.unplaced if c.document in names]
    documents = {d: ledger.documents[d] for d in sorted(names) if d in ledger.documents}
    return check_against(Known(matters, documents, old, ledger.decisions), document, claims, tables=tables)


def check_against(known: Known, document: Document, claims: Sequence[Claim], *, tables: LedgerTables) -> list[CheckRow]:
    """Hold a new article against what is known; see ``check_document``."""
    documents = [d for _, d in sorted(known.documents.items()) if d.id != document.id]
    old = [c for c in known.claims if c.document != document.id]
    was, _ = build_ledger(documents, old, known.decisions, tables=tables)
    now, _ = build_ledger([*documents, document], [*old, *claims], known.decisions, tables=tables)
    look = _Look(was, now, document, tables, known)
    return [row for c in claims for row in look.rows(c)]


def may_hold(old: Key, new: Key) -> bool:
    """Tell whether a matter may hold what a new claim repeats, raises or distorts: the item is left open."""
    if old.unit != new.unit:
        return False
    if (old.supplier, old.recipient, old.actor) == (new.supplier, new.recipient, new.actor):
        return old.act in (new.act, CAPACITY)
    return (is_open(new) and fits(new, old)) or (is_open(old) and fits(old, new))


class _Look:
    def __init__(self, was: Ledger, now: Ledger, document: Document, tables: LedgerTables, known: Known) -> None:
        self.was, self.now, self.document, self.tables, self.known = was, now, document, tables, known
        self.matter_of = {c.id: m for m in now.matters for c in m.claims if c.document == document.id}
        quantities = ((c.id, c.quantity) for m in was.matters if m.key.act == CAPACITY for c in m.claims)
        self.numbers = {id: {q.low, q.high} - {None} for id, q in quantities if q is not None}
        self.figure_of = {c: f for m in now.matters for f in m.figures for c in f.claims}

    def rows(self, claim: Claim) -> list[CheckRow]:
        said = read_denial(claim, self.document)
        if said is not None:
            who, types = said.origin.speaker, "+".join(said.types)
            hit = [m for m in self.known.matters if concerns(said, m.key, self.tables)]
            if not hit:
                return [
                    CheckRow(claim.id, "denies", None, f"{who} denies ({types}): opposes no matter of the ledger", who)
                ]
            return [CheckRow(claim.id, "denies", m.id, f"{who} denies ({types}): {m.label}", who) for m in hit]
        matter = self.matter_of.get(claim.id)
        if matter is None:
            return [CheckRow(claim.id, "unplaced", None, "about no matter: a party or an item is missing")]
        speaker = self._origin(claim)
        drift = self._drift(claim, matter)
        old = [c for c in matter.claims if c.document != self.document.id]
        if not old or self._other_starts(claim, matter):
            return [self._beside(claim, matter, speaker), *drift]
        figure = self.figure_of.get(claim.id)
        if figure is None:
            text = "the matter is known; no figure is given"
            return [CheckRow(claim.id, "repeats", matter.id, text, speaker), *drift]
        if any(d != self.document.id for d in figure.documents):
            return [self._repeat(claim, matter, figure), *drift]
        if not figure.active:
            text = f"listed, bounds nothing: {figure.reason}"
            return [CheckRow(claim.id, "listed", matter.id, text, speaker), *drift]
        return [*self._moves(claim, matter, figure, speaker), *drift]

    def _origin(self, claim: Claim) -> str | None:
        return claim.sources[-1].name if claim.sources else None

    def _beside(self, claim: Claim, matter: Matter, speaker: str | None) -> CheckRow:
        others = self._other_starts(claim, matter) or [m for m in self.was.matters if m.key == matter.key]
        if others and not is_nobodys(matter.key):
            starts = ", ".join(months(m.start) or "unstated" for m in others)
            text = f"counts from {months(matter.start) or 'no stated start'}, the ledger from {starts}: not comparable"
            return CheckRow(claim.id, "other-start", others[0].id, text, speaker)
        units = [m for m in self.known.matters if self._other_unit(m.key, matter.key)]
        if units:
            have = ", ".join(sorted({str(m.key.unit) for m in units}))
            return CheckRow(
                claim.id, "other-unit", units[0].id, f"counts {matter.key.unit}, the ledger {have}: not added", speaker
            )
        return CheckRow(claim.id, "new", matter.id, "the ledger has nothing on this yet", speaker)

    def _other_unit(self, old: Key, new: Key) -> bool:
        """Tell whether a matter counts the same, or what holds it, in another unit."""
        if old[:3] != new[:3] or old.act != new.act or not (old.unit and new.unit) or old.unit == new.unit:
            return False
        return old.item == new.item or bool({old.unit, new.unit} & self.tables.carriers)

    def _repeat(self, claim: Claim, matter: Matter, figure: Figure) -> CheckRow:
        prints = [d for d in figure.documents if d != self.document.id]
        kept = [d for i in prints if (d := self.known.documents.get(i)) is not None]
        # what a page says of its own day shows no order: who has capture evidence comes first
        seen, name = min(((d.captured, d.name) for d in kept if d.captured), default=(None, None))
        name = name or next((d.name for d in kept if d.id == prints[0]), prints[0])
        who = figure.origin.speaker or "a source not named"
        order = f"captured {seen}" if seen else "by its own date"
        text = f"repeats {who}, {figure.said.text()}: {figure.own_words}; first in {name}, {order}"
        return CheckRow(claim.id, "repeats", matter.id, text, who, figure.said.text(), name, seen, against=(figure.id,))

    def _moves(self, claim: Claim, matter: Matter, figure: Figure, speaker: str | None) -> list[CheckRow]:
        clashes = [c for c in matter.conflicts if figure.id in c.figures]
        if clashes:
            out = []
            for c in clashes:
                others = tuple(f for f in c.figures if f != figure.id)
                text = f"contradicts {', '.join(others)} by {number(c.gap):,}"
                out.append(CheckRow(claim.id, "contradicts", matter.id, text, speaker, against=others, gap=c.gap))
            return out
        before = self._hull([f for f in matter.figures if f.id != figure.id], figure, matter, known=False)
        after = self._hull([f for f in matter.figures if f.id != figure.id], figure, matter, known=True)
        up = (after[0] or 0) > (before[0] or 0)
        down = after[1] is not None and (before[1] is None or after[1] < before[1])
        what: Finding = "raises" if up else "lowers" if down else "agrees"
        if down and (up or before[1] is None):
            what = "narrows"
        text = f"{what}: {_range(before)} before, {_range(after)} with it"
        return [CheckRow(claim.id, what, matter.id, text, speaker, before=before, after=after)]

    def _hull(
        self, others: Sequence[Figure], figure: Figure, matter: Matter, known: bool
    ) -> tuple[float | None, float | None]:
        """Bounds at the figure's end, with the figure or with only its place in time."""
        here = figure if known else replace(figure, low=-inf, high=None)
        series = series_of([*others, here], matter.start)
        at = next(c.end for c in series.network.constraints if c.name == figure.id)
        return series.hull(at)

    def _drift(self, claim: Claim, matter: Matter) -> list[CheckRow]:
        """What got lost on the way from the source that the claim names, or from the figure that it prints."""
        entry = read_claim(claim, self.document, self.tables, matter.key)
        if entry.number is None:
            return []
        lost = [(f, f"a capacity turned into a delivery: {_said(f)} could fit") for f in self._fits(entry, matter.key)]
        figure = self.figure_of.get(claim.id)
        mine = set(figure.claims) if figure is not None else set()
        source = next((f for m in self.was.matters for f in m.figures if mine & set(f.claims)), None)
        if source is not None:
            low, high = bounds(entry.number, self.tables.hedges)
            if (source.high is None and high < inf and source.counts == "total") or low > source.low:
                lost.append((source, f"a bound is lost: {_said(source)}"))
            if source.counts == "increment" and entry.counting != "period":
                lost.append((source, f"the period is lost: {_said(source)} of a period"))
            if source.origin.known and not entry.origin.known:
                lost.append((source, f"the source is lost: {_said(source)}"))
        return [CheckRow(claim.id, "drifts", matter.id, text, against=(f.id,)) for f, text in lost]

    def _fits(self, entry: Entry, key: Key) -> list[Figure]:
        """Capacities of the same parties and unit with the number that the claim gives as delivered."""
        if key.act == CAPACITY:
            return []
        return [
            f for m in self.was.matters
            if m.key.act == CAPACITY and m.key.unit == key.unit and m.key[:2] == key[:2]
            for f in m.figures
            if set(numbers_of(entry)) & self.numbers.get(f.id, set())
        ]  # fmt: skip

    def _other_starts(self, claim: Claim, matter: Matter) -> list[Matter]:
        """The ledger's matters of this key where the claim states a start that is none of theirs."""
        start = read_claim(claim, self.document, self.tables, matter.key).start
        others = [m for m in self.was.matters if m.key == matter.key and m.start is not None]
        if start is None or any(gap_days(m.start, start) <= self.tables.near_start_days for m in others if m.start):
            return []
        return others


def _said(f: Figure) -> str:
    return f"{f.origin.speaker or 'the source'} said {f.own_words!r}"


def check_row(row: CheckRow) -> dict[str, Any]:
    """Return a finding as plain values for JSON."""
    return {
        "claim": row.claim,
        "finding": row.finding,
        "matter": row.matter,
        "text": row.text,
        "origin": row.origin,
        "first_said": row.first_said,
        "first_document": row.first_document,
        "first_seen": row.first_seen,
        "before": [number(v) for v in row.before] if row.before else None,
        "after": [number(v) for v in row.after] if row.after else None,
        "against": list(row.against),
        "gap": number(row.gap),
    }


def _range(b: tuple[float | None, float | None]) -> str:
    low, high = (number(v) for v in b)
    return f"[{low if low is not None else 0:,}, {f'{high:,}' if high is not None else 'open'}]"
