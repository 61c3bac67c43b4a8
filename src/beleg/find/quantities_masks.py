"""Numbers that count nothing: designations, numbers of orders and streets, scores, versions, codes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from beleg.find.quantities_tables import NumberGrammar, unit_of
from beleg.find.wordclasses import Classed
from beleg.model import Span, TimeMention

CODES = re.compile(  # repeats are bounded: a text without blanks must not take long
    r"(?:https?://|www\.)\S{1,2000}|(?<!\S)\S{1,80}@\S{1,80}\.\w+|\[\d{1,3}\]|§+\s{0,3}\d{1,6}\w{0,3}|#\w{1,60}"
    r"|(?<!\d)\+?\d{1,8}(?:[-/]\d{1,8}){2,8}(?!\d)|\+\d[\d /()-]{5,20}|\b\d{1,3}(?:\.\d{1,3}){3}\b"
    r"|(?<!\w)(?=\w{0,40}\d)\w{1,40}(?:[-_]\w{1,40}){0,6}_\w{1,60}|(?m:^[ \t]{0,80}[-–][ \t]?\d{1,4}[ \t]?[-–][ \t]*$)"
    r"|\b\d{1,2}:\d{2}(?::\d{2})?\b|\b\d{1,2}:\d{1,2}\b|\b\d{1,3}%\d\w|\\\S{1,80}"
)
LONGEST_BARE = 8  # digits of a bare run that still counts something: longer ones are time stamps and keys
TIMES_WITHOUT_NUMBERS = ("duration", "set")


def spans(text: str, times: Sequence[TimeMention]) -> list[tuple[int, int]]:
    """Return the stretches of a text in which no number counts, sorted and without overlaps."""
    found = [m.span() for m in CODES.finditer(text)] if re.search(r"[@#\\%:+\[§_/]|www|\d-\d", text) else []
    found += [(t.span.start, t.span.end) for t in times if t.kind not in TIMES_WITHOUT_NUMBERS]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def inside(masked: list[tuple[int, int]], place: int) -> bool:
    i = bisect_right(masked, (place, 1 << 60)) - 1
    return i >= 0 and masked[i][0] <= place < masked[i][1]


def starts_sentence(c: Classed, index: int) -> bool:
    """Whether a token is the first word of a sentence, a quotation or a line of its own."""
    i = index - 1
    while i >= 0 and c.tokens[i].isspace():
        if c.tokens[i].count("\n"):
            return True
        i -= 1
    return i < 0 or c.tokens[i] in '.!?:„“"»«›‹–-(…|•'


def is_name(g: NumberGrammar, c: Classed, first: int, last: int, language: str) -> bool:
    """Whether digits at tokens ``first`` to ``last`` belong to a name: glued to letters, or behind a numbered noun."""
    tokens = c.tokens
    before, after = _at(tokens, first - 1), _at(tokens, last)
    if before and (before[-1].isalpha() or before == "_" or (before in "-–/" and _letter(_at(tokens, first - 2)))):
        return True
    if after and after[0].isalpha() and unit_of(after, language) is None:
        return True
    if before in (".", ",", ":") and _at(tokens, first - 2).isdecimal():
        return True
    if after == "." and "MONTH" in g.classes.known(_at(tokens, last + 2) or " "):
        return True
    if before in ("-", "–", "−") and unit_of(after if after.strip() else _at(tokens, last + 1), language) is None:
        return not _at(tokens, first - 2)[-1:].isdecimal()
    if after in (".", ":") and _at(tokens, last + 1).isdecimal():
        return True
    if after == "-" and _letter(_at(tokens, last + 1)) and not _number_compound(g, c, last + 1, language):
        return True
    if after == "." and _is_ordinal(g, c, first, last):
        return True
    if "." in tokens[first:last] and _is_clock(tokens, first, last) and not _measured(g, c, last, language):
        return True
    if "NAMETAIL" in g.classes.known(_at(tokens, last + 1) or " "):
        return True
    run = tokens[first]
    if last == first + 1 and (len(run) > LONGEST_BARE or (len(run) > 1 and run[0] == "0")):
        return True
    return _numbered(g, c, first, last, language)


def _is_ordinal(g: NumberGrammar, c: Classed, first: int, last: int) -> bool:
    """ "der 85. Minute", "(46.)", "7. Runde": digits with a full stop that ends no sentence."""
    behind = _at(c.tokens, last + 1)
    if behind and not behind.isspace():
        return behind in "),/;"
    i = first - 1
    line = i < 0
    while i >= 0 and c.tokens[i].isspace():
        line = line or "\n" in c.tokens[i]
        i -= 1
    if line and behind:
        return True  # "1. Befund": a list
    if i < 0 or not c.tokens[i][0].isalnum():
        return bool(_at(c.tokens, last + 2)) and not _at(c.tokens, last + 2).isdecimal()
    known = g.classes.known(c.tokens[i])
    return "THE" in known or "INTHE" in known


def _is_clock(tokens: list[str], first: int, last: int) -> bool:
    """ "20.15": a full stop before two digits is no decimal mark."""
    return last - first == 3 and len(tokens[first]) <= 2 and len(tokens[last - 1]) == 2


def _measured(g: NumberGrammar, c: Classed, last: int, language: str) -> bool:
    i = last + (last < len(c.tokens) and c.tokens[last].isspace())
    token = _at(c.tokens, i)
    return bool(token) and ("SCALE" in g.classes.known(token) or unit_of(token, language) is not None)


def _at(tokens: list[str], index: int) -> str:
    return tokens[index] if 0 <= index < len(tokens) else ""


def _letter(token: str) -> bool:
    return bool(token) and token[0].isalpha()


def unread_sums(g: NumberGrammar, c: Classed, language: str) -> list[Span]:
    """Return compounds with a sum in them that is not read as a number: "500-Millionen-Paket", "3-Millionen-Stadt"."""
    return [
        Span(c.starts[i - 1], c.end(i + 1)) for i in range(1, len(c.tokens) - 1)
        if c.tokens[i] == "-" and c.tokens[i - 1].isdecimal() and "SCALE" in g.classes.known(c.tokens[i + 1])
        and not _number_compound(g, c, i + 1, language)
    ]  # fmt: skip


def _number_compound(g: NumberGrammar, c: Classed, index: int, language: str) -> bool:
    """ "170-mm-Artillerie", "500-Millionen-Euro-Paket": digits with a unit or a sum, which are a number."""
    if "SCALE" in g.classes.known(c.tokens[index]):
        money = unit_of(_at(c.tokens, index + 2), language) if _at(c.tokens, index + 1) == "-" else None
        return money is not None and money.kind == "money"  # not "3-Millionen-Stadt"
    unit = unit_of(c.tokens[index], language)
    return unit is not None and unit.kind in ("measure", "money", "factor")


def _numbered(g: NumberGrammar, c: Classed, first: int, last: int, language: str) -> bool:
    """ "Anordnung 61351", "Straße 5", "Leopard 2": a noun that a number names, no counted noun behind the number."""
    i = first - 1
    while i >= 0 and (c.tokens[i].isspace() or c.tokens[i] == "."):
        if c.tokens[i].count("\n"):
            return False
        i -= 1
    if i < 0 or not c.tokens[i][0].isalpha():
        return False
    noun = c.tokens[i]
    if len(noun) == 1 and noun.isupper():
        return True  # "die L 35"
    if any(t == "." for t in c.tokens[first:last]) and len(c.tokens[last - 1]) == 3:
        return False  # grouped by thousands: never a number of something
    if "NUMBERED" in g.classes.known(noun) or (noun[0].isupper() and noun.lower().endswith(g.numbered)):
        return not _counted_behind(g, c, last, language)
    if not noun[0].isupper() or any(not (t.isdecimal() or t == ".") for t in c.tokens[first:last]):
        return False
    if starts_sentence(c, i) or unit_of(noun, language) or last - first > 3 or len(c.tokens[first]) > 4:
        return False
    return not (_noun_or_participle_behind(g, c, last) or _part_of(g, c, last) or _in_list(c, first))


def _part_of(g: NumberGrammar, c: Classed, last: int) -> bool:
    """ "So schoss die Armee 26 von 38 Drohnen ab": another number behind "von", with or without an article."""
    words = [t for t in c.tokens[last : last + 8] if not t.isspace()]
    if not words or "OF" not in g.classes.known(words[0]):
        return False
    behind = words[2:] if len(words) > 1 and "THE" in g.classes.known(words[1]) else words[1:]
    return bool(behind) and behind[0].isdecimal()


def _in_list(c: Classed, first: int) -> bool:
    """ "Dänemark gibt 19 ab, die Niederlande 24": a number shortly before in the same sentence."""
    for i in range(first - 1, max(0, first - 20), -1):
        if c.tokens[i] in ".!?;:" or c.classes[i] == "¶":
            return False
        if c.tokens[i].isdecimal() and c.tokens[i - 1].isspace():
            return True
    return False


def _counted_behind(g: NumberGrammar, c: Classed, last: int, language: str) -> bool:
    i = last
    while i < len(c.tokens) and (
        c.tokens[i].isspace() or (c.tokens[i].islower() and c.tokens[i].endswith(g.adjective))
    ):
        i += 1
    return i < len(c.tokens) and i > last and unit_of(c.tokens[i], language) is not None


def _noun_or_participle_behind(g: NumberGrammar, c: Classed, last: int) -> bool:
    i = last
    while i < len(c.tokens) and (c.tokens[i].isspace() or c.tokens[i] in '"„“%$€'):
        if c.tokens[i] in "%$€":
            return True
        i += 1
    if i + 2 < len(c.tokens) and "TO" in g.classes.known(c.tokens[i]):
        return _noun_or_participle_behind(g, c, _behind_digits(c, i + 1))
    if i >= len(c.tokens) or not c.tokens[i][0].isalpha():
        return False
    word = c.tokens[i]
    return word[0].isupper() or word.endswith((*g.adjective, *g.participle))


def _behind_digits(c: Classed, index: int) -> int:
    while index < len(c.tokens) and (
        c.tokens[index].isspace() or c.tokens[index].isdecimal() or c.tokens[index] in ".,"
    ):
        index += 1
    return index


def numbers_name(g: NumberGrammar, c: Classed, first: int) -> bool:
    """Whether a number word stands right behind a noun that numbers name: "Rang vier"."""
    i = first - 1
    while i >= 0 and c.tokens[i].isspace():
        i -= 1
    return i >= 0 and "RANKED" in g.classes.known(c.tokens[i])
