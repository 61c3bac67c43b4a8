"""The worked example of docs/method.md comes out of its claims to the last figure."""

from __future__ import annotations

from typing import Any

import pytest
from by_hand import claim, document, source, time
from worked_example import KIRBY, everything, given

from beleg.ledger.build import build_ledger
from beleg.ledger.rows import matter_row
from beleg.model import Claim, Decision, Document


def rows(documents: list[Document], claims: list[Claim], *decisions: Decision) -> list[dict[str, Any]]:
    ledger, problems = build_ledger(documents, claims, decisions)
    assert problems == []
    return [matter_row(m) for m in ledger.matters]


def main_matter(all_rows: list[dict[str, Any]]) -> dict[str, Any]:
    return next(r for r in all_rows if r["start"] != "2022-06")


def at(row: dict[str, Any], day: str) -> dict[str, Any]:
    return next(a for a in row["as_of"] if a["as_of"] == day)


@pytest.mark.parametrize(
    ("day", "low", "low_by", "high", "high_by"),
    [
        ("2023-10-13", 1001, "1,001 (US1)", 3300, "3,300 (KR2)"),
        ("2023-11-02", 2001, "2,001 (KR1)", 3300, "3,300 (KR2)"),
        ("2023-11-19", 2700, "2,700 (KR2)", 3300, "3,300 (KR2)"),
        ("2024-02-26", 6650, "6,650 (KR3)", 6750, "6,750 (KR3)"),
        ("2024-06-14", 10000, "10,000 (KR4)", 15500, "15,500 = 22,000 − 6,500 (KR5t, KR5i)"),
        # two months before the last figure
        ("2024-09-30", 10500, "10,500 = 18,000 − 7,500 (KR5t, KR5i)", 15500, "15,500 = 22,000 − 6,500 (KR5t, KR5i)"),
        ("2024-11-30", 18000, "18,000 (KR5t)", 22000, "22,000 (KR5t)"),
    ],
)
def test_each_dated_interval_of_the_series_stands_with_its_path(
    day: str, low: int, low_by: str, high: int, high_by: str
) -> None:
    (row,) = rows(*given())
    here = at(row, day)
    assert here["hull"] == [low, high]
    (reading,) = here["readings"]
    assert (reading["low"]["path"], reading["high"]["path"]) == (low_by, high_by)


def test_the_series_as_given_has_no_conflict_at_any_cap() -> None:
    (row,) = rows(*given())
    assert row["conflicts"] == []
    assert row["conflicts_at_other_caps"] == []
    assert row["contested"] is False


def test_five_more_claims_show_both_conflicts_with_their_gaps_at_every_cap() -> None:
    row = main_matter(rows(*everything()))
    found = {frozenset(c["claims"]): c["gap"] for c in row["conflicts"]}
    assert found == {frozenset({"USx", "KR3"}): 3251, frozenset({"USx", "KRx2"}): 2501}
    assert row["conflicts_at_other_caps"] == []


def test_both_coherent_readings_and_their_hull_are_shown() -> None:
    row = main_matter(rows(*everything()))
    here = at(row, "2024-02-26")
    readings = {tuple(sorted(r["without"])): [r["low"]["v"], r["high"]["v"]] for r in here["readings"]}
    assert readings == {("USx",): [6650, 6750], ("KR3", "KRx2"): [10001, 15500]}
    assert here["hull"] == [6650, 15500] and here["contested"] is True
    end = at(row, "2024-11-30")
    assert end["hull"] == [18000, 22000] and end["contested"] is False


def test_bounds_print_their_support_and_what_is_left_without_each_origin() -> None:
    here = at(main_matter(rows(*everything())), "2024-02-26")
    assert set(here["low"]["support"]) == {"KR3", "USx"}
    assert here["low"]["n"] == [1, 2] and here["low"]["camps"] == 1 and here["low"]["digit"] == 3
    assert here["low"]["without"]["US"] == 6650
    assert here["low"]["without"]["KR"] == 10001
    assert here["high"]["v"] == 6750
    assert here["high"]["support"] == ["KR3"] and here["high"]["n"] == [1, 1]
    assert here["high"]["opposed_by"] == ["USx"] and here["high"]["digit"] == 4
    end = at(main_matter(rows(*everything())), "2024-11-30")
    mnd = "Ministry of National Defense of South Korea"
    assert end["low"]["without"][mnd] == 13001  # the intelligence service stays
    assert end["high"]["without"][mnd] is None
    assert end["low"]["digit"] == 3 and end["high"]["digit"] == 3


def test_a_row_stands_in_words_as_one_would_write_it() -> None:
    text = at(main_matter(rows(*everything())), "2024-02-26")["text"]
    assert text == (
        "2024-02-26: at least 6,650 (KR, US; n = 1–2, 1 camp; 3). Upper figure contested: 6,750 (Shin Won-sik) against "
        "10,001 (US Department of State); 4."
    )


def test_the_count_from_another_start_is_linked_and_not_merged() -> None:
    all_rows = rows(*everything())
    other = next(r for r in all_rows if r["start"] == "2022-06")
    assert [f["id"] for f in other["figures"]] == ["KRx3"]
    assert other["links"] == [{"matter": main_matter(all_rows)["matter"], "reasons": ["other-start"]}]


def decision(kind: Any, target: str, **payload: str) -> Decision:
    return Decision(kind, target, "reader", "2025-01-01T00:00:00Z", "", tuple(sorted(payload.items())))


def test_the_movement_layer_counts_two_to_three_origins_and_proposes_one() -> None:
    rusi = document("RUSI", "2023-10-16")
    voa = document("VOA", "2023-10-16")
    us = document("US0", "2023-10-13")
    kr = document("KR0", "2023-10-16")
    seen = {"counting": None, "when": time("2023-08", "2023-10")}
    claims = [
        claim("m-us", us, None, KIRBY, basis="satellite imagery", **seen),
        claim("m-kr", kr, None, source("MND", country="KR"), basis="intelligence", **seen),
        claim("m-rusi", rusi, None, source("RUSI", "think_tank", "GB", "rusi"), basis="satellite imagery", **seen),
        claim("m-voa", voa, None, source("Voice of America", "media", "US", "voa"), basis="satellite imagery", **seen),
    ]
    (row,) = rows(
        [rusi, voa, us, kr],
        claims,
        decision("dependent", "US", **{"with": "KR", "until": "2023-12-31"}),
        decision("independent", "US", **{"with": "rusi"}),
        decision("independent", "US", **{"with": "voa"}),
        decision("independent", "KR", **{"with": "rusi"}),
    )
    movement = next(g for g in row["grades"] if g["layer"] == "movement")
    assert movement["n"] == [2, 3]
    assert movement["camps"] == 2
    assert movement["digit"] == 1


def test_denials_are_typed_and_those_before_the_start_bear_on_nothing() -> None:
    kp = source("Ministry of National Defense of North Korea", country="KP")
    kim = source("Kim Yo-jong", country="KP")
    peskov = source("Dmitry Peskov", country="RU")
    lavrov = source("Sergey Lavrov", country="RU")
    said = [
        ("2022-09-22", kp, "D1"),
        ("2022-11-08", kp, "D1+D4"),
        ("2023-10-17", peskov, "D2"),
        ("2023-10-20", lavrov, "D3"),
        ("2024-05-17", kim, "D1+D4"),
    ]
    documents, claims = everything()
    for day, who, types in said:
        d = document(f"den-{day}", day)
        documents.append(d)
        denied = {"event": "statement", "stance": "denied", "denial": types, "polarity": "-"}
        claims.append(claim(f"den-{day}", d, None, who, counting=None, **denied))
    row = main_matter(rows(documents, claims))
    got = {d["day"]: (d["who"], d["type"], d["bears"], d["opens_h0"]) for d in row["denials"]}
    assert got == {
        "2022-09-22": ("KP", ["D1"], False, False),
        "2022-11-08": ("KP", ["D1", "D4"], False, False),
        "2023-10-17": ("RU", ["D2"], True, False),
        "2023-10-20": ("RU", ["D3"], True, False),
        "2024-05-17": ("KP", ["D1", "D4"], True, True),
    }
    assert at(row, "2024-02-26")["hull"] == [6650, 15500]  # a denial constrains nothing
