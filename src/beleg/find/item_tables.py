"""The tables of items: ``data/items.csv`` (kinds and designations) and ``compounds.toml`` of each language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from beleg.find.forms import expand
from beleg.find.gazetteer import Gazetteer
from beleg.find.quantities_tables import units
from beleg.lexicon import TableRow, csv_table, toml_table
from beleg.model import EventKind

SPACES = re.compile(r"(?<=\w)[ -](?=\w)")
MILLIMETRES = {"mm": 1, "cm": 10}  # in one of each unit that calibres are given in
# What may follow a designation to name its variant: "Leopard 2A6", "T-72M1", "F-16s", "S-300PMU-2".
VARIANT = re.compile(r"(?:[ -]?[A-Z]\d{1,2}[A-Z]?|[A-Z]{1,3}\d?(?:-\d)?|s|er)(?![\w])")


@dataclass(frozen=True, slots=True)
class ItemRow(TableRow):
    """A kind of thing or a designated weapon."""

    id: str
    parent: str | None
    label: str  # canonical English
    unit: str | None  # what one counts of it
    kind: str
    sipri: str | None  # armament category of the SIPRI register
    unroca: str | None  # category of the UN Register of Conventional Arms, I to VIII
    ml: str | None  # item of the EU Common Military List
    calibre: str | None
    designations: tuple[str, ...]  # names in all languages; blank, hyphen or nothing between letters and digits
    aliases_de: tuple[str, ...]
    aliases_en: tuple[str, ...]
    noun: str  # English noun that follows a designation in full: "Gepard" + "anti-aircraft tanks"
    kin: tuple[str, ...]  # kinds of item that the word may take up: "zwei der Maschinen" after "F-16"
    context: Literal["yes", "sides", "near", "kin", "no"]  # yes: counts only where the text names something that needs
    #         no context; sides: also in a sentence in which something passes from one side to another; near: only where
    #         such a thing stands in the same sentence; kin: only after an item of its ``kin``

    @property
    def key(self) -> str:
        return self.id

    @property
    def full(self) -> str:
        """The label with its noun: "Leopard 2 tanks"."""
        return f"{self.label} {self.noun}".strip()


@dataclass(frozen=True, slots=True)
class KindRow(TableRow):
    """A kind of item: the group it is in, and what an event about it is.

    Of the groups, "any arms" is a word for arms in general, "goods" is what is traded for them; a claim or denial about
    one group says nothing about another.
    """

    kind: str
    group: Literal["any arms", "arms", "people", "goods", "carrier", "other"]
    arms: bool  # a word for an event is about arms where such an item is named
    war: Literal["yes", "named", "no"]  # of war whatever the article is about; named: only items below the general one
    given: EventKind  # what giving it is
    built: EventKind  # what making it is


@cache
def item_kinds() -> dict[str, KindRow]:
    """Return the kinds of item by name."""
    return {row.kind: row for row in csv_table("item_kinds", KindRow)}


@cache
def item_rows() -> dict[str, ItemRow]:
    """Return the items by id."""
    return {row.id: row for row in csv_table("items", ItemRow)}


@dataclass(frozen=True, slots=True)
class TailRow(TableRow):
    """What the end of a compound makes of the item at its beginning."""

    forms: tuple[str, ...]
    effect: str
    en: str | None = None
    kind: str | None = None
    unit: str | None = None

    @property
    def key(self) -> str:
        return self.forms[0]


@dataclass(frozen=True, slots=True)
class BlockRow(TableRow):
    """Words that only look like an item."""

    forms: tuple[str, ...]

    @property
    def key(self) -> str:
        return self.forms[0]


@dataclass(frozen=True, slots=True)
class ItemTables:
    """Everything the finder looks up, for one language."""

    rows: dict[str, ItemRow]
    designations: Gazetteer[ItemRow]
    phrases: Gazetteer[ItemRow]  # lower case, of several words
    words: dict[str, ItemRow]  # lower case, single words
    endings: tuple[tuple[str, ItemRow], ...]  # lower case, longest first: may end a longer word
    tails: dict[str, TailRow]
    blocked: frozenset[str]
    stems: tuple[str, ...]  # each word of ``words`` begins with one of them
    nouns_capital: bool  # nouns are written with a capital, so that "waffen" within a verb is none


@dataclass(frozen=True, slots=True)
class PhraseRow(TableRow):
    """Small words between items."""

    use: Literal["list", "type", "calibre", "giving"]
    forms: tuple[str, ...]

    @property
    def key(self) -> str:
        return self.use


@dataclass(frozen=True, slots=True)
class ItemPhrases:
    """Patterns over the small words of a language."""

    open_member: re.Pattern[str]  # "170-mm-" in "170-mm- und 240-mm-Geschütze"; group 1 leaves out the hyphen
    list_gap: re.Pattern[str]  # between the members of such a list
    type_gap: re.Pattern[str]  # between "Raketen" and "KN-23"
    calibre: re.Pattern[str]  # all of "170-mm", "170mm"; groups of all three: the figure and its unit
    calibre_before: re.Pattern[str]  # "152 mm " before "Granaten"
    calibre_after: re.Pattern[str]  # " vom Kaliber 152 Millimeter" behind "Granaten"
    calibre_units: dict[str, int]  # lower case: millimetres in one
    giving: re.Pattern[str]  # a word that tells that something changes hands


def items() -> tuple[ItemRow, ...]:
    return csv_table("items", ItemRow)


def tails(language: str) -> tuple[TailRow, ...]:
    return toml_table(language, "compounds", TailRow, "tail")


def blocks(language: str) -> tuple[BlockRow, ...]:
    return toml_table(language, "compounds", BlockRow, "block")


def phrase_rows(language: str) -> tuple[PhraseRow, ...]:
    return toml_table(language, "compounds", PhraseRow, "phrase")


@cache
def item_phrases(language: str) -> ItemPhrases:
    """Build the patterns of a language."""
    forms = {r.use: "|".join(sorted(map(re.escape, r.forms), key=len, reverse=True)) for r in phrase_rows(language)}
    joint = rf"(?:,| (?:{forms['list']}))\s"
    giving = {w for r in phrase_rows(language) if r.use == "giving" for f in r.forms for w in expand(f)}
    lengths = {w: MILLIMETRES[u.unit] for u in units(language) if u.unit in MILLIMETRES for w in (*u.tails, *u.exact)}
    length = "|".join(sorted(map(re.escape, lengths), key=len, reverse=True))
    size = r"(\d{1,3}(?:[.,]\d{1,2})?)"
    return ItemPhrases(
        open_member=re.compile(rf"(?<![\w-])([\w-]+)-(?={joint})"),
        list_gap=re.compile(rf"{joint}+(?:[a-zäöü]+(?:e|en|er|es|em)\s+)?"),
        type_gap=re.compile(rf"\s+(?:(?:{forms['type']})\s+){{0,3}}[\"„»“']?"),
        calibre=re.compile(rf"{size}-?((?i:{length}))"),
        calibre_before=re.compile(rf"(?<![\w-]){size}[ -]((?i:{length}))[ -]$"),
        calibre_after=re.compile(rf" (?:{forms['calibre']}) {size}[ -]((?i:{length}))(?!\w)"),
        calibre_units=lengths,
        giving=re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, giving)))})(?!\w)"),
    )


def spellings(designation: str) -> Iterator[str]:
    """Yield the ways to write a designation: "KN-23", "KN 23", "KN23"; "Storm Shadow", "Storm-Shadow"."""
    for form in expand(designation):
        pieces = SPACES.split(form)
        if len(pieces) == 1 or len(pieces) > 3:
            yield form
            continue
        for mark in (" ", "-", ""):
            if mark == "" and not any(p[0].isdigit() or p[-1].isdigit() for p in pieces):
                continue
            yield mark.join(pieces)
        yield form


@cache
def item_tables(language: str) -> ItemTables:
    """Build the look-up of a language."""
    designations: list[tuple[str, ItemRow]] = []
    phrases: list[tuple[str, ItemRow]] = []
    words: dict[str, ItemRow] = {}
    endings: dict[str, ItemRow] = {}
    for row in items():
        designations += [(s, row) for d in row.designations for s in spellings(d)]
        for alias in getattr(row, f"aliases_{language}", row.aliases_en):
            for form in expand(alias):
                if alias.startswith("="):
                    designations.append((form, row))
                elif " " in form:
                    phrases.append((form.lower(), row))
                else:
                    words.setdefault(form.lower(), row)
                if alias.startswith("*"):
                    endings.setdefault(form.lower(), row)
    tail_forms = {f: t for t in tails(language) for form in t.forms for f in expand(form)}
    return ItemTables(
        rows={r.id: r for r in items()},
        designations=Gazetteer(designations, variant=VARIANT),
        phrases=Gazetteer(phrases),
        words=words,
        endings=tuple(sorted(endings.items(), key=lambda e: (-len(e[0]), e[0]))),
        tails=tail_forms,
        blocked=frozenset(f for b in blocks(language) for form in b.forms for f in expand(form)),
        stems=_stems(words),
        nouns_capital=any(
            a[:1].isupper() and " " not in a for r in items() for a in getattr(r, f"aliases_{language}", ())
        ),
    )


def _stems(words: dict[str, ItemRow]) -> tuple[str, ...]:
    """Return a smallest set of strings such that each word begins with one of them, so that few need to be sought."""
    stems: list[str] = []
    for word in sorted(words):
        if not stems or not word.startswith(stems[-1]):
            stems.append(word)
    return tuple(stems)
