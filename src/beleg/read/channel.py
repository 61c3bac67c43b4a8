"""What passes between a reading process and whoever asked: MessagePack of plain values, checked on arrival.

A reader that hostile bytes took over can answer anything. So an answer is data and never code (no pickle), has the
types of ``model.py``, and must fit itself: spans inside their texts, maps total and monotone, bytes that have the hash
they are given under.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import msgspec

from beleg.model import Document, Problem
from beleg.read.given import Given
from beleg.read.inputs import RawInput
from beleg.read.limits import Limits


class AnswerError(Exception):
    """An answer that no reader of ours gives; the text says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Request:
    read: str  # the function that reads, as "module:name"
    raw: RawInput
    given: Given
    limits: Limits


@dataclass(frozen=True, slots=True)
class Answer:
    documents: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    originals: dict[str, bytes] = field(default_factory=dict)  # see ``read_documents``
    refused: str | None = None  # the text of a ``UsageError``


_ENCODER = msgspec.msgpack.Encoder()
_REQUESTS = msgspec.msgpack.Decoder(Request)
_ANSWERS = msgspec.msgpack.Decoder(Answer)


def pack(message: Request | Answer) -> bytes:
    return _ENCODER.encode(message)


def unpack_request(data: bytes) -> Request:
    return _REQUESTS.decode(data)


def unpack_answer(data: bytes, raw: RawInput) -> Answer:
    """Read an answer about ``raw``.

    Raises:
        AnswerError: it is no answer, or contradicts itself.
    """
    try:
        answer = _ANSWERS.decode(data)
    except (msgspec.DecodeError, ValueError, RecursionError) as e:  # ValueError: no UTF-8
        raise AnswerError(f"is no answer: {e}") from e
    for key, original in answer.originals.items():
        if hashlib.sha256(original).hexdigest() != key:
            raise AnswerError("holds bytes under another hash than theirs")
    known = {raw.sha256, *answer.originals}
    for document in answer.documents:
        if document.sha256 not in known:
            raise AnswerError("names bytes that it does not hold")
        _check(document)
    return answer


def _check(document: Document) -> None:
    """Raise unless the document's blocks lie in its text and its map leads from all of it to its source."""
    at = source_at = 0
    for p in document.map.pieces:
        if p.start != at or p.end <= at or not source_at <= p.source_start <= p.source_end:
            raise AnswerError("has a map that is not total or runs backwards")
        at, source_at = p.end, p.source_end
    if at != len(document.text) or source_at > len(document.source_text):
        raise AnswerError("has a map that leads out of its texts")
    at = 0
    for block in document.blocks:
        if not at <= block.span.start < block.span.end <= len(document.text):
            raise AnswerError("has a block outside its text")
        at = block.span.end
    if any(not 0 <= b.start < b.end <= len(document.source_text) for b in document.boxes):
        raise AnswerError("has a box outside its source")
    if document.anchors and len(document.anchors) != len(document.blocks):
        raise AnswerError("has anchors that are not its blocks'")
