"""The value of a number as it stands: digits by the format of the language, words, scales, fractions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

from beleg.find.quantities_tables import Format

Readings = tuple[float, ...]
DIGITS = 12  # of a product; beyond them stands what binary numbers make of "8,3" times a milliard


@dataclass(frozen=True, slots=True)
class Style:
    """How the digits of one text are written, as far as its sure cases tell."""

    format: Format
    foreign: bool  # its sure cases follow the other convention ("1,234,567", "2.5 million")


def style(text: str, form: Format) -> Style:
    """Judge by numbers that read only one way: two groups of three, or a decimal that is no group."""
    own = other = 0
    for m in re.finditer(r"(?<![\w.,])\d{1,3}(?:([.,])\d{3})(?:\1\d{3})+(?![\w.,]?\d)", text):
        if m[1] in form.group:
            own += 1
        else:
            other += 1
    return Style(form, other > own)


def read_digits(text: str, known: Style) -> tuple[float, Readings]:
    """Return the value of digits and, where they can be read two ways, both values, the likelier first.

    >>> from beleg.find.quantities_tables import number_grammar
    >>> german = Style(number_grammar("de").format, foreign=False)
    >>> read_digits("10.000", german), read_digits("4,8", german), read_digits("1 234 567,89", german)
    ((10000.0, ()), (4.8, ()), (1234567.89, ()))
    """
    form = known.format
    marks = [c for c in text if not c.isdigit()]
    plain = re.sub(r"\D", "", text)
    if not marks:
        return float(plain), ()
    last = marks[-1]
    head, _, tail = text.rpartition(last)
    tail_is_group = len(tail) == 3 and 1 <= len(re.split(r"\D", text)[0]) <= 3 and not text.startswith("0")
    if len(marks) > 1:
        if len(set(marks)) == 1 and tail_is_group:
            return float(plain), ()
        return float(re.sub(r"\D", "", head) + "." + tail), ()
    decimal = float(re.sub(r"\D", "", head) + "." + tail)
    if not tail_is_group:
        return decimal, ()
    if last in form.decimal:  # "4,800": a decimal by the format; a group in texts of the other convention
        return (float(plain), (float(plain), decimal)) if known.foreign else (decimal, (decimal, float(plain)))
    if last in ".,":
        return (decimal, (decimal, float(plain))) if known.foreign else (float(plain), ())
    return float(plain), ()


def words_value(values: Sequence[float]) -> float:
    """Add up number words that stand apart: "hundert zwanzig"; one of 100 and more multiplies a smaller one before."""
    total = values[0]
    for value in values[1:]:
        total = total * value if value >= 100 and total < value else total + value
    return total


def scaled(tokens: Sequence[tuple[str, Mapping[str, object]]], first: float | None) -> float:
    """Return the value of "zwei Millionen dreihunderttausend", "eine halbe Million".

    ``first`` is the value of the digits before the scale, None where words stand there.
    """
    lead: list[float] = []
    rest: list[float] = []
    half, scale = 1.0, 1.0
    seen = False
    for _, known in tokens:
        if "SCALE" in known:
            scale *= float(str(known["SCALE"]))
            seen = True
        elif "HALF" in known:
            half = 0.5
        elif "NUM" in known or "ONE" in known:
            value = float(str(known.get("NUM", known.get("ONE"))))
            (rest if seen else lead).append(value)
    start = first if first is not None else words_value(lead) if lead else 1.0
    return product(start, half, scale) + (words_value(rest) if rest else 0.0)


def product(*factors: float) -> float:
    """Multiply as one does on paper: 8.3 times 1,000,000,000 is 8,300,000,000."""
    return float(f"{prod(factors):.{DIGITS}g}")
