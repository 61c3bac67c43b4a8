"""The article in a page: which paragraphs, in which order, marked by what they are.

A page is cut into units (paragraphs, headings, list items) by its block elements. Units that read like prose vote for
the elements around them; the container is the innermost element that keeps most of the votes. Inside it, units are
kept with what their elements' marks say; what the page states as ``articleBody`` confirms them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from beleg.read.page import Page, plain
from beleg.read.pagemarks import SKIPPED, mark_of

BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form "  # noqa: SIM905
    "h1 h2 h3 h4 h5 h6 header hgroup hr legend li main nav ol p pre section summary table tbody td tfoot th thead tr "
    "ul".split()
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
PROSE = 60  # characters from which a unit can vote
MAX_LINKS = 0.5  # share of a unit's letters in links; above it the unit is a list of links
KEEP = 0.75  # share of the votes a child must hold to be the container in its parent's stead
IGNORE_MARK = 0.4  # an element that holds this share of the votes is the article, whatever its class says
MIN_LEAD = 30  # characters; shorter ones are labels
CONFIRMED = 0.7  # share of a unit's three-word runs that stand in the stated body
MAX_CAPTION = 300  # letters in a box with a picture; more is an article that has one
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
            blocks[-1].parts.append(text)
            if inside_link:
                blocks[-1].links += len("".join(text.split()))

    def flush() -> None:
        here = blocks[-1]
        text = _BLANKS.sub(" ", "".join(here.parts)).strip()
        if text:
            units.append(Unit(here.element, text, here.links))
        here.parts, here.links = [], 0

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
            inside_link += tag == "a"
            add(element.text)
            if tag == "br":
                add(" ")
        else:
            inside_link -= tag == "a"
            if tag in BLOCKS and element is not root:
                flush()
                blocks.pop()
            if element is not root:
                add(element.tail)
    flush()
    return units


def find_article(units: Sequence[Unit], page: Page, title: str | None) -> list[Unit]:
    """Return the units from the heading to the article's end, in order, each with its mark ("" is body or heading)."""
    stated = _runs(plain(page.article.get("articleBody")))
    votes = _votes([u for u in units if u.prose], stated)
    _mark(units, votes, max(votes.values(), default=0))
    container = _container(page.tree, _votes([u for u in units if u.prose and u.mark in ("", "lead")], stated))
    inside = [i for i, u in enumerate(units) if container is not None and _within(u.element, container)]
    if container is None or not inside:
        return [u for u in units if u.mark != "removed"]
    kept = list(units[inside[0] : inside[-1] + 1])
    _nested_articles(kept, container)
    _prune(kept)
    return [*_above(units[: inside[0]], page, title), *kept]


def _votes(units: Sequence[Unit], stated: frozenset[tuple[str, ...]]) -> dict[HtmlElement, int]:
    """Count letters of prose for every element around it; what the page states as its body counts three times."""
    votes: dict[HtmlElement, int] = defaultdict(int)
    for unit in units:
        weight = len(unit.text) * (3 if stated and _confirmed(unit.text, stated) else 1)
        for element in (unit.element, *unit.element.iterancestors()):
            votes[element] += weight
    return votes


def _mark(units: Sequence[Unit], votes: dict[HtmlElement, int], total: int) -> None:
    """Give each unit the mark of the outermost marked element around it; the article itself is never marked away."""
    known: dict[HtmlElement, tuple[str, str]] = {}
    for unit in units:
        chain = [unit.element, *unit.element.iterancestors()]
        found = ("", "")
        for element in reversed(chain):
            if element not in known:
                mark = mark_of(element)
                heavy = total and votes.get(element, 0) >= IGNORE_MARK * total
                known[element] = mark if mark and not heavy else ("", "")
            if known[element][0] and (found[0] in ("", "lead")):
                found = known[element]
        unit.mark, unit.why = found
        if unit.heading and found[0] in ("dateline", "byline"):
            unit.mark = unit.why = ""  # "14.20 Uhr: …" over a live blog's post
    _mark_captions(units)


def _mark_captions(units: Sequence[Unit]) -> None:
    """Mark the short texts in a box with a picture."""
    lengths: dict[HtmlElement, int] = defaultdict(int)
    for unit in units:
        for element in (unit.element, *unit.element.iterancestors()):
            lengths[element] += len(unit.text)
    for unit in units:
        box = unit.element
        if unit.mark or unit.heading or unit.tag == "blockquote" or lengths[box] > MAX_CAPTION:
            continue
        while (parent := box.getparent()) is not None and lengths[parent] <= MAX_CAPTION:
            box = parent
        if box.tag not in ("p", "body") and next(box.iter("img", "picture"), None) is not None:
            unit.mark, unit.why = "caption", "beside-picture"


def _container(root: HtmlElement, votes: dict[HtmlElement, int]) -> HtmlElement | None:
    if not votes:
        return None
    here = root
    while True:
        best = max(here, key=lambda c: votes.get(c, 0), default=None)
        if best is None or votes.get(best, 0) < KEEP * votes.get(here, 0):
            return here
        if best.tag == "p":
            return here
        here = best


def _within(element: HtmlElement, container: HtmlElement) -> bool:
    return element is container or any(a is container for a in element.iterancestors())


def _prune(units: Sequence[Unit]) -> None:
    """Mark lists of links and headings that head nothing."""
    for unit in units:
        if unit.mark in ("", "lead") and unit.linked >= MAX_LINKS and not _ENDED.search(unit.text):
            unit.mark, unit.why = "aside", "links"
    below: list[str] = []  # marks of the units down to the next heading
    for unit in reversed(units):
        if not unit.heading:
            below.append(unit.mark)
        elif unit.mark == "":
            if not below or all(m == "aside" for m in below):
                unit.mark, unit.why = "aside", "heads-no-body"
            below = []


def _nested_articles(units: Sequence[Unit], container: HtmlElement) -> None:
    """Mark the small articles inside an article: they tease others. A live blog's posts hold most of the text."""
    sizes: dict[HtmlElement, int] = defaultdict(int)
    for unit in units:
        inner = next((a for a in _upwards(unit.element, container) if a.tag == "article"), None)
        if inner is not None:
            sizes[inner] += len(unit.text)
    if sum(sizes.values()) >= IGNORE_MARK * sum(len(u.text) for u in units):
        return
    for unit in units:
        if unit.mark in ("", "lead") and any(a in sizes for a in _upwards(unit.element, container)):
            unit.mark, unit.why = "aside", "article-within"


def _upwards(element: HtmlElement, container: HtmlElement) -> list[HtmlElement]:
    out = []
    for here in (element, *element.iterancestors()):
        if here is container:
            break
        out.append(here)
    return out


def _above(units: Sequence[Unit], page: Page, title: str | None) -> list[Unit]:
    """Return what stands from the heading to the container: title, lead, bylines, time stamps, prose."""
    texts = (plain(page.article.get("description")), page.first("og:description", "description"))
    described = [_runs(d) for d in texts if d]
    wanted = _runs(title)
    heading = max((i for i, u in enumerate(units) if u.tag == "h1" or _inside(u.element, "h1")), default=None)
    if heading is None and wanted:
        heading = next((i for i, u in enumerate(units) if u.heading and _confirmed(u.text, wanted)), None)
    if heading is None:
        heading = max((i for i, u in enumerate(units) if u.heading and not u.links and not u.mark), default=None)
    out = []
    for i, unit in enumerate(units):
        below = heading is not None and i > heading
        if i == heading:
            unit.mark, unit.why = "title", unit.tag
            out.append(unit)
        elif unit.linked < MAX_LINKS and len(unit.text) >= MIN_LEAD and _is_lead(unit, described):
            unit.mark, unit.why = "lead", unit.why or "description"
            out.append(unit)
        elif below and (
            unit.mark in ("byline", "dateline") or (unit.mark == "" and unit.prose and _ENDED.search(unit.text))
        ):
            out.append(unit)
    return out


def _is_lead(unit: Unit, described: Sequence[frozenset[tuple[str, ...]]]) -> bool:
    if unit.heading and unit.tag == "h1":
        return False
    return unit.mark == "lead" or (
        unit.mark in ("", "aside") and any(_confirmed(unit.text, runs) for runs in described)
    )


def _inside(element: HtmlElement, tag: str) -> bool:
    return any(a.tag == tag for a in element.iterancestors())


def _runs(text: str | None) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", (text or "").casefold())
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def _confirmed(text: str, stated: frozenset[tuple[str, ...]]) -> bool:
    runs = _runs(text)
    return bool(runs) and sum(r in stated for r in runs) >= CONFIRMED * len(runs)
