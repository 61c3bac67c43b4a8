"""Time expressions with what they stand for: ``text → (TimeMention …)``.

Values and extents follow TIMEX3 as annotated for German (KRAUTS, HeidelTime): the preposition stays outside, a
determiner of a window ("den letzten Jahren") stands inside. Bare months and weekdays lie in the past unless the clause
speaks of what is to come. A relative expression hangs on the day of publication, or of the statement it stands in;
where that day is unknown its value stays open, and where only its month is known the interval is as wide as that.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from beleg.find.dates_calendar import CALENDAR
from beleg.find.dates_events import Event, events, find_events
from beleg.find.dates_hits import hits
from beleg.find.dates_ranges import join_ranges
from beleg.find.dates_relative import RELATIVE
from beleg.find.dates_rules import Reading, Rule
from beleg.find.dates_spans import SPANS
from beleg.find.dates_story import Story
from beleg.find.dates_tables import Grammar, grammar
from beleg.find.dates_values import NOW, add, at, first_day, granularity
from beleg.find.wordclasses import Classed
from beleg.model import DayRange, Problem, Published, Sentence, Span, TimeBasis, TimeMention
from beleg.tables import TableCheck

OPS: dict[str, Rule] = {**CALENDAR, **RELATIVE, **SPANS}
REF_WITHOUT_DAY = "the text gives no day to count from; give the day of publication to resolve it"


def find_times(
    text: str,
    sentences: Sequence[Sentence],
    language: str,
    published: Published,
    anchors: Sequence[DayRange | None] = (),
    *,
    timex3: bool = False,
) -> tuple[list[TimeMention], list[Problem]]:
    """Return the time expressions of ``text`` in text order, without overlaps.

    Args:
        text: the clean text; spans of the result are code points of it.
        sentences: its sentences in text order; may be empty, then punctuation bounds what a cue reaches.
        language: ISO 639-1 of a language with a dates table.
        published: when the article came out; without days, relative expressions stay unresolved.
        anchors: for each sentence the days of the statement that it reports, None where that is the article's own.
        timex3: give what TIMEX3 marks: the ends of a stretch ("von 2001 bis 2021") apart, no events ("Kriegsbeginn").

    Raises:
        TableError: no dates table for ``language``.
    """
    g = grammar(language)
    classed = g.classes.classed(text)
    narrative = _narrative(g, classed, published)
    story = Story(published.days, narrative, _daily(g, classed))
    starts = [s.span.start for s in sentences]
    mentions: list[TimeMention] = []
    problems: list[Problem] = []
    for hit in hits(g, text, classed, narrative):
        span = Span(classed.starts[hit.first], classed.end(hit.last - 1))
        anchor = None
        if anchors and starts:
            at = bisect_right(starts, span.start) - 1
            anchor = anchors[at] if 0 <= at < len(anchors) else None
        reading, basis = story.read(OPS[g.rules[hit.rule].op], hit.match, anchor)
        if reading is None:
            continue
        start, end = reading.start, reading.end
        led = hit.match.words
        if reading.kind not in ("date", "time") or not (start or end):
            if led.get("OPENSTART") and reading.value == NOW:
                reading = replace(reading, open_start=True)  # "bis heute", whenever that is
        elif led.get("OPENEND") or led.get("NOTBEFORE") or led.get("AFTERWORD"):
            end, reading = None, replace(reading, open_end=True)
        elif led.get("AGO") and reading.value and granularity(reading.value) in ("D", "M", "Y"):
            start, end = None, _day_before(reading.value)
            reading = replace(reading, open_start=True)
        elif led.get("OPENSTART"):
            start, end = None, _end_of(reading)
            reading = replace(reading, open_start=True)
        raw = text[span.start : span.end]
        if basis == "unresolved":
            problems.append(Problem("date-unresolved", f"{raw!r}: {REF_WITHOUT_DAY}", span=span))
        mentions.append(_mention(text, span, start, end, basis, reading))
    if timex3:
        return mentions, problems
    found = join_ranges(g, text, mentions)
    found += find_events(g, text, classed, published, found)
    return sorted(found, key=lambda t: t.span), problems


def _day_before(value: str) -> str | None:
    """Return the day, month or year before: the end of "vor 2027"."""
    grain, day = granularity(value), first_day(value)
    return None if day is None else at(add(day, -1, grain), grain)


def _end_of(reading: Reading) -> str | None:
    """Return the end of what "bis" names: of "bis Ende März" the month."""
    if reading.mod == "END" and reading.value and granularity(reading.value) == "M":
        return reading.value
    return reading.end


def _mention(
    text: str, span: Span, start: str | None, end: str | None, basis: TimeBasis, reading: Reading
) -> TimeMention:
    raw, opened = text[span.start : span.end], (reading.open_start, reading.open_end)
    return TimeMention(span, raw, start, end, basis, reading.kind, reading.value, reading.mod, *opened)


def _narrative(g: Grammar, classed: Classed, published: Published) -> bool:
    """Whether a text tells history: many old years, few words that hang on the day of writing."""
    if published.days is None:
        return False
    marks = classed.classes
    years = [int(classed.tokens[m.start()]) for m in g.cues["YEAR"].finditer(marks)]
    old = [y for y in years if y < published.days.first.year - 2]
    near = len(g.cues["DEICTIC"].findall(marks)) + len(g.cues["WEEKDAY"].findall(marks))
    return len(old) >= 10 and len(old) >= 0.7 * len(years) and near * 8 <= len(old)


def _daily(g: Grammar, classed: Classed) -> bool:
    return g.cues["DEICTIC"].search(classed.classes) is not None


def _fired(language: str, sentence: str) -> set[str]:
    g = grammar(language)
    days = DayRange(date(2024, 5, 15), date(2024, 5, 15))
    classed = g.classes.classed(sentence)
    out = set()
    for hit in hits(g, sentence, classed):
        reading, _ = Story(days, False, True).read(OPS[g.rules[hit.rule].op], hit.match, None)
        if reading is not None:
            held = classed.tokens[hit.first : hit.last]
            out.add(g.rules[hit.rule].key)
            out |= {r.key for r in g.rows if not r.context and not g.forms[r.key].isdisjoint(held)}
    return out | {r.key for r in g.rows if r.context and not g.forms[r.key].isdisjoint(classed.tokens)}


def _check(language: str) -> TableCheck:
    return TableCheck(
        f"{language}/dates.toml",
        lambda: (*grammar(language).rows, *grammar(language).rules),
        lambda sentence: _fired(language, sentence),
    )


def _fired_events(language: str, sentence: str) -> set[str]:
    days = DayRange(date(2024, 5, 15), date(2024, 5, 15))
    found = {t.raw for t in find_times(sentence, (), language, Published(days))[0]}
    return {row.key for row in events(language)[0] if found & set(row.phrases)}


def _check_events(language: str) -> TableCheck:
    def rows() -> tuple[Event, ...]:
        return events(language)[0]

    return TableCheck(f"{language}/events.toml", rows, lambda sentence: _fired_events(language, sentence))


TABLES = [_check("de"), _check_events("de")]
