"""Worded numbers as bounds."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import pytest
from by_hand import quantity

from beleg.ledger.hedges import bounds, hedge_table, is_round, worded

TABLE = hedge_table()


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("mehr als 2000", 2001, inf),
        ("mindestens 10000", 10000, inf),
        ("bis zu 4800000", 0, 4800000),
        ("etwa 6700", 6650, 6750),
        ("etwa 3000", 2700, 3300),  # the cap of a tenth is narrower than half a thousand
        ("etwa 20000", 18000, 22000),
        ("etwa 1234", 1210, 1258),  # not round: two in a hundred, rounded inwards
        ("fast 5000000", 4500000, 5000000),
        ("3000", 2700, 3300),  # a bare round number is approximate
        ("3017", 3017, 3017),
        ("genau 3000", 3000, 3000),
        ("3", 3, 3),
    ],
)
def test_each_wording_has_the_bounds_of_the_published_table(words: str, low: float, high: float) -> None:
    assert bounds(worded(quantity(words), False, TABLE), TABLE) == (low, high)


@pytest.mark.parametrize(
    ("raw", "low", "high"), [("gut 300", 300, 330), ("knapp 300", 270, 300), ("exakt 300", 300, 300)]
)
def test_a_word_before_the_number_decides_before_the_bound(raw: str, low: float, high: float) -> None:
    q = replace(quantity("etwa 300"), raw=raw)
    assert bounds(worded(q, False, TABLE), TABLE) == (low, high)


def test_dozens_and_thousands_are_open_above() -> None:
    q = replace(quantity("2000"), raw="Tausende", high=None, approx=True)
    assert bounds(worded(q, False, TABLE), TABLE) == (2000, inf)


def test_what_was_counted_by_watching_bounds_from_below_only() -> None:
    assert bounds(worded(quantity("1204"), True, TABLE), TABLE) == (1204, inf)
    assert bounds(worded(quantity("genau 1204"), True, TABLE), TABLE) == (1204, 1204)


def test_a_range_keeps_its_ends_and_widens_when_hedged() -> None:
    q = replace(quantity("60"), raw="60 bis 70", high=70.0)
    assert bounds(worded(q, False, TABLE), TABLE) == (60, 70)
    assert bounds(worded(replace(q, approx=True), False, TABLE), TABLE) == (55, 75)


def test_measures_are_not_rounded_to_whole_ones() -> None:
    assert bounds(worded(quantity("mehr als 2.5"), False, TABLE), TABLE) == (2.5, inf)


@pytest.mark.parametrize("cap", [0.0, 0.02, 0.05, 0.25])
def test_a_smaller_cap_never_widens(cap: float) -> None:
    number = worded(quantity("etwa 7000"), False, TABLE)
    low, high = bounds(number, TABLE, cap)
    wide = bounds(number, TABLE, 0.25)
    assert wide[0] <= low <= 7000 <= high <= wide[1]


@pytest.mark.parametrize(
    ("n", "expected"), [(6700, True), (20000, True), (1204, False), (7, True), (12, True), (0.5, False)]
)
def test_round_is_two_significant_digits_at_most(n: float, expected: bool) -> None:
    assert is_round(n) is expected


def test_every_wording_of_the_table_leads_to_a_reading_of_it() -> None:
    assert set(TABLE.words.values()) <= set(TABLE.readings)
