"""On whose information a speaker speaks: "unter Berufung auf Insider", "nach einer Unterrichtung durch den Dienst"."""

from __future__ import annotations

from beleg.claim.cues import Hit
from beleg.claim.drafts import Draft
from beleg.claim.phrases import Field, noun_phrase
from beleg.claim.words import Range, Words


def cited_in(w: Words, r: Range) -> list[Range]:
    """Return whom a stretch cites; empty where it cites nobody."""
    a, b = r
    for i in range(a, b - 1):
        if w.quote[i] >= 0:
            continue
        if w.low[i] in w.closed.citing and i + 2 < b and w.low[i + 1] in w.closed.upon:
            found = _somebody(w, i + 2, b)
        elif w.low[i] in w.closed.briefing and i > a and (w.tag[i - 1] in "DAp"):
            found = _after_briefing(w, i, b)
        else:
            continue
        if found:
            return found
    return []


def _somebody(w: Words, a: int, b: int) -> list[Range]:
    """Return the noun phrase at ``a``; a possessive names a reason, not a source: "auf ihre Neutralität"."""
    end = noun_phrase(w, a, b, wide=True)
    bare = all(w.tag[i] in "DA" or w.low[i] in w.closed.papers | w.closed.stated for i in range(a, end))
    return [(a, end)] if end > a and w.low[a] not in w.closed.possessive and not bare else []


def _after_briefing(w: Words, i: int, b: int) -> list[Range]:
    j = i + 1
    if j >= b or not (w.low[j] in w.closed.briefed_by or w.low[j] in w.closed.genitive):
        return []
    start = j if w.low[j] in w.closed.genitive else j + 1
    end = noun_phrase(w, start, b)
    named = end > start and any(w.actor[x] for x in range(start, end))
    return [(start, end)] if named else []


def _briefed(w: Words, r: Range, last: Draft | None) -> list[Range]:
    """Return the service that spoke before, where somebody speaks "nach einer nichtöffentlichen Sitzung"."""
    if last is None or not any(w.low[i] in w.closed.briefing and w.tag[i - 1] in "DA" for i in range(r[0] + 1, r[1])):
        return []
    return [s for s in last.speaker if any(w.actor[i] == "intelligence" for i in range(*s))]


def pass_on(w: Words, unit: Range, fields: list[Field], hits: list[Hit], own: list[Draft], last: Draft | None) -> None:
    """Note in the drafts of a sentence, in place, on whose information their speakers speak.

    Args:
        w: The words of the document.
        unit: The sentence.
        fields: Its fields.
        hits: Its words of saying.
        own: Its drafts.
        last: The last draft before it that has a speaker: "Die Agentur beruft sich auf Insider" tells of it.
    """
    for d in own:
        if d.onward or d.type == "Direct":
            continue
        for r in d.frame or ([unit] if d.type == "Reported" else []):
            if cited := cited_in(w, r) or _briefed(w, r, last):
                d.onward = [c for c in cited if c not in d.speaker]
                break
    if own or last is None:
        return
    for h in hits:
        if h.sort == "verb" and h.key in w.closed.relying:
            f = fields[h.field]
            for i in range(f.a, f.b - 1):
                if w.low[i] in w.closed.upon:
                    last.onward = last.onward or _somebody(w, i + 1, f.b)
                    return
