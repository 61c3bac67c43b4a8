"""Flows between states and places on a map, as SVG text; shapes come with Beleg, nothing is loaded from elsewhere.

The projection is Equal Earth (Šavrič, Patterson, Jenny 2018): areas are true to one another. The drawing is cut to what
it shows. An arrow leads from the centre of one state to that of the other; it is no route.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from beleg.views import svg
from beleg.views.shapes import Point, outlines, points

WIDE, TALLEST = 960, 560
MARGIN = 0.18  # of what is shown, around it
LEAST = 1.1  # units of the projection that are shown at least: about a fifth of the world's width
THICKEST = 9.0
SEEN = 0.5  # pixels: what lies nearer together is one point
LAND, SIDE, BORDER, SEA = "#e9e6df", "#cdd9c3", "#b5afa2", "#f4f8fb"


class Flow(NamedTuple):
    """What is said to go from one state to another."""

    supplier: str  # ISO 3166-1 alpha-2
    recipient: str
    matters: int
    documents: int  # counted once a matter
    contested: int  # matters


class Spot(NamedTuple):
    """A place that claims name."""

    name: str
    longitude: float
    latitude: float
    claims: int


class Words(NamedTuple):
    """What the drawing says, in the reader's language."""

    title: str
    description: str
    matters: str  # after a number
    claims: str
    say: Callable[[str], str] = str  # a state's name in the reader's language, by its code


def flow_map(flows: Sequence[Flow], spots: Sequence[Spot], words: Words, address: Callable[[Flow], str]) -> str:
    """Draw flows and places. A flow whose ends are not both on the map is left out; the table has it.

    Args:
        address: Where a click on a flow leads.
    """
    where = points()
    shown = [f for f in flows if f.supplier in where and f.recipient in where and f.supplier != f.recipient]
    states = list(dict.fromkeys(code for f in shown for code in (f.supplier, f.recipient)))
    view = _View.around([*(where[c] for c in states), *((s.longitude, s.latitude) for s in spots)])
    most = max((f.documents for f in shown), default=1)
    busiest = max((s.claims for s in spots), default=1)
    parts = [
        f'<rect width="{WIDE}" height="{view.height}" fill="{SEA}"/>',
        *_land(view, set(states)),
        *(_arrow(view, f, most, words, address) for f in sorted(shown, key=lambda f: (f.documents, f))),
        *(line for s in spots for line in _spot(view, s, busiest, words)),
        *_labels(view, states, words),
    ]
    return svg.document(WIDE, view.height, words.title, words.description, parts, links=True)


class _View(NamedTuple):
    """Maps degrees to places in the drawing."""

    left: float
    top: float
    scale: float
    height: int

    @classmethod
    def around(cls, shown: Sequence[Point]) -> _View:
        """Cut the world to what is shown, with a margin; all of it where nothing is."""
        flat = [project(p) for p in shown] or [project(p) for p in ((-170, 0), (190, 0), (0, -56), (0, 78))]
        x0, x1 = min(x for x, _ in flat), max(x for x, _ in flat)
        y0, y1 = min(y for _, y in flat), max(y for _, y in flat)
        wide, tall = max(x1 - x0, LEAST), max(y1 - y0, LEAST * 0.4)
        wide, tall = wide * (1 + 2 * MARGIN), tall * (1 + 2 * MARGIN)
        wide = max(wide, tall * WIDE / TALLEST)
        height = min(TALLEST, max(300, tall / wide * WIDE))
        tall = height / WIDE * wide
        return cls((x0 + x1 - wide) / 2, (y0 + y1 + tall) / 2, WIDE / wide, math.ceil(height))

    def at(self, p: Point) -> Point:
        x, y = project(p)
        return (x - self.left) * self.scale, (self.top - y) * self.scale


@cache
def project(p: Point) -> Point:
    """Return the place of degrees east and north on the plane (Equal Earth)."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(p[1])))
    t2, t6 = t * t, t**6
    x = 2 * math.sqrt(3) * math.radians(p[0]) * math.cos(t) / (3 * (9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1))
    return x, t * (a4 * t6 * t2 + a3 * t6 + a2 * t2 + a1)


def _land(view: _View, sides: set[str]) -> Iterable[str]:
    for code, ways in _ways(view):
        fill = SIDE if code in sides else LAND
        yield f'<path d="{ways}" fill="{fill}" stroke="{BORDER}" stroke-width="0.6"/>'


@lru_cache(64)
def _ways(view: _View) -> tuple[tuple[str, str], ...]:
    """Return the outlines of the states that are seen, as ways in the drawing."""
    right, bottom = view.left + WIDE / view.scale, view.top - view.height / view.scale
    out = []
    for code, rings in _flat_outlines():
        seen = [
            r.ring
            for r in rings
            if r.right >= view.left and r.left <= right and r.top >= bottom and r.bottom <= view.top
        ]
        if seen:
            out.append((code, "".join(_way(view, ring) for ring in seen)))
    return tuple(out)


def _way(view: _View, ring: Sequence[Point]) -> str:
    """Return a closed way; points that would lie on the one before are left out."""
    told, x0, y0 = [], math.inf, math.inf
    for px, py in ring:
        x, y = (px - view.left) * view.scale, (view.top - py) * view.scale
        if abs(x - x0) + abs(y - y0) >= SEEN:
            told.append(f"{x:.1f} {y:.1f}")
            x0, y0 = x, y
    return f"M{'L'.join(told)}Z"


class _Ring(NamedTuple):
    """An outline on the plane and the box that it fills."""

    ring: tuple[Point, ...]
    left: float
    right: float
    bottom: float
    top: float


@cache
def _flat_outlines() -> tuple[tuple[str, tuple[_Ring, ...]], ...]:
    return tuple((code, tuple(map(_flat, rings))) for code, rings in outlines())


def _flat(ring: Sequence[Point]) -> _Ring:
    flat = tuple(map(project, ring))
    xs, ys = [x for x, _ in flat], [y for _, y in flat]
    return _Ring(flat, min(xs), max(xs), min(ys), max(ys))


def _arrow(view: _View, f: Flow, most: int, words: Words, address: Callable[[Flow], str]) -> str:
    """A bow that leaves to its left, so that two ways between the same states lie apart, with a head at its end."""
    where = points()
    (x1, y1), (x2, y2) = view.at(where[f.supplier]), view.at(where[f.recipient])
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    bend = min(0.22 * length, 90)
    mx, my = (x1 + x2) / 2 + (y2 - y1) / length * bend, (y1 + y2) / 2 - (x2 - x1) / length * bend
    wide = max(1.5, THICKEST * math.sqrt(f.documents / most))
    colour = svg.PALETTE[1] if f.contested else svg.PALETTE[0]
    ux, uy = x2 - mx, y2 - my
    end = math.hypot(ux, uy) or 1.0
    ux, uy, head = ux / end, uy / end, 5 + 1.5 * wide
    bx, by = x2 - ux * head, y2 - uy * head
    side = head * 0.45
    tip = [(x2, y2), (bx - uy * side, by + ux * side), (bx + uy * side, by - ux * side)]
    sides = f"{words.say(f.supplier)} → {words.say(f.recipient)}"
    said = f"{sides}: {f.matters} {words.matters}"
    way = f"M{svg.n(x1)} {svg.n(y1)}Q{svg.n(mx)} {svg.n(my)} {svg.n(bx)} {svg.n(by)}"
    return (
        f'<a href="{svg.attribute(address(f))}" aria-label="{svg.attribute(said)}"><title>{svg.escape(said)}</title>'
        f'<path d="{way}" fill="none" stroke="{colour}" stroke-opacity="0.75" stroke-width="{svg.n(wide)}"/>'
        f"{svg.path(tip, colour, 'none')}</a>"
    )


def _spot(view: _View, s: Spot, busiest: int, words: Words) -> Iterable[str]:
    x, y = view.at((s.longitude, s.latitude))
    r = svg.n(3 + 5 * math.sqrt(s.claims / busiest))
    said = f"{s.name}: {s.claims} {words.claims}"
    circle = f'<circle cx="{svg.n(x)}" cy="{svg.n(y)}" r="{r}" fill="{svg.PALETTE[2]}" fill-opacity="0.7"/>'
    yield f"<g><title>{svg.escape(said)}</title>{circle}</g>"


def _labels(view: _View, states: Sequence[str], words: Words) -> Iterable[str]:
    """Names below their points, or where others already stand there, above or further off; twice, once broad and white,
    so that they can be read over lines."""
    taken: list[tuple[float, float, float]] = []
    for code in sorted(states, key=lambda c: (points()[c][1], c)):  # from the south, so that the northern name is above
        x, y = view.at(points()[code])
        name = words.say(code)
        half = 3.6 * len(name)
        for off in (16.0, -9.0, 31.0, -24.0):
            if not any(abs(x - x2) < half + half2 and abs(y + off - y2) < 14 for x2, y2, half2 in taken):
                break
        taken.append((x, y + off, half))
        place = f'x="{svg.n(x)}" y="{svg.n(y + off)}" text-anchor="middle" font-family="{svg.FONT}" font-size="12"'
        halo = 'stroke="#ffffff" stroke-width="3" stroke-linejoin="round" fill="#ffffff" aria-hidden="true"'
        yield f"<text {place} {halo}>{svg.escape(name)}</text>"
        yield f'<text {place} fill="{svg.INK}">{svg.escape(name)}</text>'
