"""Speech without a cue of its own: sentences in the Konjunktiv that go on, and acts told with their speaker."""

from __future__ import annotations

from beleg.claim.cues import Hit
from beleg.claim.drafts import Draft
from beleg.claim.phrases import Field
from beleg.claim.subject import clause_start, find_speaker
from beleg.claim.words import Range, Words

WEAK = frozenset(
    {
        "hätte",
        "hätten",
        "wäre",
        "wären",
        "würde",
        "würden",
        "könnte",
        "könnten",
        "müsste",
        "müssten",
        "dürfte",
        "dürften",
        "möchte",
        "möchten",
        "sollte",
        "sollten",
    }
)


TOLD = frozenset({"accuse", "estimate", "warn", "expect"})  # kinds whose object tells what was said


def carried_on(
    w: Words, unit: Range, fields: list[Field], own: list[Draft], last: Draft | None, gap: bool
) -> Draft | None:
    """Return the sentence as carried-on speech if its main verb is in the Konjunktiv and it has no cue of its own."""
    if any(d.type == "Indirect" for d in own):
        return None
    mains = [f for f in fields if f.kind == "main"]
    fins = [i for f in mains for i in f.fins if w.quote[i] < 0]
    if not fins:
        return None
    strong = [i for i in fins if w.sub[i] and w.low[i] not in WEAK]
    weak = [i for i in fins if w.low[i] in WEAK]
    if w.sub[fins[0]] and (strong or (weak and last is not None and not gap)):
        return Draft("IndirectFreeIndirect", [unit], "carried-on")
    return None


def told(w: Words, unit: Range, fields: list[Field], hits: list[Hit], own: list[Draft]) -> list[Draft]:
    """Return the clauses that tell an act of speech without giving its words: "kritisierte den Vertrag"."""
    out: list[Draft] = []
    for h in hits:
        if h.used or h.sort != "verb" or "noun-phrase" not in h.content or h.passive or h.kind not in TOLD:
            continue
        f = fields[h.field]
        if f.kind != "main" or w.sub[h.finite]:
            continue
        start = clause_start(w, fields, h.field)
        r = (fields[start].a, f.b)
        if any(p[0] < r[1] and r[0] < p[1] for d in own + out for p in d.pieces if d.type != "Direct"):
            continue
        speaker, _ = find_speaker(w, fields, h)
        if not speaker:
            continue
        out.append(Draft("Reported", [r], "told", speaker=speaker, key=h.key, kind=h.kind))
    return out
