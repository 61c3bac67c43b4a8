"""One matter from its entries: figures, rows, conflicts, origins, grades, history."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from beleg.ledger.bounds import Series, series_of
from beleg.ledger.days import UNKNOWN, Moment
from beleg.ledger.denials import Said, denials_of, disowned
from beleg.ledger.figures import figure_of, gather, limits_of, utterances_of
from beleg.ledger.grade import layers_of
from beleg.ledger.history import history_of
from beleg.ledger.origins import NO_ORIGIN, independent_range
from beleg.ledger.plausible import remarked
from beleg.ledger.reading import Entry, numbers_of
from beleg.ledger.record import records_of
from beleg.ledger.support import camps_of, days_by_body, rows_of
from beleg.ledger.tables import LedgerTables
from beleg.ledger.values import Dependence, Figure, Key, Link, Matter
from beleg.model import Claim, Document, Problem

WIDE = frozenset({"about", "round", "almost", "good", "range"})  # readings whose width the cap decides
DERIVED = frozenset({"capacity"})  # computed from somebody's count: no delivery, no origin


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a matter needs from outside: other matters, denials, and what people decided about its origins."""

    links: tuple[Link, ...] = ()
    denials: tuple[Said, ...] = ()
    dependence: tuple[Dependence, ...] = ()
    letters: Mapping[str, str] | None = None
    reviewed: frozenset[str] = frozenset()  # ids of claims that a person has accepted or corrected


def matter_id(key: Key, start: str | None, split: str = "") -> str:
    """Return a short id that depends on what the matter is about, not on what arrived when.

    Args:
        key: What the matter is about.
        start: Its start as text, None where none is stated.
        split: The name under which a person set claims apart.
    """
    text = "\x1f".join([*(str(k or "") for k in key), start or "", split])
    digest = base64.b32encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii").lower()
    who = f"{key.supplier or 'x'}-{key.recipient or 'x'}" if key.actor is None else key.actor
    name = "-".join("".join(c if c.isalnum() else " " for c in f"{who} {key.item}".lower()).split())
    return f"{name[:40].rstrip('-')}-{digest[:6]}"


def matter_of(
    id: str,
    key: Key,
    start: Moment | None,
    entries: Sequence[Entry],
    documents: Mapping[str, Document],
    clusters: tuple[tuple[str, ...], ...],
    around: Surroundings,
    tables: LedgerTables,
) -> tuple[Matter, list[Problem]]:
    """Compute one matter.

    Args:
        entries: Its claims as read, in rank order, all of one key and one start.
        documents: By ``Document.id``.
        clusters: Its documents, near-copies together.

    Returns:
        The matter; and a problem where there are more coherent readings than can be listed.
    """
    entries = _unsourced(entries)
    groups = gather(entries, start, tables.near_start_days)
    figures = tuple(_withdrawn([figure_of(g, start, tables) for g in groups], entries, around.denials))
    figures = _sums(figures, groups)
    first_day = min((f.said for f in figures), default=entries[0].said if entries else UNKNOWN)
    denials = denials_of(around.denials, start, first_day)
    loads = {e.claim.id: e.load for e in entries if e.load is not None}
    figures = remarked(figures, key, start, denials, loads, tables)
    series = series_of(figures, start)
    problems = []
    if series.found.capped:
        what = f"matter {id}: more coherent readings than can be listed; the hull rests on undisputed figures"
        problems.append(Problem("readings-capped", what))
    utterances, _ = utterances_of(figures, documents)
    asserting = [e for e in entries if _asserts(e)]
    bodies = tuple(sorted({e.origin.body for e in asserting}))
    when = days_by_body((e.origin.body, e.said) for e in asserting)
    n_min, n_max = independent_range(bodies, around.dependence, tables.compilers, when)
    if not bodies and any(e.claim.polarity == "+" and e.key.act not in DERIVED for e in entries):
        n_max = 1  # somebody said it
    letters = around.letters or {}
    claims = tuple(e.claim for e in entries)
    conflicts = series.conflicts()
    return (
        Matter(
            id=id,
            key=key,
            label=label_of(entries),
            start=start,
            claims=claims,
            figures=figures,
            utterances=utterances,
            documents=tuple(dict.fromkeys(e.claim.document for e in entries)),
            clusters=clusters,
            bodies=bodies,
            dependence=tuple(sorted(e for e in around.dependence if e.one in bodies and e.other in bodies)),
            n_min=n_min,
            n_max=n_max,
            camps=camps_of(set(bodies), tables),
            as_of=rows_of(series, around.dependence, tables),
            conflicts=conflicts,
            other_caps=_other_caps(groups, figures, series, tables),
            denials=denials,
            grades=layers_of(entries, figures, around.dependence, tables),
            letters=tuple((b, letters.get(b, "F")) for b in bodies),
            interests=_interests(bodies, key, tables),
            booked=tuple((b, tables.camps[b].source) for b in bodies if b in tables.camps),
            history=history_of(figures, denials, entries, documents),
            links=around.links,
            reasons=tuple(_reasons(e, start) for e in entries),
            record=records_of(figures, conflicts, around.dependence),
            review="reviewed" if claims and all(c.id in around.reviewed for c in claims) else "proposed",
        ),
        problems,
    )


@cache
def _codes(placed: str, counted: str) -> tuple[str, ...]:
    return placed, counted


def _reasons(e: Entry, start: Moment | None) -> tuple[str, ...]:
    """Why a claim is in its matter: what gave the key, and what gave the start (one tuple for all that are alike)."""
    return _codes(e.placed, "start-stated" if e.start is not None else "start-taken" if start else "no-start-stated")


def _unsourced(entries: Sequence[Entry]) -> list[Entry]:
    """An outlet is an origin only for what it names no other origin for: titles and summaries repeat the body."""
    sourced = {e.claim.document for e in entries if e.claim.sources}
    numbers = {numbers_of(e) for e in entries if e.claim.sources}
    out = []
    for e in entries:
        if e.origin.known and not e.claim.sources and (e.claim.document in sourced or numbers_of(e) in numbers):
            e = e._replace(
                origin=NO_ORIGIN, active=False, reason=e.reason or "repeats a figure whose source is on record"
            )
        out.append(e)
    return out


def _asserts(e: Entry) -> bool:
    return e.origin.known and e.claim.polarity == "+" and e.key.act not in DERIVED and e.reason != "rejected"


def _withdrawn(figures: list[Figure], entries: Sequence[Entry], denials: Sequence[Said]) -> list[Figure]:
    """Take out of force what its speaker disowned (D6) or corrected; a later, higher figure withdraws nothing."""
    by_claim = {e.claim.id: e for e in entries}
    disowners = disowned(denials)
    out = list(figures)
    for i, f in enumerate(out):
        day = disowners.get(f.origin.speaker)
        if f.active and day is not None and f.said.first <= day.last:
            out[i] = replace(f, active=False, reason="disowned by its speaker", notes=(*f.notes, "disowned"))
    for f in figures:
        if not any(by_claim[c].claim.revises for c in f.claims if c in by_claim):
            continue
        earlier = [
            i for i, o in enumerate(out)
            if o.active and o.id != f.id and o.origin.body == f.origin.body and o.said.last <= f.said.first
        ]  # fmt: skip
        if earlier:
            last = max(earlier, key=lambda i: (out[i].said, out[i].id))
            why = f"corrected by its origin in {f.id}"
            out[last] = replace(out[last], active=False, reason=why, notes=(*out[last].notes, "revised"))
    return out


def _sums(figures: tuple[Figure, ...], groups: Sequence[Sequence[Entry]]) -> tuple[Figure, ...]:
    """Mark a total that is exactly a period's figure of the same utterance plus a number on record: 20,000 is
    13,000 + 7,000, so the speaker may only have added. It stays as it is; a person looks."""
    worth = {f.id: numbers_of(g[0])[0] for f, g in zip(figures, groups, strict=True) if numbers_of(g[0])}
    out = []
    for f in figures:
        parts = [p for p in figures if p.counts == "increment" and (p.origin, p.said) == (f.origin, f.said)]
        earlier = {
            worth[o.id] for o in figures if o.counts != "increment" and o.said.last < f.said.last and o.id in worth
        }
        if f.counts == "total" and f.id in worth and any(worth[f.id] - worth[p.id] in earlier for p in parts):
            f = replace(f, notes=(*f.notes, "possible-arithmetic"))
        out.append(f)
    return tuple(out)


def _other_caps(
    groups: Sequence[Sequence[Entry]], figures: Sequence[Figure], series: Series, tables: LedgerTables
) -> tuple[tuple[float, tuple[tuple[str, ...], ...]], ...]:
    """The conflict lists under other caps, where they differ from the shown one.

    A smaller cap only makes bounds tighter, so a matter that is coherent at the smallest is coherent at all.
    """
    printed = {f.id: g for g, f in zip(groups, figures, strict=True)}
    active = [(printed[f.id], f) for f in series.figures]
    if not any(e.number is not None and e.number.reading in WIDE for g, _ in active for e in g):
        return ()
    shown = tuple(sorted(c.figures for c in series.conflicts()))
    out = []
    for cap in sorted(tables.hedges.other_caps):
        again = series.recapped([limits_of(g, f, tables, cap) for g, f in active])
        now = tuple(sorted(c.figures for c in again.conflicts()))
        if now != shown:
            out.append((cap, now))
        if not now and not shown:
            break
    return tuple(out)


def _interests(bodies: Sequence[str], key: Key, tables: LedgerTables) -> tuple[tuple[str, str], ...]:
    out = []
    for b in bodies:
        if b in (key.supplier, key.recipient):
            out.append((b, "party to the transfer"))
        elif b in tables.camps:
            out.append((b, f"{tables.camps[b].relation}: {tables.camps[b].camp}"))
    return tuple(out)


def label_of(entries: Sequence[Entry]) -> str:
    """Return the item's most used label; of equals the shortest, then the first by letter."""
    labels = Counter(e.claim.item for e in entries if e.claim.item)
    return min(labels, key=lambda s: (-labels[s], len(s), s)) if labels else entries[0].key.item


def claims_of(matter: Matter) -> Mapping[str, Claim]:
    """Return the matter's claims by id."""
    return {c.id: c for c in matter.claims}
