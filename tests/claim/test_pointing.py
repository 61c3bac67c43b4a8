"""Sentences that say whose words the one before was."""

from __future__ import annotations

import pytest
from spoken import names, read, words

FIRST = "Das Land hat Panzer geliefert."
POINTING = [
    ("Das teilte das Ministerium mit.", [["ministry"]]),
    ("Dies geht aus einem Bericht der Organisation Sipri hervor.", [["SIPRI"]]),
    ("Das zeigt die am Dienstag erneuerte Liste der Bundesregierung.", [["German government"]]),
    ("Davon geht der Berater Karl Ott, ein früherer General, aus.", [["Karl Ott"]]),
    ("So steht es in einem Bericht der Organisation Sipri.", [["SIPRI"]]),
    ("Diese Zahl nannte der Sprecher Karl Ott.", [["Karl Ott"]]),
]


@pytest.mark.parametrize(("second", "chains"), POINTING, ids=[row[0] for row in POINTING])
def test_a_sentence_that_points_back_names_the_speaker_of_the_one_before(second: str, chains: list[list[str]]) -> None:
    text = f"{FIRST} {second}"
    said = read(text, parsed=True)[0]
    assert words(text, said).startswith("Das Land hat Panzer geliefert")
    assert [chain[-1] for chain in names(said)] == [chain[-1] for chain in chains]


@pytest.mark.parametrize(
    "second", ["Das ist neu.", "So kam es auch.", "Diese Zahl ist neu.", "Davon waren zehn neu.", "Das zeigte Wirkung."]
)
def test_a_sentence_that_only_goes_on_names_no_speaker(second: str) -> None:
    assert [a for a in read(f"{FIRST} {second}", parsed=True) if a.chains] == []


PAPERS = [
    ("Es gibt eine Studie des Instituts Sipri. Demnach stieg die Ausfuhr um zehn Prozent.", "SIPRI"),
    ("Es gibt einen Bericht des Instituts Sipri. Danach soll das Land zehn Panzer bestellt haben.", "SIPRI"),
    (
        "Die Luftwaffe meldete zehn Drohnen. Dem am Freitag veröffentlichten Dokument zufolge fiel eine davon.",
        "air force",
    ),
]


@pytest.mark.parametrize(("text", "speaker"), PAPERS, ids=[row[0] for row in PAPERS])
def test_a_paper_without_a_name_is_whose_it_was_before(text: str, speaker: str) -> None:
    assert names(read(text, parsed=True)[-1]) == [[speaker]]


def test_a_phrase_of_laut_or_zufolge_ends_where_its_source_ends() -> None:
    text = "Laut Angaben der Behörde kam nichts an. Bald erhielt die Truppe den Angaben zufolge zehn Kisten."
    assert [names(a) for a in read(text, parsed=True)] == [[["authority"]], [["authority"]]]
    text = "In dem Jahr kamen nach Zahlen von Sipri 82 Prozent der Panzer von dort."
    assert [names(a) for a in read(text, parsed=True)] == [[["SIPRI"]]]


def test_soldiers_are_no_data() -> None:
    assert read("Von den 40 nach Polen verlegten Soldaten sind zehn krank.", parsed=True) == []
