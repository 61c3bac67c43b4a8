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
from typing import Protocol, cast

from beleg.errors import UsageError
from beleg.model import Problem, Sentence, Token
from beleg.segment.clause_net import ClauseNet, load_clause_net
from beleg.segment.clauses import derive_clauses
from beleg.segment.encoder import MAX_PIECES_IN_SENTENCE, Encoder, Reading, load_encoder
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


@dataclass(frozen=True, slots=True)
class EncoderParser:
    """The shipped parser; the same sentence gives the same parse whatever stands beside it."""

    language: str
    encoder: Encoder
    threads: int = 1
    clause_net: ClauseNet | None = None

    def parse(self, sentences: Sequence[Sentence], text: str) -> tuple[list[Sentence], list[Problem]]:
        if self.threads > 1 and len(sentences) > 1:
            with ThreadPoolExecutor(self.threads) as pool:
                results = list(pool.map(self._one, sentences))
        else:
            results = [self._one(s) for s in sentences]
        return [s for s, _ in results], [p for _, p in results if p is not None]

    def _one(self, sentence: Sentence) -> tuple[Sentence, Problem | None]:
        words = [t.text for t in sentence.tokens]
        if not any(c.isalpha() for w in words for c in w):
            return sentence, Problem("sentence-not-text", "no letters; left unparsed", span=sentence.span)
        if len(words) > MAX_WORDS:
            return sentence, _too_long(sentence, len(words))
        ids, first, last = self.encoder.pieces(words)
        if len(ids) > MAX_PIECES_IN_SENTENCE:
            return sentence, _too_long(sentence, len(words))
        if self.encoder.strange(ids, len(words)) > MAX_STRANGE:
            message = "written in a script that the parser does not know; left unparsed"
            return sentence, Problem("sentence-script", message, span=sentence.span)
        reading = self.encoder.read(ids, first, last)
        tokens = correct_moods(_tokens(sentence.tokens, reading, self.language), mood_table(self.language))
        parsed = finish(sentence, tokens, self.language)
        if self.clause_net is None:
            return parsed, None
        clauses = self.clause_net.signals(reading.middle, first, last, parsed.tokens, parsed.clauses)
        return replace(parsed, clauses=tuple(clauses)), None


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
def load_parser(language: str, backend: str = SHIPPED, threads: int = 1, *, signals: bool = False) -> Parser:
    """Return a parser for a language, loaded once a process.

    Args:
        language: ISO 639-1; the shipped parser knows German. Another language is read all the same by the German
            rules of the network, which is rarely right: ask ``languages()`` first.
        backend: "encoder", or the name of an entry point of the group ``beleg.parsers``.
        threads: Sentences parsed side by side; the result is the same.
        signals: Read each clause with the clause network too (``Clause.signals``); a quarter slower. The shipped
            parser only.

    Raises:
        UsageError: no such backend, or it lacks what it needs.
    """
    if backend == SHIPPED:
        return EncoderParser(language, load_encoder(), threads, load_clause_net() if signals else None)
    others = {BUILT_IN.name: BUILT_IN, **{e.name: e for e in entry_points(group=GROUP)}}
    if backend not in others:
        raise UsageError(f"no parser called '{backend}'; there are: {', '.join(sorted({SHIPPED, *others}))}")
    return cast(Parser, others[backend].load()(language))


def languages() -> tuple[str, ...]:
    """Return the languages that the shipped parser learned."""
    return LANGUAGES
