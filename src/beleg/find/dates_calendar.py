"""Days, months, parts of years and years by their calendar names, with or without the year."""

from __future__ import annotations

from datetime import date, timedelta

from beleg.find.dates_rules import (
    PARAGRAPH,
    Match,
    Reading,
    Rule,
    Setting,
    ahead,
    dated,
    day_part,
    from_eve,
)
from beleg.find.dates_values import (
    SEASONS,
    first_day,
    is_day,
)

SOON = 60  # days that a date without a year and without a cue may lie ahead


def numeric(m: Match, s: Setting) -> Reading | None:
    """A date in digits; ``arg`` names their order."""
    order = m.arg or ""
    n = [int(d) for d in m.digits]
    if order == "ym":
        return dated(f"{n[0]:04d}-{n[1]:02d}", m, relative=False)
    if order == "dm":
        return day_in_year(n[0], n[1], None, m, s)
    if order == "dmyy":
        n[2] += 2000 if n[2] < 50 else 1900
    year, month, day = (n[0], n[1], n[2]) if order == "ymd" else (n[2], n[1], n[0])
    if not is_day(year, month, day):
        return None
    value = f"{year:04d}-{month:02d}-{day:02d}"
    if order == "dmyt":
        return Reading("time", f"{value}T{int(m.digits[3]):02d}:{m.digits[4]}", None, value, value)
    return dated(value, m, relative=False)


def calendar(m: Match, s: Setting) -> Reading | None:
    """A day, month, quarter, half, season or year by its calendar name, with or without the year."""
    year, relative = _year(m, s)
    month = m.number("MONTH") or m.number("MONTHSHORT")
    part = day_part(m)
    if month is not None:
        day = m.number("DAYNUM")
        if day is not None:
            return day_in_year(day, month, year, m, s, part=part, relative=relative)
        if year is None:
            year, relative = _year_of_month(month, m, s), True
        return dated(None if year is None else f"{year:04d}-{month:02d}", m, relative=relative)
    if m.words.get("WEEKDAY") or m.words.get("WEEKDAYPART"):
        return weekday(m, s, part)
    name = _part_name(m)
    if name is None:
        return dated(None if year is None else f"{year:04d}", m, relative=relative)
    if year is None:
        year, relative = _year_of_part(name, m, s), True
    return dated(None if year is None else f"{year:04d}-{name}", m, relative=relative)


def _part_name(m: Match) -> str | None:
    if season := m.one("SEASON"):
        return season
    if m.words.get("QUARTERW") or m.words.get("HALFW"):
        number = m.number("ORD") or m.number("DAYNUM") or 0
        letter, most = ("Q", 4) if m.words.get("QUARTERW") else ("H", 2)
        return f"{letter}{number}" if 1 <= number <= most else None
    return None


def _year(m: Match, s: Setting) -> tuple[int | None, bool]:
    """Return the year that stands in the expression and whether it is relative."""
    if (year := m.number("YEAR")) is not None:
        return year, False
    if (short := m.number("YY")) is not None and "MONTH" in m.words:
        return (2000 if short < 50 else 1900) + short, False
    for name in ("SHIFT", "SAME", "FOLLOWING"):
        if (shift := m.number(name)) is not None:
            day = s.base if name == "SHIFT" else (first_day(s.story) if s.story else s.now)
            return (None if day is None else day.year + shift), True
    return None, False


def _year_of_month(month: int, m: Match, s: Setting) -> int | None:
    base = s.base
    if base is None:
        return None
    if s.narrative and s.story:
        return base.year
    if ahead(m):
        return base.year if month >= base.month else base.year + 1
    return base.year if month <= base.month else base.year - 1


def _year_of_part(name: str, m: Match, s: Setting) -> int | None:
    base = s.base
    if base is None:
        return None
    step = {"Q": 3, "H": 6}.get(name[0], 0)
    first = SEASONS[name][0] if name in SEASONS else (int(name[1]) - 1) * step + 1
    if name in SEASONS and not s.narrative and not m.past and first - base.month in (1, 2, 3):
        return base.year  # nearer ahead than behind
    if s.narrative and s.story:
        return base.year
    if ahead(m):
        last = SEASONS[name][1] if name in SEASONS else first + step - 1
        return base.year if last >= base.month else base.year + 1
    return base.year if first <= base.month else base.year - 1


def day_in_year(
    day: int, month: int, year: int | None, m: Match, s: Setting, *, part: str | None = None, relative: bool = False
) -> Reading | None:
    if not is_day(year or 2000, month, day):
        return None
    if year is None:
        relative = True
        year = _year_of_day(day, month, m, s)
    return dated(None if year is None else f"{year:04d}-{month:02d}-{day:02d}", m, relative=relative, part=part)


def _year_of_day(day: int, month: int, m: Match, s: Setting) -> int | None:
    base = s.base
    if base is None:
        return None
    if s.narrative and s.story:
        return base.year
    told = first_day(s.story) if s.story and m.place - s.place <= PARAGRAPH else None
    if told is not None and told.year <= base.year - 2 and not m.ahead:
        return told.year  # "im März 1992 …, am 5. März"
    candidates = [date(y, month, day) for y in (base.year - 1, base.year, base.year + 1) if is_day(y, month, day)]
    if m.ahead:
        later = [c for c in candidates if c >= base]
        return later[0].year if later else None
    if m.past and not m.until:
        earlier = [c for c in candidates if c <= base]
        return earlier[-1].year if earlier else None
    near = [c for c in candidates if (c - base).days <= SOON]
    return near[-1].year if near else None


def weekday(m: Match, s: Setting, part: str | None) -> Reading:
    named = m.one("WEEKDAY")
    if named is None:
        named, _, part = (m.one("WEEKDAYPART") or "").partition(";")
    base = s.base
    if base is None:
        return dated(None, m, relative=True, part=part)
    number = int(named)
    if ahead(m):
        day = base + timedelta((number - base.isoweekday()) % 7)
    else:
        day = base - timedelta((base.isoweekday() - number) % 7)
    return dated(day.isoformat(), m, relative=True, part=part)


def night_to(m: Match, s: Setting) -> Reading:
    """ "in der Nacht auf Sonntag": the night that ends on it."""
    reading = weekday(m, s, m.one("DAYPART"))
    return from_eve(reading) if m.one("DAYPART") == "NI" else reading


def list_day(m: Match, s: Setting) -> Reading | None:
    """The day of a list whose month stands at its end; the caller gives that as MONTH and YEAR."""
    return calendar(m, s)


def holiday(m: Match, s: Setting) -> Reading | None:
    month, _, day = (m.one("HOLIDAY") or "01-01").partition("-")
    return day_in_year(int(day), int(month), m.number("YEAR"), m, s)


def year(m: Match, s: Setting) -> Reading:
    return dated(m.one("YEAR"), m, relative=False)


def short_year(m: Match, s: Setting) -> Reading:
    """ "28" behind "1926 und", "’89"."""
    short = int(m.digits[-1])
    told = first_day(s.story) if s.story else None
    century = (told.year // 100) if told else 19 if short >= 40 else 20
    return dated(f"{century:02d}{short:02d}", m, relative=False)


def early_year(m: Match, s: Setting) -> Reading:
    return dated(f"{int(m.digits[-1]):04d}", m, relative=False)


def bc(m: Match, s: Setting) -> Reading:
    return Reading("date", f"BC{int(m.digits[0]):04d}")


def decade(m: Match, s: Setting) -> Reading:
    if found := m.one("YEAR"):
        return dated(found[:3], m, relative=False)
    digit = (m.one("YY") or m.one("DECADE") or m.one("DECADEYEARS") or "9")[0]
    return dated("19" + digit, m, relative=False)


def century(m: Match, s: Setting) -> Reading:
    numbers = m.words.get("DAYNUM") or m.words["ORD"]
    return dated(f"{int(numbers[-1]) - 1:02d}", m, relative=False)


def millennium(m: Match, s: Setting) -> Reading:
    number = int((m.words.get("DAYNUM") or m.words["ORD"])[-1])
    return Reading("date", str(number - 1))


CALENDAR: dict[str, Rule] = {
    "numeric": numeric, "calendar": calendar, "night-to": night_to, "list-day": list_day, "holiday": holiday,
    "year": year, "about-year": calendar, "short-year": short_year, "early-year": early_year, "bc": bc,
    "decade": decade, "century": century, "millennium": millennium,
}  # fmt: skip
