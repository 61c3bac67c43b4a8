"""What stands on the pages, of the project's example articles."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from beleg.store.case import Case
from beleg.web.telling import tell


def links(html: str, start: str) -> list[str]:
    return list(dict.fromkeys(unescape(x) for x in re.findall(rf'href="({start}[^"]*)"', html)))


def most_told(client: TestClient) -> str:
    return str(client.get("/api/ledger").json()["rows"][0]["matter"])


def test_the_ledger_lists_every_matter_with_its_interval_and_origins(client: TestClient) -> None:
    html, rows = client.get("/ledger?lang=en").text, client.get("/api/ledger").json()["rows"]
    assert len(links(html, "/matter/")) == len(rows) > 3
    assert "≥ 20,001" in html and "Independent" not in html
    assert [r["documents"] for r in rows] == sorted((r["documents"] for r in rows), reverse=True)


def test_filters_stand_in_the_address_and_in_the_form(client: TestClient) -> None:
    rows = client.get("/api/ledger").json()["rows"]
    item = rows[0]["item"]
    html = client.get("/ledger", params={"item": item, "lang": "en"}).text
    assert f'<option value="{item}" selected>' in html
    assert len(links(html, "/matter/")) == sum(r["item"] == item for r in rows) < len(rows)
    denied = client.get("/api/ledger?denied=1").json()["rows"]
    assert denied == [r for r in rows if r["denied_by"]] != []
    assert client.get("/api/ledger?q=nosuchword").json()["rows"] == []


@pytest.mark.parametrize("sort", ["documents", "origins", "figure", "changed", "parties", "item", "nonsense"])
def test_every_order_shows_the_same_matters(client: TestClient, sort: str) -> None:
    rows = client.get("/api/ledger", params={"sort": sort}).json()["rows"]
    assert sorted(r["matter"] for r in rows) == sorted(r["matter"] for r in client.get("/api/ledger").json()["rows"])
    if sort == "figure":
        assert [r["low"] or 0 for r in rows] == sorted((r["low"] or 0 for r in rows), reverse=True)


def test_csv_has_what_is_shown(client: TestClient) -> None:
    answer = client.get("/ledger.csv?denied=1")
    assert answer.headers["content-disposition"].startswith("attachment")
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert [r["matter"] for r in rows] == [r["matter"] for r in client.get("/api/ledger?denied=1").json()["rows"]]
    claims = list(csv.DictReader(io.StringIO(client.get("/claims.csv?stance=denied").text, newline="")))
    assert {r["stance"] for r in claims} == {"denied"}


def test_a_matter_has_chart_and_table_with_the_same_figures(client: TestClient) -> None:
    id = most_told(client)
    html, row = client.get(f"/matter/{id}?lang=de").text, client.get(f"/api/matter/{id}").json()
    assert html.count("<svg") == 1 and f"/matter/{id}/origins.svg" in html
    for f in row["figures"]:
        assert f"„{f['words']}“" in unescape(html)
    assert all(tell("de", a["readings"][0]["low"]["path"]) in unescape(html) for a in row["as_of"])
    assert all(f'href="#figure-{n}"' in html or not f["active"] for n, f in enumerate(row["figures"], 1))
    assert 'style="' not in html  # the policy would leave it out
    assert client.get(f"/matter/{id}/origins.svg").headers["content-type"] == "image/svg+xml"


def test_a_claim_shows_its_quote_in_place_and_how_it_was_read(client: TestClient) -> None:
    (address, *_) = links(client.get("/claims?event=transfer").text, "/claim/")
    html = client.get(f"{address}?lang=en").text
    row = client.get(f"/api{address}").json()
    assert f"<mark>{row['quote_clean']}</mark>" in unescape(html)
    assert "How it was read" in html


def test_claims_are_found_by_words_of_their_quotes(client: TestClient, case: Case) -> None:
    rows = client.get("/api/claims?text=Container*").json()["rows"]
    assert rows and all("container" in r["quote_clean"].lower() for r in rows)
    assert client.get("/api/claims").json()["total"] == case.size()["claims"]


@pytest.mark.parametrize("text", ['"', "*", "a OR b NEAR(", "') --", "\x00", "ä" * 9000])
def test_search_takes_any_text(client: TestClient, text: str) -> None:
    assert client.get("/claims", params={"text": text}).status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "99999999", "²", "1e9", "x", "9" * 400])
def test_a_page_number_that_makes_no_sense_shows_a_page(client: TestClient, page: str) -> None:
    for path in ("/ledger", "/claims", "/documents", "/log", "/api/claims"):
        assert client.get(path, params={"page": page}).status_code == 200


def test_a_document_is_its_clean_text_letter_for_letter(client: TestClient, case: Case) -> None:
    for document in case.documents()[:5]:
        html = client.get(f"/document/{document.name}").text
        article = html[html.index("<article") : html.index("</article>")]
        words = unescape(re.sub(r"<[^>]+>", "", re.sub(r"<sup>.*?</sup>", "", article)))
        assert document.text in words
        assert "time without a fixed day" in html and "no day for" in html
        assert len(links(html, "/claim/")) == len(case.claims(document=document.name))


def test_original_bytes_come_as_a_file_to_save(client: TestClient, case: Case) -> None:
    document = case.documents()[0]
    (place,) = links(client.get(f"/document/{document.name}").text, "/original/")
    answer = client.get(place)
    assert answer.content == document.text.encode()
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert "sandbox" in answer.headers["content-security-policy"]


def test_the_log_shows_its_head_and_walks_the_case_on_demand(client: TestClient, case: Case) -> None:
    assert case.head().hash in client.get("/log").text
    assert "Nothing was changed" not in client.get("/log?lang=en").text
    assert "Nothing was changed" in client.get("/log?lang=en&verify=1").text
    assert client.get("/api/log?verify=1").json()["verify"] == []


def test_what_is_not_there_is_said_in_the_readers_language(client: TestClient) -> None:
    for path in ("/matter/none", "/claim/none%2301", "/document/none", "/original/none", "/nowhere"):
        answer = client.get(path, params={"lang": "de"})
        assert answer.status_code == 404 and "Nicht in diesem Fall" in answer.text
    for path in ("/api/matter/none", "/api/claim/none", "/api/document/none", "/api/nowhere"):
        assert client.get(path).json()["error"]["status"] == 404


def test_a_language_asked_for_is_kept(client: TestClient) -> None:
    assert '<html lang="de">' in client.get("/ledger?lang=de").text
    assert '<html lang="de">' in client.get("/claims").text


def test_pages_load_nothing_from_elsewhere_and_hold_no_script_but_our_file(client: TestClient) -> None:
    id = most_told(client)
    for path in ("/ledger", "/claims", "/documents", "/log", f"/matter/{id}"):
        html = client.get(path).text
        html = html.replace('<script src="/static/beleg.js" defer></script>', "", 1)
        assert not re.search(r"<script|\son\w+\s*=|javascript:", html)
        assert not re.search(r'(?:src|href|action)="(?!/|#)', html)
