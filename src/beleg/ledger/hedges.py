"""A worded number as bounds: "etwa 6.700" is [6650, 6750], "mehr als 2.000" is [2001, open).

Reads ``data/hedges.toml``, the published table. Pure arithmetic on what ``model.Quantity`` says stands in the text;
a person may override the bounds of a claim by a decision.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import ceil, floor, inf
from typing import Literal

from beleg.lexicon import DATA, NamedRow, TableRow, read_toml
from beleg.model import Quantity
from beleg.tables import TableCheck

Term = Literal["0", "N", "N+1", "N-1", "N-h", "N+h", "open"]
ROUND_DIGITS = 2  # a round number has at most two significant digits


@dataclass(frozen=True, slots=True)
class HedgeReading(NamedRow):
    """How one wording reads as bounds."""

    low: Term
    high: Term


@dataclass(frozen=True, slots=True)
class HedgeWord(TableRow):
    """A word before the number that decides the reading by itself."""

    form: str
    reading: str

    @property
    def key(self) -> str:
        return self.form


@dataclass(frozen=True, slots=True)
class HedgeTable:
    """The convention: readings by name, words that decide, and the widths."""

    readings: Mapping[str, HedgeReading]
    words: Mapping[str, str]
    cap: float  # h is at most this share of N for round numbers
    loose: float  # h as a share of N for hedged numbers that are not round
    other_caps: tuple[float, ...]  # caps at which the conflict list is run again


@cache
def hedge_table() -> HedgeTable:
    """Return the shipped convention."""
    path = DATA / "hedges.toml"
    head = tomllib.loads(path.read_text(encoding="utf-8"))
    return HedgeTable(
        readings={r.name: r for r in read_toml(path, HedgeReading, "reading")},
        words={w.form: w.reading for w in read_toml(path, HedgeWord, "wording")},
        cap=head["cap"],
        loose=head["loose"],
        other_caps=tuple(head["other_caps"]),
    )


@dataclass(frozen=True, slots=True)
class WordedNumber:
    """A number as worded: which reading, and the numbers it holds (equal unless the text gives a range).

    Read in the unit of the text; ``per`` of it are one of the unit that the matter counts in.
    """

    reading: str
    low: float | None
    high: float | None
    hedged: bool = True
    per: int = 1

    def numbers(self) -> tuple[float, ...]:
        """Return what stands in the text, for telling one utterance's figure from another's."""
        return tuple(sorted({n / self.per for n in (self.low, self.high) if n is not None}))


def worded(quantity: Quantity, observed: bool, table: HedgeTable) -> WordedNumber:
    """Tell by which row of the table a quantity is read."""
    low, high = quantity.low, quantity.high
    if low is not None and high is not None and low != high:
        return WordedNumber("range", low, high, quantity.approx)
    words = re.findall(r"[^\W\d_]+", quantity.raw.lower())
    said = next((table.words[w] for w in words if w in table.words), None)
    if observed and said is None and quantity.bound in ("exact", "about"):
        return WordedNumber("observed", low, high)
    if said is not None:
        return WordedNumber(said, low, high)
    if (low is None) != (high is None) and quantity.bound in ("exact", "about"):
        return WordedNumber("at_least" if high is None else "up_to", low, high)  # "Tausende", "Dutzende"
    if quantity.bound == "exact" and not quantity.approx:
        number = low if low is not None else high
        bare = "round" if number is not None and is_round(number) else "exact"
        return WordedNumber(bare, low, high, hedged=False)
    return WordedNumber("about" if quantity.bound == "exact" else quantity.bound, low, high)


def bounds(number: WordedNumber, table: HedgeTable, cap: float | None = None) -> tuple[float, float]:
    """Return L and U (``inf``: open) under a cap, the table's own by default.

    >>> bounds(WordedNumber("about", 6700, 6700), hedge_table())
    (6650.0, 6750.0)
    """
    low, high = _in_own_unit(number, table, table.cap if cap is None else cap)
    return low / number.per, high / number.per


def _in_own_unit(number: WordedNumber, table: HedgeTable, cap: float) -> tuple[float, float]:
    if number.reading == "range":
        assert number.low is not None and number.high is not None
        if not number.hedged:
            return number.low, number.high
        return (
            number.low - _half(number.low, cap, table.loose),
            number.high + _half(number.high, cap, table.loose),
        )
    n = number.low if number.low is not None else number.high
    if n is None:
        return 0.0, inf
    row = table.readings[number.reading]
    h = _half(n, cap, table.loose)
    return _term(row.low, n, h, ceil), _term(row.high, n, h, floor)


@lru_cache(maxsize=65536)
def is_round(n: float) -> bool:
    """Tell whether a number has at most two significant digits: 6,700 and 20,000 have, 1,204 has not."""
    return n > 0 and n == int(n) and int(n) % 10 ** max(0, len(str(int(n))) - ROUND_DIGITS) == 0


@lru_cache(maxsize=65536)
def _half(n: float, cap: float, loose: float) -> float:
    if n <= 0:
        return 0.0
    if not is_round(n):
        return loose * n
    place = 1
    while int(n) % (place * 10) == 0:
        place *= 10
    return min(place / 2, cap * n)


def _term(term: Term, n: float, h: float, inwards: Callable[[float], int]) -> float:
    """One bound; counts of whole things are rounded inwards, measures are left as they are."""
    if term == "open":
        return inf
    if n != int(n):
        inwards, step = float, 0  # type: ignore[assignment]
    else:
        step = 1
    worth = {"0": 0.0, "N": n, "N+1": n + step, "N-1": n - step, "N-h": inwards(n - h), "N+h": inwards(n + h)}
    return float(worth[term])


def _words_fired(sentence: str) -> set[str]:
    words = set(re.findall(r"[^\W\d_]+", sentence.lower()))
    return words & set(hedge_table().words)


TABLES = [
    TableCheck("hedges.toml [[wording]]", lambda: read_toml(DATA / "hedges.toml", HedgeWord, "wording"), _words_fired),
]
