"""What only the article as a whole tells about a claim: under which key it stands, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from by_hand import claim, document, source, time

from beleg.ledger.build import LedgerState, build_ledger
from beleg.ledger.placing import place
from beleg.ledger.tables import ledger_tables
from beleg.ledger.values import Matter
from beleg.model import Claim, Span

MINISTER = source("Minister", country="KR")
ARTICLE = document("a", "2024-03-10")


def title(c: Claim) -> Claim:
    return replace(c, block="title", sources=(), span=Span(0, 5))


def matters(*claims: Claim) -> dict[str, Matter]:
    ledger, _ = build_ledger([ARTICLE], claims)
    return {c.id: m for m in ledger.matters for c in m.claims}


def why(claims: list[Claim], id: str) -> str:
    return place(claims, ARTICLE, ledger_tables())[id].why


SHELLS: dict[str, Any] = {"unit": "shells", "item": "artillery shells", "item_id": "artillery-shells"}


@pytest.mark.parametrize(
    "left_open",
    [
        {"supplier": None},
        {"recipient": None},
        {"supplier": None, "recipient": None},
        {"supplier": "RU", "recipient": None},
    ],
)
def test_a_title_is_the_figure_that_the_body_gives_in_full(left_open: dict[str, Any]) -> None:
    body = claim("a#02", ARTICLE, "mehr als 13000", MINISTER)
    head = title(claim("a#01", ARTICLE, "mehr als 13000", **left_open))
    assert why([head, body], "a#01") == "title-shortens"
    assert matters(head, body)["a#01"].id == matters(head, body)["a#02"].id


@pytest.mark.parametrize(
    "other",
    [
        {"supplier": "RU", "recipient": "KP"},
        {"supplier": "US", "recipient": None},
        {"unit": "shells"},
        {"act": "intended"},
        {"item": "rice", "item_id": "food"},
    ],
)
def test_a_title_that_says_something_else_stays_apart(other: dict[str, Any]) -> None:
    body = claim("a#02", ARTICLE, "mehr als 13000", MINISTER, **SHELLS | {"unit": "containers"})
    head = title(claim("a#01", ARTICLE, "mehr als 13000", **SHELLS | {"unit": "containers"} | other))
    assert place([head, body], ARTICLE, ledger_tables())["a#01"].why == "as-stated"


def test_a_title_with_another_number_stays_as_it_is() -> None:
    body = claim("a#02", ARTICLE, "mehr als 13000", MINISTER)
    assert why([title(claim("a#01", ARTICLE, "mehr als 12000", supplier=None)), body], "a#01") == "as-stated"


def nouned(c: Claim) -> Claim:
    assert c.quantity is not None
    return replace(c, quantity=replace(c.quantity, counted=Span(0, 9)))


BARE: dict[str, Any] = {"unit": "weapons", "item": "arms deliveries", "item_id": "deliveries"}


def test_a_bare_number_counts_what_the_article_counts() -> None:
    counted = nouned(claim("a#01", ARTICLE, "etwa 7000", MINISTER))
    bare = claim("a#02", ARTICLE, "etwa 20000", MINISTER, **BARE)
    placed = place([counted, bare], ARTICLE, ledger_tables())["a#02"]
    assert (placed.key.unit, placed.key.item, placed.why) == ("containers", "containers", "bare-number")


def test_a_bare_number_beside_two_things_is_that_of_the_same_number_or_of_neither() -> None:
    boxes = nouned(claim("a#01", ARTICLE, "etwa 7000", MINISTER))
    shells = nouned(claim("a#03", ARTICLE, "etwa 20000", MINISTER, **SHELLS))
    same, other = (claim("a#02", ARTICLE, f"etwa {n}", MINISTER, **BARE) for n in (20000, 30000))
    assert place([boxes, shells, same], ARTICLE, ledger_tables())["a#02"].key.unit == "shells"
    assert why([boxes, shells, other], "a#02") == "as-stated"


def test_a_number_with_its_noun_stays_with_it() -> None:
    boxes = nouned(claim("a#01", ARTICLE, "etwa 7000", MINISTER))
    weapons = nouned(claim("a#02", ARTICLE, "etwa 20000", MINISTER, **BARE))
    assert why([boxes, weapons], "a#02") == "as-stated"


def test_a_number_without_an_act_is_of_the_article_s_only_one() -> None:
    told = claim("a#01", ARTICLE, "etwa 7000", MINISTER)
    alone = claim("a#02", ARTICLE, "etwa 5000", MINISTER, act="other")
    planned = claim("a#03", ARTICLE, "etwa 9000", MINISTER, act="intended")
    assert place([told, alone], ARTICLE, ledger_tables())["a#02"] == (told_key(told), "act-open")
    assert why([told, planned, alone], "a#02") == "as-stated"
    assert why([alone], "a#02") == "as-stated"


def told_key(c: Claim) -> Any:
    return place([c], ARTICLE, ledger_tables())[c.id].key


def test_what_could_lie_in_counted_containers_is_their_capacity() -> None:
    counted = claim("a#01", ARTICLE, "etwa 6700", MINISTER)
    contents = replace(claim("a#02", ARTICLE, "etwa 3000000", MINISTER, **SHELLS), certainty="PS")
    key = place([counted, contents], ARTICLE, ledger_tables())["a#02"]
    assert (key.key.act, key.why) == ("capacity", "contents-of-containers")


def test_a_possible_delivery_where_nobody_counts_containers_stays_a_delivery() -> None:
    possible = replace(claim("a#02", ARTICLE, "etwa 3000", MINISTER, **SHELLS), certainty="PS")
    assert why([possible], "a#02") == "as-stated"


@pytest.mark.parametrize("when", [time(None, "2024-04"), time("2024-05", "2024-06"), time("2025", "2025")])
def test_what_is_to_happen_after_the_article_is_a_plan(when: Any) -> None:
    planned = claim("a#01", ARTICLE, "etwa 524000", MINISTER, when=when, **SHELLS)
    key = place([planned], ARTICLE, ledger_tables())["a#01"]
    assert (key.key.act, key.why) == ("intended", "not-yet")


@pytest.mark.parametrize("side", [{"supplier": None, "recipient": None}, {"recipient": None}, {}])
def test_contents_take_the_sides_of_the_only_containers(side: dict[str, Any]) -> None:
    counted = claim("a#01", ARTICLE, "etwa 6700", MINISTER)
    contents = replace(claim("a#02", ARTICLE, "etwa 3000000", MINISTER, **SHELLS, **side), certainty="PS")
    key = place([counted, contents], ARTICLE, ledger_tables())["a#02"].key
    assert (key.supplier, key.recipient, key.act) == ("KP", "RU", "capacity")


@pytest.mark.parametrize(
    "when", [time(None, "2024-03-12"), time(None, "2024-03"), time("2024-03", "2024-03"), time("2023-09", since=True)]
)
def test_what_may_have_happened_when_the_article_came_out_is_none(when: Any) -> None:
    assert why([claim("a#01", ARTICLE, "etwa 524000", MINISTER, when=when, **SHELLS)], "a#01") == "as-stated"


@pytest.mark.parametrize("side", [{"supplier": "RU", "recipient": None}, {"supplier": None, "recipient": "KP"}])
def test_what_the_receiver_gives_goes_back_to_the_giver(side: dict[str, Any]) -> None:
    there = claim("a#01", ARTICLE, "etwa 7000", MINISTER)
    back = claim("a#02", ARTICLE, "etwa 9000", MINISTER, **side)
    key = place([there, back], ARTICLE, ledger_tables())["a#02"]
    assert (key.key.supplier, key.key.recipient, key.why) == ("RU", "KP", "sent-back")
    assert len({m.id for m in matters(there, back).values()}) == 2


def test_who_only_fetched_something_sends_nothing_back() -> None:
    there = claim("a#01", ARTICLE, "etwa 7000", MINISTER, **SHELLS)
    fetched = claim("a#02", ARTICLE, "mehr als 300", MINISTER, supplier="RU", recipient=None)
    assert why([there, fetched], "a#02") == "as-stated"


def test_with_a_third_party_in_the_article_nobody_knows_to_whom_it_goes() -> None:
    there = claim("a#01", ARTICLE, "etwa 7000", MINISTER)
    third = claim("a#03", ARTICLE, "etwa 100", MINISTER, supplier="IR", unit="missiles", item="missiles")
    back = claim("a#02", ARTICLE, "etwa 9000", MINISTER, supplier="RU", recipient=None)
    assert why([there, third, back], "a#02") == "as-stated"


def test_more_of_an_article_lets_its_first_claims_be_read_anew() -> None:
    body, head = (
        claim("a#02", ARTICLE, "mehr als 13000", MINISTER),
        title(claim("a#01", ARTICLE, "mehr als 13000", supplier=None)),
    )
    state = LedgerState()
    state.add(ARTICLE, [head])
    state.put([], [body])
    whole, _ = build_ledger([ARTICLE], [head, body])
    assert [m.claims for m in state.ledger().matters] == [m.claims for m in whole.matters]


def test_words_of_one_label_are_one_item() -> None:
    one = claim("a#01", ARTICLE, "etwa 7000", MINISTER, **SHELLS)
    other = claim("a#02", ARTICLE, "etwa 8000", MINISTER, **SHELLS | {"item_id": "projectiles"})
    assert len({m.id for m in matters(one, other).values()}) == 1


def test_a_figure_that_was_said_in_a_month_is_no_figure_of_that_month() -> None:
    before = document("b", "2023-11-19")
    said = claim("b#01", before, "etwa 3000", MINISTER)
    retold = claim("a#01", ARTICLE, "etwa 3000", MINISTER, counting="period", when=time("2023-11", "2023-11"))
    ledger, _ = build_ledger([before, ARTICLE], [said, retold])
    (matter,) = ledger.matters
    (figure,) = matter.figures
    assert (figure.counts, figure.documents) == ("total", (before.id, ARTICLE.id))


def test_every_claim_says_why_it_is_in_its_matter() -> None:
    stated = claim("a#01", ARTICLE, "etwa 7000", MINISTER, when=time("2023-08", since=True))
    taken = claim("a#02", ARTICLE, "etwa 8000", MINISTER)
    (matter,) = {m.id: m for m in matters(stated, taken).values()}.values()
    assert matter.reasons == (("as-stated", "start-stated"), ("as-stated", "start-taken"))


def fitting(*claims: Claim) -> list[str]:
    """The acts under which an article's claims stand, in text order."""
    found = place(claims, ARTICLE, ledger_tables())
    return [found[c.id].key.act for c in claims]


CONDITION = claim("a#01", ARTICLE, None, MINISTER, act="capacity", span=Span(10, 40), **SHELLS)


def test_a_number_in_a_statement_with_its_own_condition_is_what_would_fit_and_so_is_the_bare_one_after_it() -> None:
    whole = claim("a#02", ARTICLE, "mehr als 200000", MINISTER, span=Span(10, 80), **SHELLS)
    bare = claim("a#03", ARTICLE, "mehr als 1000000", MINISTER, span=Span(82, 120), **SHELLS)
    assert fitting(CONDITION, counted(whole), bare) == ["capacity", "capacity", "capacity"]


def test_what_is_only_possible_of_the_same_things_without_a_number_is_what_would_fit() -> None:
    mixture = replace(claim("a#02", ARTICLE, None, MINISTER, span=Span(82, 120), **SHELLS), certainty="PS")
    assert fitting(CONDITION, mixture) == ["capacity", "capacity"]
    assert fitting(mixture) == ["delivered"]


def test_a_number_of_its_own_noun_elsewhere_in_the_article_stays_a_delivery() -> None:
    other = claim("a#02", ARTICLE, "mehr als 200000", MINISTER, span=Span(82, 120), **SHELLS)
    missiles: dict[str, Any] = {"unit": "missiles", "item": "missiles", "item_id": "missiles"}
    within = claim("a#03", ARTICLE, "etwa 50", MINISTER, span=Span(5, 130), **missiles)
    assert fitting(CONDITION, counted(other), counted(within)) == ["capacity", "delivered", "delivered"]


def counted(c: Claim) -> Claim:
    """The claim with the noun that its number counts."""
    assert c.quantity is not None
    return replace(c, quantity=replace(c.quantity, counted=Span(0, 1)))
