"""Which claims belong to one matter, and which printings to one figure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from by_hand import claim, document, source, time
from worked_example import KBS, MND, NIS, SHIN, STATE

from beleg.ledger.build import build_ledger
from beleg.ledger.rows import matter_row
from beleg.model import Claim, Document, Source

A, B, C = (document(n, d) for n, d in (("a", "2024-02-01"), ("b", "2024-03-01"), ("c", "2024-06-01")))


def rows(*claims: Claim, documents: tuple[Document, ...] = (A, B, C)) -> list[dict[str, Any]]:
    ledger, _ = build_ledger(documents, claims)
    return [matter_row(m) for m in ledger.matters]


def groups(*claims: Claim) -> set[frozenset[str]]:
    return {frozenset(c["id"] for c in r["claims"]) for r in rows(*claims)}


SHELLS: dict[str, Any] = {"item": "artillery shells", "item_id": "artillery-shells", "unit": "shells"}


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"unit": "tonnes"}, "another unit"),
        ({"supplier": "RU", "recipient": "KP"}, "the other direction"),
        ({"act": "capacity"}, "a capacity"),
        ({"stance": "planned"}, "a plan"),
        ({"act": "offered"}, "an offer"),
        ({"when": time("2021-03", since=True)}, "another start"),
    ],
)
def test_claims_that_differ_in_more_than_wording_are_apart(other: dict[str, Any], why: str) -> None:
    here = {"when": time("2023-09", since=True)} | other
    first = claim("1", A, "etwa 500", SHIN, when=time("2023-09", since=True), item_id="missiles", unit="missiles")
    second = claim("2", B, "etwa 900", SHIN, **({"item_id": "missiles", "unit": "missiles"} | here))
    assert groups(first, second) == {frozenset("1"), frozenset("2")}, why


def test_a_container_is_counted_whatever_is_said_to_be_inside() -> None:
    arms = claim("1", A, "etwa 500", SHIN, item="shipping containers of arms", item_id="arms-containers")
    plain = claim("2", B, "etwa 900", SHIN, item="shipping containers", item_id="containers")
    assert groups(arms, plain) == {frozenset("12")}


def test_containers_of_food_are_another_matter() -> None:
    food = claim("2", B, "etwa 900", SHIN, item="food", item_id="food")
    assert len(groups(claim("1", A, "etwa 500", SHIN), food)) == 2


def test_starts_within_six_weeks_are_one_start() -> None:
    august = claim("1", A, "etwa 500", SHIN, when=time("2023-08", since=True))
    september = claim("2", B, "etwa 900", STATE, when=time("2023-09", since=True))
    assert groups(august, september) == {frozenset("12")}


def test_a_claim_without_a_start_takes_the_one_its_speaker_stated_last() -> None:
    early = claim("1", A, "etwa 500", SHIN, when=time("2022-06", since=True))
    late = claim("2", B, "etwa 400", STATE, when=time("2023-09", since=True))
    silent = claim("3", C, "etwa 900", SHIN)
    assert groups(early, late, silent) == {frozenset("13"), frozenset("2")}


def test_a_shortened_name_of_the_same_figure_joins_the_narrower_one() -> None:
    full = claim("1", A, "etwa 400", SHIN, item="ballistic missiles", item_id="ballistic-missiles", unit="missiles")
    short = claim("2", B, "etwa 400", SHIN, item="missiles", item_id="missiles", unit="missiles")
    assert groups(full, short) == {frozenset("12")}


def test_another_figure_under_a_wider_name_is_linked_only() -> None:
    full = claim("1", A, "etwa 400", SHIN, item="ballistic missiles", item_id="ballistic-missiles", unit="missiles")
    other = claim("2", B, "etwa 900", SHIN, item="missiles", item_id="missiles", unit="missiles")
    links = {r["claims"][0]["id"]: [x["reasons"] for x in r["links"]] for r in rows(full, other)}
    assert links == {"1": [["item-subsumed"]], "2": [["item-subsumes"]]}


def test_calibres_of_one_kind_stay_apart_and_an_or_is_a_link() -> None:
    big = claim("1", A, "mehr als 3000000", SHIN, act="capacity", **(SHELLS | {"item": "152 mm artillery shells"}))
    small = claim(
        "2",
        A,
        "mehr als 500000",
        SHIN,
        act="capacity",
        alternative="1",
        **(SHELLS | {"item": "122 mm artillery shells"}),
    )
    reasons = sorted(x["reasons"] for r in rows(big, small) for x in r["links"])
    assert reasons == [["basis-of"], ["or-alternative"]]


def test_a_claim_that_leaves_a_side_open_joins_the_matter_its_article_speaks_of() -> None:
    whole = claim("1", A, "etwa 700", MND)
    follow = claim("2", A, "etwa 2000", MND, supplier=None, recipient=None)
    assert groups(whole, follow) == {frozenset("12")}


def test_an_open_side_with_two_hosts_joins_neither() -> None:
    one = claim("1", A, "etwa 700", MND)
    two = claim("2", A, "etwa 800", MND, recipient="IR")
    open_one = claim("3", A, "etwa 2000", MND, recipient=None)
    assert groups(one, two, open_one) == {frozenset("1"), frozenset("2"), frozenset("3")}


def test_a_claim_without_sides_or_host_is_listed_apart() -> None:
    ledger, _ = build_ledger([A], [claim("1", A, "etwa 700", MND, supplier=None, recipient=None)])
    assert [c.id for c in ledger.unplaced] == ["1"] and ledger.matters == ()


def test_a_later_article_without_a_day_repeats_the_first() -> None:
    (row,) = rows(claim("1", A, "etwa 500", KBS, SHIN), claim("2", C, "etwa 500", SHIN))
    assert [(f["to"], f["claims"]) for f in row["figures"]] == [("2024-02-01", ["1", "2"])]


def test_days_that_the_texts_state_make_two_utterances_of_one_number() -> None:
    first = claim("1", B, "etwa 500", SHIN, when=time("2024-02-01", "2024-02-01"))
    later = claim("2", C, "etwa 500", SHIN, when=time("2024-05-20", "2024-05-20"))
    (row,) = rows(first, later)
    assert [f["to"] for f in row["figures"]] == ["2024-02-01", "2024-05-20"]


def test_ministries_of_one_state_are_different_speakers_and_one_body() -> None:
    (row,) = rows(claim("1", A, "etwa 500", MND), claim("2", B, "etwa 900", NIS))
    assert row["bodies"] == 1 and row["utterances"] == 2


def test_the_figure_of_a_period_is_not_the_running_total() -> None:
    total = claim("1", A, "etwa 500", SHIN, when=time("2023-09", since=True))
    period = claim("2", C, "etwa 500", SHIN, counting="period", when=time("2024-04", "2024-06"))
    (row,) = rows(total, period)
    assert [(f["counts"], f["from"]) for f in row["figures"]] == [
        ("total", "S"),
        ("increment", "2024-04-01..2024-04-30"),
    ]


def test_a_rate_and_a_percentage_bound_nothing() -> None:
    monthly = claim("1", A, "etwa 500", SHIN)
    rate = replace(monthly, time=replace(time("2024-01", "2024-01"), kind="set"))
    assert monthly.quantity is not None
    share = replace(monthly, id="2", quantity=replace(monthly.quantity, kind="percent", low=30.0, high=30.0))
    reasons = [f["reason"] for r in rows(rate, share) for f in r["figures"]]
    assert sorted(reasons) == ["a rate, not a count", "percent: not a count"]


def test_an_outlet_is_an_origin_only_with_evidence_and_where_it_names_nobody() -> None:
    own = claim("1", A, "etwa 500", basis="satellite imagery", form="none")
    (row,) = rows(own)
    assert row["origins"][0]["body"] == "Beispiel-Anzeiger"
    (row,) = rows(own, claim("2", A, "etwa 500", source("RUSI", "think_tank", "GB", "rusi")))
    assert [o["body"] for o in row["origins"]] == ["rusi"]


def test_outlets_with_the_same_words_of_their_own_are_one_origin_and_the_edge_says_why() -> None:
    words = (
        "Auf neuen Bildern sind am Hafen lange Reihen von Containern zu sehen, die in der Vorwoche noch fehlten und "
    )
    words += "seither jeden Morgen mehr werden, wie unsere Auswertung zeigt."
    seen: dict[str, Any] = {"basis": "satellite imagery", "form": "none"}
    one = document("one", "2024-02-01", "Erste Zeitung", words)
    two = document("two", "2024-02-02", "Zweite Zeitung", words + " Mehr dazu morgen.")
    other = document("three", "2024-02-03", "Dritte Zeitung", "Eine eigene Zählung ergibt dort inzwischen etwas mehr.")
    claims = [claim(n, d, f"etwa {v}", **seen) for n, d, v in (("1", one, 500), ("2", two, 600), ("3", other, 700))]
    (row,) = rows(*claims, documents=(one, two, other))
    assert (row["bodies"], row["n_min"], row["n_max"]) == (3, 1, 2)
    (edge,) = row["dependence"]
    assert edge["bodies"] == ["Erste Zeitung", "Zweite Zeitung"] and "of the wording shared" in edge["evidence"]


def test_a_role_of_no_state_is_no_origin() -> None:
    (row,) = rows(claim("1", A, "etwa 500", source("military", "military")))
    assert (row["n_min"], row["n_max"]) == (0, 1)
    assert [f["reason"] for f in row["figures"]] == ["origin unknown"]


@pytest.mark.parametrize(
    ("day", "others", "items"),
    [
        ("2024-03-20", (), ["ballistic-missiles"]),
        ("2024-01-20", (), ["ballistic-missiles", "missiles"]),
        ("2024-03-20", ("cruise-missiles",), ["ballistic-missiles", "cruise-missiles", "missiles"]),
        ("2024-03-20", ("missiles",), ["ballistic-missiles", "missiles"]),
    ],
    ids=["a later copy of the one figure", "an earlier one", "one of two", "its own name has a source"],
)
def test_a_number_without_a_source_under_a_wider_name_is_the_one_figure_on_record(
    day: str, others: tuple[str, ...], items: list[str]
) -> None:
    def missiles(id: str, doc: Document, item: str, *who: Source) -> Claim:
        return claim(id, doc, "etwa 400", *who, unit="missiles", item=item.replace("-", " "), item_id=item)

    said, other, retold = document("a", "2024-02-21"), document("c", "2024-02-22"), document("b", day)
    claims = [missiles("a#01", said, "ballistic-missiles", source("Reuters", "media", None, "reuters"))]
    claims += [missiles(f"c#0{i}", other, o, source("KCNA", "media", None, "kcna")) for i, o in enumerate(others)]
    claims.append(missiles("b#01", retold, "missiles"))
    ledger, _ = build_ledger([said, other, retold], claims)
    assert sorted(m.key.item for m in ledger.matters) == items


def test_a_figure_of_nothing_given_stands_by_itself_where_no_side_is_named() -> None:
    d, e = document("a", "2024-02-21"), document("b", "2024-03-20")
    stock: dict[str, Any] = {"event": "stockpile", "act": "held", "supplier": None, "recipient": None, "unit": "shells"}
    who = source("Petr Pavel", "government", "CZ")
    claims = [
        claim("a#01", d, "genau 500000", who, **stock),
        claim("b#01", e, "genau 500000", who, **stock),
        claim("b#02", e, "genau 800000", who, **stock),
        claim("b#03", e, "genau 700000", **stock),
        claim("b#04", e, "genau 500000", who, supplier=None, recipient=None),
    ]
    ledger, _ = build_ledger([d, e], claims)
    assert sorted(tuple(c.id for c in m.claims) for m in ledger.matters) == [("a#01", "b#01"), ("b#02",)]
    assert [(m.n_min, m.n_max) for m in ledger.matters] == [(1, 1), (1, 1)]
    assert [c.id for c in ledger.unplaced] == ["b#03", "b#04"]


def test_a_figure_without_a_side_goes_to_whoever_holds_as_much_of_it() -> None:
    d = document("a", "2024-02-21")
    stock: dict[str, Any] = {"event": "stockpile", "act": "held", "supplier": None, "recipient": None, "unit": "shells"}
    who = source("Petr Pavel", "government", "CZ")
    claims = [
        claim("a#01", d, "genau 500000", who, actor="CZ", **stock),
        claim("a#02", d, "genau 500000", who, **stock),
    ]
    (matter,) = build_ledger([d], claims)[0].matters
    assert (matter.key.actor, matter.reasons[1][0]) == ("CZ", "side-open")


@pytest.mark.parametrize(
    ("label", "item_id", "key"),
    [
        ("artillery shells", None, "artillery-shells"),
        ("152 mm artillery shells", None, "artillery-shells:152 mm"),
        ("152 mm artillery shells", "artillery-shells", "artillery-shells:152 mm"),
        ("122 mm and 152 mm artillery shells", "artillery-shells", "artillery-shells:122 mm and 152 mm"),
        ("Leopard 2 tanks", None, "leopard-2"),
        ("things of some kind", None, "things of some kind"),
    ],
)
def test_a_label_that_a_person_wrote_names_the_same_item_as_one_that_was_read(
    label: str, item_id: str | None, key: str
) -> None:
    (matter,) = build_ledger([A], [claim("a", A, "etwa 500", MND, item=label, item_id=item_id, unit="shells")])[
        0
    ].matters
    assert matter.key.item == key
