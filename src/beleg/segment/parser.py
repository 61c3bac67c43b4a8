"""Parsing: sentences in, the same sentences with lemma, tags, tree and clauses out.

The shipped parser is the network of ``segment.encoder`` with the mood lexicon, the repairs and the clauses on top.
Others can be installed as entry points of the group ``beleg.parsers``: a callable that takes a language and returns a
``Parser``. ``segment.spacy_backend`` is one, there without an entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import NamedTuple, Protocol, cast

from beleg.errors import UsageError
from beleg.model import Problem, Sentence, Token
from beleg.segment.clauses import derive_clauses
from beleg.segment.encoder import MAX_PIECES_IN_SENTENCE, Encoder, Halfway, Reading, load_encoder
from beleg.segment.lemmas import lemma
from beleg.segment.mood import correct_moods, mood_table
from beleg.segment.repair import repair

GROUP = "beleg.parsers"
SHIPPED = "encoder"
BUILT_IN = EntryPoint("spacy", "beleg.segment.spacy_backend:load", GROUP)
LANGUAGES = ("de",)  # that the shipped network learned
MAX_WORDS = 250  # a longer sentence is a table or a list, not a sentence
MAX_STRANGE = 0.5  # pieces a word that the vocabulary does not know
VERB_PARTICLE = "compound:prt"


class Parser(Protocol):
    """What every parser does."""

    def parse(self, sentences: Sequence[Sentence], text: str) -> tuple[list[Sentence], list[Problem]]:
        """Return the sentences in the same order, parsed where that was possible, and a problem for each that was not.

        Args:
            sentences: With tokens that have offsets.
            text: The document's text that the offsets count in.
        """
        ...


class Parsed(NamedTuple):
    """A sentence after parsing, or as it was with the reason."""

    sentence: Sentence
    problem: Problem | None
    half: Halfway | None = None


@dataclass(frozen=True, slots=True)
class EncoderParser:
    """The shipped parser; the same sentence gives the same parse whatever stands beside it."""

    language: str
    encoder: Encoder
    threads: int = 1

    def parse(self, sentences: Sequence[Sentence], text: str) -> tuple[list[Sentence], list[Problem]]:
        results = self.read(sentences)
        return [r.sentence for r in results], [r.problem for r in results if r.problem is not None]

    def read(self, sentences: Sequence[Sentence]) -> list[Parsed]:
        """Return what ``parse`` does, sentence by sentence, with what the encoder halfway made of each."""
        if self.threads > 1 and len(sentences) > 1:
            with ThreadPoolExecutor(self.threads) as pool:
                return list(pool.map(self._one, sentences))
        return [self._one(s) for s in sentences]

    def _one(self, sentence: Sentence) -> Parsed:
        words = [t.text for t in sentence.tokens]
        if not any(c.isalpha() for w in words for c in w):
            return Parsed(sentence, Problem("sentence-not-text", "no letters; left unparsed", span=sentence.span))
        if len(words) > MAX_WORDS:
            return Parsed(sentence, _too_long(sentence, len(words)))
        ids, first, last = self.encoder.pieces(words)
        if len(ids) > MAX_PIECES_IN_SENTENCE:
            return Parsed(sentence, _too_long(sentence, len(words)))
        if self.encoder.strange(ids, len(words)) > MAX_STRANGE:
            message = "written in a script that the parser does not know; left unparsed"
            return Parsed(sentence, Problem("sentence-script", message, span=sentence.span))
        reading = self.encoder.read(ids, first, last)
        tokens = correct_moods(_tokens(sentence.tokens, reading, self.language), mood_table(self.language))
        return Parsed(finish(sentence, tokens, self.language), None, reading.half)


def finish(sentence: Sentence, tokens: Sequence[Token], language: str) -> Sentence:
    """Mend the tree, join particles to their verbs, and derive the clauses: the last step of every parser."""
    mended = repair(_join_particles(tokens), language)
    return replace(sentence, tokens=mended, clauses=derive_clauses(mended, language), parsed=True)


def _too_long(sentence: Sentence, words: int) -> Problem:
    message = f"{words} words without a sentence end; left unparsed (a table or list?)"
    return Problem("sentence-too-long", message, span=sentence.span)


def _tokens(tokens: Sequence[Token], reading: Reading, language: str) -> list[Token]:
    return [
        Token(t.start, t.end, t.text, lemma(t.text, language), upos, xpos, feats, head, deprel)
        for t, upos, xpos, feats, head, deprel in zip(
            tokens, reading.upos, reading.xpos, reading.feats, reading.heads, reading.deprels, strict=True
        )
    ]


def _join_particles(tokens: Sequence[Token]) -> list[Token]:
    """Give a verb whose particle stands apart its whole lemma: "setzte … ein" is "einsetzen"."""
    joined = list(tokens)
    for token in tokens:
        if token.deprel == VERB_PARTICLE and token.head >= 0:
            verb = joined[token.head]
            if not verb.lemma.startswith(token.text.lower()):
                joined[token.head] = replace(verb, lemma=token.text.lower() + verb.lemma)
    return joined


@cache
def load_parser(language: str, backend: str = SHIPPED, threads: int = 1) -> Parser:
    """Return a parser for a language, loaded once a process.

    Args:
        language: ISO 639-1; the shipped parser knows German. Another language is read all the same by the German
            rules of the network, which is rarely right: ask ``languages()`` first.
        backend: "encoder", or the name of an entry point of the group ``beleg.parsers``.
        threads: Sentences parsed side by side; the result is the same.

    Raises:
        UsageError: no such backend, or it lacks what it needs.
    """
    if backend == SHIPPED:
        return shipped_parser(language, threads)
    others = {BUILT_IN.name: BUILT_IN, **{e.name: e for e in entry_points(group=GROUP)}}
    if backend not in others:
        raise UsageError(f"no parser called '{backend}'; there are: {', '.join(sorted({SHIPPED, *others}))}")
    return cast(Parser, others[backend].load()(language))


def shipped_parser(language: str, threads: int = 1) -> EncoderParser:
    """Return the shipped parser; see ``load_parser``."""
    return EncoderParser(language, load_encoder(), threads)


def languages() -> tuple[str, ...]:
    """Return the languages that the shipped parser learned."""
    return LANGUAGES
