"""Words that name an event ("liefern", "Waffenlieferung", "zur Verfügung stellen") and where they stand.

Reads ``data/<lang>/frames.toml`` and ``grammar.toml``. Judges nothing about who did it (``claim/slots.py``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import simplemma

from beleg.lexicon import TableRow, toml_table
from beleg.model import Act, EventKind, Sentence, Stance, Token

INFLECTION = r"(?:e|en|n|s|es|er|ern)?"  # what a German noun may carry behind its stem without changing it
MIN_FIRST_PART = 3  # letters before the tail of a compound; shorter ones are prefixes ("Ausfuhr" is no "Fuhr")


@dataclass(frozen=True, slots=True)
class Frame(TableRow):
    """One row of frames.toml."""

    word: str
    pos: Literal["verb", "noun", "phrase", "variant", "title"]
    event: EventKind
    act: Act
    grammar: str
    needs: Literal["arms", "topic", "itself"]
    together: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    observes: bool = False
    must: tuple[Literal["supplier", "recipient", "actor"], ...] = ()
    without: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    stance: Stance | None = None
    yields: bool = False
    negated: bool = False
    figure: bool = False
    done: EventKind | None = None
    unlike: tuple[str, ...] = ()
    outright: Act | None = None
    able: Act | None = None  # act where "können" stands beside it: what a ship can load is not loaded

    @property
    def key(self) -> str:
        return f"{self.word}.{self.pos}"

    @property
    def takes_subject(self) -> bool:
        """Whether the subject is what is moved, not who moves it: "Die Raketen kamen aus Iran"."""
        return self.grammar == "arrive"


@dataclass(frozen=True, slots=True)
class Grammar(TableRow):
    """One row of grammar.toml; ``roles`` are "relation:role"."""

    key: str
    roles: tuple[str, ...]
    undirected: bool = False

    def role(self, relation: str) -> str | None:
        return next((r.partition(":")[2] for r in self.roles if r.partition(":")[0] == relation), None)

    def order(self, relation: str) -> int:
        """Return the rank of a relation: the earlier a row names it, the stronger it is."""
        return next((i for i, r in enumerate(self.roles) if r.partition(":")[0] == relation), len(self.roles))


@dataclass(frozen=True, slots=True)
class Trigger:
    """A frame's word in a sentence: token index, and the first part of a compound, if it is one."""

    token: int
    frame: Frame
    first_part: str = ""


@dataclass(frozen=True, slots=True)
class _Index:
    verbs: dict[str, tuple[Frame, ...]]
    nouns: dict[str, tuple[Frame, ...]]
    tails: re.Pattern[str]
    phrases: dict[str, tuple[Frame, ...]]
    grammars: dict[str, Grammar]
    forms: dict[str, str]


@cache
def _index(language: str) -> _Index:
    rows = toml_table(language, "frames", Frame)
    by = {pos: _grouped([f for f in rows if f.pos == pos]) for pos in ("verb", "noun", "phrase")}
    tails = "|".join(sorted(map(re.escape, by["noun"]), key=len, reverse=True))
    return _Index(
        by["verb"], by["noun"], re.compile(rf"(.*?)({tails}){INFLECTION}"), by["phrase"],
        {g.key: g for g in toml_table(language, "grammar", Grammar)},
        {form: verb for verb in by["verb"] for form in regular_forms(verb)}
        | {form: f.word.lower() for f in rows if f.pos == "verb" for form in f.forms},
    )  # fmt: skip


def regular_forms(verb: str) -> list[str]:
    """Return the forms that a weak verb of one piece takes; the lemma list lacks those of rarer verbs."""
    stem = verb.removesuffix("en") if verb.endswith("en") else verb.removesuffix("n")
    return [stem + ending for ending in ("e", "t", "et", "te", "ete", "ten", "eten")] + [f"ge{stem}t", f"ge{stem}et"]


def _grouped(frames: Sequence[Frame]) -> dict[str, tuple[Frame, ...]]:
    out: dict[str, tuple[Frame, ...]] = {}
    for f in frames:
        out[f.word.lower()] = (*out.get(f.word.lower(), ()), f)
    return out


def grammar(language: str, key: str) -> Grammar:
    return _index(language).grammars[key]


def frames_of(language: str, pos: str) -> tuple[Frame, ...]:
    """Return the rows of one part of speech, in the order of the table."""
    return tuple(f for f in toml_table(language, "frames", Frame) if f.pos == pos)


def variants(trigger: Trigger, language: str) -> list[Trigger]:
    """Return the rows that a verb has besides its own, for what stands in its clause."""
    if trigger.frame.pos != "verb":
        return []
    rows = frames_of(language, "variant")
    return [Trigger(trigger.token, f) for f in rows if f.word == trigger.frame.word]


def find_triggers(sentence: Sentence, language: str) -> list[Trigger]:
    """Find the words of a parsed sentence that name an event, in text order; a word may stand for several frames."""
    index = _index(language)
    verbs = [_verb(t, index, language) if _may_tell(t) else "" for t in sentence.tokens]
    found = []
    for i, token in enumerate(sentence.tokens):
        if verbs[i]:
            found += [Trigger(i, f) for f in index.verbs[verbs[i]]]
        elif token.upos in ("NOUN", "PROPN"):
            found += _nouns(i, token, index)
        if token.deprel == "cop" and token.head >= 0 and _is_place(sentence, token.head):
            found += [Trigger(token.head, f) for f in index.verbs.get(_verb(token, index, language), ())]
        found += [Trigger(i, f) for f in index.phrases.get(token.text.lower(), ())]
    return found


def _may_tell(token: Token) -> bool:
    """Tell whether a word can be a verb that names an event: auxiliaries and copulas only help others."""
    return token.upos in ("VERB", "ADJ") or (token.upos == "AUX" and not token.deprel.startswith(("aux", "cop")))


def _is_place(sentence: Sentence, at: int) -> bool:
    """Tell whether a predicate is a name behind a preposition: "die Panzer seien in Kiew" tells where they are."""
    cases = (t for t in sentence.tokens if t.head == at and t.deprel == "case")
    return sentence.tokens[at].upos == "PROPN" and any(cases)


def _verb(token: Token, index: _Index, language: str) -> str:
    """Return the table's verb that a form belongs to, "" for none: "abgefeuert", "abzufeuern", "abgefeuerten"."""
    low, lemma = token.text.lower(), token.lemma.lower()
    for form in (lemma, low, lemma.replace("ss", "ß")):
        if form in index.verbs:
            return form
    for form in (low, lemma):  # "gelieferten": the parser's lemma of a participle before a noun is "geliefert"
        if form in index.forms:
            return index.forms[form]
    for cut in range(2, len(lemma) - 3):  # a separable verb with "ge" or "zu" behind its particle
        particle, rest = lemma[:cut], lemma[cut:]
        if rest.startswith(("ge", "zu")):
            form = particle + simplemma.lemmatize(rest.removeprefix("zu"), lang=language).lower()
            if form in index.verbs:
                return form
    return ""


def _nouns(i: int, token: Token, index: _Index) -> list[Trigger]:
    for form in (token.text.lower(), token.lemma.lower()):
        if form in index.nouns:
            return [Trigger(i, f) for f in index.nouns[form]]
    for form in (token.lemma.lower(), token.text.lower()):
        m = index.tails.fullmatch(form)
        if m and (not m[1] or len(m[1]) >= MIN_FIRST_PART):
            return [Trigger(i, f, m[1]) for f in index.nouns[m[2]] if not form.endswith(f.unlike)]
    return []
