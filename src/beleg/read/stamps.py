"""Dates that stand alone: time-stamp lines, slugs, page metadata, addresses, what the user gives.

Only what is a stamp by its shape counts here; dates inside sentences are the business of ``find/dates``. A date is an
interval: "2024-06" is the whole of June. Years outside 1900–2100 are not dates.
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime
from functools import cache

from beleg.model import DayRange
from beleg.read.rules import alternatives, fold, month_rules, stamp_rules
from beleg.tables import TableCheck

FIRST_YEAR, LAST_YEAR = 1900, 2100
CENTURY = 2000  # of years with two digits; a news page of the last century has four
MAX_CLOCK = 30  # characters of a line that is only a time of day
MAX_STAMP = 160  # characters of a line that is only a time stamp
UNIX_FIRST, UNIX_LAST = 946_684_800, 4_102_444_800  # 2000 to 2100: shorter numbers are ids

_ISO = r"(?P<iy>\d{4})(?:-(?P<im>\d{1,2})(?:-(?P<id>\d{1,2}))?|/(?P<jm>\d{1,2})/(?P<jd>\d{1,2}))(?!\d)"
_DOTTED = r"(?P<dd>\d{1,2})\.\s?(?P<dm>\d{1,2})\.\s?(?P<dy>\d{4}|\d{2})(?![\d:]|\.\d)"
_SLASHED = r"(?P<s1>\d{1,2})/(?P<s2>\d{1,2})/(?P<sy>\d{4})(?!\d)"  # read only where day and month cannot be mistaken
_UNIX = r"(?<!\d)(?P<unix>\d{10})(?:\d{3})?(?!\d)"
_TIME = re.compile(
    r"(?:\bt|\s|^)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d+)?\s*(?:[ap]\.?m\.?)?\s*(?:z\b|[+-]\d{2}:?\d{2})?|^t?\s*$"
)
_CLOCK = re.compile(r"(?<![\d.:])(?:[01]?\d|2[0-4])[:.][0-5]\d(?:[:.][0-5]\d)?\s*(?:[ap]\.?m\.?)?(?![\d:]|\.\d)")
_SEPARATORS = re.compile(r"[\s,;|/·•–—\-:()]+")
_ADDRESS = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d{2})[/_-]?(?P<m>0?[1-9]|1[0-2]|[a-z]{3})[/_-](?P<d>0?[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)(?P<y2>20\d{2})(?P<m2>0[1-9]|1[0-2])(?P<d2>0[1-9]|[12]\d|3[01])(?!\d)"
    r"|/(?P<y3>(?:19|20)\d{2})/(?P<m3>0[1-9]|1[0-2])(?=/)(?!/(?:0?[1-9]|[12]\d|3[01])(?!\d))"
)


@cache
def _months() -> dict[str, int]:
    return {" ".join(f.casefold().split()): r.number for r in month_rules() for f in r.forms}


@cache
def _stamp_pattern() -> re.Pattern[str]:
    months = alternatives(tuple(_months()))
    day_first = rf"(?P<nd>\d{{1,2}})(?:\.\s*|(?:st|nd|rd|th)?\s+)(?P<nm>{months})\.?,?\s+(?P<ny>\d{{4}})(?!\d)"
    month_first = rf"(?P<md>{months})\.?\s+(?P<mday>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<my>\d{{4}})(?!\d)"
    month_only = rf"(?P<om>{months})\s+(?P<oy>\d{{4}})(?!\d)"
    return re.compile(rf"(?<!\w)(?:{_ISO}|{_DOTTED}|{_SLASHED}|{day_first}|{month_first}|{month_only}|{_UNIX})")


@cache
def _opener() -> re.Pattern[str]:
    forms = tuple(f for r in stamp_rules() if r.role != "filler" for f in r.forms)
    return re.compile(rf"\s*(?:{alternatives(forms)})(?!\w)\.?:?\s*", re.IGNORECASE)


@cache
def _filler() -> re.Pattern[str]:
    forms = tuple(f for r in stamp_rules() for f in r.forms)
    return re.compile(rf"(?<!\w)(?:{alternatives(forms)})(?!\w)\.?:?")


@cache
def _place() -> re.Pattern[str]:
    small = rf"(?:(?i:{_filler().pattern})\s+)?"  # "Berlin, den 3. Mai"
    return re.compile(rf"^[A-ZÄÖÜ][\w/-]{{2,30}}(?:,\s+{small}|\s*\([a-z/]{{2,12}}\)[\s,–-]*)(?=\d)")


@cache
def _filler_end() -> re.Pattern[str]:
    return re.compile(rf"(?:[\s,;|/·•–—-]+|{_filler().pattern})+$", re.IGNORECASE)


def without_fillers(text: str) -> str:
    """Cut the signs, weekdays and small words between names and a date off the end of ``text``."""
    return _filler_end().sub("", text)


def month_number(name: str) -> int | None:
    return _months().get(name.casefold().strip(". "))


def days(year: int, month: int | None = None, day: int | None = None) -> DayRange | None:
    """Return the interval a year, month or day stands for; None where there is no such day."""
    try:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return None
        if month is None:
            return DayRange(date(year, 1, 1), date(year, 12, 31))
        if day is None:
            return DayRange(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
        return DayRange(date(year, month, day), date(year, month, day))
    except (ValueError, calendar.IllegalMonthError):
        return None


def _from_match(m: re.Match[str]) -> DayRange | None:
    g = m.groupdict()
    if g["unix"]:
        seconds = int(g["unix"])
        if not UNIX_FIRST <= seconds < UNIX_LAST:
            return None
        day = datetime.fromtimestamp(seconds, UTC).date()
        return DayRange(day, day)
    if g["iy"]:
        stated = g["id"] or g["jd"]
        return days(int(g["iy"]), int(g["im"] or g["jm"] or 0), int(stated) if stated else None)
    if g["dy"]:
        year = int(g["dy"])
        return days(year if year > 99 else CENTURY + year, int(g["dm"]), int(g["dd"]))
    if g["sy"]:
        one, two = int(g["s1"]), int(g["s2"])
        first, second = (one, two) if one > 12 else (two, one)
        return days(int(g["sy"]), second, first) if first > 12 or one == two else None
    if g["ny"]:
        return days(int(g["ny"]), month_number(g["nm"]), int(g["nd"]))
    if g["my"]:
        return days(int(g["my"]), month_number(g["md"]), int(g["mday"]))
    return days(int(g["oy"]), month_number(g["om"]))


def find_date(text: str) -> tuple[DayRange, int, int] | None:
    """Return the first date written out in ``text`` with its place in the folded text, or None."""
    for m in _stamp_pattern().finditer(fold(text)):
        if (found := _from_match(m)) is not None:
            return found, m.start(), m.end()
    return None


def stamp_line(text: str) -> DayRange | None:
    """Return the date of a line that is nothing but a time stamp ("11.10.2024 14:49"), or None.

    A place may open it ("Berlin, den 11.10.2024"). Of several dates the first that is no change's counts.
    """
    if len(text) > MAX_STAMP or find_date(text) is None:
        return None
    low = fold(_place().sub("", " ".join(text.split())))
    found: list[tuple[bool, DayRange]] = []
    rest, at = "", 0
    for m in _stamp_pattern().finditer(low):
        if (day := _from_match(m)) is not None:
            found.append((_updates().search(low[at : m.start()]) is not None, day))
            rest += low[at : m.start()] + " "
            at = m.end()
    rest = _filler().sub(" ", _TIME.sub(" ", rest + low[at:]))
    left = _SEPARATORS.sub("", _filler().sub(" ", rest))
    if not found or (left and not (left.isdigit() and len(left) <= 2)):  # minutes that it takes to read
        return None
    return min(found, key=lambda f: f[0])[1]


def is_clock(text: str) -> bool:
    """Tell whether a line is nothing but a time of day ("14.20 Uhr", "11:15")."""
    low = fold(text)
    if len(text) > MAX_CLOCK or not _CLOCK.search(low):
        return False
    return not _SEPARATORS.sub("", _filler().sub(" ", _CLOCK.sub(" ", low)))


def days_precise(text: str) -> bool:
    """Tell whether a day, and not only a month or year, stands in ``text``."""
    found = find_date(text)
    return found is not None and found[0].first == found[0].last


@cache
def _updates() -> re.Pattern[str]:
    forms = tuple(f for r in stamp_rules() if r.role == "updated" for f in r.forms)
    return re.compile(rf"(?<!\w)(?:{alternatives(forms)})(?!\w)")


def is_update(text: str) -> bool:
    """Tell whether a line opens with a word for a later change ("Aktualisiert am …")."""
    low = fold(text)
    m = _updates().search(low)
    return m is not None and not re.search(r"\w", low[: m.start()])


def stamp_prefix(text: str) -> tuple[DayRange, int] | None:
    """Return date and length of a stamp that text goes on after in the same line ("date 2024-06 Nach …"), or None.

    Only a stamp that a word of the table opens counts: a sentence may well begin with a bare date.
    """
    m = _opener().match(text)
    if m is None:
        return None
    m = re.compile(rf"(?:{_filler().pattern}[\s,]*)*", re.IGNORECASE).match(text, m.end()) or m
    stamp = re.compile(_stamp_pattern().pattern, re.IGNORECASE).match(text, m.end())
    if stamp is None or (found := _from_match(stamp)) is None:
        return None
    rest = re.compile(r"(?:[T,\s]+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*(?:Uhr|Z))?)?[\s|,:–-]*").match(text, stamp.end())
    return found, rest.end() if rest else stamp.end()


def slug_line(text: str) -> DayRange | None:
    """Return the day of a slug that opens with a Unix time stamp ("1693975583 Kim wirbt"), or None."""
    m = re.match(r"(?P<s>\d{10})(?:\d{3})?[\s_-]+\S", text)
    if m is None or not UNIX_FIRST <= int(m["s"]) < UNIX_LAST:
        return None
    day = datetime.fromtimestamp(int(m["s"]), UTC).date()
    return DayRange(day, day)


def from_iso(value: str) -> DayRange | None:
    """Read a metadata or user's value: YYYY, YYYY-MM, YYYY-MM-DD with or without a time, RFC 2822, or a Unix stamp.

    The day is the one written, in the zone it is written in.
    """
    value = value.strip()
    if m := re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2})(?:[T\s].*)?)?", value):
        return days(int(m[1]), int(m[2]) if m[2] else None, int(m[3]) if m[3] else None)
    if m := re.match(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}.*)?$", value):
        return days(int(m[1]), int(m[2]), int(m[3]))
    found = find_date(value)
    return found[0] if found else None


def is_instant(value: str) -> bool:
    """Whether a value is a day or an instant in ISO 8601, as captures carry it."""
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def from_address(url: str) -> DayRange | None:
    """Return the day or month that an address carries in its path ("/2024/06/20/"), or None."""
    path = url.split("://", 1)[-1].split("?", 1)[0].partition("/")[2]
    for m in _ADDRESS.finditer("/" + path.casefold()):
        year, month, day = m["y"] or m["y2"] or m["y3"], m["m"] or m["m2"] or m["m3"], m["d"] or m["d2"]
        number = int(month) if month.isdigit() else month_number(month)
        if number and (found := days(int(year), number, int(day) if day else None)):
            return found
    return None


def _fired_stamps(text: str) -> set[str]:
    low = fold(text)
    if stamp_line(text) is None and stamp_prefix(text) is None:
        return set()
    return {r.key for r in stamp_rules() if re.search(rf"(?<!\w)(?:{alternatives(r.forms)})(?!\w)", low)}


def _fired_months(text: str) -> set[str]:
    found = find_date(text)
    return {r.key for r in month_rules() if found and found[0].first.month == r.number}


TABLES = [
    TableCheck("*/reading.toml [[stamp]]", stamp_rules, _fired_stamps),
    TableCheck("*/reading.toml [[month]]", month_rules, _fired_months),
]
