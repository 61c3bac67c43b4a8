"""Where rules end: claims in clauses that no frame spoke of, and who stands on which side, by the learned heads.

A head only picks among what stands in the text: a clause, a mention, a number are never made by it. What it decided
stands among the claim's rules with its probability ("head:supplier NO 0.83"); what a rule decided it leaves alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from beleg.claim.clause_features import clause_features
from beleg.claim.context import Context, party
from beleg.claim.event_draft import Draft
from beleg.claim.figures import figures_in
from beleg.claim.frames import Frame, Trigger, find_triggers
from beleg.claim.heads import Heads
from beleg.claim.side_features import ROLES, Topic, side_answers, side_features, standing, topic_of
from beleg.claim.slots import ROLES as EVENT_ROLES
from beleg.claim.slots import Filling, fill_roles
from beleg.claim.things import about, event_for
from beleg.model import Act, EventKind, ItemMention, Quantity, Slot

CLAIM, EVENT, SIDE = "claim", "event", "side"  # names of the heads
LEAST_CLAIM = 0.65  # probability from which a clause carries a claim
LEAST_BOTH = 0.5  # … and, times that of its likeliest event, it is told
SURER = 2.0  # times likelier that somebody must be than nobody, to fill a role that the rules left open
LEFT_OUT = ("removed", "aside")  # blocks that are no text of the article
# What a clause without a word of the tables is taken for: how its verb deals out roles, and what was done.
Step = Literal["sentence", "paragraph"]
BY_EVENT: dict[EventKind, tuple[str, Act]] = {
    "transfer": ("give", "delivered"), "agreement": ("agree", "ordered"), "request": ("ask", "requested"),
    "production": ("make", "produced"), "expansion": ("make", "other"), "stockpile": ("hold", "held"),
    "use": ("use", "used"), "casualties": ("lose", "lost"), "deployment": ("send", "delivered"),
    "return": ("pay", "delivered"), "recovery": ("find", "other"), "component": ("part", "other"),
    "control": ("control", "other"), "visit": ("visit", "other"), "statement": ("say", "other"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A clause (or, where nothing was parsed, a sentence) that may carry a claim, with its features."""

    sentence: int
    clause: int | None
    features: tuple[str, ...]
    triggers: tuple[Trigger, ...]


def places(context: Context, drafts: Sequence[Draft], *, all_clauses: bool = False) -> list[Place]:
    """Return the clauses that no draft tells of, in text order; all of them to learn from."""
    told = {(d.sentence, d.clause) for d in drafts}
    by_sentence: dict[int, list[Draft]] = {}
    for d in drafts:
        by_sentence.setdefault(d.sentence, []).append(d)
    out = []
    for i, sentence in enumerate(context.sentences):
        if context.block(i).kind in LEFT_OUT:
            continue
        clauses: list[int | None] = list(range(len(sentence.clauses))) if sentence.parsed else [None]
        clauses = [c for c in clauses if all_clauses or (i, c) not in told]
        if not clauses or (not sentence.parsed and i in by_sentence):
            continue
        triggers = find_triggers(sentence, context.language) if sentence.parsed else []
        near = [d for n in (i - 1, i, i + 1) for d in by_sentence.get(n, ())]
        for c in clauses:
            others = [d for d in near if (d.sentence, d.clause) != (i, c)]
            features = clause_features(context, i, c, others, triggers)
            out.append(Place(i, c, tuple(features), tuple(triggers)))
    return out


def event_answers(features: Sequence[str]) -> list[list[str]]:
    """Return the features of each event of ``BY_EVENT``, in its order, for a clause."""
    return [[event, *(f"{event} {f}" for f in features)] for event in BY_EVENT]


def propose(context: Context, drafts: Sequence[Draft], heads: Heads) -> list[Draft]:
    """Return drafts of claims that the heads see in clauses that no rule told of, in text order."""
    out: list[Draft] = []
    if CLAIM not in heads.tables or EVENT not in heads.tables:
        return out
    for place in places(context, drafts):
        claim = heads.probabilities(CLAIM, [("claim", *place.features), ()])[0]
        if claim < LEAST_CLAIM:
            continue
        chances = heads.probabilities(EVENT, event_answers(place.features))
        chance, event = max(zip(chances, BY_EVENT, strict=True), key=lambda x: x[0])
        if claim * chance >= LEAST_BOTH:
            out += _drafts(context, place, event, [f"head:claim {claim:.2f}", f"head:event {event} {chance:.2f}"])
    return out


def _drafts(context: Context, place: Place, event: EventKind, rules: list[str]) -> list[Draft]:
    """Return the drafts of one clause: one, or one a figure."""
    i, clause = place.sentence, place.clause
    if clause is None:
        return [Draft(i, None, None, event, BY_EVENT[event][1], (), None, Filling(), rules)]
    trigger = _trigger(context, place, event)
    items = about(context, i, clause, trigger)
    figures: list[tuple[Quantity | None, ItemMention | None]] = [*figures_in(context, i, clause)]
    out = []
    for quantity, item in figures or [(None, None)]:
        things = (item,) if item is not None else items
        kind = event_for(event, things[0] if things else None)
        theirs = context.spoken_by(context.sentences[i].tokens[trigger.token].start) is None  # not who only says it
        filling = fill_roles(context, i, trigger, kind, things[0] if things else None, own_subject=theirs)
        act = trigger.frame.act if kind == event else BY_EVENT[kind][1]
        out.append(Draft(i, clause, trigger, kind, act, things, quantity, filling, list(rules)))
    return out


def _trigger(context: Context, place: Place, event: EventKind) -> Trigger:
    """Return the clause's own word for the event where the tables know one, else its verb as one of the kind."""
    clause = context.sentences[place.sentence].clauses[place.clause or 0]
    for trigger in place.triggers:
        if trigger.token == clause.root and trigger.frame.event == event:
            return trigger
    grammar, act = BY_EVENT[event]
    frame = Frame("", "verb", event, act, grammar, "arms", source="head", yes=(), no=())
    return Trigger(clause.root, frame)


def fill_open_sides(context: Context, drafts: Sequence[Draft], heads: Heads) -> None:
    """Fill roles that the rules left open, in place, where the head is sure enough of a party; others stay."""
    if SIDE not in heads.tables:
        return
    topic = topic_of(context, drafts)
    for draft, found in [(d, _found(context, d, topic, heads)) for d in drafts]:
        for chance, slot in found:
            draft.filling.fill(slot.role, slot.value, slot)
            draft.rules.append(f"head:{slot.role} {slot.value} {chance:.2f}")


def side_questions(
    context: Context, draft: Draft, drafts: Sequence[Draft]
) -> dict[str, dict[str | None, tuple[str, ...]]]:
    """Return for each role of a draft who may have it, with the features of each."""
    return _asked(context, draft, topic_of(context, drafts))


def _asked(context: Context, draft: Draft, topic: Topic) -> dict[str, dict[str | None, tuple[str, ...]]]:
    answers = side_answers(context, draft, topic)
    near = {v: standing(context, draft, v) for v in answers if v is not None}
    return {
        role: {v: side_features(context, draft, role, v, near.get(v or "", ()), topic) for v in answers}
        for role in ROLES if role in EVENT_ROLES[draft.event]
    }  # fmt: skip


def _found(context: Context, draft: Draft, topic: Topic, heads: Heads) -> list[tuple[float, Slot]]:
    """Return what fills the open roles of a draft, with how sure the head is; nobody gives to themselves."""
    held = set(draft.filling.values.values())
    out: list[tuple[float, Slot]] = []
    for role, answers in _asked(context, draft, topic).items():
        if role in draft.filling.values:
            continue
        chances = dict(zip(answers, heads.probabilities(SIDE, list(answers.values())), strict=True))
        nobody = chances.pop(None)
        value = max((v for v in chances if v is not None and v not in held), key=lambda v: chances[v], default=None)
        if value is not None and chances[value] > SURER * nobody:
            held.add(value)
            out.append((chances[value], _slot(context, draft, role, value)))
    return out


def _slot(context: Context, draft: Draft, role: str, value: str) -> Slot:
    """Return how far away a party is named, and where."""
    i = draft.sentence
    block = context.sentences[i].block
    near: list[tuple[int, Step]] = [(i, "sentence"), (i - 1, "paragraph"), (i + 1, "paragraph")]
    for n, step in near:
        if 0 <= n < len(context.sentences) and context.sentences[n].block == block:
            for actor in (*context.actors[n], *context.sites[n]):
                if party(actor) == value:
                    return Slot(role, value, actor.span, step)
    return Slot(role, value, None, "article")
