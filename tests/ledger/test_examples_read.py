"""The worked example of the method from the articles on: read, gathered, bounded."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from beleg.ledger.build import build_ledger
from beleg.ledger.rows import matter_row
from beleg.model import Claim, Document, Problem
from beleg.pipeline import read_article
from beleg.read.documents import read_documents
from beleg.read.given import Given
from beleg.read.index import load_index
from beleg.read.inputs import walk

ARTICLES = Path(__file__).parents[2] / "examples" / "de"
AS_GIVEN = ("2023-10-13", "2023-11-02", "2023-11-19", "2024-02-26", "2024-06-14", "2024-10-31")  # the seven figures


@cache
def read() -> tuple[list[Document], list[Claim]]:
    index = load_index(ARTICLES / "index.jsonl")
    documents: list[Document] = []
    claims: list[Claim] = []
    for item in walk([str(p) for p in sorted(ARTICLES.glob("*.txt"))], None):
        assert not isinstance(item, Problem)
        for document in read_documents(item, index.given(item.path, Given()))[0]:
            documents.append(document)
            claims += read_article(document).claims
    return documents, claims


def containers(*days: str) -> dict[str, Any]:
    """The row of the matter that most figures tell of, from the articles of these days."""
    documents, claims = read()
    use = [d for d in documents if d.name.startswith(days)]
    names = {d.id for d in use}
    ledger, _ = build_ledger(use, [c for c in claims if c.document in names])
    return matter_row(max(ledger.matters, key=lambda m: len(m.figures)))


def test_the_seven_figures_as_given_leave_all_seven_intervals() -> None:
    row = containers(*AS_GIVEN)
    assert row["conflicts"] == []
    assert {a["as_of"]: a["hull"] for a in row["as_of"]} == {
        "2023-10-13": [1001, 3300],
        "2023-11-02": [2001, 3300],
        "2023-11-19": [2700, 3300],
        "2024-02-26": [6650, 6750],
        "2024-06-14": [10000, 15500],
        "2024-08-31": [10500, 15500],
        "2024-10-31": [18000, 22000],
    }


def test_all_articles_together_have_both_conflicts_with_their_gaps() -> None:
    assert sorted(c["gap"] for c in containers("20")["conflicts"]) == [2501, 3251]


@pytest.mark.parametrize(
    ("day", "readings", "hull"),
    [
        ("2024-02-26", [[6650, 6750], [10001, 15500]], [6650, 15500]),
        ("2024-10-31", [[18000, 22000], [18000, 22000]], [18000, 22000]),
    ],
)
def test_both_coherent_readings_and_their_hull_come_from_the_articles(
    day: str, readings: list[list[int]], hull: list[int]
) -> None:
    here = next(a for a in containers("20")["as_of"] if a["as_of"] == day)
    assert sorted([r["low"]["v"], r["high"]["v"]] for r in here["readings"]) == readings
    assert here["hull"] == hull and here["contested"] == (readings[0] != readings[1])
