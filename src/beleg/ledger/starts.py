"""Which start a claim counts from. Claims that count from different starts are never merged.

Stated starts no farther apart than the table's 45 days are one start. A claim that states none takes the start that
its speaker stated last, else its body, else anybody, before it was said; failing that, the next one stated after.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from beleg.ledger.days import FUTURE, PAST, Moment, gap_days
from beleg.ledger.reading import Entry, numbers_of

SHARP = 92  # days: a start given more vaguely than a season joins another start but founds none beside it


class Started(NamedTuple):
    """The entries that count from one start; None: no start is stated."""

    start: Moment | None
    entries: list[Entry]


def by_start(entries: Sequence[Entry], near: int) -> list[Started]:
    """Divide the entries of one key by the start they count from.

    Args:
        entries: Of one key, in any order.
        near: Days within which two starts are one.

    Returns:
        Each start with its entries in rank order, earliest start first.
    """
    ordered = sorted(entries, key=lambda e: e.rank)
    starts = _clusters([e.start for e in ordered if e.start is not None], near)
    if not starts:
        return _by_window(ordered)
    placed: list[list[Entry]] = [[] for _ in starts]
    stated: list[tuple[Entry, int]] = []
    waiting = []
    for e in ordered:
        at = _nearest(starts, e.start, near) if e.start is not None else None
        if at is None and e.window is not None and e.window.known:
            at = _nearest(starts, e.window, near)  # a window that reaches back to a start names it
        if at is None:
            waiting.append(e)
        else:
            placed[at].append(e)
            stated.append((e, at))
    lone = []
    index = _Index(stated)
    for e in waiting:
        fit = [i for i, s in enumerate(starts) if _may_count_from(e, s, near)]
        at = index.choose(e, fit)
        if at is None:
            lone.append(e)
        else:
            placed[at].append(e)
    out = [Started(s, sorted(p, key=lambda e: e.rank)) for s, p in zip(starts, placed, strict=True)]
    return out + (_by_window(lone) if lone else [])


def _clusters(stated: list[Moment], near: int) -> list[Moment]:
    """Gather stated starts around the earliest of each; a start is as wide as its members make it."""
    anchors: list[tuple[Moment, Moment]] = []  # the founding start, and the hull
    vague = []
    for s in sorted(set(stated), key=lambda m: (m.last, m.first)):
        if s.last - s.first > SHARP:
            vague.append(s)
            continue
        for i, (anchor, hull) in enumerate(anchors):
            if gap_days(anchor, s) <= near:
                anchors[i] = (anchor, Moment(min(hull.first, s.first), max(hull.last, s.last)))
                break
        else:
            anchors.append((s, s))
    for s in vague:
        if not any(gap_days(hull, s) == 0 for _, hull in anchors):
            anchors.append((s, s))
    return [hull for _, hull in sorted(anchors, key=lambda a: a[1])]


def _nearest(starts: Sequence[Moment], stated: Moment, near: int) -> int | None:
    best = min(range(len(starts)), key=lambda i: (gap_days(starts[i], stated), abs(starts[i].last - stated.last), i))
    return best if gap_days(starts[best], stated) <= near else None


def _may_count_from(entry: Entry, start: Moment, near: int) -> bool:
    """A claim cannot count from a start after it was said, nor a period from one that began after the period did."""
    if entry.said.last < start.first:
        return False
    return entry.window is None or entry.window.last >= start.first - near


class _Index:
    """Who stated which start when."""

    def __init__(self, stated: Sequence[tuple[Entry, int]]) -> None:
        self.of: dict[tuple[str, ...], list[tuple[Entry, int]]] = {}
        for e, at in stated:
            names: list[tuple[str, ...]] = [("anyone",)]
            if e.origin.known:
                names += [("speaker", e.origin.body, e.origin.speaker), ("body", e.origin.body)]
            if numbers_of(e):
                names.append(("number", e.origin.body, *map(str, numbers_of(e))))
                names.append(("number", *map(str, numbers_of(e))))
                names.append(("number", e.claim.document, e.origin.body, *map(str, numbers_of(e))))
            for n in names:
                self.of.setdefault(n, []).append((e, at))

    def choose(self, e: Entry, fit: Sequence[int]) -> int | None:
        if not fit:
            return None
        number = tuple(map(str, numbers_of(e)))
        names: list[tuple[str, ...]] = []
        if number and e.origin.known:
            names += [("number", e.claim.document, e.origin.body, *number), ("number", e.origin.body, *number)]
        elif number:
            names.append(("number", *number))
        for name in names:
            found = [(abs(o.said.last - e.said.last), at) for o, at in self.of.get(name, ()) if at in fit]
            if found:
                return min(found)[1]
        wide: list[tuple[str, ...]] = [
            ("speaker", e.origin.body, e.origin.speaker),
            ("body", e.origin.body),
            ("anyone",),
        ]
        for name in wide if e.origin.known else wide[2:]:
            # the last day counts, then the earliest start: never the name of a document, which a copy could choose
            told = [(o.said, at) for o, at in self.of.get(name, ()) if at in fit and o.said.last <= e.said.last]
            before = [(said.last, said.first, -at) for said, at in told]
            if before:
                return -max(before)[2]
        after = [(o.said.last, o.said.first, at) for o, at in self.of.get(("anyone",), ()) if at in fit]
        return min(after)[2] if after else None


def _by_window(entries: Sequence[Entry]) -> list[Started]:
    """No start is stated: claims whose stretches of time meet belong together.

    A claim without a number or without days founds nothing: it goes with the number it repeats, else with the latest
    stretch that had begun when it was said.
    """
    dated = {(e.origin.body, *numbers_of(e)) for e in entries if e.window is not None and e.window.known}
    dated |= {("unknown", *n[1:]) for n in dated}
    firm: list[Entry] = []
    loose: list[Entry] = []
    for e in entries:
        undated = e.window is None or not e.window.known
        repeats = undated and e.counting != "total" and (e.origin.body, *numbers_of(e)) in dated
        (loose if undated and (not numbers_of(e) or e.window is not None or repeats) else firm).append(e)
    groups: list[tuple[Moment, list[Entry]]] = []
    for span, e in sorted(((_stretch(e), e) for e in firm or loose), key=lambda p: (p[0], p[1].rank)):
        if groups and span.first <= groups[-1][0].last:
            hull, members = groups[-1]
            groups[-1] = (Moment(hull.first, max(hull.last, span.last)), [*members, e])
        else:
            groups.append((span, [e]))
    out = []
    for _, members in groups:
        windows = [e.window for e in members if e.window is not None and e.window.known]
        # Only stretches that all have a first day give a start; an open one may reach back before it.
        out.append((min(windows) if len(windows) == len(members) else None, members))
    for e in loose if firm else ():
        same = next((m for _, m in out if numbers_of(e) and any(numbers_of(o) == numbers_of(e) for o in m)), None)
        begun = [m for s, m in out if s is None or s.first <= e.said.last]
        (same or (begun or [out[0][1]])[-1]).append(e)
    return [Started(start, sorted(members, key=lambda e: e.rank)) for start, members in out]


def _stretch(e: Entry) -> Moment:
    last = (e.end or e.said).last
    if e.window is not None and e.window.known:
        return Moment(e.window.first, max(last, e.window.last))
    return Moment(PAST, last if last < FUTURE else FUTURE)
