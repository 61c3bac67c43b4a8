"""Times given by a well-known event: "seit Kriegsbeginn", from ``data/<language>/events.toml``."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from beleg.errors import TableError
from beleg.find.dates_hits import preposition_before
from beleg.find.dates_tables import Grammar
from beleg.find.dates_values import first_day
from beleg.find.wordclasses import Classed
from beleg.lexicon import TableRow, toml_table
from beleg.model import Published, Span, TimeMention


@dataclass(frozen=True, slots=True)
class Event(TableRow):
    """An event with the interval it fills."""

    key: str
    phrases: tuple[str, ...]
    start: str
    end: str
    needs: tuple[str, ...] = ()  # one of these must stand in the text, and the article must be later


@cache
def events(language: str) -> tuple[tuple[Event, ...], dict[str, Event], re.Pattern[str] | None]:
    """Return the events of a language, by phrase, and the pattern of all phrases; nothing where there is no table."""
    try:
        rows = toml_table(language, "events", Event, array="event")
    except TableError:
        return (), {}, None
    by_phrase = {phrase: row for row in rows for phrase in row.phrases}
    longest = sorted(by_phrase, key=lambda p: (-len(p), p))
    pattern = "|".join(r"\s+".join(map(re.escape, p.split())) for p in longest)
    return rows, by_phrase, re.compile(rf"\b(?:{pattern})\b")


def find_events(
    g: Grammar, text: str, classed: Classed, published: Published, taken: Sequence[TimeMention]
) -> list[TimeMention]:
    """Return the events that a text dates by, where no other time expression stands."""
    _, by_phrase, pattern = events(g.language)
    if pattern is None:
        return []
    out = []
    for m in pattern.finditer(text):
        event = by_phrase[" ".join(m[0].split())]
        span = Span(*m.span())
        if any(t.span.overlaps(span) for t in taken) or not _meant(event, text, published):
            continue
        index = bisect_left(classed.starts, span.start)
        words = preposition_before(g, classed, index)
        start: str | None = event.start
        end: str | None = event.end
        opened = "OPENEND" in words or "AFTERWORD" in words, "OPENSTART" in words or "AGO" in words
        if opened[0]:
            start, end = (event.end if "AFTERWORD" in words else event.start), None
        elif opened[1]:
            start, end = None, event.start
        out.append(
            TimeMention(span, text[span.start : span.end], start, end, "text", open_start=opened[1], open_end=opened[0])
        )
    return out


def _meant(event: Event, text: str, published: Published) -> bool:
    if not event.needs:
        return True
    began = first_day(event.start)
    later = published.days is not None and began is not None and published.days.first >= began
    return later and any(word in text for word in event.needs)
