from __future__ import annotations

from told import claims_of


def test_the_next_sentence_goes_on_with_the_sides_of_the_paragraph() -> None:
    first, second = claims_of("Norwegen übergab der Ukraine acht Panzer. Auch 400 Raketen wurden geliefert.")
    assert (first.supplier, first.recipient) == (second.supplier, second.recipient) == ("NO", "UA")
    assert {s.step for s in second.slots} == {"paragraph"}


def test_nobody_stands_on_both_sides() -> None:
    for claim in claims_of("Norwegen übergab der Ukraine acht Panzer. Die Ukraine lieferte Panzer."):
        assert claim.supplier is None or claim.supplier != claim.recipient


def test_a_permit_has_its_giver_as_supplier_and_actor() -> None:
    (claim,) = claims_of("Norwegen genehmigte die Ausfuhr von Raketen an Katar.")
    assert (claim.supplier, claim.actor) == ("NO", "NO")
