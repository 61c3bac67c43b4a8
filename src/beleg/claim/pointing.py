"""Sentences that say whose words the one before was: "Das teilte die Behörde mit", "So steht es im Bericht"."""

from __future__ import annotations

from beleg.claim.cues import Hit
from beleg.claim.drafts import Draft
from beleg.claim.phrases import Field
from beleg.claim.subject import find_speaker, setting, subject
from beleg.claim.words import Range, Words

CONFIRMING = frozenset({"say", "write", "confirm", "evidence", "find", "learn", "believe", "think"})
SHOWING = frozenset({"evidence", "find"})  # things do these, and somebody stands behind the things


def said_before(w: Words, fields: list[Field], hits: list[Hit], before: Range | None) -> list[Draft]:
    """Return the sentence before as said by whom this one names.

    Args:
        w: The words of the document.
        fields: Of the sentence that points back.
        hits: Its words of saying.
        before: The sentence before; None at the start of a text.
    """
    k = next((n for n, f in enumerate(fields) if any(w.tag[i] not in ",.q" for i in range(f.a, f.b))), None)
    if before is None or k is None or fields[k].kind != "main":
        return []
    f = fields[k]
    fin = f.fins[0]
    if w.low[f.a] in w.closed.this and fin == f.a + 1:
        return _this(w, fields, k, hits, before)
    if w.low[f.a] in w.closed.so and fin == f.a + 1 and w.low[fin] in w.closed.stands:
        stated = fin + 1 < f.b and w.low[fin + 1] in w.closed.it
        return _drafted(w, before, f, (f.a, f.a + 1), setting(w, fields, k), [f.a, fin], "stehen") if stated else []
    noun = fin - 1
    if 0 < noun - f.a <= 2 and w.tag[noun] == "N" and w.low[noun] in w.closed.stated:
        giving = w.low[fin] in w.closed.giving
        if giving and w.low[f.a] in w.closed.anaphoric:
            speaker = setting(w, fields, k) if w.low[fin] in w.closed.stemming else subject(w, fields, k, fin)
            if speaker and speaker[0][0] > fin:
                return _drafted(w, before, f, (f.a, fin), speaker, [fin], "nennen")
    return []


def _this(w: Words, fields: list[Field], k: int, hits: list[Hit], before: Range) -> list[Draft]:
    f = fields[k]
    for h in hits:
        if h.sort != "verb" or h.finite != f.a + 1 or h.kind not in CONFIRMING or h.passive:
            continue
        speaker, addressee = find_speaker(w, fields, h)
        if h.kind in SHOWING and not any(w.actor[i] for r in speaker for i in range(*r)):
            speaker = setting(w, fields, k)  # "Das ergibt sich aus einem Bericht"
        if speaker:
            h.used = True
            out = _drafted(w, before, f, (f.a, f.a + 1), speaker, h.parts, h.key)
            out[0].kind, out[0].addressee = h.kind, addressee
            return out
    return []


def _drafted(
    w: Words, before: Range, f: Field, pointer: Range, speaker: list[Range], cue: list[int], key: str
) -> list[Draft]:
    if not speaker:
        return []
    a, b = before
    b -= w.tag[b - 1] == "."
    frame = [(pointer[1], f.b)]
    return [Draft("Indirect", [(a, b), pointer], "this-said", speaker, sorted(cue), frame, key=key, kind="say")]
