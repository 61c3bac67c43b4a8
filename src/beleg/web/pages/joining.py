"""Joining two matters and dividing one: decisions about what is the same thing, each with its reason, each undoable.

The first named matter gives the joined one its name. Claims set apart together make one matter of their own.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from beleg.errors import CaseError
from beleg.ledger.values import Matter
from beleg.model import Decision
from beleg.store.decisions import StaleDecisionError
from beleg.web import words
from beleg.web.desk import Desk, Judged, segment
from beleg.web.forms import Form
from beleg.web.judging import LONGEST, Refusal
from beleg.web.query import page_number, page_of
from beleg.web.register import Register
from beleg.web.render import language_of, render

KINDS = ("merge", "split")


def join(desk: Desk, request: Request, form: Form) -> Response:
    """Join another matter to the one whose page it was asked on."""
    found = _joined(desk.register(), form)
    if isinstance(found, Refusal):
        return _refused(request, found)
    target, other, why = found
    decision = Decision("merge", target, desk.case.who, desk.now(), why, (("with", other),))
    return _keep(desk, request, form, [(decision, form.get("seen"))], target)


def _joined(register: Register, form: Form) -> tuple[str, str, str] | Refusal:
    target, given, why = form.get("target") or "", form.get("with") or "", form.get("why", LONGEST)
    named = register.ids(unquote(given.rpartition("/matter/")[2])) if given else []
    if register.line(target) is None or len(named) != 1:
        return Refusal("refused.no_matter", "with")
    if named[0] == target:
        return Refusal("refused.same_matter", "with")
    return (target, named[0], why) if why else Refusal("refused.reason", "why")


def divide(desk: Desk, request: Request, form: Form) -> Response:
    """Set claims of a matter apart, as a matter of their own."""
    matter, why = desk.matter(form.get("target") or ""), form.get("why", LONGEST)
    chosen = list(dict.fromkeys(v for k, v in form.fields.items() if k.startswith("apart.")))
    inside = {c.id for c in matter.claims} if matter is not None else set()
    if matter is None or not chosen or not inside.issuperset(chosen):
        return _refused(request, Refusal("refused.no_claims"))
    if len(inside) == len(chosen):
        return _refused(request, Refusal("refused.all_claims"))
    if not why:
        return _refused(request, Refusal("refused.reason", "why"))
    who, when, group = desk.case.who, desk.now(), (("group", chosen[0]),)
    judged = desk.judged()
    made = [(Decision("split", id, who, when, why, group), desk.newest(id)) for id in chosen]
    seen = next((n for n, d in enumerate(judged.decisions) if d.id == form.get("seen")), -1)
    later = {d.target: d for d in judged.decisions[seen + 1 :]}
    for decision, _ in made:
        if decision.target in later:  # all of them or none
            return _stale(request, form, StaleDecisionError(later[decision.target], decision), matter.id)
    return _keep(desk, request, form, made, matter.id)


def _keep(desk: Desk, request: Request, form: Form, made: list[tuple[Decision, str | None]], matter: str) -> Response:
    try:
        for decision, seen in made:
            desk.decide(decision, seen)
    except StaleDecisionError as e:
        return _stale(request, form, e, matter)
    except CaseError as e:
        return render(request, "problem.html", {"status": 422, "what": str(e)}, 422)
    return RedirectResponse(f"/matter/{segment(matter)}#structure", 303)


def _stale(request: Request, form: Form, e: StaleDecisionError, matter: str) -> Response:
    back, action = f"/matter/{segment(matter)}", request.url.path
    values = {"theirs": e.kept, "yours": e.refused, "fields": form.fields, "back": back, "action": action}
    return render(request, "stale.html", values, 409)


def _refused(request: Request, refusal: Refusal) -> Response:
    return render(request, "problem.html", {"status": 422, "what": words.say(language_of(request), refusal.key)}, 422)


# --- what the page of a matter shows of it --------------------------------------------------------------------------


def structure(desk: Desk, request: Request, matter: Matter) -> dict[str, Any]:
    """Return the decisions that made a matter what it is, and what its forms need."""
    judged = desk.judged()
    made = [d for d in in_force(judged) if touches(d, matter)]
    return {
        "structure": made,
        "structure_seen": {d.target: desk.newest(d.target) or "" for d in made},
        "divisible": page_of(matter.claims, page_number(request.query_params)),
        "last_decision": judged.decisions[-1].id if judged.decisions else "",
    }


def in_force(judged: Judged) -> list[Decision]:
    """Return the decisions to join or to divide that are not taken back, oldest first."""
    return [d for d in judged.decisions if d.kind in KINDS and d.undoes is None and d.id not in judged.undone]


def touches(d: Decision, matter: Matter) -> bool:
    names = {matter.id, *(c.id for c in matter.claims)}
    return d.target in names or dict(d.payload).get("with") in names


def joined_into(desk: Desk, id: str) -> str | None:
    """Return the matter that a matter, which is none any more, was joined to."""
    into = {other: target for target, other in desk.judged().by.merged}
    seen: set[str] = set()
    while id in into and id not in seen:
        seen.add(id)
        id = into[id]
    return id if seen and desk.register().line(id) is not None else None
