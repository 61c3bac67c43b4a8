"""Lines → paragraphs: hard-wrapped lines joined, words divided at line ends closed, page feet lifted out of sentences.

Works on the shape of the lines alone and judges nothing about what a paragraph is (``blocks.py``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from beleg.read.rules import ends_open, keeps_hyphen, line_rule

# Above this many characters a line is a paragraph of its own: no page, mail or terminal wraps so wide.
MAX_WRAP = 132
FULL = 0.6  # a wrapped line shorter than this share of the width ended for a reason
WRAPPED_SHARE = 0.4  # of adjacent lines, the upper ones that end amid a sentence; below it, lines are paragraphs
DOUBLE_SPACED = 0.9  # share of lines with an empty one above: a text that was copied with double spacing
MAX_FOOT = 24  # characters of "Seite 12 von 240"
GOES_ON = 0.3  # share of its lines that a small letter opens in the middle of a sentence
FITS_SHARE = 0.6  # of those, the ones where the next word had no room
SLACK = 0.8  # room counts from this share of the width on: proportional type is ragged

_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+|\f")
_TERMINAL = re.compile(r"[.!?…:;][\"'“”„‚‘’»«›‹)\]]*$|[\"“”»«’‹›]$")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_LINK_LINE = re.compile(r"[\W\d_]{0,6}(?:https?://|www\.)\S+(?:\s+(?:https?://|www\.)\S+)*", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"(?:[-–—|\[(]?\s*\d{1,4}\s*[-–—|\])]?|[^\W\d_]{4,5}\s+\d{1,3}(?:\s*[^\W\d_]{0,3}/?\s*\d{1,4})?|\d{1,4}\s*/\s*\d{1,4})",
    re.IGNORECASE,
)
_BULLET = re.compile(r"(?:[-–•*▪●■]|\d{1,2}[.)])\s+\S")


class Line(NamedTuple):
    """A line without its blanks at both ends, as a span of the source."""

    start: int
    end: int
    gap: int  # blank lines above it
    page: int


class Run(NamedTuple):
    """A stretch of source that goes into a paragraph, and what the clean text has before it."""

    start: int
    end: int
    glue: str  # "" closes a divided word, " " joins two lines


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs of source in order. ``kind`` and ``why`` are empty where the shape alone does not tell."""

    runs: tuple[Run, ...]
    kind: str = ""
    why: str = ""
    anchor: str = ""  # where in a page or file: an element's path, "page 4"


def split_paragraphs(source: str, wrapped: bool | None = None) -> list[Paragraph]:
    """Split decoded text into paragraphs, in order of the source.

    Args:
        source: The text.
        wrapped: Whether its lines are wrapped, where the format tells; None: the lines' lengths decide.
    """
    lines = _single_spaced(source, split_lines(source))
    furniture = page_furniture(source, lines)
    text = [x for i, x in enumerate(lines) if i not in furniture]
    width = max((x.end - x.start for x in text), default=0) if wrapped else wrap_width(source, text)
    chunks: list[list[Line]] = []
    feet: list[bool] = []
    for i, line in enumerate(lines):
        foot = i in furniture
        if not chunks or feet[-1] != foot or foot or _breaks(source, chunks[-1], line, width):
            chunks.append([line])
            feet.append(foot)
        else:
            chunks[-1].append(line)
    return _join_over_feet(source, chunks, feet, width)


def split_lines(source: str) -> list[Line]:
    out: list[Line] = []
    page, gap, at = 0, 0, 0
    for m in _LINE.finditer(source):
        gap += max(0, _newlines(source, at, m.start()) - (1 if out else 0))
        at = m.end()
        text = m.group()
        if text == "\f":
            page += 1
            continue
        stripped = text.strip()
        if not stripped:
            continue
        start = m.start() + len(text) - len(text.lstrip())
        out.append(Line(start, start + len(stripped), gap, page))
        gap = 0
    return out


def _single_spaced(source: str, lines: list[Line]) -> list[Line]:
    """Take one empty line from between all lines of a text that has one after every wrapped line."""
    spaced = sum(x.gap > 0 for x in lines[1:])
    if len(lines) < 6 or spaced < DOUBLE_SPACED * (len(lines) - 1):
        return lines
    goes_on = sum(
        source[b.start].islower() and not _TERMINAL.search(source[a.start : a.end]) for a, b in pairwise(lines)
    )
    if goes_on < GOES_ON * len(lines):
        return lines
    return [x._replace(gap=max(0, x.gap - 1)) for x in lines]


def _newlines(source: str, start: int, end: int) -> int:
    between = source[start:end]
    return len(between) - between.count("\r\n") if between else 0


def page_furniture(source: str, lines: Sequence[Line]) -> set[int]:
    """Find the lines that belong to the page and not to the text: link addresses alone, page numbers, running heads."""
    found = {i for i, x in enumerate(lines) if _LINK_LINE.fullmatch(source, x.start, x.end) or _is_foot(source, x)}
    pages = lines[-1].page + 1 if lines else 0
    if pages < 2:
        if lines and lines[-1].gap and _PAGE_NUMBER.fullmatch(source, lines[-1].start, lines[-1].end):
            found.add(len(lines) - 1)
        return found
    edges: dict[int, list[int]] = {}
    for i, x in enumerate(lines):
        edges.setdefault(x.page, []).append(i)
    outer = [i for on_page in edges.values() for i in {*on_page[:2], *on_page[-2:]}]
    shapes = Counter(_shape(source, lines[i]) for i in outer)
    for i in outer:
        text = source[lines[i].start : lines[i].end]
        if shapes[_shape(source, lines[i])] >= max(2, pages // 2) or _PAGE_NUMBER.fullmatch(text):
            found.add(i)
    return found


def _is_foot(source: str, line: Line) -> bool:
    if line.end - line.start > MAX_FOOT or not source[line.start : line.end].strip("-–—| .)]")[-1:].isdigit():
        return False
    rule = line_rule(source[line.start : line.end])
    return rule is not None and rule.why == "page-furniture"


def _shape(source: str, line: Line) -> str:
    return re.sub(r"\d+", "0", source[line.start : line.end].casefold())


def wrap_width(source: str, lines: Sequence[Line]) -> int:
    """Return the width the text was wrapped at, or 0 where each line is a paragraph."""
    lengths = sorted(x.end - x.start for x in lines)
    if len(lengths) < 3:
        return 0
    width = lengths[int(0.9 * (len(lengths) - 1))]
    if width > MAX_WRAP:
        return 0
    pairs = [(a, b) for a, b in pairwise(lines) if b.gap == 0]
    if not pairs:
        return 0
    open_ended = [(a, b) for a, b in pairs if not _TERMINAL.search(source[a.start : a.end])]
    full = [1 for a, b in open_ended if a.end - a.start + 1 + _first_word(source, b) > SLACK * width]
    if len(open_ended) < WRAPPED_SHARE * len(pairs) or len(full) < FITS_SHARE * len(open_ended):
        return 0
    return width


def _first_word(source: str, line: Line) -> int:
    m = re.compile(r"\S+").match(source, line.start, line.end)
    return m.end() - m.start() if m else 0


def _breaks(source: str, chunk: Sequence[Line], line: Line, width: int) -> bool:
    """Tell whether ``line`` opens a new paragraph after ``chunk``."""
    last = chunk[-1]
    if not width:
        return True
    ended = bool(_TERMINAL.search(source[last.start : last.end]))
    lower = source[line.start : line.start + 1].islower()
    if line.gap:
        return ended or not (lower and last.end - last.start >= FULL * width)
    listed = _BULLET.match(source, chunk[0].start, chunk[0].end) is not None
    goes_on = source[line.start].isdigit() and not ended and not listed  # "zwischen dem 8. und dem | 13. Oktober"
    if _BULLET.match(source, line.start, line.end) and not (goes_on and last.end - last.start >= FULL * width):
        return True
    short = last.end - last.start + 1 + _first_word(source, line) < FULL * width
    if ended:
        return short
    # A line with room left, no full stop and a capital after it is a heading if nothing stands open above it.
    above = chunk[-2] if len(chunk) > 1 else None
    closed = above is None or bool(_TERMINAL.search(source[above.start : above.end]))
    open_end = ends_open(source[last.start : last.end])
    return short and closed and not lower and not open_end and len(source[last.start : last.end].split()) <= 8


def _join_over_feet(source: str, chunks: Sequence[Sequence[Line]], feet: Sequence[bool], width: int) -> list[Paragraph]:
    out: list[Paragraph] = []
    pending: list[Paragraph] = []  # feet since the last paragraph, not yet known to stand amid a sentence
    for lines, foot in zip(chunks, feet, strict=True):
        if foot:
            link = _LINK.search(source, lines[0].start, lines[0].end)
            why = "link-address" if link else "page-furniture"
            pending.append(Paragraph(_runs(source, lines), "removed", why))
            continue
        if pending and out and _goes_on(source, out[-1], lines, width):
            joined = (*out[-1].runs, *_runs(source, lines, after=out[-1].runs[-1]))
            out[-1] = Paragraph(_closed(source, joined))
        else:
            out += [*pending, Paragraph(_runs(source, lines))]
        pending = []
    return out + pending


def _goes_on(source: str, above: Paragraph, lines: Sequence[Line], width: int) -> bool:
    """Tell whether a sentence that a page foot cuts goes on in ``lines``."""
    if above.kind:
        return False
    last = above.runs[-1]
    text = source[last.start : last.end]
    if _TERMINAL.search(text):
        return False
    if source[lines[0].start : lines[0].start + 1].islower() or ends_open(text):
        return True
    return bool(width) and len(above.runs) > 1 and last.end - last.start >= FULL * width


def _runs(source: str, lines: Sequence[Line], after: Run | None = None) -> tuple[Run, ...]:
    runs = [Run(x.start, x.end, " " if i or after else "") for i, x in enumerate(lines)]
    return _closed(source, tuple(runs))


def _closed(source: str, runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Close words that a line end divides: "Rake-/ten" to "Raketen", "KN-/23" to "KN-23", "Waffen-/und" as it is."""
    out: list[Run] = []
    for run in runs:
        if out and run.glue == " ":
            above = out[-1]
            if source[above.end - 1] == "\u00ad":
                run = run._replace(glue="")
            elif source[above.end - 1] in "-\u2010" and above.end - above.start > 1:
                before, after = source[above.end - 2], source[run.start]
                if before.isalnum() and after.isalnum() and not keeps_hyphen(source[run.start : run.end]):
                    run = run._replace(glue="")
                    if before.islower() and after.islower():
                        out[-1] = above._replace(end=above.end - 1)
        out.append(run)
    return tuple(out)
