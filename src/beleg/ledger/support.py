"""Who stands behind a bound: which figures imply it alone, how many independent bodies, what is left without each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import inf

from beleg.ledger.bounds import Series
from beleg.ledger.coherence import sure_order
from beleg.ledger.origins import independent_range
from beleg.ledger.tables import LedgerTables
from beleg.ledger.values import AsOf, Dependence, Figure, Moment, Support

STANDING = {True: 1, False: 0}  # bodies in the tables stand above names that nobody has looked up


def rows_of(series: Series, edges: Sequence[Dependence], tables: LedgerTables) -> tuple[AsOf, ...]:
    """Return a row for every moment of the series but S, by day."""
    if not series.constraints:
        return ()
    weigh = _Weigh(series, edges, tables)
    order = sorted(range(1, len(series.moments)), key=lambda i: (series.moments[i].last, series.moments[i].first, i))
    rows = []
    for at in order:
        readings = series.reading_rows(at)
        low, high = series.hull(at)
        values = {(r.low.value, r.high.value) for r in readings}
        tightest = min((r.high.value for r in readings if r.high.value is not None), default=None)
        rows.append(
            AsOf(
                moment=series.moments[at],
                readings=readings,
                hull_low=low,
                hull_high=high,
                contested=len(values) > 1,
                low=weigh.low(at, low),
                high=weigh.high(at, tightest),
            )
        )
    return tuple(rows)


class _Weigh:
    """Support for the bounds of one series; what is left without a body is solved once and kept."""

    def __init__(self, series: Series, edges: Sequence[Dependence], tables: LedgerTables) -> None:
        self.series, self.edges, self.tables = series, edges, tables
        self.reach = _reach(series)
        self.bodies = sorted({f.origin.body for f in series.figures})
        self.speakers = sorted({(f.origin.body, f.origin.speaker) for f in series.figures})
        self._left: dict[frozenset[str], Series] = {}

    def low(self, at: int, value: float | None) -> Support:
        alone = [f for i, f in enumerate(self.series.figures) if self._alone_low(i, at) >= _lower(value) > -inf]
        contrary = [f for i, f in enumerate(self.series.figures) if self._alone_high(i, at) < _lower(value)]
        return self._support(at, value, alone, contrary, upper=False)

    def high(self, at: int, value: float | None) -> Support:
        alone = [f for i, f in enumerate(self.series.figures) if self._alone_high(i, at) <= _upper(value) < inf]
        contrary = [f for i, f in enumerate(self.series.figures) if self._alone_low(i, at) > _upper(value)]
        return self._support(at, value, alone, contrary, upper=True)

    def _alone_low(self, i: int, at: int) -> float:
        """What one figure by itself says C(at) is at least."""
        c = self.series.constraints[i]
        return c.low if c.start == 0 and self.reach[at][c.end] else -inf

    def _alone_high(self, i: int, at: int) -> float:
        c = self.series.constraints[i]
        return c.high if c.start == 0 and self.reach[c.end][at] else inf

    def _support(
        self, at: int, value: float | None, alone: Sequence[Figure], contrary: Sequence[Figure], upper: bool
    ) -> Support:
        names = {f.id for f in alone}
        bodies = {f.origin.body for f in alone}
        if value is not None:
            # A body may imply the bound only by several of its figures together: 22,000 - 6,500.
            for body in self.bodies:
                own = [f for f in self.series.figures if f.origin.body == body]
                if body not in bodies and len(own) > 1:
                    left = self._without({f.id for f in self.series.figures} - {f.id for f in own})
                    got = left.hull(at)[1 if upper else 0]
                    if got is not None and (got <= value if upper else got >= value):
                        bodies.add(body)
                        for r in left.reading_rows(at):
                            names.update((r.high if upper else r.low).claims)
        figures = [f for f in self.series.figures if f.id in names]
        if value is not None and not figures:
            path = {s for r in self.series.reading_rows(at) for s in (r.high if upper else r.low).claims}
            figures = [f for f in self.series.figures if f.id in path]
            bodies = {f.origin.body for f in figures}
        when = days_by_body((f.origin.body, f.said) for f in figures)
        n_min, n_max = independent_range(bodies, self.edges, self.tables.compilers, when)
        contrary = [f for f in contrary if f not in figures]
        digit, why = self._digit(value, figures, contrary, n_min, n_max)
        return Support(
            value=value,
            figures=tuple(f.id for f in figures),
            bodies=tuple(sorted(bodies)),
            n_min=n_min,
            n_max=n_max,
            camps=camps_of(bodies, self.tables),
            without=self._leave_one_out(at, figures, upper) if value is not None else (),
            opposed_by=tuple(f.id for f in contrary),
            digit=digit,
            why=why,
        )

    def _leave_one_out(self, at: int, figures: Sequence[Figure], upper: bool) -> tuple[tuple[str, float | None], ...]:
        """The bound that is left without each body, and without each speaker of a body with several."""
        side = 1 if upper else 0
        whole = self.series.hull(at)[side]
        used = {s for r in self.series.reading_rows(at) for s in (r.high if upper else r.low).claims}
        used |= {f for c in self.series.found.conflicts for f in (self.series.names[i] for i in c[0])}
        out: list[tuple[str, float | None]] = []
        for body in self.bodies:
            own = {f.id for f in self.series.figures if f.origin.body == body}
            out.append((body, self._without(own).hull(at)[side] if own & used else whole))
            mine = [s for b, s in self.speakers if b == body]
            for speaker in mine if len(mine) > 1 else ():
                said = {f.id for f in self.series.figures if (f.origin.body, f.origin.speaker) == (body, speaker)}
                if said & {f.id for f in figures}:
                    out.append((speaker, self._without(said).hull(at)[side]))
        return tuple(out)

    def _without(self, ids: set[str]) -> Series:
        name = frozenset(ids)
        if name not in self._left:
            self._left[name] = self.series.without(name)
        return self._left[name]

    def _digit(
        self, value: float | None, figures: Sequence[Figure], contrary: Sequence[Figure], n_min: int, n_max: int
    ) -> tuple[int, str]:
        """Propose the Admiralty digit of one bound, with its reason."""
        if value is None or not figures:
            return 6, "no origin bounds it"
        standing = max(STANDING[f.origin.listed] for f in figures)
        against = [f for f in contrary if STANDING[f.origin.listed] >= standing]
        if against:
            opposed, _ = independent_range(
                {f.origin.body for f in against},
                self.edges,
                self.tables.compilers,
                days_by_body((f.origin.body, f.said) for f in against),
            )
            ids = ", ".join(f.id for f in against)
            if opposed >= 2:
                return 5, f"contradicted by {opposed} independent origins: {ids}"
            return 4, f"live conflict with {ids}"
        return digit_of([f.origin.access for f in figures], n_min, self.tables)


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


def _lower(value: float | None) -> float:
    return -inf if value is None else value


def _upper(value: float | None) -> float:
    return inf if value is None else value


def _reach(series: Series) -> list[list[bool]]:
    """reach[b][a]: moment a is surely not after b."""
    return sure_order(len(series.moments), series.order)
