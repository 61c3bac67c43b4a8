"""One number at a time: from what stands there to bounds, unit, what it counts and whether it is a total."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from beleg.find.quantities_bounds import CLAUSE_ENDS, Hedged, bounds, hedged
from beleg.find.quantities_cores import Core
from beleg.find.quantities_nouns import Counted, noun_before, noun_behind
from beleg.find.quantities_tables import (
    NumberGrammar,
)
from beleg.find.quantities_values import product
from beleg.find.wordclasses import Classed, sentence_around
from beleg.model import Counting, Quantity, Span, TimeMention

Kind = Literal["count", "measure", "money", "percent", "factor", "fraction", "vague", "ordinal"]

PARTITIVE = ("fraction", "half", "slash", "magnitude", "vague", "scaled", "rest")


class Reader:
    """Reads the numbers of one text."""

    def __init__(self, text: str, g: NumberGrammar, c: Classed, language: str, times: Sequence[TimeMention]) -> None:
        self._text, self._g, self._c, self._language = text, g, c, language
        self._times = times

    def partitive(self, core: Core) -> bool:
        """Whether "of" and a plural stand behind ("einer der Panzer")."""
        c, i = self._c, core.last
        if i + 1 < len(c.tokens) and c.tokens[i].isspace() and "OF" in self._g.classes.known(c.tokens[i + 1]):
            return noun_behind(self._g, c, i + 1, self._language, linked=True).span is not None
        return False

    def quantity(self, core: Core, other: Core | None) -> Quantity | None:
        g, c = self._g, self._c
        first, last = core.first, (other or core).last
        how = hedged(g, c, first, last)
        linked = core.op in PARTITIVE or self.partitive(core)
        noun = noun_behind(g, c, max(last, how.last), self._language, linked=linked)
        if other is not None and noun.unit is None:
            inner = noun_behind(g, c, core.last, self._language)
            noun = inner if inner.adjacent and inner.unit else noun
        if noun.span is None and core.op in ("digits", "scaled", "word", "dozen"):
            noun = noun_before(g, c, first, self._language)
        if core.op == "one" and not self._is_number(core, noun, how):
            return None
        if core.op == "ordinal" and noun.span is None and "VERBLIKE" in g.classes.known(c.tokens[core.last - 1]):
            return None  # a verb: "achten"
        return self._made(core, other, how, noun)

    def _is_number(self, core: Core, noun: Counted, how: Hedged) -> bool:
        if self.partitive(core):
            return True
        if noun.unit is None or "NOTONE" in self._g.classes.known(self._c.tokens[core.last - 1]):
            return False
        return noun.unit.kind in ("count", "money") or noun.adjacent

    def _made(self, core: Core, other: Core | None, how: Hedged, noun: Counted) -> Quantity | None:
        g, c, text = self._g, self._c, self._text
        number = Span(c.starts[core.first], c.end((other or core).last - 1))
        end = c.end(how.last - 1) if how.last > (other or core).last else number.end
        if noun.unit is not None and noun.unit.unit == "percent" and noun.span is not None and noun.adjacent:
            end = max(end, noun.span.end)
        start = how.first
        at = _word_before(c, start)
        if other is not None and at is not None and "FROM" in g.classes.known(c.tokens[at]):
            start = at
        span = Span(c.starts[start], end)
        unit, kind = _kind(core, noun)
        low, high = self._bounds(core, other, how)
        if core.op == "one" and how.bound == "up_to" and kind == "count":
            low = high = 1.0
        readings = self._readings(core, noun)
        if readings and low == high and low is not None:
            low = high = readings[0][0]
        return Quantity(
            span,
            text[span.start : span.end],
            low,
            high,
            how.approx or core.op in ("magnitude", "vague", "rest"),
            how.bound,
            unit,
            kind,
            self._counting(core),
            number,
            noun.span,
            readings if len(readings) > 1 else (),
        )

    def _bounds(self, core: Core, other: Core | None, how: Hedged) -> tuple[float | None, float | None]:
        if core.value is None or core.op == "vague":
            return None, None
        if core.op == "magnitude" or (other is not None and other.op == "magnitude"):
            return core.value, None
        if other is None or other.value is None:
            return bounds(core.value, core.value, how)
        low = core.value
        if core.scale == 1 and other.scale > 1 and low < other.value / other.scale:
            low = product(low, other.scale)  # "drei bis vier Millionen"
        return bounds(low, other.value, how)

    def _readings(self, core: Core, noun: Counted) -> tuple[tuple[float, float], ...]:
        """Both readings of doubtful digits; whole things are not counted in thousandths."""
        if len(core.readings) < 2:
            return ()
        values = core.readings
        if noun.unit is not None and noun.unit.kind == "count":
            values = tuple(sorted(values, key=lambda v: v != int(v) or v == min(values)))
        return tuple((v, v) for v in values)

    def _of_another(self, cue: int, core: Core) -> bool:
        """Whether a comma parts a word like "insgesamt" from the number, and another number stands on its side."""
        tokens = self._c.tokens
        between = range(cue, core.first) if cue < core.first else range(core.last, cue)
        if not any(self._parts(i) for i in between):
            return False
        left, right = cue, cue
        while left > 0 and not self._parts(left - 1):
            left -= 1
        while right < len(tokens) and not self._parts(right):
            right += 1
        return any(t[0].isdigit() for t in tokens[left:right])

    def _parts(self, i: int) -> bool:
        """Whether a token is a comma between clauses, not within a number, or ends a sentence."""
        tokens = self._c.tokens
        return tokens[i] in CLAUSE_ENDS and (i + 1 == len(tokens) or tokens[i + 1].isspace())

    def _counting(self, core: Core) -> Counting | None:
        c = self._c
        left, right = sentence_around(c, core.first, core.last)
        best: tuple[int, Counting] | None = None
        for i in range(left, right):
            cue = self._g.counting.get(c.tokens[i].lower())
            if cue is not None and not self._of_another(i, core) and (best is None or abs(i - core.first) < best[0]):
                best = abs(i - core.first), cue.counting
        if best is not None:
            return best[1]
        start, end = c.starts[left], c.end(right - 1)
        for t in self._times:
            if start <= t.span.start < end and (t.open_end or t.kind == "duration" or (t.value or "").count("-") == 0):
                if t.open_end:
                    return "total"
                if t.start is not None or t.kind == "duration" or t.basis == "unresolved":
                    return "period"
        return None


def _kind(core: Core, noun: Counted) -> tuple[str | None, Kind]:
    if core.op == "ordinal":
        return (noun.unit.unit if noun.unit else None), "ordinal"
    if core.op == "factor":
        return "times", "factor"
    if core.op in ("fraction", "half", "slash", "rest", "each") and (noun.unit is None or noun.unit.kind != "measure"):
        return "share", "fraction"
    unit = noun.unit.unit if noun.unit else None
    if core.op in ("vague", "magnitude"):
        return unit, "vague"
    return unit, noun.unit.kind if noun.unit else "count"


def _word_before(c: Classed, index: int) -> int | None:
    return next((i for i in range(index - 1, -1, -1) if not c.tokens[i].isspace()), None)
