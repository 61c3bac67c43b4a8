"""Who did it to whom: the roles of an event, filled from the clause, the sentence, the paragraph, then the topic.

Each filled role keeps the step that filled it, so that a reader can see why. A role that nothing fills stays empty.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from beleg.claim.closed import closed_classes
from beleg.claim.context import Context, party
from beleg.claim.frames import Grammar, Trigger, grammar
from beleg.claim.relations import controller, head_token, owner, relation
from beleg.claim.stance_table import stance_tables
from beleg.claim.standing import AIMED, hangs_on, of_subject, settled, standing_of
from beleg.model import ActorMention, EventKind, ItemMention, Sentence, Slot, Span

# Which roles an event has; the first two of these are sought beyond the sentence, the rest never.
ROLES: dict[EventKind, tuple[str, ...]] = {
    "transfer": ("supplier", "recipient"), "deployment": ("supplier", "recipient"), "return": ("supplier", "recipient"),
    "agreement": ("supplier", "recipient"), "request": ("supplier", "recipient"), "production": ("actor",),
    "expansion": ("actor",), "stockpile": ("actor",), "visit": ("actor",), "use": ("actor", "supplier", "recipient"),
    "casualties": ("actor", "supplier", "recipient"), "recovery": ("supplier", "actor"),
    "component": ("supplier", "recipient"), "control": ("supplier", "recipient", "actor"),
    "statement": ("supplier", "recipient", "actor"),
}  # fmt: skip
Step = Literal["clause", "sentence"]
BOUND = ("von", "durch", "genitive")  # mean something only to the word that they hang on
SPEAKING_FOR_STATES = ("government", "military")
FINDERS = ("ngo", "think_tank", "academic")  # of those who watch: they go and look
# They report, count or talk, they do not trade in arms.
WATCHERS = ("media", "agency", "ngo", "think_tank", "academic", "anonymous")
SHOWN = "find"  # grammar of what is found or shown
MAKER = "company"  # of the two sides of a contract, the one that gives
ARRIVING = "arrive"  # grammar of what comes
WEAK = 100  # added to the rank of a relation that hangs on another word of the clause


@dataclass(slots=True)
class Filling:
    """Roles while they are being filled."""

    values: dict[str, str] = field(default_factory=dict)
    slots: list[Slot] = field(default_factory=list)

    def fill(self, role: str, value: str | None, slot: Slot) -> None:
        if value and role not in self.values and value not in self._other_side(role):
            self.values[role] = value
            self.slots.append(slot)

    def put(self, role: str, value: str | None, slot: Slot | None) -> None:
        """Give a role to somebody else, or to nobody."""
        self.values.pop(role, None)
        self.slots = [s for s in self.slots if s.role != role]
        if value is not None and slot is not None:
            self.values[role] = value
            self.slots.append(slot)

    def turn(self) -> None:
        """Change the sides: who gives for who gets."""
        other = {"supplier": "recipient", "recipient": "supplier"}
        self.values = {other.get(role, role): value for role, value in self.values.items()}
        self.slots = [s._replace(role=other.get(s.role, s.role)) for s in self.slots]

    def near(self, role: str) -> bool:
        """Tell whether the clause itself filled a role."""
        return any(s.role == role and s.step == "clause" for s in self.slots)

    def _other_side(self, role: str) -> set[str]:
        """Nobody gives to themselves: the two sides never hold one value."""
        sides = {"supplier": ("recipient",), "recipient": ("supplier",)}
        return {self.values[r] for r in sides.get(role, ()) if r in self.values}


def fill_roles(
    context: Context, i: int, trigger: Trigger, event: EventKind, item: ItemMention | None, *, own_subject: bool = True
) -> Filling:
    """Fill an event's roles from its clause and its sentence.

    Args:
        context: The document's mentions by sentence.
        i: Index of the sentence.
        trigger: The word that names the event.
        event: Its kind, which decides what roles there are.
        item: What it is about, where known: an adjective of origin on it names a side.
        own_subject: Whether the subject of the clause does it; not where the clause's verb is another one that only
            sees or says it ("Seoul zählte …", "hatte von … gesprochen").
    """
    sentence, rules = context.sentences[i], grammar(context.language, trigger.frame.grammar)
    filling, home = Filling(), owner(sentence, trigger.token)
    candidates = _candidates(context, i, trigger, rules, home, item)
    candidates.sort(key=lambda c: (not (rules.undirected and c[2].kind == MAKER), c[0], c[2].span.start))
    for rank, role, actor, step in candidates:
        if not own_subject and rank % WEAK == rules.order("subject"):
            continue
        if role == "pair":
            role = "supplier" if "supplier" not in filling.values else "recipient"
        if role == "partner":
            role = "recipient" if "supplier" in filling.values else "supplier"
        if not own_subject and role == "actor":
            continue  # who counts what moves does not move it
        if role not in ROLES[event]:
            role = {"supplier": "actor", "actor": "supplier"}.get(role, role)
        if role in ROLES[event]:
            filling.fill(role, party(actor), Slot(role, party(actor) or "", actor.span, step))
    if rules.key == ARRIVING and "recipient" in ROLES[event]:
        _fill_from_here(context, i, trigger, home, filling)
    if own_subject:
        _fill_from_pronoun(context, i, trigger, rules, home, event, filling)
    return filling


def _fill_from_here(context: Context, i: int, trigger: Trigger, home: int | None, filling: Filling) -> None:
    """Take "hier" and "da" in somebody's own words for the place where they speak: „… sind da“, sagte er in Dnipro."""
    sentence, here = context.sentences[i], closed_classes(context.language).here
    at = sentence.tokens[trigger.token].start
    spoken = [a for a in context.attributions if a.form == "direct" and a.span.start <= at < a.span.end]
    near = (n for n in range(len(sentence.tokens)) if owner(sentence, n) == home or n == trigger.token + 1)
    if not spoken or here.isdisjoint(sentence.tokens[n].text.lower() for n in near):
        return
    frame = min(spoken, key=lambda a: a.span.end - a.span.start).frame
    for site in context.sites[i]:
        if any(f.contains(site.span) for f in frame):
            filling.fill("recipient", party(site), Slot("recipient", party(site) or "", site.span, "sentence"))


def _fill_from_pronoun(
    context: Context, i: int, trigger: Trigger, rules: Grammar, home: int | None, event: EventKind, filling: Filling
) -> None:
    """Take a pronoun that is the subject for the speaker's side where it stands in reported words, else for who acted
    last: "Man habe sechs Panzer übergeben", "Sie lieferte auch Munition"."""
    sentence = context.sentences[i]
    clause = sentence.clauses[home] if home is not None else None
    if clause is None or clause.root != trigger.token or clause.subject is None or clause.passive:
        return
    if trigger.frame.act == "capacity":
        return  # "Sie könnten … enthalten": the containers
    word, role = sentence.tokens[clause.subject], rules.role("subject")
    if role not in ("supplier", "recipient", "actor") or word.upos != "PRON" or word.feat("PronType") in ("Rel", "Int"):
        return
    role = role if role in ROLES[event] else {"supplier": "actor", "actor": "supplier"}.get(role, role)
    if role not in ROLES[event]:
        return
    spoken = [a for a in context.attributions if a.span.start <= word.start < a.span.end and a.chains and a.chains[0]]
    speaker = min(spoken, key=lambda a: a.span.end - a.span.start).chains[0][-1] if spoken else None
    side = speaker.country if speaker is not None else None
    if side and speaker is not None and (clause.mood == "sub1" or speaker.kind in SPEAKING_FOR_STATES):
        filling.fill(role, side, Slot(role, side, Span(word.start, word.end), "sentence"))
    else:
        last = _last_subject(context, i, word.start)
        filling.fill(role, last, Slot(role, last or "", Span(word.start, word.end), "paragraph"))


def _last_subject(context: Context, i: int, before: int) -> str | None:
    """Return who was subject last, in this sentence or the one before."""
    for n in (i, i - 1):
        if n < 0 or context.sentences[n].block != context.sentences[i].block:
            return None
        for actor in reversed(context.actors[n]):
            rel = relation(context.sentences[n], actor.head or actor.span)
            acts = rel is not None and rel.kind == "subject" and actor.span.end <= before
            if acts and _may_act(context.sentences[n], actor):
                return party(actor)
    return None


def _candidates(
    context: Context, i: int, trigger: Trigger, rules: Grammar, home: int | None, item: ItemMention | None
) -> list[tuple[int, str, ActorMention, Step]]:
    """Return (rank, role, mention, step): the lower the rank, the stronger the claim of the mention to the role."""
    sentence = context.sentences[i]
    clause = sentence.clauses[home] if home is not None else None
    above = controller(sentence, clause) if clause else None
    doers = [
        a
        for a in (*context.actors[i], *context.sites[i])
        if (_may_act(sentence, a) and not _only_speaks(context, sentence, a, trigger)) or _finds(sentence, a, trigger)
    ]
    stands = {n: standing_of(sentence, a, clause, above, trigger) for n, a in enumerate(doers)}
    led = any(s is not None and s.kind == "subject" and s.inside for s in stands.values())
    out: list[tuple[int, str, ActorMention, Step]] = []
    for n, actor in enumerate(doers):
        stand = stands[n]
        if stand is None or negated(context, sentence, actor):
            continue
        kind, at = settled(stand, rules, trigger, clause, sentence, led), stand.token
        if kind == "adjective" and rules.key == AIMED and of_subject(sentence, at, clause):
            kind = "subject"  # "Saudische Kampfjets bombardierten …"
        role = rules.role(kind)
        if role in (None, "item", "place"):
            continue
        if kind == "aus" and rules.key == SHOWN and clause is not None and sentence.tokens[at].head == clause.subject:
            continue  # "Ein Foto aus Khartum zeigt …": where the picture comes from
        near = stand.inside or hangs_on(sentence, at, trigger.token)
        if not near and kind in BOUND:
            continue  # "eine von Russland eingesetzte Rakete", "die Erwartungen Russlands": of another word
        rank = rules.order(kind) + (0 if near else WEAK)
        if kind == "adjective" and not (near or _describes(context, i, actor, home)):
            continue
        if (
            stand.inside
            or owner(sentence, at) == home
            or (above is not None and kind == "subject" and at == above.subject)
        ):
            out.append((rank, str(role), actor, "clause"))
        elif kind in rules_beyond(rules) and _same_voice(context, actor, sentence.tokens[trigger.token].start):
            out.append((rank + 2 * WEAK, str(role), actor, "sentence"))
    return out


def doer(actor: ActorMention) -> str | None:
    """Return how a mention is written as a side, None for those who only watch."""
    return None if actor.kind in WATCHERS else party(actor)


def _may_act(sentence: Sentence, actor: ActorMention) -> bool:
    """Tell whether somebody can be a side: not those who only watch, nor whom a heading names before its colon."""
    if doer(actor) is None:
        return False
    after = next((t for t in sentence.tokens if t.start >= actor.span.end), None)
    return after is None or after.text != ":"


def _finds(sentence: Sentence, actor: ActorMention, trigger: Trigger) -> bool:
    """Tell whether one who watches is the subject of a verb of finding: "Conflict Armament Research dokumentierte"."""
    if trigger.frame.grammar != SHOWN or actor.kind not in FINDERS:
        return False
    rel = relation(sentence, actor.head or actor.span)
    return rel is not None and rel.kind == "subject" and rel.governor == trigger.token


def _only_speaks(context: Context, sentence: Sentence, actor: ActorMention, trigger: Trigger) -> bool:
    """Tell whether a mention names who says it, and not also who did it: "Kiew bat Berlin um Panzer" does both."""
    if not any(s.contains(actor.span) or actor.span.contains(s) for s in context.speakers):
        return False
    rel = relation(sentence, actor.head or actor.span)
    if rel is None or rel.kind != "subject":
        return True
    home = owner(sentence, trigger.token)
    clause = sentence.clauses[home] if home is not None else None
    above = controller(sentence, clause) if clause is not None else None
    at = head_token(sentence, actor.head or actor.span)
    understood = clause is not None and clause.kind == "infinitive" and (above is not None or clause.subject == at)
    return rel.governor != trigger.token and not (
        understood and at in (clause and clause.subject, above and above.subject)
    )


def _same_voice(context: Context, actor: ActorMention, at: int) -> bool:
    """Tell whether a mention is part of the words that the offset is part of, and not of the frame around them."""
    around = [a.span for a in context.attributions if a.span.start <= at < a.span.end]
    return not around or min(around, key=lambda s: s.end - s.start).contains(actor.span)


def rules_beyond(rules: Grammar) -> tuple[str, ...]:
    """Return the relations that still mean something in a neighbouring clause: its subject and its datives."""
    return tuple(k for k in ("subject", "dative", "an", "nach") if rules.role(k) not in (None, "item", "place"))


def negated(context: Context, sentence: Sentence, actor: ActorMention) -> bool:
    """Tell whether a phrase is negated by itself: "zwar lieferte Peru Panzer, aber nicht an Chile"."""
    before = [t for t in sentence.tokens if t.end <= actor.span.start]
    while before and before[-1].upos in ("ADP", "DET"):
        before.pop()
    nots, instead = closed_classes(context.language).constituent_not, stance_tables(context.language).instead
    later = any(t.text.lower() in instead and t.start > actor.span.end for t in sentence.tokens)
    opposed = len(before) > 1 and before[-2].text.lower() in closed_classes(context.language).contrast
    return bool(before) and before[-1].text.lower() in nots and (later or opposed)


def _describes(context: Context, i: int, actor: ActorMention, home: int | None) -> bool:
    """Tell whether an adjective of origin stands on a thing of the clause: "nordkoreanische Raketen"."""
    sentence = context.sentences[i]
    rel = relation(sentence, actor.span)
    for item in context.items[i]:
        at = head_token(sentence, item.span)
        close = actor.span.end <= item.span.start <= actor.span.end + 30
        if at is not None and owner(sentence, at) == home and ((rel is not None and rel.governor == at) or close):
            return True
    return False
