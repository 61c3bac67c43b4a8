"""Who stands behind a bound: which figures imply it alone, how many independent bodies, what is left without each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import inf

from beleg.ledger.bounds import Series
from beleg.ledger.days import Moment
from beleg.ledger.origins import independent_range
from beleg.ledger.tables import LedgerTables
from beleg.ledger.values import AsOf, BoundAt, Dependence, Figure, Support

NO_BOUND = Support(None, (), (), 0, 0, 0, (), (), 6, "no origin bounds it")
STANDING = {True: 1, False: 0}  # bodies in the tables stand above names that nobody has looked up


def rows_of(series: Series, edges: Sequence[Dependence], tables: LedgerTables) -> tuple[AsOf, ...]:
    """Return a row for every moment of the series but S, by day."""
    if not series.figures:
        return ()
    weigh = _Weigh(series, edges, tables)
    order = sorted(range(1, len(series.moments)), key=lambda i: (series.moments[i].last, series.moments[i].first, i))
    return tuple(weigh.row(at) for at in order)


class _Weigh:
    """Support for the bounds of one series; figures go by index, what is left without some is solved once and kept."""

    def __init__(self, series: Series, edges: Sequence[Dependence], tables: LedgerTables) -> None:
        self.series, self.edges, self.tables = series, edges, tables
        self.reach = series.network.reach
        self.of_body: dict[str, frozenset[int]] = {}
        self.of_speaker: dict[tuple[str, str], frozenset[int]] = {}
        for i, f in enumerate(series.figures):
            body, speaker = f.origin.body, (f.origin.body, f.origin.speaker)
            self.of_body[body] = self.of_body.get(body, frozenset()) | {i}
            self.of_speaker[speaker] = self.of_speaker.get(speaker, frozenset()) | {i}
        self.index = {name: i for i, name in enumerate(series.names)}
        self.disputed = frozenset(i for c in series.found.clashes for i in c.members)
        self._left: dict[frozenset[int], Series] = {}

    def row(self, at: int) -> AsOf:
        readings = self.series.reading_rows(at)
        low, high = self.series.hull(at)
        tightest = min((r.high.value for r in readings if r.high.value is not None), default=None)
        lows = [self._alone_low(i, at) for i in range(len(self.series.figures))]
        highs = [self._alone_high(i, at) for i in range(len(self.series.figures))]
        floor, ceiling = -inf if low is None else low, inf if tightest is None else tightest
        return AsOf(
            moment=self.series.moments[at],
            readings=readings,
            hull_low=low,
            hull_high=high,
            contested=len({(r.low.value, r.high.value) for r in readings}) > 1,
            low=self._support(
                at,
                low,
                alone=frozenset(i for i, v in enumerate(lows) if v >= floor > -inf),
                contrary=[i for i, v in enumerate(highs) if v < floor],
                path=self._indices(r.low for r in readings),
                upper=False,
            ),
            high=self._support(
                at,
                tightest,
                alone=frozenset(i for i, v in enumerate(highs) if v <= ceiling < inf),
                contrary=[i for i, v in enumerate(lows) if v > ceiling],
                path=self._indices(r.high for r in readings),
                upper=True,
            ),
        )

    def _indices(self, bounds: Iterable[BoundAt]) -> frozenset[int]:
        return frozenset(self.index[s.figure] for b in bounds for s in b.path)

    def _alone_low(self, i: int, at: int) -> float:
        """What one figure by itself says C(at) is at least."""
        c = self.series.network.constraints[i]
        return c.low if c.start == 0 and self.reach[at][c.end] else -inf

    def _alone_high(self, i: int, at: int) -> float:
        c = self.series.network.constraints[i]
        return c.high if c.start == 0 and self.reach[c.end][at] else inf

    def _support(
        self,
        at: int,
        value: float | None,
        alone: frozenset[int],
        contrary: Sequence[int],
        path: frozenset[int],
        upper: bool,
    ) -> Support:
        if value is None:
            return NO_BOUND
        members = alone
        for own in self.of_body.values():
            # A body may imply the bound only by several of its figures together: 22,000 - 6,500.
            if len(own) > 1 and not own & alone:
                left = self._without(self.series.keep - own)
                got = left.hull(at)[1 if upper else 0]
                if got is not None and (got <= value if upper else got >= value):
                    members |= self._indices((r.high if upper else r.low) for r in left.reading_rows(at))
        members = members or path
        figures = [self.series.figures[i] for i in sorted(members)]
        bodies = {f.origin.body for f in figures}
        when = days_by_body((f.origin.body, f.said) for f in figures) if self.edges else None
        n_min, n_max = independent_range(bodies, self.edges, self.tables.compilers, when)
        opposed = [self.series.figures[i] for i in contrary if i not in members]
        digit, why = self._digit(figures, opposed, n_min, upper)
        return Support(
            value=value,
            figures=tuple(f.id for f in figures),
            bodies=tuple(sorted(bodies)),
            n_min=n_min,
            n_max=n_max,
            camps=camps_of(bodies, self.tables),
            without=self._leave_one_out(at, members, path | self.disputed, upper),
            opposed_by=tuple(f.id for f in opposed),
            digit=digit,
            why=why,
        )

    def _leave_one_out(
        self, at: int, members: frozenset[int], used: frozenset[int], upper: bool
    ) -> tuple[tuple[str, float | None], ...]:
        """The bound that is left without each body, and without each speaker of a body with several."""
        side = 1 if upper else 0
        whole = self.series.hull(at)[side]
        out: list[tuple[str, float | None]] = []
        for body in sorted(self.of_body):
            own = self.of_body[body]
            out.append((body, self._without(own).hull(at)[side] if own & used else whole))
            mine = [(s, said) for (b, s), said in sorted(self.of_speaker.items()) if b == body]
            for speaker, said in mine if len(mine) > 1 else ():
                if said & members:
                    out.append((speaker, self._without(said).hull(at)[side]))
        return tuple(out)

    def _without(self, drop: frozenset[int]) -> Series:
        if drop not in self._left:
            self._left[drop] = self.series.without(drop)
        return self._left[drop]

    def _digit(self, figures: Sequence[Figure], contrary: Sequence[Figure], n_min: int, upper: bool) -> tuple[int, str]:
        """Propose the Admiralty digit of one bound, with its reason."""
        if not figures:
            return 6, "no origin bounds it"
        standing = max(STANDING[f.origin.listed] for f in figures)
        against = [f for f in contrary if STANDING[f.origin.listed] >= standing]
        if not against and not upper and all(f.implausible for f in figures):
            return 4, f"fails a plausibility check: {figures[0].implausible}"
        if not against:
            return digit_of([f.origin.access for f in figures], n_min, self.tables)
        when = days_by_body((f.origin.body, f.said) for f in against)
        opposed, _ = independent_range(set(when), self.edges, self.tables.compilers, when)
        ids = ", ".join(f.id for f in against)
        if opposed >= 2:
            return 5, f"contradicted by {opposed} independent origins: {ids}"
        return 4, f"live conflict with {ids}"


def digit_of(accesses: Iterable[str | None], n_min: int, tables: LedgerTables) -> tuple[int, str]:
    """Propose 1, 2 or 3 for what nothing contradicts, from the access lines stated and the independent origins."""
    rows = [tables.evidence[a] for a in accesses if a is not None and a in tables.evidence]
    seen = sorted({r.basis for r in rows if r.inspectable})
    access = sorted({r.access for r in rows})
    if n_min >= 2 and len(access) >= 2 and seen:
        return 1, f"{n_min} independent origins, differing access ({', '.join(access)}), inspectable evidence"
    if n_min >= 2:
        return 2, f"{n_min} independent origins"
    if seen:
        return 2, f"one origin with inspectable evidence ({', '.join(seen)})"
    return 3, "one origin, coherent"


def days_by_body(said: Iterable[tuple[str, Moment]]) -> Mapping[str, Moment]:
    """Return the stretch of days in which each body spoke, from (body, day) pairs."""
    out: dict[str, Moment] = {}
    for body, day in said:
        have = out.get(body, day)
        out[body] = Moment(min(have.first, day.first), max(have.last, day.last))
    return out


def camps_of(bodies: set[str], tables: LedgerTables) -> int:
    """Count camps; a body that is in no camp of the table stands alone."""
    return len({tables.camps[b].camp if b in tables.camps else b for b in bodies})
