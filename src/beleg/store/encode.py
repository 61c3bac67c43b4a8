"""Values as the lines that a case keeps, and back: save → load → equal.

A record is one line of JSON, ``["claim", {…}]``: the kind, then the value with all its fields. The long parts of a
document (text, source text, map, blocks, mentions) are not in its record but in its *reading*, which the record names
by the SHA-256 of its stored bytes. What is stored is hashed as it is stored, compression included.

Raises ``CaseError`` where stored bytes do not decode into the value they should be.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import msgspec

from beleg.errors import CaseError
from beleg.model import Block, Claim, Decision, Document, Mentions, Problem, TextMap

LEVEL = 1  # zlib: levels above 1 save a tenth of the space for twice the time on claims


@dataclass(frozen=True, slots=True)
class Header:
    """First line of an event: which, when, by whom, written by which version of Beleg."""

    seq: int
    kind: str
    at: str  # ISO 8601 instant given by the caller, "" where none was given
    who: str
    version: str


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document without its long parts, and where those are."""

    document: Document  # text, source_text, map and blocks empty
    size: int  # of the kept bytes
    reading: str  # SHA-256 of the stored reading
    sentences_parsed: int
    claims: int
    problems: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a decided claim stood, so that the decision finds it again in a later reading."""

    sha256: str
    start: int
    end: int
    quote: str
    event: str
    item: str | None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """A decision with what it was decided about."""

    decision: Decision
    anchor: Anchor | None = None
    seen: str | None = None  # the newest decision on the target that the deciding person had before them


@dataclass(frozen=True, slots=True)
class Made:
    """First event of a case: its name for good, drawn at random."""

    case: str


Record = Header | DocumentRecord | Claim | Problem | DecisionRecord | Made
TAGS: dict[str, type] = {
    "event": Header,
    "document": DocumentRecord,
    "claim": Claim,
    "problem": Problem,
    "decision": DecisionRecord,
    "case": Made,
}
_tag_of = {kind: tag for tag, kind in TAGS.items()}
_encoder = msgspec.json.Encoder()


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def line(value: Record) -> bytes:
    """Return the record of a value; JSON holds no line breaks, so that records join with them."""
    try:
        return _encoder.encode((_tag_of[type(value)], value))
    except UnicodeEncodeError as e:
        raise CaseError(f"a {_tag_of[type(value)]} holds half a character (lone surrogate) and cannot be kept") from e


def value(record: bytes) -> Record:
    """Read one record back."""
    tag = record[2 : record.find(b'"', 2)].decode("utf-8", "replace")
    if tag not in TAGS:
        raise CaseError(f"a record of unknown kind {tag!r}: the case is damaged or was written by a newer Beleg")
    pair: Any = tuple.__class_getitem__((str, TAGS[tag]))
    return _decode(record, pair, tag)[1]  # type: ignore[no-any-return]


def _decode(data: bytes, kind: Any, what: str) -> Any:
    try:
        return _decoder(kind).decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as e:
        raise CaseError(f"a stored {what} cannot be read back ({e}): run `beleg verify`") from e


def pack(lines: Iterable[bytes]) -> bytes:
    return zlib.compress(b"\n".join(lines), LEVEL)


def unpack(stored: bytes, what: str) -> list[bytes]:
    try:
        return zlib.decompress(stored).split(b"\n")
    except zlib.error as e:
        raise CaseError(f"{what} cannot be unpacked ({e}): run `beleg verify`") from e


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def pack_reading(document: Document, mentions: Mentions | None) -> bytes:
    """Return the stored form of a document's long parts: five JSON lines, null where a part repeats or is missing."""
    source = None if document.source_text == document.text else document.source_text
    try:
        return pack(_encoder.encode(x) for x in (document.text, source, document.map, document.blocks, mentions))
    except UnicodeEncodeError as e:
        raise CaseError(
            f"{document.name}: the text holds half a character (lone surrogate) and cannot be kept; decode it again"
        ) from e


def strip(document: Document) -> Document:
    """Return the document without the parts that its reading holds."""
    return replace(document, text="", source_text="", map=TextMap(()), blocks=())


def fill(stripped: Document, reading: bytes) -> Document:
    """Put a stored reading back into its document."""
    text, source, places, blocks, _ = _reading(reading, stripped.name)
    clean = _decode(text, str, "text")
    return replace(
        stripped,
        text=clean,
        source_text=clean if source == b"null" else _decode(source, str, "source text"),
        map=_decode(places, TextMap, "map"),
        blocks=_decode(blocks, tuple[Block, ...], "block list"),
    )


def mentions_of(reading: bytes, name: str) -> Mentions | None:
    return _decode(_reading(reading, name)[4], Mentions | None, "list of mentions")  # type: ignore[no-any-return]


def text_of(reading: bytes, name: str) -> str:
    return _decode(_reading(reading, name)[0], str, "text")  # type: ignore[no-any-return]


def _reading(stored: bytes, name: str) -> Sequence[bytes]:
    lines = unpack(stored, f"the reading of {name}")
    if len(lines) != 5:
        raise CaseError(f"the reading of {name} has {len(lines)} parts instead of 5: run `beleg verify`")
    return lines
