"""The whole flow on one screen: Document → sentences → mentions → attributions → claims.

Pure: no clock, no network, no randomness. The same document and version give the same reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from beleg.claim.assemble import build_claims
from beleg.claim.context import with_counted
from beleg.claim.relevance import is_topical
from beleg.claim.speaker import attribute
from beleg.find.mentions import find_mentions
from beleg.model import Attribution, Claim, Document, Mentions, Problem, Sentence
from beleg.segment.encoder import Halfway
from beleg.segment.parser import EncoderParser, languages, shipped_parser
from beleg.segment.sentences import split_sentences

NEIGHBOURS = 1  # sentences before and after one that matters that are parsed too: pronouns and carried-on speakers


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was read from one document."""

    document: Document
    sentences: tuple[Sentence, ...]
    mentions: Mentions
    attributions: tuple[Attribution, ...]
    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...]


@cache
def parser_for(language: str) -> EncoderParser:
    """Return the shipped parser of a language."""
    return shipped_parser(language)


def read_article(document: Document, *, parse_all: bool = False) -> Reading:
    """Read one document to its claims.

    Args:
        document: As ``beleg.read`` gives it; its language picks the tables.
        parse_all: Parse every sentence, not only those that matter (to measure what the shortcut loses).
    """
    language = document.language
    if language not in languages():
        have = ", ".join(languages())
        message = f"no tables for language {language or 'unknown'!r}: archived, not read; languages: {have}"
        return Reading(document, (), Mentions(), (), (), (Problem("language-unsupported", message, document.name),))
    sentences: Sequence[Sentence] = split_sentences(document)
    mentions, problems = find_mentions(document, sentences)
    matter = matters(document, sentences, mentions)
    wanted = [True] * len(sentences) if parse_all else matter
    sentences, parse_problems, halves = parse_some(parser_for(language), sentences, wanted)
    attributions, speaker_problems = attribute(document, sentences, mentions)
    halves = {i: h for i, h in halves.items() if matter[i]}
    claims, claim_problems = build_claims(document, sentences, mentions, attributions, halves=halves)
    found = [*problems, *parse_problems, *speaker_problems, *claim_problems]
    return Reading(document, tuple(sentences), mentions, tuple(attributions), tuple(claims), tuple(found))


def matters(document: Document, sentences: Sequence[Sentence], mentions: Mentions) -> list[bool]:
    """Tell which sentences may carry a claim: all in an article about arms, else those beside a thing of ours."""
    named = with_counted(mentions)
    hit = [is_topical(named, len(document.text))] * len(sentences)
    items = iter(named)
    item = next(items, None)
    for i, sentence in enumerate(sentences):
        while item is not None and item.span.start < sentence.span.end:
            if item.span.start >= sentence.span.start:
                for near in range(max(0, i - NEIGHBOURS), min(len(sentences), i + NEIGHBOURS + 1)):
                    hit[near] = True
            item = next(items, None)
    return hit


def parse_some(
    parser: EncoderParser, sentences: Sequence[Sentence], wanted: Sequence[bool]
) -> tuple[list[Sentence], list[Problem], dict[int, Halfway]]:
    """Parse the wanted sentences, leaving the others as they are; with what the encoder halfway made of each."""
    chosen = [i for i, w in enumerate(wanted) if w]
    parsed = dict(zip(chosen, parser.read([sentences[i] for i in chosen]), strict=True))
    out = [parsed[i].sentence if i in parsed else s for i, s in enumerate(sentences)]
    problems = [p.problem for p in parsed.values() if p.problem is not None]
    return out, problems, {i: p.half for i, p in parsed.items() if p.half is not None and p.sentence.clauses}
