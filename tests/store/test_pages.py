from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from beleg.errors import CaseError, UsageError
from beleg.model import Claim, Decision, Source, TimeMention
from beleg.store import pages
from beleg.store.case import Case, Reading, Wanted
from beleg.store.pages import ORDERS, Order

from .values import TEXT, claim, document

QUOTES = [None, "mehr als 100 Container", "Granaten nach Südland", "Nordland"]


@pytest.fixture(scope="module", params=["folder", "postgres"])
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """A case whose documents were kept in another order than that of their names, two of them read twice."""
    home: str | Path = tmp_path_factory.mktemp("pages") / "case"
    if request.param == "postgres":
        home = request.getfixturevalue("cluster").database("pages")
    rng = random.Random(7)
    for version, names in (("1", "dbeca"), ("2", "eb")):
        with Case.open(home, create=True, version=version) as made:
            for name in names:
                of, raw = document(name, f"{name}: {TEXT}")
                made.add(of, raw, 1, [drawn(rng, claim(of, n + 1, rng.choice(QUOTES))) for n in range(12)], [])
    with Case.open(home, version="2") as made:
        yield made


def drawn(rng: random.Random, made: Claim) -> Claim:
    day = rng.choice([None, "2023-10", "2023-10-03", "2024"])
    teller, origin = (Source(n, n, "media", None) for n in rng.choices(["CNN", "Seoul", "Kiew"], k=2))
    return replace(
        made,
        supplier=rng.choice(["KP", "IR", None]),
        recipient=rng.choice(["RU", "SY"]),
        stance=rng.choice(["said", "denied"]),
        item_id=rng.choice(["shell", "kn-23"]),
        time=None if day is None else TimeMention(made.span, day, day, day, "text"),
        sources=(teller, origin),
    )


FILTERS: list[tuple[dict[str, Any], Callable[[Claim, str], bool]]] = [
    ({}, lambda c, q: True),
    ({"supplier": "KP"}, lambda c, q: c.supplier == "KP"),
    ({"supplier": "KP", "recipient": "SY"}, lambda c, q: (c.supplier, c.recipient) == ("KP", "SY")),
    ({"stance": "denied", "item": "kn-23"}, lambda c, q: (c.stance, c.item_id) == ("denied", "kn-23")),
    ({"source": "CNN"}, lambda c, q: "CNN" in (c.sources[0].name, c.sources[1].name)),
    ({"source": "CNN", "event": "transfer"}, lambda c, q: "CNN" in (c.sources[0].name, c.sources[1].name)),
    (
        {"source": "CNN", "stance": "said", "supplier": "KP", "recipient": "RU"},
        lambda c, q: (
            "CNN" in (c.sources[0].name, c.sources[1].name)
            and (c.stance, c.supplier, c.recipient) == ("said", "KP", "RU")
        ),
    ),
    ({"document": "b"}, lambda c, q: c.doc == "b"),
    ({"document": "b", "stance": "said"}, lambda c, q: (c.doc, c.stance) == ("b", "said")),
    ({"text": "granate"}, lambda c, q: "Granaten" in q),
    ({"text": "Container*", "supplier": "IR"}, lambda c, q: "Container" in q and c.supplier == "IR"),
    (
        {"text": "Container", "source": "Seoul", "stance": "said"},
        lambda c, q: "Container" in q and "Seoul" in (c.sources[0].name, c.sources[1].name) and c.stance == "said",
    ),
    ({"text": "Panzer"}, lambda c, q: False),
]
KEYS: dict[Order, Callable[[Claim, int], Any]] = {
    "backwards": lambda c, n: (c.doc, n),
    "day": lambda c, n: (c.time.start or "" if c.time else "", n),
    "kept": lambda c, n: n,
}


@pytest.mark.parametrize("sparse", [False, True, None], ids=["walked", "sorted", "probed"])
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(("wanted", "fits"), FILTERS)
def test_pages_put_together_are_the_list_in_its_order(
    case: Case, monkeypatch: pytest.MonkeyPatch, order: Order, wanted: dict[str, str], fits: Any, sparse: bool | None
):
    monkeypatch.setattr(pages, "FEW", 0)
    monkeypatch.setattr(pages, "COUNTED", 2)  # nearly every filter is wider
    if sparse is not None:
        monkeypatch.setattr(pages, "_is_sparse", lambda conn, query, limit: sparse and bool(query.parts))
    kept = ["d", "c", "a", "e", "b"]  # the order in which the readings in force were kept
    every = sorted(case.claims(), key=lambda c: (kept.index(c.doc), int(c.id[2:])))
    texts = {d.id: d.text for d in case.documents()}
    numbered = [(n, c) for n, c in enumerate(every) if fits(c, texts[c.document][c.span.start : c.span.end])]
    if order == "document":
        expected = [c for _, c in sorted(numbered, key=lambda nc: (nc[1].doc, nc[0]))]
    else:
        expected = [c for _, c in sorted(numbered, key=lambda nc: KEYS[order](nc[1], nc[0]), reverse=True)]
    for size in (4, 100):
        found, after = [], None
        for _ in itertools.count():
            page = case.page(Wanted(**wanted), order=order, limit=size, after=after)
            found += page.claims
            after = page.after
            if after is None:
                break
            assert len(page.claims) == size
        assert [c.id for c in found] == [c.id for c in expected]
        assert found == expected
    assert case.count(Wanted(**wanted)) == len(expected)
    assert case.count(Wanted(**wanted), at_most=3) == min(3, len(expected))


def test_a_place_from_elsewhere_is_refused(case: Case):
    for given in ("", "x", "W10", "ÄÖ", "bnVsbA"):
        with pytest.raises(UsageError, match="no place in a list"):
            case.page(after=given)


def test_every_filter_of_the_list_has_an_index(tmp_path: Path):
    with Case.open(tmp_path / "case", create=True) as case, case.read() as conn:
        for name in ("event", "supplier", "recipient", "item", "stance"):
            for part in pages._query(conn, Wanted(**{name: "x"})).parts:
                sql = part.keys.replace(f":{name}", "'x'")
                plan = str(conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}").all())
                assert "COVERING INDEX" in plan and "SCAN claim" not in plan and "TEMP B-TREE" not in plan


def test_a_name_may_be_that_of_thousands_of_documents(home: str):
    made = [document("index", f"{n}: {TEXT}") for n in range(1100)]
    readings = [Reading(of, raw, 1, [claim(of)], []) for of, raw in made]
    with Case.open(home, create=True) as case:
        case.add_many(readings)
        assert case.count(Wanted(document="index")) == 1100
        assert len(case.claims(document="index", supplier="KP", text="Granaten", limit=20)) == 20
        with pytest.raises(CaseError, match="names 1100 claims"):
            case.decide(Decision("accept", "index#01", "anna", "2024-03-01", "geprüft"))
