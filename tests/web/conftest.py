"""A case of the project's example articles with a page on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desks import BASE, GATE, NOW, examples_in
from starlette.testclient import TestClient

from beleg.store.case import Case
from beleg.web.app import create_app


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with Case.open(tmp_path_factory.mktemp("web") / "case", create=True) as made:
        examples_in(made)
        yield made


@pytest.fixture
def stranger(case: Case) -> TestClient:
    """Somebody without the token."""
    return TestClient(create_app(case, GATE), base_url=BASE, follow_redirects=False)


@pytest.fixture
def client(stranger: TestClient) -> TestClient:
    """Somebody who opened the printed address."""
    stranger.get("/", params={"token": GATE.token})
    stranger.follow_redirects = True
    return stranger


@pytest.fixture
def own_case(tmp_path: Path) -> Iterator[Case]:
    """A case for one test alone, which may change it; a module takes it as ``case`` by a fixture of that name."""
    with Case.open(tmp_path / "case", create=True, who="anna") as made:
        examples_in(made)
        yield made


@pytest.fixture
def anna(case: Case) -> TestClient:
    """Somebody who works in English on a case of her own, always at one moment."""
    client = TestClient(create_app(case, GATE, lambda: NOW), base_url=BASE)
    client.get("/", params={"token": GATE.token, "lang": "en"})
    client.get("/ledger?lang=en")
    return client
