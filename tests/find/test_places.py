"""Places: German spellings, coordinates with precision, and names left open."""

from __future__ import annotations

import pytest

from beleg.find.places import find_places
from beleg.model import PlaceMention


def places(text: str) -> list[PlaceMention]:
    found, problems = find_places(text, [], "de")
    assert problems == []
    return found


@pytest.mark.parametrize(
    ("text", "words", "name", "country", "precision"),
    [
        ("Der Zug fuhr nach Wladiwostok.", "Wladiwostok", "Vladivostok", "RU", "city"),
        ("Nahe Charkiw schlug sie ein.", "Charkiw", "Kharkiv", "UA", "city"),
        ("Das Werk steht in Hamhung.", "Hamhung", "Hamhung", "KP", "city"),
        ("Auf der Krim stehen sie.", "Krim", "Crimea", "UA", "region"),
        ("Soldaten kämpfen in der Region Kursk.", "Region Kursk", "Kursk Oblast", "RU", "region"),
        ("Sie gingen nach Russland.", "Russland", "Russia", "RU", "country"),
        ("Der Hafen liegt in der Provinz Sandonien.", "Sandonien", "Sandonien", None, "region"),
    ],
)
def test_a_place_is_named_and_located(text, words, name, country, precision) -> None:
    (m,) = places(text)
    assert (m.text, m.name, m.country, m.precision) == (words, name, country, precision)


def test_a_region_in_no_table_has_no_coordinates() -> None:
    (m,) = places("Der Hafen liegt in der Provinz Sandonien.")
    assert (m.latitude, m.longitude) == (None, None)


def test_a_state_is_a_place_only_after_a_preposition_of_place() -> None:
    assert places("Russland bestreitet das.") == []


def test_a_common_word_is_a_place_only_after_a_preposition_of_place() -> None:
    assert places("Das Essen war gut.") == []
    assert [m.name for m in places("Er wohnt in Essen.")] == ["Essen"]


def test_a_capital_that_acts_is_no_place() -> None:
    assert places("Moskau bestreitet das.") == []
    assert [m.country for m in places("In Moskau schneite es.")] == ["RU"]


def test_several_cities_of_one_name_and_size_are_left_open() -> None:
    (m,) = places("Die Kisten lagen in Hyderabad.")
    assert m.candidates > 1
    assert m.latitude is None
