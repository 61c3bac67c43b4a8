"""The log of the case: what was read and decided, when, by whom; its head; and, when asked, whether it still holds."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import Response

from beleg.store.events import read_head
from beleg.store.schema import event_table
from beleg.store.verify import Report, verify
from beleg.web.desk import Desk
from beleg.web.query import PAGE, Page, last_page, page_number
from beleg.web.render import render


def events(desk: Desk, number: int) -> Page[dict[str, Any]]:
    """Return a page of events, the newest first."""
    c = event_table.c
    with desk.case.read() as conn:
        total = read_head(conn).events
        number = min(number, last_page(total))
        at = select(c.seq, c.batch, c.kind, c.at, c.who, c.leaf).order_by(c.seq.desc())
        rows = conn.execute(at.limit(PAGE).offset((number - 1) * PAGE)).mappings().all()
        return Page([dict(r) for r in rows], number, total)


def checked(desk: Desk, request: Request) -> Report | None:
    """Walk the case where the address asks for it."""
    if request.query_params.get("verify") != "1":
        return None
    with desk.lock:
        return verify(desk.case)


def log_page(desk: Desk, request: Request) -> Response:
    head = desk.case.head()
    values = {
        "page": events(desk, page_number(request.query_params)),
        "head": head,
        "where": desk.case.where,
        "size": desk.kept(("size", head.hash), desk.case.size),
        "report": checked(desk, request),
    }
    return render(request, "log.html", values)
