"""Who said something when, as SVG text: a lane for each speaker, a dot for each day or month.

A dot is as large as the number of figures given then; a cross stands for denials. Nothing is averaged.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from beleg.views import svg
from beleg.views.figures import months_between

LANE, TOP, WIDE, LEFT, RIGHT, FOOT = 28, 20, 960, 250, 26, 34
LONGEST = 34  # letters of a name beside its lane


class Cell(NamedTuple):
    """What one speaker said in one stretch of days."""

    speaker: str
    day: str  # YYYY-MM-DD, or YYYY-MM where months are shown
    kind: str  # figure, denial
    number: int


class Words(NamedTuple):
    """What the drawing says, in the reader's language."""

    title: str
    description: str
    unnamed: str
    figures: str  # after a number
    denials: str
    say: Callable[[str], str] = str  # a speaker's name in the reader's language


def timeline_chart(
    cells: Sequence[Cell], lanes: Sequence[str], words: Words, address: Callable[[str, str], str]
) -> str:
    """Draw what was said, a lane for each of ``lanes``; ``address`` leads from speaker and stretch to the list."""
    height = TOP + max(len(lanes), 1) * LANE + FOOT
    if not cells:
        return svg.document(WIDE, height, words.title, words.description, [])
    spread = [_ordinal(c.day) for c in cells]
    first, last = min(spread), max(spread)
    pad = max(10.0, (last - first) * 0.02)
    first, last = first - pad, last + pad
    most = max(c.number for c in cells)
    base = TOP + len(lanes) * LANE

    def x(day: float) -> float:
        return LEFT + (day - first) / (last - first) * (WIDE - LEFT - RIGHT)

    parts = list(_axis(x, first, last, base))
    rows = {name: TOP + (i + 0.5) * LANE for i, name in enumerate(lanes)}
    for name, y in rows.items():
        shown = words.say(name) or words.unnamed
        shown = shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"
        parts.append(svg.line(LEFT, y, WIDE - RIGHT, y, "#e3e8eb"))
        parts.append(svg.text(LEFT - 12, y + 4, shown, anchor="end"))
    large_first = sorted((c for c in cells if c.speaker in rows), key=lambda c: (-c.number, c))
    parts += [_dot(c, x(_ordinal(c.day)), rows[c.speaker], most, words, address) for c in large_first]
    return svg.document(WIDE, height, words.title, words.description, parts, links=True)


def _axis(x: Callable[[float], float], first: float, last: float, base: float) -> Iterable[str]:
    for day, label in months_between(math.floor(first), math.ceil(last)):
        if first <= day <= last:
            yield svg.line(x(day), TOP, x(day), base + 5, "#edf1f3")
            yield svg.text(x(day), base + 20, label, anchor="middle", fill=svg.FAINT, size=11)
    yield svg.line(LEFT, base, WIDE - RIGHT, base, svg.INK)


def _dot(c: Cell, x: float, y: float, most: int, words: Words, address: Callable[[str, str], str]) -> str:
    denial = c.kind == "denial"
    said = f"{words.say(c.speaker) or words.unnamed}, {c.day}: {c.number} {words.denials if denial else words.figures}"
    link = f'<a href="{svg.attribute(address(c.speaker, c.day))}" aria-label="{svg.attribute(said)}">'
    r = 3.2 + 6.0 * math.sqrt((c.number - 1) / max(most - 1, 1))
    if denial:
        shape = svg.line(x - 5, y - 5, x + 5, y + 5, svg.PALETTE[1], 2) + svg.line(
            x - 5, y + 5, x + 5, y - 5, svg.PALETTE[1], 2
        )
    else:
        shape = (
            f'<circle cx="{svg.n(x)}" cy="{svg.n(y)}" r="{svg.n(r)}" fill="{svg.PALETTE[0]}" fill-opacity="0.75" '
            'stroke="#ffffff"/>'
        )
    return f"{link}<title>{svg.escape(said)}</title>{shape}</a>"


def _ordinal(day: str) -> float:
    """Return a day, or the middle of a month."""
    return float(date.fromisoformat(day).toordinal() if len(day) > 7 else date.fromisoformat(f"{day}-15").toordinal())
