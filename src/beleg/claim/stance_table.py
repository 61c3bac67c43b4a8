"""What decides how firmly a thing is put: the rows of ``data/<lang>/stance.toml``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from beleg.lexicon import NamedRow, toml_table
from beleg.model import Certainty, Distance, Polarity, Stance

LISTS = (
    "no_negation",
    "whole",
    "instead",
    "in_place_of",
    "failed",
    "delayed",
    "surpassing",
    "unmatched",
    "perfect",
    "able",
    "comparing",
    "degree",
    "no_hedge",
    "supposing",
    "conditional",
)  # arrays of the table that only list words


@dataclass(frozen=True, slots=True)
class KindRow(NamedRow):
    """A kind of saying and what it does to what is said."""

    certainty: Certainty
    polarity: Polarity
    distance: Distance
    stance: Stance
    denial: Literal["", "D1", "D2", "D3", "D4", "D5", "D6"]
    voice: Literal["speaker", "outlet"]  # outlet: the verb tells what somebody intends, not what they say
    unsourced: Stance  # where nobody is named: "Es wurde festgestellt, dass …"
    negated: Literal["open", "reverse", "keep", "deny"]  # what "nicht" beside the verb does


@dataclass(frozen=True, slots=True)
class HedgeRow(NamedRow):
    forms: tuple[str, ...]
    certainty: Certainty
    distance: Distance
    stance: Stance


@dataclass(frozen=True, slots=True)
class ModalRow(NamedRow):
    forms: tuple[str, ...]
    when: Literal["perfect", "plain", "any"]
    certainty: Certainty
    distance: Distance
    stance: Stance


@cache
def stance_kinds(language: str) -> dict[str, KindRow]:
    """Return the kinds of saying by name."""
    return {r.name: r for r in toml_table(language, "stance", KindRow, "kind")}


@dataclass(frozen=True, slots=True)
class NegationRow(NamedRow):
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DenialRow(NamedRow):
    """Words that together deny or leave open what is said."""

    words: tuple[str, ...]  # in any order; "|" between forms of which one is enough
    within: int  # words from the first to the last of them, both counted
    denial: Literal["", "D1", "D2", "D3", "D4", "D5", "D6"]  # "" where it only leaves open
    stance: Stance


@dataclass(frozen=True, slots=True)
class BearerRow(NamedRow):
    """A noun for what bears witness: images, debris, papers."""

    forms: tuple[str, ...]
    kind: str
    basis: str


@dataclass(frozen=True, slots=True)
class StanceTables:
    kinds: dict[str, KindRow]
    hedges: dict[str, HedgeRow]
    modals: dict[str, tuple[ModalRow, ...]]
    negations: dict[str, NegationRow]
    only: frozenset[str]  # after a negation, "#" for a figure: "nicht nur", "nicht vor #"
    perfect: frozenset[str]  # "soll geliefert haben", "soll gesunken sein"
    others: tuple[NegationRow, ...]  # the rows of the lists before and after this, for the test of the tables
    able: frozenset[str]  # lemmas: what was not managed is no denial
    quotative: frozenset[str]  # names of the modal rows of "sollen"
    comparing: frozenset[str]  # "wie geplant", "als erwartet"
    degree: frozenset[str]  # "so viele wie nie"
    conditional: frozenset[str]  # falls, wenn
    supposing: frozenset[str]  # before its subject: "sollte sich das bestätigen"
    not_hedging: frozenset[str]  # "wohl aber"
    whole: frozenset[str]  # negations of a whole clause: "weder … noch"
    instead: frozenset[str]  # "nicht 50, sondern 20"
    in_place_of: frozenset[str]  # "statt 50"
    failed: frozenset[str]  # "die Lieferung ist gescheitert"
    delayed: frozenset[str]  # "die Lieferung verzögert sich"
    surpassing: frozenset[str]  # "kein Land lieferte mehr als Polen"
    unmatched: frozenset[str]  # "noch nie lieferte Polen so viel"
    denials: tuple[DenialRow, ...]
    bearers: dict[str, BearerRow]


@cache
def stance_tables(language: str) -> StanceTables:
    """Return the rows of the stance table by form."""
    modals: dict[str, tuple[ModalRow, ...]] = {}
    for m in toml_table(language, "stance", ModalRow, "modal"):
        for form in m.forms:
            modals[form] = (*modals.get(form, ()), m)
    return StanceTables(
        stance_kinds(language),
        {f: r for r in toml_table(language, "stance", HedgeRow, "hedge") for f in r.forms},
        modals,
        {f: r for r in toml_table(language, "stance", NegationRow, "negation") for f in r.forms},
        _listed(language, "no_negation"),
        _listed(language, "perfect"),
        tuple(r for name in LISTS for r in toml_table(language, "stance", NegationRow, name)),
        _listed(language, "able"),
        frozenset(r.name for r in toml_table(language, "stance", ModalRow, "modal") if r.name.startswith("sollen")),
        _listed(language, "comparing"),
        _listed(language, "degree"),
        _listed(language, "conditional"),
        _listed(language, "supposing"),
        _listed(language, "no_hedge"),
        _listed(language, "whole"),
        _listed(language, "instead"),
        _listed(language, "in_place_of"),
        _listed(language, "failed"),
        _listed(language, "delayed"),
        _listed(language, "surpassing"),
        _listed(language, "unmatched"),
        toml_table(language, "stance", DenialRow, "denial"),
        bearers(language),
    )


def _listed(language: str, name: str) -> frozenset[str]:
    return frozenset(f for r in toml_table(language, "stance", NegationRow, name) for f in r.forms)


@cache
def bearers(language: str) -> dict[str, BearerRow]:
    """Return what bears witness, by form."""
    return {f: r for r in toml_table(language, "stance", BearerRow, "bearer") for f in r.forms}


def together(words: Sequence[str], row: DenialRow) -> bool:
    """Tell whether the words of a row stand near each other."""
    wanted = _forms(row.words)
    if any(x.isdisjoint(words) for x in wanted):
        return False
    for start, word in enumerate(words):
        near = words[start : start + row.within]
        if any(word in x for x in wanted) and not any(x.isdisjoint(near) for x in wanted):
            return True
    return False


@cache
def _forms(words: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    """Return the forms of each word of a row."""
    return tuple(frozenset(x.split("|")) for x in words)
