"""What the clause network adds to whose words and how firmly; it never touches a denial."""

from __future__ import annotations

from dataclasses import replace
from math import log

import pytest

from beleg.claim.assemble import claims_in
from beleg.claim.context import Signal, build_context
from beleg.claim.heads import Heads
from beleg.claim.signals import EVENTS, NOBODY, STANCES
from beleg.model import Claim, Problem, Stance
from beleg.pipeline import read_article
from beleg.read.documents import read_documents
from beleg.read.given import Given
from beleg.read.inputs import RawInput

SILENT = Heads({"keep": {}})
PLAIN = "Norwegen übergab der Ukraine acht Panzer."
MORE = "\n\n" + "Vor dem Rathaus mit seinem Turm war von Panzern nichts zu merken. " * 10


def signal(stance: Stance, origin: str) -> Signal:
    """Return a signal that is sure of a stance and of a source, and of nothing else."""
    stances: dict[Stance, float] = {s: log(0.9 if s == stance else 0.02) for s in STANCES}
    origins = {origin: log(0.95), NOBODY: log(0.05)} if origin else {NOBODY: 0.0}
    named = {"supplier": {}, "recipient": {}, "item": {NOBODY: 0.0, "tanks": 0.0}, "origin": origins}
    return Signal(0.0, dict.fromkeys(EVENTS, 0.0), stances, named)


def read(text: str, told: Signal) -> tuple[list[Claim], list[Problem]]:
    document = read_documents(RawInput("a.txt", (text + MORE).encode()), Given(language="de"))[0][0]
    r = read_article(document, parse_all=True)
    context = build_context(r.document, r.sentences, r.mentions, r.attributions)
    every = {(i, k): told for i, s in enumerate(context.sentences) for k in range(len(s.clauses))}
    return claims_in(replace(context, signals=every), SILENT, {}, None)


def last(text: str, told: Signal) -> Claim:
    """Return the claim of the plain sentence."""
    return next(c for c in read(text, told)[0] if c.quantity is not None and c.quantity.raw == "acht")


def test_a_plain_sentence_after_somebodys_words_goes_on_with_them() -> None:
    claim = last(
        f"Panzer seien geliefert worden, sagte das Außenministerium in Oslo. {PLAIN}", signal("said", source())
    )
    assert (claim.stance, [s.name for s in claim.sources]) == ("said", [source()])
    assert any(r.startswith("net:origin") for r in claim.rules)


def source() -> str:
    """Return the name under which the ministry of the examples is known."""
    claims, _ = read("Norwegen habe Panzer geliefert, sagte das Außenministerium in Oslo.", signal("fact", NOBODY))
    return claims[0].sources[-1].name


@pytest.mark.parametrize("before", [
    "Das Außenministerium in Oslo bestritt, dass Norwegen Panzer liefere.",
    "Das Außenministerium in Oslo dementierte eine Lieferung von Panzern.",
])  # fmt: skip
def test_nobody_who_denied_goes_on_to_assert(before: str) -> None:
    claim = last(f"{before} {PLAIN}", signal("said", source()))
    assert (claim.stance, claim.sources) == ("fact", ())


def test_nothing_goes_on_with_words_that_stand_behind_it() -> None:
    claim = last(f"{PLAIN} Es seien gute Panzer, sagte das Außenministerium in Oslo.", signal("said", source()))
    assert (claim.stance, claim.sources) == ("fact", ())


@pytest.mark.parametrize("stance", ["said", "fact", "planned", "hedged"])
def test_a_denial_stays_a_denial_of_the_same_source_whatever_the_network_says(stance: Stance) -> None:
    text = "Das Außenministerium in Oslo bestritt, dass Norwegen der Ukraine acht Panzer übergeben habe."
    plain, told = last(text, signal("denied", NOBODY)), last(text, signal(stance, source()))
    assert plain.stance == told.stance == "denied"
    assert plain.sources == told.sources
    own = "Norwegen hat der Ukraine acht Panzer nicht übergeben."
    claims, _ = read(f"Es kämen Panzer, sagte das Außenministerium in Oslo. {own}", signal(stance, source()))
    assert [(c.stance, c.sources) for c in claims if c.quantity and c.quantity.raw == "acht"] == [("denied", ())]


def test_a_denial_that_only_the_network_sees_is_a_doubt() -> None:
    claims, problems = read(PLAIN, signal("denied", NOBODY))
    assert claims[0].stance == "fact"
    (doubt,) = [p for p in problems if p.code == "perhaps-denied" and p.span == claims[0].span]
    assert "denial" in doubt.message
    assert not [p for p in read(PLAIN, signal("fact", NOBODY))[1] if p.code == "perhaps-denied"]


def test_what_would_fit_stays_what_would_fit() -> None:
    claims, _ = read("Die Container könnten acht Panzer fassen.", signal("planned", NOBODY))
    assert [c.act for c in claims if c.quantity and c.quantity.raw == "acht"] == ["capacity"]
