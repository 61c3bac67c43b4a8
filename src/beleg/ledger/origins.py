"""Where a claim comes from: the end of its source chain, and how many independent ends there are.

The chain is followed to the last named node that may have seen for itself. Organs of one state are one body. Between
two bodies there is one of three edges: dependent, independent, or (without evidence) unknown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import combinations

from beleg.ledger.days import Moment
from beleg.ledger.values import Dependence, Origin
from beleg.model import Claim

STATE_ORGANS = frozenset({"government", "military", "intelligence"})
UNKNOWN_BODY = "unknown"
MAX_GROUP = 24  # bodies with documented edges; more cannot be searched for the largest group in reasonable time

NO_ORIGIN = Origin("", UNKNOWN_BODY, "unknown", None, (), None, known=False, listed=False)


def origin_of(claim: Claim, outlet: str | None) -> Origin:
    """Return the end of the claim's chain.

    An outlet that speaks in its own voice without naming evidence has no known origin: most such sentences repeat
    what others said. With evidence of its own (it analysed pictures) the outlet is the origin.
    """
    chain = claim.sources
    if not chain:
        if claim.basis is not None and claim.form == "none" and outlet and claim.distance != "hearsay":
            return Origin(outlet, outlet, "media", None, (), claim.basis, known=True, listed=False)
        return Origin("", UNKNOWN_BODY, "unknown", None, (), claim.basis, known=False, listed=False)
    last = chain[-1]
    before = tuple(s.name for s in chain[:-1])
    if last.kind in STATE_ORGANS and last.country:
        return Origin(last.name, last.country, last.kind, last.country, before, claim.basis, known=True, listed=True)
    if last.kind in STATE_ORGANS and last.actor is None:
        # "das Militär" of a state that the text leaves open: a role, no origin.
        return Origin(last.name, UNKNOWN_BODY, last.kind, None, before, claim.basis, known=False, listed=False)
    if last.kind == "anonymous":
        named = next((s for s in reversed(chain[:-1]) if s.kind != "anonymous"), None)
        if named is not None:
            body = named.country if named.kind in STATE_ORGANS and named.country else named.actor or named.name
            return Origin(last.name, body, "anonymous", None, before, claim.basis, known=True, listed=bool(named.actor))
        if last.country:
            body = f"unnamed {last.country}"
            return Origin(last.name, body, "anonymous", last.country, before, claim.basis, known=True, listed=False)
        return Origin(last.name, UNKNOWN_BODY, "anonymous", None, before, claim.basis, known=False, listed=False)
    body = last.actor or last.name
    return Origin(last.name, body, last.kind, last.country, before, claim.basis, known=True, listed=bool(last.actor))


def independent_range(
    bodies: Collection[str],
    edges: Iterable[Dependence],
    compilers: Mapping[str, tuple[str, ...]],
    when: Mapping[str, Moment] | None = None,
) -> tuple[int, int]:
    """Return n_min and n_max of a set of bodies.

    Args:
        bodies: Known bodies; unknown origins are not among them.
        edges: Documented edges; one with dates holds only for what both bodies said within them.
        compilers: Bodies that gather their members' findings: they add nothing beside a member.
        when: The days on which each body said what is being counted.

    Returns:
        n_max, the bodies left once dependent ones are merged; n_min, the size of the largest group in which every
        pair is documented independent: 1 without such a pair, 0 without a body. Planted bodies change n_min by nothing,
        whatever they copy: only documented pairs make it up, and no such pair is merged.
    """
    present = set(bodies)
    for compiler in sorted(present & set(compilers)):
        members = compilers[compiler]
        others = {b for b in present if b != compiler and b not in compilers}
        if others and ("*" in members or others & set(members)):
            present.discard(compiler)
    if not present:
        return 0, 0
    edges = tuple(edges)
    if not edges:
        return 1, len(present)
    usable = [e for e in edges if e.one in present and e.other in present and _holds(e, when)]
    apart = {frozenset((e.one, e.other)) for e in usable if e.kind == "independent"}
    n_max = _merged(present, [e for e in sorted(usable) if e.kind == "dependent"], apart)
    tied = sorted({b for pair in apart for b in pair})[:MAX_GROUP]
    n_min = 1
    for size in range(2, len(tied) + 1):
        if not any(all(frozenset(p) in apart for p in combinations(group, 2)) for group in combinations(tied, size)):
            break
        n_min = size
    return n_min, n_max


def _merged(bodies: Collection[str], edges: Iterable[Dependence], apart: Collection[frozenset[str]]) -> int:
    """Count what is left once dependent bodies are one; who leans on two independent ones does not make them one."""
    group = {b: {b} for b in bodies}
    for e in edges:
        one, other = group[e.one], group[e.other]
        if one is other or any(frozenset((a, b)) in apart for a in one for b in other):
            continue
        one |= other
        group.update(dict.fromkeys(other, one))
    return len({id(g) for g in group.values()})


def _holds(edge: Dependence, when: Mapping[str, Moment] | None) -> bool:
    if when is None:
        return True
    return all(
        b not in when or (edge.since <= when[b].first and when[b].last <= edge.until) for b in (edge.one, edge.other)
    )
