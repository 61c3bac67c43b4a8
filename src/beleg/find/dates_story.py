"""The date that a text has reached, so that "im Mai" and "am nächsten Tag" find the year and day they belong to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from beleg.find.dates_rules import Match, Reading, Rule, Setting
from beleg.find.dates_values import first_day, granularity
from beleg.model import DayRange, TimeBasis

STEP = 2  # years that a bare year may lead a history on; one farther off is an aside
UNDATED = ("P", "F", "X", "B")  # first letters of values that are no date: PRESENT_REF, FUTURE_REF, XXXX, BC


@dataclass(frozen=True, slots=True)
class _At:
    """A dated value and where it stands."""

    value: str
    paragraph: int


class Story:
    """Reads the expressions of one text in order, for its first and its last possible day of writing.

    In a history a day or month with its year, and a year not far ahead, lead the story on; a bare year that goes back
    or leaps is an aside, which holds to the end of its paragraph. Where headings are dates, only they lead on.
    """

    def __init__(self, days: DayRange | None, narrative: bool, daily: bool) -> None:
        self._first = Setting(days.first if days else None, narrative, None, daily)
        self._last = Setting(days.last if days else None, narrative, None, daily)
        self._main: str | None = None
        self._aside: _At | None = None
        self._sections = False  # dated headings: only they lead on

    def read(self, rule: Rule, match: Match, anchor: DayRange | None) -> tuple[Reading | None, TimeBasis]:
        """Return what an expression says and what that rests on; None where it says nothing.

        ``anchor`` gives the days of the statement that the expression stands in.
        """
        self._enter(match.paragraph)
        first, last = self._first, self._last
        if anchor is not None:
            first, last = replace(first, now=anchor.first), replace(last, now=anchor.last)
        reading = rule(match, first)
        if reading is None:
            return None, "unresolved"
        if reading.relative and first.now != last.now:
            other = rule(match, last)
            if other is not None and other != reading:
                same = other.value == reading.value
                reading = replace(reading, value=reading.value if same else None, end=other.end)
        self._tell(reading, match)
        if not reading.relative:
            return reading, "text"
        if reading.value is None and reading.start is None:
            return reading, "unresolved"
        if reading.kind == "duration" and reading.start is None and reading.end is None:
            return reading, "text"
        return reading, "statement" if anchor is not None else "document"

    def _enter(self, paragraph: int) -> None:
        if self._aside is not None and paragraph != self._aside.paragraph:
            self._aside = None
            self._put(self._main, -1)

    def _put(self, value: str | None, place: int) -> None:
        self._first = replace(self._first, story=value, place=place)
        self._last = replace(self._last, story=value, place=place)

    def _tell(self, reading: Reading, match: Match) -> None:
        if not (reading.value and reading.story and reading.kind in ("date", "time")):
            return
        told = reading.value.partition("T")[0]
        if not granularity(told) or told.startswith(UNDATED):
            return
        if reading.relative and granularity(told) == "Y" and self._main is not None and told < self._main[:4]:
            return  # "im Vorjahr" looks back, the story stays
        if match.heading and not reading.relative:
            self._sections = True
        if self._first.narrative and not reading.relative and self._strays(told, match):
            self._aside = _At(told, match.paragraph)
        elif self._aside is None or not reading.relative:
            self._aside = None
            self._main = told
        self._put(told, match.place)

    def _strays(self, told: str, match: Match) -> bool:
        if self._main is None or match.heading:
            return False
        here, there = first_day(self._main), first_day(told)
        if here is None or there is None:
            return False
        if self._sections:
            return here.year != there.year
        return granularity(told) == "Y" and not 0 <= there.year - here.year <= STEP
