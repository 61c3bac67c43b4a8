"""HTML pages → articles: the body from ``pagebody``, the fields from ``pagefields``.

The source text is what was taken out of the page, a unit a paragraph; each paragraph's anchor is the path of its
element, so that a quote can be found again in the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from beleg.model import Problem
from beleg.read.detect import decode
from beleg.read.extract import Extract
from beleg.read.inputs import RawInput
from beleg.read.limits import DEFAULT, Limits
from beleg.read.page import Page, declared_charset, parse_page, stated_body
from beleg.read.pagebody import find_article
from beleg.read.pagefields import read_fields
from beleg.read.pagehead import header_zone, shown_date, shown_names
from beleg.read.pagetitle import read_title
from beleg.read.pageunits import Unit, read_units
from beleg.read.paragraphs import Paragraph, Run

STATED_LONGER = 3  # times the text in the page: below it, the page itself is what readers see


def read_html(raw: RawInput, limits: Limits = DEFAULT) -> tuple[list[Extract], list[Problem]]:
    """Read a saved or captured page: one article."""
    decoded, problems = decode(raw, declared_charset(raw.raw))
    if decoded is None:
        return [], problems
    extract = extract_page(decoded.text, raw.url)
    if extract is None:
        return [], [*problems, Problem("no-text", f"{raw.path}: no text was found in it", raw.path, left_out=True)]
    return [Extract(extract.source, extract.paragraphs, extract.media_type, extract.stated, decoded.encoding)], problems


def extract_page(text: str, url: str | None) -> Extract | None:
    """Take the article out of decoded HTML; None where the page has no text."""
    page = parse_page(text)
    if page is None:
        return None
    title = read_title(page, url)
    units = read_units(page)
    article = find_article(units, page, title)
    zone = header_zone(units, article)
    stated = replace(read_fields(page, url, title, shown_names(zone, article)), shown=shown_date(zone, units))
    source, paragraphs = _written(page, title, article)
    lines = stated_body(page)
    if sum(map(len, lines)) > STATED_LONGER * sum(len(u.text) for u in article if u.mark in ("", "lead")):
        source, paragraphs = _from_lines(title, lines)
    return Extract(source, tuple(paragraphs), "text/html", stated) if paragraphs else None


def _from_lines(title: str | None, lines: Sequence[str]) -> tuple[str, list[Paragraph]]:
    """Write the article as the page states it in JSON-LD, for pages that scripts would fill."""
    paragraphs: list[Paragraph] = []
    parts = [title, *lines] if title else list(lines)
    at = 0
    for i, text in enumerate(parts):
        kind, why = ("title", "page-field") if title and i == 0 else ("body", "stated-body")
        paragraphs.append(Paragraph((Run(at, at + len(text), ""),), kind, why, "articleBody"))
        at += len(text) + 2
    return "\n\n".join(parts), paragraphs


class _Paths:
    """Paths of elements ("/html/body/p[3]"), each parent's children counted once."""

    def __init__(self) -> None:
        self._steps: dict[HtmlElement, str] = {}

    def of(self, element: HtmlElement) -> str:
        steps = []
        while element is not None:
            if element not in self._steps:
                self._count(element.getparent())
            steps.append(self._steps.get(element, f"/{element.tag}"))
            element = element.getparent()
        return "".join(reversed(steps))

    def _count(self, parent: HtmlElement | None) -> None:
        if parent is None:
            return
        total = Counter(c.tag for c in parent)
        seen: Counter[str] = Counter()
        for child in parent:
            seen[child.tag] += 1
            self._steps[child] = f"/{child.tag}[{seen[child.tag]}]" if total[child.tag] > 1 else f"/{child.tag}"


def _written(page: Page, title: str | None, article: Sequence[Unit]) -> tuple[str, list[Paragraph]]:
    parts: list[str] = []
    paragraphs: list[Paragraph] = []
    at = 0

    def write(text: str, kind: str, why: str, anchor: str) -> None:
        nonlocal at
        parts.append(text)
        paragraphs.append(Paragraph((Run(at, at + len(text), ""),), kind, why, anchor))
        at += len(text) + 2

    titled = any(u.mark == "title" for u in article)
    if title and not titled and not any(u.tag == "h1" and not u.mark for u in article):
        write(title, "title", "page-field", "")
    paths = _Paths()
    for unit in article:
        kind, why = unit.mark, unit.why
        if unit.heading and kind == "":
            kind, why = ("title", unit.tag) if unit.tag == "h1" and not titled else ("heading", unit.tag)
        elif kind in ("", "lead") and unit.in_list:
            kind, why = kind or "body", "list"
        write(unit.text, kind, why, paths.of(unit.element))
    return "\n\n".join(parts), paragraphs
