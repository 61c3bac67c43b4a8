"""Who rests on whom: the network of a case's sources, and the record of one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from beleg.views.network import Words, network_chart
from beleg.views.sources import Edge, SourceRecord
from beleg.web import words
from beleg.web.days import said
from beleg.web.desk import Desk, segment
from beleg.web.query import page_number, value
from beleg.web.register import Register
from beleg.web.render import language_of, not_found, render
from beleg.web.telling import tell

SHOWN = 45  # sources in the drawing: those with most claims
AROUND = 24  # neighbours of one source in its own drawing, on either side


def source_address(name: str) -> str:
    return f"/source/{segment(name)}"


def sources_page(desk: Desk, request: Request) -> Response:
    register, query = desk.register(), request.query_params
    asked = {"q": value(query, "q")}
    page = register.sources(asked["q"], page_number(query))
    drawn = page.rows if asked["q"] else register.heaviest(SHOWN)
    lang = language_of(request)
    chart = register.kept(
        ("network", lang, asked["q"], page.number if asked["q"] else 0),
        lambda: drawing(lang, drawn, register.edges_among([r.name for r in drawn])),
    )
    return render(
        request,
        "sources.html",
        {
            "page": page,
            "asked": asked,
            "chart": chart,
            "edges": register.edges(limit=100),
            "edge_count": register.edge_count(),
            "shown": len(drawn),
            "letters": desk.judged().by.letters,
            "at": source_address,
        },
    )


def source_page(desk: Desk, request: Request) -> Response:
    register, name = desk.register(), request.path_params["id"]
    record = register.source(name)
    if record is None:
        return not_found(request, name)
    before, after = register.edges(other=name, limit=AROUND), register.edges(one=name, limit=AROUND)
    parts = register.parts(name, page_number(request.query_params))
    papers = desk.documents(p.document for p in parts.rows)
    addresses = dict(zip(papers, desk.document_addresses(list(papers.values())), strict=True))
    judged, figures = desk.judged(), said(register, {"speaker": name}, 1)
    around = neighbours(register, record, [*before, *after])
    return render(
        request,
        "source.html",
        {
            "r": record,
            "before_total": register.edge_count(other=name),
            "after_total": register.edge_count(one=name),
            "before": before,
            "after": after,
            "chart": drawing(language_of(request), around, [*before, *after]),
            "parts_": parts,
            "papers": papers,
            "addresses": addresses,
            "figures": figures,
            "quotes": desk.quotes((f.document, f.claim) for f in figures.rows if f.kind == "denial"),
            "body": record.body or name,
            "seen": desk.newest(record.body or name) or "",
            "letter": judged.by.letters.get(name) or judged.by.letters.get(record.body or ""),
            "decisions": [d for d in judged.decisions if d.target in (name, record.body)],
            "at": source_address,
        },
    )


def neighbours(register: Register, record: SourceRecord, edges: Iterable[Edge]) -> list[SourceRecord]:
    names = sorted({n for e in edges for n in (e.one, e.other)} - {record.name})
    found = [register.source(n) for n in names]
    return [record, *(r for r in found if r is not None)]


def drawing(lang: str, records: Iterable[SourceRecord], edges: Iterable[Edge]) -> str:
    t = partial(words.say, lang)
    known, between = list(records), list(edges)
    said = Words(
        t("source.network"),
        f"{len(known)} {t('source.many')}, {len(between)} {t('source.edges')}. {t('source.twin')}",
        (t("source.prints"), t("source.passes_on"), t("source.speaks")),
        t("page.claims"),
        partial(tell, lang),
    )
    return network_chart(known, between, said, source_address)
