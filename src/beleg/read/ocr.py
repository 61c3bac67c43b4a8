"""Pictures of pages → text with the place of each word, by Tesseract where it is installed.

Tesseract is a program of its own, never a part of Beleg; without it a picture is left out and says so. One thread and
fixed languages, so that the same picture and version give the same text. What it reads is marked (``Extract.fields``
names engine and pages) and each word keeps its box, so that a figure can be held against the picture.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache

from beleg.model import Box, Problem
from beleg.read.extract import Extract
from beleg.read.inputs import RawInput
from beleg.read.limits import DEFAULT, Limits
from beleg.read.paragraphs import split_paragraphs

PICTURES = frozenset({"image/png", "image/jpeg", "image/tiff", "image/gif", "image/webp", "image/bmp"})
NEEDED = frozenset({"no-text-layer", "page-without-text", "picture-not-read"})  # problems that it may solve
LANGUAGES = ("deu", "eng")  # its names of what Beleg reads and meets
SECONDS_A_PAGE = 60
MIN_WORDS = 20  # of a picture; fewer are a sign in a photograph and no article
DOUBTFUL = 70.0  # mean confidence of 100 below which the text is called doubtful
HOW = "install Tesseract (tesseract-ocr, tesseract-ocr-deu) to have it read, or run OCR on it first"


@dataclass(frozen=True, slots=True)
class Engine:
    path: str
    version: str
    languages: str  # "deu+eng"

    @property
    def name(self) -> str:
        return f"Tesseract {self.version} ({self.languages})"


@dataclass(frozen=True, slots=True)
class Recognised:
    """The text of one picture, lines and paragraphs apart, with a box a word."""

    text: str
    boxes: tuple[Box, ...]  # spans of ``text``
    confidence: float  # mean of the words, 0 to 100


@cache
def engine() -> Engine | None:
    """Return the installed Tesseract, or None where there is none or it knows none of our languages."""
    path = shutil.which("tesseract")
    if path is None:
        return None
    try:
        version = _run([path, "--version"], b"", 20).decode("utf-8", "replace").split("\n")[0].split()[-1]
        known = _run([path, "--list-langs"], b"", 20).decode("utf-8", "replace").split()
    except (OSError, subprocess.SubprocessError, IndexError):
        return None
    languages = "+".join(x for x in LANGUAGES if x in known)
    return Engine(path, version, languages) if languages else None


def _run(command: list[str], data: bytes, seconds: int) -> bytes:
    environment = os.environ | {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C"}
    done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, check=True, env=environment)
    return done.stdout


def recognise(picture: bytes, page: int, scale: float = 1.0) -> Recognised | None:
    """Read one picture; None where Tesseract fails on it.

    Args:
        picture: A file of one of ``PICTURES``, or PNM.
        page: Its page number, from 1.
        scale: Units of a box for one point of the picture.
    """
    used = engine()
    if used is None:
        return None
    command = [used.path, "stdin", "stdout", "-l", used.languages, "--psm", "1", "tsv"]
    try:
        table = _run(command, picture, SECONDS_A_PAGE).decode("utf-8", "replace")
    except (OSError, subprocess.SubprocessError):
        return None
    return _read_table(table, page, scale)


def _read_table(table: str, page: int, scale: float) -> Recognised:
    """Put the words of Tesseract's table together: a line a line, an empty line between paragraphs."""
    parts: list[str] = []
    boxes: list[Box] = []
    confidences: list[float] = []
    length = 0
    above: tuple[str, ...] | None = None
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        here = tuple(cells[1:5])  # page, block, paragraph, line
        glue = "" if above is None else " " if here == above else "\n" if here[:3] == above[:3] else "\n\n"
        word = cells[11].strip()
        parts += [glue, word]
        start = length + len(glue)
        length = start + len(word)
        left, top, width, height = (int(c) for c in cells[6:10])
        edges = (round(v * scale) for v in (left, top, left + width, top + height))
        boxes.append(Box(start, length, page, *edges))
        confidences.append(float(cells[10]))
        above = here
    mean = sum(confidences) / len(confidences) if confidences else 0.0
    return Recognised("".join(parts), tuple(boxes), mean)


def read_picture(raw: RawInput, limits: Limits = DEFAULT) -> tuple[list[Extract], list[Problem]]:
    """Read a picture of a page: one article."""
    found = recognise(raw.raw, 1) if limits.ocr else None
    if found is None or len(found.boxes) < MIN_WORDS:
        what = f"is a picture; {HOW}" if not limits.ocr else "is a picture in which no text could be read"
        return [], [Problem("picture-not-read", f"{raw.path}: {what}", raw.path, left_out=True)]
    fields, problems = told(raw, [1], found.confidence)
    paragraphs = tuple(split_paragraphs(found.text, wrapped=True))
    return [Extract(found.text, paragraphs, "image/*", fields=fields, boxes=found.boxes)], problems


def told(raw: RawInput, pages: list[int], confidence: float) -> tuple[tuple[tuple[str, str], ...], list[Problem]]:
    """Say that text was recognised and not read: as a field of the document and as a problem."""
    used = engine()
    assert used is not None
    where = f"page {', '.join(map(str, pages))}"
    doubt = "; much of it is doubtful" if confidence < DOUBTFUL else ""
    message = (
        f"{raw.path}: the text of {where} was recognised in a picture by {used.name}, mean confidence "
        f"{confidence:.0f} of 100{doubt}: hold figures against the picture"
    )
    return (("OCR", f"{used.name}, {where}"),), [Problem("ocr-text", message, raw.path)]
