"""Days as ordinals: moments, and from the partial dates that texts give to moments and back.

A moment is an earliest and a latest day as proleptic ordinals (``date.toordinal``), with ``PAST`` and ``FUTURE``
where a side is not known.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from beleg.model import DayRange

PAST = 0  # before every day
FUTURE = 4_000_000  # after every day


class Moment(NamedTuple):
    """A point in time known to lie between two days, both inclusive."""

    first: int
    last: int

    @property
    def known(self) -> bool:
        return self.first > PAST and self.last < FUTURE

    def text(self) -> str:
        """Return ``2024-02-26``, or ``2024-08-01..2024-08-31``; an unknown side is left out."""
        if self.first == self.last:
            return date.fromordinal(self.first).isoformat()
        first = date.fromordinal(self.first).isoformat() if self.first > PAST else ""
        last = date.fromordinal(self.last).isoformat() if self.last < FUTURE else ""
        return f"{first}..{last}" if first or last else "unknown"


UNKNOWN = Moment(PAST, FUTURE)


@lru_cache(maxsize=65536)
def moment_of(text: str) -> Moment:
    """Return the days that ``YYYY[-MM[-DD]]`` may mean.

    Raises:
        ValueError: not such a date.
    """
    parts = [int(p) for p in text.split("-")]
    if len(parts) == 3:
        day = date(*parts).toordinal()
        return Moment(day, day)
    if len(parts) == 2:
        year, month = parts
        return Moment(date(year, month, 1).toordinal(), date(year, month, monthrange(year, month)[1]).toordinal())
    if len(parts) == 1:
        return Moment(date(parts[0], 1, 1).toordinal(), date(parts[0], 12, 31).toordinal())
    raise ValueError(f"expected YYYY[-MM[-DD]], found {text!r}")


@lru_cache(maxsize=65536)
def moment_of_days(days: DayRange | None) -> Moment:
    """Return a publication interval as a moment; an unknown one is unknown."""
    return Moment(days.first.toordinal(), days.last.toordinal()) if days else Moment(PAST, FUTURE)


def gap_days(a: Moment, b: Moment) -> int:
    """Return the days between two moments, 0 where they overlap."""
    return max(0, a.first - b.last, b.first - a.last)


def months(moment: Moment | None) -> str | None:
    """Return ``2023-08`` or ``2023-07..2023-09``; None where there is no known day."""
    if moment is None or not moment.known:
        return None
    first, last = (date.fromordinal(d).isoformat()[:7] for d in moment)
    return first if first == last else f"{first}..{last}"
