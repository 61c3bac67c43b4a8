"""Small closed classes of words that play a part in reported speech: ``data/<lang>/function_words.toml``."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import Literal

from beleg.errors import TableError
from beleg.lexicon import NamedRow, toml_table
from beleg.tables import TableCheck


@dataclass(frozen=True, slots=True)
class ClassRow(NamedRow):
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FunctionRow(NamedRow):
    """Words of a closed class and the tag they get in a sentence that was not parsed."""

    tag: str
    mood: Literal["", "sub"]
    forms: tuple[str, ...]


@cache
def function_words(language: str) -> dict[str, tuple[str, str]]:
    """Return lower-case form → (tag, mood)."""
    return {f: (r.tag, r.mood) for r in toml_table(language, "function_words", FunctionRow) for f in r.forms}


@dataclass(frozen=True, slots=True)
class Closed:
    """Lower-case forms by the part they play; the comments give German examples."""

    complementizers: frozenset[str]  # dass, ob
    focus: frozenset[str]  # auch, nur: before what a clause begins with
    so: frozenset[str]  # so X
    how: frozenset[str]  # wie X sagt
    genitive: frozenset[str]  # articles that go on a noun phrase
    of: frozenset[str]  # von
    inner: frozenset[str]  # prepositions inside a noun phrase before the verb
    paired: frozenset[str]  # sowohl als auch, weder noch
    linking: frozenset[str]  # und
    onward: frozenset[str]  # sagte weiter: no prefix of the verb
    pointers: frozenset[str]  # weist darauf hin
    passive: frozenset[str]  # auxiliaries
    it: frozenset[str]  # es
    oblique: frozenset[str]  # articles and pronouns that are no subject
    personal: frozenset[str]  # pronouns that are a subject
    bare: frozenset[str]  # das sagte X: not the speaker
    setting: frozenset[str]  # heißt es in dem Bericht
    agent: frozenset[str]  # wurde von X gesagt
    toward: frozenset[str]  # gegenüber X
    dative: frozenset[str]  # article of whom it is told
    articles: frozenset[str]  # of an addressee
    purpose: frozenset[str]  # um … zu
    referring: frozenset[str]  # demnach
    whereby: frozenset[str]  # wonach
    contrast: frozenset[str]  # doch: the reporter again
    weak: frozenset[str]  # Konjunktiv II that can also be a guess or a condition
    guess: frozenset[str]  # those that report nothing
    conditional: frozenset[str]  # wenn
    claiming: frozenset[str]  # will … haben
    quotative: frozenset[str]  # soll
    perfect: frozenset[str]  # haben, sein
    standpoint: frozenset[str]  # für X sei
    this: frozenset[str]  # das teilte X mit
    joining: frozenset[str]  # between joint speakers
    opening: frozenset[str]  # before joint speakers
    also: frozenset[str]  # als auch
    citing: frozenset[str]  # unter Berufung
    upon: frozenset[str]  # auf
    from_whom: frozenset[str]  # Angaben von X
    definite: frozenset[str]  # before a title
    indefinite: frozenset[str]  # before a phrase in quotation marks
    measuring: frozenset[str]  # hält für „…“
    as_what: frozenset[str]  # als „…“
    he: frozenset[str]  # er
    she: frozenset[str]  # sie
    own: frozenset[str]  # nach eigenen Angaben
    whether: frozenset[str]  # ob
    to_know: frozenset[str]  # wollte wissen
    mere_condition: frozenset[str]  # falls
    either: frozenset[str]  # articles of subject or object: die, das, eine
    anybody: frozenset[str]  # man
    plural: frozenset[str]  # plural article
    anaphoric: frozenset[str]  # articles that take up
    stands: frozenset[str]  # so steht es im Bericht
    stated: frozenset[str]  # diese Zahl nannte X
    giving: frozenset[str]  # verbs of giving a figure: nannte, legte vor
    stemming: frozenset[str]  # those of them that say where it is from: stammt
    briefing: frozenset[str]  # nach einer Unterrichtung
    briefed_by: frozenset[str]  # durch den Dienst
    possessive: frozenset[str]  # ihre, seinen
    relying: frozenset[str]  # verbs: beruft sich auf
    taking_up: frozenset[str]  # den Angaben zufolge
    papers: frozenset[str]  # in dem Bericht: a body's, not a person's
    both: frozenset[str]  # beide Seiten
    sides: frozenset[str]  # Seiten, Länder
    being: frozenset[str]  # waren es 30
    answers: frozenset[str]  # "Antwort: „…“"
    nobody: frozenset[str]  # kein Staat hat das bestätigt
    more: frozenset[str]  # zehn mehr als
    than: frozenset[str]
    contents: frozenset[str]  # what is told and never tells: Einzelheiten, die Summe
    unsaid: frozenset[str]  # äußerte sich nicht
    replies: frozenset[str]  # kein Kommentar
    masculine: frozenset[str]  # article of a subject: der
    manly: frozenset[str]  # indefinite article of a subject: ein
    womanly: frozenset[str]  # articles that "sie" takes up: die, eine
    talk: frozenset[str]  # war die Rede von
    which: frozenset[str]  # was er bestritt
    thereafter: frozenset[str]  # danach soll
    set_apart: frozenset[str]  # statt der 30 Panzer, 18 von 28
    number_of: frozenset[str]  # die Zahl der Drohnen
    constituent_not: frozenset[str]  # nicht an Chile
    reversed: frozenset[str]  # in umgekehrter Richtung: who gave gets
    here: frozenset[str]  # „… sind da“: where it is said
    by_way_of: frozenset[str]  # über Jordanien
    come_to: frozenset[str]  # stieg auf 90, liegt bei 90
    can: frozenset[str]  # lemma: kann 200 Panzer laden
    concessive: frozenset[str]  # bestritt, dass …, obwohl es Belege gibt: the reporter's remark
    inflections: tuple[str, ...]  # endings of adjectives before a noun


@cache
def closed_classes(language: str) -> Closed:
    """Return the closed classes of a language.

    Raises:
        TableError: a class is missing from the table, or the table from the language.
    """
    forms = {r.name: frozenset(r.forms) for r in toml_table(language, "function_words", ClassRow, "class")}
    missing = sorted({f.name for f in fields(Closed)} - forms.keys())
    if missing:
        raise TableError(f"{language}/function_words.toml: no class {', '.join(missing)}")
    endings = tuple(sorted(forms.pop("inflections", frozenset())))
    return Closed(**{f.name: forms[f.name] for f in fields(Closed) if f.name != "inflections"}, inflections=endings)


def _check(language: str) -> TableCheck:
    rows = toml_table(language, "function_words", ClassRow, "class")
    tagged = toml_table(language, "function_words", FunctionRow)

    def fired(sentence: str) -> set[str]:
        words = {word.strip(".,„“").lower() for word in sentence.split()}
        return {r.key for r in (*rows, *tagged) if words & set(r.forms)}

    return TableCheck(f"{language}/function_words.toml", lambda: (*rows, *tagged), fired)


TABLES = [_check("de")]
