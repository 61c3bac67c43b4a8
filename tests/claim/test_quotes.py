"""What no claim may do, tried on all of our own articles: quote what is not there, or a figure without its words."""

from __future__ import annotations

from pathlib import Path

import pytest

import beleg

ARTICLES = sorted((Path(__file__).parents[2] / "examples" / "de").glob("*.txt"))


@pytest.mark.parametrize("path", ARTICLES, ids=lambda p: p.stem)
def test_every_quote_is_in_the_text_with_its_figure_and_every_slot_points_at_words(path: Path) -> None:
    readings, _ = beleg.read_file(str(path), published="2024-06", language="de")
    for reading in readings:
        text = reading.document.text
        for claim in reading.claims:
            assert reading.document.quote(claim.span) in reading.document.source_text
            assert claim.span.start < claim.span.end <= len(text)
            if claim.quantity is not None:
                assert claim.span.contains(claim.quantity.span), claim.id
                assert text[claim.quantity.span.start : claim.quantity.span.end] == claim.quantity.raw
            assert all(0 <= s.span.start < s.span.end <= len(text) for s in claim.slots if s.span is not None)
