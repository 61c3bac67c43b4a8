"""Numbers that no rule took: which of them an analyst would enter, and with which claim of their clause.

The learned head says of each number whether it stands in a claim; what it counts and how it is read comes from the
text alone. A claim of its clause without a number takes it; where there is none, it is told as one more claim like
the nearest of its clause ("head:figure 0.81" among the rules).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from beleg.claim.context import Context
from beleg.claim.event_draft import Draft
from beleg.claim.figures import COUNTED, bare_counts, counted_item, no_figure, with_unit
from beleg.claim.heads import Heads
from beleg.claim.relations import head_token, owner, preposition
from beleg.claim.slots import Filling
from beleg.model import ItemMention, Quantity

FIGURE = "figure"  # name of the head
LEAST = 0.8  # probability from which a number is entered
LENGTH = 6  # letters of a word's end that tell something of what is counted
Free = tuple[Quantity, ItemMention | None, list[Draft]]  # a number, the thing it counts, the claims of its clause


def free_figures(context: Context, drafts: Sequence[Draft]) -> list[Free]:
    """Return the numbers that stand in a clause with a claim and in no claim, in text order."""
    out: list[Free] = []
    last: Quantity | None = None
    taken = {d.quantity.span for d in drafts if d.quantity is not None}
    told: dict[tuple[int, int | None], list[Draft]] = {}
    for d in drafts:
        told.setdefault((d.sentence, d.clause), []).append(d)
    for i, sentence in enumerate(context.sentences):
        bare = (
            {q.span: q for c in range(len(sentence.clauses)) for q in bare_counts(context, i, c, last)} if last else {}
        )
        for q in context.quantities[i]:
            at = head_token(sentence, q.number or q.span)
            here = told.get((i, owner(sentence, at)), []) if at is not None and sentence.parsed else []
            known = next((d.quantity for d in here if d.quantity is not None and d.quantity.span == q.span), None)
            last = known or last
            open_ = q.low is None and q.high is None
            if not here or q.kind not in COUNTED or open_ or q.span in taken or no_figure(context, i, q):
                continue
            item = counted_item(context, i, q)
            read = bare.get(q.span) or with_unit(q, item)
            out.append((read, item, here))
    return out


def figure_answers(context: Context, free: Free) -> list[Sequence[str]]:
    """Return the features of a number that stands in a claim, and of one that does not."""
    return [("figure", *_features(context, *free)), ()]


def _features(context: Context, quantity: Quantity, item: ItemMention | None, drafts: Sequence[Draft]) -> list[str]:
    sentence = context.sentences[drafts[0].sentence]
    found = {
        f"number={quantity.kind}", f"unit={quantity.unit}", f"bound={quantity.bound}", f"approx={quantity.approx}",
        f"item={item.kind if item is not None else None}", f"claims={min(2, len(drafts))}",
        f"size={len(str(int(quantity.low or quantity.high or 0)))}",
    }  # fmt: skip
    for d in drafts:
        kind = d.items[0].kind if d.items else None
        found |= {
            f"of={d.event}", f"of={d.event} {quantity.kind}", f"of={d.event} unit={quantity.unit}",
            f"of={d.event} counted={d.quantity is not None}", f"thing={kind}", f"thing={kind} unit={quantity.unit}",
            f"rule={d.rules[0] if d.rules else ''}",
        }  # fmt: skip
        if d.quantity is not None:
            found.add(f"like={d.quantity.unit == quantity.unit} {d.quantity.kind == quantity.kind}")
    at = head_token(sentence, quantity.number or quantity.span)
    if at is not None:
        word = sentence.tokens[at]
        found |= {f"stands={word.deprel}", f"behind={preposition(sentence.tokens, at)}"}
        above = sentence.tokens[word.head] if word.head >= 0 else None
        found |= {f"above={above.upos}", f"above={above.lemma.lower()}"} if above is not None else {"above=root"}
        if at:
            found.add(f"before={sentence.tokens[at - 1].lemma.lower()}")
    noun = next((t for t in sentence.tokens if quantity.counted and t.start == quantity.counted.start), None)
    if noun is not None:
        lemma = noun.lemma.lower()
        found |= {f"noun={lemma}", f"noun-end={lemma[-LENGTH:]}", f"noun stands={noun.deprel}"}
    else:
        found.add("noun=none")
    return sorted(found)


def enter_figures(context: Context, drafts: list[Draft], heads: Heads) -> list[Draft]:
    """Return the drafts with the numbers that the head enters, by sentence; drafts without a number take one in place.

    Args:
        context: The document's mentions by sentence.
        drafts: Those that stand, by sentence.
        heads: The learned part; without this head nothing is entered.
    """
    if FIGURE not in heads.tables:
        return drafts
    more: list[Draft] = []
    for free in free_figures(context, drafts):
        chance = heads.probabilities(FIGURE, figure_answers(context, free))[0]
        if chance < LEAST:
            continue
        quantity, item, here = free
        near = min(here, key=lambda d: _far(context, d, quantity))
        rule = f"head:figure {chance:.2f}"
        if near.quantity is None:
            near.quantity = quantity
            near.rules.append(rule)
            continue
        things = (item,) if item is not None else near.items
        filling = Filling(dict(near.filling.values), list(near.filling.slots))
        more.append(replace(near, items=things, quantity=quantity, filling=filling, rules=[*near.rules, rule]))
    return sorted((*drafts, *more), key=lambda d: d.sentence)


def _far(context: Context, draft: Draft, quantity: Quantity) -> tuple[bool, int]:
    """Return how far a number stands from a draft's word; one that has no number yet comes first."""
    at = context.sentences[draft.sentence].tokens[draft.trigger.token].start if draft.trigger is not None else 0
    return draft.quantity is not None, abs(at - quantity.span.start)
