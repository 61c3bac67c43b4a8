"""What a draft leaves open, from the paragraph before it and from what the article is about.

An article names its sides and its things once and goes on with "die Panzer", "sie", or nothing. What is filled here
keeps its step ("paragraph", "article"), so that a reader sees that the clause itself does not say it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from beleg.claim.conditions import turned_round
from beleg.claim.context import Context
from beleg.claim.event_draft import Draft
from beleg.claim.frames import grammar
from beleg.claim.slots import negated
from beleg.claim.things import is_arms, says_little
from beleg.model import ItemMention, Slot

SIDES = ("supplier", "recipient")
OTHER = {"supplier": "recipient", "recipient": "supplier"}
TWO_SIDED = (
    "transfer",
    "deployment",
    "agreement",
    "request",
    "statement",
    "control",
)  # events whose sides may stand elsewhere

OF_ANYBODY = ("control", "request")  # of no certain giver where the clause and the paragraph name none


def complete(context: Context, drafts: Sequence[Draft]) -> None:
    """Fill items, then sides, in place.

    What the clause itself names stays, but for two things: a word that only takes things up gives way to them ("die
    Lieferung"), and the sides of an agreement are turned as the article's deliveries run.
    """
    main = main_item(context)
    last: Draft | None = None
    for d in drafts:
        if all(map(says_little, d.items)):
            near = last.items if last is not None and last.sentence >= d.sentence - 1 and d.event != "statement" else ()
            d.items = near or ((main,) if main is not None else d.items)
        last = d
    _direct(context, drafts)
    pairs = Counter(
        (d.filling.values["supplier"], d.filling.values["recipient"])
        for d in drafts
        if d.event in TWO_SIDED and all(side in d.filling.values for side in SIDES)
    )
    if not pairs:
        pairs.update(_likely_pair(context, drafts))
    targets = _targets(context, drafts)
    last = None
    for d in drafts:
        if d.event in TWO_SIDED:
            _sides(context, d, last, pairs)
            last = d
            if d.event == "control" and "actor" not in d.filling.values:  # who permits an export is its supplier
                value = d.filling.values.get("supplier") if d.filling.near("supplier") else None
                d.filling.fill("actor", value, Slot("actor", value or "", None, "clause"))
        else:
            _other_roles(context, d, pairs, targets)


def _direct(context: Context, drafts: Sequence[Draft]) -> None:
    """Turn the sides of agreements as the article's deliveries and purchases run: "X und Y unterzeichneten …"."""
    lead: Counter[str] = Counter()  # how much more often somebody gives than gets
    for d in drafts:
        if d.event in TWO_SIDED and d.trigger is not None and not _undirected(context, d):
            lead[d.filling.values.get("supplier", "")] += 1
            lead[d.filling.values.get("recipient", "")] -= 1
    for d in drafts:
        if _undirected(context, d):
            gives, gets = (d.filling.values.get(side, "") for side in SIDES)
            if lead[gets] * bool(gets) > lead[gives] * bool(gives):
                d.filling.turn()


def _undirected(context: Context, draft: Draft) -> bool:
    return draft.trigger is not None and grammar(context.language, draft.trigger.frame.grammar).undirected


def _likely_pair(context: Context, drafts: Sequence[Draft]) -> list[tuple[str, str]]:
    """Return the sides of an article in which no claim names both, which names just two states: who rather gives."""
    sides = {
        side: Counter(d.filling.values[side] for d in drafts if d.event in TWO_SIDED and side in d.filling.values)
        for side in SIDES
    }
    rows = zip(context.sentences, context.actors, strict=True)
    states = [a for sentence, row in rows for a in row if a.kind == "state" and not negated(context, sentence, a)]
    named = sorted({a.country for a in states if a.country})
    if len(named) != len(SIDES):
        return []
    leads = [sides["supplier"][v] - sides["recipient"][v] for v in named]
    if leads[0] == leads[1]:
        return []
    return [(named[0], named[1]) if leads[0] > leads[1] else (named[1], named[0])]


def _targets(context: Context, drafts: Sequence[Draft]) -> Counter[str]:
    """Count who is fired at: those whom a clause names as such, and countries named beside those who fire."""
    out: Counter[str] = Counter()
    for d in drafts:
        if d.event in ("use", "casualties"):
            known = {d.filling.values.get(role) for role in ("actor", "supplier")}
            if "recipient" in d.filling.values:
                out[d.filling.values["recipient"]] += 2
            for place in context.places[d.sentence]:
                if place.country is not None and place.country not in known:
                    out[place.country] += 1
    return out


def _other_roles(
    context: Context, draft: Draft, pairs: Mapping[tuple[str, str], int], targets: Mapping[str, int]
) -> None:
    """Fill whose arms are used, what is aimed at, and to whom the return goes, from the article's sides."""
    if not pairs:
        return
    giver, taker = max(sorted(pairs), key=lambda p: pairs[p])
    values = draft.filling.values
    known: dict[str, str] = {}
    armed = any(is_arms(m) for m in (*draft.items, *context.items[draft.sentence]))
    if draft.event == "use" and armed and values.get("actor", taker) != giver:
        known["supplier"] = giver
    hit = max(sorted(targets), key=lambda t: targets[t], default=None)
    fired = draft.event in ("use", "casualties") and armed and values.get("actor", taker) == taker
    if fired and hit is not None and hit not in (values.get("actor"), giver, taker):
        known["recipient"] = hit
    if draft.event == "return" and values.get("supplier", taker) == taker and values.get("recipient", giver) == giver:
        known = {"supplier": taker, "recipient": giver}
    if draft.event == "component":
        known["recipient"] = giver
    for role, value in known.items():
        draft.filling.fill(role, value, Slot(role, value, None, "article"))


def main_item(context: Context) -> ItemMention | None:
    """Return the first mention of the arms that the article names most often."""
    arms = [m for row in context.items for m in row if is_arms(m) and not says_little(m)]
    counts = Counter(m.item for m in arms)
    return max(arms, key=lambda m: (counts[m.item], -m.span.start), default=None)


def _sides(context: Context, draft: Draft, last: Draft | None, pairs: Mapping[tuple[str, str], int]) -> None:
    values = draft.filling.values
    if last is not None and _same_paragraph(context, last, draft) and _agree(last.filling.values, values):
        turned = turned_round(context, draft.sentence, draft.clause)
        for side in SIDES:
            value = last.filling.values.get(OTHER[side] if turned else side)
            draft.filling.fill(side, value, Slot(side, value or "", None, "paragraph"))
    if draft.event in OF_ANYBODY and "supplier" not in values:
        return
    for pair in sorted(pairs, key=lambda p: (-pairs[p], p)):
        if all(side in values for side in SIDES):
            return
        if _agree(dict(zip(SIDES, pair, strict=True)), values):
            for side, value in zip(SIDES, pair, strict=True):
                draft.filling.fill(side, value, Slot(side, value, None, "article"))
    for side in SIDES:  # nobody named beside this one: the side that most of the article's events have
        if side not in values and OTHER[side] in values:
            counts: Counter[str] = Counter()
            for pair, n in pairs.items():
                counts[pair[SIDES.index(side)]] += n
            if counts:
                value = max(sorted(counts), key=lambda v: counts[v])
                draft.filling.fill(side, value, Slot(side, value, None, "article"))


def _same_paragraph(context: Context, a: Draft, b: Draft) -> bool:
    return context.sentences[a.sentence].block == context.sentences[b.sentence].block


def _agree(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Tell whether two events can have the same sides: neither names another, and none stands on both sides."""
    return all(other.get(side, one[side]) == one[side] for side in SIDES if side in one) and not any(
        side in one and one[side] == other.get(OTHER[side]) for side in SIDES
    )
