"""Addresses to try, one for every route that an application has, so that a new route is tried without being listed."""

from __future__ import annotations

import re

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from beleg.store.case import Case
from beleg.web.desk import segment
from beleg.web.security import Guard

PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")


def routes(app: object) -> list[Route]:
    """Return all routes; nothing is mounted that this would not see."""
    assert isinstance(app, Guard) and isinstance(app.app, Starlette)
    found = [r for r in app.app.routes if isinstance(r, Route)]
    assert len(found) == len(app.app.routes) > 15
    return found


def methods(route: Route) -> set[str]:
    return set(route.methods or ()) - {"HEAD"}


def bare(route: Route) -> str:
    """Return an address of the route, of something that need not be there."""
    return PARAMETER.sub("x", route.path)


def filled(app: object, case: Case, client: TestClient) -> list[str]:
    """Return an address for every route that answers to GET, of something that is in the case."""
    document = next(d for d in case.documents() if case.claims(document=d.name))
    claim = case.claims(document=document.name)[0]
    named = {"claim": claim.id, "document": document.name, "original": document.id}
    found = []
    for route in routes(app):
        if "GET" not in methods(route):
            continue
        path = route.path
        if "{" in path:
            kind = path.removeprefix("/api").split("/")[1]
            named.setdefault("source", client.get("/api/sources").json()["rows"][0]["name"])
            named.setdefault("matter", client.get("/api/ledger").json()["rows"][0]["matter"])
            assert kind in named, f"{path}: an example of a {kind} is needed here"
            path = PARAMETER.sub(segment(named[kind]), path)
        found.append(path)
    return found


def pages(app: object, case: Case, client: TestClient) -> list[str]:
    """Return those of ``filled`` that are pages to look at."""
    return [
        path
        for path in filled(app, case, client)
        if path != "/" and client.get(path).headers["content-type"].startswith("text/html")
    ]
