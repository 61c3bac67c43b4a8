"""Which claims cannot all hold, and the largest sets of claims that can.

Minimal conflicts are found as negative cycles and made minimal by leaving out one claim after another; the maximal
coherent sets are the complements of the minimal sets that hit every conflict. Both lists are complete unless the
limit is reached, and then this is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import inf
from typing import NamedTuple

from beleg.ledger.interval import ORDER, Constraint, Edge, edges_of, negative_cycle

MAX_READINGS = 64  # more coherent readings than a person can weigh; the hull then rests on undisputed claims alone


class Coherence(NamedTuple):
    """``conflicts``: minimal sets of constraint indices with the cycle that shows each; ``without``: what each
    maximal coherent reading leaves out; ``capped``: there are more readings than listed (then ``without`` is empty)."""

    conflicts: tuple[tuple[frozenset[int], float, tuple[Edge, ...]], ...]
    without: tuple[frozenset[int], ...]
    capped: bool = False


def coherence(n: int, constraints: Sequence[Constraint], order: Sequence[Edge]) -> Coherence:
    """Find all minimal conflicts and all maximal coherent readings among the constraints.

    Args:
        n: Number of moments.
        constraints: What the claims say.
        order: Edges of sure order (``interval.order_edges``).
    """
    everything = frozenset(range(len(constraints)))
    found = _conflict_in(n, constraints, order, everything)
    if found is None:
        return Coherence((), (frozenset(),))
    conflicts = {found, *_pairs(n, constraints, order)}
    conflicts = _minimal(conflicts)
    while True:
        hitting = _hitting_sets(conflicts)
        if hitting is None:
            return Coherence(_with_cycles(n, constraints, order, conflicts), (), capped=True)
        fresh = {more for out in hitting if (more := _conflict_in(n, constraints, order, everything - out)) is not None}
        if not fresh:
            without = tuple(sorted(hitting, key=lambda s: (len(s), sorted(s))))
            return Coherence(_with_cycles(n, constraints, order, conflicts), without)
        conflicts = _minimal(conflicts | fresh)


def _edges(constraints: Sequence[Constraint], order: Sequence[Edge], use: frozenset[int]) -> list[Edge]:
    return [*order, *edges_of(constraints, use)]


def _conflict_in(
    n: int, constraints: Sequence[Constraint], order: Sequence[Edge], use: frozenset[int]
) -> frozenset[int] | None:
    cycle = negative_cycle(n, _edges(constraints, order, use))
    if cycle is None:
        return None
    members = {e.constraint for e in cycle if e.constraint != ORDER}
    for one in sorted(members):
        smaller = negative_cycle(n, _edges(constraints, order, frozenset(members - {one})))
        if smaller is not None:
            members = {e.constraint for e in smaller if e.constraint != ORDER} & members
    return frozenset(members)


def _pairs(n: int, constraints: Sequence[Constraint], order: Sequence[Edge]) -> set[frozenset[int]]:
    """All conflicts of two: a period surely inside another holds more than the other may."""
    reach = sure_order(n, order)
    out = set()
    for i, a in enumerate(constraints):
        for j, b in enumerate(constraints):
            if i != j and a.low > b.high and reach[a.start][b.start] and reach[b.end][a.end]:
                out.add(frozenset((i, j)))
    return out


def sure_order(n: int, order: Sequence[Edge]) -> list[list[bool]]:
    """reach[b][a]: moment a is surely not after b."""
    after: list[list[int]] = [[] for _ in range(n)]
    for e in order:
        after[e.source].append(e.target)
    reach = []
    for b in range(n):
        seen = [False] * n
        stack = [b]
        seen[b] = True
        while stack:
            for a in after[stack.pop()]:
                if not seen[a]:
                    seen[a] = True
                    stack.append(a)
        reach.append(seen)
    return reach


def _minimal(sets: set[frozenset[int]]) -> set[frozenset[int]]:
    return {s for s in sets if not any(o < s for o in sets)}


def _hitting_sets(conflicts: set[frozenset[int]]) -> list[frozenset[int]] | None:
    """All minimal sets that meet every conflict (Berge's algorithm); None where there are too many."""
    found: set[frozenset[int]] = {frozenset()}
    for conflict in sorted(conflicts, key=lambda s: (len(s), sorted(s))):
        hit = {s for s in found if s & conflict}
        grown = {s | {x} for s in found - hit for x in conflict}
        found = hit | {g for g in grown if not any(h <= g for h in hit)}
        found = {s for s in found if not any(o < s for o in found)}
        if len(found) > MAX_READINGS:
            return None
    return list(found)


def _with_cycles(
    n: int, constraints: Sequence[Constraint], order: Sequence[Edge], conflicts: set[frozenset[int]]
) -> tuple[tuple[frozenset[int], float, tuple[Edge, ...]], ...]:
    out = []
    for members in sorted(conflicts, key=lambda s: (len(s), sorted(s))):
        cycle = _worst_pair(n, constraints, order, members) or negative_cycle(n, _edges(constraints, order, members))
        assert cycle is not None
        out.append((members, -sum(e.length for e in cycle), tuple(cycle)))
    return tuple(out)


def _worst_pair(
    n: int, constraints: Sequence[Constraint], order: Sequence[Edge], members: frozenset[int]
) -> list[Edge] | None:
    """Of a conflict of two, the contradiction by the larger amount, whichever way round."""
    if len(members) != 2:
        return None
    reach = sure_order(n, order)
    best: tuple[float, list[Edge]] | None = None
    for i, j in (*combinations(sorted(members), 2), *combinations(sorted(members, reverse=True), 2)):
        a, b = constraints[i], constraints[j]
        if a.low > b.high < inf and reach[a.start][b.start] and reach[b.end][a.end]:
            cycle = [Edge(a.end, a.start, -a.low, i, -1), Edge(b.start, b.end, b.high, j, 1)]
            if best is None or a.low - b.high > best[0]:
                best = (a.low - b.high, cycle)
    return best[1] if best else None
