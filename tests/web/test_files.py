"""What can be saved: workbooks and the dossier of a matter."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zipfile
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from beleg.cli import main
from beleg.store.case import Case
from beleg.web.pages import claims


def strings(book: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(book)) as z:
        return re.findall(r"<t[^>]*>([^<]*)</t>", z.read("xl/sharedStrings.xml").decode("utf-8"))


def test_the_workbook_of_the_ledger_holds_what_is_shown_and_says_of_what(client: TestClient, case: Case) -> None:
    answer = client.get("/ledger.xlsx?denied=1")
    assert answer.headers["content-disposition"].startswith("attachment")
    shown = {r["matter"] for r in client.get("/api/ledger?denied=1").json()["rows"]}
    rest = {r["matter"] for r in client.get("/api/ledger").json()["rows"]} - shown
    held = set(strings(answer.content))
    assert shown <= held and not rest & held and case.head().hash in held
    assert answer.content == client.get("/ledger.xlsx?denied=1").content


def test_the_workbook_of_claims_holds_their_quotes(client: TestClient) -> None:
    rows = client.get("/api/claims?stance=denied").json()["rows"]
    held = {unescape(s) for s in strings(client.get("/claims.xlsx?stance=denied").content)}
    assert rows and {r["id"] for r in rows} <= held
    assert {r["quote"].strip() for r in rows} <= {s.strip() for s in held}


def test_a_workbook_that_would_be_too_large_says_what_to_do(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims, "MOST_IN_A_BOOK", 1)
    answer = client.get("/claims.xlsx?lang=en")
    assert answer.status_code == 413 and "set a filter, or take CSV" in answer.text


def test_all_claims_come_as_csv_in_parts(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = client.get("/claims.csv").text
    monkeypatch.setattr(claims, "AT_ONCE", 7)
    assert client.get("/claims.csv").text == whole and whole.count("\n") > 100


class Loads(HTMLParser):
    """Gathers whatever a browser would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "link", "img", "iframe", "object", "embed", "form", "base"):
            self.found.append(tag)
        self.found += [n for n, _ in attrs if n.startswith("on") or n in ("src", "style", "action")]
        self.found += [v or "" for n, v in attrs if n == "href" and not (v or "").startswith("#")]


def test_the_dossier_stands_alone_with_every_quote_and_every_hash(client: TestClient, case: Case) -> None:
    row = client.get("/api/ledger?sort=documents").json()["rows"][0]
    matter = client.get(f"/api/matter/{row['matter']}").json()
    answer = client.get(f"/matter/{row['matter']}/dossier.html?lang=de")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"
    html = answer.content.decode("utf-8")
    loads = Loads()
    loads.feed(html)
    assert loads.found == []
    text = unescape(html)
    texts = {d.id: d for d in case.documents()}
    for c in matter["claims"]:
        assert texts[c["document"]].text[c["start"] : c["end"]] in text
        assert texts[c["document"]].sha256 in text
    english = client.get(f"/matter/{row['matter']}/dossier.html?lang=en").content.decode("utf-8")
    assert all(a["readings"][0]["low"]["path"] in unescape(english) for a in matter["as_of"])
    assert case.head().hash in text and html.count("<svg") == 2
    assert answer.content == client.get(f"/matter/{row['matter']}/dossier.html?lang=de").content


def test_the_style_of_the_dossier_is_the_one_its_policy_names(client: TestClient) -> None:
    row = client.get("/api/ledger").json()["rows"][0]
    html = client.get(f"/matter/{row['matter']}/dossier.html").content.decode("utf-8")
    css = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert css is not None
    digest = base64.b64encode(hashlib.sha256(css[1].encode("utf-8")).digest()).decode("ascii")
    assert f"style-src 'sha256-{digest}'" in unescape(html)


def test_a_dossier_of_what_is_not_there_is_not_found(client: TestClient) -> None:
    assert client.get("/matter/nosuchmatter/dossier.html").status_code == 404


def test_the_command_writes_the_same_dossier(client: TestClient, case: Case, tmp_path: Path) -> None:
    id = client.get("/api/ledger").json()["rows"][0]["matter"]
    out = tmp_path / "dossier.html"
    result = CliRunner().invoke(main, ["dossier", id[:-1], "--case", case.where, "--lang", "de", "-o", str(out)])
    assert result.exit_code == 0, result.output
    assert out.read_bytes() == client.get(f"/matter/{id}/dossier.html?lang=de").content
    assert CliRunner().invoke(main, ["dossier", "nosuch", "--case", case.where]).exit_code == 2


def test_the_command_writes_claims_as_a_workbook(case: Case, tmp_path: Path) -> None:
    out = tmp_path / "claims.xlsx"
    result = CliRunner().invoke(main, ["export", "--case", case.where, "-o", str(out)])
    assert result.exit_code == 0, result.output
    assert {c.id for c in case.claims()} <= {unescape(s) for s in strings(out.read_bytes())}
    assert CliRunner().invoke(main, ["export", "--case", case.where, "--format", "xlsx"]).exit_code == 2
