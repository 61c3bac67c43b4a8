"""Joining matters and setting claims apart from the page of a matter."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote

import pytest
from desks import BASE, NOW, OWN
from httpx2 import Response
from starlette.testclient import TestClient

from beleg.model import Decision
from beleg.store.case import Case


@pytest.fixture
def case(own_case: Case) -> Case:
    return own_case


def matters(client: TestClient) -> list[str]:
    """Return the matters of the first page, those of most documents first."""
    return [str(r["matter"]) for r in client.get("/api/ledger").json()["rows"]]


def form(client: TestClient, matter: str, action: str) -> dict[str, str]:
    """Return what the form of a matter's page would send with nothing filled in."""
    html = client.get(f"/matter/{matter}").text
    start = html.index(f'action="{action}"')
    part = html[start : html.index("</form>", start)]
    return {n: unescape(v) for n, v in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', part)}


def join(client: TestClient, one: str, other: str, why: str = "same goods", **changes: str) -> Response:
    sent = {**form(client, one, "/join"), "do": "merge", "with": other, "why": why, **changes}
    return client.post("/join", headers=OWN, data=sent)


def divide(client: TestClient, matter: str, *claims: str, why: str = "another ship", **changes: str) -> Response:
    ticked = {f"apart.{n}": c for n, c in enumerate(claims)}
    return client.post(
        "/divide", headers=OWN, data={**form(client, matter, "/divide"), "do": "split", **ticked, "why": why, **changes}
    )


def undo(client: TestClient, answer: Response) -> Response:
    """Press the first button that takes a decision about the matter's structure back."""
    html = answer.text[answer.text.index('id="structure"') :]
    part = html[html.index('action="/decide"') : html.index("</form>")]
    sent = {n: unescape(v) for n, v in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', part)}
    return client.post("/decide", headers=OWN, data={**sent, "do": "undo"})


def claims_of(client: TestClient, matter: str) -> set[str]:
    return {str(c["id"]) for c in client.get(f"/api/matter/{matter}").json()["claims"]}


def test_two_matters_are_joined_with_a_reason_and_taken_apart_again(anna: TestClient, case: Case) -> None:
    one, other, *_ = before = matters(anna)
    both = claims_of(anna, one) | claims_of(anna, other)
    answer = join(anna, one, other)
    assert answer.status_code == 200 and answer.url.path == f"/matter/{one}" and "same goods" in answer.text
    assert other not in matters(anna) and claims_of(anna, one) == both
    assert anna.get(f"/matter/{other}").url.path == f"/matter/{one}"
    (kept,) = case.decisions()
    assert kept == Decision("merge", one, "anna", NOW, "same goods", (("with", other),), id=kept.id)
    assert undo(anna, answer).url.path == f"/matter/{one}"
    assert matters(anna) == before and anna.get(f"/matter/{other}").url.path == f"/matter/{other}"


@pytest.mark.parametrize("given", ["{id}", f"{BASE}/matter/{{id}}", " {start} "])
def test_the_other_matter_is_named_by_its_id_its_address_or_the_beginning_of_its_id(
    anna: TestClient, given: str
) -> None:
    one, other, *rest = matters(anna)
    start = next(other[:n] for n in range(1, len(other) + 1) if not any(m.startswith(other[:n]) for m in [one, *rest]))
    answer = join(anna, one, given.format(id=quote(other, safe=""), start=start))
    assert answer.status_code == 200 and other not in matters(anna)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"with": "nosuchmatter"}, "no such matter"),
        ({"with": ""}, "no such matter"),
        ({"with": "%"}, "no such matter"),
        ({"target": "nosuchmatter"}, "no such matter"),
        ({"why": " "}, "reason is missing"),
    ],
)
def test_a_join_that_lacks_something_is_refused(
    anna: TestClient, case: Case, changes: dict[str, str], told: str
) -> None:
    one, other, *_ = matters(anna)
    answer = join(anna, one, other, **changes)
    assert answer.status_code == 422 and told in answer.text and case.decisions() == []


def test_a_matter_is_not_joined_with_itself(anna: TestClient, case: Case) -> None:
    one = matters(anna)[0]
    answer = join(anna, one, one)
    assert answer.status_code == 422 and "same matter" in answer.text and case.decisions() == []


def test_claims_are_set_apart_together_and_brought_back(anna: TestClient, case: Case) -> None:
    one, before = matters(anna)[0], matters(anna)
    claims = sorted(claims_of(anna, one))
    answer = divide(anna, one, *claims[:2])
    assert answer.status_code == 200 and answer.url.path == f"/matter/{one}"
    assert claims_of(anna, one).isdisjoint(claims[:2])
    (apart,) = set(matters(anna)) - set(before)
    assert claims_of(anna, apart) == set(claims[:2])
    assert [(d.kind, d.target, d.why, d.payload) for d in case.decisions()] == [
        ("split", c, "another ship", (("group", claims[0]),)) for c in claims[:2]
    ]
    undo(anna, anna.get(f"/matter/{apart}"))
    (apart,) = set(matters(anna)) - set(before)  # its name may change: another claim gives it
    assert claims_of(anna, apart) == {claims[1]} and claims[0] in claims_of(anna, one)
    undo(anna, anna.get(f"/matter/{apart}"))
    assert matters(anna) == before and claims_of(anna, one) == set(claims)


def test_nothing_everything_or_something_else_is_not_set_apart(anna: TestClient, case: Case) -> None:
    one, other, *_ = matters(anna)
    claims, foreign = sorted(claims_of(anna, one)), sorted(claims_of(anna, other))
    for chosen, why, told in (
        ([], "x", "No claim of this matter"),
        ([claims[0], foreign[0]], "x", "No claim of this matter"),
        (["nosuch#01"], "x", "No claim of this matter"),
        (claims, "x", "All claims are ticked"),
        (claims[:1], "  ", "reason is missing"),
    ):
        answer = divide(anna, one, *chosen, why=why)
        assert answer.status_code == 422 and told in answer.text, chosen
    assert case.decisions() == []


def test_what_somebody_decided_meanwhile_is_not_overruled_unseen(anna: TestClient, case: Case) -> None:
    one, other, *_ = matters(anna)
    claims = sorted(claims_of(anna, one))
    sent_join, sent_divide = form(anna, one, "/join"), form(anna, one, "/divide")
    case.decide(Decision("note", one, "bert", NOW, "look twice"))
    case.decide(Decision("reject", claims[1], "bert", NOW, "a typo"))
    answer = join(anna, one, other, **sent_join)
    assert answer.status_code == 409 and "look twice" in answer.text and "same goods" in answer.text
    answer = divide(anna, one, *claims[:2], **sent_divide)
    assert answer.status_code == 409 and "a typo" in answer.text and len(case.decisions()) == 2  # nothing half-way
    again = {n: unescape(v) for n, v in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', answer.text)}
    answer = anna.post("/divide", headers=OWN, data=again | {"do": "split"})
    assert answer.status_code == 200 and [d.kind for d in case.decisions()] == ["note", "reject", "split", "split"]
