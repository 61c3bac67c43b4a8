"""Noun phrases and the parts of a sentence between commas, read off the tags of the words."""

from __future__ import annotations

from dataclasses import dataclass

from beleg.claim.words import Range, Words

MAX_APPOSITION = 14  # words between two commas that can still be one noun phrase
SHORT_BRACKETS = 6  # words
NOMINAL = frozenset("DANE")


@dataclass(slots=True)
class Field:
    """A stretch between commas. ``kind``: main, dass, wh, rel, sub, zu, frag; ``fins``: its finite verbs."""

    a: int
    b: int
    before: str  # the mark before it, "" at the start
    kind: str
    fins: list[int]
    first: int  # first word after "und", "aber", "auch"


def split_units(w: Words) -> list[Range]:
    """Sentences, joined where a quotation runs on across their border or the next goes on after it (", sagte …")."""
    out: list[Range] = []
    for a, b in w.sentences:
        if out and out[-1][1] == a:
            inside = w.quote[a] >= 0 and w.quote[a] == w.quote[a - 1]
            goes_on = w.tag[a - 1] == "q" and (w.tag[a] == "," or w.word[a][0].islower())
            if inside or goes_on:
                out[-1] = (out[-1][0], b)
                continue
        out.append((a, b))
    return out


def split_fields(w: Words, unit: Range) -> list[Field]:
    """Cut a sentence at its commas, colons, dashes and brackets; not inside quotations."""
    out: list[Field] = []
    a, before = unit[0], ""
    skip = unit[0]
    for i in range(unit[0], unit[1] + 1):
        at_end = i == unit[1]
        if i < skip and not at_end:
            continue
        if not at_end and w.word[i] == "(" and (close := short_brackets(w, i, unit[1])) > 0:
            skip = close + 1
            continue
        if at_end or (w.quote[i] < 0 and w.tag[i] == "," and _splits(w, i)):
            if i > a:
                out.append(make_field(w, a, i, before))
            if not at_end:
                a, before = i + 1, w.word[i]
    return out


def _splits(w: Words, i: int) -> bool:
    """Tell whether a mark cuts: a hyphen only where spaces stand on both sides."""
    if w.word[i] == "/":
        return False
    if w.word[i] != "-":
        return True
    return 0 < i < len(w.word) - 1 and w.end[i - 1] < w.start[i] and w.end[i] < w.start[i + 1]


def short_brackets(w: Words, i: int, end: int) -> int:
    """Return where a bracket that only names something closes: "(NAKO)"; -1: it holds a statement."""
    for j in range(i + 1, min(end, i + SHORT_BRACKETS + 2)):
        if w.word[j] == ")":
            return j
        if w.tag[j] in "F:" or w.quote[j] >= 0 or w.low[j] in w.closed.so:
            return -1
    return -1


def make_field(w: Words, a: int, b: int, before: str) -> Field:
    first = a
    while first < b - 1 and (
        (w.tag[first] == "K" and w.low[first] not in w.closed.paired) or w.low[first] in w.closed.focus
    ):
        first += 1
    outside = [i for i in range(a, b) if w.tag[i] == "F" and w.quote[i] < 0]
    fins = outside or [i for i in range(a, b) if w.tag[i] == "F"]
    low, tag = w.low[first], w.tag[first]
    if low in w.closed.complementizers or (
        tag == "b" and first + 1 < b and w.low[first + 1] in w.closed.complementizers
    ):
        kind = "dass"
    elif (tag == "r" or (tag == "p" and first + 1 < b and w.tag[first + 1] == "r")) and fins:
        kind = "rel"
    elif (tag == "W" or (tag == "p" and first + 1 < b and w.tag[first + 1] == "W")) and fins:
        kind = "wh"
    elif (
        (tag == "S" and low not in w.closed.paired and fins[:1] != [first + 1])
        or (tag == "k" and w.tag[b - 1] in "FPI" and fins[-1:] == [b - 1])
    ) and fins:
        kind = "sub"
    elif fins and _verb_last(w, a, fins[0], b):
        kind = "sub"  # "etwa eine Woche nachdem der Norden dies bestätigt hatte"
    elif fins:
        kind = "main"
    elif any(w.tag[i] in "zZ" for i in range(a, b)):
        kind = "zu"
    else:
        kind = "frag"
    return Field(a, b, before, kind, fins, first)


def _verb_last(w: Words, a: int, fin: int, b: int) -> bool:
    rest = [i for i in range(fin + 1, b) if w.tag[i] != "."]
    return not rest and any(w.tag[i] == "S" for i in range(a, fin))


def noun_phrase(w: Words, i: int, end: int, wide: bool = False) -> int:
    """Return where the noun phrase that begins at ``i`` ends (``i`` where none does)."""
    j, noun = i, False
    while j < end:
        tag, low = w.tag[j], w.low[j]
        if tag == "D":
            if noun and low not in w.closed.genitive and w.tag[j - 1] not in "Kp":
                break
            if j + 1 < end and w.tag[j + 1] == "p" and (inner := _embedded(w, j + 1, end)) > 0:
                j = inner  # "eines in den USA ansässigen Instituts"
                continue
        elif tag in "NE":
            if tag == "N" and j > i + 1 and w.actor[j - 1] and w.tag[j - 1] == "E" and not w.actor[j]:
                break  # "hat der Verein Sea Watch Boote gezählt"
            noun = True
        elif tag == "A" or (tag == "b" and j + 1 < end and w.tag[j + 1] == "A" and not noun):
            owner = w.tag[j - 1] == "E" and j == i + 1 and j + 1 < end and w.tag[j + 1] in "ANE"  # "Chiles alter Hafen"
            if noun and tag == "A" and not (w.word[j][0].isdigit() or w.tag[j - 1] in "AD" or owner):
                break
            if noun and w.word[j].isdigit() and j + 1 < end and w.tag[j + 1] == "N" and w.tag[j - 1] == "N":
                break  # "hat die Regierung 30 Panzer zugesagt"
        elif tag == "R":
            return j + 1 if j == i else j
        elif (
            tag in "po"
            and noun
            and low in (w.closed.inner if wide else w.closed.of)
            and j + 1 < end
            and w.tag[j + 1] in "DANE"
        ):
            pass
        elif low in w.closed.paired and (not noun or (j + 1 < end and w.tag[j + 1] in "DANEb")):
            pass  # "sowohl … als auch", "weder … noch"
        elif tag == "K" and noun and low in w.closed.linking and j + 1 < end and w.tag[j + 1] in "DANEp":
            if j + 2 < end and w.tag[j + 1] == "A" and w.tag[j + 2] not in "ANE":
                break
        elif tag == "q" and (q := w.quote[j]) >= 0 and w.quotes[q][0] == j and w.quotes[q][1] - j <= 10:
            j = w.quotes[q][1]
            noun = True
            continue
        elif w.word[j] == "(" and noun and (close := _closing(w, j, end)) > 0:
            j = close + 1
            continue
        elif w.word[j] == "," and noun and (stop := _apposition(w, j, end)) > 0:
            j = stop
            continue
        elif (
            w.word[j] in ("-", "/", "–")
            and noun
            and j + 1 < end
            and w.tag[j + 1] in "NEA"
            and w.end[j] == w.start[j + 1]
        ):
            pass
        else:
            break
        j += 1
    while j > i and w.tag[j - 1] in "DpKb,":
        j -= 1
    return j if noun else i


def _embedded(w: Words, j: int, end: int) -> int:
    """Return where the adjective or participle stands to which a phrase inside a noun phrase belongs, -1: none."""
    for k in range(j + 1, min(end, j + 7)):
        if w.tag[k] == "A" and k + 1 < end and w.tag[k + 1] in "NEA" and w.tag[k - 1] in "NEb":
            return k
        if w.tag[k] in "F.,IZz":
            return -1
    return -1


def _closing(w: Words, j: int, end: int) -> int:
    for k in range(j + 1, min(end, j + 8)):
        if w.word[k] == ")":
            return k
    return -1


def _apposition(w: Words, comma: int, end: int) -> int:
    """Return where an apposition between two commas ends (the place of its closing comma), -1: none stands here."""
    j = comma + 1
    if j >= end or w.tag[j] not in NOMINAL or w.low[j] in w.closed.complementizers:
        return -1
    stop = j
    while stop < min(end, j + MAX_APPOSITION) and (w.tag[stop] not in "FIZzSWrxv.:q;" or w.quote[stop] >= 0):
        if w.word[stop] in (",", ":"):
            break
        stop += 1
    closed = stop < len(w.word) and stop - j <= MAX_APPOSITION and w.word[stop] in (",", ".", ":")
    last = noun_phrase(w, j, stop, wide=True)
    return stop if closed and last >= stop - 1 and last > j else -1


def trim(w: Words, a: int, b: int) -> Range:
    """Drop commas and full stops at both ends of a range."""
    while a < b and w.tag[a] in ",." and w.word[a] not in ("(", "["):
        a += 1
    while b > a and (w.tag[b - 1] == "." or (w.tag[b - 1] == "," and w.word[b - 1] not in (")", "]"))):
        b -= 1
    return a, b
