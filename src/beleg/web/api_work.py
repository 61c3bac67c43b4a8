"""Review queue, decisions and search as JSON; deciding itself takes a form of our own pages and nothing else."""

from __future__ import annotations

import dataclasses
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from beleg.model import Decision
from beleg.web import api
from beleg.web.desk import Desk
from beleg.web.pages import review
from beleg.web.pages.claims import rows_of
from beleg.web.pages.search import find
from beleg.web.query import page_number, page_of, value


def queue(desk: Desk, request: Request) -> JSONResponse:
    """Return the claim that is due next, and how many are decided about."""
    asked = review.asked_of(request.query_params)
    claim = review.due(desk, asked)
    done, total = review.progress(desk, asked)
    return api.JSONResponse({
        "decided": done,
        "total": total,
        "next": None if claim is None else rows_of(desk, [claim])[0],
    })  # fmt: skip


def decisions(desk: Desk, request: Request) -> JSONResponse:
    judged = desk.judged()
    page = page_of(judged.decisions[::-1], page_number(request.query_params))
    return api.listed(page, [decision_row(d) | {"undone": d.id in judged.undone} for d in page.rows])


def decision_row(d: Decision) -> dict[str, Any]:
    return dataclasses.asdict(d) | {"payload": dict(d.payload)}


def search(desk: Desk, request: Request) -> JSONResponse:
    """Return what holds all words asked for; nothing where none are."""
    found = find(desk, value(request.query_params, "q") or "")
    return api.JSONResponse({
        "matters": [dataclasses.asdict(x) for x in found.matters.rows],
        "matters_total": found.matters.total,
        "claims": rows_of(desk, found.claims),
        "claims_total": found.total,
        "documents": [{"id": d.id, "doc": d.name, "title": d.title, "outlet": d.outlet} for d in found.documents],
        "documents_more": found.more_documents,
    })  # fmt: skip
