"""On whose information a speaker speaks."""

from __future__ import annotations

import pytest
from spoken import names, read

CHAINS = [
    ("Reuters berichtet unter Berufung auf drei Insider, das Schiff sei leer.", ["Reuters", "insiders"]),
    (
        "Der Abgeordnete Karl Ott sagte nach einer Unterrichtung durch den Geheimdienst NIS, das Schiff sei leer.",
        ["Karl Ott", "National Intelligence Service"],
    ),
    ("Der Minister sagte nach einer Sitzung in Seoul, das Schiff sei leer.", ["minister"]),
    ("Minister Karl Ott sagte CNN, das Schiff sei leer.", ["CNN", "Karl Ott"]),
    ("Die Schweiz lehnte unter Verweis auf ihre Neutralität ab, Munition zu liefern.", ["Switzerland"]),
]


@pytest.mark.parametrize(("text", "chain"), CHAINS, ids=[row[0] for row in CHAINS])
def test_the_chain_ends_with_whoever_the_speaker_relies_on(text: str, chain: list[str]) -> None:
    assert names(read(text, parsed=True)[0]) == [chain]


def test_what_goes_on_keeps_the_origin() -> None:
    text = (
        "Das Land hat nach Erkenntnissen des Geheimdienstes NIS Granaten geliefert. "
        "Das berichtete der Abgeordnete Karl Ott. Die Granaten seien alt."
    )
    carried = read(text, parsed=True)[-1]
    assert names(carried) == [["Karl Ott", "National Intelligence Service"]]


def test_an_official_speaks_for_his_own_government() -> None:
    text = (
        "Das Land bereitet nach Erkenntnissen der Bundesregierung eine Lieferung vor. Das sagte der Minister Karl Ott."
    )
    assert {tuple(chain) for a in read(text, parsed=True) for chain in names(a)} == {("Karl Ott",)}


def test_whose_angaben_these_are_stands_before() -> None:
    text = "Die Organisation Sipri legte Zahlen vor, sagte Sipri. Dem Bericht zufolge hat Peru Panzer gekauft."
    assert names(read(text, parsed=True)[-1]) == [["SIPRI"]]


def test_a_figure_counted_on_is_the_same_source_s() -> None:
    text = "Deutschland hat der Ukraine laut Bundesregierung 52 Panzer überlassen. Zum Jahreswechsel waren es noch 30."
    assert names(read(text, parsed=True)[-1]) == [["German government"]]


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("Die Bundesregierung hat 30 Panzer zugesagt.", [["German government"]]),  # a body says what it will do
        ("Kanada hat 30 Panzer zugesagt.", None),  # a state does it
        ("Kanada kündigte 30 Panzer an.", [["Canada"]]),
        ("Kein Staat hat die Zahl bestätigt.", []),
    ],
)
def test_a_promise_is_the_words_of_a_body_and_the_act_of_a_state(text: str, chain: list[list[str]] | None) -> None:
    found = read(text, parsed=True)
    assert (names(found[0]) if found else None) == chain


def test_both_sides_are_the_two_states_named_last() -> None:
    text = "Russland und Nordkorea haben einen Vertrag. Beide Seiten dementierten einen Bericht über Waffen."
    assert names(read(text, parsed=True)[-1]) == [["Russia"], ["North Korea"]]


def test_a_state_where_something_happened_is_no_side() -> None:
    text = "Russland und Nordkorea schlossen in der Ukraine einen Vertrag. Beide Seiten dementierten die Berichte."
    assert names(read(text, parsed=True)[-1]) == [["Russia"], ["North Korea"]]


def test_a_closed_session_passes_on_the_words_of_the_service_before() -> None:
    text = (
        "Nach Einschätzung des Geheimdienstes NIS gab es Verluste. "
        "Zehn Männer seien tot, sagte der Abgeordnete Karl Ott nach einer nichtöffentlichen Sitzung."
    )
    assert names(read(text, parsed=True)[-1]) == [["Karl Ott", "National Intelligence Service"]]


def test_what_goes_on_keeps_the_agency_around() -> None:
    text = "Die Truppen seien dort, erklärte die Kommission laut der Agentur KCNA. Grundlage sei ein Vertrag."
    assert names(read(text, parsed=True)[-1])[0][0] == "KCNA"
