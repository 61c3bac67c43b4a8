"""A new article against the ledger, claim by claim; the case stays as it is."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from beleg.intake import open_input
from beleg.ledger.check import CheckRow, check_against
from beleg.ledger.tables import LedgerTables, tables_beside
from beleg.model import Problem
from beleg.pipeline import Reading
from beleg.views.rows import claim_row
from beleg.web.desk import Desk
from beleg.web.forms import Form
from beleg.web.judging import Refusal
from beleg.web.known import known_to
from beleg.web.marks import stretches
from beleg.web.render import render
from beleg.web.uploads import entered_in, given_by, inputs_of

MOST = 20  # articles checked at once: an archive can hold many


def check_page(desk: Desk, request: Request) -> Response:
    return render(request, "check.html", {"entered": entered_in(None), "refusal": None})


def check_article(desk: Desk, request: Request, form: Form) -> Response:
    """Read what was sent and show what each claim adds, repeats, raises, contradicts or distorts."""
    given, inputs = given_by(form), inputs_of(form)
    for part in (given, inputs):
        if isinstance(part, Refusal):
            return render(request, "check.html", {"entered": entered_in(form), "refusal": part}, 422)
    assert not isinstance(given, Refusal) and not isinstance(inputs, Refusal)
    readings: list[Reading] = []
    problems: list[Problem] = []
    for item in inputs:
        opened, doubts = open_input(item, given)
        readings += opened
        problems += doubts
    tables = tables_beside(desk.case.where)
    found = [(r, checked(desk, r, tables)) for r in readings[:MOST]]
    pages = [article(r, rows) for r, rows in found]
    ids = {row.matter for _, rows in found for row in rows if row.matter is not None}
    names = {id: line for id in ids if (line := desk.register().line(id)) is not None}
    values = {
        "articles": pages,
        "names": names,
        "problems": problems,
        "left": max(0, len(readings) - MOST),
        "pasted": form.get("text"),
        "entered": entered_in(form),
    }
    return render(request, "checked.html", values)


def checked(desk: Desk, reading: Reading, tables: LedgerTables) -> list[CheckRow]:
    """Hold an article against what it touches of the ledger."""
    known = known_to(desk, reading.document, reading.claims, tables)
    return check_against(known, reading.document, reading.claims, tables=tables)


def article(reading: Reading, rows: list[CheckRow]) -> dict[str, Any]:
    """Return one article for the page: its text with the claims marked, and each claim with what was found."""
    document, claims = reading.document, reading.claims
    found = [_grouped([r for r in rows if r.claim == c.id]) for c in claims]
    return {
        "document": document,
        "blocks": [(b, stretches(document, b.span, claims)) for b in document.blocks if b.kind != "removed"],
        "claims": [(claim_row(c, document), rows) for c, rows in zip(claims, found, strict=True)],
    }


def _grouped(rows: list[CheckRow]) -> list[tuple[CheckRow, list[str]]]:
    """Return each finding once with the matters that it is about: a denial often bears on many."""
    out: dict[Any, tuple[CheckRow, list[str]]] = {}
    for r in rows:
        what = (r.finding, r.origin, r.first_said, r.first_document, r.before, r.after, r.against, r.gap)
        matters = out.setdefault(what, (r, []))[1]
        if r.matter is not None:
            matters.append(r.matter)
    return list(out.values())
