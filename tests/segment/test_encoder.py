"""The files that ship are those of the model card, and give one answer a sentence."""

from __future__ import annotations

import hashlib
import re

from beleg.segment.encoder import WEIGHTS, load_encoder


def test_the_files_are_those_that_the_model_card_describes() -> None:
    card = "".join((WEIGHTS / name).read_text("utf-8") for name in ("MODEL_CARD.md", "CLAUSE_NET.md"))
    named = dict(re.findall(r"^    (?P<hash>[0-9a-f]{64})  (?P<file>\S+)$", card, re.MULTILINE))
    found = {hashlib.sha256((WEIGHTS / name).read_bytes()).hexdigest(): name for name in named.values()}
    assert found == named
    assert {"encoder.onnx", "clauses.onnx", "article.onnx"} <= set(named.values())


def test_their_licence_stands_beside_them() -> None:
    assert "CC BY-SA 4.0" in (WEIGHTS / "LICENSE").read_text("utf-8")


def test_a_reading_has_one_entry_a_word_and_one_root() -> None:
    words = ["Die", "Werft", "lieferte", "Zelte", "."]
    encoder = load_encoder()
    reading = encoder.read(*encoder.pieces(words))
    columns = (reading.upos, reading.xpos, reading.feats, reading.heads, reading.deprels)
    assert [len(c) for c in columns] == [len(words)] * 5
    assert [h for h in reading.heads if h < 0] == [-1]
    assert reading.deprels[reading.heads.index(-1)] == "root"
    assert reading.upos == ["DET", "NOUN", "VERB", "NOUN", "PUNCT"]
