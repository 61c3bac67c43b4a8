"""What in a page is not the article, by the elements around it: marks of names, captions, cards, boxes, lists of links.

A name can mislead, since content systems call anything "media" or "section": an element that holds most of the page's
prose is the article whatever its class says, and so is what shares a name that most of the prose shares. Comments and
consent layers are the exception; they can be longer than the article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from beleg.read.pagemarks import mark_of
from beleg.read.pageunits import BLOCKS, MAX_LINKS, Unit, around, upwards
from beleg.read.rules import line_rule

IGNORE_MARK = 0.4  # an element or name that holds this share of the votes is the article, whatever it is called
ALL_BUT = 0.85  # share of the votes a layer must hold to be the page itself
OWN = frozenset({"comments", "layer", "dialog"})  # rows of page_marks.csv that can be longer than the article
SHARED = frozenset({"media", "caption", "stamp", "lead"})  # rows whose names a site may give to all its paragraphs
MAX_CAPTION = 300  # letters in a box with a picture; more is an article that has one
MOST_CARDS = 0.6  # share of the text in cards from which they are its posts
MAX_CARD = 450  # letters of a box that a linked heading opens and that teases another article
PAGE = ("html", "body", "main", "article")  # no box for a picture, however short the text
INLINE = 0.8  # share of a line's letters in marked elements within it from which the line is what they are
MAX_LINE = 160

Votes = Mapping[HtmlElement, int]
Found = tuple[str, str]


def mark_units(units: Sequence[Unit], votes: Votes, heading: HtmlElement | None) -> None:
    """Give each unit the mark of the outermost marked element around it; the article itself is never marked away.

    Args:
        units: All units of the page, in order.
        votes: Letters of prose in each element.
        heading: The element of the article's heading, where it is known.
    """
    total = max(votes.values(), default=0)
    marks: dict[HtmlElement, tuple[str, str, str] | None] = {}
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for unit in units:
        seen = set()
        for element in around(unit.element):
            if element not in marks:
                marks[element] = mark_of(element)
            if (mark := marks[element]) and mark[1] in SHARED and unit.prose:
                seen.add(mark[1:])
        for name in seen:
            shared[name] += len(unit.text)
    above = set(around(heading)) if heading is not None else set()
    known: dict[HtmlElement, Found] = {}
    for unit in units:
        found = ("", "")
        for element in reversed(list(around(unit.element))):
            if element not in known:
                mark = marks[element]
                known[element] = (
                    mark[:2] if mark and not _is_article(element, mark, votes, shared, total, above) else ("", "")
                )
            if known[element][0] and found[0] in ("", "lead"):
                found = known[element]
        unit.mark, unit.why = found
        if unit.heading and found[0] in ("dateline", "byline"):
            unit.mark = unit.why = ""  # "14.20 Uhr: …" over a live blog's post
        if not unit.mark and not unit.heading and len(unit.text) <= MAX_LINE:
            unit.mark, unit.why = _inline_mark(unit)
    _mark_captions(units)


def _is_article(
    element: HtmlElement,
    mark: tuple[str, str, str],
    votes: Votes,
    shared: Mapping[tuple[str, str], int],
    total: int,
    above: set[HtmlElement],
) -> bool:
    """Tell whether what a name marks away holds the article."""
    own = votes.get(element, 0)
    if element in above:
        return mark[1] not in OWN or own >= IGNORE_MARK * total
    if not total or not own:
        return False
    if mark[1] in OWN:
        return own >= ALL_BUT * total
    return own >= IGNORE_MARK * total or (mark[1] in SHARED and shared[mark[1:]] >= IGNORE_MARK * total)


def _inline_mark(unit: Unit) -> Found:
    """Read the mark of a line that has none from the elements within it ("<span class=author>…</span>, <time>…")."""
    letters = len("".join(unit.text.split()))
    by_mark: dict[Found, int] = defaultdict(int)
    for element, count in unit.inline:
        if count and (mark := _mark_within(element)):
            by_mark[mark[:2]] += count
    if not by_mark or sum(by_mark.values()) < INLINE * letters:
        return "", ""
    kinds = {k for k, _ in by_mark}
    if kinds == {"byline", "dateline"}:
        return next(f for f in by_mark if f[0] == "byline")
    return max(by_mark, key=lambda f: by_mark[f])


def _mark_within(element: HtmlElement) -> tuple[str, str, str] | None:
    """Return the mark of an element, or of the one that alone holds its text."""
    while (mark := mark_of(element)) is None:
        children = [c for c in element if isinstance(c.tag, str)]
        if len(children) != 1 or (element.text or "").strip() or (children[0].tail or "").strip():
            return None
        element = children[0]
    return mark


def _lengths(units: Sequence[Unit]) -> dict[HtmlElement, int]:
    lengths: dict[HtmlElement, int] = defaultdict(int)
    for unit in units:
        for element in around(unit.element):
            lengths[element] += len(unit.text)
    return lengths


def _mark_captions(units: Sequence[Unit]) -> None:
    """Mark the short texts in a box with a picture."""
    lengths = _lengths(units)
    for unit in units:
        box = unit.element
        if unit.mark or unit.heading or unit.tag == "blockquote" or lengths[box] > MAX_CAPTION:
            continue
        while (parent := box.getparent()) is not None and parent.tag not in PAGE and lengths[parent] <= MAX_CAPTION:
            box = parent
        if box.tag not in ("p", *PAGE) and next(box.iter("img", "picture", "amp-img"), None) is not None:
            unit.mark, unit.why = "caption", "beside-picture"


def prune(units: Sequence[Unit], container: HtmlElement, heading: HtmlElement | None) -> None:
    """Mark inside the article what teases others: small articles, cards, boxes headed so, lists of links."""
    above = set(around(heading)) if heading is not None else set()
    articles = {a for u in units for a in upwards(u.element, container) if a.tag == "article"} - above
    _mark_small(units, container, "article-within", articles, IGNORE_MARK)
    _mark_boxes(units, container)
    lengths = _lengths(units)
    cards = {card for u in units if (card := _card(u, container, lengths)) is not None}
    _mark_small(units, container, "card", cards, MOST_CARDS)
    for unit in units:
        if unit.mark not in ("", "lead") or unit.linked < MAX_LINKS:
            continue
        if not unit.ended or any(a.tag == "a" for a in upwards(unit.element, container)):
            unit.mark, unit.why = "aside", "links"
    _headings_without_body(units)


def _mark_small(units: Sequence[Unit], container: HtmlElement, why: str, boxes: set[HtmlElement], most: float) -> None:
    """Mark the units in small boxes as aside, unless the boxes hold most of the text: a live blog's posts."""
    inside = [u for u in units if any(a in boxes for a in upwards(u.element, container))]
    open_ones = [u for u in units if u.mark in ("", "lead")]
    if sum(len(u.text) for u in inside) >= most * sum(len(u.text) for u in open_ones):
        return
    for unit in inside:
        if unit.mark in ("", "lead"):
            unit.mark, unit.why = "aside", why


def _card(unit: Unit, container: HtmlElement, lengths: Mapping[HtmlElement, int]) -> HtmlElement | None:
    """Return the small box that a linked heading opens: it teases another article."""
    leads_away = unit.linked >= MAX_LINKS or any(a.tag == "a" for a in upwards(unit.element, container))
    if not unit.heading or not leads_away or unit.tag == "h1":
        return None
    box = None
    for element in upwards(unit.element, container):
        if lengths[element] > MAX_CARD:
            break
        if element.tag in BLOCKS or element.tag == "a":
            box = element
    return box if box is not None and lengths[box] > len(unit.text) else None


def _mark_boxes(units: Sequence[Unit], container: HtmlElement) -> None:
    """Mark the box that a line of the tables heads: "Mehr zum Thema", "Newsletter", "Über die Autorin"."""
    lengths = _lengths(units)
    whole = max(1, lengths.get(container, 0))
    boxes: dict[HtmlElement, Found] = {}
    for unit in units:
        rule = line_rule(unit.text) if unit.mark == "" and len(unit.text) <= MAX_LINE else None
        if rule is None or rule.follows == "none":
            continue
        box = None
        for element in upwards(unit.element, container):
            if lengths[element] >= IGNORE_MARK * whole:
                break
            if element.tag in BLOCKS and lengths[element] > len(unit.text):
                box = element
                break
        if box is not None and _opens(units, unit, box):
            boxes[box] = (rule.kind, rule.why)
    for unit in units:
        if unit.mark in ("", "lead"):
            found = next((boxes[a] for a in upwards(unit.element, container) if a in boxes), None)
            if found is not None:
                unit.mark, unit.why = found


def _opens(units: Sequence[Unit], unit: Unit, box: HtmlElement) -> bool:
    """Tell whether a unit is the first of those in a box."""
    return next(u for u in units if box in around(u.element)) is unit


def _headings_without_body(units: Sequence[Unit]) -> None:
    """Mark the headings that head nothing but asides, or nothing at all."""
    below: list[str] = []  # marks of the units down to the next heading
    for unit in reversed(units):
        if not unit.heading:
            below.append(unit.mark)
        elif unit.mark == "aside":
            below = ["aside"]
        elif unit.mark == "":
            if not below or set(below) <= {"aside", "byline", "dateline"}:
                unit.mark, unit.why = "aside", "heads-no-body"
            below = []
