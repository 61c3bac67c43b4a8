"""Stretches between quotation marks, of every style that German and English texts use, nested.

Which way a mark looks is read from the mark where it says so („ »), else from its neighbours: a mark that stands after
a space or bracket and before a word opens. Marks that lack their partner are kept, since a quotation of several
paragraphs opens each and closes only the last: an opening mark then reaches to the end of the block, and a closing
mark back to its start.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from beleg.model import Span

Family = Literal["double", "single", "guillemet", "guillemet-single"]

# mark → family, and the ways it can look: "o" opens, "c" closes, "?" its neighbours decide
MARKS: dict[str, tuple[Family, str]] = {
    "„": ("double", "o"), "“": ("double", "?"), "”": ("double", "?"), "‟": ("double", "o"), '"': ("double", "?"),
    "‚": ("single", "o"), "‘": ("single", "?"), "’": ("single", "c"), "'": ("single", "?"), "‛": ("single", "o"),
    "»": ("guillemet", "?"), "«": ("guillemet", "?"), "›": ("guillemet-single", "?"), "‹": ("guillemet-single", "?"),
}  # fmt: skip
PARTNERS = {"„": "“”\"‟", "“": "”\"“", "”": "”\"", "‟": "”\"", '"': '"“”', "‚": "‘’'", "‘": "’'", "'": "'’", "‛": "’'",
            "»": "«»", "«": "»", "›": "‹›", "‹": "›"}  # fmt: skip
DOUBLED = {"``": "o", "''": "?", ",,": "o"}  # typewriter marks of two characters
OPENS_AFTER = frozenset(" \t\n\r\u00a0\u202f([{-–—/„“\"»«‚‘'›‹:")
MAX_DEPTH = 12  # open quotations; more are not text
MAX_SINGLE = 400  # a single mark that is not closed within this many characters is an apostrophe


@dataclass(slots=True)
class _Open:
    mark: str
    family: Family
    start: int


def quotation_spans(text: str, block: Span) -> list[Span]:
    """Find the quotations of a block.

    Args:
        text: The document's text.
        block: Where to look; quotations never cross a block.

    Returns:
        Spans with their marks, ordered by start, the outer before the inner.
    """
    stack: list[_Open] = []
    found: list[Span] = []
    at = block.start
    while at < block.end:
        pair = text[at : at + 2]
        if pair in DOUBLED and at + 2 <= block.end:
            mark, way, size, family = '"', DOUBLED[pair], 2, "double"
        elif text[at] in MARKS:
            mark, size = text[at], 1
            family, way = MARKS[mark]
        else:
            at += 1
            continue
        _place(text, block, at, size, mark, family, way, stack, found)  # type: ignore[arg-type]
        at += size
    for left in stack:
        if left.family != "single":  # a mark that was set twice ends with its second quotation
            again = min(
                (s.end for s in found if s.start > left.start and text[s.start] == left.mark), default=block.end
            )
            found.append(Span(left.start, again))
    return sorted(set(found), key=lambda s: (s.start, -s.end))


def _place(
    text: str,
    block: Span,
    at: int,
    size: int,
    mark: str,
    family: Family,
    way: str,
    stack: list[_Open],
    found: list[Span],
) -> None:
    before = text[at - 1] if at > block.start else " "
    after = text[at + size] if at + size < block.end else " "
    if family == "single" and before.isalnum() and after.isalnum():
        return  # apostrophe
    partner = next((k for k in range(len(stack) - 1, -1, -1) if mark in PARTNERS[stack[k].mark]), None)
    opening = way == "o" or (way == "?" and before in OPENS_AFTER and (not after.isspace() or family == "guillemet"))
    if partner is not None and not (
        opening and not after.isspace() and _opens_inside(mark, stack[partner].mark, before)
    ):
        found.append(Span(stack[partner].start, at + size))
        # what was opened inside and never closed ends with it, if it is a mark that says so itself
        found.extend(Span(o.start, at) for o in stack[partner + 1 :] if o.family not in ("single",) and o.mark != '"')
        del stack[partner:]
    elif opening:
        if family == "single" and not _closes_soon(text, at + size, block.end, mark):
            return
        if len(stack) < MAX_DEPTH:
            stack.append(_Open(mark, family, at))
    elif family in ("double", "guillemet") and not stack and (mark != '"' or (not found and not before.isdigit())):
        found.append(Span(block.start, at + size))


def _opens_inside(mark: str, opened: str, before: str) -> bool:
    """Tell whether a mark that could close ``opened`` rather opens a quotation of its own inside it."""
    if mark in '"“”' and opened in '"„“':
        return before.isspace() and opened != mark and mark != "“" and opened != '"'
    return before.isspace() and mark != opened and mark in "»‘"


def _closes_soon(text: str, start: int, end: int, mark: str) -> bool:
    for at in range(start, min(end, start + MAX_SINGLE)):
        if text[at] in PARTNERS[mark]:
            after = text[at + 1] if at + 1 < end else " "
            if not after.isalnum() and not text[at - 1].isspace():
                return True
    return False
