"""Outlets and agencies: who stands behind an address, a site's name or a credit such as "(dpa)"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from beleg.lexicon import TableRow, csv_table
from beleg.model import Span
from beleg.tables import TableCheck

OutletKind = Literal["agency", "newspaper", "magazine", "broadcaster", "online", "think_tank", "government", "ngo"]


@dataclass(frozen=True, slots=True)
class Outlet(TableRow):
    """A row of ``data/outlets.csv``; ``key`` is its id."""

    key: str
    name: str
    kind: OutletKind
    language: str | None
    country: str | None  # ISO 3166-1 alpha-2
    domains: tuple[str, ...]
    aliases: tuple[str, ...]  # other spellings of the name, as sites and users write it
    credits: tuple[str, ...]  # short signs in articles: dpa, AFP


@dataclass(frozen=True, slots=True)
class Credit:
    """A place where the text credits an agency: a link of the source chain."""

    span: Span
    text: str
    outlet: str  # key of the outlet


def outlets() -> tuple[Outlet, ...]:
    return csv_table("outlets", Outlet)


@cache
def _by_domain() -> dict[str, Outlet]:
    return {d.casefold(): o for o in outlets() for d in o.domains}


@cache
def _by_name() -> dict[str, Outlet]:
    return {_key(n): o for o in outlets() for n in (o.name, *o.aliases, *o.domains)}


@cache
def _by_credit() -> dict[str, Outlet]:
    return {c.casefold(): o for o in outlets() for c in o.credits}


def _key(name: str) -> str:
    return re.sub(r"\W+", " ", name.casefold()).strip()


def outlet_of_address(url: str) -> Outlet | None:
    """Return the outlet of an address by the longest domain that fits its host, or None."""
    host = re.sub(r"^[a-z][a-z0-9+.-]*://", "", url.casefold()).split("/", 1)[0].rsplit("@", 1)[-1].split(":", 1)[0]
    labels = host.split(".")
    return next((o for i in range(len(labels) - 1) if (o := _by_domain().get(".".join(labels[i:])))), None)


def outlet_of_name(name: str) -> Outlet | None:
    return _by_name().get(_key(name))


def is_credit(text: str) -> bool:
    """Tell whether ``text`` is an agency's sign or an outlet's name."""
    low = text.casefold().strip(" .()")
    return low in _by_credit() or low in _by_domain() or _key(text) in _by_name()


@cache
def _credit_pattern() -> re.Pattern[str]:
    signs = "|".join(
        re.escape(c) for c in sorted((c for o in outlets() for c in o.credits), key=lambda c: (-len(c), c))
    )
    one = rf"(?:{signs})(?:[-/][a-z]{{2,3}})?"
    many = rf"{one}(?:\s*(?:[/,]|und|and|&)\s*{one})*"
    return re.compile(rf"[(\[](?P<a>{many})[)\]]|(?:^|\n)(?P<b>{many})\s*(?=$|\n)", re.IGNORECASE)


def find_credits(text: str) -> tuple[Credit, ...]:
    """Find agencies' signs in brackets or alone on a line, in text order ("BERLIN (dpa) - …", "… (AFP/Reuters)")."""
    out = []
    for m in _credit_pattern().finditer(text):
        group = "a" if m["a"] else "b"
        for word in re.finditer(r"[^\s/,()\[\]&]+(?:\s(?=[A-Z])[^\s/,()\[\]&]+)*", m[group]):
            sign = re.sub(r"-[a-z]{2,3}$", "", word.group())
            if outlet := _by_credit().get(sign.casefold()):
                start = m.start(group) + word.start()
                out.append(Credit(Span(start, start + len(word.group())), word.group(), outlet.key))
    return tuple(out)


def is_credit_line(text: str) -> bool:
    """Tell whether a line is nothing but agencies' signs, those of writers behind them included ("dpa/km")."""
    return _credit_pattern().fullmatch(text.strip()) is not None


def _fired(text: str) -> set[str]:
    by_address = {o.key for part in text.split() if "." in part and (o := outlet_of_address(part))}
    return by_address | {c.outlet for c in find_credits(text)}


TABLES = [TableCheck("outlets.csv", outlets, _fired)]
