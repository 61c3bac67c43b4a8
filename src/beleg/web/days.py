"""What was said when and what is said to go where: the register asked for the timeline and for the map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from beleg.store.rows import plain as text
from beleg.views.map import Flow, Spot
from beleg.views.shapes import place
from beleg.views.timeline import Cell
from beleg.web.query import PAGE, Page, last_page
from beleg.web.register import Register

SAID_FILTERS = ("speaker", "supplier", "recipient", "item", "matter", "kind")
ABOUT = ("supplier", "recipient", "item", "matter")  # filters that say what was talked about
FLOW_FILTERS = ("supplier", "recipient", "item", "act")
MANY = 5000  # rows that lie so dense that walking over all is shorter than sorting them
FINE = 1500  # utterances that are shown by day; more are shown by month
COLUMNS = (
    "s.day, s.upto, s.speaker, s.body, s.matter, s.kind, s.words, s.low, s.high, s.claim, s.document, s.prints, "
    "s.active, s.matters, m.sides, m.item"
)


class Said(NamedTuple):
    """One figure or denial of one utterance."""

    day: str
    upto: str
    speaker: str
    body: str
    matter: str
    kind: str  # figure, denial
    words: str
    low: float | None
    high: float | None
    claim: str
    document: str
    prints: int  # documents that print it
    active: int
    matters: int  # that a denial bears on
    sides: str
    item: str


def said(register: Register, asked: Mapping[str, str | None], number: int) -> Page[Said]:
    """Return a page of what was said, the latest first.

    Rows are numbered by day, so that many are found soonest by walking back.
    """
    where, values = _said(asked)
    total = register.one(f"SELECT count(*) FROM said{where}", values)
    number = min(number, last_page(total))
    walk = " NOT INDEXED" if total > MANY else ""
    sql = (
        f"SELECT {COLUMNS} FROM (SELECT * FROM said{walk}{where} ORDER BY n DESC LIMIT ? OFFSET ?) "
        "AS s JOIN matter AS m ON m.id = s.matter ORDER BY s.n DESC"
    )
    rows = register.ask(sql, [*values, PAGE, (number - 1) * PAGE])
    return Page([Said(*row) for row in rows], number, total)


def lanes(register: Register, asked: Mapping[str, str | None], limit: int) -> tuple[list[str], list[Cell]]:
    """Return the speakers with most to say, most first, and what they said by day or by month."""
    where, values = _said(asked)

    def look() -> tuple[list[str], list[Cell]]:
        total = register.one(f"SELECT count(*) FROM said{where}", values)
        top = register.ask(
            f"SELECT speaker, count(*) AS n FROM said{where} GROUP BY speaker ORDER BY n DESC, speaker LIMIT ?",
            [*values, limit],
        )
        names = [name for name, _ in top]
        unit = "day" if total <= FINE else "month"
        # "+": found by the filter, whose index holds all that is asked for, and not by the speakers
        among = f"{' AND' if where else ' WHERE'} +speaker IN ({','.join('?' * len(names))})"
        sql = f"SELECT speaker, {unit}, kind, count(*) FROM said{where}{among} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        return names, [Cell(*row) for row in register.ask(sql, [*values, *names])]

    return register.kept(("lanes", limit, where, *values), look)


def _said(asked: Mapping[str, str | None]) -> tuple[str, list[Any]]:
    found = [(f"{name} = ?", text(v)) for name in SAID_FILTERS if (v := asked.get(name)) is not None]
    if (since := asked.get("from")) is not None:
        found.append(("day >= ?", text(since)))
    if (until := asked.get("to")) is not None:
        found.append(("day <= ?", text(until) + "\uffff"))  # a month stands for its last day
    conditions = [c for c, _ in found]
    if not any(asked.get(name) for name in ABOUT):
        conditions.append("lead")  # a denial once, however many matters it bears on
    return (" WHERE " + " AND ".join(conditions) if conditions else ""), [v for _, v in found]


def flows(register: Register, asked: Mapping[str, str | None]) -> list[Flow]:
    """Return what goes between two named sides, most documents first."""
    where, values = _flow(asked)
    sql = (
        "SELECT supplier, recipient, count(*), sum(documents), sum(contested) FROM matter WHERE supplier <> '' AND "
        f"recipient <> ''{where} GROUP BY supplier, recipient ORDER BY 4 DESC, 1, 2"
    )
    return register.kept(("flows", where, *values), lambda: [Flow(*row) for row in register.ask(sql, values)])


def spots(register: Register, asked: Mapping[str, str | None]) -> tuple[list[Spot], list[tuple[str, int]]]:
    """Return the places that the claims name, most claims first: those with coordinates, and the others."""
    where, values = _flow(asked)
    sql = f"SELECT place, sum(claims) FROM spot WHERE 1{where} GROUP BY place ORDER BY 2 DESC, 1"
    found: list[tuple[str, int]] = register.kept(("spots", where, *values), lambda: register.ask(sql, values))
    on = [Spot(name, *at, n) for name, n in found if (at := place(name)) is not None]
    return on, [(name, n) for name, n in found if place(name) is None]


def _flow(asked: Mapping[str, str | None]) -> tuple[str, list[Any]]:
    found = [(f" AND {name} = ?", text(v)) for name in FLOW_FILTERS if (v := asked.get(name)) is not None]
    return "".join(c for c, _ in found), [v for _, v in found]
