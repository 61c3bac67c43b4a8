"""Which documents are near-copies of one another: containment of word-5-grams outside quotation marks.

Only a sample of the grams is kept (those that begin with every fourth word by checksum), so that the sample is the
same for a sentence wherever it stands. Overlap shows dependence; that there is none shows nothing.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping, Sequence
from functools import lru_cache
from zlib import crc32

from beleg.model import Document

GRAM = 5
SAMPLE = 4
NEAR_COPY = 0.5  # share of the smaller text's grams that makes two texts one
MIN_GRAMS = 3  # fewer sampled grams say nothing
MAX_POSTINGS = 200  # a gram in more texts than this is a set phrase

Sketch = bytes  # checksums as unsigned integers, sorted

_QUOTED = re.compile(r"[„“»«\"][^„“”»«\"]{0,2000}[“”«»\"]")
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=200_000)
def _starts(word: str) -> bool:
    return crc32(word.encode("utf-8")) % SAMPLE == 0


def sketch(text: str) -> Sketch:
    """Return the sampled gram checksums of a text, quotations left out, sorted, each once."""
    words = _WORD.findall(_QUOTED.sub(" ", text).lower())
    grams = {
        crc32(" ".join(words[i : i + GRAM]).encode("utf-8")) for i in range(len(words) - GRAM + 1) if _starts(words[i])
    }
    return array("I", sorted(grams)).tobytes()


def containment(one: Sketch, other: Sketch) -> float:
    """Return the share of the smaller sketch that the other holds; 0 where either is too small to say."""
    a, b = set(grams_of(one)), set(grams_of(other))
    small = min(len(a), len(b))
    return len(a & b) / small if small >= MIN_GRAMS else 0.0


def grams_of(sketch: Sketch) -> array[int]:
    """Return the checksums of a sketch."""
    grams = array("I")
    grams.frombytes(sketch)
    return grams


def clusters_of(
    names: Sequence[str], documents: Mapping[str, Document], sketches: dict[str, Sketch]
) -> tuple[tuple[str, ...], ...]:
    """Gather documents that are near-copies of one another.

    Args:
        names: ``Document.id`` values.
        documents: By id.
        sketches: Sketches by SHA-256, filled as needed, so that a text is read once.

    Returns:
        The clusters, each sorted, in order of their first member.
    """
    root = {n: n for n in names}

    def top(n: str) -> str:
        while root[n] != n:
            root[n] = root[root[n]]
            n = root[n]
        return n

    def join(a: str, b: str) -> None:
        one, other = sorted((top(a), top(b)))
        root[other] = one

    by_bytes: dict[str, str] = {}
    by_sketch: dict[Sketch, str] = {}
    sizes: dict[str, int] = {}
    postings: dict[int, list[str]] = {}
    shares: dict[tuple[str, str], int] = {}
    for n in sorted(names):
        doc = documents.get(n)
        if doc is None:
            continue
        if doc.sha256 in by_bytes:
            join(by_bytes[doc.sha256], n)
            continue
        by_bytes[doc.sha256] = n
        mine = sketches.get(doc.sha256)
        if mine is None:
            mine = sketches[doc.sha256] = sketch(doc.text)
        grams = grams_of(mine)
        if len(grams) < MIN_GRAMS:
            continue
        if mine in by_sketch:
            join(by_sketch[mine], n)
            continue
        by_sketch[mine] = n
        sizes[n] = len(grams)
        for g in grams:
            here = postings.setdefault(g, [])
            if len(here) < MAX_POSTINGS:
                for other in here:
                    shares[other, n] = shares.get((other, n), 0) + 1
                here.append(n)
    for (a, b), common in shares.items():
        if common >= NEAR_COPY * min(sizes[a], sizes[b]):
            join(a, b)
    found: dict[str, list[str]] = {}
    for n in sorted(set(names)):
        found.setdefault(top(n), []).append(n)
    return tuple(tuple(members) for members in found.values())
