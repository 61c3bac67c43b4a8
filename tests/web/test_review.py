"""Deciding about claims: what is kept, what is refused, what becomes of the pages."""

from __future__ import annotations

import dataclasses
import re
from html import unescape
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from desks import GATE, NOW, OWN
from httpx2 import Response
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from beleg.model import Decision
from beleg.store.case import Case


@pytest.fixture
def case(own_case: Case) -> Case:
    return own_case


def fields(html: str) -> dict[str, str]:
    """Return what the form of a review page would send."""
    form = html[html.index('class="decide"') : html.index("</form>", html.index('class="decide"'))]
    found = hidden(form)
    for name, options in re.findall(r'<select name="(\w+)">(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = unescape(chosen[1]) if chosen else ""
    return found


def decide(client: TestClient, at: str, do: str, **changes: str) -> Response:
    html = client.get("/review", params={"at": at}).text
    return client.post("/decide", headers=OWN, data={**fields(html), "do": do, **changes})


def first(client: TestClient) -> str:
    return str(client.get("/api/claims").json()["rows"][0]["id"])


def at(answer: Response) -> str | None:
    return parse_qs(urlsplit(str(answer.url)).query).get("at", [None])[0]


def state(client: TestClient, id: str) -> str:
    rows = [r for n in (1, 2, 3) for r in client.get(f"/api/claims?page={n}").json()["rows"]]
    return next(str(r["review"]) for r in rows if r["id"] == id)


def page_of(id: str) -> str:
    return f"/claim/{quote(id, safe='')}"


def hidden(html: str) -> dict[str, str]:
    found = re.findall(r'<input[^>]* name="([^"]*)" value="([^"]*)"', html)
    return {unescape(n): unescape(v) for n, v in found}


def test_the_queue_begins_with_the_first_claim_and_goes_on_to_the_next(anna: TestClient, case: Case) -> None:
    claims = [c.id for c in case.claims()]
    assert at(decide(anna, claims[0], "accept")) == claims[1]
    assert at(decide(anna, claims[1], "reject")) == claims[2]
    assert fields(anna.get("/review").text)["target"] == claims[2]
    assert [(d.kind, d.target, d.who, d.when) for d in case.decisions()] == [
        ("accept", claims[0], "anna", NOW),
        ("reject", claims[1], "anna", NOW),
    ]


def test_the_state_is_shown_on_every_page_that_shows_the_claim(anna: TestClient, case: Case) -> None:
    claim = next(c for c in case.claims() if c.quantity and c.event == "transfer")
    matter = next(
        r["matter"]
        for r in anna.get("/api/ledger").json()["rows"]
        if claim.id in anna.get(f"/matter/{r['matter']}").text
    )
    pages = (
        page_of(claim.id),
        f"/document/{claim.doc}",
        f"/matter/{matter}",
        f"/claims?document={claim.doc}",
    )
    for path in pages:
        assert "reviewed</span>" not in anna.get(path).text and "machine" in anna.get(path).text
    decide(anna, claim.id, "accept")
    for path in pages:
        assert "reviewed</span>" in anna.get(path).text, path
    assert re.search(r"1 of \d+ reviewed", anna.get("/ledger").text)
    assert state(anna, claim.id) == "reviewed"


def test_a_correction_keeps_only_what_was_changed_and_shows_both(anna: TestClient, case: Case) -> None:
    claim = next(
        c for c in case.claims() if c.quantity and c.quantity.low and c.supplier == "KP" and c.event == "transfer"
    )
    decide(anna, claim.id, "correct", recipient="BY", low="1 234", high="2000", why="Satz davor")
    (kept,) = case.decisions()
    assert dict(kept.payload) == {"recipient": "BY", "low": 1234, "high": 2000} and kept.why == "Satz davor"
    row = next(r for r in anna.get("/api/claims", params={"document": claim.doc}).json()["rows"] if r["id"] == claim.id)
    assert (row["recipient"], row["quantity"]["low"], row["quantity"]["high"]) == ("BY", 1234, 2000)
    html = anna.get(page_of(claim.id)).text
    assert "<del>Russia</del> <ins>Belarus</ins>" in html
    assert "North Korea → Belarus" in anna.get("/ledger").text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Nothing is changed"),
        ({"low": "viele"}, "in digits"),
        ({"low": "-5"}, "in digits"),
        ({"low": "1e9"}, "in digits"),
        ({"low": "20", "high": "10"}, "above the upper"),
        ({"act": "stolen"}, "no such value"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused_and_stays_in_the_form(
    anna: TestClient, case: Case, changes: dict[str, str], words: str
) -> None:
    claim = next(c for c in case.claims() if c.quantity and c.quantity.low)
    answer = decide(anna, claim.id, "correct", **changes)
    assert answer.status_code == 422 and words in answer.text and case.decisions() == []
    assert all(f'value="{v}"' in answer.text for v in changes.values() if v != "stolen")


def test_undo_is_a_new_decision_and_brings_the_claim_back(anna: TestClient, case: Case) -> None:
    id = first(anna)
    answer = decide(anna, id, "reject")
    undo = answer.text[answer.text.index('class="undo"') :]
    sent = hidden(undo)
    answer = anna.post("/decide", headers=OWN, data={**sent, "do": "undo"})
    assert at(answer) == id and state(anna, id) == "machine"
    assert [(d.kind, d.undoes) for d in case.decisions()] == [("reject", None), ("reject", case.decisions()[0].id)]
    html = anna.get("/decisions").text
    assert "takes back" in html and "taken back" in html
    answer = anna.post("/decide", headers=OWN, data={**sent, "do": "undo"})
    assert answer.status_code == 409  # pressed again in an old window


def test_a_decision_made_without_seeing_the_last_one_is_refused_with_both_shown(anna: TestClient, case: Case) -> None:
    id = first(anna)
    sent = fields(anna.get("/review", params={"at": id}).text)
    case.decide(Decision("reject", id, "bert", NOW, "steht nicht da"))
    answer = anna.post("/decide", headers=OWN, data={**sent, "do": "accept", "why": "passt"})
    assert answer.status_code == 409 and len(case.decisions()) == 1
    assert "bert" in answer.text and "steht nicht da" in answer.text and "passt" in answer.text
    again = {
        unescape(n): unescape(v) for n, v in re.findall(r'<input[^>]* name="([^"]*)" value="([^"]*)"', answer.text)
    }
    assert anna.post("/decide", headers=OWN, data={**again, "do": "accept"}).status_code == 200
    assert [d.kind for d in case.decisions()] == ["reject", "accept"] and state(anna, id) == "reviewed"


def test_the_queue_can_be_one_article_or_one_matter(anna: TestClient, case: Case) -> None:
    last = case.claims()[-1]
    html = anna.get("/review", params={"document": last.doc}).text
    assert fields(html)["target"].startswith(last.doc)
    row = anna.get("/api/ledger?sort=item").json()["rows"][-1]
    inside = {c["id"] for c in anna.get(f"/api/matter/{row['matter']}").json()["claims"]}
    seen = set()
    for _ in inside:
        html = anna.get("/review", params={"matter": row["matter"]}).text
        seen.add(fields(html)["target"])
        anna.post("/decide", headers=OWN, data={**fields(html), "do": "accept"})
    assert seen == inside
    assert "Nothing is left to review" in anna.get("/review", params={"matter": row["matter"]}).text


def test_every_claim_comes_up_once_until_nothing_is_left(anna: TestClient, case: Case) -> None:
    claims = [c.id for c in case.claims()]
    id: str | None = claims[5]
    order = []
    while id is not None:
        order.append(id)
        id = at(decide(anna, id, "accept"))
    assert order == [*claims[5:], *claims[:5]]


def test_a_source_is_rated_and_a_note_kept(anna: TestClient, case: Case) -> None:
    matter = anna.get("/api/ledger").json()["rows"][0]["matter"]
    body = anna.get(f"/api/matter/{matter}").json()["origins"][0]["body"]
    sent = {"form_token": GATE.form_token, "target": body, "back": f"/matter/{matter}"}
    answer = anna.post("/decide", headers=OWN, data={**sent, "do": "rate", "letter": "B", "why": "oft geprüft"})
    assert urlsplit(str(answer.url)).path == f"/matter/{matter}"
    assert anna.get(f"/api/matter/{matter}").json()["origins"][0]["letter"] == "B"
    refused = anna.post("/decide", headers=OWN, data={**sent, "do": "rate", "letter": "Z"})
    assert refused.status_code == 422 and "from A to F" in refused.text
    note = {"form_token": GATE.form_token, "target": matter, "back": f"/matter/{matter}", "do": "note", "why": "Akte 7"}
    assert "Akte 7" in anna.post("/decide", headers=OWN, data=note).text
    assert [d.kind for d in case.decisions()] == ["rate", "note"]


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nX: y", "javascript:1"]
)
def test_a_form_leads_back_to_our_own_pages_alone(anna: TestClient, back: str) -> None:
    anna.follow_redirects = False
    sent = {"form_token": GATE.form_token, "target": "KP", "do": "rate", "letter": "B", "back": back}
    assert anna.post("/decide", headers=OWN, data=sent).headers["location"] == "/decisions"


@pytest.mark.parametrize("sent", [{"do": "x"}, {}, {"do": "undo", "undoes": "D99"}, {"do": "accept"}, {"do": "note"}])
def test_what_is_no_decision_is_refused(anna: TestClient, case: Case, sent: dict[str, str]) -> None:
    answer = anna.post("/decide", headers=OWN, data={"form_token": GATE.form_token, "target": "nothing#01", **sent})
    assert answer.status_code == 422 and case.decisions() == []


def test_decisions_survive_a_new_reading(anna: TestClient, case: Case) -> None:
    id = first(anna)
    decide(anna, id, "reject")
    document = case.document(id.rpartition("#")[0])
    later = dataclasses.replace(document)
    case.version = "99"
    case.add(later, case.raw(document), 0, case.claims(document=document.name), [])
    assert state(anna, id) == "rejected"


FIELDS = "do target in seen why low high act letter undoes back state item"
VALUES = "accept reject correct undo rate note A D1 / open 12 //x"
FIELD = st.sampled_from(FIELDS.split())
VALUE = st.one_of(
    st.sampled_from([*VALUES.split(), "", "\x00", "9" * 40]),
    st.text(max_size=30),
)


@given(sent=st.dictionaries(FIELD, VALUE))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_form_breaks_the_server(anna: TestClient, case: Case, sent: dict[str, str]) -> None:
    target = {"target": case.claims(limit=1)[0].id} if sent.get("target") == "" else {}
    answer = anna.post("/decide", headers=OWN, data={"form_token": GATE.form_token, **sent, **target})
    assert answer.status_code in (200, 400, 409, 422)
    assert anna.get("/decisions").status_code == 200


def test_a_source_is_rated_on_its_own_page(anna: TestClient, case: Case) -> None:
    page = "/source/Shin%20Won-sik"
    form = anna.get(page).text.split('id="rate"')[1]
    answer = anna.post("/decide", headers=OWN, data={**hidden(form), "do": "rate", "letter": "C", "why": "oft genannt"})
    assert urlsplit(str(answer.url)).path == "/source/Shin Won-sik" or "Shin%20Won-sik" in str(answer.url)
    assert "<strong>C</strong>" in answer.text and "oft genannt" in answer.text


def test_queue_and_decisions_are_given_as_json(anna: TestClient, case: Case) -> None:
    first_, second = (c.id for c in case.claims()[:2])
    decide(anna, first_, "accept", why="stimmt")
    queue = anna.get("/api/review").json()
    assert (queue["decided"], queue["total"], queue["next"]["id"]) == (1, case.size()["claims"], second)
    (row,) = anna.get("/api/decisions").json()["rows"]
    assert (row["kind"], row["target"], row["why"], row["undone"]) == ("accept", first_, "stimmt", False)
    found = anna.get("/api/search?q=Container").json()
    assert found["claims_total"] >= len(found["claims"]) > 0 and found["documents"]
    assert anna.get("/api/search").json()["claims"] == []
