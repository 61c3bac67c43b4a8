"""Calendar arithmetic over TIMEX3 values: shifting them and reading them as intervals of days, months or years.

A value is a string as TIMEX3 writes it: ``2024``, ``2024-10``, ``2024-10-02``, ``2024-W41``, ``2024-Q4``, ``2024-H1``,
``2024-SU``, ``202`` (decade), ``20`` (century), ``P2M``, ``PRESENT_REF``. An interval is a pair of ``YYYY[-MM[-DD]]``,
both inclusive.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}  # months, 14 = February of the next year
Interval = tuple[str | None, str | None]
NOTHING: Interval = (None, None)
NOW = "PRESENT_REF"  # value of what only means the present: "heute" of no certain day

DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
MONTH = re.compile(r"(\d{4})-(\d\d)")
WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
PART_OF_YEAR = re.compile(r"(\d{4})-(Q[1-4]|H[12]|SP|SU|FA|WI)")


def add_months(year: int, month: int, months: int) -> tuple[int, int]:
    index = year * 12 + month - 1 + months
    return index // 12, index % 12 + 1


def add(day: date, count: float, unit: str) -> date:
    """Move a day by units of TIMEX3 (Y, M, W, D, DE, CE, Q, H); a day that the month lacks becomes its last."""
    if unit in ("W", "D"):
        return day + timedelta(days=round(count * (7 if unit == "W" else 1)))
    months = round(count * {"Y": 12, "M": 1, "Q": 3, "H": 6, "DE": 120, "CE": 1200, "ML": 12000}.get(unit, 0))
    year, month = add_months(day.year, day.month, months)
    if not 1 <= year <= 9999:
        return day
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def week(day: date) -> str:
    year, number, _ = day.isocalendar()
    return f"{year:04d}-W{number:02d}"


def at(day: date, unit: str) -> str:
    """Return the value of the year, month, week, … that holds a day."""
    if unit == "Y":
        return f"{day.year:04d}"
    if unit == "M":
        return f"{day.year:04d}-{day.month:02d}"
    if unit == "W":
        return week(day)
    if unit == "Q":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    if unit == "H":
        return f"{day.year:04d}-H{1 if day.month < 7 else 2}"
    if unit == "DE":
        return f"{day.year // 10:03d}"
    if unit == "CE":
        return f"{day.year // 100:02d}"
    if unit == "ML":
        return f"{day.year // 1000}"
    return day.isoformat()


def first_day(value: str) -> date | None:
    """Return the first day of a dated value, None for what has none."""
    start, _ = interval(value, None)
    if start is None:
        return None
    bits = [int(b) for b in start.split("-")]
    year, month, day = ([*bits, 1, 1])[:3]
    if not 1 <= year <= 9999:
        return None
    return date(year, month, day)


def granularity(value: str) -> str:
    """Return the unit of a dated value: Y, M, W, D, Q, H, S (season), DE, CE."""
    if DAY.match(value):
        return "D"
    if WEEK.match(value):
        return "W"
    if m := PART_OF_YEAR.match(value):
        return m[2][0] if m[2][0] in "QH" else "S"
    if MONTH.match(value):
        return "M"
    return {4: "Y", 3: "DE", 2: "CE"}.get(len(value), "")


def interval(value: str, mod: str | None) -> Interval:
    """Return the interval of a dated value, narrowed by START, MID or END; (None, None) for what is not dated."""
    if m := DAY.match(value):
        return m[0], m[0]
    if m := WEEK.match(value):
        return _week(int(m[1]), int(m[2]), m[3] is not None, mod)
    if m := PART_OF_YEAR.match(value):
        first, last = _part(m[2])
        return _months(int(m[1]), first, last)
    if m := MONTH.match(value):
        return _month(int(m[1]), int(m[2]), mod)
    if value.isdecimal() and 1 <= len(value) <= 4:
        span = 10 ** (4 - len(value))
        first = int(value) * span
        if span == 1:
            return _year(first, mod)
        lo, hi = _third(first, first + span - 1, mod)
        return f"{lo:04d}", f"{hi:04d}"
    return NOTHING


def _year(year: int, mod: str | None) -> Interval:
    months = {"START": (1, 3), "MID": (5, 8), "END": (10, 12)}.get(mod or "")
    return _months(year, *months) if months else (f"{year:04d}", f"{year:04d}")


def _months(year: int, first: int, last: int) -> Interval:
    (y1, m1), (y2, m2) = add_months(year, first, 0), add_months(year, last, 0)
    return f"{y1:04d}-{m1:02d}", f"{y2:04d}-{m2:02d}"


def _month(year: int, month: int, mod: str | None) -> Interval:
    text = f"{year:04d}-{month:02d}"
    if not 1 <= month <= 12 or year < 1:
        return NOTHING
    days = {"START": (1, 10), "MID": (11, 20), "END": (21, monthrange(year, month)[1])}.get(mod or "")
    return (f"{text}-{days[0]:02d}", f"{text}-{days[1]:02d}") if days else (text, text)


def _week(year: int, number: int, weekend: bool, mod: str | None) -> Interval:
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError:
        return NOTHING
    first, last = {"START": (0, 1), "MID": (2, 3), "END": (4, 6)}.get(mod or "", (5, 6) if weekend else (0, 6))
    return (monday + timedelta(first)).isoformat(), (monday + timedelta(last)).isoformat()


def _part(name: str) -> tuple[int, int]:
    if name[0] == "Q":
        return int(name[1]) * 3 - 2, int(name[1]) * 3
    if name[0] == "H":
        return (1, 6) if name == "H1" else (7, 12)
    return SEASONS[name]


def _third(lo: int, hi: int, mod: str | None) -> tuple[int, int]:
    third = (hi - lo + 1) // 3
    return {"START": (lo, lo + third), "MID": (lo + third, hi - third), "END": (hi - third, hi)}.get(
        mod or "", (lo, hi)
    )


def number_text(count: float | str) -> str:
    """Write a count as TIMEX3 does: 2, 2.5, X."""
    if isinstance(count, str):
        return count
    return str(int(count)) if count == int(count) else f"{count:g}"


def duration(count: float | str, unit: str) -> str:
    """Return the TIMEX3 value of a stretch: P2M, PT30M, PXY."""
    if unit[0] == "T":
        return f"PT{number_text(count)}{unit[1:]}"
    return f"P{number_text(count)}{unit}"


def is_day(year: int, month: int, day: int) -> bool:
    return 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
