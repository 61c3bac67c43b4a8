"""Bounds on a running count from claims about it: difference constraints and shortest paths.

C(m) is the number of units moved up to moment m; it never falls. A constraint says low <= C(end) - C(start) <= high.
As edges: start to end of length high, end to start of length -low, and b to a of length 0 wherever a is surely not
after b. Then high(m) = d(S, m), low(m) = -d(m, S), and a negative cycle is a contradiction (Dechter, Meiri, Pearl
1991). The path that gives a bound is kept: it is the reader's hand check.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import NamedTuple

from beleg.ledger.days import Moment
from beleg.ledger.values import BoundAt, Step

ORDER = -1  # an edge that only says "not after"


class Constraint(NamedTuple):
    """low <= C(end) - C(start) <= high; start and end are indices of moments, 0 is S; high may be ``inf``."""

    name: str
    start: int
    end: int
    low: float
    high: float


class Edge(NamedTuple):
    """C(target) - C(source) <= length."""

    source: int
    target: int
    length: float
    constraint: int  # index, or ORDER
    sign: int  # +1 adds a high, -1 takes off a low


def order_edges(moments: Sequence[Moment], unbounded_start: bool = False) -> list[Edge]:
    """Return an edge for every sure order of two moments, without those that follow from others.

    Args:
        moments: The matter's moments; index 0 is S. No single day stands there twice (a day is one moment).
        unbounded_start: S is before every other moment whatever its days say (no start is stated).
    """
    edges = [Edge(i, 0, 0.0, ORDER, 0) for i in range(1, len(moments))] if unbounded_start else []
    sure = [i for i, m in enumerate(moments) if m.known and not (unbounded_start and i == 0)]
    half = [i for i, m in enumerate(moments) if not m.known and not (unbounded_start and i == 0)]
    for b in sure + half:
        before = [a for a in sure + half if a != b and moments[a].last <= moments[b].first]
        # a is implied where some c lies surely between: last(a) <= first(c); the two latest starts decide.
        starts = sorted(((moments[a].first, a) for a in before), reverse=True)[:2]
        for a in before:
            between = next((first for first, c in starts if c != a), None)
            if between is not None and moments[a].last <= between:
                continue
            edges.append(Edge(b, a, 0.0, ORDER, 0))
    return edges


def edges_of(index: int, c: Constraint) -> list[Edge]:
    """Return the one or two edges of a constraint."""
    edges = [Edge(c.end, c.start, -c.low, index, -1)]
    if c.high < inf:
        edges.append(Edge(c.start, c.end, c.high, index, 1))
    return edges


def negative_cycle(n: int, edges: Sequence[Edge]) -> list[Edge] | None:
    """Return the edges of one negative cycle in path order, or None."""
    dist = [0.0] * n
    by: list[Edge | None] = [None] * n
    last = -1
    for _ in range(n):
        last = -1
        for e in edges:
            d = dist[e.source] + e.length
            if d < dist[e.target] - 1e-9:
                dist[e.target] = d
                by[e.target] = e
                last = e.target
        if last < 0:
            return None
    at = last
    for _ in range(n):
        edge = by[at]
        assert edge is not None
        at = edge.source
    cycle: list[Edge] = []
    node = at
    while True:
        edge = by[node]
        assert edge is not None
        cycle.append(edge)
        node = edge.source
        if node == at:
            break
    cycle.reverse()
    return cycle


def _shortest(n: int, edges: Sequence[Edge], backwards: bool) -> tuple[list[float], list[Edge | None]]:
    """Shortest distances from moment 0, or to it when ``backwards``; the edges must hold no negative cycle."""
    dist = [inf] * n
    by: list[Edge | None] = [None] * n
    dist[0] = 0.0
    for _ in range(n):
        changed = False
        for e in edges:
            here, there = (e.target, e.source) if backwards else (e.source, e.target)
            d = dist[here] + e.length
            if d < dist[there] - 1e-9:
                dist[there] = d
                by[there] = e
                changed = True
        if not changed:
            break
    return dist, by


class Bounds(NamedTuple):
    """What a coherent set of constraints implies for every moment, by index."""

    low: tuple[float, ...]  # -inf: open
    high: tuple[float, ...]  # inf: open
    low_by: tuple[Edge | None, ...]
    high_by: tuple[Edge | None, ...]


def solve(n: int, edges: Sequence[Edge]) -> Bounds:
    """Return the tightest bounds on C at all n moments. The edges must hold no negative cycle."""
    high, high_by = _shortest(n, edges, backwards=False)
    low, low_by = _shortest(n, edges, backwards=True)
    return Bounds(tuple(0.0 - d for d in low), tuple(high), tuple(low_by), tuple(high_by))


def bound_at(bounds: Bounds, at: int, names: Sequence[str], upper: bool) -> BoundAt:
    """Return one bound with its path; the largest term first, as one writes the sum by hand."""
    value = bounds.high[at] if upper else bounds.low[at]
    if abs(value) == inf:
        return BoundAt(None, ())
    steps = []
    node, by = at, bounds.high_by if upper else bounds.low_by
    while node != 0:
        edge = by[node]
        assert edge is not None
        if edge.constraint != ORDER:
            amount = abs(edge.length)
            # d(m, S) has the sign of -C(m): what an upper bound adds, a lower bound takes off.
            steps.append(Step(names[edge.constraint], edge.sign if upper else -edge.sign, amount))
        node = edge.source if upper else edge.target
    return BoundAt(value, tuple(sorted(steps, key=lambda s: -s.sign)))
