"""The grammar of time expressions of a language, read from ``data/<language>/dates.toml`` and compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from beleg.find.quantities_words import number_words
from beleg.find.wordclasses import ELEMENT, Classifier, Payload
from beleg.find.wordrows import RuleRow, WordRow, vocabulary
from beleg.lexicon import toml_table

PLAIN = frozenset(" \n¶xX.,;:")
CUES = ("WILL", "WAS", "HAVE", "YEAR", "DEICTIC", "WEEKDAY")  # classes that are searched for alone


@dataclass(frozen=True, slots=True)
class Grammar:
    language: str
    classes: Classifier
    pattern: re.Pattern[str]  # all rules; the group name "r<number>" gives the rule
    rules: tuple[RuleRow, ...]
    names: tuple[frozenset[str], ...]  # of each rule, the classes in its pattern
    rows: tuple[WordRow, ...]
    forms: dict[str, frozenset[str]]  # of each word row, its forms
    cues: dict[str, re.Pattern[str]]  # one class of cue words each, over class characters
    strong: re.Pattern[str]  # any word without which no rule matches
    plain: frozenset[str]  # marks with which no rule starts


def digits(run: str) -> dict[str, Payload]:
    """Return the classes of a run of digits: what it can be by its length and size."""
    out: dict[str, Payload] = {"DIG": run}
    size, value = len(run), int(run) if len(run) < 5 else 99999
    if size <= 2:
        if 1 <= value <= 31:
            out["DAYNUM"] = run
        if 1 <= value <= 12:
            out["MONNUM"] = run
        if value <= 24:
            out["HOUR"] = run
    if size == 2:
        out["YY"] = run
        if value <= 59:
            out["MIN"] = run
        if 1 <= value <= 12:
            out["MONNUM2"] = run
    if size == 3:
        out["DIG3"] = run
    if size == 4 and 1000 <= value < 2200:
        out["YEAR"] = run
    return out


@cache
def grammar(language: str) -> Grammar:
    """Return the compiled grammar of ``language``.

    Raises:
        TableError: the language has no dates table.
    """
    rows = toml_table(language, "dates", WordRow, array="word")
    rules = toml_table(language, "dates", RuleRow, array="rule")
    forms, of_row = vocabulary(rows)
    numbers = number_words(language)

    def unknown(word: str) -> dict[str, Payload]:
        value = numbers.value(word.lower())
        return {} if value is None else {"NUM": value}

    classes = Classifier(forms, digits, unknown)
    classes.prepare([frozenset({"NUM"})])
    names = tuple(_names(r.pattern) for r in rules)
    cues = {c: re.compile(f"[{classes.members(c)}]") for c in CUES}
    pattern = classes.compile((r.key, r.pattern) for r in rules)
    strong = {name for row in rows if not (row.weak or row.context) for name in row.classes} | {"DIG"}
    return Grammar(
        language, classes, pattern, rules, names, rows, of_row, cues, re.compile(f"[{classes.any_of(strong)}]"), PLAIN
    )


def _names(pattern: str) -> frozenset[str]:
    found = (m["name"].strip("[]").split("|") for m in ELEMENT.finditer(pattern) if m["name"])
    return frozenset(name for names in found for name in names)
