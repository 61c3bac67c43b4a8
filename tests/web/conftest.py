"""A case of the project's example articles with a page on it."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from beleg.model import Block, Piece, Problem, Span, TextMap
from beleg.store.case import Case, Reading
from beleg.web.app import create_app
from beleg.web.security import Gate

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "bench"))
from annotated import read_set  # noqa: E402

GATE = Gate("a-token-for-the-tests", 8765)
BASE = f"http://127.0.0.1:{GATE.port}"


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    known = read_set(ROOT / "examples" / "de")
    with Case.open(tmp_path_factory.mktemp("web") / "case", create=True) as made:
        for d in known.documents:
            n = len(d.text)
            whole = Span(0, n)
            d = dataclasses.replace(d, map=TextMap((Piece(0, n, 0, n),)), blocks=(Block(whole, "body"),))
            doubt = Problem("date-unresolved", "no day for 'vergangene Woche'", d.name)
            claims = [c for c in known.claims if c.document == d.id]
            made.add_many([Reading(d, d.text.encode(), 0, claims, [doubt])])
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
