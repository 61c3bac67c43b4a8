"""What is said of a figure beside its bounds: that it came too fast to be believed, or speaks against its speaker.

Both are remarks for a reader. They take no figure out of force; the first sets the proposed digit of a bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from beleg.ledger.days import FUTURE, PAST, Moment
from beleg.ledger.tables import LedgerTables
from beleg.ledger.values import Denial, Figure, Key

TOO_FAST = "implausible-rate"
AGAINST_INTEREST = "against-interest"
DENIES = frozenset({"D1", "D4", "D5"})


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


def remarked(
    figures: Sequence[Figure], key: Key, start: Moment | None, denials: Sequence[Denial], tables: LedgerTables
) -> tuple[Figure, ...]:
    """Return the figures with their remarks.

    A party to the transfer that asserts what it denies elsewhere speaks against its interest.
    """
    deniers = {d.who for d in denials if d.bears and DENIES & set(d.types)} & {key.supplier, key.recipient}
    out = []
    for f in figures:
        notes = f.notes
        if f.active and too_fast(f, key.unit, start, tables):
            notes = (*notes, TOO_FAST)
        if f.active and f.origin.body in deniers:
            notes = (*notes, AGAINST_INTEREST)
        out.append(f if notes == f.notes else replace(f, notes=notes))
    return tuple(out)
