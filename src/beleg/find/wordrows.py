"""Rows of words and rules that several grammars share, and the vocabulary made of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from beleg.find.wordclasses import Payload
from beleg.lexicon import TableRow

Forms = dict[str, dict[str, Payload]]


@dataclass(frozen=True, slots=True)
class WordRow(TableRow):
    """Forms that belong to the same classes."""

    key: str
    classes: tuple[str, ...]
    words: tuple[str, ...]  # "Juli=7"
    endings: tuple[str, ...] = ()
    prefix: str | None = None  # class whose forms stand before, written together
    context: bool = False  # looked at beside an expression, never part of one
    capital: bool = True  # also with a capital: at the start of a sentence
    weak: bool = False  # alone never makes an expression: articles, numbers, hedges


@dataclass(frozen=True, slots=True)
class RuleRow(TableRow):
    """A pattern over classes and what computes its value."""

    key: str
    pattern: str
    op: str
    arg: str | None = None


def vocabulary(rows: Iterable[WordRow]) -> tuple[Forms, dict[str, frozenset[str]]]:
    """Return for each form its classes with what it stands for, and for each row (by key) its forms."""
    forms: Forms = {}
    of_row: dict[str, frozenset[str]] = {}
    for row in sorted(rows, key=lambda r: r.prefix is not None):
        made = spread(row, forms)
        of_row[row.key] = frozenset(made)
        for form, payload in made.items():
            for name in row.classes:
                forms.setdefault(form, {}).setdefault(name, payload)
    return forms, of_row


def spread(row: WordRow, forms: Forms) -> dict[str, Payload]:
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
                variants = (form, form[0].upper() + form[1:], form.upper()) if row.capital else (form,)
                for variant in variants:
                    if len(form) > 2 or variant != form.upper() or form == variant:
                        out.setdefault(variant, payload)
    for word in row.words if row.endings else ():
        stem, equals, value = word.partition("=")
        if stem[0].isupper():  # a noun that stands without its ending, too: months, weekdays
            for variant in (stem, stem.upper()):
                out.setdefault(variant, value if equals else stem)
    return out
