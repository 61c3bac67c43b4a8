"""All addresses of the page in one table, and the application around them."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from beleg.errors import BelegError
from beleg.store.case import Case, no_clock
from beleg.web import api, api_work, network, openapi
from beleg.web.desk import Desk, segment
from beleg.web.forms import LARGE, SMALL, Form, read_form
from beleg.web.keeper import NoRegisterError
from beleg.web.pages import (
    check,
    claims,
    decide,
    document,
    imports,
    joining,
    ledger,
    log,
    overview,
    review,
    search,
    sources,
)
from beleg.web.render import render
from beleg.web.security import Gate, Guard

Page = Callable[[Desk, Request], Response]
Action = Callable[[Desk, Request, Form], Response]


class Name(Convertor[str]):
    """The rest of an address, whatever stands in it: names hold slashes, and line breaks where an index gives them."""

    regex = "(?s:.+)"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return segment(value)


register_url_convertor("name", Name())

STATIC = Path(__file__).parent / "static"
FILES = ("beleg.css", "beleg.svg", "beleg.js")

PAGES: tuple[tuple[str, Page], ...] = (
    ("/ledger", ledger.ledger_page),
    ("/ledger.csv", ledger.ledger_csv),
    ("/ledger.xlsx", ledger.ledger_xlsx),
    ("/matter/{id}", ledger.matter_page),
    ("/matter/{id}/life.svg", ledger.life),
    ("/matter/{id}/origins.svg", ledger.funnel),
    ("/matter/{id}/dossier.html", ledger.dossier_file),
    ("/claims", claims.claims_page),
    ("/claims.csv", claims.claims_csv),
    ("/claims.xlsx", claims.claims_xlsx),
    ("/claim/{id:name}", claims.claim_page),
    ("/documents", document.documents_page),
    ("/document/{id:name}", document.document_page),
    ("/original/{id:name}", document.original),
    ("/search", search.search_page),
    ("/check", check.check_page),
    ("/import", imports.import_page),
    ("/sources", sources.sources_page),
    ("/source/{id:name}", sources.source_page),
    ("/map", overview.map_page),
    ("/timeline", overview.timeline_page),
    ("/review", review.review_page),
    ("/decisions", review.decisions_page),
    ("/log", log.log_page),
    ("/api/ledger", api.ledger),
    ("/api/matter/{id}", api.matter),
    ("/api/claims", api.claims),
    ("/api/claim/{id:name}", api.claim),
    ("/api/documents", api.documents),
    ("/api/document/{id:name}", api.document),
    ("/api/sources", network.sources),
    ("/api/source/{id:name}", network.source),
    ("/api/flows", network.flow_rows),
    ("/api/timeline", network.timeline),
    ("/api/review", api_work.queue),
    ("/api/decisions", api_work.decisions),
    ("/api/search", api_work.search),
    ("/api/log", api.log),
    ("/api/openapi.json", network.description),
)


# What changes something: every one takes a form of our own pages (``forms``) and nothing else.
ACTIONS: tuple[tuple[str, Action, int], ...] = (
    ("/decide", decide.decide, SMALL),
    ("/compute", decide.compute_again, SMALL),
    ("/join", joining.join, SMALL),
    ("/divide", joining.divide, SMALL),
    ("/check", check.check_article, LARGE),
    ("/import", imports.import_articles, LARGE),
)


def create_app(case: Case, gate: Gate, now: Callable[[], str] = no_clock) -> Guard:
    """Return the application (``Guard.app``) on an open case behind its guard.

    Args:
        case: What is shown, and added to.
        gate: Says who may ask.
        now: Gives the instant that decisions are stamped with.
    """
    desk = Desk(case, now)

    def route(path: str, page: Page) -> Route:
        async def endpoint(request: Request) -> Response:
            return await run_in_threadpool(page, desk, request)

        return Route(path, endpoint, methods=["GET"], name=f"{page.__module__}.{page.__name__}")

    def action(path: str, act: Action, limit: int) -> Route:
        async def endpoint(request: Request) -> Response:
            form = await read_form(request, gate.form_token, limit)
            return await run_in_threadpool(act, desk, request, form)

        return Route(path, endpoint, methods=["POST"], name=f"{act.__module__}.{act.__name__}")

    routes = [
        Route("/", lambda request: RedirectResponse("/ledger", 303), methods=["GET"], name="start"),
        *(Route(f"/static/{name}", _file(name), methods=["GET"], name=name) for name in FILES),
        *(route(path, page) for path, page in PAGES),
        *(action(path, act, limit) for path, act, limit in ACTIONS),
    ]
    handlers = {HTTPException: _refused, BelegError: _failed}
    app = Starlette(routes=routes, exception_handlers=handlers, lifespan=lambda _: _running(desk))
    app.state.form_token, app.state.keeper = gate.form_token, desk.keeper
    app.state.description = openapi.describe([path for path, _ in PAGES])
    return Guard(app, gate)


@contextlib.asynccontextmanager
async def _running(desk: Desk) -> AsyncIterator[None]:
    """Compute beforehand what the first reader would wait for, and end at last what still computes."""
    threading.Thread(target=overview.warm, args=(desk,), daemon=True).start()
    yield
    desk.close()


def _file(name: str) -> Callable[[Request], Response]:
    return lambda request: FileResponse(STATIC / name)


def _refused(request: Request, e: Exception) -> Response:
    status, words = (e.status_code, e.detail) if isinstance(e, HTTPException) else (500, str(e))
    return _answer(request, status, words)


def _failed(request: Request, e: Exception) -> Response:
    """Show what is wrong with the case: damaged, locked, gone, or its ledger not there yet."""
    if isinstance(e, NoRegisterError) and not request.url.path.startswith("/api/"):
        answer = render(request, "computing.html", {"fault": e.fault}, 503)
        if not e.fault:
            answer.headers["Retry-After"] = "10"
        return answer
    return _answer(request, 503, str(e))


def _answer(request: Request, status: int, words: str) -> Response:
    if request.url.path.startswith("/api/"):
        return api.failure(status, words)
    return render(request, "problem.html", {"status": status, "what": words}, status)
