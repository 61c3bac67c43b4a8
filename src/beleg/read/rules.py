"""The tables of reading: what a line of an article's page is when it is not the article.

``data/<language>/reading.toml`` holds them, and ``data/any/reading.toml`` the English ones that stand on pages of any
language; all are tried on every text, since a German page keeps its player's English stub.
Matching is on folded text (case folded, blanks to one).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from beleg.lexicon import DATA, TableRow, languages, toml_table
from beleg.tables import TableCheck

Where = Literal["whole", "start", "end", "anywhere", "credit", "word"]
ANY = "any"
MAX_LINE = 1_500  # characters; what is longer is text, whatever stands in it
MAX_CREDIT = 80  # characters after "Foto:" that still are a name and an agency


@dataclass(frozen=True, slots=True)
class LineRule(TableRow):
    """A form that makes a paragraph something else than body."""

    key: str
    kind: Literal["caption", "byline", "dateline", "aside", "removed"]
    why: str
    where: Where
    forms: tuple[str, ...]
    follows: Literal["none", "headlines", "rest"] = "none"  # what else it marks below it


@dataclass(frozen=True, slots=True)
class BylineRule(TableRow):
    """Words before names that say who wrote, edited or translated; "{names}" is where the names stand."""

    key: str
    role: Literal["author", "editor", "translator", "contributor"]
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StampRule(TableRow):
    """Words beside a date in a time-stamp line."""

    key: str
    role: Literal["published", "updated", "filler"]
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MonthRule(TableRow):
    key: str
    number: int
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordRule(TableRow):
    """Words that matter at a line's edge: ``open`` ends no sentence, ``hyphen`` follows a suspended hyphen,
    ``and`` joins names, ``particle`` stands inside one, ``role`` ends the word for a writer's office."""

    key: str
    use: Literal["open", "hyphen", "and", "particle", "role"]
    forms: tuple[str, ...]


def _languages() -> tuple[str, ...]:
    return (*(x for x in languages() if (DATA / x / "reading.toml").is_file()), ANY)


@cache
def line_rules() -> tuple[LineRule, ...]:
    return tuple(r for x in _languages() for r in toml_table(x, "reading", LineRule, "line"))


@cache
def byline_rules() -> tuple[BylineRule, ...]:
    return tuple(r for x in _languages() for r in toml_table(x, "reading", BylineRule, "byline"))


@cache
def stamp_rules() -> tuple[StampRule, ...]:
    return tuple(r for x in _languages() for r in toml_table(x, "reading", StampRule, "stamp"))


@cache
def month_rules() -> tuple[MonthRule, ...]:
    return tuple(r for x in _languages() for r in toml_table(x, "reading", MonthRule, "month"))


@cache
def word_rules() -> tuple[WordRule, ...]:
    return tuple(r for x in _languages() for r in toml_table(x, "reading", WordRule, "word"))


def alternatives(forms: tuple[str, ...]) -> str:
    """Write forms as a pattern, the longest first, blanks as any run of blanks."""
    ordered = sorted({f.lower() for f in forms}, key=lambda f: (-len(f), f))
    return "|".join(re.escape(f).replace(r"\ ", r"\s+") for f in ordered)


@cache
def _line_pattern(rule: LineRule) -> re.Pattern[str]:
    words = f"(?:{alternatives(rule.forms)})"
    return re.compile(
        {
            "whole": rf"\W*{words}\W*",
            "start": rf"\W{{0,3}}{words}(?!\w).*",
            "end": rf".*(?<!\w){words}\W*",
            "anywhere": rf".*(?<!\w){words}(?!\w).*",
            "credit": rf".*(?<!\w){words}\s*.{{2,{MAX_CREDIT}}}",
            "word": rf"{words}",
        }[rule.where],
        re.DOTALL,
    )


def fold(text: str) -> str:
    return " ".join(text.split()).lower()  # not case folded: that lengthens "ß", and places are read off the result


@lru_cache(maxsize=20_000)
def line_rule(text: str) -> LineRule | None:
    """Return the first row that fires in a paragraph, or None."""
    if len(text) > MAX_LINE:
        return None
    low, bare = fold(text), _without_numbers(text)
    return next((r for r in line_rules() if _line_pattern(r).fullmatch(bare if r.where == "whole" else low)), None)


def _without_numbers(text: str) -> str:
    """Fold a line and leave its numbers out: "Kommentare (12)" and "Seite 3 von 9" are lines of their words."""
    return fold(re.sub(r"\d+", " ", text))


@cache
def _words(use: str) -> frozenset[str]:
    return frozenset(f.casefold() for r in word_rules() if r.use == use for f in r.forms)


def ends_open(text: str) -> bool:
    """Tell whether the last word cannot end a sentence or heading ("im", "der", "und")."""
    last = text.rsplit(None, 1)[-1:] or [""]
    return last[0].casefold() in _words("open") or last[0].endswith(",")


def keeps_hyphen(text: str) -> bool:
    """Tell whether the line goes on after a suspended hyphen ("Waffen- / und Munitionslager")."""
    first = text.split(None, 1)[:1] or [""]
    return first[0].casefold().strip(",") in _words("hyphen")


def conjunctions() -> frozenset[str]:
    return _words("and")


def particles() -> frozenset[str]:
    return _words("particle")


def names_role(text: str) -> bool:
    """Tell whether a word for a writer's office stands in ``text`` ("Leitender Wirtschaftsredakteur")."""
    return any(w.endswith(tuple(_words("role"))) for w in text.casefold().split())


def _fired_lines(text: str) -> set[str]:
    low, bare = fold(text), _without_numbers(text)
    return {r.key for r in line_rules() if _line_pattern(r).fullmatch(bare if r.where == "whole" else low)}


def _fired_words(text: str) -> set[str]:
    last = (text.split() or [""])[-1].casefold()
    first = (text.split() or [""])[0].casefold()
    edge = {"open": last, "hyphen": first, "and": last, "particle": first}
    at_edge = {r.key for r in word_rules() if edge.get(r.use) in {f.casefold() for f in r.forms}}
    return at_edge | {r.key for r in word_rules() if r.use == "role" and last.endswith(r.forms)}


TABLES = [
    TableCheck("*/reading.toml [[line]]", line_rules, _fired_lines),
    TableCheck("*/reading.toml [[word]]", word_rules, _fired_words),
]
