"""A claim in the making, as the modules of this package hand it on: what is told, of what, by which word."""

from __future__ import annotations

from dataclasses import dataclass, field

from beleg.claim.frames import Trigger
from beleg.claim.slots import Filling
from beleg.model import Act, EventKind, ItemMention, Quantity

Figure = tuple[Quantity, ItemMention | None]  # a number and the thing it counts


@dataclass(slots=True)
class Draft:
    """A claim in the making."""

    sentence: int
    clause: int | None
    trigger: Trigger | None
    event: EventKind
    act: Act
    items: tuple[ItemMention, ...]
    quantity: Quantity | None
    filling: Filling
    rules: list[str] = field(default_factory=list)
    observed: bool = False  # somebody counted it: "habe 1.204 Container registriert"
    itself: bool = False  # a word of the clause is about arms by itself: "Waffenembargo"
