"""The words of saying: verbs, nouns, adjectives and prepositions of ``data/<lang>/speech.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from beleg.lexicon import TableRow, toml_table

Content = Literal["dass", "ob", "verb-second", "zu", "quotation", "aside", "noun-phrase"]


@dataclass(frozen=True, slots=True)
class VerbRow(TableRow):
    """A verb of saying with its forms and what can carry the words said."""

    key: str
    particle: str
    kind: str
    finite: tuple[str, ...]
    joined: tuple[str, ...]
    content: tuple[Content, ...]
    needs: tuple[str, ...] = ()
    impersonal: bool = False  # "es heißt"
    alone: bool = False  # "Serbien protestierte": needs nothing beside its subject
    cites: bool = False  # its object is who said it: "zitierte einen Beamten"
    of: tuple[str, ...] = ()  # prepositions that bring what a thing is called: "sprach von einer „Katastrophe“"


@dataclass(frozen=True, slots=True)
class NounRow(TableRow):
    key: str
    forms: tuple[str, ...]
    kind: str
    content: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class AdjectiveRow(TableRow):
    key: str
    kind: str
    content: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class PrepositionRow(TableRow):
    key: str
    place: Literal["before", "after"]
    nouns: tuple[str, ...]
    but: tuple[str, ...] = ()  # nouns that only end like those
    guessed: tuple[str, ...] = ()  # nouns of which what is said is an estimate


@dataclass(frozen=True, slots=True)
class SpeechTables:
    verbs: tuple[VerbRow, ...]
    finite: dict[str, tuple[VerbRow, ...]]
    joined: dict[str, tuple[VerbRow, ...]]
    nouns: dict[str, NounRow]
    adjectives: dict[str, AdjectiveRow]
    before: dict[str, PrepositionRow]
    after: dict[str, PrepositionRow]
    after_words: frozenset[str]  # the last words of those: "zufolge", "folge"


@cache
def tables(language: str) -> SpeechTables:
    finite: dict[str, tuple[VerbRow, ...]] = {}
    joined: dict[str, tuple[VerbRow, ...]] = {}
    verbs = toml_table(language, "speech", VerbRow, "verb")
    for row in verbs:
        for form in row.finite:
            finite[form] = (*finite.get(form, ()), row)
        for form in row.joined:
            joined[form] = (*joined.get(form, ()), row)
    nouns = {f.lower(): r for r in toml_table(language, "speech", NounRow, "noun") for f in r.forms}
    prepositions = toml_table(language, "speech", PrepositionRow, "preposition")
    return SpeechTables(
        verbs,
        finite,
        joined,
        nouns,
        {r.key: r for r in toml_table(language, "speech", AdjectiveRow, "adjective")},
        {r.key.lower(): r for r in prepositions if r.place == "before"},
        {r.key.lower(): r for r in prepositions if r.place == "after"},
        frozenset(r.key.split()[-1].lower() for r in prepositions if r.place == "after"),
    )
