"""The claims of a case with filters and search, and the working of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from beleg.ledger.decided import decided
from beleg.model import Claim
from beleg.store.look import Wanted
from beleg.views.export import table
from beleg.views.rows import claim_row
from beleg.web.desk import Desk
from beleg.web.query import PAGE, Page, address, page_number, value
from beleg.web.render import not_found, render, visible

FILTERS = ("supplier", "recipient", "item", "event", "stance", "source", "document", "text")


def asked_of(query: Mapping[str, str]) -> dict[str, str | None]:
    return {name: value(query, name) for name in FILTERS}


def page_of_claims(desk: Desk, query: Mapping[str, str]) -> Page[Claim]:
    wanted = Wanted(**asked_of(query))
    with desk.lock:
        total = desk.case.count(wanted)
        number = min(page_number(query), max(1, -(-total // PAGE)))
        return Page(desk.claims(wanted, PAGE, (number - 1) * PAGE), number, total)


def reviews(desk: Desk) -> dict[str, str]:
    """Return the review state of claims that people decided about, by claim id; all others are "machine"."""
    by, _ = decided(desk.content().ledger.decisions)
    states = dict.fromkeys([*by.accepted, *by.corrected], "reviewed")
    return states | dict.fromkeys(by.rejected, "rejected")


def rows_of(desk: Desk, claims: list[Claim]) -> list[dict[str, Any]]:
    texts, states = desk.content().ledger.documents, reviews(desk)
    return [claim_row(c, texts[c.document], states.get(c.id, "machine")) for c in claims]


def claims_page(desk: Desk, request: Request) -> Response:
    page, content = page_of_claims(desk, request.query_params), desk.content()
    asked = asked_of(request.query_params)
    return render(
        request,
        "claims.html",
        {
            "page": page,
            "rows": rows_of(desk, list(page.rows)),
            "links": [desk.claim_address(c) for c in page.rows],
            "matters": [content.matter_of.get((c.document, c.id)) for c in page.rows],
            "asked": asked,
            "csv": address("/claims.csv", asked),
        },
    )


def claims_csv(desk: Desk, request: Request) -> Response:
    found = desk.claims(Wanted(**asked_of(request.query_params)))
    headers = {"Content-Disposition": 'attachment; filename="claims.csv"'}
    return Response(visible("".join(table.lines(rows_of(desk, found)))), media_type="text/csv", headers=headers)


def claim_page(desk: Desk, request: Request) -> Response:
    id = request.path_params["id"]
    found = desk.find_claims(id, value(request.query_params, "in"))
    if not found:
        return not_found(request, id)
    if len(found) > 1:
        choices = [(c.document, desk.claim_address(c)) for c in found]
        return render(request, "several.html", {"what": id, "choices": choices}, 300)
    claim = found[0]
    document = desk.content().ledger.documents[claim.document]
    states = reviews(desk)
    return render(
        request,
        "claim.html",
        {
            "c": claim,
            "document": document,
            "document_address": desk.document_address(document),
            "matter": desk.content().matter_of.get((claim.document, claim.id)),
            "before": document.text[max(0, claim.span.start - 300) : claim.span.start],
            "quote": document.text[claim.span.start : claim.span.end],
            "after": document.text[claim.span.end : claim.span.end + 300],
            "text": document.text,
            "review": states.get(claim.id, "machine"),
            "decisions": [d for d in desk.content().ledger.decisions if d.target == claim.id],
        },
    )
