"""Hostile inputs in one batch with good ones: each is read or left out with its reason, and the batch goes on."""

from __future__ import annotations

import gzip
import random
from dataclasses import replace

import made
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beleg.read.channel import Answer, pack, unpack_answer
from beleg.read.documents import read_documents
from beleg.read.inputs import RawInput
from beleg.read.limits import DEFAULT
from beleg.read.worker import read_guarded

LOOP = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 9>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 3 0 R/Contents 3 0 R>>endobj\ntrailer<</Root 1 0 R/Size 4/Prev 9>>\n"
    b"startxref\n9\n%%EOF\n"
)
BOMB = made.zipped({"a.txt": b"0" * 30_000_000})
HOSTILE = {
    "bomb.zip": (BOMB, {"archive-limit"}),
    "bombs.zip": (made.zipped({f"{i}.zip": BOMB for i in range(4)}), {"archive-limit"}),
    "bomb.gz": (gzip.compress(b"0" * 30_000_000), {"archive-limit"}),
    "loop.pdf": (LOOP, {"pdf-broken", "no-text-layer"}),
    "nested.html": (f"<html><body>{'<div>' * 100_000}<p>{made.FIRST}".encode(), {"no-text"}),
    "many.html": (f"<html><body>{'<h2>Eins</h2>' * 10_000}<p>{made.FIRST}".encode(), set()),
    "cut.msg": (made.msg(made.TEXT)[:900], {"kind-not-read"}),
    "nested.json": (b"[" * 100_000, {"no-text"}),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + bytes(500), {"picture-not-read"}),
    "slip.zip": (made.zipped({"../../a.txt": made.TEXT.encode()}), set()),
}


def test_a_batch_of_hostile_files_is_finished_with_a_reason_for_each() -> None:
    for name, (raw, codes) in HOSTILE.items():
        documents, problems = read_guarded(RawInput(name, raw, name))
        assert bool(documents) == (not codes), (name, problems)
        assert {p.code for p in problems if p.left_out} <= codes and bool(problems) == bool(codes), (name, problems)
        good, doubts = read_guarded(RawInput("a.html", made.PAGE.encode(), "a.html"))
        assert [d.title for d in good] == [made.TITLE] and doubts == []


def test_an_answer_larger_than_what_may_be_unpacked_is_left_out() -> None:
    raw = made.zipped({f"{i}.txt": (made.TEXT * 40).encode() for i in range(20)})
    problems = read_guarded(RawInput("a.zip", raw, "a.zip"), limits=replace(DEFAULT, output_bytes=1_000))[1]
    assert [(p.code, p.left_out) for p in problems] == [("archive-limit", True)]


TAGS = [
    "p", "div", "a", "h1", "h2", "ul", "li", "figure", "figcaption", "time", "span", "article", "table", "td", "tr",
    "blockquote", "script", "section", "br", "img",
]  # fmt: skip
WORDS = [
    *(made.FIRST, made.SECOND, "Von Karla Muster", "3. Mai 2023", "Mehr zum Thema", "12\u00a0000 Schuss "),
    *("&shy;", "&nbsp;", "&#x202e;", "u\u0308ber ", "o\ufb03ziell ", "\u200b", "&amp;lt;b&amp;gt;", "\U0001f680"),
    *("<div class='teaser'>", "<a href='/x'>", "<time datetime='2023-05-03'>", "<span class='author'>"),
]
PARTS = st.sampled_from([*WORDS, *(f"<{t}>" for t in TAGS), *(f"</{t}>" for t in TAGS)])


@settings(max_examples=300)
@given(st.lists(PARTS, max_size=40).map("".join))
def test_whatever_a_page_is_made_of_its_map_is_total_and_its_quotes_stand_in_the_source(body: str) -> None:
    raw = RawInput("a.html", f"<html><body>{body}</body></html>".encode("utf-8", "replace"), "a.html")
    documents, problems = read_documents(raw)
    assert documents or problems
    for doc in unpack_answer(pack(Answer(documents, problems)), raw).documents:  # which checks map and blocks
        for block in doc.blocks:
            assert doc.quote(block.span) in doc.source_text


@pytest.mark.parametrize(
    "raw",
    [
        ("a.pdf", made.pdf([[(60, 780 - 14 * i, made.FIRST[i * 9 : i * 9 + 60]) for i in range(9)]] * 3)),
        ("a.docx", made.docx(("Titel", made.TITLE), ("", made.FIRST), ("", made.SECOND))),
        ("a.rtf", made.rtf(made.TEXT)),
        ("a.eml", made.mail(made.TEXT, {"b.txt": made.TEXT.encode()}, html=made.PAGE)),
        ("a.msg", made.msg(made.TEXT, {"b.txt": made.TEXT.encode()})),
        ("a.warc.gz", made.warc({"https://example.org/a": made.PAGE})),
        ("a.odt", made.odt(("h", made.TITLE), ("p", made.FIRST))),
    ],
    ids=lambda r: r[0],
)
def test_damaged_files_of_every_kind_are_read_soundly_or_left_out(raw: tuple[str, bytes]) -> None:
    name, data = raw
    rng = random.Random(5)
    for _ in range(25):
        garbled = bytearray(data)
        for _ in range(rng.randrange(1, 40)):
            garbled[rng.randrange(len(garbled))] = rng.randrange(256)
        item = RawInput(name, bytes(garbled[: rng.randrange(len(garbled) // 2, len(garbled) + 1)]), name)
        originals: dict[str, bytes] = {}
        documents, problems = read_documents(item, originals=originals)
        assert documents or problems
        originals.pop(item.sha256, None)
        unpack_answer(pack(Answer(documents, problems, originals)), item)
