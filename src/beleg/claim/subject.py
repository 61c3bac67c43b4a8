"""Who speaks: the noun phrase that is the subject of a verb of saying, and whom it is said to."""

from __future__ import annotations

from beleg.claim.cues import Hit
from beleg.claim.phrases import Field, noun_phrase, trim
from beleg.claim.words import Range, Words

OBLIQUE = frozenset(
    {
        "dem",
        "den",
        "des",
        "einem",
        "einen",
        "eines",
        "ihm",
        "ihn",
        "ihnen",
        "mir",
        "uns",
        "keinem",
        "diesem",
        "diesen",
        "seinem",
        "seinen",
        "ihrem",
        "ihren",
    }
)
IMPERSONAL = frozenset({"es", "man", "dies", "das", "was"})


def clause_start(w: Words, fields: list[Field], k: int) -> int:
    """Return the field in which the clause of field ``k`` begins: interrupted by appositions and relative clauses."""
    f = fields[k]
    at = k
    if f.kind != "main" or not f.fins:
        return k
    verb_first = f.fins[0] == f.first
    while at > 0:
        p = fields[at - 1]
        if fields[at].before in (":", ";") or p.kind in ("main", "dass", "wh", "zu", "sub"):
            break
        if p.kind == "frag" and any(w.quote[i] >= 0 for i in range(p.a, p.b)) and p.b - p.a > 8:
            break
        if p.kind in ("rel", "frag") and (verb_first or at < k or w.tag[f.a] in "PIpzZb"):
            at -= 1
            continue
        break
    return at


def find_speaker(w: Words, fields: list[Field], hit: Hit) -> tuple[list[Range], list[Range]]:
    """Return the words that name the speaker and those that name the addressee; empty where the text names none."""
    f = fields[hit.field]
    fin = hit.finite
    home = next((k for k in range(len(fields)) if fields[k].a <= fin < fields[k].b), hit.field)
    g = fields[home]
    if hit.passive:
        return _agent(w, g, fields[hit.field]), []
    if g.kind in ("sub", "wh", "rel", "dass"):
        return _verb_last(w, fields, home, fin)
    start = clause_start(w, fields, home)
    a = fields[start].first
    # before the finite verb
    left: Range | None = None
    if fin > a and not (start == home and fin == fields[start].first):
        left = trim(w, a, fin)
    speaker: list[Range] = []
    if left and left[1] > left[0] and _nominative(w, left):
        end = noun_phrase(w, left[0], left[1], wide=True)
        if end >= left[1] - 1 or w.tag[left[0]] == "R" or (end > left[0] and start < home):
            speaker = [(left[0], end)]
    right_from = fin + 1
    limit = g.b
    if not speaker:
        speaker, right_from = _after(w, fields, home, fin, limit)
    addressee = _addressee(w, right_from if not speaker or speaker[0][0] < fin else speaker[0][1], f.b, hit)
    return speaker, addressee


def _nominative(w: Words, r: Range) -> bool:
    low, tag = w.low[r[0]], w.tag[r[0]]
    if low in OBLIQUE or tag in "pSWz,":
        return False
    if tag == "R":
        return low not in IMPERSONAL
    return tag in "DANEq"


def _after(w: Words, fields: list[Field], home: int, fin: int, limit: int) -> tuple[list[Range], int]:
    j = fin + 1
    while j < limit:
        tag, low = w.tag[j], w.low[j]
        if tag in "DANE" or (tag == "q" and w.quote[j] >= 0):
            reach = fields[min(home + 2, len(fields) - 1)].b
            end = noun_phrase(w, j, reach)
            if end == j:
                return [], j
            if low in OBLIQUE:  # dative or accusative goes before: "sagte dem Sender der Minister"
                j = end
                continue
            return [(j, end)], end
        if tag == "R":
            if low in OBLIQUE or low in IMPERSONAL:
                j += 1
                continue
            return [(j, j + 1)], j + 1
        if tag == "p":
            end = noun_phrase(w, j + 1, limit)
            j = max(end, j + 1)
            continue
        if tag in "xbkv":
            j += 1
            continue
        break
    return [], fin + 1


def _verb_last(w: Words, fields: list[Field], k: int, fin: int) -> tuple[list[Range], list[Range]]:
    f = fields[k]
    j = f.first
    if w.tag[j] == "p":
        j += 1
    if f.kind == "rel":
        pronoun = w.low[j]
        if w.tag[f.first] != "p" and pronoun in ("der", "die", "das", "welche", "welcher", "welches"):
            rest = [i for i in range(j + 1, min(fin, f.b)) if w.tag[i] in "DNER" and w.low[i] not in OBLIQUE]
            named = rest and _nominative(w, (rest[0], fin)) and w.tag[rest[0]] in "ER"
            if not named and k > 0:
                return [(j, j + 1)], []
    j += 1
    while j < fin:
        tag, low = w.tag[j], w.low[j]
        if tag in "DANEq":
            reach = fields[min(k + 2, len(fields) - 1)].b
            end = noun_phrase(w, j, min(fin, reach), wide=True)
            if end == j or low in OBLIQUE:
                j = max(end, j + 1)
                continue
            return [(j, end)], []
        if tag == "R":
            if low in OBLIQUE or low in IMPERSONAL:
                j += 1
                continue
            return [(j, j + 1)], []
        if tag == "p":
            j = max(noun_phrase(w, j + 1, fin), j + 1)
            continue
        j += 1
    return [], []


def _agent(w: Words, *fields: Field) -> list[Range]:
    for f in fields:
        for j in range(f.a, f.b):
            if w.low[j] in ("von", "vom", "durch", "seitens") and w.quote[j] < 0:
                end = noun_phrase(w, j + 1, f.b)
                if end > j + 1:
                    return [(j + 1, end)]
    return []


def _addressee(w: Words, a: int, b: int, hit: Hit) -> list[Range]:
    for j in range(a, b):
        if w.quote[j] >= 0:
            break
        if w.low[j] == "gegenüber":
            end = noun_phrase(w, j + 1, b)
            if end > j + 1:
                return [(j + 1, end)]
        if w.low[j] in ("dem", "der", "den", "die") and w.tag[j] == "D" and w.tag[j - 1] not in "p":
            end = noun_phrase(w, j, b)
            wants = w.low[j] == "dem" or hit.kind in ("demand", "accuse")
            if end > j and wants:
                return [(j, end)]
            if end > j:
                return []
    return []
