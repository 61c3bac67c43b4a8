"""Where words of saying stand. Reads ``data/<lang>/speech.toml``; judges nothing about what they introduce."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from beleg.claim.phrases import Field, noun_phrase
from beleg.claim.speech_table import Content, SpeechTables, VerbRow
from beleg.claim.words import Range, Words


@dataclass(slots=True)
class Hit:
    """A word of saying in its field."""

    sort: Literal["verb", "noun", "adjective", "preposition"]
    key: str
    kind: str
    content: tuple[Content, ...]
    at: int  # the word itself
    field: int
    finite: int  # the finite verb of its clause, -1: none
    parts: list[int]  # all words of the cue, in order
    passive: bool = False
    phrase: Range | None = None  # preposition: the noun phrase with it
    used: bool = False
    impersonal: bool = False  # "es heißt": no subject, the setting speaks
    naming: bool = False  # "heißt ein Schiff": nobody speaks
    alone: bool = False  # needs nothing beside its subject
    cites: bool = False  # its object is who said it
    of: tuple[str, ...] = ()  # prepositions that bring what a thing is called


def find_hits(w: Words, fields: list[Field], t: SpeechTables) -> list[Hit]:
    """Find the words of saying of a sentence, in text order; words inside quotations are not looked at."""
    out: list[Hit] = []
    for k, f in enumerate(fields):
        for i in range(f.a, f.b):
            if w.quote[i] >= 0:
                continue
            low, tag = w.low[i], w.tag[i]
            named = low in t.before or low in t.after_words
            if tag in "po" or (named and (i == f.a or w.word[i][0].islower() or f"{w.low[i - 1]} {low}" in t.after)):
                hit = _preposition(w, fields, k, i, t)
                if hit:
                    out.append(hit)
            elif tag in "FIPZA" or tag == "b":
                if low in t.finite or low in t.joined or (i > f.a and w.low[i - 1] + low in t.joined):
                    hit = _verb(w, fields, k, i, t)
                    if hit:
                        out.append(hit)
                        continue
                if low in t.adjectives:
                    row = t.adjectives[low]
                    fin = _finite(w, fields, k, i)
                    if fin >= 0:
                        out.append(Hit("adjective", row.key, row.kind, row.content, i, k, fin, sorted({fin, i})))
            elif tag == "N" and low in t.nouns:
                noun = t.nouns[low]
                parts = [i - 1, i] if i > f.a and w.tag[i - 1] == "D" else [i]
                out.append(Hit("noun", noun.key, noun.kind, noun.content, i, k, _finite(w, fields, k, i), parts))
    return out


def _verb(w: Words, fields: list[Field], k: int, i: int, t: SpeechTables) -> Hit | None:
    f, low, tag = fields[k], w.low[i], w.tag[i]
    if tag == "A" or (tag == "b" and low not in t.joined):
        return None
    parts = [i]
    row: VerbRow | None = None
    if i > f.a and w.low[i - 1] + low in t.joined:
        row = t.joined[w.low[i - 1] + low][0]  # "bekannt gegeben", "bekannt gab"
        parts.append(i - 1)
    if row is None and tag == "F":
        prefix = _prefix(w, fields, k, i)
        rows = _complete(w, f, t.finite.get(low, ()))
        row = next((r for r in rows if r.particle and prefix >= 0 and r.particle == w.low[prefix]), None)
        if row:
            parts.append(prefix)
        elif prefix < 0 or w.tag[prefix] != "v" or w.low[prefix] in w.closed.onward:
            row = next((r for r in rows if not r.particle), None)
    if row is None and low in t.joined:
        row = next(iter(_complete(w, f, t.joined[low])), None)
    if row is None and tag in "IP":
        row = next((r for r in _complete(w, f, t.finite.get(low, ())) if not r.particle), None)
    if row is None:
        return None
    if row.needs:
        need = next((j for j in range(f.a, f.b) if w.low[j] in row.needs), -1)
        if need < 0:
            return None
        parts.append(need)
    else:
        parts.extend(j for j in range(f.a, f.b) if w.low[j] in w.closed.pointers)
    fin = i if tag == "F" else _finite(w, fields, k, i)
    if fin < 0:
        return None
    passive = tag == "P" and w.low[fin] in w.closed.passive
    if fin != i and fin not in parts:
        parts.append(fin)
    impersonal = row.impersonal and any(w.low[j] in w.closed.it or w.tag[j] == "p" for j in range(f.a, f.b))
    return Hit(
        "verb", row.key, row.kind, row.content, i, k, fin, sorted(set(parts)), passive,
        impersonal=impersonal, naming=row.impersonal and not impersonal, alone=row.alone, of=row.of, cites=row.cites,
    )  # fmt: skip


def _complete(w: Words, f: Field, rows: Sequence[VerbRow]) -> list[VerbRow]:
    """Return the rows whose needed words stand in the clause, those that need some first."""
    words = {w.low[j] for j in range(f.a, f.b)}
    return sorted((r for r in rows if not r.needs or words & set(r.needs)), key=lambda r: not r.needs)


def _prefix(w: Words, fields: list[Field], k: int, i: int) -> int:
    """Return where the prefix of the verb at ``i`` may stand: a word tagged so, else the clause's last; -1: none."""
    f = fields[k]
    for j in range(i + 1, f.b):
        if w.tag[j] == "v" and w.quote[j] < 0:
            return j
        if w.tag[j] == "K" and j > i + 1 and j + 1 < f.b and w.tag[j + 1] == "F":
            return j - 1
    for g in fields[k + 1 : k + 4]:  # "geht der Berater, Herr Kim, aus"
        if g.kind not in ("frag", "rel"):
            break
        if w.tag[g.a] == "v" and g.b - g.a <= 2:
            return g.a
    last = f.b - 1
    while last > i and w.tag[last] == ".":
        last -= 1
    return last if last > i and w.quote[last] < 0 else -1


def _finite(w: Words, fields: list[Field], k: int, i: int) -> int:
    """Return the finite verb of the clause in which the word stands: the nearest of its field, else one before it."""
    fins = [j for j in fields[k].fins if w.quote[j] < 0]
    if fins:
        before = [j for j in fins if j < i]
        return before[-1] if before else fins[0]
    for back in range(k - 1, max(-1, k - 3), -1):
        f = fields[back]
        if f.kind in ("main",) and f.fins:
            return f.fins[-1]
        if f.kind not in ("frag", "rel"):
            break
    return -1


def _preposition(w: Words, fields: list[Field], k: int, i: int, t: SpeechTables) -> Hit | None:
    f, low = fields[k], w.low[i]
    head = i - 1 if i > f.a and f"{w.low[i - 1]} {low}" in t.after else i  # "zu Folge"
    key = " ".join(w.low[head : i + 1])
    if key in t.after:
        row = t.after[key]
        a = phrase_before(w, f.a, head)
        if a == head:
            if head > f.a and w.tag[head - 1] == "r":
                a = head - 1
            else:
                return None
        return Hit("preposition", row.key, "say", ("aside",), i, k, -1, list(range(head, i + 1)), phrase=(a, i + 1))
    before = t.before.get(low)
    if before is None and i + 1 < f.b:
        before = t.before.get(f"{low} {w.low[i + 1]}")  # "aus Sicht"
    if before is None:
        return None
    n = i + 1
    initial = i == f.a or (i == f.a + 1 and w.tag[f.a] in "bK")  # then all before the finite verb belongs to it
    limit = next((j for j in f.fins if j > i and w.quote[j] < 0), f.b) if initial else min(f.b, i + 5)
    if before.nouns:
        while n < limit and not (w.tag[n] == "N" and w.low[n].endswith(before.nouns) and w.low[n] not in before.but):
            if not initial and w.tag[n] not in "DAbERr":
                return None
            n += 1
        if n >= limit:
            return None
    elif n >= f.b or w.tag[n] not in "DANEqR":
        return None
    fronted = _fronted(w, fields, k) if initial and not f.fins else -1
    if fronted > 0:
        return Hit("preposition", before.key, "say", ("aside",), i, k, -1, [i], phrase=(i, fronted))
    end = limit if initial and limit < f.b else phrase_end(w, fields, n if before.nouns else i + 1, k)
    if end <= i + 1:
        return None
    kind = "estimate" if before.nouns and w.low[n] in before.guessed else "say"
    return Hit("preposition", before.key, kind, ("aside",), i, k, -1, [i], phrase=(i, end))


def _fronted(w: Words, fields: list[Field], k: int) -> int:
    """Return where a fronted phrase with an apposition ends, the verb following: "Nach Angaben von X, Y, hat"."""
    for j in range(k + 1, min(k + 3, len(fields))):
        f = fields[j]
        if f.kind == "main" and f.fins[0] == f.a and f.before == ",":
            return f.a - 1
        if f.kind not in ("frag", "rel"):
            break
    return -1


def phrase_end(w: Words, fields: list[Field], a: int, k: int) -> int:
    """Return where the noun phrase after a preposition ends."""
    reach = fields[min(k + 2, len(fields) - 1)].b
    end = noun_phrase(w, a, reach)
    if a + 1 < end and w.tag[a] == "N" and w.tag[a + 1] == "N" and not w.actor[a + 1]:
        return a + 1  # "nach bisheriger Rechnung Güter für zwei Millionen"
    for j in range(a + 1, end):
        if w.word[j][0].isdigit() and w.tag[j - 1] in "NE" and w.quote[j] < 0:
            return j  # "nach westlichen Schätzungen 10.000 Mann"
    for j in range(a + 2, end):
        if (
            w.low[j] in w.closed.of
            and w.tag[a + 1] == "D"
            and not any(w.actor[i] or w.tag[i] == "E" for i in range(j, end))
        ):
            return j  # "nach Erkenntnissen der Behörde von einer Rakete"
    if a < end < reach and end == a + 1 and w.low[end] in w.closed.from_whom:  # "Angaben aus dem Ministerium"
        return max(end, noun_phrase(w, end + 1, reach))
    return end


def phrase_before(w: Words, a: int, i: int) -> int:
    """Return where the noun phrase that ends at ``i`` begins."""
    j = i
    while j > a:
        tag = w.tag[j - 1]
        if (
            tag in "DANE"
            or w.low[j - 1] in w.closed.of
            or w.low[j - 1] in w.closed.linking
            or (tag == "q" and w.quote[j - 1] >= 0)
            or (tag == "p" and j < i and w.low[j - 1] in w.closed.inner)
        ):
            j -= 1
        else:
            break
    while j < i and (w.tag[j] in "Kp" or w.low[j] in w.closed.of or w.low[j] in w.closed.linking):
        j += 1
    starts = [n for n in range(j + 1, i) if w.tag[n] == "D" and w.low[n] in w.closed.oblique and _owned(w, n)]
    return starts[-1] if starts else j


def _owned(w: Words, n: int) -> bool:
    """Tell whether an article begins a phrase of its own: "bekam die Truppe | den Angaben zufolge"."""
    return w.tag[n - 1] in "NE" and w.low[n] not in w.closed.genitive
