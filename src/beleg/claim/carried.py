"""Speech without a cue of its own: sentences in the Konjunktiv that go on, headlines, relative clauses."""

from __future__ import annotations

from dataclasses import dataclass, field

from beleg.claim.cues import Hit
from beleg.claim.drafts import Draft
from beleg.claim.phrases import Field, noun_phrase
from beleg.claim.stance_region import PLAN_TOLD
from beleg.claim.subject import find_speaker, subject
from beleg.claim.words import Range, Words

NESTED = frozenset({"preposition"})  # rules of words that others may give again
SILENT = frozenset({"state", "international_org", "group"})  # they act; who acts need not speak


@dataclass(slots=True)
class Speaking:
    """Who had the word in the sentence before."""

    speaker: list[Range] = field(default_factory=list)
    last: Draft | None = None  # whose words these were, where a draft gave the speaker
    carried: Draft | None = None  # carried-on speech that ended with the sentence before
    unit: Range | None = None  # the sentence before
    spoke: bool = False  # the sentence before held somebody's words
    subjects: list[Range] = field(default_factory=list)  # persons and bodies that were subjects, the latest last

    def paused(self) -> Speaking:
        """Return who may go on after a heading: whoever spoke before it, if the Konjunktiv says that somebody does."""
        return Speaking(speaker=self.speaker, last=self.last, subjects=self.subjects)

    def note(
        self, w: Words, unit: Range, fields: list[Field], hits: list[Hit], own: list[Draft], carried: Draft | None
    ) -> None:
        """Take in a sentence that was read."""
        recent = self.spoke
        self.subjects += _subjects(w, fields)
        self.unit = unit
        self.carried = carried
        spoken = [h for h in hits if h.sort == "verb"]
        self.spoke = any(d.rule != PLAN_TOLD for d in own)  # "soll": as likely a plan as somebody's words
        outer = [d for d in own if d.speaker and not d.source and not any(_inside(d, e) for e in own)]
        spoken_by = [d for d in outer if d.rule != "preposition"] or outer
        if carried:
            self.speaker = carried.speaker
        elif outer:
            self.speaker, self.last = spoken_by[-1].speaker, spoken_by[-1]
        elif not own:
            for h in spoken:
                if found := find_speaker(w, fields, h)[0]:
                    self.speaker, self.last = found, None
                    return
            self._by_subject(w, fields, recent=recent)

    def _by_subject(self, w: Words, fields: list[Field], *, recent: bool) -> None:
        """Take a sentence's subject for whoever may speak next; who only acts does not follow a speaker at once."""
        for k, f in enumerate(fields):
            if f.kind == "main" and w.quote[f.fins[0]] < 0:
                found = subject(w, fields, k, f.fins[0])
                if found and any(_may_speak(w, i, recent=recent) for i in range(*found[0])):
                    self.speaker, self.last = found, None
                return


def _subjects(w: Words, fields: list[Field]) -> list[Range]:
    """Return the persons and bodies that are subjects of the main clauses, by a noun."""
    out: list[Range] = []
    for k, f in enumerate(fields):
        if f.kind == "main" and w.quote[f.fins[0]] < 0:
            found = subject(w, fields, k, f.fins[0])[:1]
            out += [r for r in found if any(w.actor[i] not in ("", "state") for i in range(*r))]
    return out


def _may_speak(w: Words, i: int, *, recent: bool) -> bool:
    known = w.actor[i] not in ("", "state") and (w.actor[i] not in SILENT or not recent)
    return known or (w.tag[i] == "E" and not w.actor[i])


def _inside(d: Draft, e: Draft) -> bool:
    return d is not e and any(p[0] <= d.start and d.end <= p[1] and p != (d.start, d.end) for p in e.pieces)


def carried_on(
    w: Words, unit: Range, fields: list[Field], hits: list[Hit], own: list[Draft], speaking: Speaking
) -> Draft | None:
    """Return the sentence as carried-on speech if its main verb is in the Konjunktiv and it has no cue of its own."""
    if d := _behind_clause(w, unit, fields, hits, own):
        return d
    if any(d.type == "Indirect" and not d.nominal and not any(w.sub[i] for i in d.cue) for d in own):
        return _after_semicolon(w, unit, fields, own)
    mains = [f for f in fields if f.kind == "main" and w.quote[f.fins[0]] < 0]
    if not mains:
        return None
    at = unit[0]
    if not w.sub[mains[0].fins[0]]:
        late = next((f for f in mains[1:] if w.sub[f.fins[0]] and w.low[f.fins[0]] not in w.closed.weak), None)
        if late is None or own or late.fins[0] == late.a:
            return None
        at = late.a  # "Zwölf wurden verletzt, zwei seien noch in Gefahr"
    fins = [i for f in mains if f.a >= at for i in f.fins]
    strong = any(w.sub[i] and w.low[i] not in w.closed.weak for i in fins)
    if _condition(w, mains):
        return None
    if not strong and not (speaking.spoke and speaking.speaker and _reports(w, fields, fins[0])):
        return None
    d = Draft("IndirectFreeIndirect", [(at, unit[1])], "carried-on", speaker=speaking.speaker, carries=speaking.last)
    if w.low[unit[0]] in w.closed.standpoint and (end := noun_phrase(w, unit[0] + 1, fins[0], wide=True)) > unit[0] + 1:
        d.speaker, d.rule, d.carries = [(unit[0] + 1, end)], "for-speaker", None  # "Für den Minister sei das …"
    return d


def _behind_clause(w: Words, unit: Range, fields: list[Field], hits: list[Hit], own: list[Draft]) -> Draft | None:
    """Return what stands in the Konjunktiv behind a clause in the indicative as the words of that clause's subject.

    "Der Stab verdoppelte die Zahl: Etwa 50 seien es", "Die Stadt meldete zwei Tote, zehn seien verletzt worden".
    """
    if any(w.sub[i] for f in fields if f.kind == "main" for i in f.fins[:1] if f.a == unit[0]):
        return None
    for k, f in enumerate(fields):
        if k == 0 or f.kind != "main" or w.quote[f.fins[0]] >= 0 or not w.sub[f.fins[0]] or f.fins[0] == f.a:
            continue
        colon = next((j for j in range(k, 0, -1) if fields[j].before in (":", ";")), -1)
        home = next((j for j in range((colon if colon > 0 else k) - 1, -1, -1) if fields[j].kind == "main"), -1)
        if home < 0 or w.sub[fields[home].fins[0]] or w.quote[fields[home].fins[0]] >= 0:
            return None
        a = fields[colon].a if colon > 0 else f.a
        if any(d.start < a or d.rule not in NESTED for d in own for p in d.pieces if p[0] < unit[1] and a < p[1]):
            return None
        saying = next((h for h in hits if h.sort == "verb" and h.field == home and not h.passive), None)
        speaker = find_speaker(w, fields, saying)[0] if saying else subject(w, fields, home, fields[home].fins[0])
        weak = w.low[f.fins[0]] in w.closed.weak and not (saying and colon > 0)
        opens = colon > 0 and fields[colon].before == ":" and bool(speaker) and _somebody(w, speaker[0])
        if weak or not speaker or not (saying or opens):
            return None
        return Draft("IndirectFreeIndirect", [(a, unit[1])], "behind-clause", speaker=speaker)
    return None


def _somebody(w: Words, r: Range) -> bool:
    return any(w.actor[i] or w.tag[i] == "E" for i in range(*r))


def _condition(w: Words, mains: list[Field]) -> bool:
    """Tell whether two Konjunktive weigh a condition: "Träfe das zu, wäre es ein Bruch"."""
    if len(mains) < 2 or mains[1].fins[0] != mains[1].a or w.low[mains[1].fins[0]] not in w.closed.weak:
        return False
    fin = mains[0].fins[0]
    return w.sub[fin] and all(w.tag[i] == "K" or w.low[i] in w.closed.contrast for i in range(mains[0].a, fin))


def _after_semicolon(w: Words, unit: Range, fields: list[Field], own: list[Draft]) -> Draft | None:
    """Return what goes on behind the cue: "…, erklärte die Botschaft; das Land halte sich an das Embargo"."""
    for f in fields:
        fin = f.fins[0] if f.kind == "main" else -1
        if f.before == ";" and fin > f.a and w.sub[fin] and w.low[fin] not in w.closed.weak and w.quote[fin] < 0:
            if any(p[0] < f.b and f.a < p[1] for d in own for p in d.pieces):
                return None
            last = next((d for d in reversed(own) if d.speaker and d.start < f.a), None)
            speaker = last.speaker if last else []
            return Draft("IndirectFreeIndirect", [(f.a, unit[1])], "carried-on", speaker=speaker, carries=last)
    return None


def counted_on(w: Words, fields: list[Field], own: list[Draft], speaking: Speaking) -> list[Draft]:
    """Return "Zum Jahreswechsel waren es noch 30" as the words of whoever gave the figure before."""
    f = fields[0]
    if own or f.kind != "main" or speaking.last is None or not speaking.spoke or speaking.last.type != "Indirect":
        return []
    fin = f.fins[0]
    after = range(fin + 1, f.b)
    spoken_of = any(w.low[i] in w.closed.talk and w.tag[i] == "N" for i in after) and not any(
        w.actor[i] or w.low[i] in w.closed.papers for i in range(f.a, f.b)
    )
    counted = bool(after) and w.low[after[0]] in w.closed.it and any(w.word[i][0].isdigit() for i in after)
    if w.low[fin] not in w.closed.being or not (counted or spoken_of):
        return []
    last = speaking.last
    return [Draft("Reported", [(f.a, f.b)], "counted-on", last.speaker, kind="say", carries=last)]


def hearsay(w: Words, unit: Range, fields: list[Field], own: list[Draft], speaking: Speaking) -> Draft | None:
    """Return the sentence as free indirect speech where "soll" reports: after somebody's words, or with a perfect."""
    mains = [f for f in fields if f.kind == "main" and w.quote[f.fins[0]] < 0]
    if own or not mains or w.low[mains[0].fins[0]] not in w.closed.quotative:
        return None
    perfect = any(w.tag[i] == "I" and w.low[i] in w.closed.perfect for i in range(*unit))
    if not (speaking.spoke or perfect):
        return None
    speaker = speaking.speaker if speaking.spoke else []
    return Draft("FreeIndirect", [unit], "hearsay" if perfect else PLAN_TOLD, speaker=speaker, kind="rumour")


def _reports(w: Words, fields: list[Field], fin: int) -> bool:
    """Tell whether a Konjunktiv II stands in for the Konjunktiv I rather than for a condition or a guess."""
    if w.low[fin] in w.closed.guess:
        return False
    conditional = any(f.kind == "sub" and w.low[f.first] in w.closed.conditional for f in fields)
    mains = [f for f in fields if f.kind == "main"]
    answered = len(mains) > 1 and mains[1].fins[0] == mains[1].a and w.sub[mains[1].fins[0]]  # "träfe das zu, wäre …"
    return not conditional and not answered and not (fields[0].fins and fields[0].fins[0] == fields[0].first)


def headline(w: Words, unit: Range, fields: list[Field], own: list[Draft]) -> list[Draft]:
    """Return what a headline puts behind a name and a colon: "Südkorea: Norden könnte Granaten geliefert haben"."""
    if own or len(fields) < 2 or w.block[unit[0]] not in w.headings or fields[1].before != ":":
        return []
    name, content = fields[0], fields[1]
    speaker = (name.a, name.b)
    guessed = any(w.sub[i] or w.low[i] in w.closed.quotative for i in content.fins)
    body = any(w.actor[i] not in ("", "state") for i in range(*speaker))  # "Pentagon: …", not the topic of the story
    other = any(w.actor[i] for i in range(content.a, content.b))  # "USA: Russland feuert …"
    if not all(w.actor[i] for i in range(*speaker)) or not (guessed or body or other):
        return []
    return [Draft("Indirect", [(content.a, unit[1])], "headline", [speaker], frame=[(unit[0], content.a)], kind="say")]


def subordinate(w: Words, fields: list[Field], own: list[Draft]) -> list[Draft]:
    """Return a relative clause in the Konjunktiv I as the words of the subject of its main clause.

    "Der Minister dankte den Staaten, von denen die Raketen gekommen seien."
    """
    out: list[Draft] = []
    for k, f in enumerate(fields):
        if f.kind != "rel" or not w.sub[f.fins[-1]] or w.low[f.fins[-1]] in w.closed.weak or k == 0:
            continue
        if any(p[0] <= f.a and f.b <= p[1] for d in own for p in d.pieces):
            continue
        main = next((g for g in range(k - 1, -1, -1) if fields[g].kind == "main"), None)
        if main is None or w.sub[fields[main].fins[0]]:
            continue
        speaker = subject(w, fields, main, fields[main].fins[0])
        if speaker and any(w.actor[i] or w.tag[i] in "ER" for i in range(*speaker[0])):
            frame = [(fields[main].a, f.a)]
            out.append(Draft("Indirect", [(f.a, f.b)], "subordinate", speaker, frame=frame, kind="say"))
    return out
