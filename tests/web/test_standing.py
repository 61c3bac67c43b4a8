"""What the pages of a large case show while its ledger is computed, and where that fails."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from desks import BASE, GATE, OWN
from starlette.testclient import TestClient

from beleg.model import Decision
from beleg.store.case import Case
from beleg.web.app import create_app
from beleg.web.computing import Process
from beleg.web.keeper import Keeper

OF_THE_LEDGER = ("/ledger", "/sources", "/map", "/timeline")
WITHOUT = ("/claims", "/documents", "/claims.csv", "/review", "/decisions", "/log", "/import", "/check")


@pytest.fixture
def case(own_case: Case) -> Case:
    return own_case


@pytest.fixture
def anna(case: Case, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """Somebody who looks at a case that counts as a large one."""
    app = create_app(case, GATE)
    client = TestClient(app, base_url=BASE)
    client.get("/", params={"token": GATE.token}, follow_redirects=False)
    keeper(client).small = 0
    client.cookies.set("beleg-language", "en")
    yield client
    keeper(client).close()


def keeper(client: TestClient) -> Keeper:
    found: Keeper = client.app.app.state.keeper  # type: ignore[attr-defined]
    return found


def finish(client: TestClient) -> None:
    while keeper(client).computing:
        time.sleep(0.05)


def test_without_a_ledger_yet_the_pages_say_so_and_the_others_are_there(anna: TestClient, case: Case) -> None:
    document, claim = case.documents()[0], case.claims(limit=1)[0]
    for path in OF_THE_LEDGER:
        answer = anna.get(path)
        assert answer.status_code == 503 and "being computed" in answer.text, path
        assert answer.headers["Retry-After"] == "10" and "data-awaits" in answer.text
    assert "being computed" in anna.get("/api/ledger").json()["error"]["message"]
    for path in (*WITHOUT, f"/document/{quote(document.name)}", f"/claim/{quote(claim.id, safe='')}"):
        assert anna.get(path).status_code == 200, path
    finish(anna)
    assert all(anna.get(path).status_code == 200 for path in OF_THE_LEDGER)


def test_a_ledger_that_could_not_be_computed_is_told_with_its_reason_until_it_is(
    anna: TestClient, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper(anna).register(wait=True)
    assert "computed anew" not in anna.get("/ledger").text and not anna.get("/api/ledger").json()["behind"]
    monkeypatch.setattr(Keeper, "_start", lambda self, path: Process(Path("/nosuchfolder"), path))
    case.decide(Decision("reject", case.claims(limit=1)[0].id, "anna", "2026-01-02T03:04:05+00:00", "wrong"))
    assert "computed anew" in anna.get("/ledger").text
    finish(anna)
    for path in OF_THE_LEDGER:
        assert "/nosuchfolder: no case there" in anna.get(path).text, path
    assert anna.get("/api/ledger").json()["behind"]
    monkeypatch.undo()
    assert "could not be computed" in anna.get("/ledger").text  # not tried again by itself
    answer = anna.post("/compute", headers=OWN, data={"form_token": GATE.form_token})
    assert answer.url.path == "/ledger" and "computed anew" in answer.text
    finish(anna)
    assert "warning" not in anna.get("/ledger").text


def test_where_nothing_could_be_computed_the_reason_stands_alone(
    anna: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Keeper, "_start", lambda self, path: Process(Path("/nosuchfolder"), path))
    anna.get("/ledger")
    finish(anna)
    answer = anna.get("/ledger")
    assert answer.status_code == 503 and "/nosuchfolder: no case there" in answer.text
    assert "Retry-After" not in answer.headers and "data-awaits" not in answer.text
    assert 'action="/compute"' in answer.text
