from __future__ import annotations

import pytest
from told import claims_of


@pytest.mark.parametrize(
    ("text", "raw", "event", "act"),
    [
        ("Jeder der acht gelieferten Werfer fasst sechs Raketen.", "acht", "transfer", "delivered"),
        ("Jeder der acht gelieferten Werfer fasst sechs Raketen.", "sechs", "transfer", "capacity"),
        ("Von den 60 Panzern, die Peru bestellt hat, sind 20 zerstört.", "60", "agreement", "ordered"),
        ("Die Zahl der Drohnen, die Iran an Mali lieferte, stieg auf 90.", "90", "transfer", "delivered"),
        ("Statt der versprochenen 30 Panzer lieferte Malta nur zwölf an Peru.", "nur zwölf", "transfer", "delivered"),
    ],
)
def test_a_figure_belongs_to_what_is_said_of_its_noun(text: str, raw: str, event: str, act: str) -> None:
    assert [(c.event, c.act) for c in claims_of(text) if c.quantity is not None and c.quantity.raw == raw] == [
        (event, act)
    ]


@pytest.mark.parametrize(
    ("text", "raw", "event"),
    [
        ("Malta schickte 20 Panzer, die Peru bestellt hatte, nach Chile.", "20", "transfer"),
        ("Peru liefert Hunderte von Granaten an Mali, die dort eingesetzt werden.", "Hunderte", "transfer"),
        ("Die Luftwaffe verfügt über 20 Kampfjets, die sie von Malta bekam.", "20", "stockpile"),
        ("Sie sind Teil einer Bestellung von 60 Panzern, die Peru 2021 erhielt.", "60", "agreement"),
    ],
)
def test_what_its_own_verb_is_about_stays_with_the_verb(text: str, raw: str, event: str) -> None:
    assert [c.event for c in claims_of(text) if c.quantity is not None and c.quantity.raw == raw] == [event]
