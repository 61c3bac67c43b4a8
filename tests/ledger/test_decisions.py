"""What people decide about claims, matters and origins changes the ledger, and can be taken back."""

from __future__ import annotations

from typing import Any

import pytest
from by_hand import claim, document, source
from worked_example import MND, SHIN, STATE, everything

from beleg.ledger.build import build_ledger
from beleg.ledger.decided import reviewed_claims
from beleg.ledger.rows import matter_row
from beleg.model import Claim, Decision, Document

DOC = document("eins", "2024-03-01")
OTHER = document("zwei", "2024-04-01")


def decide(kind: Any, target: str, /, id: str = "", undoes: str | None = None, **payload: Any) -> Decision:
    payload = {k.rstrip("_"): v for k, v in payload.items()}
    return Decision(kind, target, "reader", "2025-01-01T00:00:00Z", "", tuple(sorted(payload.items())), undoes, id)


def matters(claims: list[Claim], *decisions: Decision, documents: list[Document] | None = None) -> list[dict[str, Any]]:
    ledger, problems = build_ledger(documents or [DOC, OTHER], claims, decisions)
    assert problems == []
    return [matter_row(m) for m in ledger.matters]


def last_hull(row: dict[str, Any]) -> list[int | None]:
    hull: list[int | None] = row["as_of"][-1]["hull"]
    return hull


TWO = [claim("a", DOC, "mindestens 500", SHIN), claim("b", OTHER, "mindestens 800", STATE)]


def test_a_rejected_claim_bounds_nothing_and_stays_listed() -> None:
    (row,) = matters(TWO, decide("reject", "b"))
    assert last_hull(row) == [500, None]
    assert [f["reason"] for f in row["figures"] if f["id"] == "b"] == ["rejected"]


def test_a_claim_without_an_origin_counts_once_a_person_accepts_it() -> None:
    lost = claim("c", OTHER, "mindestens 900")
    (row,) = matters([*TWO, lost])
    assert last_hull(row) == [800, None]
    (row,) = matters([*TWO, lost], decide("accept", "c"))
    assert last_hull(row) == [900, None]


def test_a_name_that_anybody_can_make_up_counts_once_a_person_accepts_it() -> None:
    unknown = claim("c", OTHER, "mindestens 900", source("Erika Beispiel", "person"))
    (row,) = matters([*TWO, unknown])
    assert last_hull(row) == [800, None]
    (row,) = matters([*TWO, unknown], decide("accept", "c"))
    assert last_hull(row) == [900, None]


def test_bounds_that_a_person_sets_stand_before_the_table() -> None:
    (row,) = matters(TWO, decide("correct", "a", low=1000, high=1100))
    assert row["as_of"][0]["hull"] == [1000, 1100]


def test_a_corrected_unit_moves_the_claim_to_its_matter() -> None:
    rows = matters(TWO, decide("correct", "b", unit="tonnes"))
    assert sorted(r["unit"] for r in rows) == ["containers", "tonnes"]


def test_a_merge_joins_matters_and_undoing_it_parts_them() -> None:
    other = claim("c", OTHER, "mindestens 900", STATE, item="arms", unit="loads")
    assert len(matters([*TWO, other])) == 2
    merge = decide("merge", "a", id="d1", with_="c")
    (row,) = matters([*TWO, other], merge)
    assert last_hull(row) == [900, None]
    assert len(matters([*TWO, other], merge, decide("note", "a", undoes="d1"))) == 2


def test_a_split_sets_claims_apart() -> None:
    rows = matters(TWO, decide("split", "b", group="other deal"))
    assert sorted(len(r["claims"]) for r in rows) == [1, 1]


def test_letters_are_f_until_a_person_gives_one() -> None:
    (row,) = matters(TWO, decide("rate", "KR", letter="B"))
    assert {o["body"]: o["letter"] for o in row["origins"]} == {"KR": "B", "US": "F"}
    assert row["origins"][0]["tag"] == 'admiralty-scale:source-reliability="b"'


@pytest.mark.parametrize(("kind", "expected"), [("dependent", [1, 1]), ("independent", [2, 2]), ("note", [1, 2])])
def test_ties_between_origins_decide_the_range(kind: str, expected: list[int]) -> None:
    (row,) = matters(TWO, decide(kind, "KR", with_="US"))
    assert [row["n_min"], row["n_max"]] == expected


def test_a_tie_holds_only_in_its_days() -> None:
    (row,) = matters(TWO, decide("dependent", "KR", with_="US", until="2023-12-31"))
    assert [row["n_min"], row["n_max"]] == [1, 2]


def test_a_decision_without_what_it_needs_is_a_problem_and_changes_nothing() -> None:
    ledger, problems = build_ledger([DOC, OTHER], TWO, [decide("merge", "a")])
    assert [p.code for p in problems] == ["decision-unreadable"]
    assert len(ledger.matters) == 1


def test_a_compiler_adds_nothing_beside_a_member_and_does_not_tie_its_members() -> None:
    msmt = source("Multilateral Sanctions Monitoring Team", "international_org", actor="msmt")
    (row,) = matters([*TWO, claim("c", OTHER, "mehr als 900", msmt)])
    assert [row["n_min"], row["n_max"]] == [1, 2]
    (alone,) = matters([claim("c", OTHER, "mehr als 900", msmt)])
    assert [alone["n_min"], alone["n_max"]] == [1, 1]


def test_a_source_that_corrects_itself_withdraws_its_last_figure() -> None:
    wrong, right = claim("a", DOC, "etwa 7000", MND), claim("b", OTHER, "etwa 4000", MND, revises=True)
    (row,) = matters([wrong, right])
    assert row["conflicts"] == []
    assert last_hull(row) == [3600, 4400] or last_hull(row) == [3500, 4500]
    assert [f["reason"] for f in row["figures"] if f["id"] == "a"] == ["corrected by its origin in b"]


def test_the_same_without_words_of_correction_is_a_self_conflict() -> None:
    (row,) = matters([claim("a", DOC, "etwa 7000", MND), claim("b", OTHER, "etwa 4000", MND)])
    assert [c["kind"] for c in row["conflicts"]] == ["self-conflict"]


def test_a_disowned_quotation_counts_no_more() -> None:
    denial: dict[str, Any] = {"event": "statement", "stance": "denied", "polarity": "-", "denial": "D6"}
    (row,) = matters([*TWO, claim("c", OTHER, None, SHIN, counting=None, **denial)])
    assert [f["reason"] for f in row["figures"] if f["id"] == "a"] == ["disowned by its speaker"]


def test_outlets_that_word_one_utterance_differently_give_the_weakest_and_are_listed() -> None:
    claims = [claim("a", DOC, "mehr als 3000", SHIN), claim("b", OTHER, "etwa 3000", SHIN)]
    (row,) = matters(claims)
    (figure,) = row["figures"]
    assert (figure["low"], figure["high"]) == (2700, None)
    assert [w["words"] for v in row["variants"] for w in v["wordings"]] == ["mehr als 3000", "etwa 3000"]
    assert row["utterances"] == 1


def test_a_total_that_is_a_plain_sum_is_marked() -> None:
    row = next(r for r in matters(everything()[1], documents=everything()[0]) if r["start"] != "2022-06")
    assert [f["id"] for f in row["figures"] if "possible-arithmetic" in f["notes"]] == ["KR5t"]


def test_no_word_of_the_ledger_is_confirmed_and_no_number_is_a_score() -> None:
    text = repr(matters(everything()[1], documents=everything()[0])).lower()
    assert "confirm" not in text and "score" not in text


def test_the_reviewed_view_rests_on_what_a_person_has_looked_at() -> None:
    decisions = [decide("accept", "a"), decide("correct", "b", unit="shells"), decide("reject", "b")]
    assert [c.id for c in reviewed_claims(TWO, decisions)] == ["a"]
    assert [c.id for c in reviewed_claims(TWO, decisions[:2])] == ["a", "b"]
    assert reviewed_claims(TWO, []) == []


def test_a_merge_with_a_matter_that_is_not_there_is_told() -> None:
    ledger, problems = build_ledger([DOC, OTHER], TWO, [decide("merge", "a", with_="kp-ru-gone-abc123")])
    assert [p.code for p in problems] == ["merge-not-found"] and "kp-ru-gone-abc123" in problems[0].message
    assert [len(m.claims) for m in ledger.matters] == [2]


def test_an_edge_with_a_date_that_is_none_changes_nothing_and_is_told() -> None:
    ledger, problems = build_ledger([DOC, OTHER], TWO, [decide("dependent", "KR", with_="US", until="soon")])
    assert [p.code for p in problems] == ["decision-unreadable"]
    assert ledger.matters[0].dependence == ()
