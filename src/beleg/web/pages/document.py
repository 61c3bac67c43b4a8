"""One article: clean text with its claims marked, what was taken out, what is in doubt, the bytes for download."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from beleg.read.show import describe
from beleg.store.look import Wanted
from beleg.web.desk import Desk, segment
from beleg.web.judging import as_decided
from beleg.web.marks import stretches
from beleg.web.query import PAGE, page_number
from beleg.web.render import not_found, render


def documents_page(desk: Desk, request: Request) -> Response:
    page = desk.page_of_documents(page_number(request.query_params))
    addresses = desk.document_addresses(page.rows)
    return render(request, "documents.html", {"page": page, "addresses": addresses, "size": PAGE})


def document_page(desk: Desk, request: Request) -> Response:
    id = request.path_params["id"]
    found = desk.find_document(id)
    if not found:
        return not_found(request, id)
    if len(found) > 1:
        choices = list(zip((d.id for d in found), desk.document_addresses(found), strict=True))
        return render(request, "several.html", {"what": id, "choices": choices}, 300)
    document = found[0]
    claims, problems = desk.claims(Wanted(document=document.id)), desk.problems_of(document)
    row, judged = describe(document, problems), desk.judged()
    placed = desk.placed((c.document, c.id) for c in claims)
    copies = desk.copies(document.id)
    return render(
        request,
        "document.html",
        {
            "document": document,
            "row": row,
            "blocks": [(b, stretches(document, b.span, claims)) for b in document.blocks],
            "claims": [as_decided(c, judged.by) for c in claims],
            "states": judged.states,
            "links": desk.claim_addresses(claims),
            "matters": [placed.get((c.document, c.id)) for c in claims],
            "problems": problems,
            "near": list(zip(copies, desk.document_addresses(copies), strict=True)),
            "original": desk.original_address(document),
        },
    )


def original(desk: Desk, request: Request) -> Response:
    """Give the kept bytes to save, never to show: they are somebody else's, scripts and all."""
    id = request.path_params["id"]
    found = [d for d in desk.find_document(id) if d.id == id]
    if not found:
        return not_found(request, id)
    raw = desk.case.raw(found[0])
    name = found[0].path.replace("\\", "/").rsplit("/", 1)[-1] or found[0].name
    headers = {
        "Content-Disposition": f"attachment; filename=\"original\"; filename*=UTF-8''{segment(name)}",
        "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    }
    return Response(raw, media_type="application/octet-stream", headers=headers)
