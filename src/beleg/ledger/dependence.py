"""Which origins lean on one another, as far as the texts show it.

Outlets whose own reports share their wording or carry one agency's sign; and bodies that give one number the same rare
wrong unit. That two outlets print the same speaker is no dependence between origins but one origin. Low overlap,
another language or a rewrite shows no independence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

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
    voices = _voices(entries)
    found: Edges = {}
    for pair in pairs:
        for a in voices.get(pair.first, ()):
            for b in voices.get(pair.second, ()):
                what = f"{pair.containment:.0%} of the wording shared: {pair.first}, {pair.second}"
                _tie(found, a, b, what)
    return found


def by_credit(entries: Sequence[Entry], documents: Mapping[str, Document]) -> Edges:
    """Return a dependent edge between an outlet and the agency whose sign its own report carries, and between outlets
    whose reports carry one sign."""
    found: Edges = {}
    credited: dict[str, list[tuple[str, str]]] = {}
    for name, bodies in sorted(_voices(entries).items()):
        document = documents.get(name)
        for credit in find_credits(document.text) if document is not None else ():
            where = f"“{credit.text}” at {credit.span.start}–{credit.span.end} of {name}"
            for body in sorted(bodies):
                _tie(found, body, credit.outlet, f"agency credit {where}")
                for other, there in credited.setdefault(credit.outlet, []):
                    _tie(found, body, other, f"one agency's credit: {where}, {there}")
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
    """Return a dependent edge for every two bodies that count the same number in the same rare unit or item.

    The unit is an error as far as the ledger can tell where more bodies of the tables give the number in another unit,
    or of an item that is neither above nor below. Prints are not counted: copies can neither make an error nor unmake
    one. One such mistake weighs as much as dozens of truths.

    Args:
        entries: Of one matter.
        twins: Its numbers that several bodies give (``twins_of``).
        elsewhere: Entries of other matters between the same sides, by number.
    """
    found: Edges = {}
    for number in sorted(twins):
        here = [e for e in entries if numbers_of(e) == number and e.origin.known]
        there = [e for e in elsewhere.get(number, ()) if _other_thing(here[0], e, tables)]
        bodies = sorted({e.origin.body for e in here})
        right = {e.origin.body for e in there if e.origin.listed} - set(bodies)
        if len(right) <= len({e.origin.body for e in here if e.origin.listed}):
            continue
        false, _ = likelihood_ratios(tables.error_rate, tables.wrong_values, tables.copied_share)
        key, usual = here[0].key, min(e.key for e in there if e.origin.body in right)
        figure, prints = "–".join(f"{n:,.0f}" for n in number), ", ".join(sorted({e.claim.document for e in here}))
        what = (
            f"shared rare error: {figure} {key.unit or ''} of {key.item} in {prints}; elsewhere {usual.unit or ''} of "
            f"{usual.item} (likelihood ratio {false:.0f} : 1)"
        )
        for a, b in combinations(bodies, 2):
            _tie(found, a, b, what)
    return found


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


def _voices(entries: Sequence[Entry]) -> dict[str, set[str]]:
    """The outlets that are origins themselves, by document."""
    voices: dict[str, set[str]] = {}
    for e in entries:
        if e.origin.known and not e.claim.sources:
            voices.setdefault(e.claim.document, set()).add(e.origin.body)
    return voices


def _tie(found: Edges, a: str, b: str, what: str) -> None:
    if a != b:
        one, other = sorted((a, b))
        found.setdefault((one, other), Dependence(one, other, "dependent", what))
