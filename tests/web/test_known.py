"""A check asks the register for what an article touches, and finds what the whole ledger would tell it."""

from __future__ import annotations

import dataclasses

import pytest

from annotated import read_set
from beleg.ledger.check import check_against, check_document
from beleg.ledger.tables import ledger_tables
from beleg.model import Claim, Document
from beleg.store.case import Case
from beleg.web.desk import Desk
from beleg.web.keeper import compute
from beleg.web.known import known_to

from .desks import ROOT

EXAMPLES = read_set(ROOT / "examples" / "de")


def new(d: Document) -> tuple[Document, list[Claim]]:
    """Return an article as one that nobody has seen yet."""
    fresh = dataclasses.replace(d, name=f"neu-{d.name}")
    return fresh, [dataclasses.replace(c, document=fresh.id, doc=fresh.name, id=f"neu-{c.id}") for c in claims_of(d)]


def claims_of(d: Document) -> list[Claim]:
    return [c for c in EXAMPLES.claims if c.document == d.id]


@pytest.mark.parametrize("seen", [True, False], ids=["kept", "new"])
def test_a_check_of_any_article_finds_what_the_whole_ledger_tells(case: Case, seen: bool) -> None:
    desk, tables = Desk(case), ledger_tables()
    _, ledger, _ = compute(case)
    found = 0
    for d in EXAMPLES.documents:
        article, claims = (d, claims_of(d)) if seen else new(d)
        rows = check_against(known_to(desk, article, claims, tables), article, claims, tables=tables)
        assert rows == check_document(ledger, article, claims, tables=tables), d.name
        found += sum(r.matter is not None for r in rows)
    assert found > 20


def test_only_articles_of_matters_that_are_touched_are_read(case: Case) -> None:
    desk = Desk(case)
    read = [len(known_to(desk, *new(d), ledger_tables()).documents) for d in EXAMPLES.documents]
    assert 0 == min(read) < max(read) < len(EXAMPLES.documents)
