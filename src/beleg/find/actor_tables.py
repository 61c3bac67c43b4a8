"""The tables of actors: states, bodies, outlets, persons, and the nouns that name somebody by role.

``data/states.csv`` (built by ``scripts/build_tables.py``), ``data/actors.csv``, ``data/persons.csv``, and for each
language ``roles.toml`` and ``naming.toml``. Columns that end in a language hold the forms of that language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal, NamedTuple

from beleg.find.forms import adjectives, expand, names, people
from beleg.find.gazetteer import Gazetteer
from beleg.lexicon import TableRow, csv_table, toml_table

ActorKind = Literal[
    "state", "government", "military", "intelligence", "think_tank", "academic", "media", "agency", "company", "ngo",
    "international_org", "group", "person", "anonymous",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ActorRow(TableRow):
    """A state, body, company, institute, outlet or agency."""

    id: str  # ISO 3166-1 alpha-2 of states, else a name of our own
    name: str  # canonical English
    kind: ActorKind
    country: str | None
    parent: str | None  # id of the body it belongs to
    organ: str | None  # what it is to its country: "defence_ministry", see roles.toml
    names_de: tuple[str, ...]
    capitals_de: tuple[str, ...]
    metonyms_de: tuple[str, ...]
    adjectives_de: tuple[str, ...]
    people_de: tuple[str, ...]
    compass_de: tuple[str, ...]  # "Süden": counts only after an article, where the state is named besides
    names_en: tuple[str, ...]
    capitals_en: tuple[str, ...]
    adjectives_en: tuple[str, ...]

    @property
    def key(self) -> str:
        return self.id


@dataclass(frozen=True, slots=True)
class PersonRow(TableRow):
    """A person with the office that made the name known, and when it was held."""

    id: str
    name: str  # canonical English
    kind: ActorKind
    country: str | None
    office: str  # English
    since: str | None  # YYYY[-MM[-DD]]
    until: str | None
    forms: tuple[str, ...]  # full names in the spellings that are seen
    surnames: tuple[str, ...]
    bare: Literal["always", "country", "named"]  # the surname alone counts: always; where the person's country is
    #                                              named in the text; or only after the full name

    @property
    def key(self) -> str:
        return self.id


@dataclass(frozen=True, slots=True)
class RoleRow(TableRow):
    """A noun that names somebody by what they do; see the head of roles.toml."""

    forms: tuple[str, ...]
    en: str
    kind: ActorKind
    title: bool = False
    named: bool = False
    ending: bool = False
    alone: bool = False
    abroad: bool = False
    never: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    organ: str | None = None
    refers: tuple[str, ...] = ()
    country: str | None = None

    @property
    def key(self) -> str:
        return self.forms[0]


@dataclass(frozen=True, slots=True)
class WordsRow(TableRow):
    """Small words that stand around names."""

    use: str
    forms: tuple[str, ...]

    @property
    def key(self) -> str:
        return self.use


SMALL = ("link", "where", "via", "from", "at_place", "definite", "singular", "before_capital", "joins")
NamingForm = Literal["name", "demonym", "capital", "metonym", "person", "surname", "compass", "role", "never"]


class Naming(NamedTuple):
    """One way to name one actor."""

    form: NamingForm
    row: ActorRow | PersonRow | RoleRow
    base: bool = True  # role nouns: the form as the dictionary has it


@dataclass(frozen=True, slots=True)
class ActorTables:
    """Everything the finder looks up, for one language."""

    gazetteer: Gazetteer[Naming]
    states: dict[str, ActorRow]
    bodies: dict[str, ActorRow]  # all rows but states
    offices: dict[str, str]  # of persons, by id
    surnames: dict[str, tuple[PersonRow, ...]]
    organs: dict[tuple[str, str], ActorRow]  # (country, organ)
    words: dict[str, frozenset[str]] = field(default_factory=dict)
    capitals: dict[str, ActorRow] = field(default_factory=dict)  # without genitives
    opening_adjectives: frozenset[str] = frozenset()  # with the capital that opens a sentence
    small: frozenset[str] = frozenset()  # all articles, prepositions and conjunctions
    plural_like: tuple[str, ...] = ()  # endings of base forms that may as well be plurals: "Minister"
    land: re.Pattern[str] = re.compile("")  # "das Land"
    purpose: re.Pattern[str] = re.compile("")  # "für nationale Sicherheit"
    gap_before_role: re.Pattern[str] = re.compile("")
    gap_after_role: re.Pattern[str] = re.compile("")


def bodies() -> tuple[ActorRow, ...]:
    """Return all rows of states and bodies."""
    return csv_table("states", ActorRow) + csv_table("actors", ActorRow)


def persons() -> tuple[PersonRow, ...]:
    return csv_table("persons", PersonRow)


def roles(language: str) -> tuple[RoleRow, ...]:
    return toml_table(language, "roles", RoleRow, "role")


def small_words(language: str) -> tuple[WordsRow, ...]:
    return toml_table(language, "naming", WordsRow, "words")


def of_language(row: ActorRow, column: str, language: str) -> tuple[str, ...]:
    """Return the forms of a column in a language; none where the table has no such column."""
    return getattr(row, f"{column}_{language}", ())


@cache
def actor_tables(language: str) -> ActorTables:
    """Build the look-up of a language."""
    entries: list[tuple[str, Naming]] = []
    ends: list[tuple[str, Naming]] = []
    for row in bodies():
        spelled = dict.fromkeys(of_language(row, "names", language) + row.names_en)
        entries += [(f, Naming("name", row)) for form in spelled for f in names(form)]
        entries += [(f, Naming("capital", row)) for c in of_language(row, "capitals", language) for f in names(c)]
        entries += [(f, Naming("metonym", row)) for m in of_language(row, "metonyms", language) for f in names(m)]
        entries += [
            (f, Naming("demonym", row)) for a in of_language(row, "adjectives", language) for f in adjectives(a)
        ]
        entries += [(f, Naming("compass", row)) for c in of_language(row, "compass", language) for f in expand(c)]
        entries += [(f, Naming("demonym", row)) for p in of_language(row, "people", language) for f in people(p)]
    for person in persons():
        entries += [(f, Naming("person", person)) for form in (person.name, *person.forms) for f in names(form)]
        if person.bare != "named":
            entries += [(f, Naming("surname", person)) for form in person.surnames for f in names(form)]
    for role in roles(language):
        entries += [(f, Naming("never", role)) for form in role.never for f in expand(form)]
        for form in role.forms:
            for number, f in enumerate(expand(form)):
                entries.append((f, Naming("role", role, number == 0)))
                if role.ending:
                    ends.append((f[:1].lower() + f[1:], Naming("role", role, number == 0)))
    tables = ActorTables(
        gazetteer=Gazetteer(entries, ends),
        states={r.id: r for r in bodies() if r.kind == "state"},
        bodies={r.id: r for r in bodies() if r.kind != "state"},
        offices={p.id: p.office for p in persons()},
        surnames=_by_surname(),
        organs={(r.country, r.organ): r for r in bodies() if r.country and r.organ},
        capitals={c: row for row in reversed(bodies()) for c in of_language(row, "capitals", language)},
        opening_adjectives=frozenset(
            f
            for row in bodies()
            for a in of_language(row, "adjectives", language)
            for f in adjectives(a)
            if a[0].islower() and f[0].isupper()
        ),
    )
    return with_words(tables, {r.use: frozenset(r.forms) for r in small_words(language)})


def with_words(tables: ActorTables, words: dict[str, frozenset[str]]) -> ActorTables:
    """Return tables that go by these small words, with the patterns made of them."""

    def any_of(use: str) -> str:
        return "|".join(sorted(map(re.escape, words[use]), key=lambda w: (-len(w), w))) or "(?!)"

    return replace(
        tables,
        words=words,
        small=frozenset().union(*(words[use] for use in SMALL)),
        plural_like=tuple(sorted(words["plural_like"])),
        land=re.compile(rf"(?<![\w-])(?:{any_of('land')})(?![\w-])", re.IGNORECASE),
        purpose=re.compile(rf"\s(?:{any_of('purpose')})\s(?:[a-zäöüß]+\s)*[A-ZÄÖÜ][\w-]+"),
        gap_before_role=re.compile(r"\s+(?:[a-zäöüß-]+(?:en|er|es|em|e)\s+){0,3}|-"),
        gap_after_role=re.compile(
            rf"(?:\s(?:{any_of('purpose')})\s+(?:[a-zäöüß]+\s+)*[A-ZÄÖÜ]\w+)?"
            rf"\s+(?:{any_of('link')})\s+(?:[a-zäöüß-]+(?:en|er|es|em|e)\s+){{0,2}}"
        ),
    )


def _by_surname() -> dict[str, tuple[PersonRow, ...]]:
    """Return the persons by surname, given or the last word of the name, also in the genitive."""
    found: dict[str, tuple[PersonRow, ...]] = {}
    for person in persons():
        for surname in dict.fromkeys((*person.surnames, person.name.split()[-1])):
            for form in names(surname):
                found[form] = (*found.get(form, ()), person)
    return found
