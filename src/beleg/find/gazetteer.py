"""Look many names up in a text at once: whole words, the longest name first, no overlaps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick

T = TypeVar("T")

# One letter for one letter, so that offsets stay: hyphens and blanks that look alike are made alike.
ALIKE = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
                       "\u2019": "'", "\t": " "})  # fmt: skip
LINE_BREAK = re.compile(r"(?<=[^\n])\r?\n(?=[^\n])")


def alike(text: str) -> str:
    """Return the text with look-alike hyphens, blanks and single line breaks made alike, letter for letter."""
    return LINE_BREAK.sub(lambda m: " " * len(m[0]), text.translate(ALIKE))


class Hit(NamedTuple, Generic[T]):
    start: int
    end: int
    values: tuple[T, ...]  # several where one spelling names several things


class Gazetteer(Generic[T]):
    """A fixed set of spellings, each with what it stands for."""

    def __init__(
        self,
        entries: Iterable[tuple[str, T]],
        ends: Iterable[tuple[str, T]] = (),
        variant: re.Pattern[str] | None = None,
    ) -> None:
        """Build from (spelling, value) pairs.

        The spellings of ``ends`` also count as the end of a longer word; ``variant`` says what may follow a spelling
        and is then taken into the hit.
        """
        self._variant = variant
        whole: dict[str, list[T]] = {}
        for spelling, value in entries:
            bucket = whole.setdefault(spelling, [])
            if value not in bucket:
                bucket.append(value)
        open_left: dict[str, list[T]] = {}
        for spelling, value in ends:
            bucket = open_left.setdefault(spelling, [])
            if value not in bucket:
                bucket.append(value)
        spellings = sorted({*whole, *open_left})
        self._values = [(tuple(whole.get(s, ())), tuple(open_left.get(s, ()))) for s in spellings]
        self._automaton = AhoCorasick(spellings) if spellings else None

    def find(self, text: str) -> list[Hit[T]]:
        """Return the hits of a text (see ``alike``) in text order."""
        if self._automaton is None:
            return []
        length = len(text)
        found: list[tuple[int, int, int, tuple[T, ...]]] = []  # start, -end, variant letters, values
        for number, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if self._variant is not None and end < length and (more := self._variant.match(text, end)):
                extra, end = more.end() - end, more.end()
            elif end < length and text[end].isalnum():
                continue
            else:
                extra = 0
            whole, open_left = self._values[number]
            if start and text[start - 1].isalnum():
                if not open_left:
                    continue
                while start and text[start - 1].isalnum():
                    start -= 1
                found.append((start, -end, extra, open_left))
            else:
                found.append((start, -end, extra, whole or open_left))
        found.sort(key=_place)
        hits: list[Hit[T]] = []
        last = -1
        for start, minus_end, _, values in found:
            if start >= last:
                hits.append(Hit(start, -minus_end, values))
                last = -minus_end
        return hits


def _place(found: tuple[int, int, int, object]) -> tuple[int, int, int]:
    return found[:3]
