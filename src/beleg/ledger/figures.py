"""From printed claims to figures: one utterance counts once, however often and in whatever words it is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf

from beleg.ledger.days import FUTURE, PAST, Moment, gap_days
from beleg.ledger.hedges import bounds
from beleg.ledger.reading import A_SEASON, Entry, numbers_of
from beleg.ledger.tables import LedgerTables
from beleg.ledger.values import Counts, Figure, Utterance, Variant
from beleg.model import Document

SAME_SAYING = 3  # days between two stated days that may still mean one utterance: time zones, "am Wochenende"
REPEATING_BLOCKS = frozenset({"title", "lead", "heading", "caption"})
BARE = frozenset({"round", "exact"})
PARTS = ("period", "single")  # countings of less than the running total


def gather(entries: Sequence[Entry], start: Moment | None, near: int) -> list[list[Entry]]:
    """Gather the entries of one matter that print the same figure of the same body.

    A later article that repeats a body's number without a day of its own prints the earlier utterance. Sentences
    without a source that print a number already on record are copies of it. The figure of a period that begins well
    after S is never the running total, though the number be the same. Entries without a number stay out.
    """
    numbered = _retold(sorted((e for e in entries if e.number is not None), key=lambda e: e.rank))
    groups: list[list[Entry]] = []
    of: dict[tuple[str, tuple[float, ...], bool], list[Entry]] = {}
    for e in numbered:
        if e.origin.known:
            of.setdefault((e.origin.body, numbers_of(e), _later_period(e, start, near)), []).append(e)
    by_number: dict[tuple[tuple[float, ...], bool], list[list[Entry]]] = {}
    for (_, numbers, later), members in of.items():
        for group in _by_day(members):
            groups.append(group)
            by_number.setdefault((numbers, later), []).append(group)
    for e in numbered:
        if e.origin.known:
            continue
        name = (numbers_of(e), _later_period(e, start, near))
        said = by_number.get(name, [])
        before = [g for g in said if g[0].said.first <= e.said.last]
        if before:
            max(before, key=lambda g: (g[0].said, g[0].rank)).append(e)
        else:
            group = [e]
            groups.append(group)
            by_number.setdefault(name, []).append(group)
    return sorted(groups, key=lambda g: g[0].rank)


def _retold(entries: Sequence[Entry]) -> list[Entry]:
    """Take back the period of a figure that was said in that very stretch of time, of no stretch or of a longer one.

    "Im November hatte er von 3.000 gesprochen" names the day of the saying, whatever the sentence seems to count.
    """
    said: dict[tuple[str | None, tuple[float, ...]], list[tuple[Moment, int]]] = {}
    for e in entries:
        if e.origin.known and e.said.known:
            begun = e.window.last if e.window is not None and e.window.first > PAST else PAST
            said.setdefault((e.origin.body, numbers_of(e)), []).append((e.said, begun))
            said.setdefault((None, numbers_of(e)), []).append((e.said, begun))
    out = []
    for e in entries:
        if e.counting in PARTS and e.window is not None and e.window.first > PAST:
            first, last = e.window.first, (e.end or e.said).last
            days = said.get((e.origin.body if e.origin.known else None, numbers_of(e)), ())
            if last - first <= A_SEASON and any(first <= d.first and d.last <= last and w < first for d, w in days):
                e = e._replace(window=None, end=None, counting=None)
        out.append(e)
    return out


def _later_period(e: Entry, start: Moment | None, near: int) -> bool:
    if e.counting not in PARTS or e.window is None or e.window.first <= PAST:
        return False
    return start is None or gap_days(e.window, start) > near


def _by_day(entries: list[Entry]) -> list[list[Entry]]:
    """Divide one body's printings of one number into utterances: only stated days tell them apart."""
    dated = sorted((e for e in entries if e.dated), key=lambda e: (e.said, e.rank))
    groups: list[list[Entry]] = []
    ends: list[int] = []
    for e in dated:
        if groups and e.said.first - ends[-1] <= SAME_SAYING:
            groups[-1].append(e)
            ends[-1] = max(ends[-1], e.said.last)
        else:
            groups.append([e])
            ends.append(e.said.last)
    early: list[Entry] = []
    for e in sorted((e for e in entries if not e.dated), key=lambda e: e.rank):
        at = max((i for i, g in enumerate(groups) if g[0].said.first - SAME_SAYING <= e.said.last), default=None)
        if at is None:
            early.append(e)
        else:
            groups[at].append(e)
    if early:
        groups.append(early)
    for g in groups:
        g.sort(key=lambda e: e.rank)
    return groups


def figure_of(group: Sequence[Entry], start: Moment | None, tables: LedgerTables) -> Figure:
    """Read the printings of one figure as one constraint; where they differ the weakest wording counts.

    Args:
        group: Entries of one figure, in rank order.
        start: S of the matter, None where no start is stated.
    """
    chosen = _one_a_document([e for e in group if e.origin.known] or list(group))
    first = min(chosen, key=lambda e: (e.said.last - e.said.first, e.rank))
    said = first.said
    counts, window, notes = _counting(chosen, start, tables.near_start_days)
    low, high = _limits(chosen, counts, tables)
    end = min(((e.end or e.said) for e in chosen if e.end or not e.dated), key=_width, default=said)
    if end.first > said.last or (_width(said) < _width(end) and gap_days(end, said) == 0):
        end = said
    active = next((e for e in chosen if e.active), None)
    voice = active or first
    return Figure(
        id=voice.claim.id,
        claims=tuple(dict.fromkeys(e.claim.id for e in group)),
        documents=tuple(dict.fromkeys(e.claim.document for e in group)),
        origin=voice.origin,
        said=said,
        counts=counts,
        start=window if counts == "increment" else None,
        end=end,
        low=low,
        high=None if high == inf else high,
        active=active is not None,
        reason="" if active is not None else first.reason,
        variants=_variants(group, tables) if len(group) > 1 else (),
        own_words=voice.claim.quantity.raw if voice.claim.quantity is not None else "",
        notes=notes,
    )


def limits_of(group: Sequence[Entry], figure: Figure, tables: LedgerTables, cap: float) -> tuple[float, float]:
    """Return L and U of a figure under another cap on the width of round numbers than the table's."""
    chosen = _one_a_document([e for e in group if e.origin.known] or list(group))
    return _limits(chosen, figure.counts, tables, cap)


def _limits(
    chosen: Sequence[Entry], counts: Counts, tables: LedgerTables, cap: float | None = None
) -> tuple[float, float]:
    """The weakest of the wordings. From above it holds only of a total or of a whole period: one shipment of a day
    does not say that there was no other."""
    low, high = inf, 0.0
    for e in chosen:
        lo, hi = _bounds(e, tables, cap)
        low, high = min(low, lo), max(high, hi)
    if counts != "total" and not (counts == "increment" and any(e.counting == "period" for e in chosen)):
        high = inf
    return low, high


def _width(m: Moment) -> int:
    return m.last - m.first


def _bounds(e: Entry, tables: LedgerTables, cap: float | None = None) -> tuple[float, float]:
    if e.forced is not None:
        return e.forced[0], inf if e.forced[1] is None else e.forced[1]
    assert e.number is not None
    return bounds(e.number, tables.hedges, cap)


def _one_a_document(entries: Sequence[Entry]) -> list[Entry]:
    """Keep how each document says it best: body before title, hedged before bare, first before later."""
    best: dict[str, Entry] = {}
    for e in entries:
        have = best.get(e.claim.document)
        if have is None or _care(e) < _care(have):
            best[e.claim.document] = e
    return list(best.values())


def _care(e: Entry) -> tuple[bool, bool, bool, bool, int]:
    assert e.number is not None
    bare = e.number.reading in BARE
    return not e.active, e.claim.block in REPEATING_BLOCKS, bare, e.counting is None, e.claim.span.start


def _counting(
    chosen: Sequence[Entry], start: Moment | None, near: int
) -> tuple[Counts, Moment | None, tuple[str, ...]]:
    """Total or increment: stated cues decide, a period that reaches back to S is a total, no cue leaves both open."""
    said = [e for e in chosen if e.counting is not None]
    if not said:
        return "both", None, ()
    windows = [e.window for e in said if e.counting != "total" and e.window is not None and e.window.first > PAST]
    if windows:
        window = Moment(min(w.first for w in windows), max(w.last for w in windows))
        if start is None or gap_days(window, start) > near:
            return ("both", None, ("counting-varies",)) if any(e.counting == "total" for e in said) else (
                "increment", window, ()
            )  # fmt: skip
    whole = [e for e in said if e.counting == "total" or (e.counting == "period" and _reaches_back(e, start, near))]
    if len(whole) == len(said):
        return "total", None, () if all(e.counting == "total" for e in said) else ("period-from-start",)
    return "both", None, ()


def _reaches_back(e: Entry, start: Moment | None, near: int) -> bool:
    """A period whose first day lies at S, or one without a first day that was spoken of soon after S."""
    if start is None or e.window is None:
        return False
    if e.window.first > PAST:
        return gap_days(e.window, start) <= near
    return e.said.last < FUTURE and e.said.last - start.last <= near


def _variants(group: Sequence[Entry], tables: LedgerTables) -> tuple[Variant, ...]:
    """List the wordings of one utterance, one a document, where they differ."""
    out = []
    for e in _one_a_document(group):
        low, high = _bounds(e, tables)
        raw = e.claim.quantity.raw if e.claim.quantity is not None else ""
        stated = e.start or e.window
        when = stated.text() if stated is not None and stated.known else None
        counts: Counts = "total" if e.counting == "total" else "increment" if e.counting else "both"
        speaker = e.origin.speaker
        out.append(
            Variant(e.claim.id, e.claim.document, raw, low, None if high == inf else high, when, counts, speaker)
        )
    if len({(v.low, v.high, v.start, v.counts, v.speaker) for v in out}) < 2:
        return ()
    return tuple(out)


def utterances_of(
    figures: Sequence[Figure], documents: Mapping[str, Document] | None = None
) -> tuple[tuple[Utterance, ...], dict[str, int]]:
    """Gather the figures that one speaker said on one day; also return which utterance each figure belongs to.

    Where the day is not known to the day, figures of one utterance are those that the same document printed first.
    """
    found: dict[tuple[str, str, Moment, str], list[Figure]] = {}
    for f in figures:
        where = "" if f.said.first == f.said.last else f.documents[0]
        found.setdefault((f.origin.body, f.origin.speaker, f.said, where), []).append(f)
    out, index = [], {}
    ordered = sorted(found.items(), key=lambda kv: (kv[0][2], kv[0]))
    for i, ((body, speaker, day, _), members) in enumerate(ordered):
        prints = tuple(sorted({d for f in members for d in f.documents}))
        seen = [documents[d].captured for d in prints if d in documents] if documents else []
        first_seen = min((s for s in seen if s), default=None)
        out.append(Utterance(speaker, body, day, tuple(f.id for f in members), prints, first_seen))
        index.update({f.id: i for f in members})
    return tuple(out), index
