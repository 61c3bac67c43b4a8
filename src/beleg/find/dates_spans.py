"""Durations, repeated times and windows that hang on the day of writing: the second half of the rules."""

from __future__ import annotations

from datetime import date

from beleg.find.dates_rules import Match, Reading, Rule, Setting, dated
from beleg.find.dates_values import add, at, duration, first_day, granularity, interval, number_text

FRACTIONS_OF_TIME = ("TH", "TM", "TS")
COARSE = {"DE": "Y", "CE": "Y", "ML": "Y", "Q": "M", "H": "M"}


def count(m: Match) -> float | str:
    """Return how many units: a number, or X where the words do not say."""
    if m.words.get("FEW"):
        return "X"
    words = [float(w) for w in m.words.get("NUM", [])]
    digits = m.words.get("DIG", [])
    if digits:
        value = float(".".join(digits[:2])) if len(digits) == 2 and len(digits[1]) != 3 else float("".join(digits))
    elif words:
        value = words[0]
        for w in words[1:]:
            value = value * w if w >= 100 else value + w
    elif m.words.get("ONE"):
        value = 1.0
    else:
        half = m.words.get("HALF")
        return float(half[0]) if half else "X"
    if half := m.words.get("HALF"):
        value = value * float(half[0])
    return value


def unit_of(m: Match) -> str:
    for name in ("SPANW", "PLURALW", "UNIT", "NIGHTW", "WEEKEND"):
        if m.words.get(name):
            found = m.words[name][0]
            return {"NI": "D", "Wochenende": "WE", "Wochenendes": "WE", "Wochenenden": "WE"}.get(found, found)
    return "D"


def hedge(m: Match) -> str | None:
    found = [*m.words.get("MORE", []), *m.words.get("HEDGE", [])]
    return next((f for f in found if f), None)


def placed(value: str, mod: str | None, number: float | str, unit: str, m: Match, s: Setting) -> Reading:
    """Place a duration by the word before it: "vor zwei Jahren", "seit zwei Jahren", "in zwei Jahren"."""
    reading = Reading("duration", value, mod)
    now = s.base
    where = m.words.get("PLACE", [""])[0]
    if where == "" or isinstance(number, str) or unit in FRACTIONS_OF_TIME or unit == "WE":
        if where == "since":
            return Reading("duration", value, mod, relative=True, open_end=True)
        return reading
    if now is None:
        return Reading("duration", value, mod, relative=True, open_end=where == "since")
    grain = COARSE.get(unit, unit)
    sign = 1 if where == "in" else -1
    start, end = dated_interval(add(now, sign * number, unit), grain)
    if where == "since":
        return Reading("duration", value, mod, start, None, relative=True, open_end=True)
    if where == "within":
        first, last = (now, add(now, number, unit)) if m.ahead else (add(now, -number, unit), now)
        if not (m.ahead or m.past):
            return reading
        return Reading(
            "duration", value, mod, dated_interval(first, grain)[0], dated_interval(last, grain)[1], relative=True
        )
    if where == "in" and not m.ahead:
        return reading
    return Reading("duration", value, mod, start, end, relative=True)


def dated_interval(day: date, grain: str) -> tuple[str | None, str | None]:
    return interval(at(day, grain), None)


def span(m: Match, s: Setting) -> Reading | None:
    number, unit = count(m), unit_of(m)
    return placed(duration(number, unit), hedge(m), number, unit, m, s)


def open_span(m: Match, s: Setting) -> Reading | None:
    """The first number of "zwei bis drei Wochen"; the caller gives the unit that stands at the end."""
    return span(m, s)


def two_units(m: Match, s: Setting) -> Reading:
    """ "drei Jahre und vier Monate"."""
    numbers = [number_text(float(n)) for n in m.words.get("NUMBERS", [])]
    units = m.words.get("SPANW", [])
    if len(numbers) != len(units):
        return Reading("duration", None, hedge(m))
    value = "".join(n + u.removeprefix("T") for n, u in zip(numbers, units, strict=True))
    return Reading("duration", ("PT" if units[0] in FRACTIONS_OF_TIME else "P") + value, hedge(m))


def adjective(m: Match, s: Setting) -> Reading:
    """ "15-tägig", "zweiwöchig"."""
    if found := m.one("NUMSPANADJ"):
        number, _, unit = found.partition(";")
        return Reading("duration", duration(float(number), unit))
    return Reading("duration", duration(count(m), m.words["SPANADJ"][0]))


def long(m: Match, s: Setting) -> Reading:
    return Reading("duration", duration("X", m.words["LONGADV"][0]))


def half_year(m: Match, s: Setting) -> Reading:
    return Reading("duration", m.one("HALFYEARW"))


def window(m: Match, s: Setting) -> Reading:
    """ "in den letzten zwei Monaten", "in den kommenden Jahren", "in diesen Tagen"."""
    shift = int((m.words.get("SHIFT") or m.words.get("THIS") or m.words.get("FOLLOWING") or ["0"])[0])
    unit = unit_of(m)
    number = count(m)
    if shift == 0:
        if unit == "D" and number == "X":
            return Reading("date", "PRESENT_REF", story=False)
        return Reading("duration", duration(number, unit))
    value, now = duration(number, unit), s.base
    if now is None:
        return Reading("duration", value, relative=True)
    grain = COARSE.get(unit, unit)
    if unit in FRACTIONS_OF_TIME:
        return Reading("duration", value, relative=True)
    here = dated_interval(now, grain)
    if isinstance(number, str):
        if shift < 0:
            return Reading("duration", value, None, None, here[1], relative=True, open_start=True)
        return Reading("duration", value, None, here[0], None, relative=True, open_end=True)
    there = dated_interval(add(now, shift * number, unit), grain)
    if shift < 0:
        return Reading("duration", value, None, there[0], here[1], relative=True)
    return Reading("duration", value, None, here[0], there[1], relative=True)


def vague_window(m: Match, s: Setting) -> Reading:
    return Reading("duration", duration("X", unit_of(m)))


def later(m: Match, s: Setting) -> Reading:
    """ "zwei Tage später": a date in a story whose date is known, else a duration."""
    number, unit = count(m), unit_of(m)
    sign = 1 if m.words.get("LATER") else -1
    if s.narrative and isinstance(number, str):
        return Reading("date", "FUTURE_REF" if sign > 0 else "PAST_REF", story=False)
    told = first_day(s.story) if s.story else None
    if s.narrative and told is not None and s.story is not None and unit not in FRACTIONS_OF_TIME:
        grain = coarser(granularity(s.story), COARSE.get(unit, unit))
        day = add(told, sign * float(number), unit)
        return dated(at(day, grain), m, relative=True, mod=hedge(m))
    return Reading("duration", duration(number, unit), hedge(m))


def coarser(a: str, b: str) -> str:
    order = "DWMQHSY"
    if a not in order or b not in order:
        return "Y"
    grain = max(a, b, key=order.index)
    return {"S": "M", "W": "D"}.get(grain, grain)


def set_unit(m: Match, s: Setting) -> Reading:
    """ "pro Jahr", "jede Woche", "einmal im Monat", "alle zwei Jahre"."""
    if part := m.one("DAYPART"):
        return Reading("set", f"XXXX-XX-XXT{part}")
    if season := m.one("SEASON"):
        return Reading("set", f"XXXX-{season}")
    if month := m.one("MONTH"):
        return Reading("set", f"XXXX-{int(month):02d}")
    unit = "WE" if m.words.get("WEEKEND") else (m.words.get("SPANW") or m.words.get("UNIT") or unit_from_classes(m))[0]
    number = count(m) if m.words.get("NUM") or m.words.get("DIG") else 1.0
    return Reading("set", duration(number, unit))


def unit_from_classes(m: Match) -> list[str]:
    for name, unit in (("YEARW", "Y"), ("MONTHW", "M"), ("WEEKW", "W"), ("DAYW", "D")):
        if m.words.get(name):
            return [unit]
    return ["D"]


def set_word(m: Match, s: Setting) -> Reading:
    return Reading("set", (m.one("PERIODIC") or m.one("WORKDAYS") or "").partition("=")[0])


def set_weekday(m: Match, s: Setting) -> Reading:
    if m.words.get("MONTHW"):
        return Reading("set", "P1M")
    return Reading("set", f"XXXX-WXX-{m.one('WEEKDAY') or m.one('WEEKDAYS')}")


def set_daypart(m: Match, s: Setting) -> Reading:
    return Reading("set", f"PT1{m.one('DAYPARTS')}")


SPANS: dict[str, Rule] = {
    "duration": span, "duration-open": open_span, "duration-two": two_units, "duration-adjective": adjective,
    "long": long, "half-year": half_year, "window": window, "vague-window": vague_window, "later": later,
    "set-unit": set_unit, "set-word": set_word, "set-weekday": set_weekday, "set-daypart": set_daypart,
}  # fmt: skip
