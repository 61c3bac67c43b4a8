"""Acts of speech told without the words, and answers that nobody gave."""

from __future__ import annotations

import pytest
from spoken import names, read

ACTS = [
    ("Das Ministerium bestätigte die Lieferung.", [["ministry"]], "indirect"),
    ("Der Tschad äußerte sich nicht.", [["Chad"]], "indirect"),
    ("Aus Teheran kam kein Kommentar.", [["Iran"]], "none"),
    ("Eine Stellungnahme aus Pjöngjang lag nicht vor.", [["North Korea"]], "none"),
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


COUNTED = [
    ("Die Luftwaffe in Kiew zählte insgesamt 158 Flugziele.", "Ukrainian Air Force"),
    ("728 Drohnen registrierte die Luftwaffe in Kiew.", "Ukrainian Air Force"),
    ("Das Institut Sipri kam auf fünf Fahrten zweier Schiffe.", "SIPRI"),
    ("Im Dezember war das Pentagon noch von 100 Toten ausgegangen.", "US Department of Defense"),
    (
        "Südkoreas militärischer Nachrichtendienst hatte von 28.000 Containern gesprochen.",
        "National Intelligence Service",
    ),
    ("Der Präsident Wolodymyr Selenskyj rechnet sogar mit 12.000.", "Volodymyr Zelensky"),
]


@pytest.mark.parametrize(("text", "speaker"), COUNTED, ids=[row[0] for row in COUNTED])
def test_who_counts_is_whose_count_it_is(text: str, speaker: str) -> None:
    assert [names(a) for a in read(text, parsed=True)] == [[[speaker]]]


@pytest.mark.parametrize("text", ["Die Stadt zählt 4.000 Einwohner.", "Auf die Werft kamen 40 Aufträge."])
def test_what_only_has_a_number_counts_nothing(text: str) -> None:
    assert read(text, parsed=True) == []


def test_who_disputes_what_was_just_said_is_not_quoted_by_the_other() -> None:
    text = "Iran behauptete, zehn Drohnen zerstört zu haben, was das Pentagon bestritt."
    found = [a for a in read(text, parsed=True) if text[a.span.start :].startswith("was das Pentagon")]
    assert [(names(a), a.polarity) for a in found] == [([["US Department of Defense"]], "-")]
