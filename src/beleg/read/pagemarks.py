"""What class names, roles and tags of a page's elements say about what stands in them (``data/page_marks.csv``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from beleg.lexicon import TableRow, csv_table
from beleg.tables import TableCheck

Mark = Literal["caption", "byline", "dateline", "aside", "removed", "lead", "none"]


@dataclass(frozen=True, slots=True)
class PageMark(TableRow):
    """A row: words that stand side by side in a class, id or data name, and what they mark."""

    key: str
    mark: Mark  # none: the names say nothing, though a word in them does ("label-hidden")
    names: tuple[str, ...]


TAGS: dict[str, Mark] = {
    "nav": "removed",
    "footer": "removed",
    "form": "removed",
    "button": "removed",
    "select": "removed",
    "dialog": "removed",
    "menu": "removed",
    "label": "removed",
    "aside": "aside",
    "figcaption": "caption",
    "time": "dateline",
    "address": "byline",
}
ROLES: dict[str, Mark] = {
    "navigation": "removed",
    "banner": "removed",
    "contentinfo": "removed",
    "search": "removed",
    "dialog": "removed",
    "alert": "removed",
    "button": "removed",
    "toolbar": "removed",
    "complementary": "aside",
}
PROPERTIES: dict[str, Mark] = {
    "author": "byline",
    "datepublished": "dateline",
    "datemodified": "dateline",
    "caption": "caption",
    "copyrightholder": "caption",
    "creditText": "caption",
    "description": "lead",
    "comment": "removed",
}
SKIPPED = frozenset(
    "script style noscript template svg iframe object embed canvas audio video input textarea select button map head "  # noqa: SIM905
    "link meta title datalist progress meter math".split()
)
_WORDS = re.compile(r"[A-Z]?[a-zäöüß]+|[A-Z]+(?![a-z])|\d+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


_SHOWN = re.compile(r":(?:block|flex|grid|inline|contents|table)")  # utility classes: hidden on narrow screens alone


def page_marks() -> tuple[PageMark, ...]:
    return csv_table("page_marks", PageMark)


@cache
def _by_name() -> dict[str, PageMark]:
    return {name: row for row in page_marks() for name in row.names}


@lru_cache(maxsize=20_000)
def mark_of_names(label: str) -> PageMark | None:
    """Return the row that the words of a class or id name, the longest name first; None: nothing known."""
    words = [w.casefold() for w in _WORDS.findall(label)]
    for length in (3, 2, 1):
        for i in range(len(words) - length + 1):
            if row := _by_name().get(" ".join(words[i : i + length])):
                return row
    return None


def mark_of(element: HtmlElement) -> tuple[Mark, str, str] | None:
    """Say what an element is marked as, with the row or tag that says so and the name it stands in; None: nothing."""
    tag = element.tag
    if tag in TAGS:
        return TAGS[tag], tag, tag
    if tag == "figure" and next(element.iter("blockquote", "table"), None) is None:
        return "caption", tag, tag
    # Paragraphs that a script shows to subscribers are hidden one by one; boxes that are hidden are no text.
    if tag != "p" and (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style") or "")
    ):
        return "removed", "hidden", ""
    role = (element.get("role") or "").casefold()
    if role in ROLES:
        return ROLES[role], role, role
    prop = (element.get("itemprop") or "").casefold()
    if prop in PROPERTIES:
        return PROPERTIES[prop], prop, prop
    for attribute in ("class", "id", "data-component", "data-testid", "data-test", "data-type"):
        for label in (element.get(attribute) or "").split():
            row = None if ":" in label else mark_of_names(label)  # "md:hidden": only on screens of some width
            if row is not None and row.mark != "none":
                if label == "hidden" and _SHOWN.search(element.get(attribute) or ""):
                    continue
                return row.mark, row.key, label
    return None


def _fired(text: str) -> set[str]:
    return {row.key for word in text.split() if (row := mark_of_names(word))}


TABLES = [TableCheck("page_marks.csv", page_marks, _fired)]
