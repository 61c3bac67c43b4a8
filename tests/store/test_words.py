from __future__ import annotations

import pytest

from beleg.store.case import Case, Wanted
from beleg.store.look import search_documents
from beleg.store.words import LIMIT, words

from .values import claim, document


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("Lieferungen, LIEFERUNG", "liefer"),
        ("Granate Granaten Granatwerfer", "granat granatwerf"),
        ("Häuser und Haus", "haus und"),
        ("Straße STRASSE", "strass"),
        ("10.000 Stück der KN-23", "10 000 stuck der kn 23"),
        ("a_b …", "a b"),
        ("Россия 러시아", "россия 러시아"),
        ("", ""),
    ],
)
def test_a_text_is_searched_by_the_stems_of_its_words(text: str, stems: str):
    assert words(text) == stems  # other stems: the index of every case has to be made anew, by a new revision


def test_the_same_word_however_it_is_written_has_one_stem():
    assert words("Gr\u00f6\u00dfe") == words("Gro\u0308\u00dfe") == words("GR\u00d6SSE")


def test_the_words_of_an_endless_text_are_cut_at_a_word():
    kept = words(" ".join(f"w{n}x" for n in range(100_000)))
    assert LIMIT - 10 < len(kept) <= LIMIT
    assert kept.endswith("x")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Lieferungen", "ab"),
        ("lieferung", "ab"),
        ("Container Lieferung", "a"),
        ("liefer*", "abc"),
        ("Lieferunge*", "ab"),
        ("Lieferungsvertr*", "c"),
        ("Raketen*", "b"),
        ("Granate", ""),
        ("'' & | ! ( ) : *", ""),
        ("Lieferung' | 'granat", ""),
    ],
)
def test_both_databases_find_the_same_words(home: str, asked: str, found: str):
    texts = {
        "a": "Die Lieferung von zwei Containern kam an.",
        "b": "Lieferungen von Raketen kamen an.",
        "c": "Ein Lieferungsvertrag wurde unterschrieben.",
    }
    with Case.open(home, create=True) as case:
        for name, text in texts.items():
            of, raw = document(name, text)
            case.add(of, raw, 1, [claim(of)], [])
        assert [c.doc for c in case.claims(text=asked)] == list(found)
        assert case.count(Wanted(text=asked)) == len(found)
        with case.read() as conn:
            assert [ident[0] for ident in search_documents(conn, asked)] == list(found)
