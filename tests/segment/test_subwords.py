"""Words become piece numbers; typographic marks count as plain ones."""

from __future__ import annotations

from beleg.segment.subwords import BOS, EOS, MAX_PIECES, UNK, Subwords

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁Zelt", "e", "-", '"', "x"]
WORDS = Subwords(PIECES, [0.0, 0.0, 0.0, -20.0, -3.0, -2.0, -2.0, -2.0, -2.0, -2.0])


def test_a_sentence_has_marks_at_its_ends_and_the_places_of_its_words() -> None:
    ids, first, last = WORDS.sentence(["Zelte", "Zelt"])
    assert (ids[0], ids[-1]) == (BOS, EOS)
    assert ids[1:-1] == [5, 6, 5]
    assert (first, last) == ([1, 3], [2, 3])


def test_all_quotation_marks_and_dashes_are_read_alike() -> None:
    assert WORDS.ids("„") == WORDS.ids("“") == WORDS.ids("»") == WORDS.ids('"') == WORDS.ids("''")
    assert WORDS.ids("–") == WORDS.ids("-")


def test_an_endless_word_gives_its_beginning_and_a_strange_one_the_unknown_piece() -> None:
    assert len(WORDS.ids("x" * 100_000)) == MAX_PIECES
    assert UNK in WORDS.ids("납품")
