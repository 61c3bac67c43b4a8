"""The prefilter keeps what holds a term, and the neighbours of it."""

from __future__ import annotations

from beleg.model import Block, Span
from beleg.segment.prefilter import relevant
from beleg.segment.sentences import split_block


def kept(text: str, *terms: str) -> list[str]:
    sentences = split_block(text, Block(Span(0, len(text)), "body"), 0, "de")
    flags = relevant(sentences, text, terms)
    return [text[s.span.start : s.span.end] for s, keep in zip(sentences, flags, strict=True) if keep]


def test_a_term_is_found_inside_compounds_and_in_any_case() -> None:
    assert kept("KURZSTRECKENRAKETEN fehlten.", "rakete") == ["KURZSTRECKENRAKETEN fehlten."]


def test_the_sentences_beside_a_hit_are_kept() -> None:
    text = "Es regnete. Er schwieg. Die Raketen kamen. Das bestätigte sie. Dann war Ruhe."
    assert kept(text, "rakete") == ["Er schwieg.", "Die Raketen kamen.", "Das bestätigte sie."]


def test_without_terms_nothing_is_kept() -> None:
    assert kept("Die Raketen kamen.") == []
