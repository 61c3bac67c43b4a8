"""The best tree over arc scores: each word's best head, mended where that gives a cycle or several roots.

Chu-Liu/Edmonds (1965/1967), greedy where the greedy answer is a tree already, which it nearly always is.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Heads = NDArray[np.intp]
NEVER = np.float32(-1e9)


def best_tree(scores: Scores) -> list[int]:
    """Return the head of each word: its index, -1 for the one root.

    Args:
        scores: Shape (n, n + 1): word, candidate head; column 0 is the root, column j + 1 the word j. Not changed.
    """
    n = scores.shape[0]
    table = np.full((n + 1, n + 1), NEVER, dtype=np.float32)
    table[1:, :] = scores
    np.fill_diagonal(table, NEVER)
    heads = _tree(table)
    roots = [i for i in range(1, n + 1) if heads[i] == 0]
    if len(roots) > 1:
        heads = _with_one_root(table, roots)
    return [int(h) - 1 for h in heads[1:]]


def _with_one_root(table: Scores, roots: list[int]) -> Heads:
    """Try each of the roots as the only one; keep the tree with the highest sum."""
    best: tuple[float, Heads] | None = None
    words = np.arange(1, table.shape[0])
    for root in roots:
        single = table.copy()
        single[1:, 0] = NEVER
        single[root, :] = NEVER
        single[root, 0] = table[root, 0]
        heads = _tree(single)
        total = float(table[words, heads[1:]].sum())
        if best is None or total > best[0]:
            best = (total, heads)
    assert best is not None
    return best[1]


def _cycle(heads: Heads) -> list[int]:
    """Return the nodes of one cycle, or nothing."""
    seen = [0] * len(heads)
    for start in range(1, len(heads)):
        path = []
        node = start
        while node != 0 and not seen[node]:
            seen[node] = start
            path.append(node)
            node = int(heads[node])
        if node != 0 and seen[node] == start:
            return path[path.index(node) :]
    return []


def _tree(table: Scores) -> Heads:
    """Return the head of each node of the best tree rooted in node 0; contracts cycles one by one."""
    heads: Heads = table.argmax(axis=1)
    heads[0] = 0
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = np.array(cycle)
    outside = np.array([i for i in range(len(table)) if i not in set(cycle)])
    c = len(outside)
    small = np.full((c + 1, c + 1), NEVER, dtype=np.float32)
    small[:c, :c] = table[np.ix_(outside, outside)]
    gain = table[np.ix_(inside, outside)] - table[inside, heads[inside]][:, None]
    small[c, :c] = gain.max(axis=0)
    enters = inside[gain.argmax(axis=0)]
    small[:c, c] = table[np.ix_(outside, inside)].max(axis=1)
    leaves = inside[table[np.ix_(outside, inside)].argmax(axis=1)]
    np.fill_diagonal(small, NEVER)
    inner = _tree(small)
    result: Heads = heads.copy()
    for k in range(1, c):
        node = outside[k]
        result[node] = leaves[k] if inner[k] == c else outside[inner[k]]
    result[enters[inner[c]]] = outside[inner[c]]
    return result
