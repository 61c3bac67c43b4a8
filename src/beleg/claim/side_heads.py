"""Who stands on which side, where the learned head is surer than the rules; it picks among parties that are named.

What it decided stands among the claim's rules with its probability ("head:supplier NO 0.83").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import prod
from typing import Literal

from beleg.claim.closed import closed_classes
from beleg.claim.conditions import turned_round
from beleg.claim.context import Context, party
from beleg.claim.event_draft import Draft
from beleg.claim.heads import Heads
from beleg.claim.relations import relation
from beleg.claim.side_features import side_answers, side_features, standing
from beleg.claim.side_topic import ACTOR, ROLES, Topic, speaker_of, topic_of
from beleg.claim.signals import NOBODY
from beleg.claim.slots import ROLES as EVENT_ROLES
from beleg.claim.slots import doer, negated
from beleg.model import Slot

SIDE = "side"  # name of the head
SURER = 1.5  # times likelier that another answer must be than that of the rules, to replace it
LEAST = 0.3  # probability below which nobody is put in place of the rules' answer
BY_NET = 1.2  # what the log-odds of the clause network are worth beside those of the features …
MOST_ODDS = 4.0  # … and how far behind the likeliest they put anybody
ROUNDS = 2  # each on the sides that the one before settled
SURE = 0.8  # … from which nobody takes the place of one whom the event's own verb has as subject or object
NEVER = 2.0  # no probability reaches it
CASES = ("subject", "object", "dative")  # relations that grammar marks by case
SUFFERED = "suffer"  # grammar of verbs whose subject bears the loss
AROUND = 4  # claims before one whose sides are looked at
Answers = dict[str | None, tuple[str, ...]]
Stands = dict[str, tuple[str, ...]]  # of each party: how its mentions stand to a draft's word
Step = Literal["sentence", "paragraph"]


def settle_sides(context: Context, drafts: Sequence[Draft], heads: Heads) -> None:
    """Give roles to whom the head is surer of than the rules are, in place; nobody gives to himself."""
    if SIDE not in heads.tables:
        return
    said: list[dict[str, str]] = [{} for _ in drafts]
    stands: list[Stands] = [{} for _ in drafts]
    for _ in range(ROUNDS):
        topic = topic_of(context, drafts)
        asked = [_asked(context, n, topic, drafts, stands[n]) for n in range(len(drafts))]
        settled = [_settled(context, d, answers, heads) for d, answers in zip(drafts, asked, strict=True)]
        for draft, found, rules in zip(drafts, settled, said, strict=True):
            for role, (value, chance) in found.items():
                draft.filling.put(role, value, _slot(context, draft, role, value) if value is not None else None)
                rules[role] = f"head:{role} {value or 'nobody'} {chance:.2f}"
    for draft, rules in zip(drafts, said, strict=True):
        draft.rules += rules.values()


def side_questions(context: Context, draft: Draft, drafts: Sequence[Draft]) -> dict[str, Answers]:
    """Return for each role of a draft who may have it, with the features of each."""
    at = next(n for n, d in enumerate(drafts) if d is draft)
    return _asked(context, at, topic_of(context, drafts), drafts, {})


def _asked(context: Context, at: int, topic: Topic, drafts: Sequence[Draft], stands: Stands) -> dict[str, Answers]:
    """Return the questions about the draft at ``at``; ``stands`` keeps how parties stand to its word."""
    draft = drafts[at]
    roles = [r for r in (*ROLES, ACTOR) if r in EVENT_ROLES[draft.event]]
    if not roles or _suffered(draft):
        return {}
    answers = side_answers(context, draft, topic)
    for v in answers:
        if v is not None and v not in stands:
            stands[v] = standing(context, draft, v)
    beside = topic, [*reversed(drafts[max(0, at - AROUND) : at])], speaker_of(context, draft)
    return {
        role: {v: side_features(context, draft, role, v, stands.get(v or "", ()), *beside) for v in answers}
        for role in roles
    }


def _suffered(draft: Draft) -> bool:
    """Tell whether a draft tells of losses, by which nobody gives or gets: "Russland büßte 200 Panzer ein"."""
    return draft.trigger is not None and draft.trigger.frame.grammar == SUFFERED and draft.filling.near("actor")


def _settled(
    context: Context, draft: Draft, asked: Mapping[str, Answers], heads: Heads
) -> dict[str, tuple[str | None, float]]:
    """Return the roles that change, with how sure the head is of each; the sides are taken together and differ."""
    chances = {}
    for role, answers in asked.items():
        net = named_odds(context, draft, role)
        more = [BY_NET * net.get(v or NOBODY, net[NOBODY]) if net else 0.0 for v in answers]
        chances[role] = dict(zip(answers, heads.probabilities(SIDE, list(answers.values()), more), strict=True))
    ruled = {role: draft.filling.values.get(role) for role in chances}
    likely = [
        [v for v, p in c.items() if v == ruled[role] or p >= _least(context, draft, role, v)]
        for role, c in chances.items()
    ]
    both = all(role in chances for role in ROLES)
    pairs = [p for p in product(*likely) if not both or p[0] is None or p[0] != p[1]]

    def weight(pair: Iterable[str | None]) -> float:
        of_each = zip(pair, chances.items(), strict=True)
        return prod(c[value] * (SURER if value == ruled[role] else 1.0) for value, (role, c) in of_each)

    best = zip(chances, max(pairs, key=weight), strict=True) if pairs else ()
    return {role: (value, chances[role][value]) for role, value in best if value != ruled[role]}


def _least(context: Context, draft: Draft, role: str, value: str | None) -> float:
    """Return the probability from which somebody, or nobody, takes a role from whom the rules have in it.

    A case of the event's own verb is grammar: "Kenia bat Südafrika um …"; it gives way only where the head is sure.
    """
    sentence, trigger = context.sentences[draft.sentence], draft.trigger
    if trigger is None or not sentence.parsed:
        return LEAST
    if value is not None and _ruled_out(context, draft, role, value):
        return NEVER
    held = draft.filling.values.get(role)
    where = next((s.span for s in draft.filling.slots if s.role == role and s.value == held), None)
    if value is None and where is not None and any(f.contains(where) for a in context.attributions for f in a.frame):
        return SURE  # „… sind da“, sagte er in Dnipro
    if trigger.frame.pos != "verb" or not draft.filling.near(role):
        return LEAST
    theirs = [a for a in context.actors[draft.sentence] if doer(a) == held or (where and a.span.overlaps(where))]
    stands = (relation(sentence, a.head or a.span) for a in theirs)
    bound = any(r is not None and r.governor == trigger.token and r.kind in CASES for r in stands)
    return SURE if bound else LEAST


def _ruled_out(context: Context, draft: Draft, role: str, value: str) -> bool:
    """Tell whether grammar keeps a party from a side: it is only passed on the way ("über Jordanien"), negated ("aber
    nicht an Chile"), or on the other side of what the clause says goes the other way round."""
    sentence = context.sentences[draft.sentence]
    others = [draft.filling.values.get(side) for side in ROLES if side != role]
    if value in others and turned_round(context, draft.sentence, draft.clause):
        return True
    named = [a for a in (*context.actors[draft.sentence], *context.sites[draft.sentence]) if doer(a) == value]
    by_way_of = closed_classes(context.language).by_way_of if draft.event == "transfer" else ()
    stands = ((a, relation(sentence, a.head or a.span)) for a in named)
    return bool(named) and all(
        negated(context, sentence, a) or (r is not None and r.kind in by_way_of) for a, r in stands
    )


def named_odds(context: Context, draft: Draft, role: str) -> Mapping[str, float]:
    """Return the clause network's log-odds that a party has a role, behind the likeliest; empty where it did not read
    the clause. Who is named too far away to be asked about counts as nobody does."""
    signal = context.signal(draft.sentence, draft.clause)
    odds = signal.named.get(role, {}) if signal is not None else {}
    return {party: max(-MOST_ODDS, x - max(odds.values())) for party, x in odds.items()}


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
