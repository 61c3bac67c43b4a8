"""Which origins lean on one another: shared wording, one agency's sign, shared rare errors."""

from __future__ import annotations

from typing import Any

import pytest
from by_hand import claim, document, source, time

from beleg.ledger.build import LedgerState, build_ledger
from beleg.ledger.dependence import likelihood_ratios
from beleg.ledger.values import Matter
from beleg.model import Claim, Decision, Document

SEOUL = source("Ministry of National Defense", country="KR")
NIS_RU = source("Ministry of Defence of Ukraine", country="UA")
ONE = source("Institute One", "think_tank", "GB")
OTHER = source("Institute Other", "think_tank", "DE")
SHELLS: dict[str, Any] = {"unit": "shells", "item": "artillery shells", "item_id": "artillery-shells"}
HOWITZERS: dict[str, Any] = {"unit": "howitzers", "item": "howitzers", "item_id": "howitzers"}


def story(*said: tuple[Any, dict[str, Any]], text: str | None = None) -> tuple[list[Document], list[Claim]]:
    documents = [document(f"d{i}", f"2025-07-{10 + i}", outlet=f"Blatt {i}") for i in range(len(said))]
    claims = [claim(f"d{i}#01", documents[i], "mehr als 12000000", who, **what) for i, (who, what) in enumerate(said)]
    return documents, claims


def of_unit(matters: tuple[Matter, ...], unit: str) -> Matter:
    return next(m for m in matters if m.key.unit == unit)


def test_one_shared_mistake_weighs_like_dozens_of_shared_truths() -> None:
    false, true = likelihood_ratios(0.1, 100, 0.8)
    assert round(false) == 800 and round(true, 2) == 1.09


def test_two_that_turn_shells_into_howitzers_are_dependent() -> None:
    documents, claims = story((ONE, HOWITZERS), (OTHER, HOWITZERS), (SEOUL, SHELLS))
    ledger, _ = build_ledger(documents, claims)
    wrong = of_unit(ledger.matters, "howitzers")
    (edge,) = wrong.dependence
    assert edge.kind == "dependent" and edge.evidence.startswith("shared rare error: 12,000,000 howitzers")
    assert wrong.n_max == 1


def test_what_nobody_of_the_tables_gives_otherwise_is_no_error() -> None:
    documents, claims = story((ONE, HOWITZERS), (OTHER, HOWITZERS), (source("Somebody", "person"), SHELLS))
    ledger, _ = build_ledger(documents, claims)
    assert of_unit(ledger.matters, "howitzers").dependence == ()


def test_the_right_unit_makes_nobody_dependent() -> None:
    documents, claims = story((ONE, HOWITZERS), (SEOUL, SHELLS), (NIS_RU, SHELLS))
    ledger, _ = build_ledger(documents, claims)
    assert of_unit(ledger.matters, "shells").dependence == ()


def test_an_error_that_shows_only_later_is_found_all_the_same() -> None:
    documents, claims = story((ONE, HOWITZERS), (OTHER, HOWITZERS), (SEOUL, SHELLS))
    state = LedgerState()
    for d, c in zip(documents, claims, strict=True):
        state.add(d, [c])
    assert state.ledger() == build_ledger(documents, claims)[0]


MID_2022, AUGUST = time("2022-06", since=True), time("2023-08", since=True)


def since(day: Any, **other: Any) -> dict[str, Any]:
    return {"when": day, **other}


def test_two_that_count_from_the_same_wrong_day_are_dependent() -> None:
    told = [(ONE, since(MID_2022)), (OTHER, since(MID_2022)), (SEOUL, since(AUGUST))]
    ledger, _ = build_ledger(*story(*told))
    wrong = next(m for m in ledger.matters if m.start is not None and m.start.text().startswith("2022"))
    (edge,) = wrong.dependence
    assert edge.evidence.startswith("shared rare error: 12,000,000 containers from 2022-06-01..2022-06-30 on in d0")
    assert "elsewhere containers from 2023-08-01..2023-08-31 on" in edge.evidence and wrong.n_max == 1


@pytest.mark.parametrize(
    "told",
    [
        [(ONE, since(MID_2022)), (OTHER, since(None)), (SEOUL, since(AUGUST))],
        [(ONE, since(MID_2022)), (OTHER, since(MID_2022)), (SEOUL, since(None))],
        [
            (ONE, since(time("2023-07", since=True))),
            (OTHER, since(time("2023-07", since=True))),
            (SEOUL, since(AUGUST)),
        ],
        [
            (ONE, since(MID_2022)),
            (OTHER, since(MID_2022)),
            (SEOUL, since(time("2023-08", "2023-09"), counting="period")),
        ],
    ],
    ids=["one states no day", "nobody states another day", "the days are near", "another way of counting"],
)
def test_days_that_one_gives_or_that_nobody_gives_otherwise_show_nothing(told: Any) -> None:
    ledger, _ = build_ledger(*story(*told))
    assert [m.dependence for m in ledger.matters if m.dependence] == []


def spelt(*texts: str) -> Matter:
    """Outlets with pictures of their own, one text each, and two that print a ministry."""
    documents = [document(f"d{i}", "2025-07-10", outlet=f"Blatt {i}", text=t) for i, t in enumerate(texts)]
    claims = [
        claim(f"d{i}#01", d, f"mehr als {2000 + i}", basis="satellite imagery", form="none")
        for i, d in enumerate(documents)
    ]
    (matter,) = build_ledger(documents, claims)[0].matters
    return matter


def test_two_reports_with_one_rare_spelling_are_dependent() -> None:
    right = [f"Bilder {w} zeigen Haubitzen am Kai." for w in ("aus dem Osten", "vom Hafen", "der Nacht")]
    (edge,) = spelt("Haubizen stehen am Kai.", "Im Hafen sind Haubizen zu sehen.", *right).dependence
    assert (edge.one, edge.other) == ("Blatt 0", "Blatt 1")
    assert (
        edge.evidence.startswith("shared rare spelling: “Haubizen” in d0") and "elsewhere “Haubitzen”" in edge.evidence
    )


@pytest.mark.parametrize(
    "texts",
    [
        ("Haubizen am Kai.", "Im Hafen Haubizen.", "Haubitzen hier.", "Dort Haubitzen."),
        (
            "Haubizen am Kai.",
            "Im Hafen Haubizen.",
            "Haubitzen, Haubizen.",
            "Dort Haubitzen.",
            "Dann Haubitzen.",
            "Nun Haubizen.",
        ),
        ("Haubitze am Kai.", "Im Hafen die Haubitze.", "Haubitzen hier.", "Dort Haubitzen.", "Nun Haubitzen."),
        ("Die Kräne am Kai.", "Im Hafen Krähne.", "Krane.", "Dort Kran.", "Dann Kranes."),
    ],
    ids=["as many write it so as otherwise", "others write it so too", "an ending", "short words"],
)
def test_a_spelling_that_is_not_rare_or_only_grammar_shows_nothing(texts: tuple[str, ...]) -> None:
    assert spelt(*texts).dependence == ()


def test_a_person_may_say_that_two_are_independent_for_all_that() -> None:
    documents, claims = story((ONE, HOWITZERS), (OTHER, HOWITZERS), (SEOUL, SHELLS))
    decision = Decision(
        "independent",
        "Institute One",
        "Ada",
        "2025-08-01T00:00:00+00:00",
        "own pictures",
        (("with", "Institute Other"),),
    )
    ledger, _ = build_ledger(documents, claims, [decision])
    assert of_unit(ledger.matters, "howitzers").n_min == 2


def test_outlets_under_one_agency_s_sign_are_dependent() -> None:
    texts = [f"BERLIN (dpa) - Eigene Bilder {i} zeigen es." for i in (1, 2)]
    documents = [document(f"d{i}", "2025-07-10", outlet=f"Blatt {i}", text=t) for i, t in enumerate(texts, 1)]
    claims = [
        claim(f"{d.name}#01", d, f"mehr als {n}", basis="satellite imagery", form="none")
        for d, n in zip(documents, (2000, 3000), strict=True)
    ]
    ledger, _ = build_ledger(documents, claims)
    (matter,) = ledger.matters
    assert [(d.one, d.other) for d in matter.dependence] == [("Blatt 1", "Blatt 2")]
    assert "“dpa” at 8–11 of d1" in matter.dependence[0].evidence and matter.n_max == 1
