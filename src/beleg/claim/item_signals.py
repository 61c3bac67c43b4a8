"""What a claim is about, where the clause network is surer of another thing than of what the rules took.

It picks among things that are named in the article's text. What it decided stands among the claim's rules with its
probability ("net:item troops 0.83").
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from beleg.claim.context import Context
from beleg.claim.event_draft import Draft
from beleg.claim.signals import LEFT_OUT, NOBODY
from beleg.claim.things import event_for
from beleg.find.item_tables import item_rows
from beleg.model import ItemMention

SURER = 3.0  # times likelier that another thing must be than those of the rules, to replace them
LEAST = 0.5  # probability below which nothing takes their place


def settle_items(context: Context, drafts: Sequence[Draft]) -> None:
    """Give claims the things that the network is surer of, in place.

    What a number counts stays, and no other thing may make another event of it: troops are not handed over.
    """
    for draft in drafts if context.topical else ():
        signal = context.signal(draft.sentence, draft.clause)
        if signal is None or _counts(draft):
            continue
        shares = {key: exp(x) for key, x in signal.named["item"].items()}
        theirs = [p for key, p in shares.items() if _like(draft, key)]
        best = max(shares, key=lambda k: shares[k])
        if not theirs or shares[best] < LEAST or shares[best] < SURER * sum(theirs):
            continue  # what was named too far away to be asked about stays
        mention = _mention(context, draft.sentence, best)
        if event_for(draft.event, mention) != draft.event or _counts_others(draft, mention):
            continue
        draft.items = (mention,) if mention is not None else ()
        draft.rules.append(f"net:item {mention.label if mention is not None else 'nothing'} {shares[best]:.2f}")


def _counts(draft: Draft) -> bool:
    """Tell whether a claim's number counts what it is about."""
    counted = draft.quantity.counted if draft.quantity is not None else None
    return counted is not None and any(counted.overlaps(m.span) for m in draft.items)


def _counts_others(draft: Draft, mention: ItemMention | None) -> bool:
    """Tell whether a claim's number names what it counts, and that is counted otherwise than a thing."""
    q = draft.quantity
    return q is not None and q.counted is not None and mention is not None and q.unit != mention.unit


def _like(draft: Draft, key: str) -> bool:
    """Tell whether a thing is of the kind that the rules took."""
    if not draft.items or key == NOBODY:
        return not draft.items and key == NOBODY
    row = item_rows().get(key)
    return key in {m.item for m in draft.items} or (row is not None and row.kind in {m.kind for m in draft.items})


def _mention(context: Context, i: int, key: str) -> ItemMention | None:
    """Return the mention of a thing that stands nearest to a sentence."""
    rows = [(n, row) for n, row in enumerate(context.items) if context.block(n).kind not in LEFT_OUT]
    found = [(abs(n - i), n, m) for n, row in rows for m in row if m.item == key]
    return min(found, key=lambda f: (f[0], f[1], f[2].span))[2] if found else None
