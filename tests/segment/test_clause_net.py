"""The clause network: what it is asked of a sentence, whatever stands beside it."""

from __future__ import annotations

import numpy as np
import pytest

from beleg.claim.frame_check import sentence_document
from beleg.model import Sentence
from beleg.pipeline import read_article
from beleg.segment.clause_net import load_clause_net, members
from beleg.segment.encoder import load_encoder

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


def test_every_clause_has_a_view_and_every_word_asked_about_a_name() -> None:
    net, encoder = load_clause_net(), load_encoder()
    assert net is not None
    for sentence in parsed(TEXT):
        half = encoder.read(*encoder.pieces([t.text for t in sentence.tokens])).half
        read = net.views(half, sentence.tokens, sentence.clauses, [0, 3])
        assert len(read.clauses) == len(read.asks) == len(sentence.clauses)
        assert len(read.names) == 2
        without = net.views(half, sentence.tokens, sentence.clauses, [])
        assert without.names.shape == (0, read.names.shape[1])
        assert without.clauses.tolist() == read.clauses.tolist()
