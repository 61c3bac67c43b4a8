"""Where reported words begin and end in a sentence that was cut into fields."""

from __future__ import annotations

from beleg.claim.phrases import Field
from beleg.claim.words import Range, Words


def right_end(w: Words, fields: list[Field], k: int) -> int:
    """Return the word before which the content that begins with field ``k`` ends."""
    for j in range(k, len(fields)):
        f = fields[j]
        cut = _cut_inside(w, f)
        if cut >= 0:
            return cut
        if j > k and f.kind == "main" and f.fins and _new_frame(w, f):
            return f.a - 1
    return fields[-1].b


def denied_end(w: Words, fields: list[Field], k: int) -> int:
    """Return where what somebody denies ends: "bestritt, dass …, obwohl es Belege gibt" has the reporter's remark
    behind it."""
    end = right_end(w, fields, k)
    for f in fields[k + 1 :]:
        remark = f.kind == "sub" and w.low[f.first] in w.closed.concessive and bool(f.fins) and not w.sub[f.fins[0]]
        if remark and f.a < end:
            return f.a
    return end


def _new_frame(w: Words, f: Field) -> bool:
    """Tell whether a main clause after reported words belongs to the reporter again."""
    fin = f.fins[0]
    if w.sub[fin]:
        return False
    if fin == f.a and f.before == ",":
        return True  # ", sagte …"
    if w.low[f.a] in w.closed.so or f.before == ";" or w.low[f.a] in w.closed.contrast:
        return True
    return w.tag[f.a] == "K" and fin <= f.a + 2 and w.quote[fin] < 0


def _cut_inside(w: Words, f: Field) -> int:
    """Find "und kündigte an": a second verb of the frame without a subject, within a field; -1: none."""
    if f.kind in ("frag", "main"):
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
                and w.tag[i + 1] != "K"
            ):
                return i - 1
            seen = True
    return -1


def left_start(w: Words, fields: list[Field], k: int) -> int:
    """Return where the content before field ``k`` begins."""
    a = fields[0].a
    for g in fields[:k]:
        if g.before == ";":
            a = g.a
    # a closed quotation with its own full stop before it is another statement
    for i in range(a + 1, fields[k].a - 1):
        closes = w.quote[i] >= 0 and w.quote[i + 1] < 0
        if closes and w.tag[i - 1] == "." and w.word[i + 1][0].isupper():
            a = i + 1
    return a


def around(w: Words, fields: list[Field], k: int, last: int) -> list[Range]:
    """The sentence without fields ``k`` to ``last``; what only hangs on the aside is left out."""
    left = (left_start(w, fields, k), fields[k].a)
    complete = any(f.kind == "main" and f.a >= left[0] for f in fields[:k])
    cut = k > 0 and fields[k - 1].kind == "main" and fields[k - 1].fins[-1] == fields[k - 1].b - 1  # "Es sei, so X, …"
    out = [left] if left[1] > left[0] else []
    if last + 1 < len(fields):
        g = fields[last + 1]
        if not (complete and not cut and g.kind in ("rel", "frag") and w.tag[g.a] != "K"):
            end = right_end(w, fields, last + 1)
            out.append((g.a, end))
    return out


def fields_of(fields: list[Field], end: int, k: int) -> int:
    """Return the field, from ``k`` on, in which the word before ``end`` stands."""
    return next((j for j in range(k, len(fields)) if fields[j].b >= end), k)
