"""What the learned heads make of an article's clauses: which claims of the rules stand, which event, what else is told.

Three heads look at each clause with what the rules made of it: ``keep`` (does a claim of the rules stand?), ``event``
(which of the fifteen?), ``claim`` (is one made here that no rule told of?). A head only picks among what stands in the
text: a clause, a mention, a number are never made by it. What it decided stands among the claim's rules with its
probability ("head:event agreement 0.83"); what it leaves out is a doubt that the reader sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp
from statistics import fmean

from beleg.claim.capacity import CAPACITY
from beleg.claim.clause_features import article_features, clause_features, draft_features
from beleg.claim.context import Context, Signal
from beleg.claim.event_draft import Draft
from beleg.claim.figures import figures_in
from beleg.claim.frames import Frame, Trigger, find_triggers
from beleg.claim.heads import Heads
from beleg.claim.relations import owner
from beleg.claim.signals import LEFT_OUT
from beleg.claim.slots import Filling, fill_roles
from beleg.claim.things import about, event_for
from beleg.model import Act, EventKind, ItemMention, Quantity

KEEP, CLAIM, EVENT = "keep", "claim", "event"  # names of the heads
LEAST_KEPT = 0.1  # probability below which a claim of the rules is left out
LEAST_ELSEWHERE = 0.5  # … in an article that is not about arms
LEAST_TOLD = 0.2  # share of its clauses that tell a claim, by the network, below which it counts as one of those
LEAST_TEXT = 600  # code points of an article below which the rules decide alone: the heads learned from articles
LEAST_CLAIM = 0.25  # … from which a clause carries a claim that no rule told of
LEAST_TRUST = 0.4  # … in an article whose claims of the rules stand by as much on average
LEAST_BOTH = 0.1  # … and, times that of its likeliest event, it is told
SURE = 0.5  # … from which the head's event replaces that of a rule …
UNLIKELY = 0.25  # … that it gives less than this
# What the log-odds of the clause network are worth beside those of the features.
KEEP_BY_CLAIM, KEEP_BY_EVENT, CLAIM_BY_NET, EVENT_BY_NET = 1.2, 0.6, 1.2, 3.0
# What a clause without a word of the tables is taken for: how its verb deals out roles, and what was done.
BY_EVENT: dict[EventKind, tuple[str, Act]] = {
    "transfer": ("give", "delivered"), "agreement": ("agree", "ordered"), "request": ("ask", "requested"),
    "production": ("make", "produced"), "expansion": ("make", "other"), "stockpile": ("hold", "held"),
    "use": ("use", "used"), "casualties": ("lose", "lost"), "deployment": ("send", "delivered"),
    "return": ("pay", "delivered"), "recovery": ("find", "other"), "component": ("part", "other"),
    "control": ("control", "other"), "visit": ("visit", "other"), "statement": ("say", "other"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A clause (or, where nothing was parsed, a sentence) with its features."""

    sentence: int
    clause: int | None
    features: tuple[str, ...]
    triggers: tuple[Trigger, ...]
    article: tuple[str, ...]  # features of the whole article
    signal: Signal | None = None  # of the clause network, where it read the clause


def places(context: Context, drafts: Sequence[Draft]) -> list[Place]:
    """Return the clauses of the article's text, in text order, each with what the rules made of it and around it."""
    by_sentence: dict[int, list[Draft]] = {}
    for d in drafts:
        by_sentence.setdefault(d.sentence, []).append(d)
    article = article_features(context, drafts)
    out = []
    for i, sentence in enumerate(context.sentences):
        if context.block(i).kind in LEFT_OUT:
            continue
        clauses: list[int | None] = list(range(len(sentence.clauses))) if sentence.parsed else [None]
        triggers = find_triggers(sentence, context.language) if sentence.parsed else []
        near = [d for n in (i - 1, i, i + 1) for d in by_sentence.get(n, ())]
        homes = [owner(sentence, n) for n in range(len(sentence.tokens))]
        for c in clauses:
            own = [n for n, home in enumerate(homes) if c is None or home == c]
            features = tuple(clause_features(context, i, c, own, near, triggers))
            out.append(Place(i, c, features, tuple(triggers), tuple(article), context.signal(i, c)))
    return out


def keep_answers(draft: Draft, drafts: Sequence[Draft], place: Place) -> list[Sequence[str]]:
    """Return the features of a draft that stands, and of one that does not."""
    return [("keep", *draft_features(draft, drafts, place.features), *place.article), ()]


def claim_answers(place: Place) -> list[Sequence[str]]:
    """Return the features of a clause that carries a claim, and of one that does not."""
    return [("claim", *place.features), ()]


def judge(
    context: Context, drafts: Sequence[Draft], heads: Heads
) -> tuple[list[Draft], list[tuple[Draft, float]]]:  # fmt: skip
    """Return the drafts that stand, with those that the heads see besides, by sentence; and what they leave out.

    Args:
        context: The document's mentions by sentence.
        drafts: What the rules found, before anything was filled in from afar.
        heads: The learned part; a head that is not there decides nothing.

    Returns:
        Drafts by sentence; and each draft left out with its probability.
    """
    if len(context.document.text) < LEAST_TEXT or not drafts:
        return list(drafts), []
    kept: list[Draft] = []
    left_out: list[tuple[Draft, float]] = []
    chances: list[float] = []
    told: dict[tuple[int, int | None], list[Draft]] = {}
    for d in drafts:
        told.setdefault((d.sentence, d.clause), []).append(d)
    at = {(p.sentence, p.clause): p for p in places(context, drafts)}
    ours = context.topical and _told_share(context) >= LEAST_TOLD
    least = LEAST_KEPT if ours else LEAST_ELSEWHERE
    for key, here in told.items():
        place = at.get(key)
        if place is None:
            kept += here
            continue
        stand = []
        for d in here:
            chance = _chance(heads, d, drafts, place)
            chances.append(chance)
            if chance < least:
                left_out.append((d, chance))
            else:
                stand.append(d)
        kept += _of_event(context, place, stand, heads)
    if ours and chances and fmean(chances) >= LEAST_TRUST:
        for key, place in at.items():
            if key not in told:
                kept += [d for d in _besides(context, place, heads) if not _told_within(context, d, kept)]
    return sorted(kept, key=lambda d: d.sentence), left_out


def _told_within(context: Context, draft: Draft, others: Sequence[Draft]) -> bool:
    """Tell whether a draft without a number only says again what the clause around it, or one inside it, tells:
    "Von drei Zügen ist die Rede, die Kenia geliefert haben soll"."""
    if draft.quantity is not None or draft.clause is None:
        return False
    clauses = context.sentences[draft.sentence].clauses
    near = {k for k, c in enumerate(clauses) if c.parent == draft.clause} | {clauses[draft.clause].parent}
    return any(d.sentence == draft.sentence and d.event == draft.event and d.clause in near for d in others)


def _told_share(context: Context) -> float:
    """Return how many of an article's clauses tell a claim, as the network expects it; 1 where it read none."""
    chances = [1 / (1 + exp(-s.claim)) for s in context.signals.values()]
    return fmean(chances) if chances else 1.0


def _chance(heads: Heads, draft: Draft, drafts: Sequence[Draft], place: Place) -> float:
    if KEEP not in heads.tables:
        return 1.0
    more = [KEEP_BY_CLAIM * claim_signal(place) + KEEP_BY_EVENT * event_signals(place)[draft.event], 0.0]
    return heads.probabilities(KEEP, keep_answers(draft, drafts, place), more)[0]


def claim_signal(place: Place) -> float:
    """Return the network's log-odds that a clause carries a claim, 0 where it did not read it."""
    return place.signal.claim if place.signal is not None else 0.0


def event_signals(place: Place) -> dict[EventKind, float]:
    """Return how the network ranks the events: log-odds behind the likeliest, whose own are 0; all 0 where it did not
    read the clause."""
    if place.signal is None:
        return dict.fromkeys(BY_EVENT, 0.0)
    odds = place.signal.events
    return {e: odds[e] - max(odds.values()) for e in BY_EVENT}


def _likeliest(place: Place, heads: Heads) -> tuple[dict[EventKind, float], EventKind]:
    more = [EVENT_BY_NET * x for x in event_signals(place).values()]
    chances = dict(zip(BY_EVENT, heads.crossed(EVENT, [*BY_EVENT], place.features, more), strict=True))
    return chances, max(chances, key=lambda e: chances[e])


def _of_event(context: Context, place: Place, drafts: list[Draft], heads: Heads) -> list[Draft]:
    """Give the drafts of a clause whose event is unlikely the likeliest one, where the head is sure of it."""
    if EVENT not in heads.tables or not drafts:
        return drafts
    chances, event = _likeliest(place, heads)
    unlikely = [d for d in drafts if chances[d.event] < UNLIKELY]
    if chances[event] < SURE or not unlikely or any(d.event == event for d in drafts):
        return drafts
    stand = [d for d in drafts if d not in unlikely]
    counted = {d.quantity.span for d in stand if d.quantity is not None}
    told = _drafts(context, place, event, [f"head:event {event} {chances[event]:.2f}"])
    if any(d.act == CAPACITY for d in unlikely):
        for d in told:
            d.act = CAPACITY
    told = [d for d in told if d.quantity is None or d.quantity.span not in counted]
    counted |= {d.quantity.span for d in told if d.quantity is not None}
    lost = [d for d in unlikely if d.quantity is not None and d.quantity.span not in counted]
    for d in lost:  # a number that went on from before: read by the rules, not to be dropped with their event
        like = told[0] if told else d
        filling = Filling(dict(like.filling.values), list(like.filling.slots))
        told.append(replace(like, items=d.items, quantity=d.quantity, filling=filling, rules=list(like.rules)))
    return stand + [d for d in told if d.quantity is not None or not lost]


def _besides(context: Context, place: Place, heads: Heads) -> list[Draft]:
    """Return what a clause that no rule told of claims."""
    if CLAIM not in heads.tables or EVENT not in heads.tables:
        return []
    claim = heads.probabilities(CLAIM, claim_answers(place), [CLAIM_BY_NET * claim_signal(place), 0.0])[0]
    if claim < LEAST_CLAIM:
        return []
    chances, event = _likeliest(place, heads)
    if claim * chances[event] < LEAST_BOTH:
        return []
    return _drafts(context, place, event, [f"head:claim {claim:.2f}", f"head:event {event} {chances[event]:.2f}"])


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
    """Return the clause's own word for the event where the tables know one, else its verb as one of the kind.

    What only says how much would fit goes before what moves things: a capacity is no delivery.
    """
    sentence = context.sentences[place.sentence]
    clause = sentence.clauses[place.clause or 0]
    own = [t for t in place.triggers if t.frame.event == event and owner(sentence, t.token) == place.clause]
    fits = next((t for t in own if t.frame.act == CAPACITY), None)
    known = fits or next((t for t in own if t.token == clause.root), None)
    if known is not None:
        return known
    grammar, act = BY_EVENT[event]
    frame = Frame("", "verb", event, act, grammar, "arms", source="head", yes=(), no=())
    return Trigger(clause.root, frame)
