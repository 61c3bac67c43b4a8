"""Where the rules of time expressions match a text, and what stands around each match.

Left out are names that hold dates („Fabrik 16. März“), addresses of pages, and numbers that count something.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from beleg.find.dates_rules import Match
from beleg.find.dates_tables import Grammar
from beleg.find.quantities_tables import number_grammar, unit_of
from beleg.find.wordclasses import BREAK, Classed, clause_around, sentence_around

ADDRESS = re.compile(  # repeats are bounded: a text without blanks must not take long
    r"(?:https?://|www\.)\S{1,2000}|(?<!\S)\S{1,80}@\S{1,80}\.\w+"
    r"|(?<![\w.-])[\w-]{1,60}(?:\.[\w-]{1,60}){0,5}\.(?:de|com|org|net|html?|jpe?g|png|pdf)\b\S{0,200}"
)

OPENING, CLOSING = "„“»«\"‚'›‹", "“”«»\"‘'‹›"
REACH = 16  # tokens, white space counted, before the first word that an expression must hold

MODERN = range(1900, 2041)  # a bare number in this range is taken for a year unless it counts something


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule's match over tokens, with what it needs to be read."""

    rule: int
    first: int  # tokens, end exclusive
    last: int
    match: Match


def _preposition(g: Grammar, classed: Classed, index: int) -> int:
    """Step back over an article, "zum" and the like: "bis zum", "seit dem"."""
    for _ in range(2):
        known = g.classes.known(classed.tokens[index])
        before = _before(classed, index)
        if before is None or not ("ART" in known or "ONTO" in known):
            break
        index = before
    return index


def hits(g: Grammar, text: str, classed: Classed, narrative: bool = False) -> Iterator[Hit]:
    masked = _addresses(text)
    marks = classed.classes
    breaks = [i for i, mark in enumerate(marks) if mark == BREAK]
    done = -1  # end of the expression before
    for m in _matches(g, marks):
        first, last = m.span()
        while last > first and marks[last - 1] in " \n":
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
                if name in COUNTS:
                    words.setdefault("NUMBERS", []).append(str(payload))
    before = _before(classed, first)
    led = preposition_before(g, classed, first)
    if before is not None:
        known = g.classes.known(classed.tokens[before])
        for name, place in PLACES:
            if name in known:
                words["PLACE"] = [place]
        for name in OPEN:
            if name in led:
                words[name] = ["yes"]
        if "FROM" in led and _onward(g, classed, last):
            words["OPENEND"] = ["yes"]
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
    until = "UNTIL" in led
    if "SINCE" in led:
        ahead, past = False, True
    word = "" if before is None else classed.tokens[before].lower()
    return Match(words, tuple(runs), word, ahead, past, until, soon, classed.starts[first], g.rules[rule].arg)


def _onward(g: Grammar, classed: Classed, last: int) -> bool:
    """Tell whether "an" closes an expression ("von Mai an hat …") and is no preposition ("an die Front", "an Kiew")."""
    at = _after(classed, last)
    if at >= len(classed.tokens) or "ONWARD" not in g.classes.known(classed.tokens[at]):
        return False
    word = classed.tokens[_after(classed, at + 1)] if _after(classed, at + 1) < len(classed.tokens) else ""
    return not word[:1].isupper() and "ART" not in g.classes.known(word)


def preposition_before(g: Grammar, classed: Classed, index: int) -> frozenset[str]:
    """Return the classes of the preposition before a token, articles left out; NOTBEFORE for "nicht vor"."""
    before = _before(classed, index)
    if before is None:
        return frozenset()
    at = _preposition(g, classed, before)
    known = frozenset(g.classes.known(classed.tokens[at]))
    earlier = _before(classed, at)
    if "AGO" in known and earlier is not None and "NOT" in g.classes.known(classed.tokens[earlier]):
        return frozenset({"NOTBEFORE"})
    return known


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
    return index + 1 if 0 <= index < len(classed.tokens) and classed.classes[index] in " \n" else index


def _before(classed: Classed, index: int) -> int | None:
    """Return the token before, white space left out."""
    i = index - 1
    if i >= 0 and classed.classes[i] in " \n":
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
    after = last + 1 if last < len(marks) and marks[last] in " \n" else last
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
        if not (token[0].islower() and token.endswith(number_grammar(g.language).adjective)):
            return False
        index += 2
    return False


ROUND = 50  # a count of this size is rounded to it

PLACES = (("SINCE", "since"), ("AGO", "ago"), ("INW", "in"), ("WITHIN", "within"))

OPEN = ("OPENEND", "OPENSTART", "AFTERWORD", "NOTBEFORE", "AGO")
COUNTS = ("NUM", "ONE", "DIG")


def _addresses(text: str) -> list[tuple[int, int]]:
    if "://" not in text and "www." not in text and "@" not in text and ".com" not in text and ".de" not in text:
        return []
    return [m.span() for m in ADDRESS.finditer(text)]


def _inside(spans: list[tuple[int, int]], place: int) -> bool:
    i = bisect_right(spans, (place, 1 << 60)) - 1
    return i >= 0 and spans[i][0] <= place < spans[i][1]
