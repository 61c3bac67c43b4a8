"""The ledger of the annotated example articles is the one that their matters' file describes."""

from __future__ import annotations

from typing import Any

import pytest

from annotated import ROOT, read_set
from beleg.ledger.build import build_ledger
from beleg.ledger.rows import matter_row

EXAMPLES = read_set(ROOT / "examples" / "de")
GOLD = {m["matter"]: m for m in EXAMPLES.matters}
OF_CLAIM = {c: name for name, m in GOLD.items() for ids in m["claims"].values() for c in ids}
# The annotation names these items otherwise than their matters: no item tree is at work in this test.
OTHERWISE_NAMED = {"kp-ru-shells-122-capacity", "kp-ru-shells-capacity"}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    ledger, problems = build_ledger(EXAMPLES.documents, EXAMPLES.claims)
    assert problems == []
    return [matter_row(m) for m in ledger.matters]


def of(rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
    wanted = {c for c, m in OF_CLAIM.items() if m == name}
    return max(rows, key=lambda r: len(wanted & {c["id"] for c in r["claims"]}))


def test_no_matter_mixes_what_the_annotation_keeps_apart(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        assert len({OF_CLAIM[c["id"]] for c in row["claims"] if c["id"] in OF_CLAIM}) <= 1, row["matter"]


@pytest.mark.parametrize("name", sorted(set(GOLD) - OTHERWISE_NAMED))
def test_every_claim_of_a_matter_is_found_in_it(rows: list[dict[str, Any]], name: str) -> None:
    wanted = {c for c, m in OF_CLAIM.items() if m == name}
    assert wanted <= {c["id"] for c in of(rows, name)["claims"]}


@pytest.mark.parametrize("name", sorted(GOLD))
def test_the_range_of_origins_holds_the_annotated_one(rows: list[dict[str, Any]], name: str) -> None:
    row, gold = of(rows, name), GOLD[name]
    assert row["n_min"] <= gold["n_min"]
    assert gold["n_max"] <= row["n_max"] or row["bodies"] > row["n_max"]  # a compiler adds no origin


def test_both_conflicts_stand_with_their_gaps(rows: list[dict[str, Any]]) -> None:
    row, gold = of(rows, "kp-ru-containers"), GOLD["kp-ru-containers"]
    key = {c: k for k, ids in gold["claims"].items() for c in ids}
    found = sorted((sorted(key[c] for c in conflict["claims"]), conflict["gap"]) for conflict in row["conflicts"])
    assert found == sorted((sorted(c["claims"]), c["gap"]) for c in gold["conflicts"])


def test_the_contested_row_has_both_readings(rows: list[dict[str, Any]]) -> None:
    row, gold = of(rows, "kp-ru-containers"), GOLD["kp-ru-containers"]
    for day, expected in gold["as_of"].items():
        here = next(a for a in row["as_of"] if a["as_of"] == day)
        assert sorted([r["low"]["v"], r["high"]["v"]] for r in here["readings"]) == expected["readings"]
        assert here["hull"] == expected["hull"] and here["contested"] == expected["contested"]


def test_the_series_as_given_has_the_annotated_bounds() -> None:
    gold = GOLD["kp-ru-containers"]
    series = ("US1", "KR1", "KR2", "KR3", "KR4", "KR5i", "KR5t")
    keep = {c for k in series for c in gold["claims"][k]}
    ledger, _ = build_ledger(EXAMPLES.documents, [c for c in EXAMPLES.claims if c.id in keep])
    (row,) = [matter_row(m) for m in ledger.matters]
    assert {a["as_of"]: a["hull"] for a in row["as_of"]} == gold["as_of_series_as_given"]


def test_copies_and_reprints_are_one_cluster_and_one_utterance(rows: list[dict[str, Any]]) -> None:
    row = of(rows, "kp-ru-containers")
    twins = [c for c in row["text_clusters"] if len(c) > 1]
    assert [sorted(d.split("@")[0] for d in c) for c in twins] == [
        ["2024-02-26-shin-6700-in-sechs-monaten", "2024-02-27-fast-gleicher-text"]
    ]
    said = [f for f in row["figures"] if "6.700" in f["words"]]
    assert len(said) == 1 and len(said[0]["documents"]) == 4


def test_denials_have_the_annotated_types_and_bearing(rows: list[dict[str, Any]]) -> None:
    row, gold = of(rows, "kp-ru-containers"), GOLD["kp-ru-containers"]
    found = {(d["who"], d["day"]): (set(d["type"]), d["bears"]) for d in row["denials"]}
    for bears, listed in ((True, gold["denials"]), (False, gold["denials_without_bearing"])):
        for d in listed:
            types, bearing = found[d["who"], d["day"]]
            assert set(d["types"]) <= types and bearing is bears
