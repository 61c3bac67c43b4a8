"""A text as a string of word classes, so that rules about words become short patterns over single characters.

Every token of the text (word, run of digits, run of white space, punctuation mark) is mapped to the set of classes that
a table gives its form, and every distinct set of classes to one character. A rule such as ``DAYNUM~. MONTH YEAR?`` is
compiled to an ordinary regular expression over these characters; all rules of a table run as one alternation, in one
pass, at the speed of ``re`` over a string six times shorter than the text.

The pattern language: elements are separated by blanks, between which white space may or may not stand in the text;
``~`` glues two elements (no white space). An element is the name of a class (capitals), a punctuation mark that stands
for itself, ``[A|B]`` for one of several, ``(…)`` for a group, ``X`` for any capitalised and ``x`` for any small
unknown word, each with ``?``, ``*`` or ``+`` behind it; ``!(…)`` and ``=(…)`` look ahead, ``<!(…)`` and ``<=(…)`` at
what stands before, where every element is one token and ``_`` is white space (glue: ``<=(WORD~_~)``), ``¬`` a single
blank.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate

TOKEN = re.compile(r"[^\W\d_]+|\d+|\s+|.", re.DOTALL)
SPACE = r"[ \n]"  # a single blank, and any other white space without an empty line
BREAK = "¶"  # white space with an empty line: no rule reaches across it
SMALL, CAPITAL = "x", "X"
OPEN = {"(": "(?:", "!(": "(?!", "=(": "(?=", "<!(": "(?<!", "<=(": "(?<="}
ROOM = 50_000  # unknown words remembered before the memory is emptied: keeps it flat on any amount of text

Payload = object
Digits = Callable[[str], Mapping[str, Payload]]


@dataclass(frozen=True, slots=True)
class Classed:
    """Tokens of a text with their starts and classes, index for index; ``classes`` is a string of one mark a token."""

    tokens: list[str]
    starts: list[int]
    classes: str

    def end(self, index: int) -> int:
        return self.starts[index] + len(self.tokens[index])


class Classifier(dict[str, str]):
    """Maps a token to the character of its classes; learns unknown tokens on the way.

    ``words`` gives for each form its classes with what the form stands for; ``digits`` does so for runs of digits, and
    ``unknown`` for words in no table (compounds, number words), returning an empty mapping where it knows nothing.
    """

    def __init__(
        self,
        words: Mapping[str, Mapping[str, Payload]],
        digits: Digits,
        unknown: Callable[[str], Mapping[str, Payload]],
    ) -> None:
        super().__init__()
        self._marks: dict[frozenset[str], str] = {}
        self._digits, self._unknown = digits, unknown
        self._known = words
        for names in digits_shapes(digits):
            self._mark(names)
        for form, classes in words.items():
            self[form] = self._mark(frozenset(classes))
        self._kept = len(self)

    def _mark(self, names: frozenset[str]) -> str:
        return self._marks.setdefault(names, chr(0xE000 + len(self._marks)))

    def __missing__(self, token: str) -> str:
        if len(self) > self._kept + ROOM:
            for key in list(self)[self._kept :]:
                del self[key]
        if token.isspace():
            mark = BREAK if token.count("\n") > 1 else " " if len(token) == 1 and token != "\n" else "\n"
        elif token.isdecimal():
            mark = self._mark(frozenset(self._digits(token)))
        elif token[0].isalpha() and token not in self._known:
            classes = self._unknown(token)
            mark = self._mark(frozenset(classes)) if classes else CAPITAL if token[0].isupper() else SMALL
        else:
            mark = token if len(token) == 1 else SMALL
        self[token] = mark
        return mark

    def known(self, token: str) -> Mapping[str, Payload]:
        """Return the classes of a token with what it stands for in each."""
        found = self._known.get(token)
        if found is None:
            found = self._digits(token) if token.isdecimal() else self._unknown(token) if token[0].isalpha() else {}
        return found

    def classed(self, text: str) -> Classed:
        tokens = TOKEN.findall(text)
        starts = [0, *accumulate(map(len, tokens))]
        starts.pop()
        return Classed(tokens, starts, "".join(map(self.__getitem__, tokens)))

    def members(self, name: str) -> str:
        """Return the marks of all class sets that contain ``name``, for a character class of a pattern."""
        if name in (SMALL, CAPITAL):
            return name
        return "".join(sorted(m for names, m in self._marks.items() if name in names))

    def any_of(self, names: Iterable[str]) -> str:
        """Return the marks of all class sets that contain one of ``names``."""
        wanted = set(names)
        return "".join(sorted(m for held, m in self._marks.items() if wanted & held))

    def prepare(self, sets: Iterable[frozenset[str]]) -> None:
        """Make marks for class sets that ``unknown`` may return later, before patterns are compiled."""
        for names in sets:
            self._mark(names)

    def compile(self, patterns: Iterable[tuple[str, str]]) -> re.Pattern[str]:
        """Compile (key, pattern) pairs to one alternation whose group names are ``r`` and the pair's number.

        Raises:
            ValueError: a pattern names a class with no words, or is malformed.
        """
        parts = [f"(?P<r{i}>{self.regex(pattern)})" for i, (_, pattern) in enumerate(patterns)]
        return re.compile(f"(?!{SPACE})(?:{'|'.join(parts)})")

    def regex(self, pattern: str) -> str:
        """Return the pattern over class characters that a pattern over class names stands for."""
        out: list[str] = []
        behind, depth = 0, 0  # depth of the look-behind we are in, where white space cannot be optional
        for m in ELEMENT.finditer(pattern):
            if m["bad"]:
                raise ValueError(f"pattern {pattern!r}: cannot read {m['bad']!r}")
            if m["open"]:
                depth += 1
                behind = behind or (depth if m["open"].startswith("<") else 0)
                out.append(OPEN[m["open"]])
            elif m["close"]:
                behind, depth = (0 if behind == depth else behind), depth - 1
                out.append(")" + (m["after"] or ""))
            elif m["bar"]:
                out.append("|")
            elif m["stray"]:
                continue
            elif m["blank"]:
                out.append(f"{SPACE}?")
            else:
                atom, count = self._atom(m, pattern), m["count"] or ""
                out.append(f"(?:{atom}{'' if m['glue'] or behind else SPACE + '?+'}){count}")
        return "".join(out)

    def _atom(self, m: re.Match[str], pattern: str) -> str:
        if m["mark"] == "_":
            return SPACE
        if m["mark"] == "¬":
            return " "
        if m["mark"]:
            return re.escape(m["mark"])
        members = ""
        for name in m["name"].strip("[]").split("|"):
            found = self.members(name) if len(name) > 1 or name in (SMALL, CAPITAL) else re.escape(name)
            if not found:
                raise ValueError(f"pattern {pattern!r}: no word is of class {name}")
            members += found
        return f"[{members}]"


ELEMENT = re.compile(
    r"(?P<blank>\s+)|(?P<stray>~)|(?P<open>(?:<!|<=|!|=)?\()|(?P<close>\))(?P<after>[?*+])?|(?P<bar>\|)"
    r"|(?:(?P<name>[A-Z][A-Z0-9]*|x|\[[^\]]+\])|(?P<mark>[^\w\s~?*+()|]|_))(?P<count>[?*+])?(?P<glue>~)?|(?P<bad>.)"
)


def digits_shapes(digits: Digits) -> list[frozenset[str]]:
    """Return every set of classes that a run of digits can have, found by trying runs of each length and size."""
    runs = [str(n) for n in range(0, 2300)] + [
        "00",
        "01",
        "09",
        "010",
        "0100",
        "12345",
        "123456",
        "1234567",
        "20241011",
    ]
    return sorted({frozenset(digits(run)) for run in runs}, key=sorted)


def clause_around(classed: Classed, first: int, last: int) -> tuple[int, int]:
    """Return the token range between the marks that bound a clause."""
    marks = classed.classes
    left, right = first, last
    while left > 0 and first - left < 60 and marks[left - 1] not in CLAUSE_MARKS and not stops(classed, left - 1):
        left -= 1
    while right < len(marks) and right - last < 60 and marks[right] not in CLAUSE_MARKS and not stops(classed, right):
        right += 1
    return left, right


def sentence_around(classed: Classed, first: int, last: int) -> tuple[int, int]:
    """Return the token range of the sentence around a range, at most 120 tokens to each side."""
    marks = classed.classes
    left, right = first, last
    while left > 0 and first - left < 120 and marks[left - 1] != "¶" and not stops(classed, left - 1):
        left -= 1
    while right < len(marks) and right - last < 120 and marks[right] != "¶" and not stops(classed, right):
        right += 1
    return left, right


CLAUSE_MARKS = frozenset(',;:„“”»«"()¶!?')


def stops(classed: Classed, index: int) -> bool:
    """Whether a token is a full stop that ends a sentence: not behind a number, before white space and a capital."""
    tokens = classed.tokens
    if tokens[index] not in (".", "!", "?"):
        return False
    if tokens[index] == "." and index and tokens[index - 1].isdecimal() and len(tokens[index - 1]) < 3:
        return False
    return index + 1 >= len(tokens) or tokens[index + 1].isspace()
