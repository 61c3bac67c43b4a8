"""The clause network: what the clauses of an article tell, as log-odds for the learned heads of the claim stage.

It goes on from the first layers of the parser's encoder (``encoder.Halfway``) with layers of its own: first sentence by
sentence, then along the clauses of the article. ``claim/signals.py`` asks it; the heads weigh what it says with what
the rules found, and ``claim/item_signals.py`` and ``claim/stance_signals.py`` act on it where it is sure. Weights:
``weights/clauses.onnx`` (eight bits) and ``weights/article.onnx``, made by ``training/clause_net.py`` from our own
annotated articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources.abc import Traversable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beleg.model import Clause, Token
from beleg.segment.clauses import innermost
from beleg.segment.encoder import WEIGHTS, Floats, Halfway, session

SENTENCE, ARTICLE = "clauses.onnx", "article.onnx"


class Views(NamedTuple):
    """What the network makes of one sentence."""

    clauses: Floats  # (clauses, width)
    asks: Floats  # (clauses, roles × view): what each looks for, by its own word
    names: Floats  # (words asked about, roles × view): what each is looked for by


class Answers(NamedTuple):
    """What it says of the clauses of an article."""

    odds: Floats  # (clauses, 1 + events): of a claim, then of each event
    stances: Floats  # (clauses, stances)
    ties: Floats  # (roles, clauses, words): that a word names who has a role
    nobody: Floats  # (clauses, roles): that nobody has it


class ClauseNet:
    """The network in memory; safe to use from several threads."""

    def __init__(self, folder: Traversable = WEIGHTS) -> None:
        self._sentence, self._article = session(folder / SENTENCE), session(folder / ARTICLE)

    def views(self, half: Halfway, tokens: Sequence[Token], clauses: Sequence[Clause], named: Sequence[int]) -> Views:
        """Read one sentence; what comes out does not depend on its neighbours.

        Args:
            half: What the encoder's first layers make of the sentence.
            tokens: Its words.
            clauses: Its clauses, at least one.
            named: Words that are asked about.
        """
        given = {
            "middle": half.middle.astype(np.float32), "first": _numbers(half.first), "last": _numbers(half.last),
            "own": members(tokens, clauses), "roots": _numbers([c.root for c in clauses]), "named": _numbers(named),
        }  # fmt: skip
        return Views(*self._sentence.run(["clauses", "asks", "names"], given))

    def answers(self, read: Sequence[Views], flags: Floats, distances: NDArray[np.int64]) -> Answers:
        """Read on along the clauses of an article.

        Args:
            read: Its sentences in order, at least one.
            flags: Where each clause stands, (clauses, flags).
            distances: How far each word that is asked about stands from each clause, (clauses, words), as numbers
                of ``claim.signals``.
        """
        names, asked = np.concatenate([v.names for v in read]), distances.shape[1]
        if not asked:  # the runtime divides by the number of words: one of nobody's
            names, distances = np.zeros((1, names.shape[1]), np.float32), np.zeros((len(flags), 1), np.int64)
        given = {
            "clauses": np.concatenate([v.clauses for v in read]), "asks": np.concatenate([v.asks for v in read]),
            "names": names, "flags": flags, "distances": distances,
        }  # fmt: skip
        odds, stances, ties, nobody = self._article.run(["odds", "stances", "ties", "nobody"], given)
        return Answers(odds, stances, ties[:, :, :asked], nobody)


def _numbers(values: Sequence[int]) -> NDArray[np.int64]:
    return np.array(values, dtype=np.int64)


def members(tokens: Sequence[Token], clauses: Sequence[Clause]) -> Floats:
    """Return which words are a clause's own and no inner clause's, as shares that add up to one: (clauses, words)."""
    own = np.zeros((len(clauses), len(tokens)), dtype=np.float32)
    for n, token in enumerate(tokens):
        clause = innermost(clauses, token.start)
        if clause is not None:
            own[clause, n] = 1
    for k, c in enumerate(clauses):
        if not own[k].any():
            own[k, c.root] = 1
    shares: Floats = own / own.sum(axis=1, keepdims=True)
    return shares


@cache
def load_clause_net() -> ClauseNet | None:
    """Return the shipped network, read once a process; None where there is none."""
    return ClauseNet() if all((WEIGHTS / name).is_file() for name in (SENTENCE, ARTICLE)) else None
