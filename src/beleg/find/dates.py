"""Time expressions with what they stand for: ``text → (TimeMention …)``.

Values and extents follow TIMEX3 as annotated for German (KRAUTS, HeidelTime): the preposition stays outside, a
determiner of a window ("den letzten Jahren") stands inside. Bare months and weekdays lie in the past unless the clause
speaks of what is to come. A relative expression hangs on the day of publication, or of the statement it stands in;
where that day is unknown its value stays open, and where only its month is known the interval is as wide as that.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from beleg.find.dates_ranges import join_ranges
from beleg.find.dates_rules import DATES, Match, Reading, Rule
from beleg.find.dates_spans import SPANS
from beleg.find.dates_story import Story
from beleg.find.dates_tables import Grammar, grammar
from beleg.find.dates_values import granularity
from beleg.find.quantities_tables import unit_of
from beleg.find.wordclasses import BREAK, Classed, clause_around, sentence_around
from beleg.model import DayRange, Problem, Published, Sentence, Span, TimeBasis, TimeMention
from beleg.tables import TableCheck

OPS: dict[str, Rule] = {**DATES, **SPANS}
ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|\b\w[\w-]*(?:\.\w[\w-]*)*\.(?:de|com|org|net|html?|jpe?g|png|pdf)\b\S*"
)
OPENING, CLOSING = "„“»«\"‚'›‹", "“”«»\"‘'‹›"
REACH = 16  # tokens, white space counted, before the first word that an expression must hold
MODERN = range(1900, 2041)  # a bare number in this range is taken for a year unless it counts something
REF_WITHOUT_DAY = "the text gives no day to count from; give the day of publication to resolve it"


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule's match over tokens, with what it needs to be read."""

    rule: int
    first: int  # tokens, end exclusive
    last: int
    match: Match


def find_times(
    text: str,
    sentences: Sequence[Sentence],
    language: str,
    published: Published,
    anchors: Sequence[DayRange | None] = (),
    *,
    ranges: bool = True,
) -> tuple[list[TimeMention], list[Problem]]:
    """Return the time expressions of ``text`` in text order, without overlaps.

    Args:
        text: the clean text; spans of the result are code points of it.
        sentences: its sentences in text order; may be empty, then punctuation bounds what a cue reaches.
        language: ISO 639-1 of a language with a dates table.
        published: when the article came out; without days, relative expressions stay unresolved.
        anchors: for each sentence the days of the statement that it reports, None where that is the article's own.
        ranges: join the two ends of a stretch ("von 2001 bis 2021"); TIMEX3 marks them apart.

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
    for hit in _hits(g, text, classed, narrative):
        span = Span(classed.starts[hit.first], classed.end(hit.last - 1))
        anchor = None
        if anchors and starts:
            at = bisect_right(starts, span.start) - 1
            anchor = anchors[at] if 0 <= at < len(anchors) else None
        reading, basis = story.read(OPS[g.rules[hit.rule].op], hit.match, anchor)
        if reading is None:
            continue
        start, end = reading.start, reading.end
        if hit.match.words.get("OPENEND") and reading.kind in ("date", "time"):
            end, reading = None, replace(reading, open_end=True)
        elif hit.match.words.get("OPENSTART") and reading.kind in ("date", "time"):
            start, end = None, _end_of(reading)
            reading = replace(reading, open_start=True)
        raw = text[span.start : span.end]
        if basis == "unresolved":
            problems.append(Problem("date-unresolved", f"{raw!r}: {REF_WITHOUT_DAY}", span=span))
        mentions.append(_mention(text, span, start, end, basis, reading))
    return join_ranges(g, text, mentions) if ranges else mentions, problems


def _end_of(reading: Reading) -> str | None:
    """Return the end of what "bis" names: of "bis Ende März" the month."""
    if reading.mod == "END" and reading.value and granularity(reading.value) == "M":
        return reading.value
    return reading.end


def _preposition(g: Grammar, classed: Classed, index: int) -> int:
    """Step back over an article, "zum" and the like: "bis zum", "seit dem"."""
    for _ in range(2):
        known = g.classes.known(classed.tokens[index])
        before = _before(classed, index)
        if before is None or not ("ART" in known or "ONTO" in known):
            break
        index = before
    return index


def _mention(
    text: str, span: Span, start: str | None, end: str | None, basis: TimeBasis, reading: Reading
) -> TimeMention:
    raw, opened = text[span.start : span.end], (reading.open_start, reading.open_end)
    return TimeMention(span, raw, start, end, basis, reading.kind, reading.value, reading.mod, *opened)


def _hits(g: Grammar, text: str, classed: Classed, narrative: bool = False) -> Iterator[Hit]:
    masked = _addresses(text)
    marks = classed.classes
    breaks = [i for i, mark in enumerate(marks) if mark == BREAK]
    done = -1  # end of the expression before
    for m in _matches(g, marks):
        first, last = m.span()
        while last > first and marks[last - 1] == " ":
            last -= 1
        if first == last or _inside(masked, classed.starts[first]):
            continue
        rule = int((m.lastgroup or "r0")[1:])
        row = g.rules[rule]
        if _named(g, classed, first, last):
            continue
        if row.op == "about-year" and not narrative and int(classed.tokens[last - 1]) % ROUND == 0:
            continue  # "rund 2000"
        if row.op == "year" and row.arg == "bare" and not _is_year(g, classed, first, last, narrative):
            continue
        match = _match(g, classed, rule, first, last)
        if match.until and _before(classed, first) == _after(classed, done):
            match = replace(match, until=False)  # "von Donnerstag bis Samstag"
        done = last
        paragraph = bisect_right(breaks, first)
        heading = _alone(marks, first, last)
        yield Hit(rule, first, last, replace(match, paragraph=paragraph, heading=heading))


def _matches(g: Grammar, marks: str) -> Iterator[re.Match[str]]:
    """Yield the leftmost matches of the rules, tried only within reach of a word that one of them must hold."""
    done, end = 0, 0
    for strong in g.strong.finditer(marks):
        at = strong.start()
        i = max(done, at - REACH, end)
        while i <= at:
            if marks[i] not in g.plain:
                m = g.pattern.match(marks, i)
                if m is not None and m.end() > i:
                    yield m
                    i = end = m.end()
                    continue
            i += 1
        done = max(done, at + 1)


def _alone(marks: str, first: int, last: int) -> bool:
    """Whether an expression is a paragraph of its own."""
    return (first == 0 or marks[first - 1] == BREAK) and (last >= len(marks) or marks[last] == BREAK)


def _match(g: Grammar, classed: Classed, rule: int, first: int, last: int) -> Match:
    names = g.names[rule]
    words: dict[str, list[str]] = {}
    runs = []
    for i in range(first, last):
        token = classed.tokens[i]
        if token.isdecimal():
            runs.append(token)
        for name, payload in g.classes.known(token).items():
            if name in names:
                words.setdefault(name, []).append(str(payload))
    before = _before(classed, first)
    if before is not None:
        known = g.classes.known(classed.tokens[before])
        for name, place in PLACES:
            if name in known:
                words["PLACE"] = [place]
        for name in OPEN:
            if name in g.classes.known(classed.tokens[_preposition(g, classed, before)]):
                words[name] = ["yes"]
    if g.rules[rule].op == "list-day":
        _complete(g, classed, last, ("MONTH", "YEAR"), words)
    if g.rules[rule].op == "duration-open":
        _complete(g, classed, last, ("SPANW",), words)
    left, right = clause_around(classed, first, last)
    ahead, past = _cues(g, classed.classes[left:right])
    if not (ahead or past):
        left, right = sentence_around(classed, first, last)
        ahead, past = _cues(g, classed.classes[left:right])
    soon = last + 3 < len(classed.tokens) and any(
        "CLOCK" in g.classes.known(t) for t in classed.tokens[last : last + 10]
    )
    until = before is not None and "UNTIL" in g.classes.known(classed.tokens[before])
    word = "" if before is None else classed.tokens[before].lower()
    return Match(words, tuple(runs), word, ahead, past, until, soon, classed.starts[first], g.rules[rule].arg)


def _complete(g: Grammar, classed: Classed, last: int, names: tuple[str, ...], words: dict[str, list[str]]) -> None:
    """Take what stands at the end of a list ("3., 4. und 5. Juni 2020") for one of its members."""
    found = False
    for i in range(last, min(last + 40, len(classed.tokens))):
        known = g.classes.known(classed.tokens[i])
        for name in names:
            if name in known and (name == names[0] or found):
                words.setdefault(name, []).append(str(known[name]))
                found = True
        if found and len(names) > 1 and classed.classes[i] not in " ." and names[0] not in known:
            return
        if found and len(names) == 1:
            return


def _cues(g: Grammar, marks: str) -> tuple[bool, bool]:
    """Whether a clause speaks of what is to come, and whether of what was ("soll geliefert haben" does neither)."""
    past = g.cues["WAS"].search(marks) is not None
    ahead = g.cues["WILL"].search(marks) is not None and g.cues["HAVE"].search(marks) is None
    return ahead and not past, past


def _after(classed: Classed, index: int) -> int:
    """Return the token at ``index`` or, where that is white space, the next."""
    return index + 1 if 0 <= index < len(classed.tokens) and classed.classes[index] == " " else index


def _before(classed: Classed, index: int) -> int | None:
    """Return the token before, white space left out."""
    i = index - 1
    if i >= 0 and classed.classes[i] == " ":
        i -= 1
    return i if i >= 0 and classed.classes[i] != "¶" else None


def _named(g: Grammar, classed: Classed, first: int, last: int) -> bool:
    """Whether an expression is (part of) a name: behind a noun such as "Fabrik", in quotes or not, or in a compound."""
    tokens = classed.tokens
    after = tokens[last] if last < len(tokens) else ""
    nxt = tokens[last + 1] if last + 1 < len(tokens) else ""
    if after in "-–" and after and nxt and (nxt[0].isupper() or nxt.isdecimal()) and tokens[last - 1].isalpha():
        return True
    prev = tokens[first - 1] if first else ""
    if prev in "-–" and prev and first > 1 and tokens[first - 2][-1].isalpha():
        return True
    quoted = prev in OPENING and prev != "" and after in CLOSING and after != ""
    before = _before(classed, first - 1 if quoted else first)
    return before is not None and "NAMED" in g.classes.known(tokens[before])


def _is_year(g: Grammar, classed: Classed, first: int, last: int, narrative: bool) -> bool:
    """Whether four digits are a year: not where they count the noun behind them."""
    tokens, marks = classed.tokens, classed.classes
    value = int(tokens[first])
    before = _before(classed, first)
    known = g.classes.known(tokens[before]) if before is not None else {}
    after = last + 1 if last < len(marks) and marks[last] == " " else last
    follows = g.classes.known(tokens[after]) if after < len(tokens) else {}
    if "WORTH" in follows:
        return False
    noun = after < len(tokens) and tokens[after][0].isupper() and not tokens[after - 1].count("\n")
    if _counts(g, classed, after, value):
        return value in MODERN and "YEARWORD" in known
    if "HEDGE" in known or "ALS" in known:
        return False
    if value in MODERN or "YEARWORD" in known:
        return True
    return narrative and ("YEARPREP" in known or not noun)


def _counts(g: Grammar, classed: Classed, index: int, value: int) -> bool:
    """Whether a noun that one counts stands at or, behind one or two adjectives, near ``index``.

    Behind adjectives a year that is no round number stays a year: "lieferte das Land 2022 ballistische Raketen".
    """
    tokens = classed.tokens
    for adjectives in range(3):
        if index >= len(tokens):
            return False
        token = tokens[index]
        if token[0].isupper():
            odd = adjectives > 0 and value in MODERN and value % ROUND != 0
            return not odd and unit_of(token, g.language) is not None
        if not (token[0].islower() and token.endswith(ADJECTIVE)):
            return False
        index += 2
    return False


ROUND = 50  # a count of this size is rounded to it
PLACES = (("SINCE", "since"), ("AGO", "ago"), ("INW", "in"), ("WITHIN", "within"))
OPEN = ("OPENEND", "OPENSTART")
ADJECTIVE = ("en", "e", "er")


def _addresses(text: str) -> list[tuple[int, int]]:
    if "://" not in text and "www." not in text and "@" not in text and ".com" not in text and ".de" not in text:
        return []
    return [m.span() for m in ADDRESS.finditer(text)]


def _inside(spans: list[tuple[int, int]], place: int) -> bool:
    i = bisect_right(spans, (place, 1 << 60)) - 1
    return i >= 0 and spans[i][0] <= place < spans[i][1]


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
    for hit in _hits(g, sentence, classed):
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


TABLES = [_check("de")]
