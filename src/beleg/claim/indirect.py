"""Reported speech with a cue: what a word of saying introduces, and where it ends."""

from __future__ import annotations

from beleg.claim.cues import Hit
from beleg.claim.drafts import Draft
from beleg.claim.phrases import Field, noun_phrase, trim
from beleg.claim.subject import clause_start, find_speaker
from beleg.claim.words import Range, Words

CONTRAST = frozenset({"doch", "aber", "jedoch", "denn", "allerdings"})


def find_indirect(w: Words, unit: Range, fields: list[Field], hits: list[Hit]) -> list[Draft]:
    """Find the reported speech of one sentence, in the order of its cues."""
    out: list[Draft] = []
    for hit in hits:
        if hit.sort == "preposition":
            d = _by_preposition(w, unit, fields, hit)
        else:
            d = _aside(w, unit, fields, hit) or _right(w, fields, hits, hit) or _left(w, unit, fields, hit)
        if d:
            hit.used = True
            out.append(d)
    out += _so(w, unit, fields, hits)
    out += _whereby(w, unit, fields)
    return out


def _draft(w: Words, hit: Hit, pieces: list[Range], rule: str, frame: list[Range]) -> Draft | None:
    pieces = [p for p in (trim(w, *r) for r in pieces) if p[1] > p[0] and any(w.tag[i] not in ",.q" for i in range(*p))]
    if not pieces:
        return None
    return Draft("Indirect", pieces, rule, cue=hit.parts, frame=frame, key=hit.key, kind=hit.kind, passive=hit.passive)


def _with_speaker(w: Words, fields: list[Field], hit: Hit, d: Draft | None) -> Draft | None:
    if d:
        d.speaker, d.addressee = find_speaker(w, fields, hit)
        if not d.speaker and hit.sort == "noun":
            d.speaker = owner(w, hit.at, fields[hit.field].b)
    return d


def owner(w: Words, noun: int, end: int) -> list[Range]:
    """Return whose statement it is: "die Behauptung des Ministers", "Berichte von Augenzeugen"."""
    j = noun + 1
    if j < end and (w.tag[j] == "D" or w.low[j] in ("von", "vom")):
        a = j + 1 if w.tag[j] == "p" else j
        stop = noun_phrase(w, a, end)
        if stop > a:
            return [(a, stop)]
    return []


def right_end(w: Words, fields: list[Field], k: int, verb_second: bool) -> int:
    """Return the word before which the content that begins with field ``k`` ends."""
    for j in range(k, len(fields)):
        f = fields[j]
        cut = _cut_inside(w, f, j == k)
        if cut >= 0:
            return cut
        if j == k:
            continue
        if f.kind == "main" and f.fins:
            fin = f.fins[0]
            ind = not w.sub[fin]
            if fin == f.first and fin == f.a and ind and f.before == ",":
                return f.a - 1  # ", sagte …"
            if w.low[f.a] == "so" and ind:
                return f.a - 1
            if ind and (f.before == ";" or w.low[f.a] in CONTRAST):
                return f.a - 1
            if ind and w.tag[f.a] == "K" and fin <= f.a + 2 and w.quote[fin] < 0:
                return f.a - 1
    return fields[-1].b


def _cut_inside(w: Words, f: Field, first: bool) -> int:
    """Find "und kündigte an": a second verb of the frame without a subject, within a field."""
    if f.kind not in ("dass", "wh", "zu", "sub", "rel", "main"):
        return -1
    seen = False
    for i in range(f.a, f.b):
        if w.quote[i] >= 0:
            continue
        if w.tag[i] in "FIZ":
            if (
                seen
                and w.tag[i] == "F"
                and not w.sub[i]
                and w.tag[i - 1] == "K"
                and i + 1 < f.b
                and w.tag[i + 1] not in "K"
                and f.kind != "main"
            ):
                return i - 1
            seen = True
    return -1


def _right(w: Words, fields: list[Field], hits: list[Hit], hit: Hit) -> Draft | None:
    """Content after the cue: "sagte, dass …", "sagte, es sei …", "forderte, … zu …"."""
    k = hit.field
    start = clause_start(w, fields, k)
    for j in range(k + 1, len(fields)):
        f = fields[j]
        if f.kind in ("dass", "wh"):
            wanted = "ob" in hit.content if f.kind == "wh" or w.low[f.first] == "ob" else "dass" in hit.content
            if not wanted or _other_before(hits, hit, k, j):
                return None
            end = right_end(w, fields, j, False)
            d = _draft(
                w, hit, [(f.first if w.tag[f.a] != "b" else f.a, end)], "complement", [_frame(fields, start, f.a)]
            )
            return _with_speaker(w, fields, hit, d)
        if f.kind == "zu":
            if (
                "zu" not in hit.content
                or _other_before(hits, hit, k, j)
                or w.low[f.first] in ("um", "ohne", "statt", "anstatt")
            ):
                return None
            d = _draft(w, hit, [(f.a, right_end(w, fields, j, False))], "zu-infinitive", [_frame(fields, start, f.a)])
            return _with_speaker(w, fields, hit, d)
        if f.kind == "main" and hit.sort == "verb":
            fin = f.fins[0]
            if "verb-second" not in hit.content or _other_before(hits, hit, k, j) or w.tag[f.a] == "K" or fin == f.a:
                return None
            if not w.sub[fin] and (f.before != "," or w.quote[fin] >= 0 or hit.kind not in SPEAKING):
                return None
            if f.before not in (",", ":"):
                return None
            end = right_end(w, fields, j, True)
            d = _draft(w, hit, [(f.a, end)], "verb-second", [_frame(fields, start, f.a)])
            return _with_speaker(w, fields, hit, d)
        if f.kind in ("frag", "rel") and w.tag[f.a] != "K":
            continue
        return None
    return None


SPEAKING = frozenset({"say", "write", "think", "believe", "claim", "admit", "warn", "confirm", "deny", "estimate"})


def _other_before(hits: list[Hit], hit: Hit, k: int, j: int) -> bool:
    """Tell whether a later word of saying stands nearer to the content."""
    later = [
        h for h in hits if h.sort != "preposition" and h is not hit and h.field < j and (h.field, h.at) > (k, hit.at)
    ]
    if hit.sort == "noun":
        return any(h.sort != "noun" and h.field == hit.field for h in hits if h is not hit) or bool(later)
    return any(h.sort in ("verb", "adjective") and h.field > k for h in later)


def _frame(fields: list[Field], start: int, end: int) -> Range:
    return fields[start].a, end


def _left(w: Words, unit: Range, fields: list[Field], hit: Hit) -> Draft | None:
    """Content before the cue: "Es sei …, sagte X." and around it."""
    k = hit.field
    f = fields[k]
    if hit.sort != "verb" or f.kind != "main" or k == 0 or hit.finite != f.a or f.before not in (",", "–"):
        return None
    if "verb-second" not in hit.content and "dass" not in hit.content:
        return None
    start = clause_start(w, fields, k)
    if start < k and fields[start].kind == "frag" and start == 0 and all(g.kind in ("frag", "rel") for g in fields[:k]):
        return None
    if not any(g.fins or g.kind == "zu" for g in fields[:k]):
        return None
    a = left_start(w, fields, k)
    pieces = [(a, f.a - 1)]
    if all(w.quote[i] >= 0 or w.tag[i] in ",.q" for i in range(a, f.a)):
        return None  # all of it is direct speech
    frame = (f.a - 1, f.b)
    if k + 1 < len(fields):
        g = fields[k + 1]
        if g.kind in ("main", "sub", "dass") and (not g.fins or w.sub[g.fins[0]] or g.kind != "main"):
            pieces.append((g.a, right_end(w, fields, k + 1, True)))
    d = _draft(w, hit, pieces, "before-cue", [frame])
    return _with_speaker(w, fields, hit, d)


def left_start(w: Words, fields: list[Field], k: int) -> int:
    """Return where the content before field ``k`` begins."""
    a = fields[0].a
    for g in fields[:k]:
        if g.before == ";":
            a = g.a
    # a closed quotation with its own full stop before it is another statement
    for i in range(a, fields[k].a):
        if (
            w.quote[i] >= 0
            and i + 1 < fields[k].a
            and w.quote[i + 1] < 0
            and w.tag[i - 1] == "."
            and w.word[i + 1][0].isupper()
        ):
            a = i + 1
    return a


def _aside(w: Words, unit: Range, fields: list[Field], hit: Hit) -> Draft | None:
    """Content around or after "so sagte X", "wie X mitteilte"."""
    f = fields[hit.field]
    first = w.low[f.first]
    if first not in ("so", "wie") or hit.sort != "verb" or "aside" not in hit.content:
        return None
    if first == "so" and not (f.before == "," and hit.finite <= f.first + 2):
        return None
    if first == "wie" and not (f.kind == "wh" or w.tag[f.first] in "kWS"):
        return None
    k = hit.field
    if first == "wie" and hit.at < f.b - 3:
        return None
    pieces = _around(w, fields, k, k)
    d = _draft(
        w,
        hit,
        pieces,
        f"{first}-aside",
        [(f.a - 1 if f.before else f.a, f.b + (1 if f.b < unit[1] and w.word[f.b] == "," else 0))],
    )
    if d:
        d.cue = sorted({f.first, *hit.parts})
        d.speaker, _ = find_speaker(w, fields, hit)
    return d


def _around(w: Words, fields: list[Field], k: int, last: int) -> list[Range]:
    """The sentence without fields ``k`` to ``last``."""
    left = (left_start(w, fields, k), fields[k].a)
    right: Range = (0, 0)
    if last + 1 < len(fields):
        right = (fields[last + 1].a, right_end(w, fields, last + 1, True))
    return [r for r in (left, right) if r[1] > r[0]]


def _so(w: Words, unit: Range, fields: list[Field], hits: list[Hit]) -> list[Draft]:
    """Content around or before ", so der Minister"."""
    out: list[Draft] = []
    for k, f in enumerate(fields):
        if w.low[f.a] != "so" or f.fins or f.before not in (",", "–", "(") or f.b - f.a < 2 or w.quote[f.a] >= 0:
            continue
        if any(h.used and h.field == k for h in hits):
            continue
        end = noun_phrase(w, f.a + 1, fields[min(k + 2, len(fields) - 1)].b)
        if w.tag[f.a + 1] == "R":
            end = f.a + 2
        if end <= f.a + 1:
            continue
        last = next((j for j in range(k, len(fields)) if fields[j].b >= end), k)
        pieces = [trim(w, *r) for r in _around(w, fields, k, last)]
        pieces = [p for p in pieces if p[1] > p[0] and any(w.quote[i] < 0 and w.tag[i] not in ",.q" for i in range(*p))]
        if not pieces or not any(w.tag[i] in "FIP" for p in pieces for i in range(*p)):
            continue
        frame = (f.a - 1, end)
        out.append(Draft("Indirect", pieces, "so", [(f.a + 1, end)], [f.a], [frame], key="so", kind="say"))
    return out


def _by_preposition(w: Words, unit: Range, fields: list[Field], hit: Hit) -> Draft | None:
    """Content around "laut X", "nach Angaben von X", "X zufolge"."""
    assert hit.phrase is not None
    a, b = hit.phrase
    k = hit.field
    last = next((j for j in range(k, len(fields)) if fields[j].b >= b), k)
    start = k
    while (
        start > 0
        and fields[start].kind == "main"
        and fields[start].fins
        and fields[start].fins[0] == fields[start].first
        and fields[start - 1].kind in ("rel", "frag")
    ):
        start -= 1
    if not fields[k].fins and k > 0 and fields[k].a == a:
        # between commas
        pieces = _around(w, fields, k, last)
    else:
        left = (fields[start].a, a)
        right = (b, right_end(w, fields, max(last, k), True) if b < fields[-1].b else b)
        pieces = [left, right]
    if not any(w.tag[i] in "FIPZ" for r in pieces for i in range(*r)):
        return None
    d = _draft(w, hit, pieces, "preposition", [(a, b)])
    if d:
        if hit.at == a:
            d.speaker = [(a + 1, b)]
        else:
            d.speaker = [(a, hit.parts[0])]
    return d


def _whereby(w: Words, unit: Range, fields: list[Field]) -> list[Draft]:
    out: list[Draft] = []
    for k, f in enumerate(fields):
        for i in range(f.a, f.b):
            if w.low[i] == "wonach" and w.quote[i] < 0 and f.fins:
                d = Draft(
                    "Indirect",
                    [trim(w, i + 1, right_end(w, fields, k, False))],
                    "whereby",
                    cue=[i],
                    key="wonach",
                    kind="say",
                )
                d.frame = [(fields[max(0, k - 1)].a, i + 1)]
                out.append(d)
    return [d for d in out if d.pieces[0][1] > d.pieces[0][0]]
