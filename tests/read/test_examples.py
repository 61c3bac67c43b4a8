"""The project's own example articles, turned into every kind of file, give the same sentences to read."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable
from pathlib import Path

import made
import pytest

from beleg.model import Claim, Document
from beleg.pipeline import read_article
from beleg.read.documents import read_documents
from beleg.read.given import Given
from beleg.read.inputs import RawInput

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "de").glob("*.txt"))


def read(name: str, raw: bytes) -> Document:
    documents, problems = read_documents(RawInput(name, raw, name), Given(doc="x", published="2024-01-01"))
    assert documents, problems
    return documents[-1]


def to_read(doc: Document) -> list[tuple[str, str]]:
    """What later stages see: kinds and words of the blocks that are split into sentences."""
    spans = ((b.kind, b.span) for b in doc.blocks if b.kind != "removed")
    return [(k, doc.text[s.start : s.end].replace("\u2010", "-")) for k, s in spans]


def paragraphs(text: str) -> list[str]:
    return [" ".join(p.split()) for p in text.split("\n\n") if p.strip()]


def as_pdf(text: str) -> bytes:
    """Two columns, a running head and a page number; no words divided."""
    lines: list[str] = []
    for p in paragraphs(text):
        lines += [*textwrap.wrap(p, 46, break_on_hyphens=False), ""]
    size = 22
    columns = [lines[i : i + size] for i in range(0, len(lines), size)]
    pages = []
    for n in range(0, len(columns), 2):
        head: list[tuple[float, float, str]] = [(60, 815, "Beispiele aus öffentlichen Quellen")]
        page = head if len(columns) > 2 else []  # one page alone does not tell a head from a title
        for x, column in zip((50, 320), columns[n : n + 2], strict=False):
            page += [spot for spot in made.column(x, 770, column) if spot[2]]
        pages.append([*page, (290, 30, f"Seite {n // 2 + 1}")])
    return made.pdf(pages)


def as_page(text: str) -> str:
    title, *body = paragraphs(text)
    return (
        f"<html><head><title>{title}</title></head><body><nav><a href='/'>Start</a></nav><article><h1>{title}</h1>"
        f"{''.join(f'<p>{p}</p>' for p in body)}</article></body></html>"
    )


def as_docx(text: str) -> bytes:
    title, *body = paragraphs(text)
    return made.docx(("Titel", title), *[("", p) for p in body])


def as_feed(text: str) -> bytes:
    title, *body = paragraphs(text)
    return made.rss([(title, "".join(f"<p>{p}</p>" for p in body))])


KINDS: dict[str, Callable[[str], bytes]] = {
    "a.docx": as_docx,
    "a.eml": lambda text: made.mail(text),
    "a.msg": lambda text: made.msg(text),
    "a.odt": lambda text: made.odt(*[("p" if n else "h", p) for n, p in enumerate(paragraphs(text))]),
    "a.rtf": lambda text: made.rtf(text),
    "a.zip": lambda text: made.zipped({"b.zip": made.zipped({"c.txt": text.encode()})}),
    "a.warc.gz": lambda text: made.warc({"https://example.org/a": as_page(text)}),
    "a.wacz": lambda text: made.zipped({"archive/a.warc.gz": made.warc({"https://example.org/a": as_page(text)})}),
    "a.rss": as_feed,
    "a.jsonl": lambda text: json.dumps({"text": text}).encode(),
    "a.md": lambda text: text.encode(),
}


def without_note(text: str) -> str:
    """Leave out the line that says that the article is an example: it stands above the title."""
    first, *rest = paragraphs(text)
    return "\n\n".join(rest if first.endswith(".") else [first, *rest]) + "\n"


@pytest.mark.parametrize("kind", KINDS)
def test_an_example_reads_the_same_from_every_kind_of_file(kind: str) -> None:
    assert EXAMPLES
    for path in EXAMPLES:
        text = without_note(path.read_text(encoding="utf-8"))
        assert to_read(read(kind, KINDS[kind](text))) == to_read(read("a.txt", text.encode())), path.name


def test_an_example_reads_the_same_from_a_pdf_in_columns() -> None:
    for path in EXAMPLES:
        text = without_note(path.read_text(encoding="utf-8"))
        words = " ".join(w for _, w in to_read(read("a.txt", text.encode())))
        assert " ".join(w for _, w in to_read(read("a.pdf", as_pdf(text)))) == words, path.name


def as_report(text: str) -> bytes:
    """Two columns with words divided at line ends, a running head and page numbers."""
    lines: list[str] = []
    for p in paragraphs(text):
        lines += [*divided(p, 44), ""]
    size = 24
    columns = [lines[i : i + size] for i in range(0, len(lines), size)]
    pages = []
    for n in range(0, len(columns), 2):
        page: list[tuple[float, float, str]] = [(60, 815, "Beispiele aus öffentlichen Quellen")] if n else []
        for x, column in zip((50, 320), columns[n : n + 2], strict=False):
            page += [spot for spot in made.column(x, 770, column) if spot[2]]
        pages.append([*page, (290, 30, f"Seite {n // 2 + 1}")])
    return made.pdf(pages)


def divided(text: str, width: int) -> list[str]:
    """Wrap a paragraph and divide the long words that begin a line, back into the line above."""
    lines: list[str] = []
    for n, line in enumerate(textwrap.wrap(text, width, break_on_hyphens=False)):
        first, _, rest = line.partition(" ")
        if n and first.isalpha() and first[1:].islower() and len(first) > 6 and rest:
            lines[-1] += f" {first[:4]}-"
            line = f"{first[4:]} {rest}"
        lines.append(line)
    return lines


def test_the_report_divides_words() -> None:
    texts = [without_note(p.read_text(encoding="utf-8")) for p in CHOSEN]
    assert sum(line.endswith("-") for t in texts for p in paragraphs(t) for line in divided(p, 44)) > 10


def said(doc: Document) -> list[tuple[object, ...]]:
    """What each claim of a document says, without places: the quote as its words."""
    claims: tuple[Claim, ...] = read_article(doc).claims
    return [
        (
            c.event,
            c.supplier,
            c.recipient,
            c.item,
            c.quantity and (c.quantity.low, c.quantity.high, c.quantity.unit),
            c.stance,
            tuple(s.name for s in c.sources),
            " ".join(doc.text[c.span.start : c.span.end].replace("\u2010", "-").split()),
        )
        for c in claims
    ]


CHOSEN = EXAMPLES


@pytest.fixture(scope="module")
def expected() -> dict[str, list[tuple[object, ...]]]:
    texts = {p.name: without_note(p.read_text(encoding="utf-8")) for p in CHOSEN}
    return {name: said(read("a.txt", text.encode())) for name, text in texts.items()}


@pytest.mark.parametrize(
    "kind", ["a.docx", "a.eml", "a.msg", "a.odt", "a.rtf", "a.zip", "a.warc.gz", "a.wacz", "a.rss"]
)
def test_an_example_gives_the_same_claims_from_every_kind_of_file(
    kind: str, expected: dict[str, list[tuple[object, ...]]]
) -> None:
    assert sum(map(len, expected.values())) > 10
    for path in CHOSEN:
        text = without_note(path.read_text(encoding="utf-8"))
        assert said(read(kind, KINDS[kind](text))) == expected[path.name], path.name


def test_an_example_gives_the_same_claims_from_a_pdf_in_columns_with_divided_words(
    expected: dict[str, list[tuple[object, ...]]],
) -> None:
    for path in CHOSEN:
        text = without_note(path.read_text(encoding="utf-8"))
        assert said(read("a.pdf", as_report(text))) == expected[path.name], path.name
