"""Log-linear weights: named features of several answers, one of them right. No random numbers; numpy only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beleg.claim.heads import UNIT

SEEN_TIMES = 2  # training answers in which a feature must stand to count
STEPS = 150  # of the descent at most
MEMORY = 10  # steps it looks back
STILL = 1e-4  # gradient, by the number of answers, at which it stops
LEAST = 5  # thousandths below which a weight is left out


@dataclass(frozen=True, slots=True)
class Question:
    """Answers, each by its features, and which of them is right."""

    answers: tuple[tuple[str, ...], ...]
    right: int


def fit(questions: Sequence[Question], pull: float) -> dict[str, int]:
    """Return the weights, in thousandths, under which the right answers are likeliest, pulled towards zero."""
    times = Counter(f for q in questions for features in q.answers for f in set(features))
    features = sorted(f for f, n in times.items() if n >= SEEN_TIMES)
    number = {f: n for n, f in enumerate(features)}
    answers = [
        (k, [number[f] for f in set(a) if f in number], n == q.right)
        for k, q in enumerate(questions)
        for n, a in enumerate(q.answers)
    ]
    question = np.array([k for k, _, _ in answers])
    row = np.repeat(np.arange(len(answers)), [len(cols) for _, cols, _ in answers])
    col = np.array([c for _, cols, _ in answers for c in sorted(cols)], dtype=np.intp)
    right = np.array([r for _, _, r in answers], dtype=float)

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        s = np.bincount(row, w[col], len(answers))
        top = np.full(len(questions), -np.inf)
        np.maximum.at(top, question, s)
        odds = np.exp(s - top[question])
        whole = np.bincount(question, odds, len(questions))
        logs = s - top[question] - np.log(whole)[question]
        slope = np.bincount(col, (np.exp(logs) - right)[row], len(features)) + pull * w
        return float(-(logs * right).sum() + pull * (w @ w) / 2), slope

    w = descend(loss, np.zeros(len(features)), STILL * len(answers))
    return {f: round(UNIT * x) for f, x in zip(features, w.tolist(), strict=True) if abs(round(UNIT * x)) >= LEAST}


def descend(loss: Any, w: NDArray[np.float64], still: float) -> NDArray[np.float64]:
    """Walk down a smooth convex slope (L-BFGS, halving steps) until it is flat or the steps are used up."""
    value, slope = loss(w)
    moves: list[tuple[NDArray[np.float64], NDArray[np.float64]]] = []
    for _ in range(STEPS):
        if np.abs(slope).max() < still:
            break
        way, parts = slope.copy(), []
        for move, turn in reversed(moves):
            part = (move @ way) / (move @ turn)
            way -= part * turn
            parts.append(part)
        if moves:
            move, turn = moves[-1]
            way *= (move @ turn) / (turn @ turn)
        else:
            way /= max(1.0, float(np.abs(way).sum()))
        for (move, turn), part in zip(moves, reversed(parts), strict=True):
            way += (part - (turn @ way) / (move @ turn)) * move
        step = 1.0
        while step > 1e-8:
            there = w - step * way
            next_value, next_slope = loss(there)
            if next_value <= value - 1e-4 * step * float(slope @ way):
                break
            step /= 2
        else:
            break
        if (there - w) @ (next_slope - slope) > 1e-12:
            moves = [*moves[1 - MEMORY :], (there - w, next_slope - slope)]
        w, value, slope = there, next_value, next_slope
    return w
