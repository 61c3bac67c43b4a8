"""The words of a text as they are searched: without regard to case, by their German stem, each once.

The same stems are kept in both databases, so that a search finds the same in both: "Lieferungen" finds "Lieferung".
Stems are those of Snowball (https://snowballstem.org, algorithm "german"), whatever the language of the text; words of
other languages are cut the same way when kept and when searched for.
"""

from __future__ import annotations

import re
from unicodedata import normalize

import Stemmer

WORD = re.compile(r"[^\W_]+")  # letters and digits of any script
LONGEST = 100  # code points of a word that are kept
LIMIT = 200_000  # code points of the words of a text that are kept: PostgreSQL takes 1 MB
CACHED = 200_000

_stemmer = Stemmer.Stemmer("german", 0)


def fold(text: str) -> str:
    return normalize("NFC", text).casefold()


def stem(word: str) -> str:
    """Return the stem of a folded word."""
    return str(_stemmer.stemWord(word[:LONGEST]))


class _Stems(dict[str, str]):
    """Stems by word, as far as they were asked for lately."""

    def __missing__(self, word: str) -> str:
        if len(self) > CACHED:
            self.clear()
        self[word] = found = stem(word)
        return found


_stems = _Stems()


def words(text: str) -> str:
    """Return the stems of a text in the order of their first use, each once, with spaces between."""
    joined = " ".join(dict.fromkeys(map(_stems.__getitem__, WORD.findall(fold(text)))))
    return joined if len(joined) <= LIMIT else joined[:LIMIT].rpartition(" ")[0]
