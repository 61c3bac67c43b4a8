"""Plain text and Markdown → paragraphs. The source text is the decoded file itself."""

from __future__ import annotations

import re

from beleg.model import Problem
from beleg.read.detect import decode
from beleg.read.extract import Extract, Stated
from beleg.read.inputs import RawInput
from beleg.read.limits import DEFAULT, Limits
from beleg.read.paragraphs import Paragraph, Run, split_paragraphs

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_-]+):[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"(#{1,6})[ \t]+")
_CLOSING = re.compile(r"[ \t]*#+[ \t]*$")
_RULE = re.compile(r"(?:[-*_=][ \t]*){3,}")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_BULLET = re.compile(r"(?:[-*+]|\d{1,3}[.)])[ \t]+")
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)")
_LINK = re.compile(r"(?<!!)\[(?P<text>[^\[\]\n]+)\](?P<to>\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\]\n]*\])")
_EMPHASIS = re.compile(r"(?P<mark>\*\*\*|\*\*|\*|___|__|_|~~|`)(?=\S)(?P<text>.+?)(?<=\S)(?P=mark)")
_FOOTNOTE = re.compile(r"\[\^[^\]\n]+\](?!:)")


def read_plain(raw: RawInput, limits: Limits = DEFAULT) -> tuple[list[Extract], list[Problem]]:
    """Read a text file: one article."""
    decoded, problems = decode(raw)
    if decoded is None:
        return [], problems
    if _has_long_line(raw.raw, limits.line_bytes):
        message = f"{raw.path}: has a line of more than {limits.line_bytes:,} bytes; its line ends may be lost"
        return [], [*problems, Problem("line-too-long", message, raw.path, left_out=True)]
    source = decoded.text
    return [Extract(source, tuple(split_paragraphs(source)), "text/plain", encoding=decoded.encoding)], problems


def _has_long_line(data: bytes, limit: int) -> bool:
    at = 0
    while len(data) - at > limit:
        end = max(data.rfind(b"\n", at, at + limit + 1), data.rfind(b"\r", at, at + limit + 1))
        if end < at:
            return True
        at = end + 1
    return False


def read_markdown(raw: RawInput, limits: Limits = DEFAULT) -> tuple[list[Extract], list[Problem]]:
    """Read a Markdown file: headings and quotations by their marks, marks and link addresses out of the clean text."""
    found, problems = read_plain(raw, limits)
    if not found:
        return [], problems
    source = found[0].source
    front = _FRONT.match(source)
    start = front.end() if front else 0
    stated = _front_matter(front[1]) if front else Stated()
    paragraphs: list[Paragraph] = []
    titled = stated.title is not None
    if front:
        inner = Run(front.start(1), front.end(1), "")
        paragraphs.append(Paragraph((inner,), "removed", "front-matter"))
    body = source[start:]
    for block, kind in _blocks(body):
        if kind == "title" and titled:
            kind = "heading"
        titled = titled or kind == "title"
        runs = tuple(
            piece._replace(start=piece.start + start, end=piece.end + start)
            for run in block
            for piece in _inline(body, run)
        )
        if runs:
            paragraphs.append(Paragraph(runs, kind, "markdown" if kind else ""))
    return [Extract(source, tuple(paragraphs), "text/markdown", stated, found[0].encoding)], problems


def _front_matter(text: str) -> Stated:
    fields = {m[1].casefold(): m[2].strip("\"'") for m in _FIELD.finditer(text)}
    author = fields.get("author") or fields.get("authors") or ""
    return Stated(
        title=fields.get("title") or None,
        outlet=fields.get("outlet") or fields.get("source") or None,
        authors=tuple(a.strip(" \"'[]") for a in author.split(",") if a.strip(" \"'[]")),
        language=fields.get("lang") or fields.get("language") or None,
        published=tuple(v for k in ("published", "date") if (v := fields.get(k))),
        url=fields.get("url") or fields.get("link") or None,
    )


def _blocks(body: str) -> list[tuple[list[Run], str]]:
    """Group lines into Markdown blocks: a run a line, marks at the line's start left out."""
    out: list[tuple[list[Run], str]] = []
    is_open = False
    fenced = False
    for m in re.finditer(r"[^\r\n]*(?:\r\n|\r|\n|\Z)", body):
        line = m.group().rstrip()
        indent = len(line) - len(line.lstrip())
        start, end = m.start() + indent, m.start() + len(line)
        text = body[start:end]
        if text.startswith(("```", "~~~")):
            fenced, is_open = not fenced, False
            continue
        if not text:
            is_open = False
            continue
        if _RULE.fullmatch(text):
            if is_open and text[0] in "=-" and len(out[-1][0]) == 1:  # underlined heading
                out[-1] = (out[-1][0], "title" if text[0] == "=" else "heading")
            is_open = False
            continue
        if (h := _HEADING.match(text)) and not fenced:
            tail = _CLOSING.search(text)
            out.append(
                (
                    [Run(start + h.end(), start + tail.start() if tail else end, "")],
                    "title" if h[1] == "#" else "heading",
                )
            )
            is_open = False
            continue
        if q := _QUOTE.match(text):
            start += q.end()
        bullet = _BULLET.match(body, start, end)
        if bullet:
            start = bullet.end()
        if start >= end:
            is_open = False
        elif is_open and not bullet:
            out[-1][0].append(Run(start, end, " "))
        else:
            out.append(([Run(start, end, "")], ""))
            is_open = True
    return out


def _inline(body: str, run: Run) -> list[Run]:
    """Cut marks, link addresses and pictures out of a line."""
    drop = [False] * (run.end - run.start)

    def cut(start: int, end: int) -> None:
        drop[start - run.start : end - run.start] = [True] * (end - start)

    for m in _IMAGE.finditer(body, run.start, run.end):
        cut(m.start(), m.end())
    for m in _LINK.finditer(body, run.start, run.end):
        cut(m.start(), m.start("text"))
        cut(m.end("text"), m.end())
    for m in _FOOTNOTE.finditer(body, run.start, run.end):
        cut(m.start(), m.end())
    level = [(run.start, run.end)]
    while level:  # marks within marks
        start, end = level.pop()
        for m in _EMPHASIS.finditer(body, start, end):
            if "_" in m["mark"] and _inside_word(body, m.start(), m.end()):
                continue
            cut(m.start(), m.start("text"))
            cut(m.end("text"), m.end())
            level.append((m.start("text"), m.end("text")))
    out: list[Run] = []
    at = run.start
    for i in range(run.start, run.end + 1):
        if i == run.end or drop[i - run.start]:
            if i > at:
                out.append(Run(at, i, run.glue if not out else ""))
            at = i + 1
    return out


def _inside_word(body: str, start: int, end: int) -> bool:
    return (start > 0 and body[start - 1].isalnum()) or (end < len(body) and body[end].isalnum())
