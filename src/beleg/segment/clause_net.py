"""The clause network: what a parsed clause tells, as log-odds for the learned heads of the claim stage.

It goes on from the first layers of the parser's encoder (``Reading.middle``) with layers of its own. Its answers decide
nothing by themselves: ``claim/clause_heads.py`` and ``claim/side_heads.py`` weigh them with what the rules found.
Weights: ``weights/clauses.onnx`` (eight bits), made by ``training/clause_net.py`` from our own annotated articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources.abc import Traversable
from typing import get_args

import numpy as np

from beleg.model import Clause, EventKind, Token
from beleg.segment.clauses import innermost
from beleg.segment.encoder import WEIGHTS, Floats, session

FILE = "clauses.onnx"
EVENTS: tuple[EventKind, ...] = get_args(EventKind)
DIGITS = 3  # of a log-odds: beyond them machines differ


class ClauseNet:
    """The network in memory; safe to use from several threads."""

    def __init__(self, folder: Traversable = WEIGHTS) -> None:
        self._session = session(folder / FILE)

    def signals(
        self,
        middle: Floats,
        first: Sequence[int],
        last: Sequence[int],
        tokens: Sequence[Token],
        clauses: Sequence[Clause],
    ) -> list[Clause]:
        """Return the clauses of one sentence with their signals.

        Args:
            middle: What the encoder's first layers make of the sentence's pieces, (1, pieces, width).
            first: Place of each word's first piece.
            last: Place of each word's last piece.
            tokens: The words.
            clauses: What is asked about.
        """
        if not clauses:
            return []
        own = members(tokens, clauses)
        given = {
            "middle": middle, "first": np.array(first, dtype=np.int64), "last": np.array(last, dtype=np.int64),
            "own": own, "roots": np.array([c.root for c in clauses], dtype=np.int64),
        }  # fmt: skip
        odds, sides = self._session.run(None, given)
        rows = zip(clauses, _rounded(odds), _rounded(sides[0]), _rounded(sides[1]), strict=True)
        return [replace(c, signals=s, givers=gives, takers=takes) for c, s, gives, takes in rows]


def _rounded(rows: Floats) -> list[tuple[float, ...]]:
    return [tuple(round(x, DIGITS) for x in row) for row in rows.tolist()]


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
    return ClauseNet() if (WEIGHTS / FILE).is_file() else None
