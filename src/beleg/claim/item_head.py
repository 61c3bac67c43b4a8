"""What a claim is about, where the learned head is surer than the rules; it picks among things that are named.

Articles name a thing once and go on with "sie", "die Lieferungen" or nothing, while other things stand nearer. What the
head decided stands among the claim's rules with its probability ("head:item artillery shells 0.83").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from beleg.claim.context import Context
from beleg.claim.event_draft import Draft
from beleg.claim.heads import Heads
from beleg.claim.relations import head_token, owner, relation
from beleg.claim.relevance import of_war
from beleg.claim.things import is_arms, named, says_little
from beleg.model import ItemMention

ITEM = "item"  # name of the head
SURER = 2.0  # times likelier that another thing must be than that of the rules, to replace it
BEFORE, AFTER = 3, 1  # sentences whose things are asked about
FOREMOST = 3  # of the things that an article names most
MOST = 3  # counts and distances beyond it look alike
Things = tuple[ItemMention, ...]


def settle_items(context: Context, drafts: Sequence[Draft], heads: Heads) -> None:
    """Give drafts the thing that the head is surer of than the rules' own, in place."""
    if ITEM not in heads.tables:
        return
    found = []
    for n, draft in enumerate(drafts):
        choices, answers = item_answers(context, drafts, n)
        chances = heads.probabilities(ITEM, answers)
        best = max(range(len(chances)), key=lambda k: (chances[k], -k))
        if best and chances[best] > SURER * chances[0]:
            found.append((draft, choices[best], chances[best]))
    for draft, things, chance in found:
        draft.items = things
        draft.rules.append(f"head:item {', '.join(map(named, things))} {chance:.2f}")


def item_answers(context: Context, drafts: Sequence[Draft], n: int) -> tuple[list[Things], list[list[str]]]:
    """Return what a draft may be about, what the rules say first, and the features of each.

    Args:
        context: The document's mentions by sentence.
        drafts: All drafts, by sentence, filled in.
        n: Index of the one that is asked about.
    """
    draft = drafts[n]
    counts = Counter(m.item for row in context.items for m in row)
    choices: dict[str, tuple[Things, int]] = {}
    ruled = "+".join(m.item for m in draft.items)
    for i in (draft.sentence, *range(draft.sentence - 1, draft.sentence - 1 - BEFORE, -1), draft.sentence + AFTER):
        if 0 <= i < len(context.items):
            for m in context.items[i]:
                choices.setdefault(m.item, ((m,), i))
    first = {m.item: (m, i) for i, row in reversed([*enumerate(context.items)]) for m in reversed(row)}
    for item in sorted(counts, key=lambda k: (-counts[k], k))[:FOREMOST]:
        choices.setdefault(item, ((first[item][0],), first[item][1]))
    choices.pop(ruled, None)
    things = [draft.items, *(t for t, _ in choices.values())]
    places = [None, *(i for _, i in choices.values())]
    return things, [_features(context, drafts, n, t, i, counts) for t, i in zip(things, places, strict=True)]


def _features(
    context: Context, drafts: Sequence[Draft], n: int, things: Things, place: int | None, counts: Counter[str]
) -> list[str]:
    draft = drafts[n]
    whose = "ruled" if place is None else "other"
    out = [whose, f"{whose} event={draft.event}"]
    if not things:
        return [*out, f"{whose} nothing", f"{whose} nothing event={draft.event}"]
    m = things[0]
    at = place if place is not None else next((i for i, row in enumerate(context.items) if m in row), None)
    where = _where(context, draft, m, at)
    rank = sorted(counts, key=lambda k: (-counts[k], k)).index(m.item) if m.item in counts else MOST
    plain = [
        f"where={where}", f"kind={m.kind}", f"rank={min(rank, MOST)}", f"arms={is_arms(m)} war={of_war(m)}",
        f"little={says_little(m)}", f"several={len(things) > 1}",
    ]  # fmt: skip
    if draft.quantity is not None:
        q = draft.quantity
        counted = q.counted is not None and m.span.overlaps(q.counted)
        plain += [f"counted={counted}", f"unit={m.unit is not None and m.unit == q.unit} {q.kind}"]
    before = [d for d in drafts[max(0, n - 2) : n] if d.items]
    for k, d in enumerate(reversed(before)):
        plain.append(f"last{k}={d.items[0].item == m.item}")
    if not before:
        plain.append("first")
    word = draft.trigger.frame.key if draft.trigger is not None else ""
    own = (
        "own"
        if any(
            _where(context, draft, o, draft.sentence).startswith(("clause", "word"))
            for o in context.items[draft.sentence]
        )
        else "bare"
    )
    out += [f"{whose} {p}" for p in plain] + [f"{whose} {draft.event} {p}" for p in plain]
    out += [f"{whose} {own} {p}" for p in plain] + [f"{whose} {word} kind={m.kind}", f"{whose} {where} kind={m.kind}"]
    return out


def _where(context: Context, draft: Draft, item: ItemMention, place: int | None) -> str:
    """Tell how far from its claim a thing is named, and how it stands to the claim's word."""
    if place is None:
        return "nowhere"
    sentence = context.sentences[place]
    if place != draft.sentence:
        near = "" if sentence.block == context.sentences[draft.sentence].block else " other"
        return f"{max(-MOST - 1, min(place - draft.sentence, MOST))}{near}"
    at = head_token(sentence, item.span)
    if at is None or draft.trigger is None or not sentence.parsed:
        return "sentence"
    if draft.trigger.token == at:
        return "word"
    if owner(sentence, at) != draft.clause:
        return "sentence"
    rel = relation(sentence, item.span)
    return "clause" if rel is None or rel.governor != draft.trigger.token else "clause at"
