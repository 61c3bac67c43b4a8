"""Direct speech: which quotations are somebody's words rather than names, titles or distance, and whose."""

from __future__ import annotations

from beleg.claim.cues import Hit
from beleg.claim.drafts import Draft
from beleg.claim.phrases import Field, noun_phrase
from beleg.claim.subject import clause_start, find_speaker, subject
from beleg.claim.words import Range, Words

LONG = 9  # words inside: hardly a name
WHOLE = 4  # words inside that with a finite verb make a statement
SHOWING = frozenset({"evidence", "find", "infer"})  # things do these too, and things do not speak
JUDGING = frozenset({"judge", "accuse", "warn", "deny", "think", "demand", "claim"})  # "nannte es „Erpressung“"


def find_direct(w: Words, unit: Range, fields: list[Field], hits: list[Hit], others: list[Draft]) -> list[Draft]:
    """Find the direct speech of a sentence. ``others``: the reported speech found in it."""
    out: list[Draft] = []
    seen: set[int] = set()
    for i in range(*unit):
        q = w.quote[i]
        if q < 0 or q in seen:
            continue
        seen.add(q)
        a, b = w.quotes[q]
        d = _one(w, unit, fields, hits, others, a, b) or _broken(w, out, a, b)
        if d:
            out.append(d)
    return out


def goes_on(w: Words, before: list[Draft], d: Draft) -> bool:
    """Join a quotation whose paragraph before was left open to that one; tell whether it was."""
    if not before or d.type != "Direct" or before[-1].type != "Direct":
        return False
    last, a = before[-1], d.start
    if last.end != a or w.block[last.end - 1] == w.block[a] or w.tag[last.end - 1] == "q":
        return False
    last.pieces += d.pieces
    if d.speaker and last.rule == "quotation-free":
        last.carries = None
        last.speaker, last.cue, last.frame, last.addressee = d.speaker, d.cue, d.frame, d.addressee
        last.key, last.kind, last.rule = d.key, d.kind, d.rule
    return True


def _broken(w: Words, out: list[Draft], a: int, b: int) -> Draft | None:
    """Return the rest of a quotation that the cue breaks: „Das Schiff“, sagte er, „ist leer.“"""
    if not out or out[-1].rule not in ("quotation-cue", "quotation-so") or not out[-1].frame:
        return None
    first, between = out[-1], out[-1].frame[-1]
    if between[0] < first.end or any(w.tag[i] != "," for i in range(between[1], a)) or between[1] > a:
        return None
    return Draft(
        "Direct", [(a, b)], "quotation-broken", first.speaker, first.cue, first.frame, first.addressee, first.key,
        first.kind,
    )  # fmt: skip


def _one(
    w: Words, unit: Range, fields: list[Field], hits: list[Hit], others: list[Draft], a: int, b: int
) -> Draft | None:
    inside = range(a + 1, b - 1)
    n = sum(1 for i in inside if w.tag[i] not in ",.q")
    if n == 0:
        return None
    fin = any(w.tag[i] == "F" for i in inside)
    stopped = w.tag[b - 2] == "." or (b < len(w.word) and w.tag[b] == "," and w.tag[b - 2] == ",")
    colon = a > unit[0] and w.word[a - 1] == ":" and not _bracketed(w, unit, a)
    alone = a == unit[0] or w.tag[a - 1] in ",.q" or n >= LONG  # not "die Zeitung „X“ meldet"
    hit = (_cue_after(w, unit, fields, hits, b) if alone else None) or (
        _cue_before(w, fields, hits, a) if colon else None
    )
    around = next((d for d in others if any(p[0] <= a and b <= p[1] for p in d.pieces)), None)
    k = next((j for j, f in enumerate(fields) if f.a <= a < f.b), 0)
    local = _local(w, fields, hits, k, a)
    whole = stopped and fin and n >= WHOLE
    if hit and b < unit[1] and hit.finite == b and not (fin or n >= LONG or stopped):
        hit = None  # "„Nordwind“ meldete sich": a name that is subject or object
    aside = _so_after(w, fields, b)
    worded = any(h.sort == "noun" and "quotation" in h.content and h.at == a - 1 for h in hits)  # "mit den Worten „…“"
    if _title(w, unit, a, b, fin) and not (hit or whole or aside or worded):
        return None
    small = w.word[a + 1][0].islower() and n > 1
    called = local is not None and _called(w, local, a)
    if local and n < LONG and not stopped and not called and _named_by(w, fields, local, a, b):
        return None
    if any(h.phrase and h.phrase[0] <= a and b <= h.phrase[1] for h in hits):
        return None  # "laut „Tagesblatt“"
    if n == 1 and not fin and b < unit[1] and w.tag[b] == "A":
        return None  # "eine „repräsentativ“ besetzte Versammlung"
    if w.word[a - 1] == "(" and a > unit[0] and not fin:
        return None  # "Operation Gegossenes Blei (…)": what a name means
    if not (hit or whole or aside or worded or (n >= LONG and fin) or (colon and (fin or n >= LONG))):
        phrase = _phrase(w, a)  # "einer „Gefahr für Leib und Leben“", "als „Fest“"
        if not (phrase or called) and _name(w, unit, a, b, n, fin):
            return None
        if local and not (called or local.kind in JUDGING or fin or small or n >= WHOLE):
            local = None
        if local and local.kind == "think" and not _measured(w, a):
            local = None
        long_phrase = n >= WHOLE and (small or w.low[a - 1] in w.closed.indefinite)  # no name begins so
        if not (around or local or (fin and n >= WHOLE) or long_phrase):
            return None
    d = Draft("Direct", [(a, b)], "quotation")
    if worded:
        d.key = next(h.key for h in hits if h.sort == "noun" and h.at == a - 1)
    if hit:
        d.speaker, d.addressee = find_speaker(w, fields, hit)
        d.cue, d.key, d.kind = hit.parts, hit.key, hit.kind
        g = fields[hit.field]
        start = clause_start(w, fields, hit.field)
        d.frame = [(b, g.b)] if g.a >= b else [(fields[start].a, a)]
        d.rule = "quotation-cue"
    elif aside:
        d.speaker, d.cue, d.frame, d.key, d.kind = [aside], [aside[0] - 1], [(b, aside[1])], "so", "say"
        d.rule = "quotation-so"
    elif around:
        d.speaker, d.cue, d.frame, d.addressee = around.speaker, around.cue, around.frame, around.addressee
        d.key, d.kind = around.key, around.kind
        d.rule = "quotation-inside"
    elif colon and (speaker := colon_speaker(w, fields, a)):
        d.speaker, d.frame = speaker, [(unit[0], a)]
        d.rule = "quotation-colon"
    elif colon and w.low[a - 2] in w.closed.answers and a - 2 <= unit[0] + 1:
        d.rule = "quotation-free"
    elif colon and (name := _name_before(w, unit, fields, a)):
        d.speaker, d.frame = [name], [(name[0], a)]
        d.rule = "quotation-colon"
    elif local:
        d.speaker, d.addressee = find_speaker(w, fields, local)
        d.cue, d.key, d.kind = local.parts, local.key, local.kind
        d.frame = [(fields[clause_start(w, fields, k)].a, a)]
        d.rule = "quotation-object"
    elif hits and (near := _nearest(hits, fields, a)):
        d.speaker, d.addressee = find_speaker(w, fields, near)
        d.cue, d.key, d.kind = near.parts, near.key, near.kind
        d.frame = [(unit[0], a)] if near.at < a else [(b, fields[near.field].b)]
        d.rule = "quotation-sentence"
    else:
        d.rule = "quotation-free"
        main = next((f for f in fields if f.kind == "main" and w.quote[f.fins[0]] < 0), None)
        own = subject(w, fields, fields.index(main), main.fins[0]) if main else []
        if own and any(w.actor[i] or w.tag[i] == "E" for i in range(*own[0])):
            d.speaker, d.rule = own, "quotation-clause"  # "will „noch einmal prüfen“"
    return d


def _local(w: Words, fields: list[Field], hits: list[Hit], k: int, a: int) -> Hit | None:
    """Find the verb whose object the quotation is: "nannte den Vertrag „…“"."""
    found = None
    for h in hits:
        if h.sort != "verb" or "quotation" not in h.content:
            continue
        if h.field == k:
            return h
        if h.field < k and all(g.kind in ("frag", "rel") for g in fields[h.field + 1 : k + 1]):
            found = h
    return found


def _bracketed(w: Words, unit: Range, a: int) -> bool:
    """Tell whether the colon before a quotation stands in brackets: "(kurz: „X“)"."""
    marks = [w.word[i] for i in range(unit[0], a) if w.word[i] in ("(", ")")]
    return marks[-1:] == ["("]


def _called(w: Words, hit: Hit, a: int) -> bool:
    """Tell whether the quotation is what somebody calls a thing: "sprach von einer „Katastrophe“"."""
    near = any(w.low[i] in hit.of for i in range(max(hit.at, a - 2), a))
    return near and not any(w.tag[i] == "F" and i != hit.at for i in range(hit.at, a))


def _nearest(hits: list[Hit], fields: list[Field], a: int) -> Hit | None:
    verbs = [h for h in hits if h.sort == "verb" and h.kind not in SHOWING]
    return min(verbs, key=lambda h: abs(h.at - a), default=None)


def _cue_after(w: Words, unit: Range, fields: list[Field], hits: list[Hit], b: int) -> Hit | None:
    """Find the verb in „…“, sagte X / „…“ sagte X / „…“, so sagte X."""
    at = b
    while at < unit[1] and w.tag[at] in ",.":
        if w.word[at] in (")", "]"):
            return None  # "(kurz: „X“) befürchtet"
        at += 1
    for h in hits:
        if (
            h.sort == "verb"
            and not h.naming
            and "quotation" in h.content
            and at <= h.finite <= at + 1
            and h.at < unit[1]
        ):
            return h
    return None


def _cue_before(w: Words, fields: list[Field], hits: list[Hit], a: int) -> Hit | None:
    before = [h for h in hits if h.at < a and h.sort == "verb" and "quotation" in h.content]
    return before[-1] if before else None


def _so_after(w: Words, fields: list[Field], b: int) -> Range | None:
    at = b
    while at < len(w.word) and w.tag[at] == ",":
        at += 1
    if at + 1 < len(w.word) and w.low[at] in w.closed.so:
        limit = next((f.b for f in fields if f.a <= at < f.b), at)
        reach = limit + 12
        end = noun_phrase(w, at + 1, min(reach, len(w.word)))
        if w.tag[at + 1] == "R":
            end = at + 2
        if end > at + 1:
            return at + 1, end
    return None


def _name_before(w: Words, unit: Range, fields: list[Field], a: int) -> Range | None:
    f = next((g for g in fields if g.b == a - 1), None)
    if f is None or f.fins:
        return None
    end = noun_phrase(w, f.first, a - 1, wide=True)
    return (f.first, end) if end > f.first else None


def colon_speaker(w: Words, fields: list[Field], a: int) -> list[Range]:
    """Return the subject of the main clause before a colon, whatever its verb: "Sie wurde deutlich: „…“"."""
    for k in range(len(fields) - 1, -1, -1):
        f = fields[k]
        if f.b <= a and f.kind == "main" and w.quote[f.fins[0]] < 0:
            return find_speaker(w, fields, Hit("verb", "", "say", (), f.fins[0], k, f.fins[0], []))[0]
    return []


def _title(w: Words, unit: Range, a: int, b: int, fin: bool) -> bool:
    """Tell whether a noun stands before the quotation that it names: "der Film „Nur wir“", "das „Haus am See“"."""
    if a == unit[0] or not (w.word[a + 1][0].isupper() or w.word[a + 1][0].isdigit()):
        return False
    if w.tag[a - 1] in "NE" and w.word[a - 1][0].isupper():
        return w.tag[b - 2] != "."
    return not fin and w.low[a - 1] in w.closed.definite and w.tag[b - 2] in "NE"


def _named_by(w: Words, fields: list[Field], hit: Hit, a: int, b: int) -> bool:
    """Tell whether the quotation is part of who speaks, or what everybody calls it."""
    speaker, _ = find_speaker(w, fields, hit)
    if not _phrase(w, a) and any(r[0] <= a and b <= r[1] for r in speaker):
        return True
    anybody = any(r[1] - r[0] == 1 and w.low[r[0]] in w.closed.anybody for r in speaker)
    return hit.kind == "judge" and anybody


def _measured(w: Words, a: int) -> bool:
    """Tell whether "als" or "für" introduces the quotation: "hält das für „einen Fehler“"."""
    return any(w.low[i] in w.closed.measuring for i in range(max(0, a - 2), a))


def _phrase(w: Words, a: int) -> bool:
    return a > 0 and (w.low[a - 1] in w.closed.indefinite or w.low[a - 1] in w.closed.as_what)


def _name(w: Words, unit: Range, a: int, b: int, n: int, fin: bool) -> bool:
    """Tell whether a short quotation looks like a name or title."""
    first = a + 1
    before = w.tag[a - 1] if a > unit[0] else ""
    content = [i for i in range(a + 1, b - 1) if w.tag[i] not in ",.q"]
    capital = w.word[first][0].isupper() or w.word[first][0].isdigit()
    if not fin and before in ("N", "E") and capital:
        return True
    if n == 1 and (w.tag[content[0]] in "NE" and capital):
        return True
    big = sum(1 for i in content if w.word[i][0].isupper() or w.word[i][0].isdigit())
    small_ok = sum(1 for i in content if w.tag[i] in "Dp" or w.tag[i] == "K")
    return not fin and capital and big + small_ok == n and n <= 5
