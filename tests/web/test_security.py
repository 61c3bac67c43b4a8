"""Who is let in: every route of the application, whatever it is, against every way of asking wrongly."""

from __future__ import annotations

import pytest
from addresses import bare, methods, routes
from desks import GATE, OWN
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from beleg.store.case import Case
from beleg.web.app import ACTIONS, create_app
from beleg.web.forms import LARGE, SMALL
from beleg.web.security import HEADERS, NAMES, Gate, Guard, new_token

WRONG: dict[str, dict[str, str | bytes]] = {
    "none": {},
    "wrong bearer": {"Authorization": "Bearer wrong"},
    "prefix of it": {"Authorization": f"Bearer {GATE.token[:-1]}"},
    "another scheme": {"Authorization": f"Basic {GATE.token}"},
    "wrong cookie": {"Cookie": f"{GATE.cookie}=wrong"},
    "cookie of another port": {"Cookie": f"beleg-1={GATE.token}"},
    "empty cookie": {"Cookie": f"{GATE.cookie}="},
    "broken cookie": {"Cookie": "\x7f=;;;=,"},
    "not ASCII": {"Authorization": "Bearer ä".encode()},
}


def paths(client: TestClient) -> list[str]:
    """Return an address for every route of the application and some that have none."""
    known = list(dict.fromkeys(bare(r) for r in routes(client.app)))
    return [*known, "/static/../app.py", "/nowhere", "//127.0.0.1/"]


@pytest.mark.parametrize("how", WRONG)
def test_no_route_answers_without_the_right_token(stranger: TestClient, how: str) -> None:
    for path in paths(stranger):
        for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE"):
            answer = stranger.request(method, path, headers=WRONG[how])
            assert answer.status_code in (401, 403), (method, path)
            assert answer.status_code == 401 or method not in ("GET", "HEAD")


def test_a_wrong_token_in_the_address_lets_nobody_in(stranger: TestClient) -> None:
    for path in paths(stranger):
        assert stranger.get(path, params={"token": "wrong"}).status_code == 401


def test_the_token_leaves_the_address_at_once_and_lasts_as_a_cookie(stranger: TestClient) -> None:
    first = stranger.get("/claims", params={"token": GATE.token, "text": "a b&c"})
    assert (first.status_code, first.headers["location"]) == (303, "/claims?text=a+b%26c")
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(first.headers["set-cookie"].split("; "))
    assert stranger.get("/claims").status_code == 200


def test_the_way_in_leads_nowhere_else(stranger: TestClient) -> None:
    for path in ("//evil.example/", "/%2Fevil.example/", "/\\evil.example"):
        place = stranger.get(f"http://127.0.0.1:8765{path}", params={"token": GATE.token}).headers["location"]
        assert place.startswith("/") and not place.startswith(("//", "/\\"))


def test_a_program_gives_the_token_as_bearer(stranger: TestClient) -> None:
    answer = stranger.get("/api/ledger", headers={"Authorization": f"Bearer {GATE.token}"})
    assert answer.status_code == 200 and answer.json()["rows"]


HOSTS = [
    "evil.example", "evil.example:8765", "127.0.0.1", "localhost", "127.0.0.1:80", "127.0.0.2:8765", "0.0.0.0:8765",
    "localhost.evil.example:8765", "127.0.0.1:8765.evil.example", "localhost:8765@evil.example", "[::]:8765",
    "2130706433:8765", "127.1:8765", "LOCALHOST.:8765", "",
]  # fmt: skip


@pytest.mark.parametrize("host", HOSTS)
def test_another_host_name_is_misdirected(client: TestClient, host: str) -> None:
    for path in paths(client):
        assert client.get(path, headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("name", NAMES)
def test_the_names_of_this_machine_are_answered(client: TestClient, name: str) -> None:
    headers = {"Host": f"{name}:8765", "Authorization": f"Bearer {GATE.token}"}
    assert client.get("/ledger", headers=headers).status_code == 200


def test_every_answer_carries_the_policy(client: TestClient) -> None:
    answers = [client.get(p) for p in [*paths(client), "/ledger?lang=de"]]
    answers += [client.get("/ledger", headers={"Host": "evil.example"})]
    for answer in answers:
        for name, value in HEADERS.items():
            if name == "Content-Security-Policy":
                assert "default-src 'none'" in answer.headers[name] and "frame-ancestors 'none'" in answer.headers[name]
                assert "unsafe" not in answer.headers[name] and "http" not in answer.headers[name]
            else:
                assert answer.headers[name] == value


def actions(client: TestClient) -> list[str]:
    """Return an address for every route that takes an unsafe method: all of them are POST."""
    unsafe = [r for r in routes(client.app) if methods(r) - {"GET"}]
    assert {m for r in unsafe for m in methods(r)} == {"POST"}
    return [bare(r) for r in unsafe]


def test_reading_changes_nothing_and_actions_are_never_links(client: TestClient, case: Case) -> None:
    head = case.head()
    for route in routes(client.app):
        unsafe = {"POST", "PUT", "PATCH", "DELETE"}
        taken = {m for r in routes(client.app) if bare(r) == bare(route) for m in methods(r)}
        for method in unsafe - taken:
            assert client.request(method, bare(route), headers=OWN).status_code == 405, (method, route.path)
        if "GET" not in taken:
            assert client.get(bare(route)).status_code == 405
        elif not route.path.startswith("/log"):
            client.get(bare(route))
    assert case.head() == head


@pytest.mark.parametrize("token", ["", "wrong", GATE.token, GATE.form_token[:-1], "ä"])
def test_no_action_is_taken_without_the_token_of_our_forms(client: TestClient, case: Case, token: str) -> None:
    head = case.head()
    for path in actions(client):
        for sent in (
            {"data": {"form_token": token, "do": "note", "target": "x", "why": "x"}},
            {"files": {"file": b"x"}},
        ):
            assert client.post(path, headers=OWN, **sent).status_code == 403, path
        assert client.post(path, headers=OWN, json={"form_token": GATE.form_token}).status_code == 415
        assert client.post(f"{path}?form_token={GATE.form_token}", headers=OWN).status_code == 415
    assert case.head() == head


def test_what_is_too_large_is_refused_while_it_comes(client: TestClient) -> None:
    for path, _, limit in ACTIONS:
        assert limit <= LARGE
        if limit == SMALL:
            assert client.post(path, headers=OWN, data={"why": "x" * limit}).status_code == 413


def test_what_is_no_form_is_refused(client: TestClient) -> None:
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    for path in actions(client):
        for body in (b"--x\r\n", b"--x\r\nContent-Disposition: form-data\r\n\r\n", b"\xff" * 50, b""):
            assert client.post(path, headers=OWN | kind, content=body).status_code in (400, 403), (path, body)
        assert client.post(path, headers=OWN | {"Content-Type": "multipart/form-data"}, content=b"x").status_code == 400
        strange = {"Content-Type": "application/x-www-form-urlencoded"}
        for body in (b"\xff=\xff", b"a=%ff", b"&" * 2000 + b"a=1&" * 200):
            assert client.post(path, headers=OWN | strange, content=body).status_code == 400, (path, body[:9])


FORGED: list[dict[str, str]] = [
    {},
    {"Origin": "null"},
    {"Origin": "https://evil.example"},
    {"Origin": "http://localhost:3000"},
    {"Origin": "https://127.0.0.1:8765"},
    {"Origin": "http://127.0.0.1:8765", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "http://127.0.0.1:8765", "Sec-Fetch-Site": "same-site"},
    {"Origin": "http://127.0.0.1:8765", "Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "same-origin"},
    {"Referer": "http://127.0.0.1:8765/"},
]


@pytest.mark.parametrize("headers", FORGED, ids=str)
def test_every_action_needs_our_own_origin_even_with_all_tokens(
    client: TestClient, case: Case, headers: dict[str, str]
) -> None:
    head = case.head()
    for path in actions(client):
        data = {"form_token": GATE.form_token, "do": "note", "target": "x", "why": "x"}
        assert client.post(path, headers=headers, data=data).status_code == 403, path
    assert case.head() == head


def guarded() -> TestClient:
    """A route that would change something, behind the same guard."""

    def change(request: Request) -> PlainTextResponse:
        return PlainTextResponse("changed")

    app = Guard(Starlette(routes=[Route("/change", change, methods=["POST"])]), GATE)
    return TestClient(app, base_url="http://127.0.0.1:8765", cookies={GATE.cookie: GATE.token})


@pytest.mark.parametrize("headers", FORGED, ids=str)
def test_an_unsafe_method_needs_our_own_origin_and_silence_is_not_it(headers: dict[str, str]) -> None:
    assert guarded().post("/change", headers=headers).status_code == 403


def test_an_unsafe_method_from_our_own_page_passes_the_guard() -> None:
    for headers in ({}, {"Sec-Fetch-Site": "same-origin"}):
        assert guarded().post("/change", headers={"Origin": "http://127.0.0.1:8765", **headers}).text == "changed"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_other_sites_may_link_here_but_not_load_from_here(client: TestClient, site: str) -> None:
    for mode in ("no-cors", "cors", "same-origin", "websocket"):
        assert client.get("/api/ledger", headers={"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode}).status_code == 403


def test_tokens_are_long_and_never_the_same() -> None:
    drawn = {new_token() for _ in range(50)}
    assert len(drawn) == 50 and min(map(len, drawn)) >= 43


def test_a_new_start_forgets_the_old_token(case: Case) -> None:
    cookies = {GATE.cookie: GATE.token}
    later = TestClient(create_app(case, Gate(new_token(), 8765)), base_url="http://127.0.0.1:8765", cookies=cookies)
    assert later.get("/ledger").status_code == 401
