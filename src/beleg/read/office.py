"""DOCX and ODT → paragraphs, by their styles. Deleted text, comments, page heads and notes are left out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree  # type: ignore[import-untyped]

from beleg.model import Problem
from beleg.read.expand import BROKEN, Budget, LimitError
from beleg.read.extract import Extract, Stated
from beleg.read.inputs import RawInput
from beleg.read.limits import DEFAULT, Limits
from beleg.read.paragraphs import Paragraph, Run
from beleg.read.safexml import RefusedXmlError, local, parse_xml

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"

_SKIPPED_DOCX = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback", "footnote", "pict"})
_SKIPPED_ODT = frozenset({"note", "annotation", "tracked-changes", "ruby-text", "sequence-decls"})
_HEADING = re.compile(r"heading\s*(\d)|heading_20_(\d)", re.IGNORECASE)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_office(raw: RawInput, limits: Limits = DEFAULT) -> tuple[list[Extract], list[Problem]]:
    """Read one DOCX or ODT file: one article."""
    budget = Budget(limits)
    try:
        with zipfile.ZipFile(io.BytesIO(raw.raw)) as archive:
            names = set(archive.namelist())

            def part(name: str) -> etree._Element | None:
                if name not in names:
                    return None
                with archive.open(name) as stream:
                    return parse_xml(budget.take(stream, archive.getinfo(name).compress_size), limits.xml_levels)

            if "word/document.xml" in names:
                styles = _styles(part("word/styles.xml"))
                lines = list(_docx(part("word/document.xml"), styles))
                title, kind = _title(part("docProps/core.xml")), DOCX
            else:
                lines = list(_odt(part("content.xml")))
                title, kind = _title(part("meta.xml")), ODT
    except LimitError as e:
        return [], [Problem("archive-limit", f"{raw.path}: {e}", raw.path, left_out=True)]
    except (RefusedXmlError, *BROKEN) as e:
        return [], [Problem("office-broken", f"{raw.path}: cannot be read: {e}", raw.path, left_out=True)]
    return [_written(lines, title, kind)], []


def _written(lines: list[tuple[str, str]], title: str | None, kind: str) -> Extract:
    parts: list[str] = []
    paragraphs: list[Paragraph] = []
    at = 0
    for text, mark in lines:
        if not text.strip():
            continue
        parts.append(text)
        paragraphs.append(Paragraph((Run(at, at + len(text), ""),), mark, "style" if mark else ""))
        at += len(text) + 2
    if paragraphs and paragraphs[0].kind == "heading":
        paragraphs[0] = replace(paragraphs[0], kind="title")
    own = any(p.kind == "title" for p in paragraphs)
    return Extract("\n\n".join(parts), tuple(paragraphs), kind, Stated(title=None if own else title))


def _title(root: etree._Element | None) -> str | None:
    if root is None:
        return None
    return next((e.text.strip() for e in root.iter() if local(e) == "title" and (e.text or "").strip()), None)


def _styles(root: etree._Element | None) -> dict[str, str]:
    """Map style ids, which differ by the language of the program, to their built-in English names."""
    found: dict[str, str] = {}
    for style in root.iter(f"{_W}style") if root is not None else ():
        name = style.find(f"{_W}name")
        if name is not None:
            found[style.get(f"{_W}styleId") or ""] = name.get(f"{_W}val") or ""
    return found


def _kind_of(style: str) -> str:
    low = style.casefold()
    if low == "title":
        return "title"
    if m := _HEADING.search(low):
        return "title" if (m[1] or m[2]) == "0" else "heading"
    if low in ("caption", "beschriftung"):
        return "caption"
    return "lead" if low == "subtitle" else ""


def _docx(root: etree._Element | None, styles: dict[str, str]) -> Iterator[tuple[str, str]]:
    for paragraph in root.iter(f"{_W}p") if root is not None else ():
        if any(local(a) in _SKIPPED_DOCX or local(a) == "p" for a in paragraph.iterancestors()):
            continue
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        value = style.get(f"{_W}val") if style is not None else ""
        yield "".join(_docx_text(paragraph)), _kind_of(styles.get(value or "", value or ""))


def _docx_text(paragraph: etree._Element) -> Iterator[str]:
    skipping = None
    for event, element in etree.iterwalk(paragraph, events=("start", "end")):
        name = local(element)
        if skipping is not None:
            skipping = None if event == "end" and element is skipping else skipping
        elif event == "start" and name in _SKIPPED_DOCX:
            skipping = element
        elif event == "start" and name == "t":
            yield element.text or ""
        elif event == "start" and name in ("tab", "br", "cr"):
            yield " "
        elif event == "start" and name == "noBreakHyphen":
            yield "-"


def _odt(root: etree._Element | None) -> Iterator[tuple[str, str]]:
    for element in root.iter() if root is not None else ():
        if local(element) not in ("p", "h"):
            continue
        if any(local(a) in (*_SKIPPED_ODT, "p", "h") for a in element.iterancestors()):
            continue
        style = next((v for k, v in element.attrib.items() if k.endswith("}style-name")), "")
        level = next((v for k, v in element.attrib.items() if k.endswith("}outline-level")), "")
        kind = _kind_of(style) or ("heading" if local(element) == "h" or level else "")
        yield "".join(_odt_text(element)), kind


def _odt_text(paragraph: etree._Element) -> Iterator[str]:
    skipping = None
    for event, element in etree.iterwalk(paragraph, events=("start", "end")):
        name = local(element)
        if event == "end":
            if element is skipping:
                skipping = None
            if skipping is None and element is not paragraph:
                yield element.tail or ""
        elif skipping is None:
            if name in _SKIPPED_ODT:
                skipping = element
            elif name in ("s", "tab", "line-break"):
                yield " "
            else:
                yield element.text or ""
