"""What stays in doubt: what no claim came of, and why, and claims whose parties cannot both be right. It is told to the
reader, so that nothing vanishes, or looks surer than it is, without a word."""

from __future__ import annotations

from collections.abc import Sequence

from beleg.claim.context import Context, counted_in
from beleg.claim.event_draft import Draft
from beleg.claim.figures import figures_in, is_difference, is_whole
from beleg.model import Claim, Document, Problem, Span

NO_TEXT = ("removed", "aside")  # blocks that are no text of the article
STRIKING = ("use", "casualties")  # events by which somebody is hit by another


def off_topic(context: Context, drafts: Sequence[Draft]) -> list[Problem]:
    """Return one doubt for the passages that tell of an event and were passed over, at the first of them."""
    if not drafts:
        return []
    first = context.sentences[min(d.sentence for d in drafts)].span
    message = (
        f"{len(drafts)} passages tell of such events, but the article is not about arms and they name no arms of war "
        "with a side: no claims"
    )
    return [Problem("not-about-arms", message, context.document.name, first)]


def doubted(context: Context, drafts: Sequence[tuple[Draft, float]]) -> list[Problem]:
    """Return a doubt for each claim of the rules that the learned part left out, with its probability."""
    out = []
    for d, chance in drafts:
        rule = d.rules[0] if d.rules else "a rule"
        message = f"{rule} took this for a claim ({d.event}); left out, its learned probability is {chance:.2f}"
        out.append(Problem("claim-doubted", message, context.document.name, _place(context, d)))
    return out


def _place(context: Context, draft: Draft) -> Span:
    sentence = context.sentences[draft.sentence]
    return sentence.clauses[draft.clause].span if draft.clause is not None else sentence.span


def asked(context: Context, drafts: Sequence[Draft]) -> list[Problem]:
    """Return a doubt for each clause that would be a claim, were it not only asked or a mere condition."""
    message = "asked, or only a condition: told by nobody, so no claim"
    return [
        Problem("only-asked", message, context.document.name, s)
        for s in dict.fromkeys(_place(context, d) for d in drafts)
    ]


def unclaimed_figures(context: Context, claims: Sequence[Claim]) -> list[Problem]:
    """Return a doubt for each number of arms or troops in an article about them that stands in no claim."""
    if not context.topical:
        return []
    held = [c.quantity.span for c in claims if c.quantity is not None]
    out = []
    for i in range(len(context.sentences)):
        if context.block(i).kind in NO_TEXT:
            continue
        for quantity, _ in figures_in(context, i):
            counted = quantity.kind in ("count", "vague") and quantity.unit in counted_in()
            if counted and not any(span.overlaps(quantity.span) for span in held):
                message = f"{quantity.raw!r} ({quantity.unit}) stands in no claim: no word near it tells of an event"
                out.append(Problem("figure-unclaimed", message, context.document.name, quantity.span))
        shown = [c.span for c in claims if c.quantity is not None]
        for quantity in context.quantities[i]:  # "die ersten von 101 Wagen": no figure of the event, but not to be lost
            whole = quantity.unit in counted_in() and is_whole(context, i, quantity)
            if whole and not any(quantity.span.overlaps(s) for s in shown):
                message = f"{quantity.raw!r} ({quantity.unit}) only says of how many something is a part"
                out.append(Problem("figure-unclaimed", message, context.document.name, quantity.span))
            if quantity.unit in counted_in() and is_difference(context, i, quantity):
                message = f"{quantity.raw!r} ({quantity.unit}) only says how many more or fewer something is"
                out.append(Problem("figure-unclaimed", message, context.document.name, quantity.span))
    return out


def striking_themselves(document: Document, claims: Sequence[Claim]) -> list[Problem]:
    """Return a doubt for each claim in which one party both strikes and is hit: in nineteen of twenty one is wrong."""
    message = "{} both acts and is hit here: at least one of the two is doubtful"
    return [
        Problem("strikes-itself", message.format(c.actor), document.name, c.span)
        for c in claims
        if c.event in STRIKING and c.actor is not None and c.actor == c.recipient
    ]
