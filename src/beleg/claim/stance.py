"""How firmly a claim is put: the reporter's distance, the speaker's certainty, affirmed or denied, and on what basis.

Reads ``data/<lang>/stance.toml``. Two stances are kept apart: the reporter's to the speaker and the speaker's to the
fact; the Konjunktiv of reported speech lowers neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from beleg.claim.speech_table import tables
from beleg.lexicon import toml_table
from beleg.model import (
    Attribution,
    Certainty,
    Clause,
    Distance,
    Form,
    Polarity,
    Sentence,
    Span,
    Stance,
    Token,
)


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of saying and what it does to what is said."""

    name: str
    certainty: Certainty
    polarity: Polarity
    distance: Distance
    stance: Stance
    denial: Literal["", "D1", "D2", "D3", "D4", "D5", "D6"]
    source: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HedgeRow:
    name: str
    forms: tuple[str, ...]
    certainty: Certainty
    distance: Distance
    source: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModalRow:
    name: str
    forms: tuple[str, ...]
    when: Literal["perfect", "plain", "any"]
    certainty: Certainty
    distance: Distance
    stance: Stance
    source: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StanceReading:
    """What the words around a claim say about its standing."""

    stance: Stance
    distance: Distance
    certainty: Certainty
    polarity: Polarity
    denial: str | None
    basis: str | None
    form: Form
    attribution: int | None  # index of the innermost attribution around the claim
    cues: tuple[Span, ...]
    rules: tuple[str, ...]


@cache
def stance_kinds(language: str) -> dict[str, KindRow]:
    """Return the kinds of saying by name."""
    return {r.name: r for r in toml_table(language, "stance", KindRow, "kind")}


@dataclass(frozen=True, slots=True)
class NegationRow:
    name: str
    forms: tuple[str, ...]
    source: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DenialRow:
    """Words that together deny or leave open what is said."""

    name: str
    words: tuple[str, ...]
    denial: Literal["D1", "D2", "D3", "D4", "D5", "D6"]
    stance: Stance
    source: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BearerRow:
    """A noun for what bears witness: images, debris, papers."""

    name: str
    forms: tuple[str, ...]
    kind: str
    basis: str
    source: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Tables:
    kinds: dict[str, KindRow]
    hedges: dict[str, HedgeRow]
    modals: dict[str, tuple[ModalRow, ...]]
    negations: dict[str, NegationRow]
    only: frozenset[str]  # after a negation: "nicht nur", "nicht zuletzt"
    comparing: frozenset[str]  # "wie geplant", "als erwartet"
    denials: tuple[DenialRow, ...]
    bearers: dict[str, BearerRow]


@cache
def stance_tables(language: str) -> _Tables:
    """Return the rows of the stance table by form."""
    modals: dict[str, tuple[ModalRow, ...]] = {}
    for m in toml_table(language, "stance", ModalRow, "modal"):
        for form in m.forms:
            modals[form] = (*modals.get(form, ()), m)
    return _Tables(
        stance_kinds(language),
        {f: r for r in toml_table(language, "stance", HedgeRow, "hedge") for f in r.forms},
        modals,
        {f: r for r in toml_table(language, "stance", NegationRow, "negation") for f in r.forms},
        frozenset(f for r in toml_table(language, "stance", NegationRow, "no_negation") for f in r.forms),
        frozenset(f for r in toml_table(language, "stance", NegationRow, "comparing") for f in r.forms),
        toml_table(language, "stance", DenialRow, "denial"),
        bearers(language),
    )


@cache
def bearers(language: str) -> dict[str, BearerRow]:
    """Return what bears witness, by form."""
    return {f: r for r in toml_table(language, "stance", BearerRow, "bearer") for f in r.forms}


def stance_at(
    span: Span,
    attributions: Sequence[Attribution],
    sentence: Sentence,
    clause: Clause | None,
    language: str = "de",
) -> StanceReading:
    """Read the standing of a claim.

    Args:
        span: The claim, code points of the document's text.
        attributions: Those of the document, from ``attribute``.
        sentence: The sentence in which the claim stands.
        clause: Its clause, None where the sentence was not parsed: then the claim's own words decide.
        language: Picks the tables.

    Returns:
        The reading, with the cues and rules that gave it; ``fact`` in the outlet's own voice where nothing speaks
        against it.
    """
    t = stance_tables(language)
    at = innermost(span, attributions)
    a = attributions[at] if at is not None else None
    if a is not None and a.kind in WITNESS and not a.chains:
        a = None  # "Satellitenbilder zeigen": the outlet looks, nobody speaks
    region = _region(span, a, sentence, clause)
    framing = _framing(a, sentence)
    r = _Reading(t, a is not None)
    if attributions and at is not None:
        r.take_kind(attributions[at], framing)
    elif at is None:
        r.take_verb(sentence, span, language)
    r.take_hedges(region, at is None)
    r.take_modals(region)
    r.take_negation(region)
    r.take_denials(sentence, a)
    return StanceReading(
        r.stance,
        r.distance,
        r.certainty,
        r.polarity,
        r.denial,
        _basis(t, framing, attributions, at),
        a.form if a is not None else "none",
        at if a is not None else None,
        tuple(sorted(set(r.cues))),
        tuple(r.rules),
    )


WITNESS = frozenset({"evidence", "infer"})


class _Reading:
    """The standing while its signs are taken in, from the frame inwards."""

    def __init__(self, t: _Tables, attributed: bool) -> None:
        self.t = t
        self.attributed = attributed
        self.stance: Stance = "fact"
        self.certainty: Certainty = "CT"
        self.polarity: Polarity = "+"
        self.distance: Distance = "neutral"
        self.denial: str | None = None
        self.cues: list[Span] = []
        self.rules: list[str] = []

    def take_kind(self, a: Attribution, framing: Sequence[Token]) -> None:
        """The kind of saying: said, planned, denied; and whether the saying itself is negated."""
        kind = self.t.kinds.get(a.kind or "say")
        self.distance, self.certainty, self.polarity = a.distance, a.certainty, a.polarity
        self.stance = "said"
        self.cues.extend(a.cues)
        if kind is None:
            return
        self.rules.append(f"kind:{kind.name}")
        self.stance, self.denial = kind.stance, kind.denial or None
        if not self.attributed:  # images show: fact; they point to: hedged
            self.stance = "fact" if kind.certainty == "CT" else "hedged"
        if not any(k.text.lower() in self.t.negations for k in framing):
            return
        if kind.name in OPEN_WHEN_NEGATED:
            self.stance, self.certainty, self.polarity, self.denial = "unconfirmed", "U", "?", "D3"
            self.rules.append("cue-negated")
        elif kind.name in ("deny", "doubt"):
            self.stance, self.polarity, self.denial = "said", "+", None
            self.rules.append("denial-negated")

    def take_verb(self, sentence: Sentence, span: Span, language: str) -> None:
        """A verb of planning or asking in the claim itself: "sagte 50 Fahrzeuge zu", "erwägt den Kauf"."""
        words = {k.text.lower() for k in sentence.tokens}
        rows = tables(language)
        before = ""
        for k in sentence.tokens:
            low, last, before = k.text.lower(), before, k.text.lower()
            if not span.start <= k.start < span.end or last in self.t.comparing:
                continue  # "wie geplant"
            verbs = (*rows.finite.get(low, ()), *rows.joined.get(low, ()))
            for v in verbs:
                apart = v.particle and low in v.finite
                if (apart and v.particle not in words) or (v.needs and not words & set(v.needs)):
                    continue
                kind = self.t.kinds.get(v.kind)
                if kind and v.kind in OWN_VOICE:
                    self.stance, self.certainty = kind.stance, kind.certainty
                    self.cues.append(Span(k.start, k.end))
                    self.rules.append(f"verb:{v.key}")
                    return

    def take_hedges(self, region: Sequence[Token], own_voice: bool) -> None:
        for k in region:
            hedge = self.t.hedges.get(k.text.lower())
            if hedge and self.stance in ("fact", "said", "hedged", "planned"):
                self.stance, self.certainty = "hedged", hedge.certainty
                if own_voice:
                    self.distance = hedge.distance
                self.cues.append(Span(k.start, k.end))
                self.rules.append(f"hedge:{hedge.name}")

    def take_modals(self, region: Sequence[Token]) -> None:
        """Quotative "soll", self-claiming "will", plans and the future."""
        for k in region:
            for m in self.t.modals.get(k.text.lower(), ()):
                perfect = _perfect(region, k.start)
                if (m.when == "perfect") != perfect and m.when != "any":
                    continue
                if m.when == "plain" and not _infinitive(region, k.start):
                    continue
                if self.stance in ("fact", "said") or (self.stance == "hedged" and self.rules[:1] == ["kind:rumour"]):
                    self.stance, self.certainty, self.distance = m.stance, m.certainty, m.distance
                    self.cues.append(Span(k.start, k.end))
                    self.rules.append(f"modal:{m.name}")

    def take_negation(self, region: Sequence[Token]) -> None:
        for n, k in enumerate(region):
            row = self.t.negations.get(k.text.lower())
            if row is None or (n + 1 < len(region) and region[n + 1].text.lower() in self.t.only):
                continue
            self.cues.append(Span(k.start, k.end))
            self.rules.append(f"negation:{row.name}")
            if self.polarity == "-":  # a denial of a negation
                self.polarity, self.denial = "+", None
                self.stance = "said" if self.attributed else self.stance
            elif self.stance != "unconfirmed":
                self.polarity = "-"
                if self.attributed and self.stance in ("said", "hedged"):
                    self.stance, self.denial = "denied", self.denial or "D1"
            return

    def take_denials(self, sentence: Sentence, a: Attribution | None) -> None:
        """Phrases that deny or leave open: "keine Stellungnahme", "sei falsch", "ist unklar"."""
        words = {
            k.text.lower()
            for k in sentence.tokens
            if a is None or a.form != "direct" or any(p.start <= k.start < p.end for p in (*a.pieces, *a.frame))
        }
        for d in self.t.denials:
            if (self.stance != "denied" or d.stance == "unconfirmed") and all(x in words for x in d.words):
                self.stance, self.denial = d.stance, d.denial
                self.certainty, self.polarity = ("U", "?") if d.stance == "unconfirmed" else (self.certainty, "-")
                self.rules.append(f"denial:{d.name}")
                return


OPEN_WHEN_NEGATED = frozenset({"confirm", "know", "judge_open"})
OWN_VOICE = frozenset({"plan", "demand", "expect", "hope", "refuse"})


def _region(span: Span, a: Attribution | None, sentence: Sentence, clause: Clause | None) -> list[Token]:
    """The words that decide about the claim: its clause, within the words of its speaker."""
    around = [span] + ([clause.span] if clause else [])
    region = [k for k in sentence.tokens if any(s.start <= k.start and k.end <= s.end for s in around)]
    if a is None:
        return region
    if a.quote_type == "Reported":
        return [k for k in region if Span(k.start, k.end) not in a.cues]
    return [k for k in region if any(p.start <= k.start < p.end for p in a.pieces)]


def _framing(a: Attribution | None, sentence: Sentence) -> list[Token]:
    """The words of the frame; in the outlet's own voice, the sentence."""
    if a is None or (not a.frame and a.quote_type != "Reported"):
        return list(sentence.tokens) if a is None else []
    if a.quote_type == "Reported":
        return [k for k in sentence.tokens if a.span.start <= k.start < a.span.end]
    return [k for k in sentence.tokens if any(f.start <= k.start < f.end for f in a.frame)]


def innermost(span: Span, attributions: Sequence[Attribution]) -> int | None:
    """Return the index of the shortest attribution that holds at least half of a span, its own frame not counted."""
    best: tuple[int, int] | None = None
    for n, a in enumerate(attributions):
        shared = sum(_shared(p, span) for p in a.pieces or (a.span,))
        length = span.end - span.start - sum(_shared(f, span) for f in a.frame)
        if shared > 0 and shared * 2 >= length:
            size = a.span.end - a.span.start
            if best is None or size < best[0]:
                best = (size, n)
    return best[1] if best else None


def _shared(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _perfect(region: Sequence[Token], start: int) -> bool:
    """Tell whether a modal governs "… geliefert haben", "… geliefert worden sein"."""
    after = [k.text.lower() for k in region if k.start > start]
    return any(x in ("haben", "sein") for x in after[1:]) and _participle(region)


def _participle(region: Sequence[Token]) -> bool:
    return any(k.xpos.endswith("PP") or (not k.xpos and k.text.lower().endswith(("t", "en"))) for k in region)


def _infinitive(region: Sequence[Token], start: int) -> bool:
    return any(
        k.xpos.endswith(("INF", "IZU")) or (not k.xpos and k.text.endswith("en")) for k in region if k.start != start
    )


def _basis(t: _Tables, framing: Sequence[Token], attributions: Sequence[Attribution], at: int | None) -> str | None:
    for k in framing:
        row = t.bearers.get(k.text.lower())
        if row:
            return row.basis
    if at is not None:
        for chain in attributions[at].chains:
            for s in chain:
                for word in s.raw.lower().split():
                    if word in t.bearers:
                        return t.bearers[word].basis
                if s.kind == "intelligence":
                    return "intelligence"
    return None
