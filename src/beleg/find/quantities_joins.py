"""What numbers lend each other: the ends of a range, a scale, a unit, a bound over "und"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from beleg.find.quantities_cores import Core
from beleg.find.quantities_tables import (
    NumberGrammar,
    unit_of,
)
from beleg.find.quantities_values import product
from beleg.find.quantities_words import number_words
from beleg.find.wordclasses import Classed
from beleg.model import Quantity

NEAR = 1500  # characters within which the same kind of thing must be counted to make an article a number

HYPHENS = ("-", "‐", "–")

SHORT = 8  # words between two numbers over which a bound reaches


def with_scale(g: NumberGrammar, c: Classed, one: Core, other: Core) -> Core:
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
    value = product(one.value, other.scale)
    return replace(one, value=value, readings=(value, one.value))


def with_tail(g: NumberGrammar, c: Classed, one: Core, other: Core, language: str) -> Core | None:
    """Lend the end of a number word to the one before: "drei- bis viertausend" is 3,000 to 4,000.

    None for a word cut off by its hyphen that is no number by itself: "vier- bis fünfmal".
    """
    if one.op != "word" or one.value is None:
        return one
    between = [t for t in c.tokens[one.last : other.first] if not t.isspace()]
    cut = len(between) == 2 and between[0] in HYPHENS
    if len(between) != 1 + cut or not {"TO", "OR"} & set(g.classes.known(between[-1])):
        return one
    whole = replace(one, last=one.last + cut)
    if other.op != "word":
        return None if cut and other.op not in RANGED else whole
    numbers, word = number_words(language), c.tokens[other.last - 1].lower()
    for part, (kind, value) in numbers.parts.items():
        lead = numbers.value(word[: -len(part)]) if kind == "times" and word.endswith(part) else None
        if lead is not None and one.value < value and lead > one.value:
            return replace(whole, value=product(one.value, value))
    return whole


LEAST_PLAIN = 1000  # a number from here on needs no scale from its neighbour

FEW = 12  # up to which an article may begin a range: "ein bis zwei"
RANGED = ("digits", "word", "scaled", "dozen", "fraction", "half-one", "magnitude")


def is_range(g: NumberGrammar, c: Classed, one: Core, other: Core, language: str) -> bool:
    """Whether two numbers are the ends of a range: "20 bis 30", "zwischen 20 und 30", "60% bis 70%"."""
    if one.op not in (*RANGED, "one") or other.op not in RANGED or one.value is None or other.value is None:
        return False
    between = [t for t in c.tokens[one.last : other.first] if not t.isspace()]
    inner = unit_of(between[0], language) if between else None
    if inner is not None:
        after = next((t for t in c.tokens[other.last :] if not t.isspace()), "")
        outer = unit_of(after, language)
        if outer is not None and outer.unit != inner.unit:
            return False  # "400 Mörser oder 4.000 Gewehre": two things
        between = between[1:]
    if len(between) != 1:
        return False
    if one.op == "one" and not (between[0].isalpha() and other.op == "word" and other.value <= FEW):
        return False  # "eine – 40 Panzer starke – Einheit", "eine bis 300 Kilometer weit fliegende Rakete"
    link = g.classes.known(between[0])
    before = next((c.tokens[i] for i in range(one.first - 1, -1, -1) if not c.tokens[i].isspace()), "")
    if "OR" in link:
        return one.value < other.value and one.scale == other.scale
    if "AND" in link:
        return before != "" and "BETWEEN" in g.classes.known(before)
    return "TO" in link and one.value < max(other.value, other.value / other.scale * one.scale)


def uncounted(ones: Sequence[tuple[int, Quantity]], quantities: Sequence[Quantity]) -> set[int]:
    """Return which articles count nothing: no number of the same unit stands near them.

    ``ones`` are the articles with their places in ``quantities``, which are in text order.
    """
    places = {at for at, _ in ones}
    starts: dict[str | None, list[int]] = {}
    for n, q in enumerate(quantities):
        if n not in places and q.kind in ("count", "vague"):
            starts.setdefault(q.unit, []).append(q.span.start)
    out = set()
    for at, one in ones:
        near = starts.get(one.unit, [])
        i = bisect_left(near, one.span.start - NEAR)
        if i == len(near) or near[i] > one.span.start + NEAR:
            out.add(at)
    return out


def shared_bounds(g: NumberGrammar, c: Classed, text: str, quantities: list[Quantity]) -> list[Quantity]:
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


def shared_units(g: NumberGrammar, text: str, quantities: list[Quantity]) -> list[Quantity]:
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
