"""From words to the numbers that the encoder reads.

The same code serves training and reading, so that both see the same pieces. Typographic quotation marks and dashes
count as their plain forms: the treebanks know few of them, and the sentence structure is the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from tokenizers import Tokenizer, models, pre_tokenizers

BOS, PAD, EOS, UNK = 0, 1, 2, 3
MAX_PIECES = 12  # of one word; a longer one is a web address or noise, and its beginning says enough
MAX_LETTERS = 256  # what is read of a word at all
CACHE_SIZE = 100_000  # words

PLAIN = str.maketrans({
    "„": '"', "“": '"', "”": '"', "«": '"', "»": '"', "‟": '"',
    "‚": "'", "‘": "'", "’": "'", "‹": "'", "›": "'", "`": "'", "´": "'",
    "–": "-", "—": "-", "‑": "-", "−": "-",
})  # fmt: skip


class Subwords:
    """Splits words into the kept pieces of the vocabulary; remembers what it split."""

    def __init__(self, pieces: Sequence[str], scores: Sequence[float]) -> None:
        vocabulary = [(piece, float(score)) for piece, score in zip(pieces, scores, strict=True)]
        self._tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=UNK, byte_fallback=False))
        self._tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
        self._known: dict[str, tuple[int, ...]] = {}

    def ids(self, word: str) -> tuple[int, ...]:
        """Return the piece numbers of a word, at least one and at most ``MAX_PIECES``."""
        word = word[:MAX_LETTERS]
        found = self._known.get(word)
        if found is None:
            plain = unicodedata.normalize("NFKC", word).translate(PLAIN).strip()
            plain = '"' if plain == "''" else plain  # typewriter marks of two characters
            found = tuple(self._tokenizer.encode(plain).ids[:MAX_PIECES]) or (UNK,)
            if len(self._known) >= CACHE_SIZE:
                self._known.clear()
            self._known[word] = found
        return found

    def sentence(self, words: Sequence[str]) -> tuple[list[int], list[int], list[int]]:
        """Return piece numbers with the two end marks, and the positions of each word's first and last piece."""
        ids, first, last = [BOS], [], []
        for word in words:
            first.append(len(ids))
            ids.extend(self.ids(word))
            last.append(len(ids) - 1)
        ids.append(EOS)
        return ids, first, last
