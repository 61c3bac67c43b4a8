"""What must hold of every ledger, whatever the articles: forty cases each, a thousand with BELEG_EXAMPLES=1000."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import combinations
from math import inf
from typing import Any

from by_hand import claim, document, source, time
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from beleg.ledger.bounds import Series, series_of
from beleg.ledger.build import LedgerState, build_ledger
from beleg.ledger.coherence import Network
from beleg.ledger.days import Moment
from beleg.ledger.interval import Constraint, negative_cycle, order_edges
from beleg.ledger.origins import independent_range
from beleg.ledger.rows import matter_row
from beleg.ledger.values import Dependence, Ledger, Matter
from beleg.model import Claim, Decision, Document

many = settings(
    max_examples=int(os.environ.get("BELEG_EXAMPLES", "40")),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

SPEAKERS = (
    source("Shin Won-sik", country="KR"),
    source("National Intelligence Service", "intelligence", "KR"),
    source("US Department of State", country="US"),
    source("RUSI", "think_tank", "GB", "rusi"),
    source("Conflict Watch", "ngo", "DE"),
)
DAYS = tuple(f"2024-{m:02}-{d:02}" for m in range(1, 9) for d in (3, 17))
STARTS = (None, None, None, "2023-09", "2023-10", "2021-05")
OPEN_SIDES = ({"supplier": None}, {"recipient": None}, {"supplier": None, "recipient": None})
HEDGES = ("mehr als", "mindestens", "etwa", "bis zu", "")


@st.composite
def stories(draw: st.DrawFn, most: int = 8) -> tuple[list[Document], list[Claim]]:
    """Some articles with claims about containers and shells, both ways, from different starts."""
    documents, claims = [], []
    for i in range(draw(st.integers(1, most))):
        day = draw(st.sampled_from(DAYS))
        doc = document(f"a{i}", day, text=f"Artikel {i} " + " ".join(f"w{draw(st.integers(0, 4))}" for _ in range(6)))
        documents.append(doc)
        for j in range(draw(st.integers(1, 2))):
            start = draw(st.sampled_from(STARTS))
            counting = draw(st.sampled_from(("total", "total", "total", "period", None)))
            when = time(start, since=True) if start and counting != "period" else None
            if counting == "period":
                when = time(draw(st.sampled_from(("2023-09", "2024-01", "2023-12-28"))), day)
            words = f"{draw(st.sampled_from(HEDGES))} {draw(st.integers(1, 60)) * 100}".strip()
            other: dict[str, Any] = draw(st.sampled_from(({}, {}, {}, {"unit": "shells", "item_id": "shells"})))
            if draw(st.integers(0, 9)) == 0:
                other = {**other, "supplier": "RU", "recipient": "KP"}
            if draw(st.integers(0, 4)) == 0:
                other = {**other, **draw(st.sampled_from(OPEN_SIDES))}
            speaker = draw(st.sampled_from((*SPEAKERS, None)))
            who = () if speaker is None else (speaker,)
            kind = draw(st.sampled_from(("", "", "", "", "", "title", "possible", "planned", "tonnes")))
            if kind == "title":
                other = {**other, "block": "title"}
            elif kind == "possible":
                other = {**other, "certainty": "PS"}
            elif kind == "planned":
                when = time(None, "2025-01")
            elif kind == "tonnes":
                other = {**other, "unit": draw(st.sampled_from(("tonnes", "kilograms")))}
            if j and draw(st.booleans()):
                other = {**other, draw(st.sampled_from(("derived_from", "alternative"))): f"a{i}#0"}
            claims.append(claim(f"a{i}#{j}", doc, words, *who, counting=counting, when=when, **other))
    return documents, claims


def ledger_of(documents: list[Document], claims: list[Claim], *decisions: Decision) -> Ledger:
    return build_ledger(documents, claims, decisions)[0]


def rows(ledger: Ledger) -> list[dict[str, Any]]:
    return [matter_row(m) for m in ledger.matters]


def essence(m: Matter) -> dict[str, Any]:
    """What copies must not change: bounds, conflicts, origins and digits."""
    row = matter_row(m)
    keep = ("conflicts", "n_min", "n_max", "bodies", "camps", "utterances", "grades", "start", "as_of")
    return {k: row[k] for k in keep}


@many
@given(stories(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(story: tuple[list[Document], list[Claim]], rng: Any) -> None:
    documents, claims = story
    shuffled_documents, shuffled_claims = list(documents), list(claims)
    rng.shuffle(shuffled_documents)
    rng.shuffle(shuffled_claims)
    assert rows(ledger_of(documents, claims)) == rows(ledger_of(shuffled_documents, shuffled_claims))


@many
@given(stories())
def test_taking_in_everything_twice_changes_nothing(story: tuple[list[Document], list[Claim]]) -> None:
    documents, claims = story
    assert rows(ledger_of(documents, claims)) == rows(ledger_of([*documents, *documents], [*claims, *claims]))


@many
@given(stories(), st.randoms(use_true_random=False))
def test_article_by_article_gives_the_same_as_from_scratch(story: tuple[list[Document], list[Claim]], rng: Any) -> None:
    documents, claims = story
    state = LedgerState()
    order = list(documents)
    rng.shuffle(order)
    for doc in order:
        state.add(doc, [c for c in claims if c.document == doc.id])
    assert rows(state.ledger()) == rows(ledger_of(documents, claims))


@many
@given(stories(), st.randoms(use_true_random=False), st.data())
def test_article_by_article_gives_the_same_with_merges_and_splits(
    story: tuple[list[Document], list[Claim]], rng: Any, data: st.DataObject
) -> None:
    documents, claims = story
    ids = [c.id for c in claims] + [m.id for m in ledger_of(documents, claims).matters]
    when = "2025-01-01T00:00:00Z"
    decisions = [
        Decision(
            "merge", data.draw(st.sampled_from(ids)), "Ada", when, "", (("with", data.draw(st.sampled_from(ids))),)
        )
        for _ in range(data.draw(st.integers(1, 3)))
    ]
    decisions += [Decision("split", c.id, "Ada", when, "") for c in claims if data.draw(st.integers(0, 5)) == 0]
    order = list(documents)
    rng.shuffle(order)
    state = LedgerState(decisions)
    for doc in order:
        state.add(doc, [c for c in claims if c.document == doc.id])
    again, problems = build_ledger(documents, claims, decisions)
    assert rows(state.ledger()) == rows(again)
    assert state.problems() == problems


@many
@given(stories(), st.data())
def test_an_article_taken_in_anew_replaces_its_claims(
    story: tuple[list[Document], list[Claim]], data: st.DataObject
) -> None:
    documents, claims = story
    doc = data.draw(st.sampled_from(documents))
    state = LedgerState()
    state.put(documents, claims)
    state.add(doc, [])
    left = [c for c in claims if c.document != doc.id]
    assert rows(state.ledger()) == rows(ledger_of(documents, left))


@many
@given(stories(), st.integers(1, 6), st.data())
def test_planted_copies_change_neither_origins_nor_digits_nor_bounds(
    story: tuple[list[Document], list[Claim]], k: int, data: st.DataObject
) -> None:
    documents, claims = story
    doc = data.draw(st.sampled_from(documents))
    copies, copied = [], []
    for i in range(k):
        twin = replace(doc, name=f"copy{i}", path=f"copy{i}.txt", outlet=f"Kopierer {i}")
        copies.append(twin)
        own = [c for c in claims if c.document == doc.id]
        copied += [replace(c, id=f"copy{i}#{n}", document=twin.id, doc=twin.name) for n, c in enumerate(own)]
    before = {m.id: essence(m) for m in ledger_of(documents, claims).matters}
    after = {m.id: essence(m) for m in ledger_of([*documents, *copies], [*claims, *copied]).matters}
    assert before.keys() == after.keys()
    assert _digits(before) == _digits(after)
    for name, was in before.items():
        now = after[name]
        for field in ("n_min", "n_max", "camps", "utterances", "start"):
            assert was[field] == now[field], field
        assert [a["hull"] for a in was["as_of"]] == [a["hull"] for a in now["as_of"]]
        assert len(was["conflicts"]) == len(now["conflicts"])


@many
@given(st.data())
def test_who_copies_from_several_makes_none_of_them_less_independent(data: st.DataObject) -> None:
    bodies = ["A", "B", "C", "D"]
    pairs = list(combinations(bodies, 2))
    kinds = [data.draw(st.sampled_from(("independent", "dependent", None))) for _ in pairs]
    edges = [Dependence(*p, k, "decided") for p, k in zip(pairs, kinds, strict=True) if k is not None]
    planted = [f"plant{i}" for i in range(data.draw(st.integers(1, 3)))]
    ties = [
        Dependence(b, p, "dependent", "wording")
        for p in planted
        for b in data.draw(st.lists(st.sampled_from(bodies), min_size=1, unique=True))
    ]
    low, high = independent_range(bodies, edges, {})
    now_low, now_high = independent_range([*bodies, *planted], [*edges, *ties], {})
    assert now_low == low <= now_high <= high


def _digits(matters: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        name: ([(a["low"]["digit"], a["high"]["digit"]) for a in m["as_of"]], [g["digit"] for g in m["grades"]])
        for name, m in matters.items()
    }


@many
@given(stories(), st.integers(1, 8))
def test_self_styled_sources_move_neither_the_headline_number_nor_the_digits_of_known_ones(
    story: tuple[list[Document], list[Claim]], k: int
) -> None:
    documents, claims = story
    planted, said = [], []
    for i in range(k):
        doc = document(f"plant{i}", "2024-08-20", outlet=f"Blog {i}")
        planted.append(doc)
        said.append(
            claim(f"plant{i}#0", doc, f"genau {90_000 + i}", source(f"Experte {i}", "person"), counting="total")
        )
    before = ledger_of(documents, claims)
    after = {m.id: m for m in ledger_of([*documents, *planted], [*claims, *said]).matters}
    for m in before.matters:
        now = after.get(m.id)
        if now is None or m.n_min == 0:
            continue
        assert now.n_min == m.n_min
        assert [(a.moment, a.hull_low, a.hull_high) for a in now.as_of] == [
            (a.moment, a.hull_low, a.hull_high) for a in m.as_of
        ]
        assert [(a.low.digit, a.high.digit) for a in now.as_of] == [(a.low.digit, a.high.digit) for a in m.as_of]


@many
@given(stories())
def test_units_directions_and_starts_are_never_mixed(story: tuple[list[Document], list[Claim]]) -> None:
    documents, claims = story
    for m in ledger_of(documents, claims).matters:
        whole = [c for c in m.claims if c.supplier and c.recipient]
        assert {(c.supplier, c.recipient) for c in whole} <= {(m.key.supplier, m.key.recipient)}
        stated_so = [c for c, why in zip(m.claims, m.reasons, strict=True) if why[0] == "as-stated"]
        assert {(c.supplier, c.recipient) for c in stated_so} <= {(m.key.supplier, m.key.recipient)}
        assert {c.act for c in stated_so} <= {m.key.act}
        units = {c.quantity.unit for c in m.claims if c.quantity is not None}
        assert len(units) == 1 or units == {"tonnes", "kilograms"}
        stated = {c.time.start[:4] for c in m.claims if c.time and c.time.start and c.counting == "total"}
        assert not ("2021" in stated and len(stated) > 1)


@many
@given(stories())
def test_every_claim_lands_in_exactly_one_matter_or_is_listed_apart(story: tuple[list[Document], list[Claim]]) -> None:
    documents, claims = story
    ledger = ledger_of(documents, claims)
    placed = [c.id for m in ledger.matters for c in m.claims] + [c.id for c in ledger.unplaced]
    assert sorted(placed) == sorted(c.id for c in claims)


def one_series(story: tuple[list[Document], list[Claim]]) -> Series:
    documents, claims = story
    claims = [replace(c, supplier="KP", recipient="RU", item_id="weapons", time=None, counting="total") for c in claims]
    claims = [replace(c, quantity=replace(c.quantity, unit="containers")) for c in claims if c.quantity]
    (m,) = ledger_of(documents, claims).matters
    return series_of(m.figures, m.start)


@many
@given(stories())
def test_a_claim_that_is_taken_away_never_narrows_a_coherent_reading(
    story: tuple[list[Document], list[Claim]],
) -> None:
    series = one_series(story)
    for out, whole in series.readings:
        use = series.keep - out
        for gone in sorted(use)[:3]:
            less = series.network.solve(use - {gone})
            assert all(a <= b for a, b in zip(less.low, whole.low, strict=True))
            assert all(a >= b for a, b in zip(less.high, whole.high, strict=True))


@many
@given(stories(most=6))
def test_readings_are_coherent_and_maximal_and_conflicts_minimal(story: tuple[list[Document], list[Claim]]) -> None:
    series = one_series(story)
    assume(not series.found.capped)
    network = series.network

    def coherent(use: frozenset[int]) -> bool:
        return negative_cycle(network.n, network.edges(use)) is None

    for out in series.found.without:
        assert coherent(series.keep - out)
        assert all(not coherent((series.keep - out) | {back}) for back in out)
    for clash in series.found.clashes:
        assert not coherent(clash.members) and clash.gap > 0
        assert all(coherent(clash.members - {one}) for one in clash.members)


CONSTRAINTS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 20), st.integers(0, 12), st.booleans()),
    min_size=1,
    max_size=6,
)


@many
@given(CONSTRAINTS, st.lists(st.tuples(st.integers(1, 40), st.integers(0, 12)), min_size=4, max_size=4))
def test_conflicts_and_readings_are_all_there_are(raw: list[Any], days: list[tuple[int, int]]) -> None:
    """Against trying every subset."""
    moments = [Moment(a, a + w if w != 1 else a + 2) for a, w in days]
    assume(len({m for m in moments if m.first == m.last}) == sum(m.first == m.last for m in moments))
    constraints = [
        Constraint(f"c{i}", a, b, low, inf if open_end else low + width)
        for i, (a, b, low, width, open_end) in enumerate(raw)
        if a != b
    ]
    network = Network(4, constraints, order_edges(moments))
    found = network.coherence()
    everything = range(len(constraints))
    sets = [frozenset(s) for r in range(len(constraints) + 1) for s in combinations(everything, r)]
    good = [s for s in sets if negative_cycle(4, network.edges(s)) is None]
    bad = [s for s in sets if s not in good]
    assert {c.members for c in found.clashes} == {b for b in bad if not any(o < b for o in bad)}
    assert {frozenset(everything) - w for w in found.without} == {g for g in good if not any(g < o for o in good)}


@many
@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 15)), min_size=1, max_size=9))
def test_leaving_out_implied_orders_loses_none(days: list[tuple[int, int]]) -> None:
    moments = sorted({Moment(a, a + w) for a, w in days})
    network = Network(len(moments), [], order_edges(moments))
    for b, reach in enumerate(network.reach):
        for a, seen in enumerate(reach):
            assert seen == (a == b or moments[a].last <= moments[b].first or _through(moments, b, a))


def _through(moments: list[Moment], b: int, a: int) -> bool:
    """Sure order by way of others, by plain search."""
    todo, seen = [b], {b}
    while todo:
        at = todo.pop()
        for c, m in enumerate(moments):
            if c not in seen and m.last <= moments[at].first:
                seen.add(c)
                todo.append(c)
    return a in seen
