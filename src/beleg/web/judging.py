"""What a person sends about a claim, a matter or a source → a decision; and a claim as people have left it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

from beleg.find.item_tables import items
from beleg.ledger.decided import LETTERS, Decided, apply_corrections
from beleg.model import Act, Claim, Counting, Decision, DecisionKind, Stance
from beleg.views.rows import plain
from beleg.web.forms import Form

Value = str | int | float | bool | None

CHOICES: dict[str, tuple[str, ...]] = {
    "act": get_args(Act), "counting": ("", *get_args(Counting)), "stance": get_args(Stance),
}  # fmt: skip
WORDS = ("supplier", "recipient", "actor", "item", "unit")
BOUNDS = ("low", "high")
FIELDS = (*WORDS, *BOUNDS, *CHOICES)
LONGEST = 2_000  # characters of a reason or a note
NUMBER = re.compile(r"\d{1,15}(\.\d{1,6})?")
GROUPS = re.compile(r"[\s\u202f\u00a0'’]")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why what was sent is no decision: a text of the interface, and the field concerned."""

    key: str
    field: str = ""


def as_decided(claim: Claim, by: Decided) -> Claim:
    """Return a claim with what people corrected in it."""
    (out,), forced = apply_corrections([claim], by)
    if claim.id in forced and out.quantity is not None:
        low, high = forced[claim.id]
        out = replace(out, quantity=replace(out.quantity, low=low or None, high=high))
    return out


def shown(claim: Claim) -> dict[str, str]:
    """Return the fields that can be corrected as they stand in the form."""
    q = claim.quantity
    values: dict[str, object] = {name: getattr(claim, name) for name in ("supplier", "recipient", "actor", "item")}
    values |= {"unit": q and q.unit, "low": q and plain(q.low), "high": q and plain(q.high)}
    values |= {name: getattr(claim, name) for name in CHOICES}
    return {name: "" if values[name] is None else str(values[name]) for name in FIELDS}


def corrections(claim: Claim, form: Form) -> dict[str, Value] | Refusal:
    """Return what a form says otherwise than the claim as it stands; both bounds where one differs."""
    old, new = shown(claim), {name: form.get(name) or "" for name in FIELDS}
    if claim.quantity is None:
        new |= dict.fromkeys(("unit", *BOUNDS), "")
    for name, allowed in CHOICES.items():
        if new[name] not in allowed:
            return Refusal("refused.choice", name)
    bounds: dict[str, float | None] = {}
    for name in BOUNDS:
        digits = GROUPS.sub("", new[name])
        if digits and not NUMBER.fullmatch(digits):
            return Refusal("refused.number", name)
        bounds[name] = float(digits) if digits else None
    low, high = bounds["low"], bounds["high"]
    if low is not None and high is not None and low > high:
        return Refusal("refused.bounds", "low")
    changed: dict[str, Value] = {
        name: new[name] or None for name in (*WORDS, *CHOICES) if new[name] != old[name]
    }  # fmt: skip
    if any(_number(old[name]) != bounds[name] for name in BOUNDS):
        changed |= {"low": plain(low), "high": plain(high)}
    if "item" in changed:
        changed["item_id"] = next((row.id for row in items() if row.label == changed["item"]), None)
    return changed or Refusal("refused.nothing")


def _number(text: str) -> float | None:
    return float(text) if text else None


def decision_on(form: Form, claim: Claim | None, known: Sequence[Decision], who: str, when: str) -> Decision | Refusal:
    """Return the decision that a form asks for.

    Args:
        form: With ``do`` and ``target``; ``why``, and what ``do`` needs.
        claim: The target where it is a claim, as people have left it.
        known: All decisions, for what is taken back.
        who: Who decides.
        when: The instant.
    """
    do, target, why = form.get("do"), form.get("target"), form.get("why", LONGEST) or ""
    if target is None:
        return Refusal("refused.target")
    if do == "undo":
        undone = next((d for d in known if d.id == form.get("undoes")), None)
        if undone is None:
            return Refusal("refused.undo")
        return Decision(undone.kind, target, who, when, why, undoes=undone.id)
    payload: dict[str, Value] = {}
    kind: DecisionKind
    if do in ("accept", "reject", "correct") and claim is not None:
        kind = "accept" if do == "accept" else "reject" if do == "reject" else "correct"
        if kind == "correct":
            found = corrections(claim, form)
            if isinstance(found, Refusal):
                return found
            payload = found
    elif do == "rate":
        kind, letter = "rate", form.get("letter") or ""
        if letter not in LETTERS:
            return Refusal("refused.letter", "letter")
        payload = {"letter": letter}
    elif do == "note":
        kind = "note"
        if not why:
            return Refusal("refused.note", "why")
    else:
        return Refusal("refused.what")
    return Decision(kind, target, who, when, why, tuple(sorted(payload.items())))
