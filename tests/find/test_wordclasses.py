"""A text as a string of word classes, and the pattern language over it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleg.find.wordclasses import Classifier, clause_around, sentence_around

WORDS = {"Mai": {"MONTH": 5}, "im": {"IN": ""}, "und": {"AND": ""}}


def classifier() -> Classifier:
    return Classifier(WORDS, lambda run: {"DIG": run}, lambda word: {"NUM": 2.0} if word == "zwei" else {})


@given(st.text())
def test_the_tokens_of_a_text_put_together_are_the_text(text: str) -> None:
    classed = classifier().classed(text)
    assert "".join(classed.tokens) == text
    assert len(classed.classes) == len(classed.tokens) == len(classed.starts)
    assert all(text.startswith(t, s) for t, s in zip(classed.tokens, classed.starts, strict=True))


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("DIG~. MONTH", "am 3. Mai an", "3. Mai"),
        ("DIG~. MONTH", "am 3 . Mai an", None),
        ("IN? MONTH", "im Mai an", "im Mai"),
        ("MONTH (AND MONTH)*", "Mai und Mai an", "Mai und Mai"),
        ("MONTH !(X)", "Mai Panzer", None),
        ("<=(IN~_)MONTH", "im Mai", "Mai"),
        ("<!(IN~_)MONTH", "im Mai", None),
        ("[MONTH|DIG] x", "Mai kam", "Mai kam"),
    ],
)
def test_a_pattern_says_where_white_space_may_stand(pattern: str, text: str, found: str | None) -> None:
    c = classifier()
    c.prepare([frozenset({"NUM"})])
    regex = c.compile([("rule", pattern)])
    classed = c.classed(text)
    m = regex.search(classed.classes)
    assert (None if m is None else "".join(classed.tokens[m.start() : m.end()]).strip()) == found


def test_no_pattern_reaches_over_an_empty_line() -> None:
    c = classifier()
    classed = c.classed("am 3.\n\nMai an")
    assert c.compile([("rule", "DIG~. MONTH")]).search(classed.classes) is None


@pytest.mark.parametrize("pattern", ["NOSUCH MONTH", "MONTH @%"])
def test_a_pattern_with_an_unknown_class_is_refused_by_name(pattern: str) -> None:
    c = classifier()
    if "NOSUCH" in pattern:
        with pytest.raises(ValueError, match="NOSUCH"):
            c.compile([("rule", pattern)])
    else:
        assert c.compile([("rule", pattern)]).pattern


def test_clauses_and_sentences_end_where_their_marks_stand() -> None:
    c = classifier()
    classed = c.classed("Es kam. Im Mai ging es, sagte er. Dann nicht.")
    at = classed.tokens.index("Mai")
    left, right = clause_around(classed, at, at + 1)
    assert "".join(classed.tokens[left:right]).strip() == "Im Mai ging es"
    left, right = sentence_around(classed, at, at + 1)
    assert "".join(classed.tokens[left:right]).strip() == "Im Mai ging es, sagte er"


def test_memory_for_unknown_words_is_bounded() -> None:
    c = classifier()
    for n in range(120):
        c.classed(" ".join(f"w{chr(97 + n % 26)}{'x' * (n + 1)}{k}" for k in range(700)))
    assert len(c) < 120_000
