"""Whose words a plain sentence goes on with, where the clause network is sure and no word says so.

"Insgesamt sind es 40 Züge." after what an official said is still the official's: grammar does not show it. The network
picks among the sources that spoke before. It never touches a denial, and one that only it sees is a doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from typing import NamedTuple

from beleg.claim.context import Context
from beleg.claim.event_draft import Draft
from beleg.claim.signals import NOBODY
from beleg.claim.stance_table import stance_kinds
from beleg.model import Attribution, Claim, Problem, Source, Stance

LEAST_SOURCE = 0.6  # probability from which a source is taken for a clause that no attribution holds …
MOST_OWN = 0.5  # … unless the outlet's own voice is as likely as this
LEAST_DENIED = 0.7  # … from which a denial that no word shows is told as a doubt
AFFIRMED: tuple[Stance, ...] = ("said", "hedged")  # by kinds of saying that something can go on with
ASSERTED: tuple[Stance, ...] = ("fact", "said", "hedged")


class UnmarkedWords(NamedTuple):
    """Whose words a clause is that no word of saying marks."""

    chains: tuple[tuple[Source, ...], ...]
    rule: str  # that tells it


def carried_words(context: Context, draft: Draft) -> UnmarkedWords | None:
    """Return whose words a plain clause goes on with, as the network has it: those of the nearest attribution before it
    that leads to the source, if that one affirms something."""
    signal = context.signal(draft.sentence, draft.clause)
    if signal is None or not context.topical or exp(signal.stances["fact"]) >= MOST_OWN:
        return None
    name = max(signal.named["origin"], key=lambda k: signal.named["origin"][k])
    chance = exp(signal.named["origin"][name])
    at = context.sentences[draft.sentence].span.start
    before = [a for a in context.attributions if a.span.start < at and any(c and c[-1].name == name for c in a.chains)]
    if name == NOBODY or chance < LEAST_SOURCE or not before:
        return None
    last = max(before, key=lambda a: a.span)
    if not _affirms(context, last):
        return None
    return UnmarkedWords(tuple(c for c in last.chains if c and c[-1].name == name), f"net:origin {name} {chance:.2f}")


def _affirms(context: Context, words: Attribution) -> bool:
    kind = stance_kinds(context.language).get(words.kind or "")
    return words.polarity == "+" and (kind is None or (kind.stance in AFFIRMED and kind.polarity == "+"))


def perhaps_denied(context: Context, drafts: Sequence[Draft], claims: Sequence[Claim]) -> list[Problem]:
    """Return a doubt for each claim that the network takes for a denial and no rule does."""
    out = []
    for draft, claim in zip(drafts, claims, strict=True):
        signal = context.signal(draft.sentence, draft.clause)
        chance = exp(signal.stances["denied"]) if signal is not None else 0.0
        if claim.stance in ASSERTED and chance >= LEAST_DENIED:
            message = f"told as {claim.stance}, but the clause network takes it for a denial ({chance:.2f}): read it"
            out.append(Problem("perhaps-denied", message, context.document.name, claim.span))
    return out
