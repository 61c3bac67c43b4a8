"""Importing: files or pasted text in, and the progress of what is being read."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from beleg.web.desk import Desk
from beleg.web.forms import Form
from beleg.web.imports import Run
from beleg.web.judging import Refusal
from beleg.web.query import value
from beleg.web.render import render
from beleg.web.uploads import entered_in, given_by, index_of, inputs_of


def import_page(desk: Desk, request: Request) -> Response:
    number = value(request.query_params, "run") or ""
    run = desk.imports.run(int(number)) if number.isascii() and number.isdigit() and len(number) < 9 else None
    return _show(desk, request, run)


def import_articles(desk: Desk, request: Request, form: Form) -> Response:
    """Take articles on and show how far they are."""
    given, inputs, index = given_by(form), inputs_of(form), index_of(form)
    for part in (given, inputs, index):
        if isinstance(part, Refusal):
            return _show(desk, request, None, part, form)
    assert not isinstance(given, Refusal) and not isinstance(inputs, Refusal) and not isinstance(index, Refusal)
    run = desk.imports.start(inputs, given, index)
    return RedirectResponse(f"/import?run={run.number}", 303)


def _show(
    desk: Desk, request: Request, run: Run | None, refusal: Refusal | None = None, form: Form | None = None
) -> Response:
    values = {
        "entered": entered_in(form),
        "refusal": refusal,
        "run": run,
        "runs": desk.imports.runs[::-1],
    }
    return render(request, "import.html", values, 422 if refusal else 200)
