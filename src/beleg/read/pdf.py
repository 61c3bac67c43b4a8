"""PDF → lines in reading order, and from them paragraphs as in plain text (pypdfium2).

A page's text comes as boxes. Boxes on one baseline are a line; lines are ordered by cutting the page at white gaps,
first between columns, then between what lies above and below (recursive XY cut, Nagy and Seth 1984). Divided words,
page heads and feet are then the business of ``paragraphs.py``. Scripts, forms and attachments are never run or opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from statistics import median
from typing import NamedTuple

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from beleg.model import Problem
from beleg.read.extract import Extract
from beleg.read.inputs import RawInput
from beleg.read.limits import DEFAULT, Limits
from beleg.read.ocr import HOW, Recognised, recognise, told
from beleg.read.paragraphs import split_paragraphs

GUTTER = 0.9  # white between columns, in heights of a line
SIDE_BY_SIDE = 0.5  # share of the lower column's height that two columns must overlap in
MIN_COLUMN = 3  # lines; fewer beside each other are a table row or a caption
SAME_LINE = 0.5  # share of the height two boxes of one line overlap in
WORD_GAP = 0.18  # of the height: white that is a blank
PARAGRAPH_GAP = 1.6  # of the usual distance of lines: white that parts paragraphs
DPI = 300  # at which pages are drawn to be recognised
MAX_SIDE = 5_000  # pixels; larger pages are drawn smaller
MAX_CUTS = 200  # depth of the cutting; a page that needs more is a drawing
MAX_BOXES = 4_000  # a page of more is a drawing or a table; it is read in the order of the file
LINE_HYPHENS = {0x02: "-", 0xFFFE: "-"}  # how pdfium writes a hyphen at a line's end


class Line(NamedTuple):
    """A line or a part of one: its box in points, y upwards, and its text."""

    left: float
    bottom: float
    right: float
    top: float
    text: str

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 1.0)


def read_pdf(raw: RawInput, limits: Limits = DEFAULT) -> tuple[list[Extract], list[Problem]]:
    """Read a PDF file: one article, ``\\f`` between its pages; anchors name the page."""
    try:
        document = pdfium.PdfDocument(raw.raw)
    except pdfium.PdfiumError as e:
        code, what = ("encrypted", "is encrypted; give it unlocked") if "assword" in str(e) else ("pdf-broken", str(e))
        return [], [Problem(code, f"{raw.path}: {what}", raw.path, left_out=True)]
    try:
        return _read(raw, document, limits)
    finally:
        document.close()


def _read(raw: RawInput, document: pdfium.PdfDocument, limits: Limits) -> tuple[list[Extract], list[Problem]]:
    problems: list[Problem] = []
    count = len(document)
    if count > limits.pages:
        message = f"{raw.path}: has {count:,} pages; the first {limits.pages:,} were read: split it"
        problems.append(Problem("too-many-pages", message, raw.path))
    if attached := document.count_attachments():
        message = f"{raw.path}: has {attached} attached files, which are not opened"
        problems.append(Problem("attachments-not-read", message, raw.path))
    pages: list[str] = []
    empty: list[int] = []
    for n in range(min(count, limits.pages)):
        try:
            page = document[n]
            text = page_text(page)
            page.close()
        except pdfium.PdfiumError as e:
            problems.append(Problem("page-broken", f"{raw.path}: page {n + 1} cannot be read: {e}", raw.path))
            text = ""
        pages.append(text)
        if not text.strip():
            empty.append(n + 1)
    read = _recognised(raw, document, empty, limits) if limits.ocr else _Pictures()
    for n, found in read.pages.items():
        pages[n - 1] = found.text
    problems += read.problems
    empty = [n for n in empty if n not in read.pages]
    if len(empty) == len(pages):
        message = f"{raw.path}: its pages are pictures without a text layer; {HOW}"
        return [], [*problems, Problem("no-text-layer", message, raw.path, left_out=True)]
    if empty:
        shown = ", ".join(map(str, empty[:10])) + (" …" if len(empty) > 10 else "")
        message = f"{raw.path}: no text on page {shown}; if it is a picture, {HOW}"
        problems.append(Problem("page-without-text", message, raw.path))
    source = "\f".join(pages)
    begins = [0, *accumulate(len(p) + 1 for p in pages)]
    boxes = tuple(
        b._replace(start=b.start + begins[n - 1], end=b.end + begins[n - 1])
        for n, found in sorted(read.pages.items())
        for b in found.boxes
    )
    starts = [i for i, c in enumerate(source) if c == "\f"]
    paragraphs = tuple(
        replace(p, anchor=f"page {sum(s < p.runs[0].start for s in starts) + 1}")
        for p in split_paragraphs(source, wrapped=True)
    )
    return [Extract(source, paragraphs, "application/pdf", fields=read.fields, boxes=boxes)], problems


@dataclass(frozen=True, slots=True)
class _Pictures:
    """What was recognised on pages without text, by page number."""

    pages: dict[int, Recognised] = field(default_factory=dict)
    fields: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()


def _recognised(raw: RawInput, document: pdfium.PdfDocument, empty: Sequence[int], limits: Limits) -> _Pictures:
    found: dict[int, Recognised] = {}
    for n in empty[: limits.ocr_pages]:
        try:
            page = document[n - 1]
            width, height = page.get_size()
            scale = min(DPI / 72, MAX_SIDE / max(width, height, 1.0))
            bitmap = page.render(scale=scale, grayscale=True)
            data = bytes(bitmap.buffer)
            rows = b"".join(data[y * bitmap.stride : y * bitmap.stride + bitmap.width] for y in range(bitmap.height))
            picture = b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + rows
            bitmap.close()
            page.close()
        except pdfium.PdfiumError:
            continue
        seen = recognise(picture, n, 1 / scale)
        if seen is not None and seen.text:
            found[n] = seen
    problems = []
    if len(empty) > limits.ocr_pages:
        message = f"{raw.path}: more than {limits.ocr_pages} pages are pictures; the first were read: split it"
        problems.append(Problem("too-many-pages", message, raw.path))
    if not found:
        return _Pictures(problems=tuple(problems))
    words = sum(len(f.boxes) for f in found.values())
    mean = sum(f.confidence * len(f.boxes) for f in found.values()) / words
    fields, doubts = told(raw, sorted(found), mean)
    return _Pictures(found, fields, (*problems, *doubts))


def page_text(page: pdfium.PdfPage) -> str:
    """Return a page's text in reading order, a line a line, an empty line between paragraphs."""
    text = page.get_textpage()
    try:
        if text.count_rects() > MAX_BOXES:
            return str(text.get_text_range().translate(LINE_HYPHENS).replace("\r\n", "\n"))
        boxes = []
        for i in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(i)
            words = " ".join(text.get_text_bounded(left, bottom, right, top).translate(LINE_HYPHENS).split())
            if words:
                boxes.append(Line(left, bottom, right, top, words))
    finally:
        text.close()
    return _written(_ordered(_joined(boxes), 0))


def _joined(boxes: Sequence[Line]) -> list[Line]:
    """Join boxes that follow each other on one baseline (a change of font makes a new box)."""
    out: list[Line] = []
    for box in sorted(boxes, key=lambda b: (-round(b.top + b.bottom), b.left)):
        match = next((i for i in range(len(out) - 1, max(-1, len(out) - 9), -1) if _follows(out[i], box)), None)
        if match is None:
            out.append(box)
            continue
        last = out[match]
        blank = " " if box.left - last.right > WORD_GAP * last.height else ""
        out[match] = Line(
            last.left, min(last.bottom, box.bottom), box.right, max(last.top, box.top), last.text + blank + box.text
        )
    return out


def _follows(line: Line, box: Line) -> bool:
    overlap = min(line.top, box.top) - max(line.bottom, box.bottom)
    if overlap < SAME_LINE * min(line.height, box.height):
        return False
    return -0.5 * line.height <= box.left - line.right <= GUTTER * max(line.height, box.height)


def _ordered(lines: list[Line], depth: int) -> list[list[Line]]:
    """Cut a region into blocks in reading order."""
    if len(lines) < 2 or depth > MAX_CUTS:
        return [lines] if lines else []
    for cut in (_columns, _bands):
        parts = cut(lines)
        if len(parts) > 1:
            return [block for part in parts for block in _ordered(part, depth + 1)]
    return [sorted(lines, key=lambda x: (-x.top, x.left))]


def _columns(lines: list[Line]) -> list[list[Line]]:
    """Split at a white gutter that no line crosses, where both sides are columns."""
    gap = GUTTER * median(x.height for x in lines)
    ordered = sorted(lines, key=lambda x: x.left)
    right = ordered[0].right
    for i, line in enumerate(ordered[1:], 1):
        if line.left - right >= gap:
            a, b = ordered[:i], ordered[i:]
            if min(len(a), len(b)) >= MIN_COLUMN and _beside(a, b):
                return [a, *_columns(b)]
        right = max(right, line.right)
    return [lines]


def _beside(a: Sequence[Line], b: Sequence[Line]) -> bool:
    tops, bottoms = [max(x.top for x in s) for s in (a, b)], [min(x.bottom for x in s) for s in (a, b)]
    shared = min(tops) - max(bottoms)
    return shared >= SIDE_BY_SIDE * min(tops[0] - bottoms[0], tops[1] - bottoms[1])


def _bands(lines: list[Line]) -> list[list[Line]]:
    """Split at the widest white gap between what lies above and below, if a column may hide on one side."""
    ordered = sorted(lines, key=lambda x: -x.top)
    bottom = ordered[0].bottom
    best, widest = 0, 0.0
    for i, line in enumerate(ordered[1:], 1):
        white = bottom - line.top
        if white > widest:
            best, widest = i, white
        bottom = min(bottom, line.bottom)
    if not best or not _side_by_side(lines):
        return [lines]
    return [ordered[:best], ordered[best:]]


def _side_by_side(lines: Sequence[Line]) -> bool:
    """Tell whether any two lines stand beside each other; without that, top to bottom is the order."""
    ordered = sorted(lines, key=lambda x: -x.top)
    return any(
        min(a.top, b.top) - max(a.bottom, b.bottom) > SAME_LINE * min(a.height, b.height) for a, b in pairwise(ordered)
    )


def _written(blocks: Sequence[Sequence[Line]]) -> str:
    parts: list[str] = []
    lines = [line for block in blocks for line in block]
    if not lines:
        return ""
    for n, block in enumerate(blocks):
        if n:
            parts.append("\n" if _runs_on(blocks[n - 1], block) else "\n\n")
        steps = [a.top - b.top for a, b in pairwise(block) if a.top > b.top]
        usual = median(steps) if steps else 0.0
        for i, line in enumerate(block):
            if i:
                step = block[i - 1].top - line.top
                parts.append("\n\n" if usual and step > PARAGRAPH_GAP * usual else "\n")
            parts.append(line.text)
    return "".join(parts)


def _runs_on(above: Sequence[Line], below: Sequence[Line]) -> bool:
    """Tell whether a paragraph may run on from the foot of one column to the head of the next."""
    return above[-1].top < below[0].top and not above[-1].text.endswith((".", "!", "?", ":", "“", "”", '"'))
