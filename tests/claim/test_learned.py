"""The learned part with heads of our own making, so that the tests stand whatever the shipped weights are."""

from __future__ import annotations

from told import quoted

from beleg.claim.assemble import build_claims
from beleg.claim.frame_check import sentence_document
from beleg.claim.heads import NO_HEADS, UNIT, Heads
from beleg.claim.side_features import ROLES
from beleg.model import Claim
from beleg.pipeline import read_article

TOLD = "Norwegen übergab der Ukraine acht Panzer. Die Panzer tragen Tarnfarbe."
SURE = 9 * UNIT
EVERYTHING_IS_A_CLAIM = Heads({"claim": {"claim": SURE}, "event": {"stockpile": SURE}})
NOTHING_IS_A_CLAIM = Heads({"claim": {"claim": -SURE}, "event": {}})
NOBODY_ON_A_SIDE = Heads({"side": {f"{role} nobody": SURE for role in ROLES}})

SOMEBODY_ELSE = Heads({"side": {f"{role} rules=none open": SURE for role in ROLES}})


def claims(text: str, heads: Heads) -> list[Claim]:
    r = read_article(sentence_document(text), parse_all=True)
    return build_claims(r.document, r.sentences, r.mentions, r.attributions, heads)[0]


def test_without_heads_the_rules_decide_alone() -> None:
    found = claims(TOLD, NO_HEADS)
    assert found == claims(TOLD, NOTHING_IS_A_CLAIM)
    assert not [r for c in found for r in c.rules if r.startswith("head:")]


def test_a_clause_that_no_rule_tells_of_becomes_a_claim_that_names_the_head_and_how_sure_it_is() -> None:
    ruled, proposed = claims(TOLD, EVERYTHING_IS_A_CLAIM)
    assert (ruled.event, proposed.event) == ("transfer", "stockpile")
    assert quoted(TOLD, proposed) == "Die Panzer tragen Tarnfarbe"
    assert proposed.rules[:2] == ("head:claim 1.00", "head:event stockpile 1.00")


def test_an_article_about_something_else_gets_no_claims_from_heads() -> None:
    text = "Die Gemeinde eröffnete ein Schwimmbad. Es hat drei Becken und eine Rutsche. " * 10
    assert claims(text, EVERYTHING_IS_A_CLAIM) == []


def test_a_side_that_the_rules_filled_stands_whatever_the_head_says() -> None:
    for heads in (NO_HEADS, NOBODY_ON_A_SIDE, SOMEBODY_ELSE):
        (claim,) = claims("Norwegen übergab der Ukraine acht Panzer.", heads)
        assert (claim.supplier, claim.recipient) == ("NO", "UA")


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
    same = {f"{role} rules={side}": SURE for role in ROLES for side in ("supplier", "recipient")}
    for c in claims("Norwegen übergab der Ukraine acht Panzer.", Heads({"side": same})):
        assert c.supplier != c.recipient


def test_a_proposed_claim_takes_its_figure_from_its_own_words() -> None:
    text = "Norwegen übergab der Ukraine acht Panzer. Im Depot rosten noch 14 Haubitzen."
    found = [c for c in claims(text, EVERYTHING_IS_A_CLAIM) if c.quantity and c.quantity.low == 14]
    assert found and all("14" in quoted(text, c) for c in found)


def test_who_only_says_it_or_watches_is_no_side_of_what_a_head_proposes() -> None:
    heads = Heads(
        {"claim": {"claim": SURE}, "event": {"transfer": SURE}, "side": {f"{r} rules=none open": SURE for r in ROLES}}
    )
    text = "Norwegen übergab der Ukraine Panzer. Südkoreas Minister spricht von 40 Containern. RUSI sah sie."
    for c in claims(text, heads):
        assert not {"KR", "RUSI"} & {c.supplier, c.recipient}
