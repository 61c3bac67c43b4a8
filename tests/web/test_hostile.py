"""Markup in titles, authors, names, addresses and bodies stays text: on every page, in every attribute."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from starlette.testclient import TestClient

from beleg.model import (
    Block,
    Claim,
    Document,
    Piece,
    Problem,
    Published,
    Quantity,
    Slot,
    Source,
    Span,
    TextMap,
    TimeMention,
)
from beleg.store.case import Case, Reading
from beleg.web.app import create_app
from beleg.web.security import Gate

PAYLOADS = Path(__file__).with_name("payloads.txt").read_text(encoding="utf-8").splitlines()
PAGES = range(1, len(PAYLOADS) // 50 + 3)
ODD = ["\u202egnp.exe", "\x00\x01\x1b[2J", "a\r\nSet-Cookie: x=1", "ä" * 300]
GATE = Gate("a-token-for-the-tests", 8765)
ALLOWED = """
    html head meta title link body a header nav form label input button span main h1 h2 h3 p select option table thead
    tbody tr th td div small strong em b code details summary ul ol li blockquote dl dt dd section img svg desc defs
    pattern rect line text path g circle polygon article mark sup pre footer br kbd progress del ins textarea
    datalist
"""
OWN_SCRIPT = [("src", "/static/beleg.js"), ("defer", None)]
ELEMENTS = frozenset(ALLOWED.split())


class Look(HTMLParser):
    """Gathers what a browser would act on."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script" and attrs == OWN_SCRIPT:
            return
        if tag not in ELEMENTS:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc", "formaction", "srcset", "autofocus"):
                self.wrong.append(f"{tag} {name}={value}")
            if name in ("href", "src", "action") and (value or "")[:2] in ("//", "/\\"):
                self.wrong.append(f"{tag} {name}={value}")
            if name in ("href", "src", "action") and not (value or "").startswith(("/", "#")):
                self.wrong.append(f"{tag} {name}={value}")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"<!--{data}-->")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def reading(number: int, bad: str) -> Reading:
    text = f"{bad} hat mehr als 100 {bad} geliefert."
    raw, span = f"{number} {text}".encode("utf-8", "surrogatepass"), Span(0, len(text))
    document = Document(
        name=f"{number}{bad}", path=f"folder/{bad}", sha256=hashlib.sha256(raw).hexdigest(), media_type="text/html",
        language=bad, title=bad, outlet=bad, authors=(bad, bad), published=Published(raw=bad), text=text,
        source_text=text + bad, map=TextMap((Piece(0, len(text), 0, len(text)),)), blocks=(Block(span, "body", bad),),
        url=bad, captured="2024-01-02T03:04:05Z", encoding=bad, anchors=(bad,), capture=((bad, bad),),
    )  # fmt: skip
    claim = Claim(
        id=f"{document.name}#01", document=document.id, doc=document.name, span=span, event="transfer", supplier=bad,
        recipient="UA", actor=bad, item=bad, item_id=None,
        quantity=Quantity(span, bad, 100.0, None, False, "more_than", bad, "count"), counting="total",
        time=TimeMention(span, bad, None, None, "text"), place=bad,
        sources=(Source(bad, bad, "person", None, span),), stance="said", basis=bad, form="indirect", act="delivered",
        slots=(Slot("item", bad, span, "clause"),), rules=(bad,), cues=(span,),
    )  # fmt: skip
    return Reading(document, raw, 1, [claim], [Problem(bad, bad, document.name, span)])


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with Case.open(tmp_path_factory.mktemp("hostile") / "case", create=True, who="<script>alert(1)</script>") as case:
        case.add_many([reading(n, bad) for n, bad in enumerate(PAYLOADS + ODD)])
        app = create_app(case, GATE)
        yield TestClient(app, base_url="http://127.0.0.1:8765", cookies={GATE.cookie: GATE.token})


def look(client: TestClient, path: str) -> Look:
    answer = client.get(path)
    assert answer.status_code in (200, 404), path
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "set-cookie" not in answer.headers or "x=1" not in answer.headers["set-cookie"]
    found = Look()
    found.feed(answer.text)
    assert found.wrong == [], path
    return found


def test_there_are_many_payloads() -> None:
    assert len(set(PAYLOADS)) > 200


def test_lists_show_markup_as_text(hostile: TestClient) -> None:
    for path in ("/ledger", "/claims", "/documents", "/log", "/decisions"):
        for n in PAGES:
            look(hostile, f"{path}?page={n}")
    seen = "".join("".join(look(hostile, f"/documents?page={n}").text) for n in PAGES)
    assert all(bad in seen for bad in PAYLOADS)


@pytest.mark.parametrize("kind", ["claim", "document", "matter"])
def test_every_page_of_one_thing_shows_markup_as_text(hostile: TestClient, kind: str) -> None:
    shown = 0
    for number, bad in enumerate(PAYLOADS):
        if unquote(bad) != bad:
            shown += kind != "matter"  # the test client decodes addresses twice; see test_serve.py
            continue
        name = {"claim": f"{number}{bad}#01", "document": f"{number}{bad}"}.get(kind)
        if name is None:
            continue
        found = look(hostile, f"/{kind}/{quote(name, safe='')}")
        shown += bad in "".join(found.text)
    matters = [r["matter"] for n in PAGES for r in hostile.get(f"/api/ledger?page={n}").json()["rows"]]
    assert len(set(matters)) >= len(PAYLOADS)
    for id in matters if kind == "matter" else ():
        look(hostile, f"/matter/{quote(id, safe='')}")
        svg = hostile.get(f"/matter/{quote(id, safe='')}/life.svg").text
        assert "<script" not in svg and "<img" not in svg
    assert shown == (0 if kind == "matter" else len(PAYLOADS))


def test_markup_in_the_address_comes_back_as_text(hostile: TestClient) -> None:
    for n, bad in enumerate(PAYLOADS):
        value = quote(bad, safe="")
        paths = (
            f"/ledger?q={value}&item={value}&sort={value}&lang={value}",
            f"/claims?text={value}&item={value}",
            f"/search?q={value}",
            f"/review?document={value}&matter={value}&text={value}&state={value}&at={value}",
            f"/import?run={value}",
            f"/matter/{value}",
            f"/claim/x?in={value}",
        )
        look(hostile, paths[n % len(paths)])


def test_markup_given_back_by_the_interface_for_programs_is_json(hostile: TestClient) -> None:
    for path in ("/api/ledger", "/api/claims", "/api/documents", "/api/log", "/api/matter/%3Cscript%3E"):
        answer = hostile.get(path)
        assert answer.headers["content-type"] == "application/json" and answer.json()


def test_originals_are_saved_never_shown(hostile: TestClient) -> None:
    for page in PAGES:
        for row in hostile.get(f"/api/documents?page={page}").json()["rows"]:
            if unquote(row["id"]) != row["id"]:
                continue
            answer = hostile.get(f"/original/{quote(row['id'], safe='')}")
            assert answer.status_code == 200, row["id"]
            assert answer.headers["content-disposition"].startswith('attachment; filename="original"')
            assert answer.headers["content-type"] == "application/octet-stream"


def test_a_table_for_spreadsheets_holds_no_formula(hostile: TestClient) -> None:
    for path in ("/ledger.csv", "/claims.csv"):
        text = hostile.get(path).text
        assert "=HYPERLINK" in text and "\n=" not in text and ",=" not in text and '"=' not in text
