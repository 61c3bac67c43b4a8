"""Which sentences are worth parsing: those that hold a term of the field, and their neighbours.

Generous on purpose: terms are looked for anywhere in a word ("raketen" in "Kurzstreckenraketen"), and the sentence
before and after counts too, since "Er bestätigte das" belongs to what it follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import ahocorasick_rs

from beleg.model import Sentence

NEIGHBOURS = 1  # sentences on either side, within the document


@lru_cache(maxsize=8)
def _automaton(terms: tuple[str, ...]) -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(terms)


def relevant(sentences: Sequence[Sentence], text: str, terms: Sequence[str]) -> list[bool]:
    """Tell which sentences hold a term or stand beside one that does.

    Args:
        sentences: In text order.
        text: The document's text.
        terms: Words or parts of words, any case.

    Returns:
        One truth value a sentence, in the same order; all False where there are no terms.
    """
    lowered = tuple(sorted({t.lower() for t in terms if t.strip()}))
    if not lowered:
        return [False] * len(sentences)
    automaton = _automaton(lowered)
    hits = [bool(automaton.find_matches_as_indexes(text[s.span.start : s.span.end].lower())) for s in sentences]
    return [any(hits[max(0, i - NEIGHBOURS) : i + NEIGHBOURS + 1]) for i in range(len(sentences))]
