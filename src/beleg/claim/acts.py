"""Acts of speech told without the words: "dementierte die Lieferung", "kündigte 30 Panzer an", "kein Kommentar"."""

from __future__ import annotations

from beleg.claim.cues import Hit
from beleg.claim.drafts import Draft
from beleg.claim.indirect import owner
from beleg.claim.phrases import Field, noun_phrase
from beleg.claim.subject import clause_start, find_speaker, setting, subject
from beleg.claim.words import Range, Words

ACTS = frozenset({"write", "find", "confirm", "deny", "doubt", "claim", "admit", "refuse", "say", "judge", "announce",
                  "plan", "demand"})  # told without their content  # fmt: skip
TOLD = frozenset({"accuse", "estimate", "warn", "expect", "count"})  # kinds whose object tells what was said
COUNTING = frozenset({"count"})  # who counts speaks only where a body does: "Die Stadt zählt 4.000 Einwohner"
MAKERS = frozenset({"company"})  # what they reach is what they make
DOING = frozenset({"plan", "demand"})  # of a state these are acts, not words: "Kanada sagte Panzer zu"
ANSWERING = frozenset({"deny", "doubt", "confirm"})  # "…, was der Minister bestritt"
GIVING = frozenset({"say", "write", "announce", "estimate"})  # "dessen Wert er mit drei Millionen angab"


def told(w: Words, unit: Range, fields: list[Field], hits: list[Hit], own: list[Draft]) -> list[Draft]:
    """Return the clauses that tell an act of speech, with its content ("warnte vor …", told) or without (act)."""
    out: list[Draft] = []
    for h in sorted(hits, key=lambda h: fields[h.field].kind == "rel"):
        if h.used or h.sort != "verb" or h.passive or not (h.kind in ACTS or h.kind in TOLD):
            continue
        f = fields[h.field]
        clause = f.kind == "main" or (f.kind in ("rel", "sub") and h.kind in GIVING) or _answers(w, f, h)
        if not clause or w.sub[h.finite] or "noun-phrase" not in h.content:
            continue
        r = (fields[clause_start(w, fields, h.field)].a, f.b)
        taken = any(p[0] < r[1] and r[0] < p[1] for d in own + out for p in d.pieces if d.type != "Direct")
        if taken and not _answers(w, f, h):
            continue
        speaker, _ = find_speaker(w, fields, h)
        kinds = {w.actor[i] for s in speaker for i in range(*s)} - {"", "state"}
        named = any(w.tag[i] == "E" and not w.actor[i] for s in speaker for i in range(*s))
        if (h.kind in DOING and not kinds) or (h.kind in COUNTING and not (kinds - MAKERS or named)):
            continue
        if speaker and (h.alone or _about(w, r, speaker) or _answers(w, f, h)):
            rule = "answer" if _answers(w, f, h) else "told" if h.kind in TOLD and f.kind == "main" else "act"
            pieces = _with_hanging(fields, r) if rule == "told" else _without_asides(fields, r, h.field)
            out.append(Draft("Reported", pieces, rule, speaker=speaker, cue=h.parts, key=h.key, kind=h.kind))
    return out or _no_reply(w, fields, own) or _talked_of(w, fields, own)


def _answers(w: Words, f: Field, h: Hit) -> bool:
    """Tell whether a clause says what others hold of the one before it: "…, was der Minister bestritt"."""
    return h.kind in ANSWERING and w.low[f.a] in w.closed.which and f.before == ","


def _no_reply(w: Words, fields: list[Field], own: list[Draft]) -> list[Draft]:
    """Return "Aus Teheran kam kein Kommentar" as what the capital did not say."""
    f = fields[0]
    if own or f.kind != "main":
        return []
    reply = next((i for i in range(f.a, f.b) if w.tag[i] == "N" and w.low[i] in w.closed.replies), -1)
    if reply < 0 or w.quote[reply] >= 0 or not any(w.low[i] in w.closed.unsaid for i in range(f.a, f.b)):
        return []
    speaker = owner(w, reply, f.b) or setting(w, fields, 0)
    if not any(w.actor[i] or w.tag[i] == "E" for r in speaker for i in range(*r)):
        return []
    return [Draft("Reported", [(f.a, f.b)], "no-reply", speaker=speaker, cue=[reply], kind="say")]


def _talked_of(w: Words, fields: list[Field], own: list[Draft]) -> list[Draft]:
    """Return "In dem Bericht war von zehn Schiffen die Rede" as the words of the report."""
    f = fields[0]
    if own or f.kind != "main" or w.low[f.fins[0]] not in w.closed.being:
        return []
    talk = next((i for i in range(f.a, f.b) if w.low[i] in w.closed.talk and w.tag[i] == "N"), -1)
    if talk < 0:
        return []
    places = [(j + 1, noun_phrase(w, j + 1, f.b)) for j in range(f.a, f.b) if w.tag[j] == "p"]
    speaker = [r for r in places if r[1] > r[0] and w.low[r[0] - 1] in w.closed.setting - w.closed.of]
    speaker = [r for r in speaker if any(w.actor[i] or w.tag[i] == "E" for i in range(*r))]
    if not speaker:
        return []
    pieces = _without_asides(fields, (f.a, f.b), 0)
    return [Draft("Reported", pieces, "act", speaker=speaker[:1], cue=[talk], kind="say")]


def _with_hanging(fields: list[Field], r: Range) -> list[Range]:
    """Return a clause with the fragments and relative clauses that follow it: "zählte 90 Teile, die aus … stammten"."""
    end = r[1]
    for f in fields:
        if f.a > r[1] - 1 and f.kind in ("frag", "rel") and f.a <= end + 1 and f.before == ",":
            end = f.b
    return [(r[0], end)]


def _without_asides(fields: list[Field], r: Range, k: int) -> list[Range]:
    """Return a clause without the relative clauses before its verb, with the one that follows it."""
    out = [(f.a, f.b) for f in fields if r[0] <= f.a < r[1] and f.kind != "rel"]
    if k + 1 < len(fields) and fields[k + 1].kind == "rel":
        out.append((fields[k + 1].a, fields[k + 1].b))
    joined = [out[0]] if out else [r]
    for a, b in out[1:]:
        joined[-1:] = [(joined[-1][0], b)] if a - joined[-1][1] <= 1 else [joined[-1], (a, b)]
    return joined


def _about(w: Words, r: Range, speaker: list[Range]) -> bool:
    """Tell whether the clause names something beside its speaker, what it is about, or that nothing was said."""
    return any(w.low[i] in w.closed.unsaid for i in range(*r)) or any(
        (w.tag[i] in "NEqR" or w.low[i] in w.closed.this or w.word[i][0].isdigit())
        and not any(s[0] <= i < s[1] for s in speaker)
        for i in range(*r)
    )


def self_claim(w: Words, fields: list[Field], own: list[Draft]) -> list[Draft]:
    """Return "Die Rebellen wollen drei Schiffe versenkt haben" as its subject's own claim."""
    out: list[Draft] = []
    for k, f in enumerate(fields):
        if f.kind != "main" or own or w.low[f.fins[0]] not in w.closed.claiming or w.quote[f.fins[0]] >= 0:
            continue
        last = max((i for i in range(f.a, f.b) if w.tag[i] not in ",.q"), default=f.a)
        if w.low[last] in w.closed.perfect and w.tag[last] == "I" and w.tag[last - 1] == "P":
            speaker = subject(w, fields, k, f.fins[0])
            out.append(Draft("FreeIndirect", [(f.a, f.b)], "self-claim", speaker, [f.fins[0]], kind="claim"))
    return out
