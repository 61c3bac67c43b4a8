"""When an article came out: what was given, then the page's metadata, then its time stamps, then its address.

Sources that disagree are told; the one named first decides. The day a page was captured is never its date.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from beleg.errors import UsageError
from beleg.model import DayRange, Problem, Published, PublishedBasis
from beleg.read.stamps import from_address, from_iso, is_update

UNSET = DayRange(date(1970, 1, 1), date(1970, 1, 1))  # a field that was never filled

Candidate = tuple[PublishedBasis, DayRange, str]


def decide_published(
    name: str,
    given: str | None,
    metadata: Sequence[str],
    stamps: Sequence[tuple[DayRange, str]],
    url: str | None,
    captured: str | None = None,
) -> tuple[Published, list[Problem]]:
    """Weigh what names a publication date.

    Args:
        name: The document's name, for problems.
        given: YYYY, YYYY-MM or YYYY-MM-DD, from the user.
        metadata: Raw values of the page's fields, the most trusted first.
        stamps: Days of time-stamp lines and slugs, with their words, in text order.
        url: The article's address.
        captured: When it was captured; an article is not younger than its capture.

    Raises:
        UsageError: ``given`` is no date.
    """
    candidates: list[Candidate] = []
    if given:
        days = from_iso(given)
        if days is None:
            raise UsageError(f"{name}: published '{given}' is no date; write YYYY, YYYY-MM or YYYY-MM-DD")
        candidates.append(("given", days, given))
    for value in metadata:
        if (days := from_iso(value)) is not None and days != UNSET:
            candidates.append(("metadata", days, value))
            break
    if stamps:
        candidates.append(("text", *min(stamps, key=lambda s: is_update(s[1]))))
    if url and (days := from_address(url)) is not None:
        candidates.append(("address", days, url))
    if not candidates:
        return Published(), []
    basis, days, raw = candidates[0]
    problems = [
        Problem(
            "date-conflict",
            f"{name}: {_shown(days)} ({basis}: {_short(raw)}) is kept against {_shown(other)} ({b}: {_short(r)}); "
            "give the date if that is wrong",
            name,
        )
        for b, other, r in candidates[1:]
        if not _agree(days, other)
        and not (b == "text" and any(_agree(days, s) or (is_update(w) and s.first > days.last) for s, w in stamps))
    ]
    until = from_iso(captured) if captured else None
    if until is not None and days.first > until.last + timedelta(days=1):
        message = f"{name}: {_shown(days)} ({basis}: {_short(raw)}) lies after its capture on {_shown(until)}"
        problems.append(Problem("date-after-capture", message, name))
    return Published(days, basis, raw), problems


def _agree(a: DayRange, b: DayRange) -> bool:
    """Tell whether two intervals share a day, one day more or less allowed for time zones."""
    return (b.first - a.last).days <= 1 and (a.first - b.last).days <= 1


def _shown(days: DayRange) -> str:
    return days.first.isoformat() if days.first == days.last else f"{days.first.isoformat()}–{days.last.isoformat()}"


def _short(raw: str) -> str:
    return raw if len(raw) <= 60 else raw[:57] + "…"
