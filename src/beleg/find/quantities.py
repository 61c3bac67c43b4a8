"""Numbers with their bounds, units and what they count: ``text → (Quantity …)``.

A figure is read as it stands: "bis zu 10.000" is (None, 10000), "mehr als 100" is (100, None), "Tausende" at least
2,000. Names that hold numbers (designations, orders, streets), dates, times of day and codes are masked. An article is
a number only where it is one: before "der" with a plural ("einer der Panzer"), before a unit of measure, or where the
same kind of thing is counted near by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from beleg.find.dates import find_times
from beleg.find.quantities_bounds import hedged
from beleg.find.quantities_cores import cores
from beleg.find.quantities_joins import is_range, shared_bounds, shared_units, uncounted, with_scale, with_tail
from beleg.find.quantities_masks import spans, unread_sums
from beleg.find.quantities_nouns import noun_behind
from beleg.find.quantities_reader import Reader
from beleg.find.quantities_tables import (
    CountingCue,
    Format,
    Hedge,
    number_grammar,
    unit_of,
    units,
)
from beleg.find.quantities_values import style
from beleg.find.wordrows import RuleRow, WordRow
from beleg.model import Problem, Published, Quantity, Sentence, TimeMention
from beleg.tables import TableCheck


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
    read = Reader(text, g, c, language, times)
    quantities: list[Quantity] = []
    ones: list[tuple[int, Quantity]] = []
    i, share = 0, None
    while i < len(found):
        core = found[i]
        if i + 1 < len(found):
            lent = with_tail(g, c, core, found[i + 1], language)
            if lent is None:
                i += 1
                continue
            core = lent
        other = found[i + 1] if i + 1 < len(found) and is_range(g, c, core, found[i + 1], language) else None
        i += 1 if other is None else 2
        if other is not None and core.op == "one":
            core = replace(core, op="word")  # "ein bis zwei Raketen"
        if other is None and i < len(found):
            core = with_scale(g, c, core, found[i])
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
    left_out = uncounted(ones, quantities)
    quantities = [q for n, q in enumerate(quantities) if n not in left_out]
    quantities = shared_bounds(g, c, text, quantities)
    quantities = shared_units(g, text, quantities)
    problems = [
        Problem("number-ambiguous", f"{q.raw!r} can be read as {_listed(q)}; check which is meant", span=q.span)
        for q in quantities
        if q.readings
    ]
    problems += [
        Problem("number-unread", f"a sum stands inside a word ({text[s.start : s.end]!r}) and is not read", span=s)
        for s in unread_sums(g, c, language)
    ]
    return quantities, problems


def _listed(q: Quantity) -> str:
    return " or ".join(f"{low:g}" for low, _ in q.readings)


def _fired(language: str, sentence: str) -> set[str]:
    """Name the rows of the quantities table that a sentence uses."""
    g = number_grammar(language)
    c = g.classes.classed(sentence)
    times, _ = find_times(sentence, (), language, Published())
    found = list(cores(g, c, spans(sentence, times), style(sentence, g.format), language))
    read = Reader(sentence, g, c, language, times)
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
