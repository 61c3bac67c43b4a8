"""The five real articles that the project starts from, where they lie beside it: blocks judged by hand."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest

from beleg.model import Document
from beleg.read.documents import read_documents
from beleg.read.inputs import RawInput
from beleg.read.textmap import lifted


def read(shared: Path, number: str) -> Document:
    path = next((shared / "corpus" / "seeds").glob(f"{number}_*.txt"))
    return read_documents(RawInput(str(path), path.read_bytes(), path.name))[0][0]


@pytest.mark.parametrize(
    ("number", "kinds"),
    [
        ("000", "title removed body8 caption body10 caption2 body8 byline removed2"),
        ("001", "title lead dateline body7"),
        ("002", "title body2 heading body heading body heading body2 heading body2 heading body4"),
        ("003", "dateline lead body3 heading body9 removed heading body2 caption heading body4 removed heading body6"
                " byline"),
        ("004", "body14 aside4 heading body7 byline"),
    ],
)  # fmt: skip
def test_blocks_of_the_seeds_are_what_a_reader_takes_them_for(shared: Path, number: str, kinds: str) -> None:
    doc = read(shared, number)
    runs = ((k, len(list(g))) for k, g in groupby(b.kind for b in doc.blocks))
    assert " ".join(f"{k}{n}" if n > 1 else k for k, n in runs) == kinds


def test_sentences_that_a_page_foot_cuts_are_whole(shared: Path) -> None:
    doc = read(shared, "002")
    out = [doc.source_text[s.start : s.end] for s in lifted(doc.text, doc.source_text, doc.map)]
    assert len(out) == 3 and all(x.startswith("https://") for x in out)
    bodies = [doc.text[b.span.start : b.span.end] for b in doc.blocks if b.kind == "body"]
    assert all(text.endswith((".", "“")) and text[0].isupper() for text in bodies)


@pytest.mark.parametrize(
    ("number", "days"),
    [
        ("000", "2023-09-06 2023-09-06"),
        ("001", "2024-10-11 2024-10-11"),
        ("002", None),
        ("003", "2024-06-01 2024-06-30"),
    ],
)
def test_days_of_the_seeds_come_from_their_text_or_stay_open(shared: Path, number: str, days: str | None) -> None:
    published = read(shared, number).published
    assert (f"{published.days.first} {published.days.last}" if published.days else None) == days
    assert published.basis == ("text" if days else "none")
