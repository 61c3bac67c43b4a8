from __future__ import annotations

import pytest
from told import claims_of

from beleg.claim.frames import find_triggers, regular_forms
from beleg.model import Sentence, Span, Token


@pytest.mark.parametrize(
    ("word", "lemma", "upos", "frame"),
    [
        ("lieferte", "liefern", "VERB", "liefern.verb"),
        ("abgefeuert", "abgefeuert", "VERB", "abfeuern.verb"),
        ("Waffenlieferungen", "Waffenlieferung", "NOUN", "Lieferung.noun"),
        ("Munitionslieferung", "Munitionslieferung", "NOUN", "Lieferung.noun"),
    ],
)
def test_an_inflected_or_compound_word_names_its_frame(word: str, lemma: str, upos: str, frame: str) -> None:
    sentence = Sentence(Span(0, len(word)), 0, (Token(0, len(word), word, lemma, upos),), parsed=True)
    assert frame in [t.frame.key for t in find_triggers(sentence, "de")]


def test_an_auxiliary_names_no_event() -> None:
    token = Token(0, 3, "hat", "haben", "AUX", deprel="aux")
    assert find_triggers(Sentence(Span(0, 3), 0, (token,), parsed=True), "de") == []


def test_forms_of_weak_verbs_are_made_from_the_stem() -> None:
    assert {"liefert", "lieferte", "geliefert"} <= set(regular_forms("liefern"))


def test_a_light_verb_needs_its_partner() -> None:
    given = claims_of("Litauen stellte der Ukraine zehn Haubitzen zur Verfügung.")
    assert [c.event for c in given] == ["transfer"]
    assert claims_of("Die Verfügung des Gerichts liegt vor.") == []
