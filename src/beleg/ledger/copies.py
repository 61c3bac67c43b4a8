"""Documents that are near-copies of one another, gathered: many prints, one text.

``beleg.read.near`` says which articles share their wording. Overlap shows dependence; that there is none shows nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from beleg.model import Document
from beleg.read.near import Fingerprint, NearCopy, fingerprint_text, near_copies

NEAR_COPY = 0.5  # share of the shorter text's wording that makes two prints one text


class Copies(NamedTuple):
    """Documents gathered into texts, and the pairs that share wording."""

    clusters: tuple[tuple[str, ...], ...]
    pairs: tuple[NearCopy, ...]


def copies_among(
    names: Sequence[str], documents: Mapping[str, Document], prints: dict[str, Fingerprint], least: float
) -> Copies:
    """Gather documents that are near-copies of one another.

    Args:
        names: ``Document.id`` values; one that is not among the documents stands alone.
        documents: By id.
        prints: Fingerprints by ``Document.id``, filled as needed, so that a text is read once.
        least: Share of the shorter text's wording from which a pair is returned.

    Returns:
        The clusters, each sorted, in order of their first member; and all pairs from ``least`` on.
    """
    ordered = sorted(set(names))
    root = {n: n for n in ordered}

    def top(n: str) -> str:
        while root[n] != n:
            n = root[n]
        return n

    pairs: list[NearCopy] = []
    if len(ordered) > 1:
        for n in ordered:
            if n in documents and n not in prints:
                prints[n] = fingerprint_text(n, documents[n].text)
        pairs = near_copies([prints[n] for n in ordered if n in prints], least)
        for pair in pairs:
            if pair.containment >= NEAR_COPY:
                one, other = sorted((top(pair.first), top(pair.second)))
                root[other] = one
    found: dict[str, list[str]] = {}
    for n in ordered:
        found.setdefault(top(n), []).append(n)
    return Copies(tuple(tuple(members) for members in found.values()), tuple(pairs))
