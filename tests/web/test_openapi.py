"""The description of the JSON side: of every route, valid, and kept by what comes back whatever it allows to ask."""

from __future__ import annotations

from collections.abc import Iterator

import hypothesis
import jsonschema_rs
import pytest
import schemathesis
from browsing import Site, served
from hypothesis import HealthCheck, Phase
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from beleg.store.case import Case
from beleg.web.app import PAGES
from beleg.web.openapi import OPERATIONS, describe

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
CASES = 15  # of each operation; bench/api.py asks thousands


@pytest.fixture(scope="module")
def site(case: Case) -> Iterator[Site]:
    with served(case) as site:
        yield site


def test_every_json_route_is_described_and_nothing_else() -> None:
    described = describe([path for path, _ in PAGES])["paths"]
    assert set(described) == set(OPERATIONS)
    assert len(described) == sum(path.startswith("/api/") for path, _ in PAGES)


def test_a_route_that_is_not_described_stops_the_start() -> None:
    with pytest.raises(KeyError):
        describe(["/api/nosuchroute"])


def test_the_page_gives_its_description(client: TestClient) -> None:
    found = client.get("/api/openapi.json").json()
    assert found == describe([path for path, _ in PAGES]) and found["openapi"] == "3.1.0"
    names = [o["get"]["operationId"] for o in found["paths"].values()]
    assert len(set(names)) == len(names)
    for schema in found["components"]["schemas"].values():
        jsonschema_rs.meta.validate(schema)


@pytest.mark.parametrize("path", OPERATIONS)
def test_whatever_is_asked_the_answer_is_as_described(site: Site, path: str) -> None:
    schema = schemathesis.openapi.from_dict(describe([p for p, _ in PAGES]))
    operation = schema[path]["GET"]

    @hypothesis.settings(
        max_examples=CASES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(asked=operation.as_strategy())
    def ask(asked: schemathesis.Case) -> None:
        answer = asked.call(base_url=site.base, headers={"Authorization": f"Bearer {site.gate.token}"})
        asked.validate_response(answer, checks=CHECKS)

    ask()
