"""Sentences begin and end where a reader would say so, and never cross a block."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleg.model import Block, BlockKind, Document, Piece, Published, Sentence, Span, TextMap
from beleg.segment.sentences import split_sentences


def document(*blocks: str, language: str | None = "de", kind: BlockKind = "body") -> Document:
    text, places = "", []
    for block in blocks:
        places.append(Block(Span(len(text), len(text) + len(block)), kind))
        text += block + "\n\n"
    whole = TextMap((Piece(0, len(text), 0, len(text)),))
    return Document(
        "d", "d.txt", "0" * 64, "text/plain", language, None, None, (), Published(), text, text, whole, tuple(places)
    )


def quotes(doc: Document, sentences: list[Sentence]) -> list[str]:
    return [doc.text[s.span.start : s.span.end] for s in sentences]


CASES = [
    ("Das Schiff lief aus. Der Hafen schwieg.", 2),
    ("Am 16. März wurde das Werk eröffnet.", 1),
    ("Die Fabrik „16. März“ liegt nördlich der Stadt. Sie ist groß.", 2),
    ("Die Liste (Stand: 7. 9. 2023) fehlt.", 1),
    ("In der 75. Minute stand alles still.", 1),
    ("Er kam im Jahr 2023. Der Vertrag war da schon alt.", 2),
    ("Es waren genau 12. Der Rest fehlte.", 2),
    ("Der Frachtbrief Nr. 17 von Dr. Weber fehlt.", 1),
    ("Er nannte z. B. Haubitzen und z.B. Zelte.", 1),
    ("Geliefert wurden Zelte, Decken usw. Der Rest fehlte.", 2),
    ("Geliefert wurden Zelte, Decken usw. an das Lager.", 1),
    ("Das kostet 5 Mio. Euro im Jahr.", 1),
    ("„Wir liefern nicht.“ Die Ministerin blieb dabei.", 2),
    ("„Wir liefern nicht!“, sagte die Ministerin.", 1),
    ("„Wann kommt das Schiff?“ fragte sie.", 1),
    ("„Wir prüfen das. Mehr sagen wir nicht“, hieß es.", 2),
    ("Die Antwort war . . . ausweichend.", 1),
    ("Die Antwort… kam spät. Niemand las sie.", 2),
    ("Das Schiff lief aus.[3] Der Hafen schwieg.", 2),
    ("Das Schiff lief aus.Der Hafen schwieg.", 2),
    ("Der Bericht von J. Moore und A. B. Lind liegt vor.", 1),
    ("Die Datei liegt auf www.example.org. Sie ist klein.", 2),
    ("Er dementierte (die Liste sei falsch.) Der Rest schwieg.", 2),
    ("Die Lieferung von 12.000 Schuss kam an. 40 Kisten fehlten.", 2),
    ("Erste Zeile\n\nZweite Zeile", 2),
    ("Ein Satz\nüber zwei Zeilen.", 1),
]


@pytest.mark.parametrize(("text", "count"), CASES)
def test_a_full_stop_ends_a_sentence_only_where_it_does(text: str, count: int) -> None:
    doc = document(text)
    assert len(split_sentences(doc)) == count, quotes(doc, split_sentences(doc))


def test_sentences_never_cross_a_block() -> None:
    doc = document("Schlagzeile ohne Punkt", "Der Text beginnt hier. Er endet hier")
    assert quotes(doc, split_sentences(doc)) == ["Schlagzeile ohne Punkt", "Der Text beginnt hier.", "Er endet hier"]
    assert [s.block for s in split_sentences(doc)] == [0, 1, 1]


def test_removed_blocks_give_no_sentences_but_asides_do() -> None:
    assert split_sentences(document("Jetzt abonnieren!", kind="removed")) == []
    assert len(split_sentences(document("Lesen Sie auch dies.", kind="aside"))) == 1


def test_english_has_its_own_abbreviations() -> None:
    doc = document("Gen. Moore denied it. The U.S. Army did not.", language="en")
    assert quotes(doc, split_sentences(doc)) == ["Gen. Moore denied it.", "The U.S. Army did not."]


def test_a_language_without_a_table_is_split_all_the_same() -> None:
    doc = document("Le navire est parti. Le port se tait.", language="fr")
    assert len(split_sentences(doc)) == 2


@pytest.mark.parametrize("unit", [".", ". ", "Dr. ", "a.b.", "\n ", "„", "'a ", ".[1]", "www.!", "a@", "x-", "1."])
def test_a_hundred_thousand_of_anything_are_cut_all_the_same(unit: str) -> None:
    doc = document(unit * (100_000 // len(unit)) + "x")
    covered = {i for s in split_sentences(doc) for t in s.tokens for i in range(t.start, t.end)}
    assert all(i in covered for i, letter in enumerate(doc.text) if not letter.isspace())


@given(st.text(alphabet=st.sampled_from("aB1. !?…„“\"'\n-ß中😀\u0308\u200b"), max_size=200))
def test_whatever_the_text_nothing_but_white_space_is_left_out(text: str) -> None:
    doc = document(text)
    found = split_sentences(doc)
    covered = [False] * len(doc.text)
    last = 0
    for s in found:
        assert s.span.start >= last
        last = s.span.end
        at = s.span.start
        for t in s.tokens:
            assert t.start >= at
            assert doc.text[t.start : t.end] == t.text
            at = t.end
            for i in range(t.start, t.end):
                covered[i] = True
        assert at <= s.span.end
    assert all(covered[i] or doc.text[i].isspace() for i in range(len(text)))
