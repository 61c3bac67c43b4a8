"""Which claims cannot all hold, and the largest sets of claims that can.

Minimal conflicts are found as negative cycles and made minimal by leaving out one claim after another; the maximal
coherent sets are the complements of the minimal sets that hit every conflict. Both lists are complete unless the
limit is reached, and then this is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from math import inf
from typing import NamedTuple

from beleg.ledger.interval import ORDER, Bounds, Constraint, Edge, edges_of, negative_cycle, solve

MAX_READINGS = 64  # more coherent readings than a person can weigh; the hull then rests on undisputed claims alone
MAX_CLASHES = 256  # of more, those with the widest gaps are listed


class Clash(NamedTuple):
    """A minimal set of constraints (by index) that cannot all hold, by how much, and the cycle that shows it."""

    members: frozenset[int]
    gap: float
    cycle: tuple[Edge, ...]


class Coherence(NamedTuple):
    """``without``: what each maximal coherent reading leaves out; ``capped``: there are more readings than can be
    listed, and ``without`` then holds one entry, everything that is disputed."""

    clashes: tuple[Clash, ...]
    without: tuple[frozenset[int], ...]
    capped: bool = False


COHERENT = Coherence((), (frozenset(),))


class Network:
    """Constraints between moments with the sure order of the moments, searched as often as needed."""

    def __init__(self, n: int, constraints: Sequence[Constraint], order: Sequence[Edge]) -> None:
        self.n = n
        self.constraints = tuple(constraints)
        self.order = tuple(order)
        self._edges = [edges_of(i, c) for i, c in enumerate(self.constraints)]

    def edges(self, use: Iterable[int]) -> list[Edge]:
        """Return the edges of some constraints, by index, with those of the order."""
        out = list(self.order)
        for i in sorted(use):
            out += self._edges[i]
        return out

    def solve(self, use: Iterable[int]) -> Bounds:
        """Return the bounds that a coherent set of constraints implies."""
        return solve(self.n, self.edges(use))

    @cached_property
    def reach(self) -> list[list[bool]]:
        """reach[b][a]: moment a is surely not after b."""
        after: list[list[int]] = [[] for _ in range(self.n)]
        for e in self.order:
            after[e.source].append(e.target)
        out = []
        for b in range(self.n):
            seen = [False] * self.n
            stack = [b]
            seen[b] = True
            while stack:
                for a in after[stack.pop()]:
                    if not seen[a]:
                        seen[a] = True
                        stack.append(a)
            out.append(seen)
        return out

    def coherence(self) -> Coherence:
        """Find all minimal conflicts and all maximal coherent readings."""
        everything = frozenset(range(len(self.constraints)))
        found = self._conflict_in(everything)
        if found is None:
            return COHERENT
        pairs = self._pairs()
        if len(pairs) > MAX_CLASHES:
            return self._crowded(pairs)
        conflicts = _minimal({found, *pairs})
        while True:
            hitting = _hitting_sets(conflicts)
            fresh = set()
            for out in hitting or ():
                more = self._conflict_in(everything - out)
                if more is not None:
                    fresh.add(more)
            if not fresh:
                break
            conflicts = _minimal(conflicts | fresh)
        clashes = []
        for members in sorted(conflicts, key=_by_size):
            cycle = pairs.get(members) or negative_cycle(self.n, self.edges(members))
            assert cycle is not None
            clashes.append(Clash(members, -sum(e.length for e in cycle), tuple(cycle)))
        return _readings(tuple(clashes), hitting)

    def _crowded(self, pairs: dict[frozenset[int], list[Edge]]) -> Coherence:
        """Too many contradictions to weigh: list the widest, and set aside whatever is disputed."""
        disputed = frozenset().union(*pairs)
        everything = frozenset(range(len(self.constraints)))
        while (more := self._conflict_in(everything - disputed)) is not None:
            disputed |= more
        gaps = {members: -sum(e.length for e in cycle) for members, cycle in pairs.items()}
        widest = sorted(pairs, key=lambda m: (-gaps[m], _by_size(m)))[:MAX_CLASHES]
        clashes = (Clash(m, gaps[m], tuple(pairs[m])) for m in sorted(widest, key=_by_size))
        return Coherence(tuple(clashes), (disputed,), capped=True)

    def _conflict_in(self, use: frozenset[int]) -> frozenset[int] | None:
        cycle = negative_cycle(self.n, self.edges(use))
        if cycle is None:
            return None
        members = {e.constraint for e in cycle if e.constraint != ORDER}
        for one in sorted(members):
            smaller = negative_cycle(self.n, self.edges(members - {one}))
            if smaller is not None:
                members = {e.constraint for e in smaller if e.constraint != ORDER} & members
        return frozenset(members)

    def _pairs(self) -> dict[frozenset[int], list[Edge]]:
        """All conflicts of two, with the worse cycle of each: a period inside another holds more than that may."""
        out: dict[frozenset[int], list[Edge]] = {}
        capped = [(j, b) for j, b in enumerate(self.constraints) if b.high < inf]
        for i, a in enumerate(self.constraints):
            for j, b in capped:
                if i == j or a.low <= b.high or not (self.reach[a.start][b.start] and self.reach[b.end][a.end]):
                    continue
                have = out.get(frozenset((i, j)))
                if have is None or a.low - b.high > -sum(e.length for e in have):
                    out[frozenset((i, j))] = [
                        Edge(a.end, a.start, -a.low, i, -1),
                        Edge(b.start, b.end, b.high, j, 1),
                    ]
        return out


def part_of(whole: Coherence, keep: frozenset[int]) -> Coherence:
    """Return the coherence of some of the constraints: a minimal conflict among them is one among all."""
    if not whole.clashes:
        return COHERENT
    if whole.capped:
        left = tuple(c for c in whole.clashes if c.members <= keep)
        return Coherence(left, tuple(out & keep for out in whole.without), capped=True)
    clashes = tuple(c for c in whole.clashes if c.members <= keep)
    return _readings(clashes, _hitting_sets({c.members for c in clashes})) if clashes else COHERENT


def _readings(clashes: tuple[Clash, ...], hitting: list[frozenset[int]] | None) -> Coherence:
    if hitting is None:
        return Coherence(clashes, (frozenset().union(*(c.members for c in clashes)),), capped=True)
    return Coherence(clashes, tuple(sorted(hitting, key=_by_size)))


def _by_size(members: frozenset[int]) -> tuple[int, list[int]]:
    return len(members), sorted(members)


def _minimal(sets: set[frozenset[int]]) -> set[frozenset[int]]:
    return {s for s in sets if not any(o < s for o in sets)}


def _hitting_sets(conflicts: set[frozenset[int]]) -> list[frozenset[int]] | None:
    """All minimal sets that meet every conflict (Berge's algorithm); None where there are too many."""
    found: set[frozenset[int]] = {frozenset()}
    for conflict in sorted(conflicts, key=_by_size):
        hit = {s for s in found if s & conflict}
        grown = {s | {x} for s in found - hit for x in conflict}
        found = hit | _minimal({g for g in grown if not any(h <= g for h in hit)})
        if len(found) > MAX_READINGS:
            return None
    return list(found)
