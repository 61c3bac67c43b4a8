"""Map and timeline: what is said to go where, and who said what when."""

from __future__ import annotations

import contextlib
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from beleg.errors import BelegError
from beleg.views import map as maps
from beleg.views import timeline
from beleg.views.shapes import points
from beleg.web import words
from beleg.web.days import FLOW_FILTERS, SAID_FILTERS, flows, lanes, said, spots
from beleg.web.desk import Desk
from beleg.web.pages.sources import source_address
from beleg.web.query import address, page_number, value
from beleg.web.render import language_of, render
from beleg.web.telling import tell

LANES = 16
ARROWS = 60  # more cannot be told apart; the table has all
TABLE = 200


def warm(desk: Desk) -> None:
    """Ask once for what takes longest and is kept; what is wrong with the case is said by its pages."""
    with contextlib.suppress(BelegError):
        register = desk.register()
        register.choices()
        nothing: dict[str, str | None] = {}
        flows(register, nothing)
        spots(register, nothing)
        lanes(register, nothing, LANES)
        said(register, nothing, 1)
        for language in words.interface_languages():
            tell(language, "artillery shells")


def map_page(desk: Desk, request: Request) -> Response:
    register, lang = desk.register(), language_of(request)
    asked = {name: value(request.query_params, name) for name in FLOW_FILTERS}
    found, (on, off) = flows(register, asked), spots(register, asked)
    t = partial(words.say, lang)

    def chart() -> str:
        shown = found[:ARROWS]
        description = f"{len(found)} {t('map.flows')}, {len(on)} {t('map.places')}. {t('source.twin')}"
        said = maps.Words(t("page.map"), description, t("map.matters"), t("page.claims"), partial(tell, lang))
        return maps.flow_map(
            shown,
            on[:ARROWS],
            said,
            lambda f: address("/ledger", ledger_filters(asked, f.supplier, f.recipient)),
        )

    return render(
        request,
        "map.html",
        {
            "asked": asked,
            "choices": {name: register.choices()[name] for name in FLOW_FILTERS},
            "flows": found[:TABLE],
            "total": len(found),
            "arrows": ARROWS,
            "unmapped": sum(f.supplier not in points() or f.recipient not in points() for f in found),
            "links": [address("/ledger", ledger_filters(asked, f.supplier, f.recipient)) for f in found[:TABLE]],
            "spots": [(s.name, s.claims, True) for s in on[:TABLE]] + [(p, n, False) for p, n in off[:TABLE]],
            "spots_total": len(on) + len(off),
            "chart": register.kept(("map", lang, *asked.values()), chart),
        },
    )


def ledger_filters(asked: dict[str, str | None], supplier: str, recipient: str) -> dict[str, str | None]:
    return {**asked, "supplier": supplier, "recipient": recipient}


def timeline_page(desk: Desk, request: Request) -> Response:
    register, lang, query = desk.register(), language_of(request), request.query_params
    asked = {name: value(query, name) for name in (*SAID_FILTERS, "from", "to")}
    page = said(register, asked, page_number(query))
    t = partial(words.say, lang)
    speakers, cells = lanes(register, asked, LANES)

    def chart() -> str:
        description = f"{page.total} {t('timeline.utterances')}. {t('source.twin')}"
        texts = timeline.Words(
            t("page.timeline"),
            description,
            t("matter.unnamed"),
            t("timeline.figures"),
            t("timeline.denials"),
            partial(tell, lang),
        )
        return timeline.timeline_chart(
            cells,
            speakers,
            texts,
            lambda who, day: address("/timeline", {**asked, "speaker": who, "from": day, "to": day}) + "#list",
        )

    papers = desk.documents(row.document for row in page.rows)
    addresses = dict(zip(papers, desk.document_addresses(list(papers.values())), strict=True))
    return render(
        request,
        "timeline.html",
        {
            "asked": asked,
            "page": page,
            "choices": {name: register.choices()[name] for name in ("supplier", "recipient", "item")},
            "at": source_address,
            "sources": register.sources_among(row.speaker for row in page.rows),
            "quotes": desk.quotes((row.document, row.claim) for row in page.rows if row.kind == "denial"),
            "lanes": len(speakers),
            "lanes_most": LANES,
            "papers": papers,
            "addresses": addresses,
            "chart": register.kept(("timeline", lang, *asked.values()), chart),
        },
    )
