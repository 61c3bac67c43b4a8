from __future__ import annotations

import pytest
from told import claims_of


@pytest.mark.parametrize(
    ("text", "supplier", "recipient"),
    [
        ("Portugal liefert der Ukraine zwölf Haubitzen.", "PT", "UA"),
        ("Zwölf Haubitzen wurden von Portugal an die Ukraine geliefert.", "PT", "UA"),
        ("Ägypten bot Kenia 30 gepanzerte Fahrzeuge an.", "EG", "KE"),
        ("Marokko erhielt 40 Panzer aus Belarus.", "BY", "MA"),
        ("Es heißt, dass Moskau Raketen aus Iran bezieht.", "IR", "RU"),  # a capital right before a noun
        ("Teheran bestreitet, 400 Raketen an Moskau geliefert zu haben.", "IR", "RU"),
        ("Die Raketen, die Nordkorea nach Russland geschickt hat, sind alt.", "KP", "RU"),
        ("Nicht nur Munition, sondern auch zwölf Haubitzen schickte Italien an die Ukraine.", "IT", "UA"),
    ],
)
def test_sides_are_read_from_the_grammar_of_the_clause(text: str, supplier: str, recipient: str) -> None:
    assert (supplier, recipient) in [(c.supplier, c.recipient) for c in claims_of(text)]


def test_who_only_reports_is_no_side() -> None:
    claims = claims_of("Amnesty International zählte 40 Haubitzen, die China an den Sudan lieferte.")
    assert all("Amnesty International" not in (c.supplier, c.recipient) for c in claims)


def test_a_name_before_the_colon_of_a_heading_is_no_side() -> None:
    (claim,) = claims_of("Südkorea: Pjöngjang könnte fünf Millionen Granaten geliefert haben")
    assert claim.supplier == "KP"


def test_each_side_keeps_the_step_that_filled_it() -> None:
    (claim,) = claims_of("Portugal liefert der Ukraine zwölf Haubitzen.")
    assert {(s.role, s.value, s.step) for s in claim.slots} >= {
        ("supplier", "PT", "clause"),
        ("recipient", "UA", "clause"),
    }
