"""Actors: what is joined to one mention, what it resolves to, what is left open."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleg.find.actors import find_actors
from beleg.model import ActorMention


def actors(text: str) -> list[ActorMention]:
    found, problems = find_actors(text, [], "de")
    assert problems == []
    return found


@pytest.mark.parametrize(
    ("text", "words", "actor", "name", "kind", "country"),
    [
        ("Der polnische Verteidigungsminister Kosiniak-Kamysz lehnte ab.",
         "polnische Verteidigungsminister Kosiniak-Kamysz",
         "wladyslaw-kosiniak-kamysz", "Władysław Kosiniak-Kamysz", "government", "PL"),
        ("Das bestätigte ein Beamter des Weißen Hauses.",
         "Beamter des Weißen Hauses", None, "White House official", "government", "US"),
        ("Der südkoreanische Geheimdienst legte Bilder vor.",
         "südkoreanische Geheimdienst", "nis", "National Intelligence Service", "intelligence", "KR"),
        ("Das estnische Verteidigungsministerium zögert.",
         "estnische Verteidigungsministerium", "EE/defence_ministry", "Estonian Ministry of Defence", "government",
         "EE"),
        ("Iwan Melnyk, ein Militärexperte am Asan-Institut, widersprach.",
         "Iwan Melnyk, ein Militärexperte am Asan-Institut", None, "Iwan Melnyk", "think_tank", "KR"),
        ("Das Regime in Pjöngjang wies das zurück.", "Regime in Pjöngjang", "KP/government", "North Korean regime",
         "government", "KP"),
        ("Die Nachrichtenagentur Yonhap nannte Zahlen.", "Nachrichtenagentur Yonhap", "yonhap", "Yonhap", "agency",
         "KR"),
    ],
)  # fmt: skip
def test_what_belongs_together_is_one_mention(text, words, actor, name, kind, country) -> None:
    (m,) = actors(text)
    assert (m.text, m.actor, m.name, m.kind, m.country) == (words, actor, name, kind, country)


@pytest.mark.parametrize(
    ("text", "actor"),
    [("Schoigu reiste ab.", "sergei-shoigu"), ("Sergej Shoigu reiste ab.", "sergei-shoigu"),
     ("Kim Jong-un schwieg.", "kim-jong-un"), ("Kim Jong Un schwieg.", "kim-jong-un"),
     ("Wolodymyr Selenskyj dankte.", "volodymyr-zelensky"), ("Selenski dankte.", "volodymyr-zelensky"),
     ("Shin Wonsik sprach.", "shin-won-sik"), ("Shin Won-sik sprach.", "shin-won-sik")],
)  # fmt: skip
def test_spellings_of_one_name_lead_to_one_person(text, actor) -> None:
    assert [m.actor for m in actors(text)] == [actor]


def test_a_demonym_names_the_state() -> None:
    (m,) = actors("Dort schlugen nordkoreanische Raketen ein.")
    assert (m.text, m.actor, m.form) == ("nordkoreanische", "KP", "demonym")


def test_a_capital_acts_as_government_only_where_it_does_something() -> None:
    assert [m.form for m in actors("Moskau bestreitet das.")] == ["capital"]
    assert actors("In Moskau schneite es.") == []
    assert actors("Wien (dpa) – Die Sitzung dauerte lang.")[:1] != [] and all(
        m.form != "capital" for m in actors("Wien (dpa) – Die Sitzung dauerte lang.")
    )


def test_the_naming_word_is_kept_beside_title_and_apposition() -> None:
    text = "Der russische Präsident Wladimir Putin kommt."
    (m,) = actors(text)
    assert m.head is not None
    assert text[m.head.start : m.head.end] == "Wladimir Putin"


def test_a_bare_institution_takes_up_the_last_body_of_its_kind() -> None:
    found = actors("Der ukrainische Militärgeheimdienst meldete den Fund. Der Geheimdienst nannte keinen Ort.")
    assert [m.actor for m in found] == ["hur", "hur"]


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("Boris Pistorius reiste an. Der Minister schwieg.", "Minister", "boris-pistorius"),
        (
            "Die Bundesregierung bestätigt das. Das Verteidigungsministerium prüft.",
            "Verteidigungsministerium",
            "de-mod",
        ),
        ("Das meldete die Agentur Reuters. Der Agentur liegen Papiere vor.", "Agentur", "reuters"),
        ("Präsident Pavel nannte eine Zahl.", "Präsident Pavel", "petr-pavel"),
        ("Finnland schweigt. Das Land grenzt an Russland.", "Das Land", "FI"),
        ("Südkorea und Nordkorea streiten. Der Norden schweigt.", "Norden", "KP"),
        ("Die österreichische Bundesregierung prüft.", "österreichische Bundesregierung", "AT/government"),
    ],
)
def test_a_role_takes_up_who_was_named_before(text, words, actor) -> None:
    assert (words, actor) in [(m.text, m.actor) for m in actors(text)]


def test_a_ministry_of_two_possible_states_is_left_open() -> None:
    found = actors("Polen und Litauen beraten. Das Verteidigungsministerium schweigt.")
    assert [m.actor for m in found] == ["PL", "LT", None]


def test_a_post_abroad_does_not_belong_to_the_city_it_is_in() -> None:
    found = actors("Die chinesische Botschaft in Rom schwieg. Diplomaten in Wien zweifeln.")
    assert [(m.text, m.country) for m in found] == [("chinesische Botschaft", "CN"), ("Diplomaten", None)]


def test_a_service_and_its_short_name_are_one_mention() -> None:
    (m,) = actors("Das meldete der südkoreanische Geheimdienst NIS.")
    assert (m.text, m.actor) == ("südkoreanische Geheimdienst NIS", "nis")


@pytest.mark.parametrize("text", ["Dann zahlte die Deutsche Bank.", "Er half den Guardian Angels."])
def test_a_part_of_another_name_names_nobody(text) -> None:
    assert actors(text) == []


def test_a_role_explains_the_name_before_it() -> None:
    (m,) = actors("Kyrylo Budanow, Chef des ukrainischen Militärgeheimdienstes, widersprach.")
    assert (m.text, m.actor) == ("Kyrylo Budanow, Chef des ukrainischen Militärgeheimdienstes", "kyrylo-budanov")


@pytest.mark.parametrize("text", ["Er rief per Lautsprecher.", "Sie lernt Deutsch.", "Das liegt im westlichen Tal.",
                                  "Der Norden des Landes ist leer."])  # fmt: skip
def test_words_that_only_look_like_an_actor_are_left(text) -> None:
    assert actors(text) == []


def test_surnames_follow_the_full_name_and_not_before() -> None:
    found = actors("Kowal schwieg. Der Forscher Petro Kowal sprach. Kowals Bericht ist kurz.")
    assert [(m.text, m.name) for m in found] == [("Forscher Petro Kowal", "Petro Kowal"), ("Kowals", "Petro Kowal")]


def test_a_surname_beside_a_title_takes_the_full_name_before_it() -> None:
    found = actors("Der Militärexperte Petro Kowal sprach. Militärexperte Kowal zufolge fehlt der Beweis.")
    assert [m.name for m in found] == ["Petro Kowal", "Petro Kowal"]


def test_half_of_a_double_adjective_is_no_owner() -> None:
    found = actors("Petro Kowal, Experte für die nordkoreanisch-russischen Beziehungen, sprach.")
    assert [(m.text, m.actor) for m in found] == [
        ("Petro Kowal, Experte", None), ("nordkoreanisch", "KP"), ("russischen", "RU")]  # fmt: skip


def test_another_person_of_the_same_surname_is_not_taken() -> None:
    assert all(m.actor != "olaf-scholz" for m in actors("Gestern kam Petra Scholz vorbei."))


def test_one_spelling_of_two_states_is_left_open() -> None:
    assert [(m.text, m.actor) for m in actors("Der Kongo schwieg.")] == [("Kongo", None)]


PIECES = [
    "Kim",
    "Kim Jong-un",
    " ",
    ", ",
    "Nordkoreas",
    "US-",
    "Präsident",
    "südkoreanischer",
    "Geheimdienst",
    " der ",
    "\n",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_mentions_lie_in_the_text_in_order_without_overlap(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = actors(text)
    assert all(text[m.span.start : m.span.end] == m.text for m in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
