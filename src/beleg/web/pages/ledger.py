"""The ledger: all matters with their interval, origins and denials; and one matter with all that stands behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from beleg.ledger.rows import matter_row
from beleg.ledger.values import Matter
from beleg.model import Claim
from beleg.views.figures import funnel_chart, matter_chart
from beleg.web.desk import Desk
from beleg.web.query import address, page_number, page_of, value
from beleg.web.render import not_found, render, visible
from beleg.web.rows import FILTERS, SORTS, MatterLine, matter_line, matters_csv, ordered, wanted

SWITCHES = ("contested", "denied")


def lines_of(desk: Desk, query: Mapping[str, str]) -> tuple[list[MatterLine], list[MatterLine], dict[str, str | None]]:
    """Return all lines, those that the address asks for in its order, and what it asks for."""
    everything = [matter_line(m) for m in desk.content().ledger.matters]
    asked = {name: value(query, name) for name in ("q", *FILTERS, *SWITCHES, "sort")}
    return everything, ordered(wanted(everything, asked), asked["sort"] or SORTS[0]), asked


def ledger_page(desk: Desk, request: Request) -> Response:
    everything, shown, asked = lines_of(desk, request.query_params)
    choices = {name: sorted({getattr(x, name) for x in everything} - {None}) for name in FILTERS}
    return render(
        request,
        "ledger.html",
        {
            "page": page_of(shown, page_number(request.query_params)),
            "asked": asked,
            "choices": choices,
            "sorts": SORTS,
            "everything": len(everything),
            "csv": address("/ledger.csv", asked),
            "unplaced": len(desk.content().ledger.unplaced),
            "problems": desk.content().problems,
        },
    )


def ledger_csv(desk: Desk, request: Request) -> Response:
    _, shown, _ = lines_of(desk, request.query_params)
    headers = {"Content-Disposition": 'attachment; filename="ledger.csv"'}
    return Response(visible(matters_csv(shown)), media_type="text/csv", headers=headers)


def matter_page(desk: Desk, request: Request) -> Response:
    id = request.path_params["id"]
    matter = desk.matter(id)
    if matter is None:
        return not_found(request, id)
    return render(
        request, "matter.html", {**_sentences(desk, matter), "m": matter_row(matter), "line": matter_line(matter)}
    )


def _sentences(desk: Desk, matter: Matter) -> dict[str, Any]:
    """Return what the matter's claims say and where, by claim id."""
    texts = desk.content().ledger.documents
    claims: dict[str, Claim] = {c.id: c for c in matter.claims}
    for d in matter.denials:
        for id in d.claims:
            if id not in claims:
                claims |= {c.id: c for c in desk.find_claims(id)}
    quotes = {id: texts[c.document].text[c.span.start : c.span.end] for id, c in claims.items() if c.document in texts}
    links = {id: desk.claim_address(c) for id, c in claims.items()}
    papers = {d: texts[d] for d in matter.documents if d in texts}
    addresses = {d: desk.document_address(paper) for d, paper in papers.items()}
    return {"quotes": quotes, "links": links, "papers": papers, "addresses": addresses, "chart": matter_chart(matter)}


def funnel(desk: Desk, request: Request) -> Response:
    id = request.path_params["id"]
    matter = desk.matter(id)
    if matter is None:
        return not_found(request, id)
    return Response(funnel_chart(matter), media_type="image/svg+xml")


def life(desk: Desk, request: Request) -> Response:
    id = request.path_params["id"]
    matter = desk.matter(id)
    if matter is None:
        return not_found(request, id)
    headers = {"Content-Disposition": 'attachment; filename="life.svg"'}
    return Response(matter_chart(matter), media_type="image/svg+xml", headers=headers)
