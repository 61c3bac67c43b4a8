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
