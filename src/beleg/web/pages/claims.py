"""The claims of a case with filters and search, and the working of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from beleg.model import Claim
from beleg.store.look import Wanted
from beleg.views.export import table
from beleg.views.export.xlsx import Sheet
from beleg.views.rows import claim_row, flat
from beleg.web import words
from beleg.web.desk import Desk
from beleg.web.judging import as_decided, shown
from beleg.web.pages.sheets import sheets
from beleg.web.query import PAGE, Page, address, last_page, page_number, value
from beleg.web.render import language_of, not_found, render, visible

AT_ONCE = 500  # claims read together for a file
MOST_IN_A_BOOK = 50_000  # claims; a book is made in memory
FILTERS = ("supplier", "recipient", "item", "event", "stance", "source", "document", "text")


def asked_of(query: Mapping[str, str]) -> dict[str, str | None]:
    return {name: value(query, name) for name in FILTERS}


def page_of_claims(desk: Desk, query: Mapping[str, str]) -> Page[Claim]:
    wanted = Wanted(**asked_of(query))
    total = desk.count(wanted)
    number = min(page_number(query), last_page(total))
    return Page(desk.claims(wanted, PAGE, (number - 1) * PAGE), number, total)


def rows_of(desk: Desk, claims: list[Claim]) -> list[dict[str, Any]]:
    """Return claims as people have left them, each with its review state."""
    texts, judged = desk.documents(c.document for c in claims), desk.judged()
    return [claim_row(as_decided(c, judged.by), texts[c.document], judged.states.get(c.id, "machine")) for c in claims]


def claims_page(desk: Desk, request: Request) -> Response:
    page = page_of_claims(desk, request.query_params)
    asked = asked_of(request.query_params)
    placed = desk.placed((c.document, c.id) for c in page.rows)
    return render(
        request,
        "claims.html",
        {
            "page": page,
            "rows": rows_of(desk, list(page.rows)),
            "links": desk.claim_addresses(page.rows),
            "matters": [placed.get((c.document, c.id)) for c in page.rows],
            "asked": asked,
            "csv": address("/claims.csv", asked),
            "xlsx": address("/claims.xlsx", asked),
        },
    )


def all_rows(desk: Desk, wanted: Wanted) -> Iterator[dict[str, Any]]:
    """Give the rows of all claims that fit, a part of the case in memory at a time."""
    after: str | None = None
    while True:
        part = desk.case.page(wanted, limit=AT_ONCE, after=after)
        yield from rows_of(desk, part.claims)
        if part.after is None:
            return
        after = part.after


def claims_csv(desk: Desk, request: Request) -> Response:
    lines = table.lines(all_rows(desk, Wanted(**asked_of(request.query_params))))
    headers = {"Content-Disposition": 'attachment; filename="claims.csv"'}
    return StreamingResponse(map(visible, lines), media_type="text/csv", headers=headers)


def claims_xlsx(desk: Desk, request: Request) -> Response:
    asked = asked_of(request.query_params)
    wanted = Wanted(**asked)
    if desk.count(wanted) > MOST_IN_A_BOOK:
        text = words.say(language_of(request), "export.too_many").format(MOST_IN_A_BOOK)
        return render(request, "problem.html", {"status": 413, "what": text}, 413)
    return sheets(desk, "claims", Sheet("claims", map(flat, all_rows(desk, wanted))), asked)


def claim_page(desk: Desk, request: Request) -> Response:
    id = request.path_params["id"]
    found = desk.find_claims(id, value(request.query_params, "in"))
    if not found:
        return not_found(request, id)
    if len(found) > 1:
        choices = list(zip((c.document for c in found), desk.claim_addresses(found), strict=True))
        return render(request, "several.html", {"what": id, "choices": choices}, 300)
    claim, judged = found[0], desk.judged()
    now = as_decided(claim, judged.by)
    old, new = shown(claim), shown(now)
    asked = {"state": "all", "at": claim.id, "in": value(request.query_params, "in")}
    document = desk.documents([claim.document])[claim.document]
    return render(
        request,
        "claim.html",
        {
            "c": now,
            "corrected": [(name, old[name], new[name]) for name in old if old[name] != new[name]],
            "document": document,
            "document_address": desk.document_address(document),
            "claim_address": desk.claim_address(claim),
            "matter": desk.placed([(claim.document, claim.id)]).get((claim.document, claim.id)),
            "before": document.text[max(0, claim.span.start - 300) : claim.span.start],
            "quote": document.text[claim.span.start : claim.span.end],
            "after": document.text[claim.span.end : claim.span.end + 300],
            "text": document.text,
            "review": judged.states.get(claim.id, "machine"),
            "review_address": address("/review", asked),
            "decisions": judged.about(claim.id),
            "undone": judged.undone,
            "seen": desk.newest(claim.id) or "",
        },
    )
