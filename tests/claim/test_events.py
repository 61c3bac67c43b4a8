from __future__ import annotations

import pytest
from told import claims_of, quoted


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Portugal liefert der Ukraine zwölf Haubitzen.", "transfer"),
        ("Nordkorea schickt 3.000 Soldaten nach Russland.", "deployment"),
        ("Russland liefert Nordkorea Öl für die Granaten.", "return"),
        ("Polen bestellt 180 Panzer in Südkorea.", "agreement"),
        ("Iran baut jeden Monat 200 Drohnen.", "production"),
        ("Die EU verhängte ein Waffenembargo gegen Myanmar.", "control"),
        ("Die Huthi feuerten drei Raketen auf ein Schiff.", "use"),
    ],
)
def test_word_and_thing_together_decide_the_event(text: str, event: str) -> None:
    assert event in [c.event for c in claims_of(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Der Minister will eine Botschaft senden.",
        "Die Molkerei liefert Milch an Schulen.",
        "Bei dem Sturm starben vier Menschen.",
    ],
)
def test_other_things_are_no_claims(text: str) -> None:
    assert claims_of(text) == []


def test_a_purpose_belongs_to_the_claim_above_it() -> None:
    text = "Russland setzt Drohnen ein, um Ziele in der Ukraine zu treffen."
    assert [quoted(text, c) for c in claims_of(text)] == [
        "Russland setzt Drohnen ein, um Ziele in der Ukraine zu treffen"
    ]


def test_a_denial_stands_once_and_for_what_it_denies() -> None:
    (claim,) = claims_of("Ankara dementierte, dass die Türkei Panzer an den Sudan liefert.")
    assert (claim.supplier, claim.recipient, claim.stance) == ("TR", "SD", "denied")
