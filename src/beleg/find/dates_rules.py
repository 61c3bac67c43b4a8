"""What the rules of time expressions compute: one function a kind of expression, ``(Match, Setting) → Reading``.

None means "no time expression after all": a factory's name, a number that counts something.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from beleg.find.dates_values import (
    SEASONS,
    add,
    add_months,
    at,
    first_day,
    granularity,
    interval,
    is_day,
    week,
)

Kind = Literal["date", "time", "duration", "set"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression says, before it is put into the text."""

    kind: Kind
    value: str | None
    mod: str | None = None
    start: str | None = None
    end: str | None = None
    relative: bool = False  # hangs on the day of writing (or of the statement)
    open_start: bool = False
    open_end: bool = False
    story: bool = True  # a dated value moves the story's date


@dataclass(frozen=True, slots=True)
class Match:
    """An expression as found: what its words stand for, by class in text order, and the words around it."""

    words: Mapping[str, list[str]]
    digits: tuple[str, ...]
    before: str  # the word before, small letters
    ahead: bool  # the clause speaks of what is to come
    past: bool  # the clause speaks of what was
    until: bool  # "bis", "ab" stand before
    timed: bool  # a time of day follows
    place: int  # code point where it starts
    arg: str | None
    paragraph: int = 0  # number of the paragraph it stands in
    heading: bool = False  # is a paragraph of its own

    def one(self, name: str) -> str | None:
        found = self.words.get(name)
        return found[0] if found else None

    def number(self, name: str) -> int | None:
        found = self.one(name)
        return None if found is None else int(found)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where the text stands in time."""

    now: date | None  # day of writing or of the statement
    narrative: bool  # tells of the past in order: what lacks a year takes the story's
    story: str | None  # last dated value of the story
    daily: bool  # speaks of yesterday and tomorrow: "heute" is the day itself
    place: int = -1  # code point where the story's date stands

    @property
    def base(self) -> date | None:
        """The day that "this year" and the like hang on."""
        told = first_day(self.story) if self.narrative and self.story else None
        return told or self.now


Rule = Callable[[Match, Setting], Reading | None]
SENTENCE, PARAGRAPH = 60, 400  # code points within which a time of day belongs to the day named before
MOD_OF_PART = ("PART", "EARLY", "YEARPART", "MONTHPART", "WEEKPART")


def mod_of(m: Match) -> str | None:
    return next((m.words[n][0] for n in MOD_OF_PART if m.words.get(n)), None)


def dated(value: str | None, m: Match, *, relative: bool, mod: str | None = None, part: str | None = None) -> Reading:
    """Return a date with its interval; ``part`` is a part of the day."""
    mod = mod or mod_of(m)
    if value is None:
        return Reading("time" if part else "date", None, mod, relative=relative)
    start, end = interval(value, mod)
    kind: Kind = "time" if part else "date"
    return Reading(kind, value + f"T{part}" if part else value, mod, start, end, relative=relative)


def day_part(m: Match) -> str | None:
    for name in ("DAYPART", "DAYPARTS", "DAYEARLY"):
        if m.words.get(name):
            return m.words[name][-1]
    return "MO" if m.words.get("TOMORROW") and (m.words.get("WEEKDAY") or m.words.get("DEICTIC")) else None


def numeric(m: Match, s: Setting) -> Reading | None:
    """A date in digits; ``arg`` names their order."""
    order = m.arg or ""
    n = [int(d) for d in m.digits]
    if order == "ym":
        return dated(f"{n[0]:04d}-{n[1]:02d}", m, relative=False)
    if order == "dm":
        return _day_in_year(n[0], n[1], None, m, s)
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
            return _day_in_year(day, month, year, m, s, part=part, relative=relative)
        if year is None:
            year, relative = _year_of_month(month, m, s), True
        return dated(None if year is None else f"{year:04d}-{month:02d}", m, relative=relative)
    if m.words.get("WEEKDAY") or m.words.get("WEEKDAYPART"):
        return _weekday(m, s, part)
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


def _ahead(m: Match) -> bool:
    return m.ahead or (m.until and not m.past)


def _year_of_month(month: int, m: Match, s: Setting) -> int | None:
    base = s.base
    if base is None:
        return None
    if s.narrative and s.story:
        return base.year
    if _ahead(m):
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
    if _ahead(m):
        last = SEASONS[name][1] if name in SEASONS else first + step - 1
        return base.year if last >= base.month else base.year + 1
    return base.year if first <= base.month else base.year - 1


def _day_in_year(
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
    return min(candidates, key=lambda c: (abs((c - base).days), c)).year if candidates else None


def _weekday(m: Match, s: Setting, part: str | None) -> Reading:
    named = m.one("WEEKDAY")
    if named is None:
        named, _, part = (m.one("WEEKDAYPART") or "").partition(";")
    base = s.base
    if base is None:
        return dated(None, m, relative=True, part=part)
    number = int(named)
    if _ahead(m):
        day = base + timedelta((number - base.isoweekday()) % 7)
    else:
        day = base - timedelta((base.isoweekday() - number) % 7)
    return dated(day.isoformat(), m, relative=True, part=part)


def night_to(m: Match, s: Setting) -> Reading:
    """ "in der Nacht auf Sonntag": the night that ends on it."""
    reading = _weekday(m, s, m.one("DAYPART"))
    return _from_eve(reading) if m.one("DAYPART") == "NI" else reading


def _from_eve(reading: Reading) -> Reading:
    """Let a night begin on the day before."""
    day = first_day(reading.start or "")
    return reading if day is None else replace(reading, start=(day - timedelta(1)).isoformat())


def list_day(m: Match, s: Setting) -> Reading | None:
    """The day of a list whose month stands at its end; the caller gives that as MONTH and YEAR."""
    return calendar(m, s)


def shift_name(m: Match, s: Setting) -> Reading | None:
    """ "vergangenen Sonntag", "nächsten Mai", "dieser Sommer"."""
    base = s.base
    if m.words.get("SAME") or m.words.get("FOLLOWING"):
        bare = {k: v for k, v in m.words.items() if k not in ("SAME", "FOLLOWING")}
        return replace(calendar(replace(m, words=bare), s) or dated(None, m, relative=True), relative=True)
    shift = m.number("SHIFT") or 0
    part = day_part(m)
    if base is None:
        return dated(None, m, relative=True, part=part)
    if m.words.get("WEEKDAY") or m.words.get("WEEKDAYPART"):
        named = m.one("WEEKDAY")
        if named is None:
            named, _, part = (m.one("WEEKDAYPART") or "").partition(";")
        number = int(named)
        if shift < 0:
            day = base - timedelta((base.isoweekday() - number - 1) % 7 + 1)
        elif shift > 0:
            day = base + timedelta((number - base.isoweekday() - 1) % 7 + 1)
        else:
            day = base + timedelta(number - base.isoweekday())
        return dated(day.isoformat(), m, relative=True, part=part)
    if (month := m.number("MONTH")) is not None:
        year = base.year
        if shift < 0 and month >= base.month:
            year -= 1
        if shift > 0 and month <= base.month:
            year += 1
        return dated(f"{year:04d}-{month:02d}", m, relative=True)
    season = m.one("SEASON") or "SU"
    first, last = SEASONS[season]
    year = base.year
    if shift < 0 and base.month <= last:
        year -= 1
    if shift > 0 and base.month >= first:
        year += 1
    return dated(f"{year:04d}-{season}", m, relative=True)


def shift_weekend(m: Match, s: Setting) -> Reading:
    """A weekend: the last one by default, the one to come on a cue."""
    base = s.base
    if base is None:
        return dated(None, m, relative=True)
    shift = m.number("SHIFT")
    monday = base - timedelta(base.isoweekday() - 1)
    if shift is None:
        shift = 0 if _ahead(m) or base.isoweekday() >= 6 else -1
    return dated(week(monday + timedelta(7 * shift)) + "-WE", m, relative=True)


def shift(m: Match, s: Setting) -> Reading | None:
    """ "vergangenes Jahr", "dieser Woche", "Ende des Monats", "voriges Jahrhundert"."""
    unit = _unit(m)
    base = s.base
    if unit == "D" and not m.words.get("DEICTIC"):
        return story_day(m, s)
    if base is None:
        return dated(None, m, relative=True)
    if (year := m.number("YEAR")) is not None:
        return dated(f"{year:04d}", m, relative=False)
    return dated(at(add(_anchor(base, unit), m.number("SHIFT") or 0, unit), unit), m, relative=True)


def _anchor(day: date, unit: str) -> date:
    """The first of the month, so that moving by months never falls off its end."""
    return day if unit in ("W", "D") else day.replace(day=1)


def _unit(m: Match) -> str:
    for name, unit in UNIT_CLASSES:
        if m.words.get(name):
            return unit or m.words[name][-1]
    return "D"


UNIT_CLASSES = (
    ("YEARW", "Y"), ("MONTHW", "M"), ("WEEKW", "W"), ("QUARTERW", "Q"), ("HALFW", "H"), ("DECADEW", "DE"),
    ("CENTURYW", "CE"), ("MILLENNIUMW", "ML"), ("DAYW", "D"), ("PLURALW", ""), ("SPANW", ""), ("UNIT", ""),
)  # fmt: skip


def shift_part(m: Match, s: Setting) -> Reading:
    """ "Jahresende", "Monatsbeginn" without more."""
    unit = "Y" if m.words.get("YEARPART") else "M" if m.words.get("MONTHPART") else "W"
    return dated(None if s.base is None else at(s.base, unit), m, relative=True)


def neighbour(m: Match, s: Setting) -> Reading:
    """ "Vorjahr", "Folgetag": a unit beside that of the story, or beside now."""
    code = m.one("NEIGHBOUR") or m.one("STORYNEIGHBOUR") or "Y-1"
    told = first_day(s.story) if s.story else None
    if code == "D":  # "tags darauf", "tags zuvor"
        code = "D+1" if m.words.get("LATER") else "D-1"
    base = s.base if m.words.get("NEIGHBOUR") else told
    if base is None or (code[0] == "D" and (s.story is None or granularity(s.story) != "D")):
        return dated(None, m, relative=True)
    return dated(at(add(_anchor(base, code[0]), int(code[1:]), code[0]), code[0]), m, relative=True)


def this_year(m: Match, s: Setting) -> Reading:
    return dated(None if s.base is None else f"{s.base.year:04d}", m, relative=True)


def holiday(m: Match, s: Setting) -> Reading | None:
    month, _, day = (m.one("HOLIDAY") or "01-01").partition("-")
    return _day_in_year(int(day), int(month), m.number("YEAR"), m, s)


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


def deictic(m: Match, s: Setting) -> Reading:
    """ "gestern", "morgen Abend", "heute"."""
    offset = int(next(m.words[n][0] for n in ("DEICTIC", "TODAY", "TODAYADJ", "TOMORROW") if m.words.get(n)))
    part = day_part(m)
    bare = not part and not m.words.get("WEEKDAY")
    if offset == 0 and bare and (s.narrative or not (s.daily or m.timed)):
        return Reading("date", "PRESENT_REF", story=False)
    if s.now is None:
        return dated(None, m, relative=True, part=part)
    return dated((s.now + timedelta(offset)).isoformat(), m, relative=True, part=part)


def _told_day(m: Match, s: Setting, reach: int) -> str | None:
    """Return the story's day where it was named at most ``reach`` code points before."""
    near = s.narrative or m.place - s.place <= reach
    return s.story if s.story and near and granularity(s.story) == "D" else None


def daypart(m: Match, s: Setting) -> Reading:
    """ "am Abend": of the day that the story is at, else of today."""
    part = day_part(m)
    told = _told_day(m, s, PARAGRAPH)
    value = told or (None if s.now is None or s.narrative else s.now.isoformat())
    reading = dated(value, m, relative=True, part=part)
    return _from_eve(reading) if part == "NI" and told is None else reading


def clock(m: Match, s: Setting) -> Reading | None:
    """A time of day, of the day that the story is at, else of today."""
    if m.digits:
        hour, minute = int(m.digits[0]), m.digits[1] if len(m.digits) > 1 else "00"
    else:
        hour, minute = int(float(m.one("NUM") or 0)), "00"
    if hour > 24:
        return None
    told = _told_day(m, s, SENTENCE)
    day = told or (None if s.now is None or s.narrative else s.now.isoformat())
    return Reading("time", f"{day or ''}T{hour:02d}:{minute}", None, day, day, relative=True, story=False)


def vague(m: Match, s: Setting) -> Reading:
    """ "derzeit" is the month of writing; "damals", "bald" have no interval."""
    if m.arg == "PRESENT_REF" and s.now is not None and not s.narrative:
        month = at(s.now, "M")
        return Reading("date", m.arg, None, month, month, relative=True, story=False)
    return Reading("date", m.arg, story=False)


def story_same(m: Match, s: Setting) -> Reading:
    """ "zu diesem Zeitpunkt"."""
    return dated(s.story if s.narrative else None, m, relative=True)


def story_day(m: Match, s: Setting) -> Reading:
    """ "am selben Tag", "am nächsten Tag", "im Laufe des Tages"."""
    offset = m.number("FOLLOWING") or m.number("SHIFT") or 0
    told = first_day(s.story) if s.story and granularity(s.story) == "D" else None
    return dated(None if told is None else (told + timedelta(offset)).isoformat(), m, relative=True)


def shift_story(m: Match, s: Setting) -> Reading | None:
    """ "im selben Jahr", "am folgenden Tag"."""
    if part := m.one("DAYPART"):
        told = s.story if s.story and granularity(s.story) == "D" else None
        return dated(told, m, relative=True, part=part)
    unit = _unit(m)
    if unit == "D":
        return story_day(m, s)
    told_day = first_day(s.story) if s.story else None
    if told_day is None:
        return dated(None, m, relative=True)
    return dated(at(add(_anchor(told_day, unit), m.number("FOLLOWING") or 0, unit), unit), m, relative=True)


def month_before(day: date, months: int) -> str:
    year, month = add_months(day.year, day.month, months)
    return f"{year:04d}-{month:02d}"


DATES: dict[str, Rule] = {
    "numeric": numeric, "calendar": calendar, "night-to": night_to, "list-day": list_day, "shift-name": shift_name,
    "shift-weekend": shift_weekend, "shift": shift, "shift-part": shift_part, "neighbour": neighbour,
    "this-year": this_year, "holiday": holiday, "year": year, "about-year": calendar,
    "short-year": short_year, "early-year": early_year,
    "bc": bc, "decade": decade, "century": century, "millennium": millennium, "deictic": deictic,
    "daypart": daypart, "clock": clock, "vague": vague, "story-same": story_same,
    "shift-story": shift_story,
}  # fmt: skip
