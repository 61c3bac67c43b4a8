"""Numbers with their bounds, units and what they count: ``text → (Quantity …)``.

A figure is read as it stands: "bis zu 10.000" is (None, 10000), "mehr als 100" is (100, None), "Tausende" at least
2,000. Names that hold numbers (designations, orders, streets), dates, times of day and codes are masked. An article is
a number only where it is one: before "der" with a plural ("einer der Panzer"), before a unit of measure, or where the
same kind of thing is counted near by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from beleg.find.dates import find_times
from beleg.find.quantities_bounds import Hedged, bounds, hedged
from beleg.find.quantities_cores import Core, cores
from beleg.find.quantities_masks import spans
from beleg.find.quantities_nouns import Counted, noun_before, noun_behind
from beleg.find.quantities_tables import (
    CountingCue,
    Format,
    Hedge,
    NumberGrammar,
    number_grammar,
    unit_of,
    units,
)
from beleg.find.quantities_values import style
from beleg.find.wordclasses import Classed, sentence_around
from beleg.find.wordrows import RuleRow, WordRow
from beleg.model import Counting, Problem, Published, Quantity, Sentence, Span, TimeMention
from beleg.tables import TableCheck

Kind = Literal["count", "measure", "money", "percent", "factor", "fraction", "vague", "ordinal"]
NEAR = 1500  # characters within which the same kind of thing must be counted to make an article a number
SHORT = 8  # words between two numbers over which a bound reaches
PARTITIVE = ("fraction", "half", "slash", "magnitude", "vague", "scaled", "rest")


def find_quantities(
    text: str, sentences: Sequence[Sentence], language: str, times: Sequence[TimeMention] | None = None
) -> tuple[list[Quantity], list[Problem]]:
    """Return the numbers of ``text`` in text order, without overlaps, and a problem for each that reads two ways.

    Args:
        text: the clean text; spans of the result are code points of it.
        sentences: its sentences; unused where empty.
        language: ISO 639-1 of a language with quantities, units, numbers and dates tables.
        times: its time expressions where they are known; else they are sought, to mask dates and times of day.

    Raises:
        TableError: a table of ``language`` is missing.
    """
    g = number_grammar(language)
    if times is None:
        times, _ = find_times(text, sentences, language, Published())
    known = style(text, g.format)
    c = g.classes.classed(text)
    found = list(cores(g, c, spans(text, times), known, language))
    read = _Reader(text, g, c, language, times)
    quantities: list[Quantity] = []
    ones: list[tuple[int, Quantity]] = []
    i, share = 0, None
    while i < len(found):
        core = found[i]
        other = found[i + 1] if i + 1 < len(found) and _is_range(g, c, core, found[i + 1], language) else None
        i += 1 if other is None else 2
        if other is None and i < len(found):
            core = _with_scale(g, c, core, found[i])
        if core.op == "rest":
            core, share = replace(core, value=None if share is None else 1 - share), None
            if core.value is None:
                continue
        quantity = read.quantity(core, other)
        if quantity is None:
            continue
        if core.op in ("fraction", "half", "slash") and core.value is not None:
            share = core.value
        if core.op == "one" and quantity.kind == "count" and quantity.bound == "exact" and not read.partitive(core):
            ones.append((len(quantities), quantity))
        quantities.append(quantity)
    left_out = {at for at, q in ones if not _contrasted(q, at, quantities, {n for n, _ in ones})}
    quantities = [q for n, q in enumerate(quantities) if n not in left_out]
    quantities = _shared_bounds(g, c, text, quantities)
    quantities = _shared_units(g, text, quantities)
    problems = [
        Problem("number-ambiguous", f"{q.raw!r} can be read as {_listed(q)}; check which is meant", span=q.span)
        for q in quantities
        if q.readings
    ]
    return quantities, problems


class _Reader:
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
        if core.op == "ordinal" and noun.span is None and c.tokens[core.last - 1].endswith("en"):
            return None  # a verb: "achten"
        return self._made(core, other, how, noun)

    def _is_number(self, core: Core, noun: Counted, how: Hedged) -> bool:
        if self.partitive(core):
            return True
        if noun.unit is None or self._c.tokens[core.last - 1].lower() == "eines":
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
            low *= other.scale  # "drei bis vier Millionen"
        return bounds(low, other.value, how)

    def _readings(self, core: Core, noun: Counted) -> tuple[tuple[float, float], ...]:
        """Both readings of doubtful digits; whole things are not counted in thousandths."""
        if len(core.readings) < 2:
            return ()
        values = core.readings
        if noun.unit is not None and noun.unit.kind == "count":
            values = tuple(sorted(values, key=lambda v: v != int(v) or v == min(values)))
        return tuple((v, v) for v in values)

    def _counting(self, core: Core) -> Counting | None:
        c = self._c
        left, right = sentence_around(c, core.first, core.last)
        best: tuple[int, Counting] | None = None
        for i in range(left, right):
            cue = self._g.counting.get(c.tokens[i].lower())
            if cue is not None and (best is None or abs(i - core.first) < best[0]):
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
    if core.op in ("fraction", "half", "slash", "rest") and (noun.unit is None or noun.unit.kind != "measure"):
        return "share", "fraction"
    unit = noun.unit.unit if noun.unit else None
    if core.op in ("vague", "magnitude"):
        return unit, "vague"
    return unit, noun.unit.kind if noun.unit else "count"


def _with_scale(g: NumberGrammar, c: Classed, one: Core, other: Core) -> Core:
    """Lend a scale over "auf", "oder": "von 4,5 auf 3,5 Millionen", with both readings kept."""
    between = [t for t in c.tokens[one.last : other.first] if not t.isspace()]
    lent = (
        one.op in ("digits", "word")
        and one.value is not None
        and one.value < LEAST_PLAIN
        and other.scale > 1
        and len(between) == 1
        and "LINK" in g.classes.known(between[0])
    )
    if not lent or one.value is None:
        return one
    return replace(one, value=one.value * other.scale, readings=(one.value * other.scale, one.value))


LEAST_PLAIN = 1000  # a number from here on needs no scale from its neighbour
RANGED = ("digits", "word", "scaled", "dozen", "fraction", "half-one", "magnitude")


def _is_range(g: NumberGrammar, c: Classed, one: Core, other: Core, language: str) -> bool:
    """Whether two numbers are the ends of a range: "20 bis 30", "zwischen 20 und 30", "60% bis 70%"."""
    if one.op not in RANGED or other.op not in RANGED or one.value is None or other.value is None:
        return False
    between = [t for t in c.tokens[one.last : other.first] if not t.isspace()]
    if between and unit_of(between[0], language) is not None:
        between = between[1:]
    if len(between) != 1:
        return False
    link = g.classes.known(between[0])
    before = next((c.tokens[i] for i in range(one.first - 1, -1, -1) if not c.tokens[i].isspace()), "")
    if "OR" in link:
        return one.value < other.value and one.scale == other.scale
    if "AND" in link:
        return before != "" and "BETWEEN" in g.classes.known(before)
    return "TO" in link and one.value < max(other.value, other.value / other.scale * one.scale)


def _word_before(c: Classed, index: int) -> int | None:
    return next((i for i in range(index - 1, -1, -1) if not c.tokens[i].isspace()), None)


def _contrasted(q: Quantity, at: int, quantities: Sequence[Quantity], ones: set[int]) -> bool:
    return any(
        n not in ones and q.unit == o.unit and o.kind in ("count", "vague") and abs(o.span.start - q.span.start) < NEAR
        for n, o in enumerate(quantities)
    )


def _shared_bounds(g: NumberGrammar, c: Classed, text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Let "mindestens" reach over "und": "mindestens 28 Menschen getötet und 213 verletzt"."""
    out = quantities[:1]
    for q in quantities[1:]:
        before = out[-1]
        between = text[before.span.end : q.span.start]
        words = between.split()
        reaches = (
            before.bound == "at_least"
            and q.bound == "exact"
            and before.unit == q.unit
            and q.low is not None
            and len(words) < SHORT
            and bool(words)
            and "AND" in g.classes.known(words[-1])
            and not any(mark in between for mark in ".,;:!?()")
        )
        out.append(replace(q, high=None, bound=before.bound) if reaches else q)
    return out


def _shared_units(g: NumberGrammar, text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Give a number the unit behind the next one over "auf", "oder", "und": "von 37,6 auf 43,7 Prozent"."""
    out = list(quantities)
    for n in range(len(out) - 2, -1, -1):
        one, other = out[n], out[n + 1]
        between = text[one.span.end : other.span.start].split()
        if (
            one.counted is None
            and other.counted is not None
            and one.kind == "count"
            and other.kind in ("count", "measure", "money", "percent")
            and len(between) == 1
            and "LINK" in g.classes.known(between[0])
        ):
            out[n] = replace(one, unit=other.unit, kind=other.kind, counted=other.counted)
    return out


def _listed(q: Quantity) -> str:
    return " or ".join(f"{low:g}" for low, _ in q.readings)


def _fired(language: str, sentence: str) -> set[str]:
    """Name the rows of the quantities table that a sentence uses."""
    g = number_grammar(language)
    c = g.classes.classed(sentence)
    times, _ = find_times(sentence, (), language, Published())
    found = list(cores(g, c, spans(sentence, times), style(sentence, g.format), language))
    read = _Reader(sentence, g, c, language, times)
    out = {row.key for row in g.rows if row.context and not g.forms[row.key].isdisjoint(c.tokens)}
    kept = find_quantities(sentence, (), language, times)[0]
    for core in found:
        quantity = read.quantity(core, None)
        if not any(q.span.start <= c.starts[core.first] < q.span.end for q in kept) or quantity is None:
            continue
        held = c.tokens[core.first : core.last]
        out.add(g.rules[core.rule].key)
        out |= {row.key for row in g.rows if not g.forms[row.key].isdisjoint(held)}
        out |= {h.key for h in hedged(g, c, core.first, core.last).hedges}
        if "." in held and any(t.isdecimal() for t in held):
            out.add(g.format.key)
        words = [t.lower() for t in c.tokens]
        out |= {cue.key for w, cue in g.counting.items() if w in words}
        if core.op in ("digits", "scaled") and noun_behind(g, c, core.last, language).unit:
            out |= {row.key for row in g.rows if "PERCENT" in row.classes and not g.forms[row.key].isdisjoint(c.tokens)}
    return out


def _fired_units(language: str, sentence: str) -> set[str]:
    out = set()
    for q in find_quantities(sentence, (), language)[0]:
        noun = sentence[q.counted.start : q.counted.end] if q.counted else ""
        found = unit_of(noun, language) or unit_of((noun.split() or [""])[-1].rsplit("-", 1)[-1], language)
        out |= {u.key for u in units(language) if u.stem and u.unit == q.unit}
        if found is not None and found.unit == q.unit:
            out.add(found.key)
    return out


def _checks(language: str) -> list[TableCheck]:
    return [
        TableCheck(
            f"{language}/quantities.toml",
            lambda: _rows(language),
            lambda sentence: _fired(language, sentence),
        ),
        TableCheck(
            f"{language}/units.toml", lambda: units(language), lambda sentence: _fired_units(language, sentence)
        ),
    ]


def _rows(language: str) -> tuple[WordRow | RuleRow | Hedge | CountingCue | Format, ...]:
    g = number_grammar(language)
    return (g.format, *g.rows, *g.rules, *g.hedge_rows, *g.counting_rows)


TABLES = [check for language in ("de",) for check in _checks(language)]
