"""The rows of a matter: what its figures say about the count at each moment, and who stands behind each bound."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from math import inf

from beleg.ledger.coherence import Coherence, Network, part_of
from beleg.ledger.days import PAST, Moment
from beleg.ledger.interval import Bounds, Constraint, Edge, bound_at, order_edges
from beleg.ledger.values import Conflict, Figure, Reading, Step


class Series:
    """The active figures of a matter as a network of constraints, or a part of them.

    A figure's index is that of its constraint in ``network``, also in a part; ``moments[0]`` is S.
    """

    def __init__(
        self,
        figures: Sequence[Figure],
        moments: Sequence[Moment],
        network: Network,
        keep: frozenset[int] | None = None,
        found: Coherence | None = None,
    ) -> None:
        self.figures = tuple(figures)
        self.moments = moments
        self.network = network
        self.keep = frozenset(range(len(self.figures))) if keep is None else keep
        self.found = found or network.coherence()
        self.names = [f.id for f in self.figures]

    @cached_property
    def readings(self) -> list[tuple[frozenset[int], Bounds]]:
        """What each coherent reading leaves out, with its bounds; where they are too many, what nobody disputes."""
        return [(out, self.network.solve(self.keep - out)) for out in self.found.without]

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return the minimal conflicts; of each the figure that claims more comes first."""
        out = []
        for members, gap, cycle in self.found.clashes:
            steps = tuple(Step(self.names[e.constraint], e.sign, abs(e.length)) for e in cycle if e.constraint >= 0)
            own = len({self.figures[i].origin.body for i in members}) == 1
            ids = tuple(dict.fromkeys(s.figure for s in sorted(steps, key=lambda s: s.sign)))
            out.append(Conflict(ids, gap, steps, "self-conflict" if own else "rivals"))
        return tuple(out)

    def without(self, drop: frozenset[int]) -> Series:
        """Return the series that is left when some figures are taken away."""
        keep = self.keep - drop
        return Series(self.figures, self.moments, self.network, keep, part_of(self.found, keep))

    def recapped(self, limits: Sequence[tuple[float, float]]) -> Series:
        """Return the series with other bounds of the same figures, in their order."""
        constraints = [
            Constraint(c.name, c.start, c.end, low, high)
            for c, (low, high) in zip(self.network.constraints, limits, strict=True)
        ]
        return Series(self.figures, self.moments, Network(self.network.n, constraints, self.network.order))

    def hull(self, at: int) -> tuple[float | None, float | None]:
        """Return the bounds at a moment, by index, that hold under every coherent reading."""
        low = min(b.low[at] for _, b in self.readings)
        high = max(b.high[at] for _, b in self.readings)
        return (None if low == -inf else low), (None if high == inf else high)

    def reading_rows(self, at: int) -> tuple[Reading, ...]:
        """Return each coherent reading's bounds at a moment, with their paths."""
        return tuple(
            Reading(
                tuple(self.names[i] for i in sorted(out)),
                bound_at(b, at, self.names, upper=False),
                bound_at(b, at, self.names, upper=True),
            )
            for out, b in self.readings
        )


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
    return Series(use, places.moments, Network(len(places.moments), constraints, order))


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
