"""The clause network: what it is asked, and that one sentence gives one answer."""

from __future__ import annotations

import numpy as np
import pytest

from beleg.claim.frame_check import sentence_document
from beleg.model import Sentence
from beleg.pipeline import read_article
from beleg.segment.clause_net import EVENTS, members

TEXT = "Die Werft, die Kenia Boote liefert, baut ein Dock. Rumänien gibt der Ukraine ein Patriot-System ab."


def parsed(text: str) -> list[Sentence]:
    return [s for s in read_article(sentence_document(text), parse_all=True).sentences if s.parsed]


def test_a_word_belongs_to_its_innermost_clause_and_shares_add_up_to_one() -> None:
    sentence = parsed(TEXT)[0]
    own = members(sentence.tokens, sentence.clauses)
    assert own.shape == (len(sentence.clauses), len(sentence.tokens))
    assert own.sum(axis=1) == pytest.approx(np.ones(len(own)))
    boats = next(n for n, t in enumerate(sentence.tokens) if t.text == "Boote")
    (inner,) = np.flatnonzero(own[:, boats])
    assert sentence.clauses[inner].kind == "relative"


def test_every_parsed_clause_has_odds_of_a_claim_of_each_event_and_of_each_word_as_a_side() -> None:
    for sentence in parsed(TEXT):
        for clause in sentence.clauses:
            assert len(clause.signals) == 1 + len(EVENTS)
            assert len(clause.givers) == len(clause.takers) == len(sentence.tokens)


def test_a_sentence_gives_the_same_odds_whatever_stands_beside_it() -> None:
    first, second = TEXT.split(". ")[0] + ".", TEXT.split(". ")[1]
    together = parsed(TEXT)
    assert [s.clauses[0].signals for s in together] == [parsed(t)[0].clauses[0].signals for t in (first, second)]


def test_who_gives_is_likelier_the_supplier_than_who_gets() -> None:
    sentence = parsed(TEXT)[1]
    clause = sentence.clauses[0]
    gives, gets = (next(n for n, t in enumerate(sentence.tokens) if t.text == w) for w in ("Rumänien", "Ukraine"))
    assert clause.givers[gives] > clause.givers[gets]
    assert clause.takers[gets] > clause.takers[gives]
