"""Pictures of pages, with Tesseract where it is installed and with a clear word where it is not."""

from __future__ import annotations

import textwrap
from pathlib import Path

import made
import pytest

from beleg.model import Document, Problem, Span
from beleg.read import ocr
from beleg.read.documents import read_documents
from beleg.read.inputs import RawInput
from beleg.read.worker import read_guarded

PAGE = made.pdf(
    [
        [
            (60, 780, made.TITLE),
            *made.column(60, 740, textwrap.wrap(made.FIRST, 72)),
            *made.column(60, 690, textwrap.wrap(made.SECOND, 72)),
        ]
    ]
)
needs_engine = pytest.mark.skipif(
    ocr.engine() is None or "deu" not in ocr.engine().languages,  # type: ignore[union-attr]
    reason="Tesseract with German is not installed (tesseract-ocr, tesseract-ocr-deu)",
)


def read(name: str, raw: bytes) -> tuple[list[Document], list[Problem]]:
    return read_guarded(RawInput(name, raw, name))


@needs_engine
@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.pdf", made.scan(PAGE)),
        ("a.png", made.png(*made.drawn(PAGE)[0])),
        ("a.zip", made.zipped({"b.pdf": made.scan(PAGE)})),
    ],
    ids=["scan", "picture", "scan in an archive"],
)
def test_text_in_pictures_is_read_and_marked_as_recognised(name: str, raw: bytes) -> None:
    documents, problems = read(name, raw)
    (doc,) = documents
    assert made.FIRST in doc.text and made.SECOND in doc.text
    assert doc.title == made.TITLE
    assert [p.code for p in problems] == ["ocr-text"]
    assert dict(doc.capture)["OCR"].startswith("Tesseract ")


@needs_engine
def test_each_recognised_word_leads_to_its_place_on_the_page() -> None:
    (doc,) = read("a.pdf", made.scan(PAGE))[0]
    start = doc.text.index("12 Werfer")
    place = doc.map.to_source(Span(start, start + 9))
    boxes = [b for b in doc.boxes if place.start <= b.start < place.end]
    assert [doc.source_text[b.start : b.end] for b in boxes] == ["12", "Werfer"]
    assert all(b.page == 1 and 60 <= b.left < b.right <= 595 and 85 < b.top < b.bottom < 105 for b in boxes)


@needs_engine
def test_pages_with_and_without_a_text_layer_are_read_in_their_order() -> None:
    documents, problems = read("a.pdf", made.joined(made.pdf([[(60, 780, made.TITLE)]]), made.scan(PAGE)))
    (doc,) = documents
    assert made.SECOND in doc.text
    assert set(doc.anchors) == {"page 1", "page 2"} and {b.page for b in doc.boxes} == {2}
    assert [doc.source_text[b.start : b.end] for b in doc.boxes][:2] == made.TITLE.split()[:2]
    assert [p.code for p in problems] == ["ocr-text"]


@needs_engine
def test_a_picture_without_an_article_is_left_out() -> None:
    documents, problems = read("a.png", made.png(*made.drawn(made.pdf([[(60, 700, "Hafen")]]))[0]))
    assert documents == [] and [(p.code, p.left_out) for p in problems] == [("picture-not-read", True)]


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("a.pdf", made.scan(PAGE), "no-text-layer"),
        ("a.png", made.png(*made.drawn(PAGE)[0]), "picture-not-read"),
    ],
)
def test_without_tesseract_a_picture_is_left_out_and_says_what_to_install(
    name: str, raw: bytes, code: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    ocr.engine.cache_clear()
    try:
        documents, problems = read(name, raw)
        assert documents == [] and read_documents(RawInput(name, raw, name))[0] == []
        assert [(p.code, p.left_out) for p in problems] == [(code, True)]
        assert "install Tesseract (tesseract-ocr, tesseract-ocr-deu)" in problems[0].message
    finally:
        monkeypatch.undo()
        ocr.engine.cache_clear()
