"""Articles for the tests of this folder: a block a paragraph, read with or without the parser."""

from __future__ import annotations

import re
from functools import cache

from beleg.claim.speaker import attribute
from beleg.find.actors import find_actors
from beleg.model import Attribution, Block, Document, Mentions, Problem, Published, Sentence, Span, TextMap
from beleg.segment.parser import Parser, load_parser
from beleg.segment.sentences import split_sentences

parser = cache(load_parser)


def article(text: str) -> Document:
    return Document(
        "a", "a.txt", "0" * 64, "text/plain", "de", None, None, (), Published(), text, text, TextMap(()),
        tuple(Block(Span(*m.span()), "body") for m in re.finditer(r"[^\n]+", text)),
    )  # fmt: skip


def sentences_of(text: str, parsed: bool) -> list[Sentence]:
    found = split_sentences(article(text))
    reader: Parser = parser("de")
    return reader.parse(found, text)[0] if parsed else found


def attributions(text: str, parsed: bool = False) -> tuple[list[Attribution], list[Problem]]:
    sentences = sentences_of(text, parsed)
    mentions = Mentions(actors=tuple(find_actors(text, sentences, "de")[0]))
    return attribute(article(text), sentences, mentions)


def read(text: str, parsed: bool = False) -> list[Attribution]:
    return attributions(text, parsed)[0]


def words(text: str, a: Attribution) -> str:
    return " […] ".join(text[p.start : p.end] for p in a.pieces)


def names(a: Attribution) -> list[list[str]]:
    return [[s.name for s in chain] for chain in a.chains]
