"""Which origins lean on one another, as far as the texts show it.

Outlets whose own reports share their wording or carry one agency's sign; and bodies that give one number the same rare
wrong unit, item or date. That two outlets print the same speaker is no dependence between origins but one origin. Low
overlap, another language or a rewrite shows no independence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

from beleg.ledger.days import FUTURE, PAST, Moment, gap_days
from beleg.ledger.reading import Entry, numbers_of
from beleg.ledger.tables import LedgerTables
from beleg.ledger.values import Dependence
from beleg.model import Document
from beleg.read.near import NearCopy
from beleg.read.outlets import find_credits

TELLING = 1000  # smaller numbers coincide too often to show anything

Edges = dict[tuple[str, str], Dependence]


def settled(decided: Sequence[Dependence], *found: Edges) -> tuple[Dependence, ...]:
    """Return the edges that people decided, and of those found by rule the first for every two bodies that remain."""
    out: Edges = {(d.one, d.other): d for d in decided}
    for edges in found:
        for pair in sorted(edges):
            out.setdefault(pair, edges[pair])
    return tuple(out.values())


def by_wording(entries: Sequence[Entry], pairs: Iterable[NearCopy]) -> Edges:
    """Return a dependent edge for every two outlets that share the wording of their own reports.

    Args:
        entries: Of one matter.
        pairs: Its documents that share wording, with the share.
    """
    own = voices(entries)
    found: Edges = {}
    for pair in pairs:
        for a in own.get(pair.first, ()):
            for b in own.get(pair.second, ()):
                what = f"{pair.containment:.0%} of the wording shared: {pair.first}, {pair.second}"
                tie(found, a, b, what)
    return found


def by_credit(entries: Sequence[Entry], documents: Mapping[str, Document]) -> Edges:
    """Return a dependent edge between an outlet and the agency whose sign its own report carries, and between outlets
    whose reports carry one sign."""
    found: Edges = {}
    credited: dict[str, list[tuple[str, str]]] = {}
    for name, bodies in sorted(voices(entries).items()):
        document = documents.get(name)
        for credit in find_credits(document.text) if document is not None else ():
            where = f"“{credit.text}” at {credit.span.start}–{credit.span.end} of {name}"
            for body in sorted(bodies):
                tie(found, body, credit.outlet, f"agency credit {where}")
                for other, there in credited.setdefault(credit.outlet, []):
                    tie(found, body, other, f"one agency's credit: {where}, {there}")
                credited[credit.outlet].append((body, where))
    return found


def twins_of(entries: Sequence[Entry]) -> frozenset[tuple[float, ...]]:
    """Return the numbers that more than one known body of a matter gives: where a shared error could show."""
    bodies: dict[tuple[float, ...], set[str]] = {}
    for e in entries:
        if e.origin.known and any(n >= TELLING for n in numbers_of(e)):
            bodies.setdefault(numbers_of(e), set()).add(e.origin.body)
    return frozenset(n for n, who in bodies.items() if len(who) > 1)


def by_shared_error(
    entries: Sequence[Entry],
    twins: Iterable[tuple[float, ...]],
    elsewhere: Mapping[tuple[float, ...], Sequence[Entry]],
    tables: LedgerTables,
) -> Edges:
    """Return a dependent edge for every two bodies that give the same number with the same rare unit, item or date.

    It is an error as far as the ledger can tell where more bodies of the tables give the number in another unit, of an
    item that is neither above nor below, or counted from other days. Prints are not counted: copies can neither make an
    error nor unmake one. One such mistake weighs as much as dozens of truths.

    Args:
        entries: Of one matter.
        twins: Its numbers that several bodies give (``twins_of``).
        elsewhere: Entries of all matters between the same sides, by number.
    """
    found: Edges = {}
    for number in sorted(twins):
        here = [e for e in entries if numbers_of(e) == number and e.origin.known]
        others = elsewhere.get(number, ())
        _share(found, number, here, [e for e in others if _other_thing(here[0], e, tables)], _thing, tables)
        dated = [e for e in here if stated_days(e) is not None]
        if dated:
            same = [e for e in others if not _other_thing(dated[0], e, tables)]
            apart = [e for e in same if _other_days(dated, e, tables.near_start_days)]
            _share(found, number, dated, apart, _when, tables)
    return found


def _share(
    found: Edges,
    number: tuple[float, ...],
    here: Sequence[Entry],
    there: Sequence[Entry],
    said: Callable[[Entry], str],
    tables: LedgerTables,
) -> None:
    """Tie the bodies of some entries where more bodies of the tables say it otherwise; ``said`` puts it in words."""
    bodies = sorted({e.origin.body for e in here})
    right = {e.origin.body for e in there if e.origin.listed} - set(bodies)
    if len(bodies) < 2 or len(right) <= len({e.origin.body for e in here if e.origin.listed}):
        return
    false, _ = likelihood_ratios(tables.error_rate, tables.wrong_values, tables.copied_share)
    usual = min((e for e in there if e.origin.body in right), key=lambda e: (tuple(x or "" for x in e.key), e.rank))
    figure, prints = "–".join(f"{n:,.0f}" for n in number), ", ".join(sorted({e.claim.document for e in here}))
    what = (
        f"shared rare error: {figure} {said(here[0])} in {prints}; elsewhere {said(usual)} "
        f"(likelihood ratio {false:.0f} : 1)"
    )
    for a, b in combinations(bodies, 2):
        tie(found, a, b, what)


def _thing(e: Entry) -> str:
    return f"{e.key.unit or ''} of {e.key.item}"


def _when(e: Entry) -> str:
    days = stated_days(e)
    return f"{e.key.unit or ''} from {days.text() if days is not None else 'no day'} on"


def stated_days(e: Entry) -> Moment | None:
    """Return from when a figure counts, as its text states it; None where it does not."""
    days = e.start or e.window
    return days if days is not None and days.known else None


def _other_days(here: Sequence[Entry], other: Entry, near: int) -> bool:
    days = stated_days(other)
    if days is None or other.counting not in {e.counting for e in here}:
        return False
    return all(gap_days(days, d) > near for e in here if (d := stated_days(e)) is not None)


def likelihood_ratios(error: float, values: int, copied: float) -> tuple[float, float]:
    """Return how much likelier copying makes a shared false value, and a shared true one (Dong et al. 2009).

    >>> [round(r, 2) for r in likelihood_ratios(0.1, 100, 0.8)]
    [800.2, 1.09]
    """
    by_chance = error**2 / values
    true_by_chance = (1 - error) ** 2
    false = (error * copied + by_chance * (1 - copied)) / by_chance
    return false, ((1 - error) * copied + true_by_chance * (1 - copied)) / true_by_chance


def _other_thing(one: Entry, other: Entry, tables: LedgerTables) -> bool:
    a, b = one.key, other.key
    if a.unit != b.unit:
        return True
    return a.item != b.item and a.item not in tables.above(b.item) and b.item not in tables.above(a.item)


def voices(entries: Sequence[Entry]) -> dict[str, set[str]]:
    """Return the outlets that are origins themselves, by document."""
    found: dict[str, set[str]] = {}
    for e in entries:
        if e.origin.known and not e.claim.sources:
            found.setdefault(e.claim.document, set()).add(e.origin.body)
    return found


def tie(found: Edges, a: str, b: str, what: str, until: int = FUTURE) -> None:
    """Note that two bodies are dependent, unless it is noted already; ``until`` as in ``Dependence``."""
    if a != b:
        one, other = sorted((a, b))
        found.setdefault((one, other), Dependence(one, other, "dependent", what, PAST, until))
