"""A spaCy pipeline as a parser, for users who have one: ``load_parser("de", backend="spacy")``.

Pipelines with TIGER labels (spaCy's own German ones) are mapped to Universal Dependencies; others are taken to have
them already. Words are cut by Beleg, so that offsets stay what they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

from beleg.errors import UsageError
from beleg.model import Problem, Sentence
from beleg.segment.mood import correct_moods, mood_table
from beleg.segment.parser import MAX_WORDS, finish
from beleg.segment.tiger import Node, to_universal

SIZES = ("lg", "md", "sm")  # of spaCy's pipelines, the best first
TIGER_SUBJECT = "sb"  # a label that only TIGER pipelines have


@dataclass(frozen=True, slots=True)
class SpacyParser:
    """A parser around a loaded pipeline."""

    language: str
    pipeline: Any
    tiger: bool

    def parse(self, sentences: Sequence[Sentence], text: str) -> tuple[list[Sentence], list[Problem]]:
        """Return the sentences parsed, in the same order (see ``segment.parser.Parser``)."""
        found, problems = [], []
        for sentence in sentences:
            if not sentence.tokens or len(sentence.tokens) > MAX_WORDS:
                message = f"{len(sentence.tokens)} words; left unparsed"
                problems.append(Problem("sentence-too-long", message, span=sentence.span))
                found.append(sentence)
            else:
                found.append(self._one(sentence))
        return found, problems

    def _one(self, sentence: Sentence) -> Sentence:
        make_doc = import_module("spacy.tokens").Doc
        ends = [t.end for t in sentence.tokens]
        starts = [t.start for t in sentence.tokens[1:]]
        spaces = [a != b for a, b in zip(ends, [*starts, ends[-1]], strict=True)]
        doc = make_doc(self.pipeline.vocab, words=[t.text for t in sentence.tokens], spaces=spaces)
        for _, component in self.pipeline.pipeline:
            doc = component(doc)
        heads = [-1 if w.head.i == w.i else w.head.i for w in doc]
        labels = ["root" if w.head.i == w.i else w.dep_ for w in doc]
        if self.tiger:
            nodes = [Node(w.lemma_, w.tag_, h, w.dep_) for w, h in zip(doc, heads, strict=True)]
            pairs = to_universal(nodes)
            heads, labels = [h for h, _ in pairs], [label for _, label in pairs]
        tokens = [
            replace(token, lemma=w.lemma_, upos=w.pos_, xpos=w.tag_, feats=_feats(w), head=head, deprel=label)
            for token, w, head, label in zip(sentence.tokens, doc, _one_root(heads), labels, strict=True)
        ]
        return finish(sentence, correct_moods(tokens, mood_table(self.language)), self.language)


def _feats(word: Any) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((str(k), str(v)) for k, v in word.morph.to_dict().items()))


def _one_root(heads: list[int]) -> list[int]:
    """Hang further roots on the first: a pipeline may see several sentences where Beleg sees one."""
    roots = [i for i, h in enumerate(heads) if h < 0]
    return [roots[0] if h < 0 and i != roots[0] else h for i, h in enumerate(heads)]


def wrap(pipeline: Any, language: str) -> SpacyParser:
    """Make a parser of a loaded pipeline, whichever labels it has."""
    labels = pipeline.get_pipe("parser").labels if "parser" in pipeline.pipe_names else ()
    return SpacyParser(language, pipeline, TIGER_SUBJECT in labels)


def load(language: str) -> SpacyParser:
    """Load the best installed pipeline of a language.

    Raises:
        UsageError: spaCy or a pipeline for the language is not installed.
    """
    try:
        spacy = import_module("spacy")
    except ImportError:
        raise UsageError("the parser 'spacy' needs the package spacy: pip install 'beleg[spacy]'") from None
    installed = [n for n in spacy.util.get_installed_models() if n.startswith(f"{language}_")]
    if not installed:
        wanted = f"{language}_core_news_lg"
        raise UsageError(f"spaCy has no pipeline for '{language}': python -m spacy download {wanted}")
    best = min(installed, key=lambda n: (next((k for k, s in enumerate(SIZES) if n.endswith(s)), 9), n))
    return wrap(spacy.load(best), language)
