"""The rows of a matter: what its figures say about the count at each moment, and who stands behind each bound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

from beleg.ledger.coherence import Coherence, coherence
from beleg.ledger.interval import Bounds, Constraint, Edge, bound_at, edges_of, order_edges, solve
from beleg.ledger.values import PAST, BoundAt, Conflict, Figure, Moment, Reading, Step


@dataclass
class Series:
    """The active figures of a matter as a network of constraints, solved once.

    ``at`` gives the index of a figure's end; ``moments[0]`` is S.
    """

    figures: tuple[Figure, ...]
    start: Moment | None
    moments: list[Moment]
    constraints: list[Constraint]
    order: list[Edge]
    found: Coherence

    @cached_property
    def names(self) -> list[str]:
        return [c.name for c in self.constraints]

    @cached_property
    def readings(self) -> list[tuple[frozenset[int], Bounds]]:
        """What each coherent reading leaves out, with its bounds; where they are too many, what nobody disputes."""
        everything = set(range(len(self.constraints)))
        left_out = self.found.without or (frozenset(i for c in self.found.conflicts for i in c[0]),)
        return [(out, self.solve(everything - out)) for out in left_out]

    def solve(self, use: set[int]) -> Bounds:
        return solve(len(self.moments), [*self.order, *edges_of(self.constraints, use)])

    def conflicts(self) -> tuple[Conflict, ...]:
        out = []
        for members, gap, cycle in self.found.conflicts:
            figures = [self.figures[i] for i in sorted(members)]
            steps = tuple(Step(self.names[e.constraint], e.sign, abs(e.length)) for e in cycle if e.constraint >= 0)
            own = len({f.origin.body for f in figures}) == 1
            ids = tuple(s.figure for s in sorted(steps, key=lambda s: s.sign))
            out.append(Conflict(ids, gap, steps, "self-conflict" if own else "rivals"))
        return tuple(out)

    def without(self, drop: frozenset[str]) -> Series:
        """Return the series that is left when some figures are taken away."""
        keep = [i for i, f in enumerate(self.figures) if f.id not in drop]
        constraints = [self.constraints[i] for i in keep]
        found = coherence(len(self.moments), constraints, self.order)
        figures = tuple(self.figures[i] for i in keep)
        return Series(figures, self.start, self.moments, constraints, self.order, found)

    def hull(self, at: int) -> tuple[float | None, float | None]:
        low = min(b.low[at] for _, b in self.readings)
        high = max(b.high[at] for _, b in self.readings)
        return (None if low == -inf else low), (None if high == inf else high)

    def reading_rows(self, at: int) -> tuple[Reading, ...]:
        return tuple(
            Reading(tuple(self.names[i] for i in sorted(out)), self._bound(b, at, False), self._bound(b, at, True))
            for out, b in self.readings
        )

    def _bound(self, b: Bounds, at: int, upper: bool) -> BoundAt:
        return bound_at(b, at, self.names, upper)


def series_of(figures: Sequence[Figure], start: Moment | None) -> Series:
    """Build and solve the network of the active figures.

    Args:
        figures: Of one matter; inactive ones are left out.
        start: S, None where no start is stated (it then lies before everything).
    """
    use = sorted((f for f in figures if f.active), key=lambda f: (f.end, f.said, f.id))
    places = Places(start)
    constraints = []
    for f in use:
        one = 0 if f.start is None else places.of(f.start, f, "start")
        other = places.of(f.end, f, "end")
        constraints.append(Constraint(f.id, one, other, f.low, inf if f.high is None else f.high))
    order = order_edges(places.moments, unbounded_start=start is None)
    order += _windows_before_their_end(constraints, places.moments)
    found = coherence(len(places.moments), constraints, order)
    return Series(tuple(use), start, places.moments, constraints, order, found)


def _windows_before_their_end(constraints: Sequence[Constraint], moments: Sequence[Moment]) -> list[Edge]:
    """A period begins before it ends, also where its days are not known."""
    return [
        Edge(c.end, c.start, 0.0, -1, 0)
        for c in constraints
        if c.start and moments[c.start].last > moments[c.end].first
    ]


class Places:
    """Moments by index: a single day is one moment, a stretch is one for each utterance that names it."""

    def __init__(self, start: Moment | None) -> None:
        self.moments: list[Moment] = [start or Moment(PAST, PAST)]
        self._at: dict[tuple[object, ...], int] = {}
        if start is not None and start.first == start.last:
            self._at[(start,)] = 0

    def of(self, moment: Moment, figure: Figure, role: str) -> int:
        if moment.first == moment.last:
            name: tuple[object, ...] = (moment,)
        else:
            name = (moment, figure.origin.body, figure.origin.speaker, figure.documents[0], role)
        if name not in self._at:
            self._at[name] = len(self.moments)
            self.moments.append(moment)
        return self._at[name]
