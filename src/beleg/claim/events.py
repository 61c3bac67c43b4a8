"""From words that name events to drafts of claims: one a clause and event, one more for each further figure.

Decides which event a clause tells of and what it is about; who did it comes from ``claim/slots.py``, whose words it is
from ``claim/stance.py``.
"""

from __future__ import annotations

from collections.abc import Sequence

from beleg.claim.capacity import WOULD_FIT, unreal
from beleg.claim.closed import closed_classes
from beleg.claim.conditions import counts, enough_named, of_something_else, only_asked, possible, telling
from beleg.claim.context import Context
from beleg.claim.continued import continued, figures_of
from beleg.claim.event_draft import Draft, Figure
from beleg.claim.figures import with_arguments
from beleg.claim.frames import Trigger, find_triggers, variants
from beleg.claim.handed import handed_down, rests
from beleg.claim.relations import ancestors, is_over, owner, preposition
from beleg.claim.slots import fill_roles
from beleg.claim.things import about, act_for, event_for, is_people
from beleg.claim.verbless import verbless
from beleg.model import Sentence

BY_THEMSELVES = ("transfer", "deployment", "control", "casualties")  # told in a relative clause too


def build_drafts(context: Context) -> tuple[list[Draft], list[Draft]]:
    """Return the drafts of a document in text order; and those of clauses that only ask or set a condition."""
    topical = context.topical
    out: list[Draft] = []
    asked: list[Draft] = []
    for i, sentence in enumerate(context.sentences):
        if context.block(i).kind in ("removed", "aside") or not sentence.parsed:
            continue
        groups: dict[int | None, list[Trigger]] = {n: [] for n in range(len(sentence.clauses))}
        for trigger in find_triggers(sentence, context.language):
            special = (v for v in variants(trigger, context.language) if possible(context, i, v))
            trigger = next(special, trigger)
            if not possible(context, i, trigger):
                continue
            groups.setdefault(owner(sentence, trigger.token), []).append(trigger)
        before = len(out)
        full = {c: with_arguments(context, i, c, figures_of(context, i, c, out)) for c in groups}
        handed = handed_down(context, i, groups, full)
        for clause, triggers in groups.items():
            given = [h for h in handed if clause in (h.clause, h.home)]
            takers = {h.trigger.token for h in given if h.clause == h.home}
            away = {h.figure[0].span for h in given if h.clause == clause}
            free = [f for f in figures_of(context, i, clause, out) if f[0].span not in away]
            free += [f for f in rests(context, i, clause, given) if f[0].span not in {q.span for q, _ in free}]
            figures = [f for f in with_arguments(context, i, clause, free) if f[0].span not in away]
            figures += [h.figure for h in given if h.clause != clause]
            own = [t for t in telling(triggers) if t.token not in takers]
            if away and not figures:
                own = [t for t in own if not t.frame.observes]  # who registered what the relative clause tells of
            would = unreal(sentence, clause, groups) if figures else None
            leading = [would] if would is not None else _leading(sentence, clause, own)
            drafts = _clause_drafts(context, i, clause, leading, own, figures, topical)
            if would is not None:
                for d in drafts:
                    d.rules.append(WOULD_FIT)
            for h in given:
                if h.clause == h.home:
                    drafts += _clause_drafts(context, i, clause, [h.trigger], [h.trigger], [h.figure], topical)
            if not figures and only_asked(context, i, clause):
                asked += drafts
                continue
            if topical and not drafts:
                drafts = verbless(context, i, clause, figures)
            if topical:
                drafts += continued(context, i, clause, free, drafts, out)
            out += drafts
        set_apart = {h.figure[0].span for h in handed}  # what goes on goes on with the sentence's own event
        out[before:] = sorted(out[before:], key=lambda d: d.quantity is None or d.quantity.span not in set_apart)
    introduced = [d for d in out if d.event == "statement" and _only_introduces(context, d, out)]
    left = [d for d in out if d not in introduced]
    return [d for d in left if _says_more(context, d, left)], asked


def _says_more(context: Context, draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Tell whether a draft without a figure is more than the setting of the claim that its clause hangs on.

    "…, um Ziele zu treffen", "Raketen, die im Krieg eingesetzt werden" belong to the claim above them; a bare noun
    ("Artillerieangriffe in der Nacht") claims something in a title only.
    """
    if draft.quantity is not None or draft.clause is None:
        return True
    clause = context.sentences[draft.sentence].clauses[draft.clause]
    if clause.kind == "fragment" and (draft.trigger is None or draft.trigger.frame.pos != "title"):
        return context.block(draft.sentence).kind == "title"
    hangs = any(d.sentence == draft.sentence and d.clause == clause.parent for d in drafts)
    return not hangs or not (
        clause.kind == "infinitive" or (clause.kind == "relative" and draft.event not in BY_THEMSELVES)
    )


def _only_introduces(context: Context, draft: Draft, drafts: list[Draft]) -> bool:
    """Tell whether a word of saying only introduces claims of its own sentence: those say it all.

    A denial stands for what it denies, and takes over its sides, things and figure: the clause that it denies is told
    once, as denied.
    """
    sentence = context.sentences[draft.sentence]
    if draft.trigger is None or draft.clause is None:
        return False
    at = sentence.tokens[draft.trigger.token].start
    words = [a for a in context.attributions if any(c.start <= at < c.end for c in (a.cue, *a.cues) if c)]
    told = [
        d for d in drafts
        if d.sentence == draft.sentence and d.event != "statement" and d.trigger is not None
        and (_below(sentence, d.clause, draft.clause)
             or any(a.span.start <= sentence.tokens[d.trigger.token].start < a.span.end for a in words))
    ]  # fmt: skip
    if told and draft.trigger.frame.stance == "denied" and not sentence.clauses[draft.clause].negated:
        for slot in told[0].filling.slots:
            if slot.role in ("supplier", "recipient"):
                draft.filling.fill(slot.role, slot.value, slot)
        draft.items = told[0].items or draft.items
        draft.quantity = draft.quantity or next((d.quantity for d in told if d.quantity is not None), None)
        for d in told:
            drafts.remove(d)
        return False
    return bool(told)


def _below(sentence: Sentence, clause: int | None, above: int) -> bool:
    """Tell whether a clause hangs on another one."""
    while clause is not None and clause != above:
        clause = sentence.clauses[clause].parent
    return clause is not None


def _clause_drafts(
    context: Context, i: int, clause: int | None, leading: Sequence[Trigger], triggers: Sequence[Trigger],
    figures: list[Figure], topical: bool,
) -> list[Draft]:  # fmt: skip
    sentence = context.sentences[i]
    out: list[Draft] = []
    perfect = closed_classes(context.language).perfect
    for trigger in leading:
        items = about(context, i, clause, trigger)
        itself = any(t.frame.needs == "itself" for t in triggers)
        if not (itself or enough_named(context, i, items, topical, trigger)):
            continue
        if not items and not figures and of_something_else(context, i, clause, trigger):
            continue
        done = trigger.frame.done if is_over(sentence, clause, perfect) else None
        named = done or trigger.frame.event
        meant = bool(trigger.frame.kinds) and named == "production"  # of plants too: they run
        event = named if meant else event_for(named, items[0] if items else None)
        if any(d.event == event for d in out):
            continue
        if event == "casualties":
            items = tuple(m for m in items if is_people(m)) or items
        own = [(q, item) for q, item in figures if counts(q, item, items, event)]
        if trigger.frame.figure and not own:
            continue
        for n, (quantity, item) in enumerate(own or [(None, None)]):
            things = (item,) if item is not None and (n or item not in items) else items
            kind = named if meant else event_for(named, things[0] if things else None)
            moved = kind == "transfer" and trigger.frame.event in ("recovery", "production")
            theirs = not (moved or _observed(trigger, triggers))
            filling = fill_roles(context, i, trigger, kind, things[0] if things else None, own_subject=theirs)
            if trigger.frame.must and not any(map(filling.near, trigger.frame.must)):
                continue
            rules = [f"frame:{trigger.frame.key}", f"grammar:{trigger.frame.grammar}"]
            draft = Draft(
                i, clause, trigger, kind, act_for(trigger, kind), things, quantity, filling, rules, itself=itself
            )
            draft.observed = quantity is not None and any(t.frame.observes for t in triggers)
            out.append(draft)
        figures = [f for f in figures if f not in own]
    return out


def _leading(sentence: Sentence, clause: int | None, triggers: Sequence[Trigger]) -> list[Trigger]:
    """Return the triggers that tell the clause's events: its verb, and nouns that the verb does not speak about."""
    root = sentence.clauses[clause].root if clause is not None else None
    verbs = [t for t in triggers if t.token == root or t.frame.pos == "phrase"]
    nouns = [t for t in triggers if t not in verbs and (t.frame.pos == "noun" or _has_agent(sentence, t.token))]
    victims = [t for t in nouns if t.frame.event == "casualties"]
    if victims or not verbs or (nouns and all(t.frame.observes or t.frame.yields for t in verbs)):
        return victims or _foremost(sentence, nouns)
    return verbs + [t for t in nouns if root not in ancestors(sentence, t.token)]


def _observed(trigger: Trigger, triggers: Sequence[Trigger]) -> bool:
    """Tell whether another word of the clause only sees what the trigger names: "habe Container … entdeckt"."""
    return any(t.frame.observes and t.token != trigger.token for t in triggers)


def _has_agent(sentence: Sentence, at: int) -> bool:
    """Tell whether a participle before a noun says who did it: "von Iran gelieferte Raketen"."""
    below = [t for t in sentence.tokens if t.head == at]
    return any(t.deprel.startswith("obl") and t.upos in ("NOUN", "PROPN") for t in below)


def _foremost(sentence: Sentence, nouns: Sequence[Trigger]) -> list[Trigger]:
    """Keep the nouns that stand highest in the clause: what hangs on them, or beside them deeper down, is setting."""
    depths = [_depth(sentence, t.token) for t in nouns]
    return [t for t, depth in zip(nouns, depths, strict=True) if depth == min(depths)]


def _depth(sentence: Sentence, at: int) -> int:
    """Count the steps from a word to the root; members of a list stand as high as its first."""
    chain = [at, *ancestors(sentence, at)]
    depth = sum(sentence.tokens[n].deprel != "conj" for n in chain)
    return depth + (1 if preposition(sentence.tokens, at) is not None else 0)
