"""The same article is read from pages of many shapes: title, author, day, and the body paragraph by paragraph."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import shapes

from beleg.model import Document
from beleg.read.documents import read_documents
from beleg.read.inputs import RawInput

BODY = [shapes.P1, shapes.P2, shapes.H, shapes.P3, shapes.P4]
UNSIGNED: set[str] = set()  # shapes without an author
UNDATED: set[str] = set()


def read(page: str) -> Document:
    documents, problems = read_documents(RawInput("a.html", page.encode(), "a.html"))
    assert len(documents) == 1 and problems == []
    return documents[0]


@pytest.mark.parametrize("path", shapes.PAGES, ids=lambda p: p.stem)
def test_the_article_of_every_shape_of_page_is_read_and_nothing_else(path: Path) -> None:
    doc = read(shapes.filled(path.read_text(encoding="utf-8")))
    found = [doc.text[b.span.start : b.span.end] for b in doc.blocks if b.kind in ("body", "heading")]
    assert found == BODY
    assert doc.title == shapes.TITLE
    assert doc.authors == (() if path.stem in UNSIGNED else ("Karla Muster",))
    days = doc.published.days
    assert (days.first if days else None) == (None if path.stem in UNDATED else date(2023, 5, 3))
