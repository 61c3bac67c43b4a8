"""The tables of numbers in use: ``data/<language>/quantities.toml`` and ``units.toml``, compiled once a language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from beleg.find.quantities_words import number_words
from beleg.find.wordclasses import Classifier, Payload
from beleg.find.wordrows import RuleRow, WordRow, vocabulary
from beleg.lexicon import TableRow, toml_table
from beleg.model import Bound, Counting

UnitKind = Literal["count", "measure", "money", "percent", "factor"]
DIGITS = "(G1~,~D3~(,~D3~)+|G1~([{group}]~D3~)+{space}|DIG~)([.|,]~DIG~)?"
LONGEST_TAIL = 24
SHORT = 2  # letters of an abbreviation that must not stand in capitals: "m", but "MW"


@dataclass(frozen=True, slots=True)
class Unit(TableRow):
    """Nouns that are booked in one unit."""

    key: str
    unit: str  # canonical English, plural
    kind: UnitKind
    tails: tuple[str, ...]  # alone, or the end of a compound
    exact: tuple[str, ...]  # alone only
    of: str | None = None  # the unit that an adjective narrows to this one: "australische" Dollar
    stem: str | None = None  # that adjective without its ending


@dataclass(frozen=True, slots=True)
class Format(TableRow):
    """How a language writes numbers in digits."""

    key: str
    group: tuple[str, ...]
    decimal: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hedge(TableRow):
    """Words before or behind a number that bound it."""

    key: str
    bound: Bound
    approx: bool
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountingCue(TableRow):
    """Words that make a number a running total, of a period, or of one event."""

    key: str
    counting: Counting
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumberGrammar:
    classes: Classifier
    pattern: re.Pattern[str]
    rules: tuple[RuleRow, ...]
    rows: tuple[WordRow, ...]
    forms: dict[str, frozenset[str]]
    format: Format
    hedges: dict[tuple[str, ...], Hedge]  # words before a number, small letters, in text order
    hedges_after: dict[tuple[str, ...], Hedge]
    hedge_rows: tuple[Hedge, ...]
    counting: dict[str, CountingCue]
    counting_rows: tuple[CountingCue, ...]
    after_nouns: frozenset[str]  # hedges that are prepositions of some nouns: "über"
    about: tuple[str, ...]  # ends of nouns that ask for one of them: "abkommen", "vertrag"
    numbered: tuple[str, ...]  # ends of nouns that a number behind them names: "straße", "brigade"
    adjective: tuple[str, ...]  # endings of adjectives between a number and its noun
    participle: tuple[str, ...]  # endings of verbs that can follow a number: "500 getötet"


def digits(run: str) -> dict[str, Payload]:
    """Return the classes of a run of digits: head of a group, group of three, any."""
    out: dict[str, Payload] = {"DIG": run}
    if len(run) <= 3 and (run[0] != "0" or run == "0"):
        out["G1"] = run
    if len(run) == 3:
        out["D3"] = run
    return out


@cache
def number_grammar(language: str) -> NumberGrammar:
    """Return the compiled number grammar of ``language``.

    Raises:
        TableError: the language has no quantities or numbers table.
    """
    rows = toml_table(language, "quantities", WordRow, array="word")
    rules = toml_table(language, "quantities", RuleRow, array="rule")
    (form,) = toml_table(language, "quantities", Format, array="format")
    hedges = toml_table(language, "quantities", Hedge, array="hedge")
    cues = toml_table(language, "quantities", CountingCue, array="counting")
    forms, of_row = vocabulary(rows)
    numbers = number_words(language)

    def unknown(word: str) -> dict[str, Payload]:
        value = numbers.value(word.lower()) if word[1:].islower() or len(word) == 1 else None
        if value is not None:
            return {"NUM": value}
        place = numbers.ordinal(word.lower())
        return {} if place is None else {"ORD": place}

    classes = Classifier(forms, digits, unknown)
    classes.prepare([frozenset({"NUM"}), frozenset({"ORD"})])
    marks = "|".join(g for g in form.group if g != " ")
    macro = DIGITS.format(group=marks, space="|G1~(¬~D3~)+" if " " in form.group else "")
    pattern = classes.compile((r.key, r.pattern.replace("{DIGITS}", macro)) for r in rules)
    before = {tuple(p.split()): h for h in hedges for p in h.before}
    after = {tuple(p.split()): h for h in hedges for p in h.after}
    counting = {w.lower(): c for c in cues for w in c.words}
    prepositions = frozenset(_words(rows, "NOUNPREP"))
    about = tuple(w.lower() for w in _words(rows, "ABOUTNOUN"))
    numbered = tuple(w.lower() for w in _words(rows, "NUMBEREDTAIL"))
    endings = _words(rows, "ADJENDING"), _words(rows, "VERBENDING")
    return NumberGrammar(
        classes,
        pattern,
        rules,
        rows,
        of_row,
        form,
        before,
        after,
        hedges,
        counting,
        cues,
        prepositions,
        about,
        numbered,
        *endings,
    )


def _words(rows: tuple[WordRow, ...], name: str) -> tuple[str, ...]:
    return tuple(w for row in rows if name in row.classes for w in row.words)


@cache
def units(language: str) -> tuple[Unit, ...]:
    return toml_table(language, "units", Unit, array="unit")


@cache
def _ends(language: str) -> tuple[dict[str, Unit], dict[str, Unit]]:
    exact = {w: u for u in units(language) for w in u.exact}
    tails = {w: u for u in units(language) for w in u.tails}
    return {**exact, **tails}, tails


def narrowed(unit: Unit, adjective: str, language: str) -> Unit:
    """Return the unit that "australische" makes of Dollar, else the unit itself."""
    for other in units(language):
        if other.of == unit.unit and other.stem and adjective.lower().startswith(other.stem):
            return other
    return unit


@lru_cache(maxsize=20_000)
def unit_of(noun: str, language: str) -> Unit | None:
    """Return the unit of a noun by itself or by the longest end that is in the table, None where none is."""
    word = noun if len(noun) <= SHORT and noun.isupper() else noun.lower()
    alone, tails = _ends(language)
    if word in alone:
        return alone[word]
    for start in range(max(1, len(word) - LONGEST_TAIL), len(word) - 2):
        found = tails.get(word[start:])
        if found is not None:
            return found
    return None
