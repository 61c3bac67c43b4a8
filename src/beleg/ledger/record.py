"""What became of a body's figures: upheld, contradicted or open, by bodies that are documented independent of it.

It stands beside the letter that a person gives and changes nothing else. Without a documented independent body
everything stays open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from beleg.ledger.values import Conflict, Dependence, Figure, Track


def records_of(
    figures: Sequence[Figure], conflicts: Iterable[Conflict], edges: Iterable[Dependence]
) -> tuple[Track, ...]:
    """Return a record for each body with an active figure, by body.

    Contradicted: an independent body's figure stands against it in a minimal conflict of two. Upheld: else, an
    independent body said as much or more as of no later day, on the same or a later day of saying.
    """
    active = [f for f in figures if f.active]
    apart = {frozenset((e.one, e.other)) for e in edges if e.kind == "independent"}
    against: dict[str, set[str]] = {}
    for c in conflicts:
        for id in c.figures if len(c.figures) == 2 else ():
            against.setdefault(id, set()).update(c.figures)
    by_id = {f.id: f for f in active}
    out = []
    for body in sorted({f.origin.body for f in active}):
        upheld = contradicted = left = 0
        for f in active:
            if f.origin.body != body:
                continue
            others = [o for o in active if frozenset((body, o.origin.body)) in apart] if apart else []
            enemies = against.get(f.id, set())
            if any(o.id in enemies and o.id in by_id for o in others):
                contradicted += 1
            elif any(_upholds(o, f) for o in others):
                upheld += 1
            else:
                left += 1
        out.append(Track(body, upheld, contradicted, left))
    return tuple(out)


def _upholds(other: Figure, figure: Figure) -> bool:
    counted = "increment" not in (other.counts, figure.counts)
    return counted and other.said >= figure.said and other.end.last <= figure.end.last and other.low >= figure.low
