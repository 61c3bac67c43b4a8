"""The article in a page: which paragraphs, in which order, marked by what they are.

A page is cut into units (paragraphs, headings, list items) by its block elements. Units that read like prose vote for
the elements around them; the container is the innermost element that keeps most of the votes. Inside it, units are
kept with what their elements' marks say; what the page states as ``articleBody`` confirms them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from beleg.read.page import Page, plain
from beleg.read.pageparts import mark_units, prune
from beleg.read.pageunits import MAX_LINKS, Unit, around

KEEP = 0.75  # share of the votes a child must hold to be the container in its parent's stead
MIN_LEAD = 30  # characters; shorter ones are labels
SAME = 0.95  # word F1 from which a heading repeats the title
SAYS = 0.6  # word F1 from which a heading says the title
CONFIRMED = 0.7  # share of a unit's three-word runs that stand in the stated body


def find_article(units: Sequence[Unit], page: Page, title: str | None) -> list[Unit]:
    """Return the units from the heading to the article's end, in order, each with its mark ("" is body or heading)."""
    stated = _runs(plain(page.article.get("articleBody")))
    votes = _votes([u for u in units if u.prose], stated)
    heading = _heading(units, title)
    mark_units(units, votes, heading.element if heading else None)
    for unit in units:
        if unit is heading:
            unit.mark, unit.why = "title", unit.tag
        elif heading and unit.tag == "h1" and unit.linked >= MAX_LINKS:
            unit.mark, unit.why = "removed", "site-line"  # the name of the site
        elif heading and unit.heading and _likeness(Counter(_words(heading.text)), unit) >= SAME:
            unit.mark, unit.why = "removed", "repeated"
    container = _container(page.tree, _votes([u for u in units if u.prose and u.mark in ("", "lead")], stated))
    inside = [i for i, u in enumerate(units) if container is not None and _within(u.element, container)]
    if container is None or not inside:
        return [u for u in units if u.mark != "removed"]
    kept = list(units[inside[0] : inside[-1] + 1])
    prune(kept, container, heading.element if heading else None)
    return [*_above(units[: inside[0]], page, heading, titled=any(u is heading for u in kept)), *kept]


def _votes(units: Sequence[Unit], stated: frozenset[tuple[str, ...]]) -> dict[HtmlElement, int]:
    """Count letters of prose for every element around it; what the page states as its body counts three times."""
    votes: dict[HtmlElement, int] = defaultdict(int)
    for unit in units:
        weight = len(unit.text) * (3 if stated and _confirmed(unit.text, stated) else 1)
        for element in around(unit.element):
            votes[element] += weight
    return votes


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


def _heading(units: Sequence[Unit], title: str | None) -> Unit | None:
    """Return the unit that is the article's heading: the one that says the title, else the first of first rank."""
    words = Counter(_words(title))
    of_rank = [u for u in units if (u.tag == "h1" or _inside(u.element, "h1")) and u.linked < MAX_LINKS]
    others = [u for u in units if u.heading and u.tag != "h1" and u.linked < MAX_LINKS]
    for some, least in ((of_rank, SAYS), (others, SAYS), (of_rank, 0.0)):
        best = max(some, key=lambda u: _likeness(words, u), default=None)
        if best is not None and _likeness(words, best) >= least:
            return best
    return None


def _likeness(title: Counter[str], unit: Unit) -> float:
    """Return the word F1 of a unit and the title."""
    own = Counter(_words(unit.text))
    return 2 * sum((title & own).values()) / max(1, sum(title.values()) + sum(own.values()))


def _above(units: Sequence[Unit], page: Page, heading: Unit | None, *, titled: bool) -> list[Unit]:
    """Return what stands from the heading to the container: title, lead, bylines, time stamps, prose."""
    texts = (plain(page.article.get("description")), page.first("og:description", "description"))
    described = [_runs(d) for d in texts if d]
    at = next((i for i, u in enumerate(units) if u is heading), None)
    if at is None and not titled:
        at = max((i for i, u in enumerate(units) if u.heading and not u.links and not u.mark), default=None)
    out = []
    for i, unit in enumerate(units):
        below = at is not None and i > at
        if i == at:
            unit.mark, unit.why = "title", unit.tag
            out.append(unit)
        elif unit.linked < MAX_LINKS and len(unit.text) >= MIN_LEAD and _is_lead(unit, described):
            unit.mark, unit.why = "lead", unit.why or "description"
            out.append(unit)
        elif below and (unit.mark in ("byline", "dateline") or (unit.mark == "" and unit.prose and unit.ended)):
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


def _words(text: str | None) -> list[str]:
    return re.findall(r"\w+", (text or "").casefold())


def _runs(text: str | None) -> frozenset[tuple[str, ...]]:
    words = _words(text)
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def _confirmed(text: str, stated: frozenset[tuple[str, ...]]) -> bool:
    runs = _runs(text)
    return bool(runs) and sum(r in stated for r in runs) >= CONFIRMED * len(runs)
