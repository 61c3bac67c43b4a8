"""What parties say against a matter. A denial constrains nothing; it is listed with its type and what it can oppose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from beleg.ledger.days import FUTURE, PAST, UNKNOWN, Moment, moment_of, moment_of_days
from beleg.ledger.origins import STATE_ORGANS, origin_of
from beleg.ledger.tables import LedgerTables
from beleg.ledger.values import Denial, Key, Origin
from beleg.model import Claim, Document

CATEGORICAL = frozenset({"D1", "D5"})  # against the event or an amount: these open the rival reading C = 0
DISOWNS = "D6"
NO_COMMENT = "D3"
SPEAKS_OF_GIVING = frozenset({"transfer", "deployment", "return", "agreement", "request", "statement"})
GIVING = SPEAKS_OF_GIVING | {"delivered", "ordered", "offered", "requested", "intended", "capacity"}  # acts of a key
SUMMARIES = frozenset({"title", "heading", "caption"})  # "no proof" becomes "denies" there


class Said(NamedTuple):
    """One denying claim, read."""

    claim: Claim
    origin: Origin
    who: str
    day: Moment
    types: tuple[str, ...]


def read_denial(claim: Claim, document: Document | None) -> Said | None:
    """Read a claim as a denial, or return None. A party that "cannot confirm" refuses comment (D3); others do not."""
    if claim.denial is None and claim.polarity != "-" and claim.stance not in ("denied", "unconfirmed"):
        return None
    types = tuple(sorted(set(re.findall(r"D[1-6]", claim.denial or ""))))
    origin = origin_of(claim, document.outlet if document else None)
    who = origin.country or origin.body
    if not types:
        party = origin.country is not None and origin.country in (claim.supplier, claim.recipient)
        if claim.stance == "denied" or (claim.polarity == "-" and origin.known):
            types = ("D1",)
        elif claim.stance == "unconfirmed" and party and origin.kind in STATE_ORGANS:
            types = ("D3",)
        else:
            return None
    if not origin.known:
        return None
    day = moment_of_days(document.published.days) if document else UNKNOWN
    if claim.said is not None and claim.said.start and claim.said.end:
        day = Moment(moment_of(claim.said.start).first, moment_of(claim.said.end).last)
    return Said(claim, origin, who, day, types)


def concerns(denial: Said, key: Key, tables: LedgerTables) -> bool:
    """Tell whether a denial speaks of this matter: same direction, and an item above, below or not named."""
    c = denial.claim
    if key.actor is not None or not (c.supplier or c.recipient):
        return False
    row = tables.acts.get(c.act)
    if key.act not in (GIVING if c.event in SPEAKS_OF_GIVING else {c.event, row.family if row else None}):
        return False
    if denial.types == (NO_COMMENT,) and denial.who not in (key.supplier, key.recipient):
        return False  # a silence says something of a party only
    if c.supplier not in (None, key.supplier) or c.recipient not in (None, key.recipient):
        return False
    item = tables.node_of(c.item_id) if c.item_id else None
    if item is None or item == key.item:
        return True
    content = key.item.partition(" of ")[2]  # "containers of food"
    said, here = tables.group(item), tables.group(content or key.item)
    if said is None or here is None:
        return True
    if here == "carrier" or said == "carrier":
        return not {said, here} & {"goods", "people"}
    if "any arms" in (said, here):
        return {said, here} <= {"any arms", "arms"}
    return item in tables.above(key.item) or key.item in tables.above(item)


def denials_of(said: Sequence[Said], start: Moment | None, first_day: Moment) -> tuple[Denial, ...]:
    """Gather denials by who and day.

    Args:
        said: The denials that concern a matter.
        start: S of the matter, None where none is stated.
        first_day: The day of its first figure: without a start, what was said before that opposes nothing.
    """
    began = start if start is not None else Moment(PAST, first_day.last)
    found: dict[tuple[str, str], list[Said]] = {}
    for d in sorted(said, key=lambda d: (d.day, d.claim.id)):
        found.setdefault((d.who, d.day.text()), []).append(d)
    out = []
    for (who, _), members in found.items():
        members = [d for d in members if d.claim.block not in SUMMARIES] or members
        day = members[0].day
        types = tuple(sorted({t for d in members for t in d.types}))
        bears = day.last >= (began.first if began.first > PAST else began.last) or day.last == FUTURE
        h0 = bears and bool(CATEGORICAL & set(types))
        why = "uttered after the period began" if bears else "uttered before the period began"
        voice = next((d for d in reversed(members) if d.claim.block == "body"), members[-1]).origin
        claims = tuple(d.claim.id for d in members)
        out.append(Denial(who, voice.speaker, day, types, claims, bears, h0, why))
    return tuple(out)


def disowned(said: Iterable[Said]) -> Mapping[str, Moment]:
    """Return the speakers that disowned a quotation, with the day; what they said before is withdrawn."""
    return {d.origin.speaker: d.day for d in said if DISOWNS in d.types}
