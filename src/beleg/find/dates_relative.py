"""Expressions that hang on the day of writing or on the date the story has reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from beleg.find.dates_calendar import calendar
from beleg.find.dates_rules import (
    PARAGRAPH,
    SENTENCE,
    Match,
    Reading,
    Rule,
    Setting,
    ahead,
    dated,
    day_part,
    from_eve,
    month_start,
    told_day,
)
from beleg.find.dates_values import (
    SEASONS,
    add,
    at,
    first_day,
    granularity,
    week,
)


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
        shift = 0 if ahead(m) or base.isoweekday() >= 6 else -1
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
    return dated(at(add(month_start(base, unit), m.number("SHIFT") or 0, unit), unit), m, relative=True)


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
    return dated(at(add(month_start(base, code[0]), int(code[1:]), code[0]), code[0]), m, relative=True)


def this_year(m: Match, s: Setting) -> Reading:
    return dated(None if s.base is None else f"{s.base.year:04d}", m, relative=True)


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


def daypart(m: Match, s: Setting) -> Reading:
    """ "am Abend": of the day that the story is at, else of today."""
    part = day_part(m)
    told = told_day(m, s, PARAGRAPH)
    value = told or (None if s.now is None or s.narrative else s.now.isoformat())
    reading = dated(value, m, relative=True, part=part)
    return from_eve(reading) if part == "NI" and told is None else reading


def clock(m: Match, s: Setting) -> Reading | None:
    """A time of day, of the day that the story is at, else of today."""
    if m.digits:
        hour, minute = int(m.digits[0]), m.digits[1] if len(m.digits) > 1 else "00"
    else:
        hour, minute = int(float(m.one("NUM") or 0)), "00"
    if hour > 24:
        return None
    told = told_day(m, s, SENTENCE)
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
    return dated(at(add(month_start(told_day, unit), m.number("FOLLOWING") or 0, unit), unit), m, relative=True)


def first_months(m: Match, s: Setting) -> Reading:
    """ "in den ersten elf Monaten des Jahres"."""
    count = int(float((m.words.get("NUM") or [d for d in m.digits if len(d) < 3] or ["0"])[0]))
    written = m.number("YEAR")
    shifted = None if s.base is None else s.base.year + (m.number("SHIFT") or 0)
    year = written if written is not None else shifted
    value = f"P{count}M"
    if year is None or not 1 <= count <= 12:
        return Reading("duration", value, relative=True)
    return Reading("duration", value, None, f"{year:04d}-01", f"{year:04d}-{count:02d}", relative=written is None)


def turn_of_year(m: Match, s: Setting) -> Reading:
    """ "zum Jahreswechsel 2022/23": December and January; without a year the nearest one."""
    year = m.number("YEAR")
    if year is None and s.base is None:
        return Reading("date", None, relative=True)
    if year is None and s.base is not None:
        year = s.base.year if s.base.month > 6 else s.base.year - 1
    return Reading(
        "date", f"{year}-12/{(year or 0) + 1}-01", None, f"{year}-12", f"{(year or 0) + 1}-01", relative=True
    )


RELATIVE: dict[str, Rule] = {
    "shift-name": shift_name, "shift-weekend": shift_weekend, "shift": shift, "shift-part": shift_part,
    "neighbour": neighbour, "this-year": this_year, "deictic": deictic, "daypart": daypart, "clock": clock,
    "vague": vague, "first-months": first_months, "turn-of-year": turn_of_year,
    "story-same": story_same, "shift-story": shift_story,
}  # fmt: skip
