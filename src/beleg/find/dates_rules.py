"""What the rules of time expressions are given and give back: ``(Match, Setting) → Reading``.

A rule computes what one kind of expression says. None means "no time expression after all": a factory's name, a number
that counts something.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from beleg.find.dates_values import (
    first_day,
    granularity,
    interval,
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


def ahead(m: Match) -> bool:
    return m.ahead or (m.until and not m.past)


def from_eve(reading: Reading) -> Reading:
    """Let a night begin on the day before."""
    day = first_day(reading.start or "")
    return reading if day is None else replace(reading, start=(day - timedelta(1)).isoformat())


def month_start(day: date, unit: str) -> date:
    """The first of the month, so that moving by months never falls off its end."""
    return day if unit in ("W", "D") else day.replace(day=1)


def told_day(m: Match, s: Setting, reach: int) -> str | None:
    """Return the story's day where it was named at most ``reach`` code points before."""
    near = s.narrative or m.place - s.place <= reach
    return s.story if s.story and near and granularity(s.story) == "D" else None
