"""Claims for ledger tests, written short: who said what figure on which day."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from beleg.model import Claim, DayRange, Document, Published, Quantity, Source, Span, TextMap, TimeMention

HEDGES = {
    "mehr als": "more_than",
    "mindestens": "at_least",
    "etwa": "about",
    "bis zu": "up_to",
    "fast": "almost",
    "genau": "exact",
    "": "exact",
}


def document(name: str, day: str | None, outlet: str = "Beispiel-Anzeiger", text: str | None = None) -> Document:
    """An article published on a day (``2024-02-26``, ``2024-10-28..2024-11-30`` or None)."""
    days = None
    if day is not None:
        first, _, last = day.partition("..")
        days = DayRange(date.fromisoformat(first), date.fromisoformat(last or first))
    body = text if text is not None else f"Artikel {name}"
    return Document(
        name=name,
        path=f"{name}.txt",
        sha256=hashlib.sha256(body.encode()).hexdigest(),
        media_type="text/plain",
        language="de",
        title=None,
        outlet=outlet,
        authors=(),
        published=Published(days, "given" if days else "none"),
        text=body,
        source_text=body,
        map=TextMap(()),
        blocks=(),
    )


def time(start: str | None, end: str | None = None, *, since: bool = False) -> TimeMention:
    """A time expression; ``since``: open at its end."""
    return TimeMention(Span(0, 0), "", start, end, "text", open_end=since)


def quantity(words: str, unit: str | None = "containers") -> Quantity:
    """Read ``etwa 6700`` as hedge and number."""
    hedge, _, n = words.rpartition(" ")
    bound: Any = HEDGES[hedge]
    value = float(n)
    low = None if bound in ("up_to", "almost") else value
    high = None if bound in ("more_than", "at_least") else value
    return Quantity(Span(0, 0), words, low, high, bound in ("about", "almost"), bound, unit, "count")


def source(name: str, kind: Any = "government", country: str | None = None, actor: str | None = None) -> Source:
    return Source(raw=name, name=name, kind=kind, country=country, actor=actor)


def claim(
    id: str,
    doc: Document,
    words: str | None,
    *who: Source,
    counting: Any = "total",
    when: TimeMention | None = None,
    **other: Any,
) -> Claim:
    """A claim of arms containers from North Korea to Russia, unless said otherwise."""
    fields: dict[str, Any] = {
        "event": "transfer",
        "supplier": "KP",
        "recipient": "RU",
        "actor": None,
        "item": "shipping containers of arms",
        "item_id": "weapons",
        "place": None,
        "stance": "said",
        "basis": None,
        "form": "indirect",
        "act": "delivered",
        "span": Span(0, 10),
    }
    unit = other.pop("unit", "containers")
    fields.update(other)
    return Claim(
        id=id,
        document=doc.id,
        doc=doc.name,
        quantity=quantity(words, unit) if words is not None else None,
        counting=counting,
        time=when,
        sources=who,
        **fields,
    )
