"""What stands beside a figure: too fast to be believed, against its speaker's interest, and what became of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from by_hand import claim, document, source, time

from beleg.errors import TableError
from beleg.ledger.build import build_ledger
from beleg.ledger.rows import matter_row
from beleg.ledger.tables import tables_beside
from beleg.ledger.values import Matter
from beleg.model import Claim, Decision, Document

SEOUL = source("Ministry of National Defense", country="KR")
MOSCOW = source("Ministry of Defence of Russia", country="RU")
RUSI = source("RUSI", "think_tank", "GB", "rusi")
SHELLS: dict[str, Any] = {"unit": "shells", "item": "artillery shells", "item_id": "artillery-shells"}


def one(documents: list[Document], claims: list[Claim], *decisions: Decision) -> Matter:
    (matter,) = build_ledger(documents, claims, decisions)[0].matters
    return matter


def test_a_million_shells_a_day_fail_the_plausibility_check() -> None:
    d = document("a", "2023-09-04")
    m = one([d], [claim("a#01", d, "mehr als 3000000", SEOUL, when=time("2023-09-01", since=True), **SHELLS)])
    low = m.as_of[-1].low
    assert low.digit == 4
    assert low.why == "fails a plausibility check: 3,000,001 shells in 4 days are more than 100,000 a day"


def test_as_many_in_a_year_do_not() -> None:
    d = document("a", "2024-09-04")
    m = one([d], [claim("a#01", d, "mehr als 3000000", SEOUL, when=time("2023-09-01", since=True), **SHELLS)])
    assert m.as_of[-1].low.digit == 3


def voyages(id: str, d: Document, words: str, **other: Any) -> Claim:
    return claim(id, d, words, SEOUL, unit="voyages", item="voyages", item_id=None, **other)


def test_more_containers_than_the_voyages_of_their_speaker_hold_fail_the_plausibility_check() -> None:
    d = document("a", "2024-10-18")
    since = time("2023-08", since=True)
    claims = [claim("a#01", d, "mehr als 20000", SEOUL, when=since), voyages("a#02", d, "genau 3")]
    matter = next(m for m in build_ledger([d], claims)[0].matters if m.key.unit == "containers")
    low = matter.as_of[-1].low
    assert low.digit == 4
    assert low.why == "fails a plausibility check: 20,001 containers in 3 voyages are more than 3,000 in each"
    assert matter_row(matter)["figures"][0]["notes"] == ["implausible-load"]


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("rund 70", {}),
        ("genau 3", {"counting": "single"}),
        ("genau 3", {"supplier": "RU", "recipient": "KP"}),
    ],
    ids=["enough voyages", "voyages counted in another way", "voyages the other way"],
)
def test_as_many_in_voyages_enough_or_in_others_do_not(words: str, other: dict[str, Any]) -> None:
    d = document("a", "2024-10-18")
    claims = [claim("a#01", d, "mehr als 20000", SEOUL), voyages("a#02", d, words.replace("rund", "etwa"), **other)]
    matter = next(m for m in build_ledger([d], claims)[0].matters if m.key.unit == "containers")
    assert matter.as_of[-1].low.digit == 3


def test_ships_bound_one_shipment_only_for_they_may_go_again() -> None:
    d = document("a", "2024-10-18")
    ship: dict[str, Any] = {"unit": "ships", "item": "ships", "item_id": "ships"}
    for counting, digit in (("single", 4), ("total", 3)):
        claims = [
            claim("a#01", d, "mehr als 60000", SEOUL, counting=counting, when=time("2024-09-01", "2024-09-20")),
            claim("a#02", d, "genau 2", SEOUL, counting=counting, **ship),
        ]
        matter = next(m for m in build_ledger([d], claims)[0].matters if m.key.unit == "containers")
        assert matter.as_of[-1].low.digit == digit


def test_a_party_that_asserts_what_it_denies_speaks_against_its_interest() -> None:
    d, e = document("a", "2024-05-01"), document("b", "2024-04-01")
    denial = replace(claim("a#01", d, None, MOSCOW, item=None, item_id=None), denial="D1", stance="denied")
    m = one([d, e], [denial, claim("b#01", e, "etwa 5000", MOSCOW), claim("b#02", e, "etwa 6000", SEOUL)])
    assert [f.origin.body for f in m.figures if "against-interest" in f.notes] == ["RU"]


def test_a_record_counts_only_what_an_independent_body_says() -> None:
    days = {"a": "2024-01-10", "b": "2024-02-10", "c": "2024-03-10"}
    docs = {k: document(k, v) for k, v in days.items()}
    claims = [
        claim("a#01", docs["a"], "mindestens 1000", SEOUL, when=time("2023-09", since=True)),
        claim("b#01", docs["b"], "etwa 3000", SEOUL),
        claim("c#01", docs["c"], "mehr als 9000", RUSI, when=time(None, "2024-01-31")),
    ]
    apart = Decision("independent", "KR", "Ada", "2024-05-01T00:00:00+00:00", "own pictures", (("with", "rusi"),))
    unknown, known = one(list(docs.values()), claims), one(list(docs.values()), claims, apart)
    assert {r.body: r[1:] for r in unknown.record} == {"KR": (0, 0, 2), "rusi": (0, 0, 1)}
    assert {r.body: r[1:] for r in known.record} == {"KR": (0, 1, 1), "rusi": (0, 1, 0)}


def test_kilograms_and_tonnes_are_one_count() -> None:
    d, e = document("a", "2024-03-01"), document("b", "2024-04-01")
    goods: dict[str, Any] = {"item": "explosives", "item_id": "explosives"}
    m = one(
        [d, e],
        [
            claim("a#01", d, "etwa 74000", SEOUL, unit="kilograms", **goods),
            claim("b#01", e, "etwa 74", SEOUL, unit="tonnes", **goods),
        ],
    )
    (figure,) = m.figures
    assert (m.key.unit, figure.low, figure.high, len(figure.documents)) == ("tonnes", 73.5, 74.5, 2)


def test_a_user_s_camps_stand_before_the_shipped_ones(tmp_path: Path) -> None:
    rows = (
        "member,camp,relation,source\nKR,Seoul alone,own view,note of 3 May\nrusi,US and allies,funded,annual report\n"
    )
    (tmp_path / "camps.csv").write_text(rows, encoding="utf-8")
    d = document("a", "2024-03-01")
    claims = [claim("a#01", d, "mehr als 5000", SEOUL), claim("a#02", d, "mehr als 6000", RUSI)]
    ledger, _ = build_ledger([d], claims, tables=tables_beside(str(tmp_path)))
    assert ledger.matters[0].camps == 2
    assert dict(ledger.matters[0].interests)["KR"] == "own view: Seoul alone"
    cited = {o["body"]: o["camp_source"] for o in matter_row(ledger.matters[0])["origins"]}
    assert cited == {"KR": "note of 3 May", "rusi": "annual report"}


@pytest.mark.parametrize(("where", "camps"), [("KP>RU", 1), ("kp-ru-", 1), ("RU>KP", 2), ("", 1)])
def test_a_camp_may_hold_for_one_matter_alone(tmp_path: Path, where: str, camps: int) -> None:
    rows = f"member,camp,relation,source,matter\nKR,One camp,ally,a,{where}\nrusi,One camp,funded,b,{where}\n"
    (tmp_path / "camps.csv").write_text(rows, encoding="utf-8")
    d = document("a", "2024-03-01")
    claims = [claim("a#01", d, "mehr als 5000", SEOUL), claim("a#02", d, "mehr als 6000", RUSI)]
    (matter,) = build_ledger([d], claims, tables=tables_beside(str(tmp_path)))[0].matters
    movement = next(g for g in matter.grades if g.layer == "movement")
    assert (matter.camps, movement.camps) == (camps, camps)


def test_a_member_may_be_in_one_camp_here_and_in_another_elsewhere(tmp_path: Path) -> None:
    rows = "member,camp,relation,source,matter\nKR,South,own view,a,\nKR,Seller,own view,b,KR>PL\n"
    (tmp_path / "camps.csv").write_text(rows, encoding="utf-8")
    tables = tables_beside(str(tmp_path))
    assert tables.camps["KR"].camp == "South"
    assert tables.of_matter("kr-pl-k2-abcdef", "KR", "PL").camps["KR"].camp == "Seller"


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (b"member,side\nKR,x\n", r"camps\.csv:2: unknown column 'side'"),
        (b"member,camp,relation,source\nKR,x,own view,note\nKR,y,own view,note\n", "KR stands twice"),
        (b"member,camp,relation,source\nKR,S\xfcden,own view,note\n", "not UTF-8"),
        (b'member,camp,relation,source\nKR,"x" y,own view,note\n', r"camps\.csv:2: not CSV"),
    ],
)
def test_a_camp_table_that_does_not_fit_says_where(tmp_path: Path, table: bytes, says: str) -> None:
    (tmp_path / "camps.csv").write_bytes(table)
    with pytest.raises(TableError, match=says):
        tables_beside(str(tmp_path))


def test_a_camp_table_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "camps.csv").write_bytes(b"\xef\xbb\xbfmember,camp,relation,source\nKR,Seoul,own view,note\n")
    assert tables_beside(str(tmp_path)).camps["KR"].camp == "Seoul"


def test_a_row_has_the_record_beside_the_letter() -> None:
    d = document("a", "2024-03-01")
    (origin,) = matter_row(one([d], [claim("a#01", d, "mehr als 5000", SEOUL)]))["origins"]
    assert (origin["letter"], origin["record"]) == ("F", {"upheld": 0, "contradicted": 0, "open": 1})
