from __future__ import annotations

import pytest
from told import claims_of, quoted


def figures(text: str) -> list[tuple[float | None, float | None, str | None]]:
    return [(c.quantity.low, c.quantity.high, c.quantity.unit) for c in claims_of(text) if c.quantity is not None]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Erneut übergab Spanien zehn Leopard-Panzer.", (10, 10, "tanks")),
        ("Deutschland genehmigte Rüstungsexporte im Wert von 12,2 Milliarden Euro.", (12.2e9, 12.2e9, "EUR")),
        ("Kanada sagte Lettland 20 Radpanzer zu. Acht sind angekommen.", (8, 8, "vehicles")),
        (
            "Die EU versprach der Ukraine eine Million Granaten. Etwa die Hälfte davon wurde geliefert.",
            (50, 50, "percent"),  # as it stands: what it is half of is not counted out
        ),
    ],
)
def test_a_number_counts_the_thing_it_stands_with_or_the_one_before(
    text: str, figure: tuple[float, float, str]
) -> None:
    assert figure in figures(text)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Polen lieferte der Ukraine 14 der 20 Panzer.", (14, 14, "tanks")),
        ("Nach Angaben der Luftwaffe schoss die Ukraine 26 von 38 russischen Drohnen ab.", (26, 26, "drones")),
        ("Spanien übergab der Ukraine zwei von insgesamt vier Flugabwehrsystemen.", (2, 2, "systems")),
    ],
)
def test_the_whole_of_which_a_part_is_told_is_no_figure_of_the_event(
    text: str, figure: tuple[float, float, str]
) -> None:
    assert figures(text) == [figure]


def test_a_bare_number_does_not_count_what_a_phrase_behind_it_only_contains() -> None:
    found = figures("Spanien liefert der Ukraine Panzer. Dazu kommen 500 Millionen für den Ausbau der Fabriken.")
    assert {unit for _, _, unit in found} <= {None}


def test_a_number_with_a_noun_of_its_own_counts_the_type_behind_it() -> None:
    (claim,) = claims_of("Russland lieferte China 24 Jäger vom Typ Su-35.")
    assert claim.quantity is not None and (claim.quantity.low, claim.item) == (24, "Su-35 combat aircraft")


def test_an_article_with_a_bound_is_a_figure() -> None:
    assert (1, None, "systems") in figures("Russland lieferte Nordkorea mindestens ein Flugabwehrsystem.")
    assert figures("Russland lieferte Nordkorea ein Flugabwehrsystem.") == []


def test_a_calibre_is_no_figure() -> None:
    assert figures("Portugal liefert der Ukraine Haubitzen vom Kaliber 155 Millimeter.") == []


def test_each_of_several_figures_has_its_own_stretch() -> None:
    text = "Die Armee ließ 78 Panzer, 400 Haubitzen und 9.000 Gewehre im Land zurück."
    assert "400 Haubitzen" in [quoted(text, c) for c in claims_of(text)]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Nordkorea hat Russland Munition geliefert. Seit März habe Moskau zwei Millionen Schuss erhalten.",
         (2e6, 2e6, "rounds")),
        ("Nordkorea schickt Russland Soldaten. Pjöngjang habe 4.000 Mann entsandt.", (4000, 4000, "troops")),
        ("Dänemark liefert Kiew Panzer. Der Generalstab beziffert die Lieferungen auf 148.", (148, 148, "tanks")),
        ("Die Bauteile der Rakete stammen von 26 Herstellern.", (26, 26, "companies")),
        ("Die Rakete flog 460 Kilometer.", (460, 460, "km")),
    ],
)  # fmt: skip
def test_a_number_counts_what_the_verb_of_its_clause_is_about(text: str, figure: tuple[float, float, str]) -> None:
    assert figure in figures(text)


@pytest.mark.parametrize(
    "text",
    [
        "Spanien liefert der Ukraine Panzer. Die Stadt Burgos hat 170.000 Einwohner.",
        "Spanien liefert der Ukraine Panzer. Beide Länder sind zufrieden.",
    ],
)
def test_a_number_of_what_is_no_arms_makes_no_figure(text: str) -> None:
    assert figures(text) == []
