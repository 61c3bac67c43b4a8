"""A new article held against the ledger."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from by_hand import claim, document, source, time
from worked_example import MND, SHIN, STATE, everything, given

from beleg.ledger.build import build_ledger
from beleg.ledger.check import CheckRow, check_document, check_row
from beleg.model import Claim, Document


def check(documents: list[Document], claims: list[Claim], new: Document, *said: Claim) -> list[CheckRow]:
    ledger, _ = build_ledger(documents, claims)
    return check_document(ledger, new, said)


def findings(rows: list[CheckRow]) -> list[str]:
    return [r.finding for r in rows]


NEW = document("neu", "2024-07-01")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (claim("n", NEW, "mindestens 12000", SHIN), ["raises"]),
        (claim("n", NEW, "bis zu 12000", SHIN), ["lowers"]),
        (claim("n", NEW, "etwa 12000", SHIN), ["narrows"]),
        (claim("n", NEW, "mehr als 1000", source("RUSI", "think_tank", "GB", "rusi")), ["agrees"]),
        (claim("n", NEW, "etwa 6700", STATE), ["contradicts"]),
        (claim("n", NEW, "mindestens 10000", SHIN), ["repeats"]),
        (claim("n", NEW, "mehr als 5000", SHIN, when=time("2020-01", since=True)), ["other-start"]),
        (claim("n", NEW, "etwa 70", SHIN, unit="voyages"), ["other-unit"]),
        (claim("n", NEW, "etwa 40", SHIN, recipient="IR"), ["new"]),
        (claim("n", NEW, "mehr als 90000"), ["listed"]),
        (claim("n", NEW, "mindestens 10000", SHIN, supplier=None, recipient=None), ["repeats"]),
        (claim("n", NEW, None, SHIN, event="visit"), ["unplaced"]),
        (claim("n", NEW, None, source("KCNA", "media", "KP"), stance="denied", polarity="-", denial="D1"), ["denies"]),
    ],
)
def test_each_claim_of_a_new_article_is_placed_against_the_ledger(said: Claim, expected: list[str]) -> None:
    assert findings(check(*given(), NEW, said)) == expected


def test_a_raise_gives_the_bounds_before_and_after() -> None:
    (row,) = check(*given(), NEW, claim("n", NEW, "mindestens 12000", SHIN))
    assert (row.before, row.after) == ((10000, 15500), (12000, 15500))


def test_a_contradiction_names_the_claims_and_the_gap() -> None:
    rows = check(*given(), NEW, claim("n", NEW, "etwa 6700", STATE))
    assert [(r.against, r.gap) for r in rows] == [(("KR4",), 3250)]


def test_a_repeat_names_the_origin_and_where_it_was_first_seen() -> None:
    (row,) = check(*everything(), NEW, claim("n", NEW, "mindestens 10000", MND))
    assert (row.origin, row.first_said, row.first_document) == ("Shin Won-sik", "2024-06-14", "KR4")


def test_order_of_appearance_goes_by_capture_never_by_the_day_that_a_page_gives_itself() -> None:
    backdated, seen, later = (
        document(n, d) for n, d in (("a", "2021-01-05"), ("b", "2024-02-20"), ("c", "2024-02-22"))
    )
    documents = [
        backdated,
        replace(seen, captured="2024-02-20T10:00:00Z"),
        replace(later, captured="2024-02-22T10:00:00Z"),
    ]
    claims = [claim(f"{d.name}#01", d, "etwa 6700", SHIN, counting=None) for d in documents]
    (row,) = check(documents, claims, NEW, claim("n", NEW, "etwa 6700", SHIN))
    assert (row.first_document, row.first_seen) == ("b", "2024-02-20T10:00:00Z")
    (row,) = check(documents[:1], claims[:1], NEW, claim("n", NEW, "etwa 6700", SHIN))
    assert row.first_document == "a" and row.text.endswith("first in a, by its own date")


def test_a_lost_bound_is_a_drift() -> None:
    rows = check(*given(), NEW, claim("n", NEW, "10000", SHIN))
    assert findings(rows) == ["repeats", "drifts"]
    assert "mindestens 10000" in rows[1].text


def test_a_lost_source_is_a_drift() -> None:
    rows = check(*given(), NEW, claim("n", NEW, "mindestens 10000"))
    assert findings(rows) == ["repeats", "drifts"]


def test_a_capacity_that_became_a_delivery_is_a_drift() -> None:
    documents, claims = given()
    shells: dict[str, Any] = {"item": "artillery shells", "item_id": "artillery_shells", "unit": "shells"}
    claims.append(claim("cap", documents[4], "bis zu 4800000", SHIN, act="capacity", **shells))
    rows = check(documents, claims, NEW, claim("n", NEW, "4800000", SHIN, **shells))
    assert "drifts" in findings(rows)
    assert "capacity" in next(r for r in rows if r.finding == "drifts").text


def test_the_article_itself_is_left_aside_when_it_is_in_the_ledger_already() -> None:
    documents, claims = given()
    said = claim("n", NEW, "mindestens 12000", SHIN)
    (row,) = check([*documents, NEW], [*claims, said], NEW, said)
    assert row.finding == "raises"


def test_a_finding_is_plain_values() -> None:
    (row,) = check(*given(), NEW, claim("n", NEW, "mindestens 12000", SHIN))
    assert check_row(row)["after"] == [12000, 15500]


@pytest.mark.parametrize(("words", "expected"), [("genau 500000", ["repeats"]), ("genau 700000", ["new"])])
def test_a_figure_of_nobody_s_repeats_its_own_number_and_is_new_with_another(words: str, expected: list[str]) -> None:
    stock: dict[str, Any] = {"event": "stockpile", "act": "held", "supplier": None, "recipient": None, "unit": "shells"}
    who, known = source("Petr Pavel", "government", "CZ"), document("alt", "2024-02-20")
    old = claim("a", known, "genau 500000", who, **stock)
    assert findings(check([known], [old], NEW, claim("n", NEW, words, who, **stock))) == expected
