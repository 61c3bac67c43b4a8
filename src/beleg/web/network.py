"""Sources, flows and what was said when as JSON: the twins of the pages that draw them."""

from __future__ import annotations

import dataclasses

from starlette.requests import Request
from starlette.responses import JSONResponse

from beleg.web.api import JSONResponse as Answer
from beleg.web.api import failure, listed
from beleg.web.days import FLOW_FILTERS, SAID_FILTERS, flows, said, spots
from beleg.web.desk import Desk
from beleg.web.query import page_number, value

MOST = 200  # edges of one source on either side; the totals say how many there are


def sources(desk: Desk, request: Request) -> JSONResponse:
    query = request.query_params
    page = desk.register().sources(value(query, "q"), page_number(query))
    return listed(page, [dataclasses.asdict(r) for r in page.rows])


def source(desk: Desk, request: Request) -> JSONResponse:
    register, name = desk.register(), request.path_params["id"]
    record = register.source(name)
    if record is None:
        return failure(404, f"no source {name!r}")
    parts = register.parts(name, page_number(request.query_params))
    return Answer(
        dataclasses.asdict(record)
        | {
            "rests_on": [e._asdict() for e in register.edges(one=name, limit=MOST)],
            "rests_on_total": register.edge_count(one=name),
            "carries": [e._asdict() for e in register.edges(other=name, limit=MOST)],
            "carries_total": register.edge_count(other=name),
            "documents": {"total": parts.total, "page": parts.number, "rows": [p._asdict() for p in parts.rows]},
        }
    )


def flow_rows(desk: Desk, request: Request) -> JSONResponse:
    register = desk.register()
    asked = {name: value(request.query_params, name) for name in FLOW_FILTERS}
    on, off = spots(register, asked)
    return Answer(
        {
            "flows": [f._asdict() for f in flows(register, asked)],
            "places": [s._asdict() for s in on],
            "places_without_coordinates": [{"name": name, "claims": n} for name, n in off],
        }
    )


def timeline(desk: Desk, request: Request) -> JSONResponse:
    query = request.query_params
    asked = {name: value(query, name) for name in (*SAID_FILTERS, "from", "to")}
    page = said(desk.register(), asked, page_number(query))
    return listed(page, [row._asdict() for row in page.rows])


def description(desk: Desk, request: Request) -> JSONResponse:
    """Give the description of the whole JSON side (``openapi``)."""
    return Answer(request.app.state.description)
