"""Words anywhere: in matters, in the quotes of claims, in whole articles."""

from __future__ import annotations

import re
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from beleg.model import Claim, Document
from beleg.store import look
from beleg.store.look import Wanted
from beleg.web.desk import Desk
from beleg.web.pages.claims import rows_of
from beleg.web.query import Page, value
from beleg.web.render import render
from beleg.web.rows import MatterLine

SHOWN = 20  # of each kind; the lists have them all
REACH = 140  # code points around the first word found


class Piece(NamedTuple):
    """A run of text, and whether it is one of the words looked for."""

    text: str
    hit: bool


class Found(NamedTuple):
    """What holds all words of a search: of each kind the first ``SHOWN``."""

    matters: Page[MatterLine]
    claims: list[Claim]
    total: int  # of claims
    documents: list[Document]
    more_documents: bool


def find(desk: Desk, words: str) -> Found:
    """Look everywhere; words that are none find nothing."""
    if not words:
        return Found(Page([], 1, 0), [], 0, [], False)
    wanted = Wanted(text=words)
    with desk.case.read() as conn:
        ids = look.search_documents(conn, words, SHOWN + 1)
    matters = desk.register().lines({"q": words.replace("*", " ")}, 1)
    documents = list(desk.documents(ids[:SHOWN]).values())
    return Found(matters, desk.claims(wanted, SHOWN), desk.count(wanted), documents, len(ids) > SHOWN)


def search_page(desk: Desk, request: Request) -> Response:
    words = value(request.query_params, "q")
    if words is None:
        return render(request, "search.html", {"q": None})
    found = find(desk, words)
    rows = rows_of(desk, found.claims)
    values = {
        "q": words,
        "matters": found.matters,
        "documents": list(zip(found.documents, desk.document_addresses(found.documents), strict=True)),
        "snippets": [snippet(d.text, words) for d in found.documents],
        "more_documents": found.more_documents,
        "claims": rows,
        "quotes": [snippet(r["quote_clean"], words, whole=True) for r in rows],
        "links": desk.claim_addresses(found.claims),
        "total": found.total,
        "shown": SHOWN,
    }
    return render(request, "search.html", values)


def snippet(text: str, words: str, *, whole: bool = False) -> list[Piece]:
    """Return the text around the first of the words, or all of it, cut into what is one of them and what is not.

    Args:
        text: Where to look.
        words: As they were typed; ``word*`` stands for every word that begins so.
        whole: Return all of the text.
    """
    forms = [re.escape(w[:-1]) + r"\w*" if w.endswith("*") else re.escape(w) for w in re.findall(r"\w+\*?", words)]
    if not forms:
        return [Piece(text if whole else text[: 2 * REACH], False)]
    sought = re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)
    first = sought.search(text)
    at = first.start() if first else 0
    start, end = (0, len(text)) if whole else (max(0, at - REACH), min(len(text), at + REACH))
    out, place = [Piece("… ", False)] if start else [], start
    for m in sought.finditer(text, start, end):
        out += [Piece(text[place : m.start()], False), Piece(m[0], True)]
        place = m.end()
    out.append(Piece(text[place:end], False))
    return [*out, *([Piece(" …", False)] if end < len(text) else [])]
