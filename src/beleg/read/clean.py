"""Paragraphs of a source → clean text with its blocks and its map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from beleg.model import Block, DayRange, Span, TextMap
from beleg.read.blocks import judge
from beleg.read.bylines import Byline
from beleg.read.paragraphs import Paragraph, Run
from beleg.read.stamps import stamp_prefix
from beleg.read.textmap import TextWriter, folded

BETWEEN = "\n\n"  # what the clean text has between blocks


@dataclass(frozen=True, slots=True)
class Cleaned:
    text: str
    map: TextMap
    blocks: tuple[Block, ...]
    anchors: tuple[str, ...]
    title: str | None
    bylines: tuple[Byline, ...]
    stamps: tuple[tuple[DayRange, str], ...]  # days that time stamps and slugs name, with their words


def clean(source: str, paragraphs: Sequence[Paragraph]) -> Cleaned:
    """Write the clean text: one block a paragraph, in order; nothing that has words is dropped but page feet."""
    paragraphs = _stamps_split_off(source, paragraphs)
    judged = judge(
        [_text(source, p) for p in paragraphs],
        [p.kind for p in paragraphs],
        [p.why for p in paragraphs],
    )
    writer = TextWriter(source)
    blocks: list[Block] = []
    stamps: list[tuple[DayRange, str]] = []
    bylines: list[Byline] = []
    anchors: list[str] = []
    for paragraph, what in zip(paragraphs, judged, strict=True):
        if not folded(source[paragraph.runs[0].start : paragraph.runs[-1].end]):
            continue
        if blocks:
            writer.write(BETWEEN, writer.source_end, paragraph.runs[0].start)
        start = writer.length
        _write(writer, paragraph.runs)
        blocks.append(Block(Span(start, writer.length), what.kind, what.why))
        anchors.append(paragraph.anchor)
        if what.day:
            stamps.append((what.day, _text(source, paragraph)))
        if what.byline:
            bylines.append(what.byline)
    text, text_map = writer.finish()
    title = next((text[b.span.start : b.span.end] for b in blocks if b.kind == "title"), None)
    return Cleaned(text, text_map, tuple(blocks), tuple(anchors), title, tuple(bylines), tuple(stamps))


def _write(writer: TextWriter, runs: Sequence[Run]) -> None:
    for n, run in enumerate(runs):
        if n and run.glue:
            writer.write(run.glue, writer.source_end, run.start)
        writer.copy(run.start, run.end)


def _text(source: str, paragraph: Paragraph) -> str:
    return folded(
        "".join((run.glue if n else "") + source[run.start : run.end] for n, run in enumerate(paragraph.runs))
    )


def _stamps_split_off(source: str, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Cut a time stamp off the paragraph that goes on after it in the same line ("date 2024-06 Nach Berichten …")."""
    out: list[Paragraph] = []
    for p in paragraphs:
        first = p.runs[0]
        found = None if p.kind else stamp_prefix(source[first.start : first.end])
        if found is None or first.start + found[1] >= first.end:
            out.append(p)
            continue
        cut = first.start + found[1]
        end = first.start + len(source[first.start : cut].rstrip())
        out.append(Paragraph((Run(first.start, end, ""),), anchor=p.anchor))
        out.append(Paragraph((Run(cut, first.end, ""), *p.runs[1:]), anchor=p.anchor))
    return out
