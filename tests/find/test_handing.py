"""Where something passes from one side to another, words that may mean something else are arms."""

from __future__ import annotations

import pytest

from beleg.find.mentions import find_mentions
from beleg.read.documents import read_documents
from beleg.read.given import Given
from beleg.read.inputs import RawInput
from beleg.segment.sentences import split_sentences


def items_of(text: str) -> list[str]:
    documents, _ = read_documents(RawInput("a.txt", text.encode()), Given("a", None, "de", None))
    mentions, _ = find_mentions(documents[0], split_sentences(documents[0]))
    return [m.text for m in mentions.items]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Ungarn hat Laos weitere Marder übergeben.", ["Marder"]),
        ("Die Rebellen erhielten Mörser aus dem Tschad.", ["Mörser"]),
        ("Madrid lieferte die Geschosse nach Malta.", ["Geschosse"]),
        ("Peru bestellte in Schweden sechs Radare.", ["Radare"]),
    ],
)
def test_a_doubtful_word_counts_where_two_sides_give_and_get(text: str, items: list[str]) -> None:
    assert items_of(text) == items


@pytest.mark.parametrize(
    "text",
    [
        "Im Zoo von Ulm leben zwei Marder.",
        "Die Köchin in Peru nahm den Mörser aus dem Schrank.",
        "Der Händler lieferte die Mörser an eine Apotheke.",
        "Peru und Chile bauen gemeinsam Radare.",
    ],
)
def test_it_does_not_where_nobody_gives_or_no_side_is_named(text: str) -> None:
    assert items_of(text) == []


@pytest.mark.parametrize("text", ["Dort fahren Leopard-Panzer.", "Noch sechs Patriot-Batterien stehen bereit."])
def test_a_name_joined_to_what_it_is_counts_alone(text: str) -> None:
    assert len(items_of(text)) == 1


@pytest.mark.parametrize(
    "text", ["Es hieß, dass Moskau Raketen an Iran gebe.", "Nach dem Treffen schickte Paris Panzer nach Beirut."]
)
def test_a_capital_before_arms_is_its_government(text: str) -> None:
    documents, _ = read_documents(RawInput("a.txt", text.encode()), Given("a", None, "de", None))
    mentions, _ = find_mentions(documents[0], split_sentences(documents[0]))
    assert mentions.actors[0].text in ("Moskau", "Paris")
