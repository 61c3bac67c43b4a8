"""Lines that name who wrote, edited or translated ("Von Karla Muster", "Redaktion: Jan Beispiel")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from beleg.model import DayRange
from beleg.read.outlets import is_credit
from beleg.read.rules import BylineRule, byline_rules, conjunctions, names_role, particles
from beleg.read.stamps import find_date, stamp_line, without_fillers
from beleg.tables import TableCheck

MAX_BYLINE = 160
MAX_NAME = 40
_NAME_WORD = r"(?:(?:[^\W\d_a-zß-öø-ÿ]|[dDlO]['’])[\w.'’-]*)"
_TAIL = re.compile(r"\s+(?:in|aus|from|,)\s+[A-ZÄÖÜ]\w+.*$")


@dataclass(frozen=True, slots=True)
class Byline:
    role: str
    names: tuple[str, ...]


@cache
def _pattern(rule: BylineRule) -> re.Pattern[str]:
    forms = []
    for form in sorted(rule.forms, key=lambda f: (-len(f), f)):
        words = re.escape(form.replace("{names}", "\0")).replace(r"\ ", r"\s+")
        forms.append(words.replace("\0", "(.{3,120})"))
    return re.compile("|".join(rf"(?:{f}\.?)" for f in forms), re.IGNORECASE | re.DOTALL)


def read_byline(text: str) -> Byline | None:
    """Read a paragraph that is a byline and nothing else; None where it is not."""
    text = " ".join(text.split())
    if len(text) > MAX_BYLINE:
        return None
    for rule in byline_rules():
        m = _pattern(rule).fullmatch(text)
        if m and (names := split_names(next(g for g in m.groups() if g))):
            return Byline(rule.role, names)
    return None


def dated_byline(text: str) -> tuple[Byline, DayRange] | None:
    """Read a line of names and a time stamp and nothing else ("Von Karla Muster, 3. Mai 2023, 10:15 Uhr")."""
    text = " ".join(text.split())
    if len(text) > MAX_BYLINE or (found := find_date(text)) is None:
        return None
    before = without_fillers(text[: found[1]])
    if not before:
        byline, day = read_byline(text[found[2] :].strip(" ,|/·•–—-")), stamp_line(text[: found[2]])
        return (byline, day) if byline is not None and day is not None else None
    day = stamp_line(text[found[1] :])
    byline = read_byline(before)
    if byline is None and (names := split_names(before)):
        byline = Byline("author", names)
    return (byline, day) if byline is not None and day is not None else None


@cache
def _name() -> re.Pattern[str]:
    small = "|".join(map(re.escape, sorted(particles())))
    return re.compile(rf"{_NAME_WORD}(?:\s+(?:(?:{small})\s+){{0,2}}{_NAME_WORD}){{1,4}}")


def is_name(text: str) -> bool:
    """Tell whether ``text`` is shaped like a person's name and nothing else."""
    return len(text) <= MAX_NAME and _name().fullmatch(text) is not None and not names_role(text)


def split_names(text: str) -> tuple[str, ...]:
    """Split "Karla Muster und Jan Beispiel (dpa)" into names of persons; () if anything else stands there."""
    text = re.sub(r"\([^)]*\)", " ", text)
    parts = re.split(r"\s*[,;/|]\s*|\s+(?:{})\s+".format("|".join(map(re.escape, sorted(conjunctions())))), text)
    names: list[str] = []
    for part in parts:
        part = part.strip(" .·–-")
        if not part or is_credit(part) or (names and names_role(part)):
            continue
        cut = _TAIL.sub("", part)
        if _name().fullmatch(cut):
            names.append(cut)
        elif names and len(part.split()) == 1 and part[0].isupper():
            continue  # a place or a house behind the name: "Karla Muster, Berlin"
        else:
            return ()
    return tuple(dict.fromkeys(names))


def _fired(text: str) -> set[str]:
    if len(text) > MAX_BYLINE:
        return set()
    matches = ((r, _pattern(r).fullmatch(text)) for r in byline_rules())
    return {r.key for r, m in matches if m and split_names(next(g for g in m.groups() if g))}


TABLES = [TableCheck("*/reading.toml [[byline]]", byline_rules, _fired)]
