"""TIGER trees become UD trees, and a spaCy pipeline can stand in for the shipped parser."""

from __future__ import annotations

import importlib.util

import pytest

from beleg.errors import UsageError
from beleg.model import Block, Span
from beleg.segment.parser import load_parser
from beleg.segment.sentences import split_block
from beleg.segment.tiger import Node, to_universal

# "Die Zelte sind von der Werft geliefert worden ." as TIGER has it: the finite verb at the top
TIGER = [
    ("Die", "der", "ART", 1, "nk"),
    ("Zelte", "Zelt", "NN", 2, "sb"),
    ("sind", "sein", "VAFIN", -1, "ROOT"),
    ("von", "von", "APPR", 6, "sbp"),
    ("der", "der", "ART", 5, "nk"),
    ("Werft", "Werft", "NN", 3, "nk"),
    ("geliefert", "liefern", "VVPP", 7, "oc"),
    ("worden", "werden", "VAPP", 2, "oc"),
    (".", ".", "$.", 2, "punct"),
]


def test_a_passive_with_two_auxiliaries_hangs_on_its_content_verb() -> None:
    found = to_universal([Node(lemma, tag, head, label) for _, lemma, tag, head, label in TIGER])
    words = [w for w, *_ in TIGER]
    tree = {w: (words[h] if h >= 0 else None, label) for w, (h, label) in zip(words, found, strict=True)}
    assert tree == {
        "Die": ("Zelte", "det"),
        "Zelte": ("geliefert", "nsubj:pass"),
        "sind": ("geliefert", "aux"),
        "von": ("Werft", "case"),
        "der": ("Werft", "det"),
        "Werft": ("geliefert", "obl"),
        "geliefert": (None, "root"),
        "worden": ("geliefert", "aux:pass"),
        ".": ("geliefert", "punct"),
    }


def test_the_second_of_two_joined_nouns_hangs_on_the_first() -> None:
    rows = [("A", "NN", -1, "ROOT"), ("und", "KON", 0, "cd"), ("B", "NN", 1, "cj")]
    assert to_universal([Node(w, t, h, d) for w, t, h, d in rows]) == [(-1, "root"), (2, "cc"), (0, "conj")]


@pytest.mark.skipif(importlib.util.find_spec("spacy") is not None, reason="spaCy is installed")
def test_without_spacy_the_message_says_what_to_install() -> None:
    with pytest.raises(UsageError, match=r"beleg\[spacy\]"):
        load_parser("de", backend="spacy")


def test_a_small_pipeline_with_tiger_labels_parses() -> None:
    spacy = pytest.importorskip("spacy")
    from spacy.tokens import Doc
    from spacy.training import Example

    from beleg.segment.spacy_backend import wrap

    words = [w for w, *_ in TIGER]
    nlp = spacy.blank("de")
    parser, tagger = nlp.add_pipe("parser"), nlp.add_pipe("tagger")
    gold = Doc(
        nlp.vocab,
        words=words,
        spaces=[True] * 7 + [False, False],
        heads=[h if h >= 0 else i for i, (*_, h, _) in enumerate(TIGER)],
        deps=[d for *_, d in TIGER],
        tags=[t for _, _, t, _, _ in TIGER],
    )
    for *_, label in TIGER:
        parser.add_label(label)
    for _, _, tag, _, _ in TIGER:
        tagger.add_label(tag)
    examples = [Example(nlp.make_doc(gold.text), gold) for _ in range(8)]
    nlp.initialize(lambda: examples)
    for _ in range(40):
        nlp.update(examples)
    text = gold.text
    (sentence,), problems = wrap(nlp, "de").parse(split_block(text, Block(Span(0, len(text)), "body"), 0, "de"), text)
    assert problems == []
    (clause,) = sentence.clauses
    assert sentence.tokens[clause.root].text == "geliefert"
    assert clause.subject is not None
    assert sentence.tokens[clause.subject].text == "Zelte"
