"""What an event is about: which of the clause's items, and what its kind makes of the event."""

from __future__ import annotations

from functools import cache

from beleg.claim.context import ARMS_KINDS, PEOPLE_KINDS, Context
from beleg.claim.frames import Trigger
from beleg.claim.relations import ancestors, head_token, owner
from beleg.find.item_tables import ItemRow
from beleg.lexicon import csv_table
from beleg.model import Act, EventKind, ItemMention, Sentence

FAR = 10  # behind everything that stands in the clause
GOODS_KINDS = ("goods", "money", "technology", "satellite")
GENERAL_KINDS = ("weapons", "aid", "equipment")
PLANT_KINDS = ("plant",)


def is_arms(item: ItemMention) -> bool:
    return item.kind in ARMS_KINDS


def is_people(item: ItemMention) -> bool:
    return item.kind in PEOPLE_KINDS


def says_little(item: ItemMention) -> bool:
    """Tell whether a word only takes up things named elsewhere: "die Lieferung", "das Paket", "die Ausfuhr"."""
    row = _rows().get(item.item)
    return row is not None and row.context == "yes" and item.kind in GENERAL_KINDS


@cache
def _rows() -> dict[str, ItemRow]:
    return {row.id: row for row in csv_table("items", ItemRow)}


def named(item: ItemMention) -> str:
    """Return an item as an analyst writes it: a designation with what it is, "Leopard 2 tanks"."""
    row = _designated().get(item.item)
    if row is None or row.unit is None or row.unit.split()[-1] in item.label:
        return item.label
    return f"{item.label} {row.unit}"


@cache
def _designated() -> dict[str, ItemRow]:
    return {row.id: row for row in csv_table("items", ItemRow) if row.designations and row.parent}


def event_for(event: EventKind, item: ItemMention | None) -> EventKind:
    """Return what kind of event it is, given what it is about: sending troops is a deployment, sending oil a return."""
    if item is None:
        return event
    if event in ("recovery", "production") and item.kind == "container":
        return "transfer"  # containers are counted because they move
    if event == "transfer" and item.kind in PEOPLE_KINDS:
        return "deployment"
    if event == "transfer" and item.kind in GOODS_KINDS:
        return "return"
    if event == "deployment" and item.kind not in PEOPLE_KINDS:
        return "transfer"
    if event == "production" and item.kind in PLANT_KINDS:
        return "expansion"
    return event


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
    inside = [m for m in context.items[i] if _clause_of(sentence, m) == clause]
    if not inside and clause is not None and sentence.clauses[clause].kind == "relative":
        above = sentence.tokens[sentence.clauses[clause].root].head
        inside = [
            m for m in context.items[i] if above >= 0 and m.span.start <= sentence.tokens[above].start < m.span.end
        ]
    ranked = sorted(inside, key=lambda m: (_rank(sentence, m, trigger), m.span.start))
    if not ranked:
        return ()
    best = _rank(sentence, ranked[0], trigger)
    return tuple(m for m in ranked if _rank(sentence, m, trigger) == best or _coordinated(sentence, ranked[0], m))


def _clause_of(sentence: Sentence, item: ItemMention) -> int | None:
    at = head_token(sentence, item.span)
    return owner(sentence, at) if at is not None else None


def _rank(sentence: Sentence, item: ItemMention, trigger: Trigger) -> int:
    """Return 0 for what the trigger itself names or governs as object, more for what stands further away.

    Papers about things ("Vertrag", "Embargo") come behind the things.
    """
    at = head_token(sentence, item.span)
    if at is None:
        return FAR
    token = sentence.tokens[at]
    paper = 0 if is_arms(item) or is_people(item) or item.kind in GOODS_KINDS else FAR
    if at == trigger.token:
        return paper
    if token.head == trigger.token:
        return paper + {"obj": 0, "nsubj:pass": 0, "nmod": 0, "nsubj": 2, "obl": 1}.get(token.deprel, 3)
    return paper + (4 if trigger.token in ancestors(sentence, at) else 5)


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
