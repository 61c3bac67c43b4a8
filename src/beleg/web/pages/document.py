"""One article: clean text with its claims marked, what was taken out, what is in doubt, the bytes for download."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from beleg.model import Document, Problem
from beleg.read.show import describe
from beleg.web.desk import Desk, segment
from beleg.web.marks import stretches
from beleg.web.query import PAGE, Page, page_number, page_of
from beleg.web.render import not_found, render


def documents_page(desk: Desk, request: Request) -> Response:
    known = sorted(desk.content().ledger.documents.values(), key=lambda d: (d.name, d.id))
    page: Page[Document] = page_of(known, page_number(request.query_params))
    addresses = [desk.document_address(d) for d in page.rows]
    return render(request, "documents.html", {"page": page, "addresses": addresses, "size": PAGE})


def document_page(desk: Desk, request: Request) -> Response:
    id = request.path_params["id"]
    found = desk.find_document(id)
    if not found:
        return not_found(request, id)
    if len(found) > 1:
        choices = [(d.id, desk.document_address(d)) for d in found]
        return render(request, "several.html", {"what": id, "choices": choices}, 300)
    document = found[0]
    with desk.lock:
        claims = desk.case.claims(document=document.id)
        problems = problems_of(document, desk.case.problems())
    row = describe(document, problems)
    content = desk.content()
    near = [
        content.ledger.documents[other]
        for other in sorted({
            d for m in content.ledger.matters for cluster in m.clusters if document.id in cluster for d in cluster
        } - {document.id})
        if other in content.ledger.documents
    ]  # fmt: skip
    return render(
        request,
        "document.html",
        {
            "document": document,
            "row": row,
            "blocks": [(b, stretches(document, b.span, claims)) for b in document.blocks],
            "claims": claims,
            "links": [desk.claim_address(c) for c in claims],
            "matters": [content.matter_of.get((c.document, c.id)) for c in claims],
            "problems": problems,
            "near": [(d, desk.document_address(d)) for d in near],
            "original": desk.original_address(document),
        },
    )


def problems_of(document: Document, problems: list[Problem]) -> list[Problem]:
    return [p for p in problems if p.document in (document.name, document.path, document.id)]


def original(desk: Desk, request: Request) -> Response:
    """Give the kept bytes to save, never to show: they are somebody else's, scripts and all."""
    id = request.path_params["id"]
    found = [d for d in desk.find_document(id) if d.id == id]
    if not found:
        return not_found(request, id)
    with desk.lock:
        raw = desk.case.raw(found[0])
    name = found[0].path.replace("\\", "/").rsplit("/", 1)[-1] or found[0].name
    headers = {
        "Content-Disposition": f"attachment; filename=\"original\"; filename*=UTF-8''{segment(name)}",
        "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    }
    return Response(raw, media_type="application/octet-stream", headers=headers)
