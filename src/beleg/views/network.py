"""Who rests on whom, drawn in columns from print (left) to origin (right): SVG text, the same for the same edges.

An own layout rather than a spring model: reading from left to right is reading from the page back to the mouth, and
columns ordered by the mean place of their neighbours (Sugiyama's second step) come out the same on every machine.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from beleg.views import svg
from beleg.views.sources import Edge, SourceRecord

ROW, TOP, WIDE = 26, 58, 960
LONGEST = 30  # letters of a name that fit a column
SWEEPS = 6
THICKEST = 9.0


class Words(NamedTuple):
    """What the drawing says, in the reader's language."""

    title: str
    description: str
    columns: tuple[str, str, str]
    claims: str  # "claims", after a number
    say: Callable[[str], str] = str  # a source's name in the reader's language


def column_of(record: SourceRecord) -> int:
    """Return 0 for who prints, 1 for who passes on what others say, 2 for who is quoted."""
    if record.articles:
        return 0
    return 1 if record.told > record.said or set(record.kinds) == {"media"} else 2


def network_chart(
    records: Sequence[SourceRecord], edges: Sequence[Edge], words: Words, address: Callable[[str], str]
) -> str:
    """Draw sources in three columns and the edges between them.

    Args:
        records: The sources shown; at most some forty a column can be read.
        edges: Those whose ends are not both shown are left out.
        address: The page of a source; every name is a link.
    """
    columns = arranged(records, edges)
    tall = max(map(len, columns), default=0)
    height = TOP + max(tall, 1) * ROW + 24
    place = {
        name: (_left(i), TOP + (j + 0.5) * (height - TOP - 24) / len(column))
        for i, column in enumerate(columns)
        for j, name in enumerate(column)
    }
    shown = [e for e in edges if e.one in place and e.other in place and e.one != e.other]
    most = max((e.claims for e in shown), default=1)
    parts = [svg.text(_left(i), 30, name, weight="600", fill=svg.FAINT) for i, name in enumerate(words.columns)]
    parts += [_edge(e, place, most, words) for e in sorted(shown, key=lambda e: (e.claims, e.one, e.other))]
    parts += [line for r in records for line in _node(r, place[r.name], words, address)]
    return svg.document(WIDE, math.ceil(height), words.title, words.description, parts, links=True)


def arranged(records: Sequence[SourceRecord], edges: Iterable[Edge]) -> list[list[str]]:
    """Return the names of each column from top to bottom, so ordered that edges cross little."""
    columns: list[list[str]] = [[], [], []]
    for r in sorted(records, key=lambda r: (-r.told - r.said, r.name)):
        columns[column_of(r)].append(r.name)
    near: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for e in edges:
        near[e.one].append((e.other, e.claims))
        near[e.other].append((e.one, e.claims))
    at = {name: (j + 0.5) / len(c) for c in columns for j, name in enumerate(c)}
    for sweep in range(SWEEPS):
        for column in columns if sweep % 2 else reversed(columns):
            own = set(column)
            wanted = {n: _mean(((at[m], w) for m, w in near[n] if m in at and m not in own), at[n]) for n in column}
            column.sort(key=lambda n, wanted=wanted: (wanted[n], n))  # type: ignore[misc]
            at |= {name: (j + 0.5) / len(column) for j, name in enumerate(column)}
    return columns


def _mean(weighted: Iterable[tuple[float, int]], default: float) -> float:
    pairs = list(weighted)
    return sum(v * w for v, w in pairs) / sum(w for _, w in pairs) if pairs else default


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


def _left(column: int) -> float:
    return 24 + column * (WIDE - 48) / 3 + column * 8


def _node(r: SourceRecord, at: tuple[float, float], words: Words, address: Callable[[str], str]) -> Iterable[str]:
    x, y = at
    whole = words.say(r.name)
    name = _short(whole)
    yield f'<a href="{svg.attribute(address(r.name))}"><title>{svg.escape(whole)}</title>'
    yield svg.rect(x - 8, y - 10, 16 + 7.1 * len(name), 20, "#ffffff", svg.PALETTE[column_of(r)])
    yield svg.text(x, y + 4, name) + "</a>"


def _edge(e: Edge, place: Mapping[str, tuple[float, float]], most: int, words: Words) -> str:
    """An edge to the right is a curve; one within a column or back bows out to the right, dashed."""
    (x1, y1), (x2, y2) = place[e.one], place[e.other]
    wide = svg.n(max(1.0, THICKEST * math.sqrt(e.claims / most)))
    said = f"{words.say(e.one)} → {words.say(e.other)}: {e.claims} {words.claims}"
    if x2 > x1:
        x1 += 8 + 7.1 * len(_short(words.say(e.one)))
        x2 -= 8
        mid = (x1 + x2) / 2
        way, dash = f"C{svg.n(mid)} {svg.n(y1)} {svg.n(mid)} {svg.n(y2)} {svg.n(x2)} {svg.n(y2)}", ""
    else:
        x1 += 8 + 7.1 * len(_short(words.say(e.one)))
        x2 += 8 + 7.1 * len(_short(words.say(e.other)))
        out = max(x1, x2) + 46
        way = f"C{svg.n(out)} {svg.n(y1)} {svg.n(out)} {svg.n(y2)} {svg.n(x2)} {svg.n(y2)}"
        dash = ' stroke-dasharray="5 3"'
    return (
        f"<g><title>{svg.escape(said)}</title>"
        f'<path d="M{svg.n(x1)} {svg.n(y1)}{way}" fill="none" stroke="#7d8c97" stroke-opacity="0.5" '
        f'stroke-width="{wide}"{dash}/></g>'
    )
