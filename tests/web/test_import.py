"""Articles that come by a form: read within limits and kept, or held against the ledger and forgotten."""

from __future__ import annotations

import re
import time
import zipfile
from collections.abc import Iterator, Sequence
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from desks import BASE, GATE, OWN, ROOT, examples_in
from httpx2 import Response
from starlette.testclient import TestClient

from beleg.intake import Taken, take_in
from beleg.ledger.check import CheckRow, Known, check_against
from beleg.ledger.tables import LedgerTables
from beleg.model import Claim, Document
from beleg.read.given import Given
from beleg.read.inputs import RawInput
from beleg.store.case import Case
from beleg.web.app import create_app
from beleg.web.pages.search import Piece, snippet

EXAMPLES = ROOT / "examples" / "de"
ARTICLE = """Seoul: Mehr als 30.000 Container

Seoul. Nordkorea hat nach Angaben des südkoreanischen Verteidigungsministeriums seit August 2023 mehr als 30.000
Container mit Munition an Russland geliefert. Moskau bestreitet die Lieferungen.
"""


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Case.open(tmp_path / "case", create=True, who="anna") as made:
        yield made


@pytest.fixture
def anna(case: Case) -> Iterator[TestClient]:
    with TestClient(create_app(case, GATE), base_url=BASE) as client:
        client.get("/", params={"token": GATE.token, "lang": "en"})
        client.get("/import?lang=en")
        yield client


def send(client: TestClient, path: str, files: list[tuple[str, bytes]], **fields: str) -> Response:
    data = {"form_token": GATE.form_token, **fields}
    sent = [("file", (name, raw)) for name, raw in files] or [("file", ("", b""))]
    return client.post(path, headers=OWN, data=data, files=sent)


def finish(client: TestClient, answer: Response) -> str:
    """Wait until a run is done and return its page."""
    for _ in range(400):
        html = client.get(str(answer.url)).text
        if 'data-live="done"' in html:
            return html
        time.sleep(0.05)
    raise AssertionError("the run did not end")


def states(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<th scope="row">([^<]*)</th>\s*<td[^>]*><span class="state (\w+)">', html)


def test_files_are_read_one_after_another_and_their_states_shown(anna: TestClient, case: Case) -> None:
    names = sorted(p.name for p in EXAMPLES.iterdir())[:3]
    files = [(n, (EXAMPLES / n).read_bytes()) for n in [*names, "index.jsonl"]]
    html = finish(
        anna, send(anna, "/import", [*files, ("leer.txt", b""), ("bild.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40)])
    )
    assert states(html) == [*((n, "kept") for n in names), ("leer.txt", "left_out"), ("bild.png", "left_out")]
    kept = case.documents()
    assert [d.name for d in kept] == [n.removesuffix(".txt") for n in names]
    assert all(d.outlet and d.published.days for d in kept)  # from the index
    assert case.raw(kept[0]) == (EXAMPLES / names[0]).read_bytes()
    assert "Rows of the index without a file" in html
    again = finish(anna, send(anna, "/import", files))
    assert {state for _, state in states(again)} == {"same"}
    assert len(case.problems()) >= 2


def test_an_archive_gives_all_its_articles(anna: TestClient, case: Case) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as z:
        z.writestr("a/eins.txt", ARTICLE)
        z.writestr("a/../../zwei.txt", ARTICLE.replace("30.000", "31.000"))
    html = finish(anna, send(anna, "/import", [("paket.zip", packed.getvalue())]))
    assert states(html) == [("paket.zip", "kept")] and {d.name for d in case.documents()} == {"eins", "zwei"}


def test_a_fault_at_one_file_leaves_the_others_standing(
    anna: TestClient, case: Case, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def faulty(case: Case, item: RawInput, given: Given) -> Taken:
        if item.name == "a.txt":
            raise RuntimeError("a fault of ours")
        return take_in(case, item, given)

    monkeypatch.setattr("beleg.web.imports.take_in", faulty)
    html = finish(anna, send(anna, "/import", [("a.txt", ARTICLE.encode()), ("b.txt", ARTICLE.encode())]))
    assert states(html) == [("a.txt", "failed"), ("b.txt", "kept")]
    assert "a fault of Beleg&#39;s own" in html and "a fault of ours" in caplog.text


def test_pasted_text_is_kept_with_what_was_said_of_it(anna: TestClient, case: Case) -> None:
    finish(anna, send(anna, "/import", [], text=ARTICLE, outlet="Tagespost", published="2024-11-02", name="seoul"))
    (document,) = case.documents()
    assert (document.name, document.outlet, str(document.published.days and document.published.days.first)) == (
        "seoul", "Tagespost", "2024-11-02",
    )  # fmt: skip
    assert anna.get("/api/claims").json()["total"] == len(case.claims()) > 0


@pytest.mark.parametrize("path", ["/import", "/check"])
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": ARTICLE, "published": "2.11.2024"}, "The date cannot be read"),
        ({"text": ARTICLE, "language": "deutsch"}, "two letters"),
        ({}, "is missing"),
    ],
)
def test_what_cannot_be_taken_is_said_and_stays_in_the_form(
    anna: TestClient, case: Case, path: str, fields: dict[str, str], words: str
) -> None:
    answer = send(anna, path, [], **fields)
    assert answer.status_code == 422 and words in answer.text
    assert all(v.strip() in unescape(answer.text) for v in fields.values()) and case.documents() == []


def test_a_new_article_is_held_against_the_ledger_and_not_kept(anna: TestClient, case: Case) -> None:
    examples_in(case)
    head = case.head()
    html = send(anna, "/check", [("neu.txt", ARTICLE.encode())], published="2025-06-30").text
    assert re.search(r'class="finding (raises|contradicts|narrows)"', html)
    matter = re.search(r'href="/matter/([^"]+)"', html)
    assert matter is not None and anna.get(f"/matter/{matter[1]}").status_code == 200
    assert "30.000 Container" in html and "None of this is kept" in html
    assert case.head() == head


def test_what_was_checked_as_text_can_be_imported_from_the_result(anna: TestClient, case: Case) -> None:
    html = send(anna, "/check", [], text=ARTICLE, outlet="Tagespost").text
    form = html[html.index('action="/import"') :]
    sent = {n: unescape(v) for n, v in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)}
    finish(anna, anna.post("/import", headers=OWN, data=sent, files=[("file", ("", b""))]))
    assert [d.outlet for d in case.documents()] == ["Tagespost"]


def test_a_check_counts_with_the_camps_kept_beside_the_case(
    anna: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def spy(known: Known, document: Document, claims: Sequence[Claim], *, tables: LedgerTables) -> list[CheckRow]:
        seen.append(tables.camps["KR"].camp)
        return check_against(known, document, claims, tables=tables)

    (tmp_path / "case" / "camps.csv").write_text("member,camp,relation,source\nKR,mine,ally,me\n", encoding="utf-8")
    monkeypatch.setattr("beleg.web.pages.check.check_against", spy)
    assert send(anna, "/check", [("a.txt", ARTICLE.encode())]).status_code == 200 and seen == ["mine"]


def test_an_article_without_claims_says_so(anna: TestClient) -> None:
    html = send(anna, "/check", [("wetter.txt", "Das Wetter wird am Sonntag im ganzen Land schön.".encode())]).text
    assert "makes no claim about arms transfers" in html


def test_search_finds_matters_claims_and_articles(anna: TestClient, case: Case) -> None:
    examples_in(case)
    html = anna.get("/search", params={"q": "Container"}).text
    assert "<mark>Container</mark>" in html and "/document/" in html and "/claim/" in html
    assert re.search(r'<h2 id="claims">[1-9]', html) and re.search(r'<h2 id="documents">[1-9]', html)
    assert "/matter/" in anna.get("/search", params={"q": "containers"}).text
    for odd in ('"', "*", "a OR b NEAR(", "') --", "\x00", "ä" * 9000, "<b>", "x" * 600):
        assert anna.get("/search", params={"q": odd}).status_code == 200


@pytest.mark.parametrize(
    ("text", "words", "hits"),
    [
        ("Container und CONTAINER, nicht Containern", "container", ["Container", "CONTAINER"]),
        ("Granaten und Granatwerfer", "granat*", ["Granaten", "Granatwerfer"]),
        ("nichts davon", "Container", []),
        ("a.b", ".", []),
    ],
)
def test_found_words_are_marked_and_the_text_stays_as_it_is(text: str, words: str, hits: list[str]) -> None:
    pieces = snippet(text, words, whole=True)
    assert [p.text for p in pieces if p.hit] == hits and "".join(p.text for p in pieces) == text


def test_a_snippet_begins_near_the_first_word_found() -> None:
    pieces = snippet("x " * 500 + "Treffer" + " y" * 500, "treffer")
    assert Piece("Treffer", True) in pieces and sum(len(p.text) for p in pieces) < 400
