"""The ledger: all matters with their interval, origins and denials; and one matter with all that stands behind it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from beleg.ledger.rows import matter_row
from beleg.ledger.values import Matter
from beleg.views.export.xlsx import Sheet
from beleg.views.figures import funnel_chart, matter_chart
from beleg.web.desk import Desk, segment
from beleg.web.dossier import claims_behind, dossier
from beleg.web.pages import joining
from beleg.web.pages.sheets import sheets
from beleg.web.query import address, page_number, value
from beleg.web.register import ORDERS
from beleg.web.render import language_of, not_found, render, visible
from beleg.web.rows import FILTERS, MatterLine, matter_line, matters_csv
from beleg.web.telling import tell

SWITCHES = ("contested", "denied")


def asked_of(query: Mapping[str, str]) -> dict[str, str | None]:
    return {name: value(query, name) for name in ("q", *FILTERS, *SWITCHES, "sort")}


def ledger_page(desk: Desk, request: Request) -> Response:
    register, asked = desk.register(), asked_of(request.query_params)
    page = register.lines(asked, page_number(request.query_params))
    return render(
        request,
        "ledger.html",
        {
            "page": page,
            "decided": register.decided([line.matter for line in page.rows], desk.reviews()),
            "asked": asked,
            "choices": register.choices(),
            "sorts": tuple(ORDERS),
            "everything": register.matters,
            "csv": address("/ledger.csv", asked),
            "xlsx": address("/ledger.xlsx", asked),
            "unplaced": register.unplaced,
            "problems": register.problems(),
            "problem_count": register.problem_count(),
        },
    )


def ledger_csv(desk: Desk, request: Request) -> Response:
    shown = desk.register().all_lines(asked_of(request.query_params))
    headers = {"Content-Disposition": 'attachment; filename="ledger.csv"'}
    return Response(visible(matters_csv(shown)), media_type="text/csv", headers=headers)


def ledger_xlsx(desk: Desk, request: Request) -> Response:
    asked = asked_of(request.query_params)
    names = [f.name for f in dataclasses.fields(MatterLine)]
    rows = (dataclasses.asdict(line) for line in desk.register().all_lines(asked))
    return sheets(desk, "ledger", Sheet("ledger", rows, names), asked)


def dossier_file(desk: Desk, request: Request) -> Response:
    """Give the dossier to save; like every file made of articles it is never shown from here."""
    matter = desk.matter(request.path_params["id"])
    if matter is None:
        return not_found(request, request.path_params["id"])
    text = dossier(desk, matter, language_of(request))
    headers = {
        "Content-Disposition": f"attachment; filename=\"dossier.html\"; filename*=UTF-8''{segment(matter.id)}.html"
    }
    return Response(visible(text), media_type="application/octet-stream", headers=headers)


def matter_page(desk: Desk, request: Request) -> Response:
    id = request.path_params["id"]
    matter = desk.matter(id)
    if matter is None:
        into = joining.joined_into(desk, id)
        return RedirectResponse(f"/matter/{segment(into)}", 303) if into else not_found(request, id)
    judged, targets = desk.judged(), (id, *(body for body, _ in matter.letters))
    values = {
        "m": matter_row(matter),
        "line": matter_line(matter),
        "states": judged.states,
        "decided": (sum(c.id in judged.states for c in matter.claims), len(matter.claims)),
        "decisions": judged.about(id),
        "rated": {body: judged.about(body) for body in targets[1:]},
        "undone": judged.undone,
        "seen": {target: desk.newest(target) or "" for target in targets},
        "place": f"/matter/{segment(id)}",
        "near": {x.matter: desk.register().line(x.matter) for x in matter.links},
    }
    found = _sentences(desk, matter)
    chart = matter_chart(matter, say=partial(tell, language_of(request)), sentences=found["quotes"])
    return render(
        request, "matter.html", {**found, **values, **joining.structure(desk, request, matter), "chart": chart}
    )


def _sentences(desk: Desk, matter: Matter) -> dict[str, Any]:
    """Return what the matter's claims say and where, by claim id."""
    claims = claims_behind(desk, matter)
    quotes = desk.quotes((c.document, c.id) for c in claims.values())
    links = dict(zip(claims, desk.claim_addresses(list(claims.values())), strict=True))
    papers = desk.documents(d for cluster in matter.clusters for d in cluster)
    addresses = dict(zip(papers, desk.document_addresses(list(papers.values())), strict=True))
    return {"quotes": quotes, "links": links, "papers": papers, "addresses": addresses}


def funnel(desk: Desk, request: Request) -> Response:
    id = request.path_params["id"]
    matter = desk.matter(id)
    if matter is None:
        return not_found(request, id)
    drawn = funnel_chart(matter, say=partial(tell, language_of(request)))
    return Response(visible(drawn), media_type="image/svg+xml")


def life(desk: Desk, request: Request) -> Response:
    id = request.path_params["id"]
    matter = desk.matter(id)
    if matter is None:
        return not_found(request, id)
    headers = {"Content-Disposition": 'attachment; filename="life.svg"'}
    drawn = matter_chart(matter, say=partial(tell, language_of(request)))
    return Response(visible(drawn), media_type="image/svg+xml", headers=headers)
