"""All finders over one document: what is named, counted and dated, in text order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from beleg.find.actors import find_actors
from beleg.find.dates import find_times
from beleg.find.handing import handing_over
from beleg.find.items import find_items
from beleg.find.places import find_places
from beleg.find.quantities import find_quantities
from beleg.model import ActorMention, Document, ItemMention, Mentions, PlaceMention, Problem, Quantity, Sentence

MOST = 1e8  # a bare number above is money that has lost its currency
ELLIPSIS = 250  # code points: how far back a count without a noun looks for what it counts
UNCOUNTED = (None, "deliveries", "attacks", "launches", "plants", "contracts", "jobs")
GROUPS = ("batteries", "squadrons", "packages")  # of several things: three batteries of a system are not three of it
GENERAL_UNITS = (None, "pieces", "people")  # give way to what the item says: "zwei KN-23" are missiles

WHOLE = 100  # percent
ALIKE = 100  # sums that stand side by side differ less than so many times


def find_mentions(
    document: Document, sentences: Sequence[Sentence], *, language: str | None = None
) -> tuple[Mentions, list[Problem]]:
    """Find actors, items, quantities, times and places of a document.

    Args:
        document: As read; ``text`` and ``published`` are used.
        sentences: Its sentences in text order, parsed or not.
        language: ISO 639-1; the document's own where it is not given.

    Returns:
        Mentions, each kind in text order; and the doubts, each with the document's name.

    Raises:
        TableError: the language has no tables.
    """
    chosen = language or document.language or ""
    text = document.text
    times, problems = find_times(text, sentences, chosen, document.published)
    quantities, more = find_quantities(text, sentences, chosen, times)
    problems += more
    actors, more = find_actors(text, sentences, chosen)
    problems += more
    places, more = find_places(text, sentences, chosen)
    problems += more
    handed = handing_over(text, sentences, actors, places, chosen)
    items, more = find_items(text, sentences, chosen, handed)
    problems += more
    mentions = Mentions(
        actors=tuple(actors),
        items=tuple(items),
        quantities=tuple(with_units(quantities, items)),
        times=tuple(times),
        places=tuple(p for p in places if not _inside_name(p, actors)),
    )
    return mentions, [replace(p, document=document.name) for p in problems]


def _inside_name(place: PlaceMention, actors: Sequence[ActorMention]) -> bool:
    """Tell whether a place is only part of what names somebody: "das Regime in Pjöngjang"."""
    return any(a.span.overlaps(place.span) and a.kind != "state" for a in actors)


def with_units(quantities: Sequence[Quantity], items: Sequence[ItemMention]) -> list[Quantity]:
    """Give a count the unit of the item it counts.

    A count with no noun at all ("15 weitere", "etwa 10.000") takes that of the last counted item shortly before it.
    """
    out: list[Quantity] = []
    for q in quantities:
        if q.kind in ("count", "vague"):
            item = counted_item(q, items)
            if item is None and q.counted is None and q.unit is None:
                named = _before(q, items)
                q = _going_on(q, out, named)
                whole = (q.low or q.high or 0) < MOST and (q.low or q.high or 0) % 1 == 0
                item = named if q.unit is None and whole else None
            if item is not None and item.unit is not None and _gives_way(q.unit, item.unit):
                q = replace(q, unit=item.unit)
        out.append(q)
    return out


def _gives_way(noun: str | None, item: str) -> bool:
    """Tell whether the unit of a number's noun gives way to that of the item it lies in."""
    return noun in GENERAL_UNITS or (noun not in GROUPS and item not in UNCOUNTED)


def _going_on(quantity: Quantity, before: Sequence[Quantity], named: ItemMention | None) -> Quantity:
    """Return a bare number in the unit of a share or sum just before it, where it is of its size and nothing else is
    named between: "16 Prozent auf europäische, 9 auf asiatische", "von 1,2 Milliarden Euro auf 900 Millionen"."""
    value = quantity.low or quantity.high or 0.0
    last = before[-1] if before else None
    if last is None or quantity.kind != "count" or quantity.span.start - last.span.end > ELLIPSIS:
        return quantity
    if named is not None and named.span.start > last.span.end:
        return quantity
    size = last.low or last.high or 0.0
    share = last.kind == "percent" and 0 < value <= WHOLE
    money = last.kind == "money" and size > 0 and 1 / ALIKE <= value / size <= ALIKE
    return replace(quantity, unit=last.unit, kind=last.kind) if share or money else quantity


def counted_item(quantity: Quantity, items: Sequence[ItemMention]) -> ItemMention | None:
    """Return the item that a quantity counts: the one its noun lies in, else the one that follows at once."""
    if quantity.counted is not None:
        return next((i for i in items if i.span.overlaps(quantity.counted)), None)
    end = quantity.span.end
    return next((i for i in items if end <= i.span.start < end + 2), None)


def _before(quantity: Quantity, items: Sequence[ItemMention]) -> ItemMention | None:
    """Return the last item before a quantity that can be counted, where it stands near enough."""
    start = quantity.span.start
    near = [i for i in items if start - ELLIPSIS < i.span.start < start and i.unit not in UNCOUNTED]
    return near[-1] if near else None
