"""The tree over arc scores is one tree with one root, and the best one where that can be checked by trying all."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from beleg.segment.tree import best_tree


def is_tree(heads: tuple[int, ...]) -> bool:
    if sum(h == -1 for h in heads) != 1:
        return False
    for i in range(len(heads)):
        at, steps = i, 0
        while at != -1:
            at, steps = heads[at], steps + 1
            if steps > len(heads):
                return False
    return True


@given(st.integers(1, 4), st.integers(0, 10_000))
def test_the_tree_found_has_the_highest_sum_of_all_trees(n: int, seed: int) -> None:
    scores = np.random.default_rng(seed).integers(-50, 50, (n, n + 1)).astype(np.float32)

    def total(heads: tuple[int, ...]) -> float:
        return float(sum(scores[i, h + 1] for i, h in enumerate(heads)))

    found = tuple(best_tree(scores))
    assert is_tree(found)
    choices = itertools.product(range(-1, n), repeat=n)
    best = max(total(h) for h in choices if all(h[i] != i for i in range(n)) and is_tree(h))
    assert total(found) == best
