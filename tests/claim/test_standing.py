from __future__ import annotations

import pytest
from told import claims_of


@pytest.mark.parametrize(
    ("text", "actor", "recipient"),
    [
        ("Saudische Kampfjets bombardierten Hudaida.", "SA", "YE"),
        ("Haubitzen verschoss Peru.", "PE", None),
        ("Die Armee Perus verlor 20 Panzer.", "PE", None),
    ],
)
def test_who_fires_and_who_is_hit_is_told_by_number_and_adjective(
    text: str, actor: str | None, recipient: str | None
) -> None:
    (claim,) = claims_of(text)
    assert (claim.actor, claim.recipient) == (actor, recipient)


@pytest.mark.parametrize(
    ("text", "supplier", "recipient"),
    [
        ("Über Jordanien gelangten griechische Panzer nach Kiew.", "GR", "UA"),
        ("Gestern überließ Peru Iran Kampfflugzeuge.", "PE", "IR"),
        ("Kenia bat Südafrika um 20 Schützenpanzer.", "ZA", "KE"),
        ("„Die Panzer aus Malta sind da“, sagte ein Soldat in Lima.", "MT", "PE"),
    ],
)
def test_sides_are_read_from_case_and_preposition(text: str, supplier: str, recipient: str) -> None:
    (claim,) = claims_of(text)
    assert (claim.supplier, claim.recipient) == (supplier, recipient)
