"""The learned part with heads of our own making, so that the tests stand whatever the shipped weights are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import log

from told import quoted

from beleg.claim.assemble import build_claims, claims_in
from beleg.claim.context import Signal, build_context
from beleg.claim.frame_check import sentence_document
from beleg.claim.heads import NO_HEADS, UNIT, Heads
from beleg.claim.side_topic import ROLES as SIDES
from beleg.claim.signals import EVENTS, NOBODY, STANCES
from beleg.model import Claim, EventKind
from beleg.pipeline import Reading, read_article

TOLD = "Norwegen übergab der Ukraine acht Panzer. Die Panzer tragen Tarnfarbe."
SURE = 9 * UNIT
SURE_ODDS = 9.0
EVEN = dict.fromkeys(STANCES, log(1 / len(STANCES)))
EVERYTHING_IS_A_CLAIM = Heads({"claim": {"claim": SURE}, "event": {"stockpile not-ruled": SURE}})
NO_RULE_STANDS = Heads({"keep": {"keep": -SURE}})
EVERY_RULE_MEANS_USE = Heads({"event": {"use ruled": SURE}})
NOTHING_IS_A_CLAIM = Heads({"claim": {"claim": -SURE}, "event": {}})
NOBODY_ON_A_SIDE = Heads({"side": {f"{role} nobody": SURE for role in SIDES}})

SOMEBODY_ELSE = Heads({"side": {f"{role} rules=none open": SURE for role in SIDES}})


LONGER = "\n\n" + "Vor dem Rathaus mit seinem Turm war von Panzern nichts zu merken. " * 10


def read(text: str) -> Reading:
    return read_article(sentence_document(text), parse_all=True)


def claims(text: str, heads: Heads, more: str = LONGER) -> list[Claim]:
    """Return the claims of a text under some heads, nothing from the clause network."""
    r = read(text + more)
    return build_claims(r.document, r.sentences, r.mentions, r.attributions, heads)[0]


def signalled(text: str, heads: Heads, signal: Signal) -> list[Claim]:
    """Return the claims of a text of whose every clause the network says the same."""
    r = read(text + LONGER)
    context = build_context(r.document, r.sentences, r.mentions, r.attributions)
    every = {(i, k): signal for i, s in enumerate(context.sentences) for k in range(len(s.clauses))}
    return claims_in(replace(context, signals=every), heads, {}, None)[0]


def signal(claim: float, event: EventKind, **named: Mapping[str, float]) -> Signal:
    """Return a signal that is sure of an event, and of who or what has each role that is given."""
    events = {e: SURE_ODDS * (e == event) for e in EVENTS}
    silent: dict[str, Mapping[str, float]] = {role: {} for role in SIDES}
    return Signal(claim, events, EVEN, {**silent, "item": {"tanks": 0.0}, "origin": {NOBODY: 0.0}, **named})


def test_the_odds_of_the_clause_network_weigh_beside_the_features() -> None:
    silent = Heads({"keep": {}, "claim": {}, "event": {}})
    claim, *_ = signalled("Norwegen übergab der Ukraine acht Panzer.", silent, signal(SURE_ODDS, "use"))
    assert claim.event == "use"
    assert signalled("Norwegen übergab der Ukraine acht Panzer.", silent, signal(-SURE_ODDS, "use")) == []


def test_a_party_that_the_clause_network_names_takes_a_side_that_the_rules_gave_to_another() -> None:
    text, silent = "Norwegen übergab der Ukraine acht Panzer. Auch Dänemark war dabei.", Heads({"side": {}})
    sure = signal(0.0, "transfer", supplier={"DK": 0.0, "NO": -SURE_ODDS, "UA": -SURE_ODDS, NOBODY: -SURE_ODDS})
    claim, *_ = signalled(text, silent, sure)
    assert (claim.supplier, claim.recipient) == ("DK", "UA")
    assert any(r.startswith("head:supplier DK") for r in claim.rules)


def test_a_thing_that_the_clause_network_names_takes_the_place_of_another_unless_a_number_counts_that() -> None:
    things = {"tanks": -SURE_ODDS, "drones": 0.0, NOBODY: -SURE_ODDS}
    text = "Norwegen übergab der Ukraine {} Panzer. Von Drohnen war keine Rede."
    sure = signal(0.0, "transfer", item=things)
    silent = Heads({"keep": {}})
    plain, *_ = signalled(text.format("seine"), silent, sure)
    counted, *_ = signalled(text.format("acht"), silent, sure)
    ruled, *_ = signalled(text.format("seine"), NO_HEADS, sure)
    assert (plain.item_id, counted.item_id, ruled.item_id) == ("drones", "tanks", "tanks")
    assert any(r.startswith("net:item") for r in plain.rules)


def test_no_other_thing_makes_another_event_of_a_claim_nor_does_one_that_was_not_asked_about() -> None:
    text, silent = "Norwegen übergab der Ukraine seine Panzer. Von Soldaten war keine Rede.", Heads({"keep": {}})
    troops = signal(0.0, "transfer", item={"tanks": -SURE_ODDS, "troops": 0.0, NOBODY: -SURE_ODDS})
    unasked = signal(0.0, "transfer", item={"drones": 0.0, NOBODY: -SURE_ODDS})
    assert [signalled(text, silent, s)[0].item_id for s in (troops, unasked)] == ["tanks", "tanks"]


def test_without_heads_the_rules_decide_alone() -> None:
    found = claims(TOLD, NO_HEADS)
    assert found == claims(TOLD, NOTHING_IS_A_CLAIM)
    assert not [r for c in found for r in c.rules if r.startswith("head:")]


def test_a_clause_that_no_rule_tells_of_becomes_a_claim_that_names_the_head_and_how_sure_it_is() -> None:
    ruled, proposed, *_ = claims(TOLD, EVERYTHING_IS_A_CLAIM)
    assert (ruled.event, proposed.event) == ("transfer", "stockpile")
    assert quoted(TOLD, proposed) == "Die Panzer tragen Tarnfarbe"
    assert proposed.rules[:2] == ("head:claim 1.00", "head:event stockpile 1.00")


def test_an_article_about_something_else_gets_no_claims_from_heads() -> None:
    text = "Die Gemeinde eröffnete ein Schwimmbad. Es hat drei Becken und eine Rutsche. " * 10
    assert claims(text, EVERYTHING_IS_A_CLAIM) == []


def test_a_claim_of_the_rules_that_the_head_thinks_unlikely_is_left_out_and_told_as_a_doubt() -> None:
    assert claims(TOLD, NO_RULE_STANDS, more="") == claims(
        TOLD, NO_HEADS, more=""
    )  # a text of two sentences: no article to judge by
    r = read(TOLD + LONGER)
    found, doubts = build_claims(r.document, r.sentences, r.mentions, r.attributions, NO_RULE_STANDS)
    assert found == []
    (doubt,) = [p for p in doubts if p.code == "claim-doubted"]
    assert doubt.span is not None and r.document.text[doubt.span.start : doubt.span.end].startswith("Norwegen übergab")
    assert "frame:übergeben.verb" in doubt.message and "0.00" in doubt.message


def test_an_event_that_the_head_is_sure_of_replaces_that_of_the_rule_and_keeps_the_figure() -> None:
    (claim,) = claims("Norwegen übergab der Ukraine acht Panzer.", EVERY_RULE_MEANS_USE)
    assert (claim.event, claim.rules[0]) == ("use", "head:event use 1.00")
    assert claim.quantity is not None and (claim.quantity.low, claim.quantity.unit) == (8, "tanks")


def test_a_side_of_the_rules_gives_way_only_to_one_that_the_head_is_surer_of() -> None:
    text = "Norwegen übergab der Ukraine acht Panzer."
    (ruled,), (stands,), (gone,) = (claims(text, h) for h in (NO_HEADS, SOMEBODY_ELSE, NOBODY_ON_A_SIDE))
    assert (ruled.supplier, ruled.recipient) == (stands.supplier, stands.recipient) == ("NO", "UA")
    assert gone.supplier is gone.recipient is None
    assert [r for r in gone.rules if r.startswith("head:supplier nobody")]
    assert not [s for s in gone.slots if s.role in SIDES]


def test_a_side_that_the_rules_left_open_is_filled_where_the_head_is_sure_enough() -> None:
    text = "In Kiew kamen acht Panzer an. Schweden schwieg."
    ruled, filled = claims(text, NO_HEADS)[0], claims(text, SOMEBODY_ELSE)[0]
    assert (ruled.event, ruled.supplier, filled.supplier) == ("transfer", None, "SE")
    assert [r for r in filled.rules if r.startswith("head:supplier SE")]
    (slot,) = [s for s in filled.slots if s.role == "supplier"]
    assert (slot.value, slot.step) == ("SE", "paragraph")


def test_who_acted_is_never_left_to_the_head() -> None:
    ruled, filled = (claims("Im Werk werden Panzer gebaut. Schweden schwieg.", h)[0] for h in (NO_HEADS, SOMEBODY_ELSE))
    assert ruled.actor is filled.actor is None


def test_a_party_is_only_ever_one_that_the_article_names() -> None:
    far = Heads({"side": {"supplier nobody": -SURE, "recipient nobody": -SURE}})
    for c in claims("Die Panzer kamen am Montag an. Norwegen hatte sie geschickt, Schweden nicht.", far):
        assert {c.supplier, c.recipient} <= {"NO", "SE", None}


def test_heads_never_put_one_party_on_both_sides() -> None:
    same = {f"{role} rules={side}": SURE for role in SIDES for side in ("supplier", "recipient")}
    for c in claims("Norwegen übergab der Ukraine acht Panzer.", Heads({"side": same})):
        assert c.supplier != c.recipient


def test_a_proposed_claim_takes_its_figure_from_its_own_words() -> None:
    text = "Norwegen übergab der Ukraine acht Panzer. Im Depot rosten noch 14 Haubitzen."
    found = [c for c in claims(text, EVERYTHING_IS_A_CLAIM) if c.quantity and c.quantity.low == 14]
    assert found and all("14" in quoted(text, c) for c in found)


def test_who_only_says_it_or_watches_is_no_side_of_what_a_head_proposes() -> None:
    heads = Heads(
        {"claim": {"claim": SURE}, "event": {"transfer": SURE}, "side": {f"{r} rules=none open": SURE for r in SIDES}}
    )
    text = "Norwegen übergab der Ukraine Panzer. Südkoreas Minister spricht von 40 Containern. RUSI sah sie."
    for c in claims(text, heads):
        assert not {"KR", "RUSI"} & {c.supplier, c.recipient}


def test_what_would_fit_stays_a_capacity_whatever_event_the_head_makes_of_it() -> None:
    transfers = Heads({"event": {"transfer ruled": SURE}})
    text = "Norwegen schickte der Ukraine 40 Container. In so vielen Containern fänden 600 Granaten Platz."
    (claim,) = [c for c in claims(text, transfers) if c.quantity is not None and c.quantity.low == 600]
    assert (claim.event, claim.act) == ("transfer", "capacity")


def test_a_number_that_no_rule_took_goes_to_the_claim_of_its_clause_where_the_head_enters_it() -> None:
    text = "Norwegen übergab der Ukraine acht Panzer aus drei Depots."
    entered = Heads({"figure": {"figure": SURE}})
    ruled, found = claims(text, NO_HEADS), claims(text, entered)
    assert [c.quantity.low for c in ruled if c.quantity] == [8]
    assert sorted(c.quantity.low or 0 for c in found if c.quantity) == [3, 8]
    assert all(any(r.startswith("head:figure") for r in c.rules) for c in found if c.quantity and c.quantity.low == 3)


def test_a_number_that_goes_on_from_before_is_not_lost_with_the_event_of_its_rule() -> None:
    text = "Norwegen übergab der Ukraine acht Panzer. Zwei davon kamen am Montag an."
    ruled, changed = claims(text, NO_HEADS), claims(text, EVERY_RULE_MEANS_USE)
    assert sorted(c.quantity.low or 0 for c in ruled if c.quantity) == [2, 8]
    assert sorted((c.event, c.quantity.low) for c in changed if c.quantity) == [("use", 2), ("use", 8)]
