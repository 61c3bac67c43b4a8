"""``beleg check`` from the article on: every kind of answer, with articles of our own."""

from __future__ import annotations

import pytest

from beleg.api import read_text
from beleg.ledger.build import build_ledger
from beleg.ledger.check import CheckRow, check_document
from beleg.ledger.values import Ledger
from beleg.model import Claim, Document

SHIN = "des südkoreanischen Verteidigungsministers Shin Won Sik"
WASHINGTON, LONDON = "des US-Außenministeriums", "des britischen Verteidigungsministeriums"
SEOUL, SOLDIERS = "des südkoreanischen Verteidigungsministeriums", "des südkoreanischen Militärs"


def sentence(who: str, what: str) -> str:
    return f"Nordkorea hat Russland nach Angaben {who} {what} geliefert."


ARTICLES = {
    "oktober": ("2023-10-20", sentence(WASHINGTON, "seit August 2023 mehr als 2.000 Container mit Munition")),
    "november": ("2023-11-20", sentence(SHIN, "bislang insgesamt etwa 3.000 Container mit Munition")),
    "juni": (
        "2024-06-14",
        sentence(SHIN, "bislang mindestens 10.000 Container mit Munition")
        + " In den Containern könnten bis zu 4,8 Millionen Artilleriegranaten sein, sagte Shin.",
    ),
}


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    documents: list[Document] = []
    claims: list[Claim] = []
    for name, (day, text) in ARTICLES.items():
        reading = read_text(text, name=name, published=day, language="de")
        documents.append(reading.document)
        claims += reading.claims
    return build_ledger(documents, claims)[0]


def check(ledger: Ledger, day: str, text: str) -> list[CheckRow]:
    reading = read_text(text, name="neu", published=day, language="de")
    assert reading.claims, "nothing was read"
    return check_document(ledger, reading.document, reading.claims)


@pytest.mark.parametrize(
    ("finding", "day", "text"),
    [
        ("repeats", "2024-07-02", sentence(SHIN, "bislang mindestens 10.000 Container mit Munition")),
        ("raises", "2024-12-05", sentence(SEOUL, "bislang insgesamt mehr als 25.000 Container mit Munition")),
        ("lowers", "2023-11-19", sentence(SOLDIERS, "bislang höchstens 3.100 Container mit Munition")),
        ("narrows", "2024-12-10", sentence(LONDON, "bislang insgesamt etwa 26.000 Container mit Munition")),
        ("agrees", "2024-07-01", sentence(LONDON, "bislang mehr als 4.000 Container mit Munition")),
        ("contradicts", "2023-11-18", sentence(WASHINGTON, "bislang insgesamt mehr als 9.000 Container mit Munition")),
        ("drifts", "2024-07-02", sentence(SHIN, "bislang 10.000 Container mit Munition")),
        ("drifts", "2024-07-02", sentence(SHIN, "4,8 Millionen Artilleriegranaten")),
        ("other-start", "2024-07-01", sentence(SOLDIERS, "seit Januar 2020 mehr als 30.000 Container mit Munition")),
        ("other-unit", "2024-07-01", sentence(SOLDIERS, "mehr als 500.000 Tonnen Munition")),
        (
            "denies",
            "2024-07-01",
            "Kremlsprecher Peskow hat bestritten, dass Nordkorea Container mit Munition an Russland geliefert habe.",
        ),
        (
            "new",
            "2024-07-01",
            "Der Iran hat Russland nach Angaben der britischen Regierung etwa 300 ballistische Raketen geliefert.",
        ),
    ],
)
def test_an_article_is_told_what_it_adds(ledger: Ledger, finding: str, day: str, text: str) -> None:
    assert finding in [r.finding for r in check(ledger, day, text)]


def test_a_repeat_leads_to_the_article_that_had_it_first(ledger: Ledger) -> None:
    rows = check(ledger, "2024-07-02", sentence(SHIN, "bislang mindestens 10.000 Container mit Munition"))
    assert [(r.finding, r.first_said, r.first_document) for r in rows] == [("repeats", "2024-06-14", "juni")]


def test_a_contradiction_from_the_article_has_its_gap(ledger: Ledger) -> None:
    rows = check(ledger, "2023-11-18", sentence(WASHINGTON, "bislang insgesamt mehr als 9.000 Container mit Munition"))
    assert [(r.finding, r.gap) for r in rows] == [("contradicts", 9001 - 3300)]
