"""Figures that no event of their own clause took: they go on with what the text is telling of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from beleg.claim.capacity import CAPACITY
from beleg.claim.conditions import turned_round
from beleg.claim.context import Context
from beleg.claim.event_draft import Draft, Figure
from beleg.claim.figures import bare_counts, named_figures
from beleg.claim.frames import Trigger, find_triggers
from beleg.claim.relations import owner
from beleg.claim.slots import fill_roles
from beleg.claim.things import event_for
from beleg.model import ItemMention, Quantity, Slot

# What somebody asks for, permits, finds or says no word to sets no event that a bare figure goes on with.
OF_THEIR_OWN = ("statement", "request", "recovery", "visit", "control")
OF_PEOPLE = ("casualties", "deployment", "production", "expansion")  # that a number of people can go on with
CLOSE = 3  # sentences from what names little of its own to the event that it goes on with
REACH = 4  # sentences from a figure to a bare number that goes on with it


def continued(
    context: Context,
    i: int,
    clause: int | None,
    figures: Sequence[Figure],
    here: Sequence[Draft],
    before: Sequence[Draft],
) -> list[Draft]:
    """Give figures that no event of their clause took to the event that the text is telling of.

    "Diese könnten bis zu 4,8 Millionen Granaten enthalten": the sentence before says whose and where to.
    """
    taken = {d.quantity.span for d in here if d.quantity is not None}
    told = [d for d in reversed([*before, *here]) if d.trigger is not None and d.event not in OF_THEIR_OWN]
    free = [(q, item) for q, item in figures if q.span not in taken]
    if not free or not told or clause is None:
        return []
    sentence = context.sentences[i]
    own = (t for t in find_triggers(sentence, context.language) if owner(sentence, t.token) == clause)
    would_fit = any(t.frame.act == CAPACITY for t in own)  # "Darin hätten 500.000 Granaten Platz"
    out = []
    for quantity, item in free:
        fit = [d for d in told if quantity.unit != "people" or d.event in OF_PEOPLE]
        if not fit:
            continue
        model = _told_of(context, i, fit, quantity, item)
        if model.trigger is None or not _goes_on(context, i, model, quantity, item):
            continue
        trigger = Trigger(context.sentences[i].clauses[clause].root, model.trigger.frame)
        things = (item,) if item is not None else model.items
        event = event_for(model.event, things[0] if things else None)
        filling = fill_roles(context, i, trigger, event, things[0] if things else None, own_subject=False)
        told_before = replace(model.filling, values=dict(model.filling.values), slots=list(model.filling.slots))
        if turned_round(context, i, clause):
            told_before.turn()
        for role, value in told_before.values.items():
            filling.fill(role, value, Slot(role, value, None, "paragraph"))
        act = CAPACITY if would_fit else model.act
        out.append(Draft(i, clause, trigger, event, act, things, quantity, filling, ["figure-continued"]))
    return out


def figures_of(context: Context, i: int, clause: int | None, before: Sequence[Draft]) -> list[Figure]:
    """Return the figures of a clause; shares and bare numbers are taken of the figure before them."""
    found = named_figures(context, i, clause)
    told = next((d for d in reversed(before) if d.quantity is not None), None)
    if told is None or told.quantity is None or i - told.sentence > REACH:
        return found
    last = told.quantity
    known = {q.span for q, _ in found}
    return found + [(q, None) for q in bare_counts(context, i, clause, last) if q.span not in known]


def _goes_on(context: Context, i: int, model: Draft, quantity: Quantity, item: ItemMention | None) -> bool:
    """Tell whether a figure goes on with an event: the less it names, the nearer the event must be told.

    People are counted for many reasons, and what a share or a multiple is of stands beside it.
    """
    near = context.same_block(model.sentence, i)
    same = model.quantity is not None and model.quantity.unit == quantity.unit
    if quantity.unit == "people":
        return near or i - model.sentence <= CLOSE
    if quantity.kind == "fraction":
        return (
            model.sentence == i
            or (near and quantity.counted is None)
            or (item is not None and any(m.item == item.item for m in model.items))
        )
    if quantity.kind in ("factor", "percent"):
        return near or same or (quantity.kind == "percent" and i - model.sentence <= CLOSE)
    return True


def _told_of(context: Context, i: int, told: Sequence[Draft], quantity: Quantity, item: ItemMention | None) -> Draft:
    """Return the event that a figure goes on with: the last about the same thing, of the paragraph, or at all."""
    same = (d for d in told if item is not None and any(m.item == item.item for m in d.items))
    unit = (d for d in told if d.quantity is not None and d.quantity.unit == quantity.unit is not None)
    near = (d for d in told if context.same_block(d.sentence, i))
    return next(same, None) or next(unit, None) or next(near, None) or told[0]
