"""What another reading of the same document says otherwise, claim by claim."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from beleg.model import Claim

UNTOLD = {"id", "document", "doc", "slots", "rules", "cues"}  # how it was read, not what it says


@dataclass(frozen=True, slots=True)
class Change:
    """One claim that came, went or says something else."""

    kind: Literal["new", "gone", "changed"]
    old: Claim | None
    new: Claim | None
    fields: tuple[tuple[str, object, object], ...] = ()  # name, before, now


def changes(old: Sequence[Claim], new: Sequence[Claim]) -> list[Change]:
    """Compare two readings of one document, each in text order; the answer is in text order.

    A claim is the same as before where it stands at the same place about the same event and item; of what is left,
    where the place and the event are the same; then where the places overlap and the event is the same.
    """
    pairs: dict[int, int] = {}
    for same in _SAME:
        for j, b in enumerate(new):
            taken = set(pairs.values())
            if j not in pairs:
                found = next((i for i, a in enumerate(old) if i not in taken and same(a, b)), None)
                if found is not None:
                    pairs[j] = found
    gone = [Change("gone", a, None) for i, a in enumerate(old) if i not in pairs.values()]
    told = [_changed(old[pairs[j]], b) if j in pairs else Change("new", None, b) for j, b in enumerate(new)]
    return sorted([c for c in told if c is not None] + gone, key=_place)


_SAME: tuple[Callable[[Claim, Claim], bool], ...] = (
    lambda a, b: a.span == b.span and a.event == b.event and a.item_id == b.item_id,
    lambda a, b: a.span == b.span and a.event == b.event,
    lambda a, b: a.span.overlaps(b.span) and a.event == b.event,
)


def _changed(old: Claim, new: Claim) -> Change | None:
    fields = tuple(
        (f.name, getattr(old, f.name), getattr(new, f.name))
        for f in dataclasses.fields(Claim)
        if f.name not in UNTOLD and getattr(old, f.name) != getattr(new, f.name)
    )
    return Change("changed", old, new, fields) if fields else None


def _place(change: Change) -> tuple[int, int]:
    claim = change.new or change.old
    assert claim is not None
    return claim.span.start, claim.span.end
