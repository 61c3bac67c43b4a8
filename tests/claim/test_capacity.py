from __future__ import annotations

import pytest
from told import claims_of


@pytest.mark.parametrize(
    ("text", "act", "stance"),
    [
        ("Die Kisten enthielten 300 Granaten.", "held", "fact"),
        ("Die Kisten könnten 300 Granaten enthalten.", "capacity", "hedged"),
        ("Die Kisten enthielten rund 300 Granaten.", "capacity", "fact"),
        ("Wären die Kisten mit Granaten gefüllt, wären es 300 Granaten.", "capacity", "hedged"),
        (
            "Wären die Kisten mit Granaten gefüllt, kämen 300 Granaten zusammen, sagte er.",
            "capacity",
            "hedged",
        ),
        ("Je nach Ladung sind es 300 Granaten.", "capacity", "fact"),
    ],
)
def test_what_would_fit_is_no_delivery_and_what_is_inside_is_held(text: str, act: str, stance: str) -> None:
    assert [(c.act, c.stance) for c in claims_of(text) if c.quantity is not None] == [(act, stance)]


@pytest.mark.parametrize("text", [
    "Die Schiffe boten Platz für 200 Panzer.",
    "Die Waggons bieten Raum für 400 Raketen.",
    "Der Frachter kann 200 Panzer laden.",
    "Die Ladung würde für 3.000 Granaten genügen.",
])  # fmt: skip
def test_room_for_things_is_no_delivery_of_them(text: str) -> None:
    assert [c.act for c in claims_of(f"Kenia schickte Container nach Mali. {text}") if c.quantity] == ["capacity"]


def test_what_somebody_may_have_carried_is_no_room_for_it() -> None:
    assert [c.act for c in claims_of("Belarus könnte 40 Panzer transportiert haben.")] == ["shipped"]


def test_a_figure_that_goes_on_with_what_would_fit_is_no_delivery() -> None:
    text = (
        "Kenia verschiffte 6.700 Container mit Granaten nach Mali. "
        "Darin hätten, je nach Ladung, über 500.000 Granaten Platz, meldete die Agentur."
    )
    acts = {c.quantity.low: c.act for c in claims_of(text) if c.quantity is not None}
    assert acts[500_000] == "capacity"
