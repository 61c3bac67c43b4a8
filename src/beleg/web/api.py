"""The same as the pages as JSON. Errors have one shape: ``{"error": {"status": …, "message": …}}``."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse as Plain

from beleg.ledger.rows import matter_row
from beleg.read.show import describe
from beleg.web.desk import Desk
from beleg.web.pages.claims import page_of_claims, rows_of
from beleg.web.pages.ledger import asked_of
from beleg.web.pages.log import checked, events
from beleg.web.query import Page, page_number, value


class JSONResponse(Plain):
    """In ASCII, so that any string can be written, also one that is no UTF-8."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content, allow_nan=False, separators=(",", ":")).encode("ascii")


def failure(status: int, message: str) -> JSONResponse:
    return JSONResponse({"error": {"status": status, "message": message}}, status)


def listed(page: Page[Any], rows: list[Any], **more: Any) -> JSONResponse:
    return JSONResponse({"total": page.total, "page": page.number, "pages": page.last, "rows": rows, **more})


def ledger(desk: Desk, request: Request) -> JSONResponse:
    page = desk.register().lines(asked_of(request.query_params), page_number(request.query_params))
    return listed(page, [dataclasses.asdict(line) for line in page.rows], behind=desk.keeper.standing.behind)


def matter(desk: Desk, request: Request) -> JSONResponse:
    id = request.path_params["id"]
    found = desk.matter(id)
    return failure(404, f"no matter {id!r}") if found is None else JSONResponse(matter_row(found))


def claims(desk: Desk, request: Request) -> JSONResponse:
    page = page_of_claims(desk, request.query_params)
    return listed(page, rows_of(desk, list(page.rows)))


def claim(desk: Desk, request: Request) -> JSONResponse:
    id = request.path_params["id"]
    found = desk.find_claims(id, value(request.query_params, "in"))
    if len(found) != 1:
        names = ", ".join(c.document for c in found)
        return (
            failure(300, f"several claims {id!r}; add in=, one of {names}")
            if found
            else failure(404, f"no claim {id!r}")
        )
    c = found[0]
    slots = [{"role": s.role, "value": s.value, "span": s.span, "step": s.step} for s in c.slots]
    row = rows_of(desk, [c])[0]
    return JSONResponse(row | {"slots": slots, "cues": list(c.cues), "state": row["review"]})


def documents(desk: Desk, request: Request) -> JSONResponse:
    page = desk.page_of_documents(page_number(request.query_params))
    return listed(page, [{"id": d.id, "doc": d.name, "title": d.title, "outlet": d.outlet} for d in page.rows])


def document(desk: Desk, request: Request) -> JSONResponse:
    id = request.path_params["id"]
    found = desk.find_document(id)
    if len(found) != 1:
        names = ", ".join(d.id for d in found)
        return failure(300, f"several documents {id!r}: {names}") if found else failure(404, f"no document {id!r}")
    return JSONResponse(describe(found[0], desk.problems_of(found[0])) | {"id": found[0].id})


def log(desk: Desk, request: Request) -> JSONResponse:
    page, head, report = events(desk, page_number(request.query_params)), desk.case.head(), checked(desk, request)
    return JSONResponse(
        {
            "head": head._asdict(),
            "verify": None if report is None else [f._asdict() for f in report.faults],
            "total": page.total,
            "page": page.number,
            "rows": list(page.rows),
        }
    )
