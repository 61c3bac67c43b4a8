"""Reported speech without a verb of saying: "so X", "laut X", "nach Angaben von X", "wonach", "demnach"."""

from __future__ import annotations

from beleg.claim.cues import Hit
from beleg.claim.drafts import Draft
from beleg.claim.extent import around, fields_of, right_end
from beleg.claim.phrases import Field, noun_phrase, trim
from beleg.claim.subject import find_speaker, subject
from beleg.claim.words import Range, Words


def reported(w: Words, hit: Hit, pieces: list[Range], rule: str, frame: list[Range]) -> Draft | None:
    """Return the draft of what a cue reports; None where nothing is left of the pieces."""
    pieces = [p for p in (trim(w, *r) for r in pieces) if p[1] > p[0] and any(w.tag[i] not in ",.q" for i in range(*p))]
    if not pieces:
        return None
    return Draft("Indirect", pieces, rule, cue=hit.parts, frame=frame, key=hit.key, kind=hit.kind, passive=hit.passive)


def so(w: Words, fields: list[Field], hits: list[Hit]) -> list[Draft]:
    """Content around or before ", so der Minister"."""
    out: list[Draft] = []
    for k, f in enumerate(fields):
        if (
            w.low[f.a] not in w.closed.so
            or f.fins
            or f.before not in (",", "–", "(")
            or f.b - f.a < 2
            or w.quote[f.a] >= 0
        ):
            continue
        if any(h.used and h.field == k for h in hits):
            continue
        reach = fields[min(k + 2, len(fields) - 1)].b
        end = f.a + 2 if w.tag[f.a + 1] == "R" else noun_phrase(w, f.a + 1, reach, wide=True)
        if end <= f.a + 1:
            continue
        last = next((j for j in range(k, len(fields)) if fields[j].b >= end), k)
        pieces = [trim(w, *r) for r in around(w, fields, k, last)]
        pieces = [p for p in pieces if p[1] > p[0] and any(w.quote[i] < 0 and w.tag[i] not in ",.q" for i in range(*p))]
        if not pieces or not any(w.tag[i] in "FIP" for p in pieces for i in range(*p)):
            continue
        out.append(Draft("Indirect", pieces, "so", [(f.a + 1, end)], [f.a], [(f.a - 1, end)], key="so", kind="say"))
    return out


def by_preposition(w: Words, unit: Range, fields: list[Field], hit: Hit) -> Draft | None:
    """Content around "laut X", "nach Angaben von X", "X zufolge"."""
    assert hit.phrase is not None
    a, b = hit.phrase
    k = hit.field
    last = fields_of(fields, b, k)
    f = fields[k]
    if not f.fins and k > 0 and f.a == a and last == k and f.b <= b + 1:
        pieces = around(w, fields, k, last)  # between commas
    else:
        start = k
        if f.fins and f.kind == "main" and f.fins[0] == f.a and k > 0:
            cue = any(w.quote[i] >= 0 for i in range(fields[0].a, f.a))
            start = 0 if cue or fields[k - 1].kind in ("rel", "frag") else k
        hangs = last > k and fields[last].kind == "rel"  # "Nach Worten von X, der dort lebt, …"
        later = last if (fields[last].fins and not hangs) or last + 1 >= len(fields) else last + 1
        end = right_end(w, fields, later) if b < fields[-1].b else b
        pieces = [(fields[start].a, a), (b, end)]
    if sum(e - s for s, e in pieces) < 3:
        return None
    d = reported(w, hit, pieces, "preposition", [(a, b)])
    if d:
        d.speaker = [(a + 1, b)] if hit.at == a else [(a, hit.parts[0])]
        if any(w.low[i] in w.closed.own for i in range(a, b)):  # "nach eigenen Angaben": the subject's
            main = next((j for j in range(k, len(fields)) if fields[j].fins), -1)
            d.source = subject(w, fields, main, fields[main].fins[0]) if main >= 0 else []
    return d


def whereby(w: Words, fields: list[Field], hits: list[Hit]) -> list[Draft]:
    """Content after "wonach", around "demnach"."""
    out: list[Draft] = []
    for k, f in enumerate(fields):
        for i in range(f.a, f.b):
            low = w.low[i]
            if low in w.closed.whereby and w.quote[i] < 0 and f.fins and k > 0:
                content = trim(w, i + 1, right_end(w, fields, k))
                if content[1] > content[0]:
                    d = Draft("Indirect", [content], "whereby", cue=[i], key=low, kind="say")
                    d.frame = [(fields[k - 1].a, i + 1)]
                    d.speaker = _last_phrase(w, fields[k - 1])
                    for h in hits:
                        if h.field == k - 1 and h.sort == "verb" and h.kind in ("deny", "doubt"):
                            d.speaker, d.kind = find_speaker(w, fields, h)[0] or d.speaker, h.kind
                        elif h.field == k - 1 and h.sort == "verb" and _bare(w, d.speaker):
                            d.speaker = find_speaker(w, fields, h)[0] or d.speaker  # "nennen Angaben glaubhaft, wonach"
                    out.append(d)
            elif (low in w.closed.referring or _thereafter(w, f, i)) and w.quote[i] < 0 and f.fins:
                pieces = [trim(w, f.a, i), trim(w, i + 1, right_end(w, fields, k))]
                pieces = [p for p in pieces if p[1] > p[0]]
                if pieces:
                    d = Draft("Indirect", pieces, "whereby", [(i, i + 1)], [i], [(i, i + 1)], key=low, kind="say")
                    out.append(d)
    return out


def _thereafter(w: Words, f: Field, i: int) -> bool:
    """Tell whether "danach" names a source rather than a time: "Danach soll das Land Waffen zugesagt haben"."""
    return i == f.a and w.low[i] in w.closed.thereafter and f.fins[:1] == [i + 1] and w.low[i + 1] in w.closed.quotative


def _bare(w: Words, speaker: list[Range]) -> bool:
    """Tell whether a phrase is a statement noun alone."""
    return bool(speaker) and all(w.low[i] in w.closed.stated for i in range(*speaker[0]) if w.tag[i] not in "DA")


def _last_phrase(w: Words, f: Field) -> list[Range]:
    """Return the last noun phrase of a field."""
    for j in range(f.b - 1, f.a - 1, -1):
        if w.tag[j] in "NE":
            a = j
            while a > f.a and w.tag[a - 1] in "DANE":
                a -= 1
            return [(a, noun_phrase(w, a, f.b))]
    return []
