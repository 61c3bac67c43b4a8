"""Headings and fragments without a verb: "19 Leopard für Kiew", "Tausende Soldaten aus Eritrea in Tigray".

Nothing names the event there; the thing, its number and the sides behind the prepositions do.
"""

from __future__ import annotations

from collections.abc import Sequence

from beleg.claim.context import Context
from beleg.claim.event_draft import Draft, Figure
from beleg.claim.frames import Trigger, frames_of
from beleg.claim.relations import head_token, owner
from beleg.claim.slots import fill_roles
from beleg.claim.things import event_for, is_arms, is_people

NAMED_BY = "title"  # value of "pos" in frames.toml


def verbless(context: Context, i: int, clause: int | None, figures: Sequence[Figure]) -> list[Draft]:
    """Return the event of a fragment that names arms or troops and a side, none for any other."""
    sentence = context.sentences[i]
    if clause is None or sentence.clauses[clause].kind != "fragment":
        return []
    for item in context.items[i]:
        at = head_token(sentence, item.span)
        if at is None or owner(sentence, at) != clause or not (is_arms(item) or is_people(item)):
            continue
        quantity = next((q for q, counted in figures if counted == item), None)
        for frame in frames_of(context.language, NAMED_BY):
            trigger, event = Trigger(at, frame), event_for(frame.event, item)
            filling = fill_roles(context, i, trigger, event, item)
            if any(map(filling.near, frame.must)):
                rules = [f"frame:{frame.key}", f"grammar:{frame.grammar}"]
                return [Draft(i, clause, trigger, event, frame.act, (item,), quantity, filling, rules)]
    return []
