"""A form that decides something: kept in the log, refused where it would overrule what was not seen."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from beleg.errors import CaseError
from beleg.model import Claim
from beleg.store.decisions import StaleDecisionError
from beleg.web import words
from beleg.web.desk import Desk
from beleg.web.forms import Form
from beleg.web.judging import Refusal, as_decided, decision_on
from beleg.web.pages import review
from beleg.web.render import language_of, render

REVIEWS = ("accept", "reject", "correct")


def decide(desk: Desk, request: Request, form: Form) -> Response:
    """Keep the decision and go on: to the next claim of the queue, or back to the page that asked."""
    target, inside = form.get("target") or "", form.get("in")
    judged = desk.judged()
    found = desk.find_claims(target, inside) if "#" in target else []
    claim = found[0] if len(found) == 1 else None
    decision = decision_on(
        form, as_decided(claim, judged.by) if claim else None, judged.decisions, desk.case.who, desk.now()
    )
    if isinstance(decision, Refusal):
        return _refused(desk, request, form, claim, decision)
    try:
        kept = desk.decide(decision, form.get("seen"))
    except StaleDecisionError as e:
        values = {"theirs": e.kept, "yours": e.refused, "fields": form.fields, "back": _back(form), "action": "/decide"}
        return render(request, "stale.html", values, 409)
    except CaseError as e:
        return render(request, "problem.html", {"status": 422, "what": str(e)}, 422)
    back = _back(form)
    if back is not None:
        return RedirectResponse(back, 303)
    if claim is None:
        return RedirectResponse("/decisions", 303)
    asked = review.asked_of(form.fields)
    if kept.undoes is not None:
        return RedirectResponse(review.address_of(desk, claim, asked), 303)
    return RedirectResponse(review.next_address(desk, claim, asked), 303)


def compute_again(desk: Desk, request: Request, form: Form) -> Response:
    """Try again to compute a ledger that could not be computed."""
    desk.keeper.retry()
    return RedirectResponse("/ledger", 303)


def _back(form: Form) -> str | None:
    """Return the page to go back to: one of ours, or none."""
    given = form.get("back", 4_000)
    ours = given is not None and given.startswith("/") and given[1:2] not in ("/", "\\") and given.isprintable()
    return given if ours else None


def _refused(desk: Desk, request: Request, form: Form, claim: Claim | None, refusal: Refusal) -> Response:
    if claim is not None and form.get("do") in REVIEWS and _back(form) is None:
        return review.show(desk, request, claim, review.asked_of(form.fields), refusal, form)
    return render(request, "problem.html", {"status": 422, "what": words.say(language_of(request), refusal.key)}, 422)
