"""The grammar of time expressions of a language, read from ``data/<language>/dates.toml`` and compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from beleg.find.quantities_words import number_words
from beleg.find.wordclasses import ELEMENT, Classifier, Payload
from beleg.lexicon import toml_table

CUES = ("WILL", "WAS", "YEAR", "DEICTIC", "WEEKDAY")  # classes that are searched for alone


@dataclass(frozen=True, slots=True)
class WordRow:
    """Forms that belong to the same classes."""

    key: str
    classes: tuple[str, ...]
    words: tuple[str, ...]  # "Juli=7"
    source: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    endings: tuple[str, ...] = ()
    prefix: str | None = None  # class whose forms stand before, written together
    context: bool = False  # looked at beside an expression, never part of one
    capital: bool = True  # also with a capital: at the start of a sentence


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A pattern over classes and what computes its value."""

    key: str
    pattern: str
    op: str
    source: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    arg: str | None = None


@dataclass(frozen=True, slots=True)
class Grammar:
    classes: Classifier
    pattern: re.Pattern[str]  # all rules; the group name "r<number>" gives the rule
    rules: tuple[RuleRow, ...]
    names: tuple[frozenset[str], ...]  # of each rule, the classes in its pattern
    rows: tuple[WordRow, ...]
    forms: dict[str, frozenset[str]]  # of each word row, its forms
    cues: dict[str, re.Pattern[str]]  # one class of cue words each, over class characters


def spread(row: WordRow, forms: dict[str, dict[str, Payload]]) -> dict[str, Payload]:
    """Return the forms of a row with what each stands for: endings, prefixes, capitals."""
    out: dict[str, Payload] = {}
    before = [(f, c[row.prefix]) for f, c in forms.items() if row.prefix in c] if row.prefix else [("", None)]
    for word in row.words:
        stem, equals, value = word.partition("=")
        for front, first in before:
            payload: Payload = value if equals else stem
            if first is not None:
                payload = f"{first};{payload}"
            for ending in row.endings or ("",):
                form = front + stem + ending
                for variant in (form, form[0].upper() + form[1:], form.upper()) if row.capital else (form,):
                    if len(form) > 2 or variant != form.upper() or form == variant:
                        out.setdefault(variant, payload)
    if not row.endings:
        return out
    for word in row.words:  # a stem that is a word of its own: months, weekdays
        stem, equals, value = word.partition("=")
        if stem[0].isupper():
            for variant in (stem, stem.upper()):
                out.setdefault(variant, value if equals else stem)
    return out


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
    forms: dict[str, dict[str, Payload]] = {}
    of_row: dict[str, frozenset[str]] = {}
    for row in sorted(rows, key=lambda r: r.prefix is not None):
        made = spread(row, forms)
        of_row[row.key] = frozenset(made)
        for form, payload in made.items():
            for name in row.classes:
                forms.setdefault(form, {}).setdefault(name, payload)
    numbers = number_words(language)

    def unknown(word: str) -> dict[str, Payload]:
        value = numbers.value(word.lower())
        return {} if value is None else {"NUM": value}

    classes = Classifier(forms, digits, unknown)
    classes.prepare([frozenset({"NUM"})])
    names = tuple(_names(r.pattern) for r in rules)
    cues = {c: re.compile(f"[{classes.members(c)}]") for c in CUES}
    pattern = classes.compile((r.key, r.pattern) for r in rules)
    return Grammar(classes, pattern, rules, names, rows, of_row, cues)


def _names(pattern: str) -> frozenset[str]:
    found = (m["name"].strip("[]").split("|") for m in ELEMENT.finditer(pattern) if m["name"])
    return frozenset(name for names in found for name in names)
