"""Reported speech with a cue: what a word of saying introduces, and where it ends."""

from __future__ import annotations

from beleg.claim.according import by_preposition, reported, so, whereby
from beleg.claim.cues import Hit
from beleg.claim.drafts import Draft
from beleg.claim.extent import around, denied_end, left_start, right_end
from beleg.claim.phrases import Field, noun_phrase
from beleg.claim.subject import cited, clause_start, find_speaker, setting
from beleg.claim.words import Range, Words

DENYING = "deny"  # kind of saying
SPEAKING = frozenset({"say", "write", "think", "believe", "claim", "admit", "warn", "confirm", "deny", "estimate",
                      "learn"})  # fmt: skip


def find_indirect(w: Words, unit: Range, fields: list[Field], hits: list[Hit]) -> list[Draft]:
    """Find the reported speech of one sentence, in the order of its cues."""
    out: list[Draft] = []
    for hit in hits:
        if hit.sort == "preposition":
            d = by_preposition(w, unit, fields, hit)
        else:
            k = hit.field
            closing = k > 0 and hit.finite == fields[k].a and fields[k].before == ","  # "…, sagte X"
            d = _aside(w, unit, fields, hit) or (_left(w, unit, fields, hits, hit) if closing else None)
            d = d or (_inside(w, fields, hit) if closing else None) or _right(w, fields, hits, hit)
        if d:
            hit.used = True
            out.append(d)
    out += so(w, fields, hits)
    out += whereby(w, fields, hits)
    return out


def _with_speaker(w: Words, fields: list[Field], hit: Hit, d: Draft | None) -> Draft | None:
    if d:
        d.speaker, d.addressee = find_speaker(w, fields, hit)
        d.nominal = hit.sort == "noun"
        d.impersonal = hit.impersonal or (hit.passive and hit.kind in ("say", "write"))
        d.onward = cited(w, fields, hit, d.speaker)
        if hit.kind == "learn":
            d.setting = setting(w, fields, hit.field)
        if hit.sort == "noun":
            d.speaker = owner(w, hit.at, fields[hit.field].b) or d.speaker
    return d


def owner(w: Words, noun: int, end: int) -> list[Range]:
    """Return whose statement it is: "die Behauptung des Ministers", "Berichte von Augenzeugen"."""
    j = noun + 1
    if j < end and (w.tag[j] == "D" or w.low[j] in w.closed.from_whom):
        a = j + 1 if w.tag[j] == "p" else j
        stop = noun_phrase(w, a, end)
        if stop > a:
            return [(a, stop)]
    return []


def _right(w: Words, fields: list[Field], hits: list[Hit], hit: Hit) -> Draft | None:
    """Content after the cue: "sagte, dass …", "sagte, es sei …", "forderte, … zu …"."""
    k = hit.field
    ends = denied_end if hit.kind == DENYING else right_end
    start = clause_start(w, fields, k)
    begun = -1  # where a fragment begins that may open the content
    for j in range(k + 1, len(fields)):
        f = fields[j]
        if f.kind in ("dass", "wh"):
            wanted = (
                "ob" in hit.content if f.kind == "wh" or w.low[f.first] in w.closed.whether else "dass" in hit.content
            )
            if not wanted or w.low[f.a] in w.closed.so or _other_before(fields, hits, hit, k, j):
                return None
            a = f.first if w.tag[f.a] != "b" else f.a
            rule = "question" if f.kind == "wh" or w.low[f.first] in w.closed.whether else "complement"
            d = reported(w, hit, [(a, ends(w, fields, j))], rule, [(fields[start].a, f.a)])
            return _with_speaker(w, fields, hit, d)
        if f.kind == "zu":
            if "zu" not in hit.content or _other_before(fields, hits, hit, k, j) or w.low[f.first] in w.closed.purpose:
                return None
            d = reported(w, hit, [(f.a, ends(w, fields, j))], "zu-infinitive", [(fields[start].a, f.a)])
            return _with_speaker(w, fields, hit, d)
        if f.kind == "main":
            a = begun if begun >= 0 and f.fins[0] == f.a else f.a
            if not _verb_second(w, fields, hits, hit, f, j, a):
                return None
            d = reported(w, hit, [(a, ends(w, fields, j))], "verb-second", [(fields[start].a, a)])
            return _with_speaker(w, fields, hit, d)
        if f.kind in ("frag", "rel", "sub") and w.tag[f.a] != "K":
            if f.kind in ("frag", "sub") and begun < 0:
                begun = f.a
            continue
        return None
    return None


def _verb_second(w: Words, fields: list[Field], hits: list[Hit], hit: Hit, f: Field, j: int, a: int) -> bool:
    """Tell whether a main clause is what the word of saying introduces."""
    fin = f.fins[0]
    if hit.sort == "noun" and f.before == ":" and any(h.sort == "verb" and _closes(fields, h, j) for h in hits):
        return False  # "… kommt ihrer Zusage nahe: Eine Million sei geliefert, sagte X"
    if "dass" not in hit.content and "verb-second" not in hit.content:
        return False
    if w.tag[f.a] == "K" or f.before not in (",", ":") or _other_before(fields, hits, hit, hit.field, j):
        return False
    if fin == f.a and a == f.a:
        return False
    if w.sub[fin]:
        return True
    return f.before == "," and w.quote[fin] < 0 and hit.sort == "verb" and hit.kind in SPEAKING and a == f.a


def _closes(fields: list[Field], h: Hit, j: int) -> bool:
    return h.field > j and fields[h.field].a == h.finite and fields[h.field].before == ","


def _said(h: Hit, f: Field) -> bool:
    """Tell whether a word of saying can introduce a clause: behind a colon only those that take one."""
    taking = f.before != ":" or bool({"dass", "verb-second"} & set(h.content))
    return h.sort in ("verb", "adjective", "noun") and taking


def _other_before(fields: list[Field], hits: list[Hit], hit: Hit, k: int, j: int) -> bool:
    """Tell whether a later word of saying stands nearer to the content."""
    if hit.sort == "noun" and any(
        h.field == k and (h.sort != "noun" or h.at > hit.at) for h in hits if _said(h, fields[j])
    ):
        return True
    verbs = ("verb", "adjective") if hit.sort != "noun" else ("verb", "adjective", "noun")
    return any(h.sort in verbs and k < h.field < j for h in hits)


def _left(w: Words, unit: Range, fields: list[Field], hits: list[Hit], hit: Hit) -> Draft | None:
    """Content before the cue: "Es sei …, sagte X." and around it."""
    k = hit.field
    f = fields[k]
    if hit.sort != "verb" or f.kind != "main" or k == 0 or hit.finite != f.a:
        return None
    if "verb-second" not in hit.content and "dass" not in hit.content:
        return None
    if not _statement(w, fields[:k], hit) or (k == 1 and _told_how(w, fields[0], hits)):
        return None
    a = left_start(w, fields, k)
    pieces = [(a, f.a - 1)]
    if all(w.quote[i] >= 0 or w.tag[i] in ",.q" for i in range(a, f.a)):
        return None  # all of it is direct speech
    if k + 1 < len(fields):
        g = fields[k + 1]
        if g.kind in ("main", "sub", "dass") and (not g.fins or w.sub[g.fins[0]] or g.kind != "main"):
            pieces.append((g.a, right_end(w, fields, k + 1)))
    asked = fields[0].kind == "wh" or w.low[fields[0].first] in w.closed.whether
    d = reported(w, hit, pieces, "question" if asked else "before-cue", [(f.a - 1, f.b)])
    return _with_speaker(w, fields, hit, d)


def _inside(w: Words, fields: list[Field], hit: Hit) -> Draft | None:
    """Content on both sides of the cue: "Die Halle, sagte der Minister, sei fertig"."""
    k = hit.field
    if hit.sort != "verb" or fields[k].kind != "main" or k + 1 >= len(fields):
        return None
    if "verb-second" not in hit.content and "dass" not in hit.content:
        return None
    before, after = fields[k - 1], fields[k + 1]
    goes_on = after.kind == "main" and after.fins[0] == after.a and after.before == "," and w.sub[after.a]
    if before.kind != "frag" or not goes_on or w.quote[before.a] >= 0 or w.quote[after.a] >= 0:
        return None
    pieces = [(left_start(w, fields, k), fields[k].a - 1), (after.a, right_end(w, fields, k + 1))]
    return _with_speaker(w, fields, hit, reported(w, hit, pieces, "before-cue", [(fields[k].a - 1, fields[k].b)]))


def _told_how(w: Words, f: Field, hits: list[Hit]) -> bool:
    """Tell whether a clause says who else told it: "Wie die Zeitung berichtete, sagte der Minister, …"."""
    return w.low[f.first] in w.closed.how and any(h.finite == f.fins[-1] and "aside" in h.content for h in hits)


def _statement(w: Words, before: list[Field], hit: Hit) -> bool:
    """Tell whether the fields before ", sagte X" are a statement rather than a condition or a setting."""
    opening = before[0].first
    many = opening + 1 < before[0].b and w.tag[opening + 1] in "DARb" and before[0].fins[:1] == [before[0].b - 1]
    if w.low[opening] in w.closed.how and not many:  # "wie viele es sind", not "wie erwartet"
        return False
    mains = [f for f in before if f.kind == "main" and f.fins[0] != f.a]
    if any(w.sub[i] for f in mains for i in f.fins):
        return True
    if mains:
        return hit.kind in SPEAKING and (hit.at == hit.finite or hit.kind == "say")
    first = before[0]
    if first.kind == "wh" or w.low[first.first] in w.closed.whether:
        return hit.at == hit.finite and "ob" in hit.content
    return first.kind == "dass" and hit.at == hit.finite and "dass" in hit.content


def _aside(w: Words, unit: Range, fields: list[Field], hit: Hit) -> Draft | None:
    """Content around or after "so sagte X", "wie X mitteilte"."""
    k = hit.field
    f = fields[k]
    first = w.low[f.first]
    so, how = first in w.closed.so, first in w.closed.how
    if not (so or how) or hit.sort != "verb" or "aside" not in hit.content:
        return None
    if so and not (f.before in (",", "–", "-", "(") and hit.finite <= f.first + 2):
        return None
    if how and (not (f.kind == "wh" or w.tag[f.first] in "kWS") or hit.at < f.b - 3):
        return None
    closed = f.b < unit[1] and w.word[f.b] == ","
    frame = (f.a - 1 if f.before else f.a, f.b + closed)
    pieces = around(w, fields, k, k)
    if f.a - 2 > unit[0] and w.tag[f.a - 2] == "K" and k + 1 < len(fields):
        pieces = [(fields[k + 1].a, right_end(w, fields, k + 1))]  # "Granaten und – so X – sogar Raketen"
    d = reported(w, hit, pieces, "so-aside" if so else "wie-aside", [frame])
    if d:
        d.cue = sorted({f.first, *hit.parts})
        d.speaker, _ = find_speaker(w, fields, hit)
        d.onward = cited(w, fields, hit, d.speaker)
        if hit.kind == "learn":
            d.setting = setting(w, fields, k)
        if not d.speaker or w.low[d.speaker[0][0]] in w.closed.it:
            d.speaker = setting(w, fields, k) or d.speaker  # "wie aus Angaben des Ministeriums hervorgeht"
    return d
