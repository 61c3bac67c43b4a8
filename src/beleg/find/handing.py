"""Where something passes from one side to another: there a word like "Marder" means arms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from beleg.find.item_tables import item_phrases
from beleg.model import ActorMention, PlaceMention, Sentence, Span

SIDES = ("state", "government", "military", "group")  # kinds of those between whom arms pass
TWO = 2


def handing_over(
    text: str, sentences: Sequence[Sentence], actors: Iterable[ActorMention], places: Iterable[PlaceMention],
    language: str,
) -> list[Span]:  # fmt: skip
    """Return the sentences that name two sides and a word of giving or getting, in text order.

    A side is a state, a body of it or an armed group; a place stands for its country. One of the two at least is named
    itself and not by a place.

    Raises:
        TableError: the language has no tables.
    """
    giving = item_phrases(language).giving
    acting = [a for a in actors if a.kind in SIDES and (a.country or a.kind == "group")]
    named = [(a.span.start, a.country or a.name) for a in acting]
    lying = [(p.span.start, p.country) for p in places if p.country is not None]
    out = []
    for sentence in sentences:
        span = sentence.span
        own = {who for at, who in named if span.start <= at < span.end}
        sides = own | {country for at, country in lying if span.start <= at < span.end}
        if own and len(sides) >= TWO and giving.search(text, span.start, span.end):
            out.append(span)
    return out
