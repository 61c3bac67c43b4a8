"""Sentences that say whose words the one before was: "Das teilte die Behörde mit", "So steht es im Bericht"."""

from __future__ import annotations

from beleg.claim.cues import Hit
from beleg.claim.drafts import Draft
from beleg.claim.indirect import owner
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


def paper_before(w: Words, before: Range | None) -> list[Range]:
    """Return whose the paper is that the sentence before names: "Es gibt eine Studie der Bank. Demnach …"."""
    for i in range(*(before or (0, 0))):
        paper = w.tag[i] == "N" and w.low[i] in w.closed.papers | w.closed.stated and w.quote[i] < 0
        if paper and (found := owner(w, i, before[1] if before else i)):
            return found
    return []


def _this(w: Words, fields: list[Field], k: int, hits: list[Hit], before: Range) -> list[Draft]:
    f = fields[k]
    for h in hits:
        if h.sort != "verb" or h.finite != f.a + 1 or h.kind not in CONFIRMING or h.passive:
            continue
        speaker, addressee = find_speaker(w, fields, h)
        if h.kind in SHOWING and not any(w.actor[i] for r in speaker for i in range(*r)):
            speaker = setting(w, fields, k)  # "Das ergibt sich aus einem Bericht"
        if speaker and h.kind in SHOWING and k + 1 < len(fields) and fields[k + 1].kind == "rel":
            speaker = _giver(w, fields, k + 1) or speaker
        if speaker:
            h.used = True
            out = _drafted(w, before, f, (f.a, f.a + 1), speaker, h.parts, h.key)
            out[0].kind, out[0].addressee = h.kind, addressee
            return out
    return []


def _giver(w: Words, fields: list[Field], k: int) -> list[Range]:
    """Return who gave the paper that is named: "Das geht aus einem Bericht hervor, den die Behörde vorlegte"."""
    named = any(w.actor[i] for i in range(fields[k - 1].a, fields[k - 1].b))
    found = [] if named else subject(w, fields, k, fields[k].fins[-1])
    return [r for r in found if any(w.actor[i] or w.tag[i] == "E" for i in range(*r))]


def _drafted(
    w: Words, before: Range, f: Field, pointer: Range, speaker: list[Range], cue: list[int], key: str
) -> list[Draft]:
    if not speaker:
        return []
    a, b = before
    b -= w.tag[b - 1] == "."
    frame = [(pointer[1], f.b)]
    return [Draft("Indirect", [(a, b), pointer], "this-said", speaker, sorted(cue), frame, key=key, kind="say")]
