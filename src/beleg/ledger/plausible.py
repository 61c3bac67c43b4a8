"""What is said of a figure beside its bounds: that it came too fast to be believed or is more than what carried it
holds, or that it speaks against its speaker.

All are remarks for a reader. They take no figure out of force; the first two set the proposed digit of a bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from beleg.ledger.days import FUTURE, PAST, Moment
from beleg.ledger.origins import origin_of
from beleg.ledger.tables import LedgerTables
from beleg.ledger.values import Denial, Figure, Key
from beleg.model import Claim

TOO_FAST = "implausible-rate"
TOO_LADEN = "implausible-load"
AGAINST_INTEREST = "against-interest"
DENIES = frozenset({"D1", "D4", "D5"})


class Load(NamedTuple):
    """What carried a figure, as its speaker counts it in the same article: 70 voyages."""

    carriers: float
    unit: str


def loads_of(claims: Iterable[Claim], keys: Mapping[str, Key], tables: LedgerTables) -> dict[str, Load]:
    """Return what carried the figures of an article, by claim id.

    The carriers are those that the same origin counts between the same sides in the same way of counting; where it
    gives several numbers of them none is taken.

    Args:
        claims: All claims of one article.
        keys: Of the claims that belong to matters, by claim id.
    """
    counted = [c for c in claims if c.id in keys and c.quantity is not None]
    carriers = {unit for unit, _ in tables.loads}
    found: dict[tuple[object, ...], set[Load]] = {}
    for c in counted:
        key, q = keys[c.id], c.quantity
        most = q and (q.high if q.high is not None else q.low)
        if key.unit in carriers and most:
            found.setdefault(_told(c, key), set()).add(Load(most, key.unit))
    out = {}
    for c in counted if found else ():
        key = keys[c.id]
        fit = [load for load in found.get(_told(c, key), ()) if _says(load, c, key, tables)]
        if len(fit) == 1:
            out[c.id] = fit[0]
    return out


def _told(claim: Claim, key: Key) -> tuple[object, ...]:
    return key.supplier, key.recipient, key.act, origin_of(claim, None).body, claim.counting


def _says(load: Load, claim: Claim, key: Key, tables: LedgerTables) -> bool:
    row = tables.loads.get((load.unit, key.unit or ""))
    return row is not None and (not row.once or claim.counting == "single")


def too_fast(figure: Figure, unit: str | None, start: Moment | None, tables: LedgerTables) -> str:
    """Say how many a day a figure would mean where that is more than the table's most; "" where it is not.

    The longest stretch that the days allow is taken, and the lower bound.
    """
    most = tables.rates.get(unit or "")
    since = figure.start or start
    if most is None or since is None or since.first <= PAST or figure.end.last >= FUTURE:
        return ""
    days = max(1, figure.end.last - since.first + 1)
    if figure.low <= most * days:
        return ""
    return f"{figure.low:,.0f} {unit} in {days} days are more than {most:,} a day"


def too_laden(figure: Figure, unit: str | None, loads: Mapping[str, Load], tables: LedgerTables) -> str:
    """Say how much each carrier would have held where that is more than the table's most; "" where it is not.

    Of several prints the one with the most carriers is taken, and the lower bound.
    """
    said = max((loads[c] for c in figure.claims if c in loads), default=None)
    row = tables.loads.get((said.unit, unit or "")) if said is not None else None
    if said is None or row is None or figure.low <= row.most * said.carriers:
        return ""
    return f"{figure.low:,.0f} {unit} in {said.carriers:,.0f} {said.unit} are more than {row.most:,} in each"


def remarked(
    figures: Sequence[Figure],
    key: Key,
    start: Moment | None,
    denials: Sequence[Denial],
    loads: Mapping[str, Load],
    tables: LedgerTables,
) -> tuple[Figure, ...]:
    """Return the figures with their remarks.

    A party to the transfer that asserts what it denies elsewhere speaks against its interest.

    Args:
        loads: What carried the figures, by claim id (``loads_of``).
    """
    deniers = {d.who for d in denials if d.bears and DENIES & set(d.types)} & {key.supplier, key.recipient}
    out = []
    for f in figures:
        if not f.active:
            out.append(f)
            continue
        fast, laden = too_fast(f, key.unit, start, tables), too_laden(f, key.unit, loads, tables)
        against = f.origin.body in deniers
        notes = [c for c, said in ((TOO_FAST, fast), (TOO_LADEN, laden), (AGAINST_INTEREST, against)) if said]
        out.append(replace(f, notes=(*f.notes, *notes), implausible=fast or laden) if notes else f)
    return tuple(out)
