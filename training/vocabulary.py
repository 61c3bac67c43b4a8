"""Which pieces of the base vocabulary are kept: those that the texts need, then the likeliest in Latin script."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import numpy as np
from base import Base

from beleg.segment.subwords import PLAIN, Subwords

KEPT = 64_000


def latin(piece: str) -> bool:
    """True where every letter of the piece is Latin."""
    return all(c == "▁" or unicodedata.category(c)[0] != "L" or "LATIN" in unicodedata.name(c, "") for c in piece)


def keep_pieces(base: Base, words: Iterable[str]) -> np.ndarray:
    """Return the numbers of the kept pieces, rising; the four special ones come first."""
    whole = Subwords(base.pieces, [float(s) for s in base.scores])
    kept = {0, 1, 2, 3}
    for word in words:
        kept.update(whole.ids(word))
    kept.update(i for i, p in enumerate(base.pieces) if len(p) == 1 and ord(p) < 0x500)
    by_score = sorted((i for i in range(4, len(base.pieces)) if latin(base.pieces[i])), key=lambda i: -base.scores[i])
    plain = [i for i in by_score if not any(ord(c) in PLAIN for c in base.pieces[i])]
    for i in plain:
        if len(kept) >= KEPT:
            break
        kept.add(i)
    return np.array(sorted(kept))
