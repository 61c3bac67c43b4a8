"""Basic forms of words: those of our own table first, then simplemma's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import simplemma

from beleg.lexicon import TableRow, toml_table
from beleg.tables import TableCheck

LEMMA_LANGUAGES = ("de", "en")


@dataclass(frozen=True, slots=True)
class LemmaRow(TableRow):
    """One row of lemmas.toml."""

    form: str
    lemma: str

    @property
    def key(self) -> str:
        return self.form


@cache
def _own(language: str) -> dict[str, str]:
    return {r.form: r.lemma for r in toml_table(language, "lemmas", LemmaRow)}


def lemma(word: str, language: str) -> str:
    """Return the basic form of a word, the word itself in a language without a list."""
    if language not in LEMMA_LANGUAGES:
        return word
    return _own(language).get(word.lower()) or simplemma.lemmatize(word, lang=language)


def _fired(text: str) -> set[str]:
    return {word.lower() for word in text.rstrip(".").split()} & set(_own("de"))


TABLES = [TableCheck("de/lemmas.toml", lambda: toml_table("de", "lemmas", LemmaRow), _fired)]
