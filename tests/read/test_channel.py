"""What a reading process answers is data that is checked, whoever wrote it."""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import replace

import made
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beleg.model import Block, Document, Piece, Span, TextMap
from beleg.read.channel import Answer, AnswerError, pack, unpack_answer
from beleg.read.documents import read_documents
from beleg.read.inputs import RawInput

RAW = RawInput("a.html", made.PAGE.encode(), "a.html")
DOCUMENT = read_documents(RAW)[0][0]


def test_an_answer_comes_back_as_it_was_given() -> None:
    documents, problems = read_documents(RAW)
    answer = Answer(documents, problems, {hashlib.sha256(b"x").hexdigest(): b"x"})
    assert unpack_answer(pack(answer), RAW) == answer


@pytest.mark.parametrize(
    "document",
    [
        replace(DOCUMENT, sha256="0" * 64),
        replace(DOCUMENT, text=DOCUMENT.text + "!"),
        replace(DOCUMENT, source_text=DOCUMENT.source_text[:-9]),
        replace(DOCUMENT, map=TextMap(DOCUMENT.map.pieces[1:])),
        replace(DOCUMENT, map=TextMap((*DOCUMENT.map.pieces, Piece(len(DOCUMENT.text), len(DOCUMENT.text) + 1, 0, 1)))),
        replace(DOCUMENT, blocks=(Block(Span(0, len(DOCUMENT.text) + 1), "body"),)),
        replace(DOCUMENT, blocks=(Block(Span(-5, 3), "body"),)),
        replace(DOCUMENT, anchors=("/html",)),
    ],
    ids=["bytes", "text", "source", "map", "map back", "block", "block before", "anchors"],
)
def test_a_document_that_contradicts_itself_is_refused(document: Document) -> None:
    with pytest.raises(AnswerError):
        unpack_answer(pack(Answer([document])), RAW)


def test_bytes_under_a_wrong_hash_and_code_are_refused() -> None:
    for data in (pack(Answer(originals={"0" * 64: b"x"})), pickle.dumps(([DOCUMENT], [], {})), b""):
        with pytest.raises(AnswerError):
            unpack_answer(data, RAW)


@settings(max_examples=1_000)
@given(st.data())
def test_a_garbled_answer_is_refused_or_fits_itself(data: st.DataObject) -> None:
    frame = bytearray(pack(Answer([DOCUMENT])))
    for _ in range(data.draw(st.integers(1, 4))):
        frame[data.draw(st.integers(0, len(frame) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(len(frame) // 2, len(frame) * 2))
    try:
        answer = unpack_answer(bytes(frame[:cut]), RAW)
    except AnswerError:
        return
    for document in answer.documents:
        for block in document.blocks:
            assert document.quote(block.span) in document.source_text
