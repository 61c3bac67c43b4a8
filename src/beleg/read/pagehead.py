"""Names and days that a page shows its readers around the heading, for pages whose fields do not say them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from beleg.read.bylines import is_name, read_byline, split_names
from beleg.read.outlets import is_credit
from beleg.read.pageunits import Unit, around
from beleg.read.rules import conjunctions
from beleg.read.stamps import days_precise, find_date, is_update, stamp_line

ABOVE = 6  # units above the heading that may still date it: a line "Stand: …" over the title
MAX_LINE = 120  # characters of a line of names or dates
_JOINT = re.compile(r"[,&/|]")
_EDGE = re.compile(r"^\W+|[\W\d]+$")
_LABEL = re.compile(r"^(?:\w+\s*:\s*|von\s+|by\s+)", re.IGNORECASE)


def header_zone(units: Sequence[Unit], article: Sequence[Unit]) -> list[Unit]:
    """Return the short lines from a little above the heading to the first paragraph of the article."""
    first = next((u for u in article if u.mark in ("", "lead") and u.prose), None)
    if first is None:
        return []
    end = next(i for i, u in enumerate(units) if u is first)
    titles = [i for i, u in enumerate(units[:end]) if u.mark == "title" or u.tag == "h1"]
    titles = titles or [i for i, u in enumerate(units[:end]) if u.heading]
    start = max(0, (titles[-1] if titles else end) - ABOVE)
    own = set(units[titles[-1]].element.iterancestors("article")) if titles else set()
    return [
        u
        for u in units[start:end]
        if u.mark not in ("removed", "caption")
        and len(u.text) <= MAX_LINE
        and (not own or own & set(around(u.element)))  # a teaser above has an article element of its own
    ]


def shown_names(zone: Sequence[Unit], article: Sequence[Unit]) -> tuple[str, ...]:
    """Read the authors: a byline in words first, then elements marked as such, then a name beside a date."""
    for unit in zone:
        if names := _byline(unit.text):
            return names
    marked = [name for unit in zone if unit.mark == "byline" for name in _marked(unit)]
    if mixed := [n for n in marked if not n.isupper()]:
        marked = mixed  # "WATCH LIVE" beside a name is none; where all are in capitals they are names
    if marked:
        return tuple(dict.fromkeys(marked))
    for unit in zone:
        if unit.mark == "dateline" and is_name(unit.text):  # names stand in the line of the date
            return (unit.text,)
    for unit in zone:
        found = find_date(unit.text)
        if found is not None and unit.linked < 0.5:
            before = " ".join(unit.text.split())[: found[1]].strip(" ,|·•–-")
            after = " ".join(unit.text.split())[found[2] :].strip(" ,|·•–-")
            if names := _byline(before) or split_names(before) or _byline(after):
                return names
    return next((names for unit in article if len(unit.text) <= MAX_LINE and (names := _byline(unit.text))), ())


def _byline(text: str) -> tuple[str, ...]:
    byline = read_byline(text)
    return byline.names if byline is not None and byline.role == "author" else ()


def _marked(unit: Unit) -> list[str]:
    """Read the names of an element marked as byline: its links, else those of its parts that follow each other."""
    links = [n for a in unit.element.iter("a") if (n := _bare(a.text or a.text_content())) and is_name(n)]
    if links:
        return links
    parts: list[str] = []
    joined = True
    for piece in unit.element.itertext():
        name = _bare(piece)
        if not name:
            joined = joined or bool(_JOINT.fullmatch(piece.strip()))
        elif joined and is_name(name):
            parts.append(name)
            joined = piece.rstrip().endswith((",", "&"))
        elif parts:
            joined = name.casefold() in conjunctions()
    if len(parts) > 1 or (parts and len(unit.text) > len(parts[0]) + 1 and _glued(unit.text, parts[0])):
        return parts
    if names := split_names(_LABEL.sub("", unit.text)):
        return list(names)
    first = next((p for piece in unit.element.itertext() if (p := _bare(piece))), "")
    return [first] if is_name(first) or is_credit(first) else []


def _glued(text: str, name: str) -> bool:
    """Tell whether a name runs into the words of the next element ("Karla MusterKorrespondentin")."""
    at = text.find(name)
    return at >= 0 and text[at + len(name) : at + len(name) + 1].isalpha()


def _bare(text: str) -> str:
    return _EDGE.sub("", _LABEL.sub("", " ".join(text.split())))


def shown_date(zone: Sequence[Unit], units: Sequence[Unit]) -> str | None:
    """Return the first line around the heading that holds a day, else the page's first time stamp; updates last."""
    lines = [u.text for u in zone if u.linked < 0.5 and not u.heading and days_precise(u.text)]
    lines += [u.text for u in units if not u.links and len(u.text) <= MAX_LINE and stamp_line(u.text)]
    return next((x for x in lines if not is_update(x)), lines[0] if lines else None)
