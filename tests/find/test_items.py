"""Items: designations, compounds, lists, types, calibres, and words that only look like an item."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleg.find.items import find_items
from beleg.model import ItemMention


def items(text: str) -> list[ItemMention]:
    found, problems = find_items(text, [], "de")
    assert problems == []
    return found


@pytest.mark.parametrize(
    ("text", "words", "label", "unit", "kind"),
    [
        ("Geliefert wurden Artilleriegranaten.", "Artilleriegranaten", "artillery shells", "shells", "ammunition"),
        ("Geliefert wurden Kurzstreckenraketen.", "Kurzstreckenraketen", "short-range ballistic missiles", "missiles",
         "missile"),
        ("Die Waffenlieferungen stocken.", "Waffenlieferungen", "weapons", "deliveries", "weapons"),
        ("Er besuchte Munitionsfabriken.", "Munitionsfabriken", "munitions factories", "plants", "plant"),
        ("Zugesagt sind 14 Leopard-2-Panzer.", "Leopard-2-Panzer", "Leopard 2 tanks", "tanks", "armour"),
        ("Zugesagt sind 14 Leopard 2A6.", "Leopard 2A6", "Leopard 2 tanks", "tanks", "armour"),
        ("Zugesagt sind Kampfpanzer vom Typ Leopard 2.", "Kampfpanzer vom Typ Leopard 2", "Leopard 2 tanks", "tanks",
         "armour"),
        ("Es fehlen Leopard-2-Ersatzteile.", "Leopard-2-Ersatzteile", "Leopard 2 components", "parts", "component"),
        ("Die USA stoppten US-Waffenlieferungen.", "Waffenlieferungen", "weapons", "deliveries", "weapons"),
        ("Das sind KN-23-Raketen (Hwasong-11A).", "KN-23-Raketen (Hwasong-11A)", "KN-23", "missiles", "missile"),
        ("Das Werk baut Raketentechnologie nach.", "Raketentechnologie", "missile technology", None, "technology"),
    ],
)  # fmt: skip
def test_a_word_is_read_by_its_head_and_its_tail(text, words, label, unit, kind) -> None:
    found = [(m.text, m.label, m.unit, m.kind) for m in items(text)]
    assert (words, label, unit, kind) in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Es kamen 122-mm- und 152-mm-Granaten.",
         [("122-mm-", "122 mm artillery shells"), ("152-mm-Granaten", "152 mm artillery shells")]),
        ("Gezeigt wurden Kampf- und Überwachungsdrohnen.",
         [("Kampf-", "combat drones"), ("Überwachungsdrohnen", "surveillance drones")]),
        ("Im Gegenzug kam Militär- und Satellitentechnologie.",
         [("Militär-", "military technology"), ("Satellitentechnologie", "satellite technology")]),
        ("Raketen vom Typ KN-23 und KN-24 fehlen.", [("Raketen vom Typ KN-23", "KN-23"), ("KN-24", "KN-24")]),
    ],
)  # fmt: skip
def test_lists_give_one_mention_a_member(text, expected) -> None:
    assert [(m.text, m.label) for m in items(text)] == expected


@pytest.mark.parametrize("form", ["KN-23", "KN 23", "KN23"])
def test_a_designation_may_be_spelled_with_hyphen_blank_or_nothing(form) -> None:
    assert [m.item for m in items(f"Es war eine {form}.")] == ["kn-23"]


@pytest.mark.parametrize("form", ["122-mm-Raketen", "122-Millimeter-Raketen"])
def test_artillery_rockets_are_known_by_their_calibre(form: str) -> None:
    (m,) = find_items(f"Es waren {form}.", [], "de")[0]
    assert (m.item, m.label, m.unit, m.calibre) == ("rockets-122", "122 mm rockets", "rockets", "122 mm")


@pytest.mark.parametrize("form", ["155-mm-Granaten", "155 mm Granaten", "155-Millimeter-Granaten"])
def test_a_calibre_is_an_attribute(form) -> None:
    (m,) = items(f"Es fehlen {form}.")
    assert (m.calibre, m.unit, m.item) == ("155 mm", "shells", "artillery-shells")


@pytest.mark.parametrize(
    ("text", "calibre"),
    [
        ("Es fehlen Granaten vom Kaliber 152 Millimeter.", "152 mm"),
        ("Es fehlen Haubitzen des Kalibers 122 mm.", "122 mm"),
        ("Es fehlen 8,8-cm-Geschütze.", "88 mm"),
        ("Es fehlen 7,62-mm-Patronen.", "7.62 mm"),
        ("Es fehlen Geschütze im Kaliber 15 Zentimeter.", "150 mm"),
        ("Es fehlen Granaten und 152 Millimeter Stahl.", None),
    ],
)
def test_a_calibre_may_stand_behind_have_decimals_and_be_in_centimetres(text, calibre) -> None:
    (m,) = items(text)
    assert m.calibre == calibre


def test_an_animal_is_no_tank_where_nothing_else_is_a_weapon() -> None:
    assert items("Im Zoo schläft ein Gepard neben einem Marder.") == []
    assert [m.item for m in items("Die Flugabwehrpanzer vom Typ Gepard fahren.")] == ["gepard"]


def test_a_name_that_says_what_it_is_needs_no_other_weapon_beside_it() -> None:
    assert [m.item for m in items("Rumänien gibt ein Patriot-System ab.")] == ["patriot"]
    assert items("Der Patriot feiert.") == []


def test_a_general_noun_takes_up_the_weapon_named_before() -> None:
    found = items("Zugesagt sind 24 F-16. Zwei der Maschinen sind da.")
    assert [(m.text, m.label) for m in found] == [
        ("F-16", "F-16 combat aircraft"),
        ("Maschinen", "F-16 combat aircraft"),
    ]
    assert items("Die Maschine wäscht.") == []


def test_an_adjective_joins_a_calibre() -> None:
    (m,) = items("Es kam selbstfahrende 170-mm-Artillerie.")
    assert (m.label, m.calibre) == ("170 mm self-propelled guns", "170 mm")


def test_a_container_of_arms_says_so() -> None:
    found = items("7.000 Container mit mutmaßlichen Waffen gingen ab.")
    assert [m.label for m in found] == ["shipping containers of arms", "weapons"]


@pytest.mark.parametrize("text", ["Die Luftwaffe übt.", "Die Waffenruhe hält.", "Eine Silvesterrakete flog.",
                                  "Das Dachgeschoss brannte.", "Sie entwaffnen ihn."])  # fmt: skip
def test_words_that_only_look_like_an_item_are_left(text) -> None:
    assert items(text) == []


PIECES = ["152-mm-", " und ", "Granaten", "KN-23", "-Raketen", "Waffen", "liefer", ",", " ", "\n"]


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_mentions_lie_in_the_text_in_order_without_overlap(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = items(text)
    assert all(text[m.span.start : m.span.end] == m.text for m in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


def test_an_open_member_of_rockets_is_no_number() -> None:
    found = find_items("Es waren 122- und 240-mm-Raketen.", [], "de")[0]
    assert [m.text for m in found] == ["122-", "240-mm-Raketen"]
