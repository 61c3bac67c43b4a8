"""Calendar arithmetic over TIMEX3 values."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleg.find.dates_values import add, at, duration, first_day, granularity, interval

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("value", "mod", "start", "end"),
    [
        ("2024", None, "2024", "2024"),
        ("2024", "END", "2024-10", "2024-12"),
        ("2024-02", None, "2024-02", "2024-02"),
        ("2024-02", "END", "2024-02-21", "2024-02-29"),
        ("2024-02-03", None, "2024-02-03", "2024-02-03"),
        ("2024-W01", None, "2024-01-01", "2024-01-07"),
        ("2024-W01-WE", None, "2024-01-06", "2024-01-07"),
        ("2024-Q4", None, "2024-10", "2024-12"),
        ("2024-H1", None, "2024-01", "2024-06"),
        ("2023-WI", None, "2023-12", "2024-02"),
        ("199", None, "1990", "1999"),
        ("18", None, "1800", "1899"),
        ("PRESENT_REF", None, None, None),
        ("P2M", None, None, None),
    ],
)
def test_a_value_is_an_interval(value: str, mod: str | None, start: str | None, end: str | None) -> None:
    assert interval(value, mod) == (start, end)


@given(DAYS, st.sampled_from(["Y", "M", "W", "D", "Q", "H", "DE", "CE"]))
def test_the_unit_that_holds_a_day_begins_on_it_or_before(day: date, unit: str) -> None:
    value = at(day, unit)
    first = first_day(value)
    assert first is not None and first <= day
    _, end = interval(value, None)
    assert end is not None and day.isoformat()[: len(end)] <= end


@given(DAYS, st.integers(-30, 30), st.sampled_from(["W", "D"]))
def test_moving_there_and_back_by_weeks_and_days_is_no_move(day: date, count: int, unit: str) -> None:
    assert add(add(day, count, unit), -count, unit) == day


@given(DAYS, st.integers(-30, 30), st.sampled_from(["Y", "M", "Q"]))
def test_moving_by_months_keeps_the_day_or_takes_the_last_of_the_month(day: date, count: int, unit: str) -> None:
    moved = add(day, count, unit)
    assert moved.day == day.day or (moved.day < day.day and moved.day >= 28)


@pytest.mark.parametrize(
    ("value", "grain"),
    [
        ("2024", "Y"),
        ("2024-02", "M"),
        ("2024-02-03", "D"),
        ("2024-W01", "W"),
        ("2024-Q1", "Q"),
        ("199", "DE"),
        ("18", "CE"),
    ],
)
def test_the_grain_of_a_value(value: str, grain: str) -> None:
    assert granularity(value) == grain


@pytest.mark.parametrize(
    ("count", "unit", "value"), [(2, "M", "P2M"), (2.5, "Y", "P2.5Y"), (30, "TM", "PT30M"), ("X", "W", "PXW")]
)
def test_a_duration_is_written_as_timex3_does(count: float | str, unit: str, value: str) -> None:
    assert duration(count, unit) == value
