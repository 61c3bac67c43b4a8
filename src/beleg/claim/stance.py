"""How firmly a claim is put: the reporter's distance, the speaker's certainty, affirmed or denied, and on what basis.

Two stances are kept apart: the reporter's to the speaker and the speaker's to the fact; the Konjunktiv of reported
speech lowers neither. Tables: ``claim.stance_table``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from beleg.claim.stance_region import framing_of, innermost, region_of
from beleg.claim.stance_signs import Signs
from beleg.claim.stance_table import StanceTables, stance_tables
from beleg.model import Attribution, Certainty, Clause, Distance, Form, Polarity, Sentence, Span, Stance, Token


@dataclass(frozen=True, slots=True)
class StanceReading:
    """What the words around a claim say about its standing."""

    stance: Stance
    distance: Distance
    certainty: Certainty
    polarity: Polarity
    denial: str | None  # D1 to D6 where it denies
    basis: str | None
    form: Form
    attribution: int | None  # index of the innermost attribution around the claim
    cues: tuple[Span, ...]
    rules: tuple[str, ...]


def stance_at(
    span: Span,
    attributions: Sequence[Attribution],
    sentence: Sentence,
    clause: Clause | None,
    language: str = "de",
    figure: Span | None = None,
) -> StanceReading:
    """Read the standing of a claim.

    Args:
        span: The claim, code points of the document's text.
        attributions: Those of the document, from ``attribute``.
        sentence: The sentence in which the claim stands.
        clause: Its clause, None where the sentence was not parsed: then the claim's own words decide.
        language: Picks the tables.
        figure: Its number, where one clause has several: of "nicht 50, sondern 20" one is denied.

    Returns:
        The reading, with the cues and rules that gave it; ``fact`` in the outlet's own voice where nothing speaks
        against it.
    """
    t = stance_tables(language)
    at = innermost(span, attributions)
    a = attributions[at] if at is not None else None
    region = region_of(span, a, sentence, clause)
    framing = framing_of(a, sentence)
    r = Signs(t, a)
    if a is not None:
        r.take_kind(a, framing)
    else:
        r.take_verb(sentence, region, clause, language)
    finite = sentence.tokens[clause.finite] if clause and clause.finite is not None else None
    r.past = finite is not None and finite.feat("Tense") == "Past" and finite.feat("Mood") != "Sub"
    r.take_modal(sentence, region, clause)
    r.take_hedges(region)
    r.take_above(sentence, clause)
    r.take_mood(clause)
    r.take_outcome(sentence, clause, span.start)
    if not _beside(t, span, sentence, clause):
        r.take_negation(sentence, region, clause, figure)
    r.take_denials(sentence, clause)
    return StanceReading(
        r.stance, r.distance, r.certainty, r.polarity, r.denial, _basis(t, framing, a), a.form if a else "none", at,
        tuple(sorted(set(r.cues))), tuple(r.rules),
    )  # fmt: skip


def _beside(t: StanceTables, span: Span, sentence: Sentence, clause: Clause | None) -> bool:
    """Tell whether a claim rests on a noun beside what the clause says: "hatte auf die Lieferung keinen Einfluss"."""
    at = next((n for n, k in enumerate(sentence.tokens) if k.start == span.start), None)
    if clause is None or at is None or at == clause.root:
        return False
    k = sentence.tokens[at]
    before = sentence.tokens[at - 1].text.lower() if at else ""
    return k.upos == "NOUN" and k.deprel.startswith(("obl", "nmod")) and before not in t.negations


def _basis(t: StanceTables, framing: Sequence[Token], a: Attribution | None) -> str | None:
    for k in framing:
        row = t.bearers.get(k.text.lower())
        if row:
            return row.basis
    for chain in a.chains if a is not None else ():
        for s in chain:
            named = next((t.bearers[x] for x in s.raw.lower().split() if x in t.bearers), None)
            if named:
                return named.basis
            if s.kind == "intelligence":
                return "intelligence"
    return None
