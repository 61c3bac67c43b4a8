"""Whose words: each row is a sentence, the words found in it, whose they are, and how they are given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleg.claim.speaker import attribute
from beleg.model import Attribution, Block, Document, Mentions, Published, Span, TextMap
from beleg.segment.sentences import split_sentences


def article(text: str) -> Document:
    span = Span(0, len(text))
    return Document(
        "a", "a.txt", "0" * 64, "text/plain", "de", None, None, (), Published(), text, text, TextMap(()),
        (Block(span, "body"),),
    )  # fmt: skip


def read(text: str) -> list[Attribution]:
    doc = article(text)
    return attribute(doc, split_sentences(doc), Mentions())[0]


def words(text: str, a: Attribution) -> str:
    return " […] ".join(text[p.start : p.end] for p in a.pieces)


SINGLE = [
    ("Der Sprecher des Ministeriums sagte, dass die Lieferung eingetroffen sei.",
     "dass die Lieferung eingetroffen sei", "Sprecher des Ministeriums", "Indirect"),
    ("Laut Polizei waren die Kisten leer.", "waren die Kisten leer", "Polizei", "Indirect"),
    ("Nach Angaben der Polizei waren die Kisten leer.", "waren die Kisten leer", "Polizei", "Indirect"),
    ("Einem Bericht zufolge waren die Kisten leer.", "waren die Kisten leer", "Bericht", "Indirect"),
    ("Die Kisten waren laut Polizei leer.", "Die Kisten waren […] leer", "Polizei", "Indirect"),
    ("Das Schiff, so der Minister, sei leer.", "Das Schiff […] sei leer", "Minister", "Indirect"),
    ("„Die Kisten waren leer“, sagte der Minister.", "„Die Kisten waren leer“", "Minister", "Direct"),
    ("Der Minister sagte: „Die Kisten waren leer.“", "„Die Kisten waren leer.“", "Minister", "Direct"),
    ("«Die Kisten waren leer», sagte der Minister.", "«Die Kisten waren leer»", "Minister", "Direct"),
    ("Das Schiff sei fort, teilte die Behörde mit.", "Das Schiff sei fort", "Behörde", "Indirect"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "speaker", "kind"), SINGLE, ids=[row[0] for row in SINGLE])
def test_a_sentence_gives_its_words_and_their_speaker(text: str, quote: str, speaker: str, kind: str) -> None:
    found = read(text)
    assert [(words(text, a), a.chains[0][-1].name, a.quote_type) for a in found] == [(quote, speaker, kind)]


def test_a_sentence_in_the_konjunktiv_keeps_the_speaker_of_the_one_before() -> None:
    text = "Das Schiff sei fort, teilte die Behörde mit. Es habe nachts abgelegt."
    carried = read(text)[1]
    assert words(text, carried) == "Es habe nachts abgelegt."
    assert carried.quote_type == "IndirectFreeIndirect"
    assert carried.chains[0][-1].name == "Behörde"


@pytest.mark.parametrize("text", ["Das Schiff „Nordwind“ lief aus.", "Der Hafen war leer.", "Die Sirene heulte laut."])
def test_a_sentence_without_anybodys_words_gives_nothing(text: str) -> None:
    assert read(text) == []


@given(
    st.lists(
        st.sampled_from([row[0] for row in SINGLE] + ["", "„", "“, sagte", "Es sei so. ", ": ", "\n\n"]), max_size=6
    )
)
def test_spans_lie_in_the_text_and_in_order(parts: list[str]) -> None:
    text = " ".join(parts)
    found = read(text)
    assert [a.span.start for a in found] == sorted(a.span.start for a in found)
    for n, a in enumerate(found):
        assert 0 <= a.span.start < a.span.end <= len(text)
        assert a.parent is None or a.parent < n
        assert all(a.span.contains(p) for p in a.pieces)
