"""What people decided, made ready: which claims are taken, left out or corrected, which matters joined or divided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from beleg.ledger.days import FUTURE, PAST, moment_of
from beleg.ledger.values import Dependence
from beleg.model import Claim, Decision, Problem

TEXT_FIELDS = frozenset({"supplier", "recipient", "actor", "item", "item_id", "act", "counting", "stance", "polarity"})
LETTERS = frozenset("ABCDEF")


@dataclass(frozen=True, slots=True)
class Decided:
    """The decisions in force. Later ones win; those taken back are gone."""

    rejected: frozenset[str] = frozenset()
    accepted: frozenset[str] = frozenset()
    corrected: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    merged: tuple[tuple[str, str], ...] = ()
    split: Mapping[str, str] = field(default_factory=dict)  # claim id -> name of its own matter
    letters: Mapping[str, str] = field(default_factory=dict)
    dependence: tuple[Dependence, ...] = ()

    @property
    def reviewed(self) -> frozenset[str]:
        """The claims that a person has accepted or corrected."""
        return self.accepted | frozenset(self.corrected)


def taken_back(decisions: Sequence[Decision]) -> frozenset[str]:
    """Return the ids of decisions that are undone by one that is not undone itself; the oldest decision is first."""
    undone: set[str] = set()
    for d in reversed(decisions):
        if d.undoes and d.id not in undone:
            undone.add(d.undoes)
    return frozenset(undone)


def decided(decisions: Sequence[Decision]) -> tuple[Decided, list[Problem]]:
    """Sort decisions by what they change; the order of the log breaks ties.

    Returns:
        What is in force; and a problem for each decision that cannot be read, which then changes nothing.
    """
    undone = taken_back(decisions)
    rejected: set[str] = set()
    accepted: set[str] = set()
    corrected: dict[str, dict[str, Any]] = {}
    merged, split, letters, problems = [], {}, {}, []
    ties: dict[tuple[str, str], Dependence] = {}
    for d in decisions:
        if d.undoes or d.id in undone:
            continue
        payload = dict(d.payload)
        if d.kind == "reject":
            rejected.add(d.target)
            accepted.discard(d.target)
        elif d.kind == "accept":
            accepted.add(d.target)
            rejected.discard(d.target)
        elif d.kind == "correct":
            corrected.setdefault(d.target, {}).update(payload)
        elif d.kind == "merge" and isinstance(payload.get("with"), str):
            merged.append((d.target, str(payload["with"])))
        elif d.kind == "split":
            split[d.target] = str(payload.get("group") or d.id or d.target)
        elif d.kind == "rate" and str(payload.get("letter", "")) in LETTERS:
            letters[d.target] = str(payload["letter"])
        elif d.kind in ("dependent", "independent") and (tie := _tie(d, payload)) is not None:
            ties[(tie.one, tie.other)] = tie
        elif d.kind != "note":
            what = f"decision {d.id or d.kind} on {d.target}: its payload does not hold what {d.kind} needs"
            problems.append(Problem("decision-unreadable", what))
    ready = Decided(
        rejected=frozenset(rejected),
        accepted=frozenset(accepted),
        corrected=corrected,
        merged=tuple(merged),
        split=split,
        letters=letters,
        dependence=tuple(sorted(ties.values())),
    )
    return ready, problems


def reviewed_claims(claims: Iterable[Claim], decisions: Sequence[Decision]) -> list[Claim]:
    """Return the claims that a person has accepted or corrected: all that the reviewed view of a ledger rests on."""
    by, _ = decided(decisions)
    kept = by.reviewed - by.rejected
    return [c for c in claims if c.id in kept]


def _tie(d: Decision, payload: Mapping[str, Any]) -> Dependence | None:
    """Read an edge between two bodies; None where the other one or a date is not given as it should be."""
    if not isinstance(payload.get("with"), str):
        return None
    one, other = sorted((d.target, str(payload["with"])))
    try:
        since = moment_of(str(payload["since"])).first if payload.get("since") else PAST
        until = moment_of(str(payload["until"])).last if payload.get("until") else FUTURE
    except ValueError:
        return None
    kind: Literal["dependent", "independent"] = "dependent" if d.kind == "dependent" else "independent"
    return Dependence(one, other, kind, str(payload.get("evidence") or d.why or f"decided by {d.who}"), since, until)


def apply_corrections(
    claims: Iterable[Claim], by: Decided
) -> tuple[list[Claim], dict[str, tuple[float, float | None]]]:
    """Return the claims with a person's corrections, and the bounds that a person has set."""
    out, forced = [], {}
    for c in claims:
        new = by.corrected.get(c.id)
        if new is not None:
            changes: dict[str, Any] = {k: v for k, v in new.items() if k in TEXT_FIELDS}
            if c.quantity is not None and "unit" in new:
                changes["quantity"] = replace(c.quantity, unit=new["unit"])
            if "low" in new or "high" in new:
                forced[c.id] = (float(new.get("low") or 0), None if new.get("high") is None else float(new["high"]))
            c = replace(c, **changes)
        out.append(c)
    return out, forced
