"""Is this about arms of states and armed groups at all? Keeps crime, sport and weather out of the ledger.

An article is topical where it names arms of war often enough for its length. Elsewhere a claim counts only if it names
such arms itself and somebody who gives, gets or uses them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from beleg.find.item_tables import item_kinds, item_rows
from beleg.model import ItemMention

TROOPS = ("troops", "soldiers")  # units of those who fight
MENTIONS = 3  # arms of war named this often, in a notice of a few lines once …
LINES = 400  # code points for each further mention that is asked for
SPREAD = 900  # … and at least once in so many code points make an article one about arms


def of_war(item: ItemMention) -> bool:
    """Tell whether an item is arms of war or troops, wherever it is named; of ships and vehicles, only certain ones."""
    row, kind = item_rows().get(item.item), item_kinds().get(item.kind)
    named = kind is not None and kind.war == "named" and row is not None and row.parent is not None
    above = item_rows().get(row.parent) if row is not None and row.parent is not None else None
    serves = item.unit in TROOPS or (above is not None and above.unit in TROOPS)  # a brigade, military instructors
    return (kind is not None and kind.war == "yes") or named or serves


def is_topical(items: Iterable[ItemMention], length: int) -> bool:
    """Tell whether an article of ``length`` code points that names ``items`` is about arms."""
    named = sum(map(of_war, items))
    return named >= min(MENTIONS, 1 + length // LINES) and named * SPREAD >= length


def concerns_arms(
    items: tuple[ItemMention, ...], sides: Mapping[str, str], *, topical: bool, itself: bool = False
) -> bool:
    """Tell whether a claim belongs in the ledger: in an article about arms, or with arms of war and a side named."""
    return topical or itself or (any(of_war(m) for m in items) and bool(sides))
