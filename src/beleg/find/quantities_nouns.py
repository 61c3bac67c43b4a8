"""What a number counts: the noun behind it (or, in "die Zahl der Container stieg auf 20", before it), and its unit."""

from __future__ import annotations

from dataclasses import dataclass

from beleg.find.quantities_tables import NumberGrammar, Unit, narrowed, unit_of
from beleg.find.wordclasses import Classed
from beleg.model import Span

REACH = 14  # tokens behind a number in which its noun stands, white space counted
QUOTES = "\"„“”»«‚‘’'›‹"


@dataclass(frozen=True, slots=True)
class Counted:
    span: Span | None
    unit: Unit | None
    adjacent: bool = False  # stands right behind the number


def noun_behind(g: NumberGrammar, c: Classed, index: int, language: str, *, linked: bool = False) -> Counted:
    """Return the noun that follows token ``index``; ``linked`` lets "von", "der" stand between ("Millionen von …")."""
    tokens = c.tokens
    i, stop, first = index, min(len(tokens), index + REACH), True
    while i < stop:
        token = tokens[i]
        if token.isspace():
            if token.count("\n") > 1:
                return NONE
            i += 1
            continue
        if token == "-" and first and i == index:
            return _glued_unit(c, i + 1, language)
        if token.isdecimal() and i + 2 < len(tokens) and tokens[i + 1] == "-" and tokens[i + 2].isalpha():
            _, head = chain(c, i)  # "100.000 152-mm-Granaten": the calibre belongs to the noun
            return Counted(Span(c.starts[i], c.end(head)), unit_of(tokens[head], language), first)
        if token in QUOTES or (token == "-" and not first):
            i += 1
            continue
        if not token[0].isalpha():
            unit = unit_of(token, language)
            return Counted(Span(c.starts[i], c.end(i)), unit, first) if unit else NONE
        last, head = chain(c, i)
        word = tokens[head]
        unit = unit_of(_hyphened(c, i, head), language) or unit_of(word, language)
        if unit is not None and unit.kind == "money" and i > index:
            unit = narrowed(unit, tokens[_back(c, i)], language)
        if unit is not None and unit.unit == PIECES:
            unit = _of_pieces(c, last, language) or unit
        if word[0].isupper() and not word[-1].isdigit():
            if head == i and unit is None and _is_model(c, i, last):
                i = last
                first = False
                continue
            return Counted(Span(c.starts[i], c.end(head)), unit, first)
        if unit is not None and (first or not word.endswith(g.adjective)):
            return Counted(Span(c.starts[i], c.end(head)), unit, first)
        known = g.classes.known(token)
        linking = linked and "OF" in known
        if not linking and ("ONE" in known or "THE" in known):
            return NONE  # another noun phrase
        if not (linking or word.endswith(g.adjective)) or (first and len(word) < 4 and not linking):
            return NONE
        i, first = last, first and linking
    return NONE


NONE = Counted(None, None)


def _glued_unit(c: Classed, index: int, language: str) -> Counted:
    """ "152-mm-Granaten", "100-mal": the measure that hangs on a number."""
    unit = unit_of(c.tokens[index], language) if index < len(c.tokens) else None
    if unit is None or unit.kind not in ("measure", "money", "factor"):
        return NONE
    return Counted(Span(c.starts[index], c.end(index)), unit, adjacent=True)


def chain(c: Classed, index: int) -> tuple[int, int]:
    """Return (end, head) of a hyphened compound that starts at a word: its last word that has letters is the head."""
    tokens, i, head = c.tokens, index, index
    while i + 2 < len(tokens) and tokens[i + 1] in "-–" and (tokens[i + 2].isalnum()):
        i += 2
        if tokens[i].isdecimal() and i + 1 < len(tokens) and tokens[i + 1].isalpha() and len(tokens[i + 1]) == 1:
            i += 1
            continue
        if tokens[i][0].isalpha():
            head = i
    return i + 1, head


def _hyphened(c: Classed, first: int, head: int) -> str:
    return "".join(c.tokens[first : head + 1])


def _is_model(c: Classed, first: int, last: int) -> bool:
    """Whether a chain is a designation ("KN-23") with its noun still to come."""
    tokens = c.tokens
    if last - first < 3 or not tokens[last - 1][0].isdecimal():
        return False
    after = last
    while after < len(tokens) and (tokens[after].isspace() or tokens[after] == "-"):
        after += 1
    return after < len(tokens) and tokens[after][0].isupper()


PIECES = "pieces"


def _back(c: Classed, index: int) -> int:
    return index - 2 if index > 1 and c.tokens[index - 1].isspace() else index - 1


def _of_pieces(c: Classed, index: int, language: str) -> Unit | None:
    """ "330.000 Stück Artilleriemunition": the unit of what the pieces are of, where it stands right behind."""
    i = index + 1
    if i >= len(c.tokens) or not c.tokens[index].isspace() or not c.tokens[i][0].isalnum():
        return None
    _, head = chain(c, i)
    return unit_of(c.tokens[head], language) if c.tokens[head][0].isupper() else None


def noun_before(g: NumberGrammar, c: Classed, index: int, language: str) -> Counted:
    """Return the noun of "die Gesamtzahl der Container auf (20)": counted by a number that has none behind it."""
    i = index - 1
    for _ in range(24):
        if i < 0 or c.classes[i] == "¶" or c.tokens[i] in ".!?;":
            return NONE
        if "NUMBEROF" in g.classes.known(c.tokens[i]):
            return noun_behind(g, c, i + 1, language, linked=True)
        i -= 1
    return NONE
