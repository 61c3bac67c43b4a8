"""The JSON side described as OpenAPI 3.1, made from the table of routes: a route that is not described stops the start.

The description says what is asked for and what comes back; programs that make requests from it are tested against it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from beleg import __version__
from beleg.views.map import Flow, Spot
from beleg.views.sources import Edge, Part, SourceRecord
from beleg.web.days import FLOW_FILTERS, SAID_FILTERS, Said
from beleg.web.pages.claims import FILTERS as CLAIM_FILTERS
from beleg.web.pages.ledger import SWITCHES
from beleg.web.pages.review import FILTERS as REVIEW_FILTERS
from beleg.web.pages.review import STATES
from beleg.web.register import ORDERS
from beleg.web.rows import FILTERS, MatterLine

REF = "#/components/schemas/"
TEXT = {"type": "string", "maxLength": 500}
PAGE = {"type": "integer", "minimum": 1, "maximum": 1_000_000, "default": 1}
SWITCH = {"type": "string", "enum": ["1"]}
ANY = {"type": "object"}

Schema = Mapping[str, Any]


class Operation(msgspec.Struct, frozen=True):
    """What a route takes and gives."""

    summary: str
    answer: Schema
    query: Mapping[str, Schema] = {}
    missing: bool = False  # it may name something that is not there (404)
    several: bool = False  # a name may stand for several (300)


def _texts(*names: str) -> dict[str, Schema]:
    return dict.fromkeys(names, TEXT)


def _ref(name: str) -> Schema:
    return {"$ref": REF + name}


def _list_of(row: Schema) -> Schema:
    rows = {"type": "array", "items": row, "maxItems": 50}
    count = {"type": "integer", "minimum": 0}
    return {
        "type": "object",
        "required": ["total", "page", "pages", "rows"],
        "properties": {"total": count, "page": count, "pages": count, "rows": rows},
    }


def _with(*names: str) -> Schema:
    return {"type": "object", "required": list(names)}


FLOWS = {
    "type": "object",
    "required": ["flows", "places", "places_without_coordinates"],
    "properties": {"flows": {"type": "array", "items": ANY}, "places": {"type": "array", "items": ANY}},
}
OPERATIONS: Mapping[str, Operation] = {
    "/api/ledger": Operation(
        "Matters with their interval, origins and denials; behind: the log has grown since they were computed",
        _list_of(_ref("MatterLine")),
        _texts("q", *FILTERS)
        | dict.fromkeys(SWITCHES, SWITCH)
        | {"sort": {"type": "string", "enum": list(ORDERS)}, "page": PAGE},
    ),
    "/api/matter/{id}": Operation(
        "One matter with all that stands behind it",
        _with("matter", "item", "act", "as_of", "figures", "claims", "conflicts", "denials", "n_min", "n_max"),
        missing=True,
    ),
    "/api/claims": Operation(
        "Claims by document, then in text order",
        _list_of(_with("doc", "id", "quote", "event", "stance", "sources", "start", "end", "review")),
        _texts(*CLAIM_FILTERS) | {"page": PAGE},
    ),
    "/api/claim/{id}": Operation(
        "One claim and how it was read",
        _with("doc", "id", "quote", "slots", "cues", "state"),
        {"in": TEXT},
        missing=True,
        several=True,
    ),
    "/api/documents": Operation("Articles by name", _list_of(_with("id", "doc", "title", "outlet")), {"page": PAGE}),
    "/api/document/{id}": Operation(
        "One article as it was read", _with("id", "doc", "text", "blocks", "problems"), missing=True, several=True
    ),
    "/api/sources": Operation(
        "Outlets, agencies and speakers", _list_of(_ref("SourceRecord")), _texts("q") | {"page": PAGE}
    ),
    "/api/source/{id}": Operation(
        "One source, on whom it rests and who rests on it",
        _with("name", "rests_on", "rests_on_total", "carries", "carries_total", "documents"),
        {"page": PAGE},
        missing=True,
    ),
    "/api/flows": Operation("What is said to go from where to where, and places", FLOWS, _texts(*FLOW_FILTERS)),
    "/api/timeline": Operation(
        "What was said when, the latest first",
        _list_of(_with(*Said._fields)),
        _texts(*SAID_FILTERS, "from", "to") | {"page": PAGE},
    ),
    "/api/review": Operation(
        "The claim that is due next, and how many are decided about",
        _with("decided", "total", "next"),
        _texts(*(name for name in REVIEW_FILTERS if name != "state"))
        | {"state": {"type": "string", "enum": list(STATES)}},
    ),
    "/api/decisions": Operation(
        "What people decided, the newest first",
        _list_of(_with("id", "kind", "target", "who", "when", "why", "payload", "undoes", "undone")),
        {"page": PAGE},
    ),
    "/api/search": Operation(
        "Matters, claims and articles that hold all words",
        _with("matters", "matters_total", "claims", "claims_total", "documents", "documents_more"),
        _texts("q"),
    ),
    "/api/openapi.json": Operation("This description", _with("openapi", "paths")),
    "/api/log": Operation(
        "What was read and decided, the newest first; with verify=1 the case is walked",
        _with("head", "verify", "total", "page", "rows"),
        {"page": PAGE, "verify": SWITCH},
    ),
}


def describe(paths: Sequence[str]) -> dict[str, Any]:
    """Return the description of these routes.

    Args:
        paths: As the application has them (``/api/claim/{id:name}``); those beside ``/api/`` are left out.

    Raises:
        KeyError: a route of the JSON side that ``OPERATIONS`` does not describe.
    """
    plain = [re.sub(r"\{(\w+):\w+\}", r"{\1}", p) for p in paths if p.startswith("/api/")]
    _, components = msgspec.json.schema_components(
        (MatterLine, SourceRecord, Edge, Part, Flow, Spot), ref_template=REF + "{name}"
    )
    error = {
        "type": "object",
        "required": ["error"],
        "properties": {
            "error": {
                "type": "object",
                "required": ["status", "message"],
                "properties": {"status": {"type": "integer"}, "message": {"type": "string"}},
            }
        },
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Beleg",
            "version": __version__,
            "description": "A case as JSON. It answers on this machine only, and only who has the token.",
        },
        "security": [{"token": []}],
        "paths": {p: {"get": _operation(p, OPERATIONS[p])} for p in plain},
        "components": {
            "schemas": {**components, "Error": error},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(path: str, what: Operation) -> dict[str, Any]:
    inside = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        for name in re.findall(r"\{(\w+)\}", path)
    ]
    asked = [{"name": name, "in": "query", "schema": dict(schema)} for name, schema in what.query.items()]
    failed = {"application/json": {"schema": {"$ref": REF + "Error"}}}
    answers: dict[str, Any] = {
        "200": {"description": what.summary, "content": {"application/json": {"schema": what.answer}}},
        "401": {"description": "no token, or a wrong one"},
        "421": {"description": "asked for under another name than this machine's"},
        "503": {"description": "the case cannot be read", "content": failed},
    }
    if what.missing:
        answers["404"] = {"description": "not in this case", "content": failed}
    if what.several:
        answers["300"] = {"description": "the name stands for several", "content": failed}
    name = re.sub(r"[^a-z]+", "_", path.removeprefix("/api/").replace("{id}", "")).strip("_")
    return {
        "operationId": ("one_" if inside else "") + name,
        "summary": what.summary,
        "parameters": [*inside, *asked],
        "responses": answers,
    }
