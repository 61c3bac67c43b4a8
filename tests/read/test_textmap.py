from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from beleg.model import Span
from beleg.read.clean import clean
from beleg.read.paragraphs import split_paragraphs
from beleg.read.textmap import TextWriter, folded, lifted

LETTERS = "aäBß.,-!? \n\n\t\r\f\u00ad\u200b\u00a0u\u0308ﬁ1290€„“©"
ALPHABET = st.sampled_from([*LETTERS, "https://x.org/a\n", "\r\n"])
SOURCES = st.lists(ALPHABET, max_size=200).map("".join)


@given(SOURCES)
def test_the_map_is_total_over_the_clean_text_and_never_runs_backwards(source: str) -> None:
    cleaned = clean(source, split_paragraphs(source))
    at, source_at = 0, 0
    for p in cleaned.map.pieces:
        assert p.start == at and p.end > p.start
        assert source_at <= p.source_start <= p.source_end <= len(source)
        at, source_at = p.end, p.source_end
    assert at == len(cleaned.text)


@given(SOURCES)
def test_pieces_of_equal_length_are_the_source_letter_by_letter(source: str) -> None:
    cleaned = clean(source, split_paragraphs(source))
    for p in cleaned.map.pieces:
        clean_part, source_part = cleaned.text[p.start : p.end], source[p.source_start : p.source_end]
        if len(clean_part) == len(source_part) and not clean_part.isspace():
            assert clean_part.split() == source_part.split()


@given(SOURCES, st.data())
def test_a_quote_is_the_source_stretch_that_folds_to_the_clean_stretch(source: str, data: st.DataObject) -> None:
    cleaned = clean(source, split_paragraphs(source))
    for block in cleaned.blocks:
        start = data.draw(st.integers(block.span.start, block.span.end - 1))
        end = data.draw(st.integers(start + 1, block.span.end))
        s = cleaned.map.to_source(Span(start, end))
        words = cleaned.text[start:end].split()
        quote = folded(source[s.start : s.end])
        at = 0
        for letter in "".join(words):  # in order; what was lifted out may stand between
            at = quote.index(letter, at) + 1


@given(SOURCES)
def test_blocks_lie_in_order_and_hold_all_words(source: str) -> None:
    cleaned = clean(source, split_paragraphs(source))
    at = 0
    for block in cleaned.blocks:
        assert at <= block.span.start < block.span.end
        assert not cleaned.text[at : block.span.start].strip()
        at = block.span.end
    assert at == len(cleaned.text)


def test_soft_hyphens_ligatures_and_decomposed_letters_are_folded() -> None:
    source = "Raketen\u00adwerfer  fu\u0308r o\ufb03zielle Sta\u0308be"
    writer = TextWriter(source)
    writer.copy(0, len(source))
    text, text_map = writer.finish()
    assert text == "Raketenwerfer für offizielle Stäbe"
    s = text_map.to_source(Span(text.index("für"), text.index("für") + 3))
    assert source[s.start : s.end] == "fu\u0308r"


def test_no_break_spaces_stay_for_the_numbers() -> None:
    assert folded("12\u00a0000  Schuss") == "12\u00a0000 Schuss"


def test_what_was_lifted_out_is_listed() -> None:
    source = "Die Reise ging durch das Werk im\n\nhttps://example.org/a\n\nSüden des Landes."
    cleaned = clean(source, split_paragraphs(source))
    assert cleaned.text == "Die Reise ging durch das Werk im Süden des Landes."
    spans = lifted(cleaned.text, source, cleaned.map)
    assert [source[s.start : s.end] for s in spans] == ["https://example.org/a"]
