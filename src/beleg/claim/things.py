"""What an event is about: which of the clause's items, and what its kind makes of the event."""

from __future__ import annotations

from beleg.claim.context import Context
from beleg.claim.frames import Trigger, grammar
from beleg.claim.relations import ancestors, head_token, owner, preposition
from beleg.find.item_tables import item_kinds, item_rows
from beleg.model import Act, EventKind, ItemMention, Sentence

FAR = 10  # behind everything that stands in the clause
MOVED = ("arrive", "part", "leave")  # grammars whose subject is the thing itself


def is_arms(item: ItemMention) -> bool:
    kind = item_kinds().get(item.kind)
    return kind is not None and kind.arms


def is_people(item: ItemMention) -> bool:
    kind = item_kinds().get(item.kind)
    return kind is not None and kind.given == "deployment"


def is_goods(item: ItemMention) -> bool:
    kind = item_kinds().get(item.kind)
    return kind is not None and kind.given == "return"


def says_little(item: ItemMention) -> bool:
    """Tell whether a word only takes up things named elsewhere: "die Lieferung", "das Paket", "die Ausfuhr"."""
    row, kind = item_rows().get(item.item), item_kinds().get(item.kind)
    return row is not None and row.context == "yes" and kind is not None and kind.group == "any arms"


def named(item: ItemMention) -> str:
    """Return an item as an analyst writes it: a designation with what it is, "Leopard 2 tanks"."""
    row = item_rows().get(item.item)
    designated = row is not None and bool(row.designations) and row.parent is not None
    if row is None or not designated or row.unit is None or row.unit.split()[-1] in item.label:
        return item.label
    return f"{item.label} {row.unit}"


def event_for(event: EventKind, item: ItemMention | None) -> EventKind:
    """Return what kind of event it is, given what it is about: sending troops is a deployment, sending oil a return."""
    kind = item_kinds().get(item.kind) if item is not None else None
    if kind is None:
        return "transfer" if event == "deployment" and item is not None else event
    if kind.group == "carrier" and event in ("recovery", "production"):
        return "transfer"  # containers are counted because they move
    if event == "transfer":
        return kind.given
    if event == "deployment" and kind.given != "deployment":
        return "transfer"
    return kind.built if event == "production" else event


def act_for(trigger: Trigger, event: EventKind) -> Act:
    """Return the act of a frame; one that the thing turned into a movement ("zählt 2.000 Container") is shipped."""
    turned = event == "transfer" and trigger.frame.event in ("recovery", "production")
    return "shipped" if turned else trigger.frame.act


def about(context: Context, i: int, clause: int | None, trigger: Trigger) -> tuple[ItemMention, ...]:
    """Return the items an event is about, the closest first; coordinated ones stay together.

    They stand in the trigger's clause, in the trigger itself ("Waffenlieferung"), or, for a relative clause, are what
    it says something about ("Raketen, die …").
    """
    sentence = context.sentences[i]
    inside = [m for m in context.items[i] if clause_of(sentence, m) == clause]
    if not inside and clause is not None and sentence.clauses[clause].kind == "relative":
        above = sentence.tokens[sentence.clauses[clause].root].head
        inside = [
            m for m in context.items[i] if above >= 0 and m.span.start <= sentence.tokens[above].start < m.span.end
        ]
    ranks = {m: _rank(context.language, sentence, m, trigger) for m in inside}
    ranked = sorted(inside, key=lambda m: (ranks[m], m.span.start))
    best = ranks[ranked[0]] if ranked else 0
    return tuple(m for m in ranked if ranks[m] == best or _coordinated(sentence, ranked[0], m))


def clause_of(sentence: Sentence, item: ItemMention) -> int | None:
    """Return the innermost clause that an item stands in."""
    at = head_token(sentence, item.span)
    return owner(sentence, at) if at is not None else None


def _means_item(language: str, sentence: Sentence, at: int, trigger: Trigger) -> bool:
    """Tell whether a preposition says by the trigger's grammar that its noun is what is moved."""
    return grammar(language, trigger.frame.grammar).role(preposition(sentence.tokens, at) or "") == "item"


def _rank(language: str, sentence: Sentence, item: ItemMention, trigger: Trigger) -> int:
    """Return 0 for what the trigger itself names or governs as object, more for what stands further away.

    Papers about things ("Vertrag", "Embargo") come behind the things.
    """
    at = head_token(sentence, item.span)
    if at is None:
        return FAR
    token = sentence.tokens[at]
    own = item.kind == trigger.frame.event and token.head == trigger.token and token.deprel == "obj"  # "Sanktionen"
    paper = 0 if is_arms(item) or is_people(item) or is_goods(item) or own else FAR
    if at == trigger.token:
        return paper
    if token.head == trigger.token:
        if token.deprel == "nsubj" and trigger.frame.grammar in MOVED and not _has_object(sentence, trigger.token):
            return paper
        if token.deprel == "obl" and _means_item(language, sentence, at, trigger):
            return paper  # "mit Gold bezahlt"
        return paper + {"obj": 0, "nsubj:pass": 0, "nmod": 0, "nsubj": 2, "obl": 1}.get(token.deprel, 3)
    beside = token.head == sentence.tokens[trigger.token].head and token.deprel == "obl"
    if beside and trigger.frame.pos == "noun" and _means_item(language, sentence, at, trigger):
        return paper + 3  # "boten Platz für 200 Panzer"
    return paper + (4 if trigger.token in ancestors(sentence, at) else 5)


def _has_object(sentence: Sentence, verb: int) -> bool:
    return any(t.head == verb and t.deprel == "obj" for t in sentence.tokens)


def _coordinated(sentence: Sentence, a: ItemMention, b: ItemMention) -> bool:
    """Tell whether two items are joined by "und" or a comma in one list."""
    x, y = head_token(sentence, a.span), head_token(sentence, b.span)
    if x is None or y is None or x == y:
        return False
    ends = {x, *_conjuncts(sentence, x)}
    return y in ends


def _conjuncts(sentence: Sentence, i: int) -> list[int]:
    out = []
    for n in range(len(sentence.tokens)):
        head, steps = n, 0
        while sentence.tokens[head].deprel == "conj" and sentence.tokens[head].head >= 0 and steps < 20:
            head, steps = sentence.tokens[head].head, steps + 1
        if head == i and n != i:
            out.append(n)
    return out
