"""Near-copies: articles that share their wording, as links with what they share; nothing is removed.

The words outside quotation marks are taken four at a time; each four is a 64-bit number that is the same on every
machine. Pairs are proposed by the numbers that are divisible by ``SAMPLE`` (a fixed sample of the fours) and kept by
containment over all fours, |A ∩ B| / min(|A|, |B|) ≥ 0.3: what is copied into a longer article counts in full
(Broder 1997; the bound is the method's for a dependence between two origins).
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt

from beleg.model import Document, Span

SHINGLE = 4  # words
SAMPLE = 4  # one four in four proposes pairs: notes of 60 words have enough of them
CONTAINMENT = 0.3
MIN_FOURS = 12  # fewer tell nothing: a caption, a ticker line
CLIQUE = 32  # a four in more articles than this links each to the first STAR of them, not to all
STAR = 8
PROPOSED = 0.5  # share of the bound that the sample must reach; it scatters around the truth
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, near 2^64 over the golden ratio: spreads sums over all bits
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"„[^“”\"]{1,1000}[“”\"]|“[^”]{1,1000}”|»[^«]{1,1000}«|«[^»]{1,1000}»|\"[^\"]{1,1000}\"")

Fours = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprint:
    """What is kept of an article to find its copies."""

    id: str  # Document.id
    text_hash: str  # of the words of the body, case and signs folded
    fours: Fours  # sorted, each once


@dataclass(frozen=True, slots=True)
class NearCopy:
    """Two articles with shared wording, ``first`` before ``second`` in the order given."""

    first: str  # Document.id
    second: str
    containment: float  # share of the shorter one's fours that stand in the other
    why: Literal["same-text", "shared-wording"]


def fingerprint(doc: Document) -> Fingerprint:
    """Return the fingerprint of a document's lead, body and headings."""
    text = " ".join(doc.text[b.span.start : b.span.end] for b in doc.blocks if b.kind in ("lead", "body", "heading"))
    return fingerprint_text(doc.id, text)


def fingerprint_text(key: str, text: str) -> Fingerprint:
    words = [w.casefold() for w in _WORD.findall(text)]
    digest = hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest()
    return Fingerprint(key, digest, np.unique(_fours([w.casefold() for w in _WORD.findall(_QUOTED.sub(" ", text))])))


@lru_cache(maxsize=500_000)
def _word_number(word: str) -> int:
    data = word.encode("utf-8", "surrogatepass")
    return zlib.crc32(data) << 32 | zlib.crc32(data, 0xFFFF)


def _fours(words: Sequence[str]) -> Fours:
    """Number each four words in a row; the same words give the same number everywhere."""
    if len(words) < SHINGLE:
        return np.zeros(0, dtype=np.uint64)
    numbers = np.fromiter(map(_word_number, words), dtype=np.uint64, count=len(words))
    last = len(words) - SHINGLE + 1
    mixed = np.zeros(last, dtype=np.uint64)
    for i in range(SHINGLE):
        mixed = mixed * _FACTOR + numbers[i : i + last]
        mixed ^= mixed >> np.uint64(29)
    return mixed * _FACTOR


def near_copies(prints: Sequence[Fingerprint], containment: float = CONTAINMENT) -> list[NearCopy]:
    """Link the articles that share their wording, pairs in the order given.

    Copies in great number are linked to the first of them rather than each to each; all are still joined.
    """
    found: dict[tuple[int, int], NearCopy] = {}
    for a, b in _same_text(prints):
        found[a, b] = NearCopy(prints[a].id, prints[b].id, 1.0, "same-text")
    for a, b in _proposed(prints, containment):
        share = _containment(prints[a].fours, prints[b].fours)
        if share >= containment and (a, b) not in found:
            found[a, b] = NearCopy(prints[a].id, prints[b].id, share, "shared-wording")
    return [found[pair] for pair in sorted(found)]


def _same_text(prints: Sequence[Fingerprint]) -> Iterable[tuple[int, int]]:
    first: dict[str, int] = {}
    for i, p in enumerate(prints):
        if p.text_hash in first:
            yield first[p.text_hash], i
        else:
            first[p.text_hash] = i


def _containment(a: Fours, b: Fours) -> float:
    less = min(len(a), len(b))
    if less < MIN_FOURS:
        return 0.0
    return len(np.intersect1d(a, b, assume_unique=True)) / less


def _proposed(prints: Sequence[Fingerprint], containment: float) -> list[tuple[int, int]]:
    """Propose pairs by the sampled fours they share."""
    sampled = [p.fours[p.fours % np.uint64(SAMPLE) == 0] for p in prints]
    sizes = np.array([len(s) for s in sampled], dtype=np.int64)
    if not sizes.sum():
        return []
    fours = np.concatenate(sampled)
    owners = np.repeat(np.arange(len(prints), dtype=np.int64), sizes)
    order = np.lexsort((owners, fours))
    fours, owners = fours[order], owners[order]
    edges = np.flatnonzero(np.diff(fours)) + 1
    starts = np.concatenate(([0], edges))
    ends = np.concatenate((edges, [len(fours)]))
    keep = ends - starts > 1
    pairs: list[npt.NDArray[np.int64]] = []
    count = len(prints)
    for start, end in zip(starts[keep].tolist(), ends[keep].tolist(), strict=True):
        members = owners[start:end]
        if end - start <= CLIQUE:
            a, b = np.triu_indices(end - start, 1)
            pairs.append(members[a] * count + members[b])
        else:
            pairs += [members[i] * count + members[i + 1 :] for i in range(STAR)]
    if not pairs:
        return []
    keys, shared = np.unique(np.concatenate(pairs), return_counts=True)
    a, b = keys // count, keys % count
    enough = shared >= np.maximum(1.0, PROPOSED * containment * np.minimum(sizes[a], sizes[b]))
    return list(zip(a[enough].tolist(), b[enough].tolist(), strict=True))


def shared_stretches(a: str, b: str, least: int = 6) -> list[tuple[Span, Span]]:
    """Show what two texts share: stretches of at least ``least`` words that stand in both, in order of ``a``.

    Returns:
        Spans of ``a`` and ``b``, the longest stretch from each place in ``a``, never overlapping in ``a``.
    """
    left, right = list(_WORD.finditer(a)), list(_WORD.finditer(b))
    words_a, words_b = [m.group().casefold() for m in left], [m.group().casefold() for m in right]
    places: dict[tuple[str, ...], list[int]] = {}
    for j in range(len(words_b) - least + 1):
        places.setdefault(tuple(words_b[j : j + least]), []).append(j)
    out = []
    i = 0
    while i <= len(words_a) - least:
        best, at = 0, 0
        for j in places.get(tuple(words_a[i : i + least]), ())[:STAR]:
            n = least
            while i + n < len(words_a) and j + n < len(words_b) and words_a[i + n] == words_b[j + n]:
                n += 1
            if n > best:
                best, at = n, j
        if best:
            out.append(
                (Span(left[i].start(), left[i + best - 1].end()), Span(right[at].start(), right[at + best - 1].end()))
            )
        i += best or 1
    return out
