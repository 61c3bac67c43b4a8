"""Acts of speech told without the words, and answers that nobody gave."""

from __future__ import annotations

import pytest
from spoken import names, read

ACTS = [
    ("Das Ministerium bestätigte die Lieferung.", [["ministry"]], "indirect"),
    ("Der Tschad äußerte sich nicht.", [["Chad"]], "indirect"),
    ("Aus Teheran kam kein Kommentar.", [["Teheran"]], "none"),
    ("Eine Stellungnahme aus Pjöngjang lag nicht vor.", [["Pjöngjang"]], "none"),
    ("Serbien protestierte.", [["Serbia"]], "indirect"),
    ("Die Regierungen beider Länder haben das nicht kommentiert.", [["government"]], "indirect"),
    ("Zahlen nannte der Berater nicht.", [["Berater"]], "indirect"),
]


@pytest.mark.parametrize(("text", "chains", "form"), ACTS, ids=[row[0] for row in ACTS])
def test_who_says_or_does_not_say_is_named(text: str, chains: list[list[str]], form: str) -> None:
    found = read(text, parsed=True)
    assert [(names(a), a.form) for a in found] == [(chains, form)]


@pytest.mark.parametrize("text", ["Es gab keine Bestätigung.", "Die Erklärung ist einfach."])
def test_where_nobody_is_named_nobody_is_made_up(text: str) -> None:
    assert [names(a) for a in read(text, parsed=True) if a.form != "indirect"] == []


def test_what_a_report_talks_of_is_the_report_s() -> None:
    text = "In einem Bericht des Instituts Sipri war von zehn Schiffen die Rede, die Waffen geladen haben sollen."
    assert [names(a) for a in read(text, parsed=True)] == [[["SIPRI"]]]


def test_an_aside_behind_und_holds_for_what_follows() -> None:
    text = "Das Land hat Granaten und - so stellen es Fachleute dar - sogar Raketen geliefert."
    found = read(text, parsed=True)
    assert [(names(a), text[a.span.start : a.span.end]) for a in found] == [([["experts"]], "sogar Raketen geliefert")]


def test_a_proposal_of_a_state_is_what_it_does() -> None:
    text = "Russland machte den Vorschlag, dass Nordkorea an einer Übung teilnimmt."
    assert [names(a) for a in read(text, parsed=True)] == [[]]
