"""The five real articles that the project starts from, where they lie beside it: blocks judged by hand."""

from __future__ import annotations

import hashlib
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from beleg.model import Document, Span
from beleg.read.documents import read_documents
from beleg.read.inputs import RawInput
from beleg.read.textmap import lifted


def read(shared: Path, number: str) -> Document:
    path = next((shared / "corpus" / "seeds").glob(f"{number}_*.txt"))
    return read_documents(RawInput(str(path), path.read_bytes(), path.name))[0][0]


BLOCKS = json.loads((Path(__file__).parent / "data" / "seed_blocks.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("number", BLOCKS)
def test_each_block_of_the_seeds_is_what_a_person_took_it_for(shared: Path, number: str) -> None:
    """The list was gone through by hand against the files: kind, place in the source, hash of what stands there."""
    doc = read(shared, number)
    found = []
    for block in doc.blocks:
        s = doc.map.to_source(block.span)
        found.append([block.kind, s.start, s.end, _hash(doc.source_text[s.start : s.end])])
    assert found == BLOCKS[number]


def test_what_is_left_out_of_the_blocks_of_the_seeds_is_blank_or_an_address(shared: Path) -> None:
    for number, rows in BLOCKS.items():
        source = read(shared, number).source_text
        between = [source[a[2] : b[1]] for a, b in pairwise([["", 0, 0], *rows, ["", len(source), len(source)]])]
        assert all(re.fullmatch(r"\s*(?:https?://\S+\s*)*", part) for part in between), number


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@pytest.mark.parametrize("number", BLOCKS)
def test_every_gold_quote_stands_in_what_is_read_and_comes_back_letter_for_letter(shared: Path, number: str) -> None:
    doc = read(shared, number)
    starts = [doc.map.to_source(Span(i, i + 1)).start for i in range(len(doc.text))]
    # One annotator took a claim from the title of a video, which stands in the stub of its player.
    read_blocks = [
        b.span for b in doc.blocks if b.kind not in ("removed", "byline", "dateline") or b.why == "video-stub"
    ]
    quotes = 0
    for gold in sorted((shared / "corpus" / "seeds_gold").glob(f"*/{number}_*.jsonl")):
        for line in gold.read_text(encoding="utf-8").splitlines():
            quote = json.loads(line)["quote"]
            at = doc.source_text.index(quote)
            inside = [i for i, start in enumerate(starts) if at <= start < at + len(quote)]
            span = Span(inside[0], inside[-1] + 1)
            assert doc.quote(span) == quote
            assert any(b.overlaps(span) for b in read_blocks)
            quotes += 1
    assert quotes > 30


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
