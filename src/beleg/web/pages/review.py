"""The queue of claims to decide about, one at a time beside its sentence; and all that was decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from beleg.model import Claim, Decision, Span
from beleg.store import queue
from beleg.store.look import Wanted
from beleg.web.desk import Desk, Judged, segment
from beleg.web.forms import Form
from beleg.web.judging import CHOICES, FIELDS, Refusal, as_decided, shown
from beleg.web.marks import stretches
from beleg.web.query import address, page_number, page_of, value
from beleg.web.render import render

STATES = ("open", "reviewed", "rejected", "all")
AROUND = 350  # code points shown before and after the claim
FILTERS = ("state", "document", "matter", "event", "text")


def asked_of(query: Mapping[str, str]) -> dict[str, str | None]:
    """Return which claims are wanted: of a document, a matter, a kind, in a state (open: not decided about)."""
    asked = {name: value(query, name) for name in FILTERS}
    return asked | {"state": asked["state"] if asked["state"] in STATES else None}


def address_of(desk: Desk, claim: Claim, asked: Mapping[str, str | None]) -> str:
    same = desk.shared_names([claim.doc])
    return address("/review", asked, at=claim.id, **{"in": claim.document if same else None})


def next_address(desk: Desk, claim: Claim, asked: Mapping[str, str | None]) -> str:
    """Return the address of the next claim that is due after this one, or of the queue where none is left."""
    found = _find(desk, asked, claim) or _find(desk, asked, None)
    return address("/review", asked, done="1") if found is None else address_of(desk, found, asked)


def _find(desk: Desk, asked: Mapping[str, str | None], after: Claim | None, backwards: bool = False) -> Claim | None:
    fits = _fits(desk, asked)
    with desk.case.read() as conn:
        return queue.find(conn, _wanted(asked), fits, after=after, backwards=backwards)


def _wanted(asked: Mapping[str, str | None]) -> Wanted:
    return Wanted(event=asked["event"], document=asked["document"], text=asked["text"])


def _fits(desk: Desk, asked: Mapping[str, str | None]) -> Callable[[str], bool]:
    states, state = desk.reviews(), asked["state"] or "open"
    inside = frozenset(desk.register().claims_of(asked["matter"])) if asked["matter"] else None

    def fits(id: str) -> bool:
        here = states.get(id, "open")
        return (inside is None or id in inside) and state in ("all", here)

    return fits


def progress(desk: Desk, asked: Mapping[str, str | None]) -> tuple[int, int]:
    """Return how many of the claims asked for are decided about, and how many there are."""
    states = desk.reviews()
    if asked["matter"] is not None:
        ids = desk.register().claims_of(asked["matter"])
    elif asked["document"] or asked["event"] or asked["text"]:
        ids = [c.id for c in desk.claims(_wanted(asked))]
    else:
        return min(len(states), desk.total()), desk.total()
    return sum(id in states for id in ids), len(ids)


def due(desk: Desk, asked: Mapping[str, str | None]) -> Claim | None:
    """Return the first claim that is due."""
    return _find(desk, asked, None)


def review_page(desk: Desk, request: Request) -> Response:
    query = request.query_params
    asked, at = asked_of(query), value(query, "at")
    found = desk.find_claims(at, value(query, "in")) if at else []
    claim = found[0] if found else None if value(query, "done") else due(desk, asked)
    if claim is None:
        done, total = progress(desk, asked)
        values = {"asked": asked, "done": done, "total": total, "last": last_own(desk), "loose": desk.case.loose()}
        return render(request, "reviewed.html", values)
    return show(desk, request, claim, asked)


def show(
    desk: Desk,
    request: Request,
    claim: Claim,
    asked: Mapping[str, str | None],
    refusal: Refusal | None = None,
    form: Form | None = None,
) -> Response:
    """Return the page of one claim; with ``refusal``, what was sent stands in the form again."""
    judged = desk.judged()
    document = desk.documents([claim.document])[claim.document]
    now = as_decided(claim, judged.by)
    window = Span(max(0, claim.span.start - AROUND), min(len(document.text), claim.span.end + AROUND))
    done, total = progress(desk, asked)
    behind = _find(desk, asked, claim)
    before = _find(desk, {**asked, "state": "all"}, claim, backwards=True)
    values: dict[str, Any] = {
        "c": now,
        "machine": shown(claim),
        "entered": {name: form.get(name) or "" for name in FIELDS} if form else shown(now),
        "choices": CHOICES,
        "refusal": refusal,
        "why": (form.get("why") if form else None) or "",
        "document": document,
        "document_address": desk.document_address(document),
        "claim_address": desk.claim_address(claim),
        "text": document.text,
        "stretches": stretches(document, window, [claim]),
        "matter": desk.placed_lately(claim),
        "review": judged.states.get(claim.id, "machine"),
        "decisions": judged.about(claim.id),
        "undone": judged.undone,
        "seen": desk.newest(claim.id) or "",
        "inside": claim.document,
        "asked": asked,
        "done": done,
        "total": total,
        "next": address_of(desk, behind, asked) if behind else None,
        "previous": address_of(desk, before, asked) if before else None,
        "last": last_own(desk),
        "who": desk.case.who,
    }
    return render(request, "review.html", values, 422 if refusal else 200)


def last_own(desk: Desk) -> tuple[Decision, str] | None:
    """Return the newest decision of this person that is in force, and what they have seen of its target."""
    judged: Judged = desk.judged()
    for d in reversed(judged.decisions):
        if d.who == desk.case.who and d.undoes is None and d.id not in judged.undone:
            return d, desk.newest(d.target) or ""
    return None


def decisions_page(desk: Desk, request: Request) -> Response:
    """All decisions, the newest first, with those taken back."""
    judged = desk.judged()
    page = page_of(judged.decisions[::-1], page_number(request.query_params))
    ids = {d.target for d in page.rows}
    links, register = {id: f"/claim/{segment(id)}" for id in ids if "#" in id}, desk.keeper.lately()
    links |= {id: f"/matter/{segment(id)}" for id in ids if register is not None and register.line(id) is not None}
    seen = {id: desk.newest(id) or "" for id in ids}
    values = {"page": page, "links": links, "seen": seen, "undone": judged.undone, "loose": desk.case.loose()}
    return render(request, "decisions.html", values)
