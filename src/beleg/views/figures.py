"""The life of a figure as a drawing, and the funnel of its origins: SVG text, the same for the same matter.

What is drawn: the interval that all figures together leave, day by day (contested stretches hatched); every figure of
every utterance as a bar from its lower to its upper bound, open ends as arrows, hollow where it is not counted;
repeats as ticks below the axis; denials as crosses above. Nothing is averaged, nothing is a score.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from beleg.errors import UsageError
from beleg.ledger.days import FUTURE, PAST
from beleg.ledger.rows import funnel_of
from beleg.ledger.values import AsOf, Figure, Matter
from beleg.ledger.wording import number
from beleg.views import svg
from beleg.views.svg import BAND, FAINT, INK, PALETTE

Say = Callable[[str], str]  # an English text of the drawing → the same in the reader's language

LEFT, RIGHT, TOP, BOTTOM = 84, 24, 96, 150
BAR = 7
LEGEND = (
    "bar: bounds of one utterance; thin: of a period; arrow: open; hollow: not counted; tick: repeat; cross: denial; "
    "hatched: contested"
)
TIP = 46  # characters of a line of a sentence that is shown beside its figure
TIP_LINES = 6


@dataclass(frozen=True, slots=True)
class Frame:
    """Maps days and counts to places in the drawing."""

    width: int
    height: int
    first: int
    last: int
    top: float

    def x(self, day: float) -> float:
        return LEFT + (day - self.first) / (self.last - self.first) * (self.width - LEFT - RIGHT)

    def y(self, value: float) -> float:
        return self.height - BOTTOM - value / self.top * (self.height - TOP - BOTTOM)


def as_it_stands(text: str) -> str:
    return text


def matter_chart(
    matter: Matter,
    *,
    width: int = 960,
    height: int = 560,
    say: Say = as_it_stands,
    sentences: Mapping[str, str] | None = None,
) -> str:
    """Return the life of a matter's figures as an SVG document.

    Args:
        matter: What is drawn.
        width, height: In pixels.
        say: Tells the drawing's English texts in another language.
        sentences: By claim id. Given, each figure leads to the row ``#figure-<n>`` of its table (n from 1) and carries
            its sentence, hidden until the page's style shows it on hover and focus.
    """
    frame = _frame(matter, width, height)
    colours = {b: PALETTE[i % len(PALETTE)] for i, b in enumerate(_bodies(matter.figures))}
    drawn = [f for f in matter.figures if _day(f) is not None]
    places = {} if sentences is None else {f.id: n for n, f in enumerate(matter.figures, 1)}
    parts = [
        *_axes(frame, matter, say),
        *_band(frame, matter.as_of),
        *(line for f in drawn for line in _bar(frame, f, colours[f.origin.body], say, places.get(f.id), sentences)),
        *_repeats(frame, matter, say),
        *_denials(frame, matter, say),
        *_legend(frame, colours, len(matter.figures) - len(drawn), say),
    ]
    return svg.document(width, height, _title(matter, say), _description(matter, say), parts, links=bool(places))


def funnel_chart(matter: Matter, *, width: int = 560, say: Say = as_it_stands) -> str:
    """Return ``funnel_of`` as bars below one another; a range is filled up to its lower end."""
    steps = [(say(name), low, high) for name, low, high in funnel_of(matter)]
    most = max(1, *(high for _, _, high in steps))
    room = width - 260
    parts = []
    for i, (name, low, high) in enumerate(steps):
        y = 48 + i * 34
        parts.append(svg.text(150, y + 15, name, anchor="end"))
        if high > low:
            parts.append(svg.rect(160, y, high / most * room, 22, "none", PALETTE[0]))
        parts.append(svg.rect(160, y, low / most * room, 22, PALETTE[0]))
        shown = str(low) if low == high else f"{low}–{high}"
        parts.append(svg.text(168 + high / most * room, y + 15, shown))
    said = "; ".join(f"{name} {low if low == high else f'{low}–{high}'}" for name, low, high in steps)
    told = say(f"From print to origin: {said}.")
    return svg.document(width, 48 + len(steps) * 34 + 12, _title(matter, say), told, parts)


def png(drawing: str) -> bytes:
    """Return a drawing as a PNG.

    Raises:
        UsageError: the extra ``beleg[png]`` is not installed.
    """
    try:
        import resvg_py
    except ImportError as e:
        raise UsageError("a PNG needs the extra png: pip install 'beleg[png]'; the SVG needs nothing") from e
    return bytes(resvg_py.svg_to_bytes(svg_string=drawing))


def _frame(matter: Matter, width: int, height: int) -> Frame:
    days = [d for f in matter.figures for d in (f.end.first, f.end.last, f.said.last) if PAST < d < FUTURE]
    days += [d for f in matter.figures if f.start for d in f.start if PAST < d < FUTURE]
    days += [d for m in matter.denials if m.bears for d in m.day if PAST < d < FUTURE]
    days += [d for t in matter.history for d in t.day if PAST < d < FUTURE]
    days += [d for d in (matter.start or ()) if PAST < d < FUTURE]
    first, last = (min(days), max(days)) if days else (date(2000, 1, 1).toordinal(), date(2000, 12, 31).toordinal())
    pad = max(10, (last - first) // 20)
    values = [v for f in matter.figures for v in (f.low, f.high) if v]
    values += [v for r in matter.as_of for v in (r.hull_low, r.hull_high) if v]
    return Frame(width, height, first - pad, last + pad, max(values, default=1.0) * 1.12)


def _axes(frame: Frame, matter: Matter, say: Say) -> Iterable[str]:
    yield svg.text(LEFT, 26, _title(matter, say), size=15, weight="600")
    n = f"{matter.n_min}–{matter.n_max}" if matter.n_min != matter.n_max else str(matter.n_min)
    under = f"{len(matter.documents)} documents, {len(matter.utterances)} utterances, {n} independent origins"
    yield svg.text(LEFT, 46, say(under) + (say("; CONTESTED") if matter.contested else ""), fill=FAINT)
    base = frame.y(0)
    for value in _ticks(frame.top):
        y = frame.y(value)
        yield svg.line(LEFT, y, frame.width - RIGHT, y, "#e6e6e6")
        yield svg.text(LEFT - 8, y + 4, say(f"{number(value):,}"), anchor="end", fill=FAINT)
    for day, label in months_between(frame.first, frame.last):
        yield svg.line(frame.x(day), base, frame.x(day), base + 5, FAINT)
        if frame.x(day) < frame.width - RIGHT - 20:
            yield svg.text(frame.x(day), base + 34, label, anchor="middle", fill=FAINT)
    yield svg.line(LEFT, base, frame.width - RIGHT, base, INK)


def _band(frame: Frame, rows: Sequence[AsOf]) -> Iterable[str]:
    """The hull: what is at least reached holds until more is; what is at most reached holds from the row before."""
    known = [r for r in rows if r.moment.first > PAST and r.moment.last < FUTURE]
    for i, row in enumerate(known):
        x0 = frame.x(known[i - 1].moment.last if i else row.moment.first)
        x1 = frame.x(row.moment.last)
        low = known[i - 1].hull_low or 0.0 if i else row.hull_low or 0.0
        high = row.hull_high if row.hull_high is not None else frame.top
        fill = "url(#contested)" if row.contested else BAND
        top, bottom = frame.y(max(high, low)), frame.y(low)
        yield svg.rect(x0, top, max(x1 - x0, 1.5), max(bottom - top, 1.0), fill, opacity=0.8)


def _bar(
    frame: Frame, f: Figure, colour: str, say: Say, place: int | None, sentences: Mapping[str, str] | None
) -> Iterable[str]:
    day = _day(f)
    assert day is not None
    x, low = frame.x(day), frame.y(f.low)
    high = frame.y(f.high) if f.high is not None else max(frame.y(frame.top), low - 34)
    fill = colour if f.active else "none"
    words = _words(f, say)
    yield f"<g><title>{escape(words)}</title>" if place is None else _link(place, words)
    wide = BAR / 2 if f.counts == "increment" else BAR
    yield svg.rect(x - wide / 2, high, wide, max(low - high, 3.0), fill, colour)
    if f.high is None:
        yield svg.path([(x - 6, high), (x, high - 9), (x + 6, high), (x - 6, high)], fill, colour)
    if f.end.last > f.end.first:
        yield svg.line(frame.x(f.end.first), low, frame.x(f.end.last), low, colour)
    if sentences is not None:
        yield from _tip(frame, f, words, sentences.get(f.id, ""))
    yield "</g>" if place is None else "</a>"


def _words(f: Figure, say: Say) -> str:
    part = say(" (of a period, not the running total)") if f.counts == "increment" else ""
    state = "" if f.active else say(f" (not counted: {f.reason})")
    return f"{say(f.origin.speaker or 'unknown origin')}, {f.said.text()}: {f.own_words}{part}{state}"


def _tip(frame: Frame, f: Figure, words: str, sentence: str) -> Iterable[str]:
    """What a figure says and its sentence, hidden until the page's style shows it."""
    lines = textwrap.wrap(words, TIP)[:2]
    said = textwrap.wrap(" ".join(sentence.split()), TIP)
    lines += [*said[: TIP_LINES - 1], "…"] if len(said) > TIP_LINES else said
    wide, tall = 7.2 * max(map(len, lines)) + 20, 17 * len(lines) + 14
    day = _day(f)
    assert day is not None
    x = min(max(frame.x(day) + 14, 4), frame.width - wide - 4)
    y = min(max(frame.y(f.low) - tall - 24, 4), frame.height - tall - 4)
    yield f'<g class="tip" visibility="hidden">{svg.rect(x, y, wide, tall, "#ffffff", INK)}'
    yield from (svg.text(x + 10, y + 20 + 17 * n, line) for n, line in enumerate(lines))
    yield "</g>"


def _link(place: int, words: str) -> str:
    return f'<a class="figure" href="#figure-{place}" aria-label={quoteattr(words)}>'


def _repeats(frame: Frame, matter: Matter, say: Say) -> Iterable[str]:
    base = frame.y(0)
    for t in matter.history:
        if t.kind == "repeated" and t.day.known:
            x = frame.x(t.day.last)
            what = escape(say(f"repeated {t.day.text()}: {t.text}"))
            yield f"<g><title>{what}</title>{svg.line(x, base + 7, x, base + 18, INK)}</g>"


def _denials(frame: Frame, matter: Matter, say: Say) -> Iterable[str]:
    shown = [d for d in matter.denials if d.day.known and frame.first <= d.day.last <= frame.last]
    for i, d in enumerate(shown):
        x, y = frame.x(d.day.last), TOP - 6 - 12 * (i % 3)
        stroke = INK if d.bears else FAINT
        what = f"{d.speaker or d.who} denies ({'+'.join(d.types)}), {d.day.text()}; {d.why}"
        yield f"<g><title>{escape(say(what))}</title>"
        yield svg.line(x - 4, y - 4, x + 4, y + 4, stroke, 2) + svg.line(x + 4, y - 4, x - 4, y + 4, stroke, 2)
        label = f"{say(d.who)} {'+'.join(d.types)}"
        left = x + 7 + 6.5 * len(label) > frame.width  # no room on the right
        at, anchor = (x - 7, "end") if left else (x + 7, "start")
        yield svg.text(at, y + 4, label, anchor=anchor, fill=stroke, size=10) + "</g>"


def _legend(frame: Frame, colours: dict[str, str], undated: int, say: Say) -> Iterable[str]:
    y, x = frame.height - 74.0, float(LEFT)
    for body, colour in ((say(body), colour) for body, colour in colours.items()):
        wide = 30 + 7.0 * len(body)
        if x + wide > frame.width - RIGHT:
            x, y = float(LEFT), y + 20
        yield svg.rect(x, y - 9, 10, 10, colour)
        yield svg.text(x + 15, y, body)
        x += wide
    words = say(LEGEND) + (say(f"; {undated} without a day") if undated else "")
    yield svg.text(LEFT, frame.height - 14, words, fill=FAINT, size=10)


def _day(f: Figure) -> float | None:
    for m in (f.end, f.said):
        if m.known:
            return (m.first + m.last) / 2
        if PAST < m.last < FUTURE:
            return float(m.last)
    return None


def _bodies(figures: Sequence[Figure]) -> list[str]:
    return list(dict.fromkeys(f.origin.body for f in figures))


def _title(m: Matter, say: Say) -> str:
    ends = f"{say(m.key.supplier or '?')} > {say(m.key.recipient or '?')}"
    sides = ends if m.key.actor is None else say(m.key.actor)
    return f"{sides}: {say(m.label)}, {say(m.key.act)}" + (f" ({say(m.key.unit)})" if m.key.unit else "")


def _description(m: Matter, say: Say) -> str:
    if not m.as_of:
        return say(f"{len(m.figures)} figures, none that bounds a running count.")
    last = m.as_of[-1]
    low, high = number(last.hull_low), number(last.hull_high)
    upto = f"{high:,}" if high is not None else "open"
    return say(f"As of {last.moment.text()}: at least {low or 0:,}, at most {upto}.")


def _ticks(top: float) -> list[float]:
    step = 10 ** math.floor(math.log10(top)) if top > 0 else 1.0
    for factor in (0.2, 0.25, 0.5, 1.0, 2.0):
        if top / (step * factor) <= 6:
            return [step * factor * i for i in range(int(top / (step * factor)) + 1)]
    return [0.0, top]


def months_between(first: int, last: int) -> list[tuple[int, str]]:
    """First days of months to label, at most a dozen."""
    every = next((n for n in (1, 2, 3, 6, 12, 24, 60) if (last - first) / 30.4 / n <= 12), 120)
    start = date.fromordinal(first)
    out = []
    for i in range(start.year * 12 + start.month, date.fromordinal(last).year * 12 + date.fromordinal(last).month):
        if i % every == 0:
            day = date(i // 12, i % 12 + 1, 1)
            out.append((day.toordinal(), day.isoformat()[:7]))
    return out
