"""How firmly a claim is put: the reporter's distance, the speaker's certainty, affirmed or denied, and on what basis.

Reads ``data/<lang>/stance.toml``. Two stances are kept apart: the reporter's to the speaker and the speaker's to the
fact; the Konjunktiv of reported speech lowers neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

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
        toml_table(language, "stance", DenialRow, "denial"),
        {f: r for r in toml_table(language, "stance", BearerRow, "bearer") for f in r.forms},
    )


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
    own = [k for k in sentence.tokens if span.start <= k.start and k.end <= span.end]
    near = [k for k in sentence.tokens if clause and clause.span.start <= k.start and k.end <= clause.span.end]
    region = sorted({*own, *near}, key=lambda k: k.start)
    cues: list[Span] = []
    rules: list[str] = []
    stance: Stance = "fact"
    certainty: Certainty = "CT"
    polarity: Polarity = "+"
    distance: Distance = "neutral"
    denial: str | None = None
    framing = list(sentence.tokens) if at is None else _frame_tokens(attributions, at, sentence)
    if at is not None:
        a = attributions[at]
        kind = t.kinds.get(a.kind or "say")
        stance, distance, certainty, polarity = "said", a.distance, a.certainty, a.polarity
        if kind:
            stance = kind.stance
            denial = kind.denial or None
            rules.append(f"kind:{kind.name}")
        cues.extend(a.cues)
        inside = [p for p in a.pieces if p.start <= span.start]
        region = [k for k in region if not inside or any(p.start <= k.start < p.end for p in a.pieces)]
        if a.quote_type == "Reported":
            region = [k for k in region if Span(k.start, k.end) not in a.cues]
        negated = any(k.text.lower() in t.negations for k in framing)
        if negated and kind and kind.name == "confirm":
            stance, certainty, polarity, denial = "unconfirmed", "U", "?", "D3"
            rules.append("confirmation-negated")
        elif negated and kind and kind.polarity == "-" and kind.name in ("deny", "doubt"):
            stance, polarity, denial = "said", "+", None
            rules.append("denial-negated")
    for k in region:
        low = k.text.lower()
        hedge = t.hedges.get(low)
        if hedge and stance in ("fact", "said", "hedged", "planned"):
            stance, certainty = "hedged", hedge.certainty
            distance = hedge.distance if at is None else distance
            cues.append(Span(k.start, k.end))
            rules.append(f"hedge:{hedge.name}")
        for m in t.modals.get(low, ()):
            if m.when != "any" and (m.when == "perfect") != _perfect(region, k.start):
                continue
            if m.when == "plain" and not _infinitive(region, k.start):
                continue
            if stance in ("fact", "said"):
                stance, certainty = m.stance, m.certainty
                distance = m.distance
                cues.append(Span(k.start, k.end))
                rules.append(f"modal:{m.name}")
    for k in region:
        row = t.negations.get(k.text.lower())
        if row and not _not_only(region, k.start):
            cues.append(Span(k.start, k.end))
            rules.append(f"negation:{row.name}")
            if polarity == "-":  # a denial of a negation
                polarity, denial = "+", None
                stance = "said" if at is not None else stance
            elif stance != "unconfirmed":
                polarity = "-"
                if at is not None and stance in ("said", "hedged"):
                    stance, denial = "denied", denial or "D1"
            break
    low_all = {k.text.lower() for k in sentence.tokens}
    for d in t.denials:
        if all(x in low_all for x in d.words) and stance not in ("denied",):
            stance, denial = d.stance, d.denial
            certainty, polarity = ("U", "?") if d.stance == "unconfirmed" else (certainty, "-")
            rules.append(f"denial:{d.name}")
            break
    basis = _basis(t, framing, attributions, at)
    form: Form = attributions[at].form if at is not None else "none"
    return StanceReading(
        stance, distance, certainty, polarity, denial, basis, form, at, tuple(sorted(set(cues))), tuple(rules)
    )


def innermost(span: Span, attributions: Sequence[Attribution]) -> int | None:
    """Return the index of the shortest attribution that holds at least half of a span."""
    best: tuple[int, int] | None = None
    for n, a in enumerate(attributions):
        shared = sum(max(0, min(p.end, span.end) - max(p.start, span.start)) for p in a.pieces or (a.span,))
        if shared * 2 >= span.end - span.start and shared > 0:
            size = a.span.end - a.span.start
            if best is None or size < best[0]:
                best = (size, n)
    return best[1] if best else None


def _frame_tokens(attributions: Sequence[Attribution], at: int, sentence: Sentence) -> list[Token]:
    a = attributions[at]
    return [k for k in sentence.tokens if any(f.start <= k.start < f.end for f in a.frame)]


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


def _not_only(region: Sequence[Token], start: int) -> bool:
    after = [k.text.lower() for k in region if k.start > start]
    return bool(after) and after[0] in ("nur", "zuletzt", "mehr")


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
