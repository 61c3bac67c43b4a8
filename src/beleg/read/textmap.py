"""Clean text, written piece by piece with the place in the source that each piece stands for.

Folded here: runs of spaces to one, decomposed letters to composed ones, ligatures to letters, soft hyphens and
characters without width or with a writing direction to nothing. Everything else stands as it stood; no-break spaces
stay, for numbers are read by them.
"""

from __future__ import annotations

import re
import unicodedata

from beleg.model import Piece, Span, TextMap

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u180e"
DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
LIGATURES = "\ufb00-\ufb06"
# One match is one piece of unequal length: a run of blanks, a letter with its marks, a ligature, what is dropped.
_FOLDED = re.compile(
    "(?P<blank>[ \\t\\n\\r\\f\\v\u2028\u2029\u0085\x1c-\x1f]+)"
    f"|(?P<compose>[^\\W\\d_{LIGATURES}][\u0300-\u036f]+)"
    f"|(?P<ligature>[{LIGATURES}])"
    f"|(?P<drop>[{INVISIBLE}{DIRECTION}\x00-\x08\x0b\x0e-\x1b\x7f-\x84\x86-\x9f]+)"
)

_WORD = re.compile(r"\w")


class TextWriter:
    """Collects clean text and its map; source places must not run backwards."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self._length = 0
        self._pieces: list[Piece] = []
        self._letters = False  # the last piece stands letter by letter for its source

    @property
    def length(self) -> int:
        return self._length

    @property
    def source_end(self) -> int:
        """Where in the source the last piece ended."""
        return self._pieces[-1].source_end if self._pieces else 0

    def write(self, text: str, source_start: int, source_end: int) -> None:
        """Add clean ``text`` that stands for ``source[source_start:source_end]``; nothing is folded."""
        if not text:
            return
        start, end = self._length, self._length + len(text)
        self._parts.append(text)
        self._length = end
        last = self._pieces[-1] if self._pieces else None
        alike = _alike(text, self._source[source_start:source_end])
        joins, self._letters = alike and self._letters, alike
        if joins and last and last.source_end == source_start:
            self._pieces[-1] = Piece(last.start, end, last.source_start, source_end)
        else:
            self._pieces.append(Piece(start, end, source_start, source_end))

    def copy(self, source_start: int, source_end: int) -> None:
        """Add ``source[source_start:source_end]``, folded."""
        at = source_start
        for m in _FOLDED.finditer(self._source, source_start, source_end):
            if m.group() == " ":  # a single blank stands for itself: most matches, kept in the run around it
                continue
            self.write(self._source[at : m.start()], at, m.start())
            self.write(_fold(m), m.start(), m.end())
            at = m.end()
        self.write(self._source[at:source_end], at, source_end)

    def finish(self) -> tuple[str, TextMap]:
        return "".join(self._parts), TextMap(tuple(self._pieces))


def _alike(text: str, source: str) -> bool:
    """Tell whether clean text stands letter by letter for its source, blanks of any kind counting as one."""
    return text == source or (len(text) == len(source) and text.isspace() and source.isspace())


def _fold(m: re.Match[str]) -> str:
    kind = m.lastgroup
    if kind == "blank":
        return " "
    if kind == "compose":
        return unicodedata.normalize("NFC", m.group())
    if kind == "ligature":
        return unicodedata.normalize("NFKC", m.group())
    return ""


def folded(text: str) -> str:
    """Fold ``text`` as ``TextWriter.copy`` does, blanks at the ends cut off."""
    return _FOLDED.sub(_fold, text).strip()


def lifted(text: str, source: str, text_map: TextMap) -> tuple[Span, ...]:
    """List the stretches of the source that have words and are not in the clean text, in order."""
    out = []
    at = 0
    for p in text_map.pieces:
        stretches = [(at, p.source_start)]
        if text[p.start : p.end].isspace():
            stretches.append((p.source_start, p.source_end))
        out += [_trimmed(source, a, b) for a, b in stretches if _WORD.search(source, a, b)]
        at = p.source_end
    if _WORD.search(source, at):
        out.append(_trimmed(source, at, len(source)))
    return tuple(out)


def _trimmed(source: str, start: int, end: int) -> Span:
    text = source[start:end]
    return Span(start + len(text) - len(text.lstrip()), end - (len(text) - len(text.rstrip())))
