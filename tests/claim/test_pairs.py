"""Minimal pairs of tests/cases: whose words, how firm and in what form, in some clause of each sentence."""

from __future__ import annotations

from typing import Any

import pytest

from beleg.claim.stance import StanceReading, stance_at
from beleg.model import Attribution, Span
from beleg.pipeline import read_article
from beleg.read.documents import read_documents
from beleg.read.given import Given
from beleg.read.inputs import RawInput
from case_runner import Case, load_cases, misfits

COLUMNS = ("origin", "chain", "stance", "form")
PAIRS = [c for c in load_cases() if c.file.startswith("attribution") and not c.unseen and c.rows]


def standing(reading: StanceReading, words: Attribution | None) -> dict[str, Any]:
    chains = words.chains if words else ()
    sources = [{"raw": s.raw, "name": s.name} for s in chains[0]] if chains else []
    if len(chains) > 1:  # joint speakers count as one
        sources[-1] = {k: " und ".join(getattr(c[-1], k) for c in chains) for k in ("raw", "name")}
    return {"stance": reading.stance, "form": reading.form, "sources": sources, "quantity": None, "time": None}


def standings(case: Case) -> list[dict[str, Any]]:
    """Return how each clause of a case stands, and each act of speech that it tells."""
    raw = RawInput(path="case.txt", raw=case.text.encode())
    out = []
    for document in read_documents(raw, Given("case", case.outlet, "de", case.date))[0]:
        article = read_article(document, parse_all=True)
        for sentence in article.sentences:
            for clause in sentence.clauses:
                at = sentence.tokens[clause.root].start
                reading = stance_at(Span(at, at + 1), article.attributions, sentence, clause)
                inside = reading.attribution
                out.append(standing(reading, None if inside is None else article.attributions[inside]))
            acts = [a for a in article.attributions if a.quote_type == "Reported" and sentence.span.contains(a.span)]
            out += [standing(stance_at(a.span, article.attributions, sentence, None), a) for a in acts]
    return out


@pytest.mark.parametrize("case", PAIRS, ids=[f"{c.file} {c.title}" for c in PAIRS])
def test_a_pair_differs_in_whose_words_and_how_firm(case: Case) -> None:
    found = standings(case)
    for row in case.rows:
        asked = {k: v for k, v in row.items() if k in COLUMNS}
        assert any(not misfits(asked, s) for s in found), (asked, found)
