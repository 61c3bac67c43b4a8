"""What would fit into something, never what was moved; and what a clause says outright to be inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from beleg.claim.closed import closed_classes
from beleg.claim.context import Context
from beleg.claim.event_draft import Draft
from beleg.claim.frames import Trigger
from beleg.model import Act, Bound, Clause, Sentence, Stance

CAPACITY: Act = "capacity"  # what would fit is never told as what was moved
WOULD_FIT = "would-fit"  # rule of a figure that only an unreal condition gives
DONE: tuple[Act, ...] = ("delivered", "shipped")  # what is planned is not done
CONDITIONS = ("adverbial", "infinitive")  # kinds of clauses that can be a condition
ESTIMATED: tuple[Bound, ...] = ("up_to", "at_most", "about")  # bounds of what was computed rather than counted


def settled_act(draft: Draft, stance: Stance, context: Context, clause: Clause | None) -> Act:
    """Return the act of a claim, now that its stance is known.

    What is planned is intended. What a clause says outright to be inside is held: "enthielten mehr als 300 Patronen".
    With "könnte", a doubt, an upper bound or an estimate it stays what would fit.
    """
    if stance == "planned" and draft.act in DONE:
        return "intended"
    frame = draft.trigger.frame if draft.trigger is not None else None
    can = clause is not None and clause.modal in closed_classes(context.language).can
    word = context.sentences[draft.sentence].tokens[clause.root] if clause is not None else None
    if frame is not None and frame.able is not None and can and word is not None and word.feat("VerbForm") == "Inf":
        return frame.able  # "kann 200 Panzer laden"; what it could have loaded is no room
    outright = frame.outright if frame is not None else None
    if outright is None or draft.act != CAPACITY or clause is None or not draft.rules[0].startswith("frame:"):
        return draft.act
    quantity = draft.quantity
    counted = quantity is None or not (quantity.approx or quantity.bound in ESTIMATED)
    return outright if counted and clause.modal is None and stance in ("fact", "said") else draft.act


def unreal(sentence: Sentence, clause: int | None, groups: Mapping[int | None, Sequence[Trigger]]) -> Trigger | None:
    """Return the word of filling under whose condition a clause in the Konjunktiv II stands, as told by its own verb.

    "Wären die Container gefüllt, kämen 3.200 Stück zusammen": what comes together is what would fit.
    """
    if clause is None or sentence.clauses[clause].mood != "sub2":
        return None
    for n, triggers in groups.items():
        under = n is not None and sentence.clauses[n].parent == clause and _condition(sentence, sentence.clauses[n])
        for t in triggers if under else ():
            if t.frame.act == CAPACITY:
                return Trigger(sentence.clauses[clause].root, t.frame)
    return None


def _condition(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether a clause sets a condition: "Würde man die Waggons füllen, …" opens with its verb."""
    words = [t.start for t in sentence.tokens if t.upos != "PUNCT" and t.start >= clause.span.start]
    opens = clause.finite is not None and sentence.tokens[clause.finite].start == words[0]
    return clause.kind in CONDITIONS or opens
