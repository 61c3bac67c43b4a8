"""A page cut into units: paragraphs, headings, list items, each the text inside one block element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from beleg.read.page import Page
from beleg.read.pagemarks import SKIPPED

BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form "  # noqa: SIM905
    "h1 h2 h3 h4 h5 h6 header hgroup hr legend li main nav ol p pre section summary table tbody td tfoot th thead tr "
    "ul".split()
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
PROSE = 60  # characters from which a unit can vote
MAX_LINKS = 0.5  # share of a unit's letters in links; above it the unit is a list of links
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")  # no-break spaces stay: numbers are read by them
_ENDED = re.compile(r"[.!?…:][\"'“”„‚‘’»«›‹)\]]*$")


@dataclass(slots=True)
class Unit:
    """A run of text inside one block element."""

    element: HtmlElement
    text: str
    links: int = 0  # letters inside links
    mark: str = ""
    why: str = ""
    inline: tuple[tuple[HtmlElement, int], ...] = ()  # elements within the line, with the letters each holds

    @property
    def tag(self) -> str:
        return str(self.element.tag)

    @property
    def heading(self) -> bool:
        return self.tag in HEADINGS

    @property
    def in_list(self) -> bool:
        return self.tag == "li" or any(a.tag == "li" for a in self.element.iterancestors())

    @property
    def ended(self) -> bool:
        return _ENDED.search(self.text) is not None

    @property
    def linked(self) -> float:
        return self.links / max(1, len(self.text))

    @property
    def prose(self) -> bool:
        return len(self.text) >= PROSE and self.linked < MAX_LINKS and not self.heading and "." in self.text


@dataclass(slots=True)
class _Open:
    element: HtmlElement
    parts: list[str] = field(default_factory=list)
    links: int = 0
    within: HtmlElement | None = None  # the outermost element within the line that is open
    inline: dict[HtmlElement, int] = field(default_factory=dict)


def read_units(page: Page) -> list[Unit]:
    """Cut a page into its units, in document order, without scripts and the like."""
    body = page.tree.find("body")
    root = body if body is not None else page.tree
    units: list[Unit] = []
    blocks = [_Open(root)]
    inside_link = 0
    skipping: HtmlElement | None = None
    breaks = 0

    def add(text: str | None) -> None:
        nonlocal breaks
        if text:
            if text.strip():
                breaks = 0
            here = blocks[-1]
            here.parts.append(text)
            letters = len("".join(text.split()))
            if inside_link:
                here.links += letters
            if here.within is not None:
                here.inline[here.within] = here.inline.get(here.within, 0) + letters

    def flush() -> None:
        here = blocks[-1]
        text = _BLANKS.sub(" ", "".join(here.parts)).strip()
        if text:
            units.append(Unit(here.element, text, here.links, inline=tuple(here.inline.items())))
        here.parts, here.links, here.inline = [], 0, {}

    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if skipping is not None:
            if event == "end" and element is skipping:
                skipping = None
                add(element.tail)
            continue
        if event == "start":
            if not isinstance(tag, str) or tag in SKIPPED:
                skipping = element
                continue
            if tag in BLOCKS and element is not root:
                flush()
                blocks.append(_Open(element))
            elif tag == "br":
                breaks += 1
                if breaks > 1:
                    flush()
            elif blocks[-1].within is None and element is not root:
                blocks[-1].within = element
            inside_link += tag == "a"
            add(element.text)
            if tag == "br":
                add(" ")
        else:
            inside_link -= tag == "a"
            if tag in BLOCKS and element is not root:
                flush()
                blocks.pop()
            elif blocks[-1].within is element:
                blocks[-1].within = None
            if element is not root:
                add(element.tail)
    flush()
    return units


def around(element: HtmlElement) -> Iterator[HtmlElement]:
    """Yield an element and all that hold it, from the inside out."""
    yield element
    yield from element.iterancestors()


def upwards(element: HtmlElement, container: HtmlElement) -> Iterator[HtmlElement]:
    """Yield an element and what holds it, up to and without ``container``."""
    for here in around(element):
        if here is container:
            return
        yield here
