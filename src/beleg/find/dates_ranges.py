"""Two time expressions that are the ends of one stretch: "zwischen August und Oktober 2023", "von 2001 bis 2021"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from beleg.find.dates_tables import Grammar
from beleg.find.dates_values import add, at, first_day, granularity
from beleg.model import Span, TimeMention

LONGEST_LINK = 12  # characters between the ends of a stretch


def join_ranges(g: Grammar, text: str, mentions: Sequence[TimeMention]) -> list[TimeMention]:
    """Join neighbours that a range word links into one mention with the start of the first and the end of the second.

    "bis" and dashes always link dates; "und" links them behind "zwischen", or where the second follows at once
    ("im November und Dezember"). The value of a stretch is written as ISO 8601 does: ``2023-08/2023-10``.
    """
    out: list[TimeMention] = []
    for mention in mentions:
        joined = _joined(g, text, out[-1], mention) if out else None
        if joined is None:
            out.append(mention)
        else:
            out[-1] = joined
    return out


def _joined(g: Grammar, text: str, one: TimeMention, other: TimeMention) -> TimeMention | None:
    between = text[one.span.end : other.span.start]
    if len(between) > LONGEST_LINK or not (_plain(one) and _plain(other)) or (one.start or "") > (other.end or ""):
        return None
    words = [w for w in between.replace("-", " - ").replace("–", " – ").split() if not _passed(g, w)]
    if len(words) != 1:
        return None
    known = g.classes.known(words[0])
    if not (words[0] in ("-", "–") or "RANGEWORD" in known or ("BOTH" in known and _both(g, text, one, other))):
        return None
    span = Span(one.span.start, other.span.end)
    value = f"{one.value}/{other.value}"
    return replace(
        one, span=span, raw=text[span.start : span.end], end=other.end, value=value, open_start=False, open_end=False
    )


def _plain(t: TimeMention) -> bool:
    return t.kind == "date" and bool(t.value) and granularity((t.value or "").rpartition("/")[2]) in tuple("DMY")


def _passed(g: Grammar, word: str) -> bool:
    known = g.classes.known(word)
    return "ART" in known or "ONTO" in known or word == "."


def _both(g: Grammar, text: str, one: TimeMention, other: TimeMention) -> bool:
    """Whether "und" stands between ends: behind "zwischen", or where the second is the next day, month or year."""
    before = text[: one.span.start].split()[-2:]
    if any("BETWEENWORD" in g.classes.known(w.strip('(„"')) for w in before if w.strip('(„"')):
        return True
    grain = granularity(one.value or "")
    day = first_day((one.value or "").rpartition("/")[2])
    return day is not None and grain == granularity(other.value or "") and at(add(day, 1, grain), grain) == other.value
