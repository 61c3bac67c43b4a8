"""Bodies that share what they know, as the texts say it, are one origin for what they had said by then."""

from __future__ import annotations

import pytest
from by_hand import claim, document, source

from beleg.ledger.build import LedgerState, build_ledger
from beleg.ledger.sharing import sharing_in
from beleg.ledger.values import Matter
from beleg.model import Claim, Document

SEOUL = source("Ministry of National Defense", country="KR")
WASHINGTON = source("US Department of State", country="US")
KYIV = source("Ministry of Defence of Ukraine", country="UA")


def told(text: str, day: str = "2023-11-02", later: str = "2023-10-13") -> tuple[list[Document], list[Claim]]:
    documents = [document("a", day, text=text), document("b", later), document("c", "2023-10-20")]
    claims = [
        claim("a#01", documents[0], "mehr als 2000", SEOUL),
        claim("b#01", documents[1], "mehr als 1000", WASHINGTON),
        claim("c#01", documents[2], "etwa 900", KYIV),
    ]
    return documents, claims


def matter(text: str, day: str = "2023-11-02", later: str = "2023-10-13") -> Matter:
    (found,) = build_ledger(*told(text, day, later))[0].matters
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Seoul hat seine Erkenntnisse mit Washington geteilt.",
        "Das sei mit gemeinsamen Aufklärungsmitteln Südkoreas und der USA gesehen worden, hieß es.",
        "Südkorea hat die Schiffe gemeinsam mit den USA beobachtet.",
        "Die USA haben ihre Satellitenbilder an Südkorea weitergegeben.",
        "Südkorea teilte die Informationen mit seinen engsten Verbündeten.",
    ],
)
def test_a_sentence_that_says_so_makes_two_bodies_one_origin(text: str) -> None:
    found = matter(text)
    (edge,) = found.dependence
    assert (edge.one, edge.other, edge.kind) == ("KR", "US", "dependent")
    assert edge.evidence.startswith(f"stated sharing: “{text}” (a") and edge.evidence.endswith(f", 0–{len(text)})")
    assert (found.n_min, found.n_max) == (1, 2)


@pytest.mark.parametrize(
    "text",
    [
        "Südkorea teilt seine Erkenntnisse nicht mit den USA.",
        "Südkorea will seine Erkenntnisse mit den USA teilen.",
        "Das Ministerium in Seoul teilte mit, Erkenntnisse der USA seien dort bekannt.",
        "Nach Erkenntnissen der USA hat Südkorea das Schiff an die Ukraine übergeben.",
        "Südkorea und die USA haben das Schiff beobachtet.",
        "Südkorea teilt die Ansicht mit den USA.",
    ],
)
def test_what_is_not_shared_or_no_knowledge_ties_nobody(text: str) -> None:
    assert matter(text).dependence == ()


def test_of_what_is_said_after_the_sentence_it_shows_nothing() -> None:
    found = matter("Seoul hat seine Erkenntnisse mit Washington geteilt.", later="2024-05-01")
    assert len(found.dependence) == 1 and found.n_max == 3


def test_a_text_in_a_language_without_the_table_is_passed_over() -> None:
    (d,) = told("Seoul shared its findings with Washington.")[0][:1]
    assert sharing_in(d) == ()


def test_a_sentence_that_comes_later_is_found_all_the_same() -> None:
    documents, claims = told("Seoul hat seine Erkenntnisse mit Washington geteilt.")
    state = LedgerState()
    for d, c in reversed(list(zip(documents, claims, strict=True))):
        state.add(d, [c])
    assert state.ledger() == build_ledger(documents, claims)[0]
