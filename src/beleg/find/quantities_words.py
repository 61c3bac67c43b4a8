"""The value of a number word ("zweihunderteinundfünfzig"), from the parts in ``data/<language>/numbers.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from beleg.lexicon import TableRow, toml_table
from beleg.tables import TableCheck

LEAST_ORDINAL = 4  # those below are irregular, or verbs ("einte")


@dataclass(frozen=True, slots=True)
class Part(TableRow):
    key: str
    kind: Literal["add", "times", "link", "half", "whole", "ordinal"]
    words: tuple[str, ...]  # "zwei=2"


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The number words of a language."""

    whole: dict[str, float]
    parts: dict[str, tuple[str, float]]  # part → kind, value
    shape: re.Pattern[str]
    piece: re.Pattern[str]
    rows: tuple[Part, ...]
    endings: tuple[str, ...]  # of ordinals, the longest first

    def ordinal(self, word: str) -> float | None:
        """Return the place that an ordinal in small letters names ("siebenundzwanzigste"), from LEAST_ORDINAL on."""
        for ending in self.endings:
            if word.endswith(ending):
                value = self.value(word[: -len(ending)])
                if value is not None and value >= LEAST_ORDINAL:
                    return value
        return None

    def value(self, word: str) -> float | None:
        """Return the value of a word in small letters, None where it is no number word."""
        if word in self.whole:
            return self.whole[word]
        if not self.shape.fullmatch(word):
            return None
        total = current = 0.0
        kind = ""
        for m in self.piece.finditer(word):
            before, (kind, value) = kind, self.parts[m[0]]
            if kind == "add":
                current += value
            elif kind == "half":
                return total + current + value
            elif kind == "times" and value < 1000:
                current = (current or 1) * value
            elif kind == "times":
                total, current = total + (current or 1) * value, 0.0
            elif before in ("", "link"):
                return None
        return None if kind == "link" else total + current


@cache
def number_words(language: str) -> NumberWords:
    """Return the number words of ``language``.

    Raises:
        TableError: the language has no numbers table.
    """
    rows = toml_table(language, "numbers", Part, array="part")
    whole: dict[str, float] = {}
    parts: dict[str, tuple[str, float]] = {}
    endings: list[str] = []
    for row in rows:
        for word in row.words:
            form, _, value = word.partition("=")
            if row.kind == "ordinal":
                endings.append(form)
            elif row.kind == "whole":
                whole[form] = float(value)
            else:
                parts[form] = (row.kind, float(value or 0))
    piece = "|".join(sorted(map(re.escape, parts), key=lambda p: (-len(p), p)))
    return NumberWords(
        whole,
        parts,
        re.compile(f"(?:{piece})+"),
        re.compile(piece),
        rows,
        _longest(endings),
    )


def _longest(words: list[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda w: (-len(w), w)))


def _fired(language: str, sentence: str) -> set[str]:
    words = number_words(language)
    out = set()
    for token in re.findall(r"[^\W\d_]+", sentence.lower()):
        if words.ordinal(token) is not None:
            out |= {row.key for row in words.rows if row.kind == "ordinal"}
        if words.value(token) is None:
            continue
        found = {token} if token in words.whole else {m[0] for m in words.piece.finditer(token)}
        out |= {row.key for row in words.rows if found & {w.partition("=")[0] for w in row.words}}
    return out


def _check(language: str) -> TableCheck:
    return TableCheck(
        f"{language}/numbers.toml", lambda: number_words(language).rows, lambda sentence: _fired(language, sentence)
    )


TABLES = [_check("de")]
