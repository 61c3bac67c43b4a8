"""The list of claims: any filter, three orders, page by page from any place on.

Few matches are found by the narrowest filter and sorted; where they lie dense, the list is walked in its order until a
page is full. Either way a page costs the same anywhere in the list, given the place where the last one ended. SQLite
does not count before it chooses an index, so that it is told (CROSS JOIN keeps the order of tables).
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, text

from beleg.errors import UsageError
from beleg.store.rows import plain
from beleg.store.schema import PLACES
from beleg.store.search import Part, search

Order = Literal["document", "backwards", "day", "kept"]
FEW = 3_000  # matches of a filter that are looked at one by one without asking
PROBES = 1_000  # claims from all over the case that show how dense matches lie
DENSE = 7_000  # claims that hold words, in a million: from there on walking is as short as sorting
COUNTED = 20_000  # beyond, one filter is as wide as another


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which claims; every condition given must hold."""

    supplier: str | None = None
    recipient: str | None = None
    item: str | None = None  # canonical label or id
    event: str | None = None
    stance: str | None = None
    source: str | None = None  # name of the first or the last of the source chain
    document: str | None = None  # name or id
    text: str | None = None  # words that the quote holds, all of them


class Place(NamedTuple):
    """Where a claim stands in the list of some order."""

    key: str
    id: int

    def __str__(self) -> str:
        """Return the place as it travels in an address."""
        return base64.urlsafe_b64encode(json.dumps(self).encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, given: str) -> Place:
        try:
            key, at = json.loads(base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)))
            return cls(plain(str(key)), int(at))
        except (binascii.Error, ValueError, TypeError) as e:
            raise UsageError(f"{given!r} is no place in a list; begin at its first page") from e


class Sorted(NamedTuple):
    key: str  # what is compared first, then the claim's id
    down: bool  # largest first


ORDERS: dict[Order, Sorted] = {
    "document": Sorted("d.shelf", False),
    "backwards": Sorted("d.shelf", True),
    "day": Sorted("c.day", True),
    "kept": Sorted("''", True),
}
INSIDE = f"BETWEEN d.seq << {PLACES} AND (d.seq << {PLACES}) + {(1 << PLACES) - 1}"  # claims of a document


@dataclass(slots=True)
class _Query:
    """The parts of one question: conditions, narrowest first, and the values bound in them."""

    parts: list[Part]
    values: dict[str, Any] = field(default_factory=dict)
    width: int = 0  # matches of the narrowest part, counted up to ``COUNTED``
    planned: bool = False  # by the database itself: PostgreSQL knows how wide filters are, and combines indexes

    def tests(self) -> str:
        """Return what holds for a row ``c`` that matches."""
        return " AND ".join(p.test for p in self.parts) or "true"

    def found(self) -> str:
        """Return the statement that gives the ids of all matches."""
        if not self.parts:
            return "SELECT id FROM claim"
        if self.planned:
            return f"SELECT c.id, c.day FROM claim c WHERE {self.tests()}"
        first, *rest = self.parts
        if not rest:
            return first.keys
        seeks = [p.seek for p in rest if p.seek]  # before the row: it lies elsewhere, and most are not needed
        tests = [p.test for p in rest if not p.seek]
        row = " CROSS JOIN claim c WHERE c.id = k.id AND " if tests else " WHERE "
        return f"SELECT k.id FROM ({first.keys}) k{row}{' AND '.join([*seeks, *tests])}"


def claims(
    conn: Connection,
    wanted: Wanted,
    order: Order = "document",
    limit: int | None = None,
    after: Place | None = None,
    offset: int = 0,
) -> list[Place]:
    """Return where the claims of a page stand, in order. ``offset`` is walked: for deep pages give ``after``."""
    query = _query(conn, wanted)
    sql = (_sorting if _is_sparse(conn, query, limit) else _walking)(query, conn.dialect.name, order, after)
    at, down = ORDERS[order]
    way = "DESC" if down else "ASC"
    sql += f" ORDER BY {at} {way}, c.id {way}" if order != "kept" else f" ORDER BY c.id {way}"
    if limit is not None:
        sql += " LIMIT :limit"
        query.values["limit"] = limit
    if offset:
        sql += f"{' LIMIT -1' if limit is None and conn.dialect.name == 'sqlite' else ''} OFFSET :offset"
        query.values["offset"] = offset
    return [Place(key, id) for key, id in conn.execute(text(sql), query.values)]


def count(conn: Connection, wanted: Wanted, at_most: int | None = None) -> int:
    """Return how many claims match; counting stops at ``at_most``."""
    query = _query(conn, wanted)
    return _count(conn, query, at_most)


def _count(conn: Connection, query: _Query, at_most: int | None) -> int:
    limit = "" if at_most is None else f" LIMIT {at_most:d}"
    sql = f"SELECT count(*) FROM ({query.found()}{limit}) f"
    return int(conn.execute(text(sql), query.values).scalar_one())


def _is_sparse(conn: Connection, query: _Query, limit: int | None) -> bool:
    """Whether looking at all matches of the narrowest filter costs less than walking until a page is full."""
    if not query.parts or limit is None or query.width <= FEW:
        return bool(query.parts)
    if query.planned:
        of, everything = _planned(conn, query.tests(), query), _planned(conn, "true", query)
        hits = PROBES * of // max(everything, 1)
    else:
        (hits,) = _probe(conn, query, [query.tests()])
    sparse = bool(query.width * (hits + 0.5) < limit * PROBES)
    if query.planned and not sparse and "words" in query.values:
        return _few_hold(conn, query)
    return sparse


def _few_hold(conn: Connection, query: _Query) -> bool:
    """Whether fewer than ``DENSE`` claims hold the words asked for: of rare words PostgreSQL has only a guess."""
    keys = next(p.keys for p in query.parts if ":words" in p.keys)
    conn.execute(text("SET LOCAL enable_seqscan = off"))  # by the index of words: it is looked at now
    found = conn.execute(text(f"SELECT count(*) FROM ({keys} LIMIT {DENSE}) f"), {"words": query.values["words"]})
    conn.execute(text("SET LOCAL enable_seqscan = on"))
    return int(found.scalar_one()) < DENSE


def _planned(conn: Connection, test: str, query: _Query) -> int:
    """Return how many claims PostgreSQL thinks a condition holds for, from what it last gathered about the table."""
    values = {name: value for name, value in query.values.items() if f":{name}" in test}
    plan = conn.execute(text(f"EXPLAIN (FORMAT JSON) SELECT c.id FROM claim c WHERE {test}"), values).scalar_one()
    return int(plan[0]["Plan"]["Plan Rows"])


def _probe(conn: Connection, query: _Query, tests: Sequence[str]) -> list[int]:
    """Return for how many of ``PROBES`` claims from all over the case each condition holds."""
    last = conn.execute(text("SELECT max(seq) FROM document")).scalar_one() or 0
    hits = ", ".join(f"sum(CASE WHEN {test} THEN 1 ELSE 0 END)" for test in tests)
    sql = f"""
        WITH RECURSIVE at(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM at WHERE i < {PROBES - 1})
        SELECT {hits} FROM at CROSS JOIN claim c
        WHERE c.id = (SELECT min(id) FROM claim WHERE id >= (i * :last / {PROBES}) << {PLACES})"""
    return [n or 0 for n in conn.execute(text(sql), {**query.values, "last": last}).one()]


def _sorting(query: _Query, dialect: str, order: Order, after: Place | None) -> str:
    """Return the statement that takes all matches; they are sorted."""
    key = ORDERS[order].key
    # MATERIALIZED: or else PostgreSQL may walk all the same
    first, matches = (
        (f"WITH f AS MATERIALIZED ({query.found()}) ", "f") if query.planned else ("", f"({query.found()})")
    )
    source = f"{matches} c WHERE true"
    if key.startswith("d."):
        at = f"d.seq = c.id >> {PLACES}"
        source = f"{matches} c CROSS JOIN document d WHERE {at}"
        if query.planned:  # one look-up a match: without OFFSET 0 all documents may be read
            source = f"{matches} c CROSS JOIN LATERAL (SELECT d.shelf FROM document d WHERE {at} OFFSET 0) d WHERE true"
    elif order == "day" and not query.planned:
        source = f"{matches} f CROSS JOIN claim c WHERE c.id = f.id"
    return f"{first}SELECT {key}, c.id FROM {source}{_after(query, order, after)}"


def _walking(query: _Query, dialect: str, order: Order, after: Place | None) -> str:
    """Return the statement that looks at one claim after another in the order of the list."""
    key = ORDERS[order].key
    source = f"document d CROSS JOIN claim c WHERE c.id {INSIDE}"
    if query.planned and key.startswith("d."):
        inside = f"SELECT c.id FROM claim c WHERE c.id {INSIDE} AND {query.tests()} OFFSET 0"  # document by document
        source = f"document d CROSS JOIN LATERAL ({inside}) c WHERE true"
        return f"SELECT {key}, c.id FROM {source}{_after(query, order, after)}"
    if not key.startswith("d."):
        index = {"day": " INDEXED BY claim_day", "kept": " NOT INDEXED"}[order] if dialect == "sqlite" else ""
        source = f"claim c{index} WHERE true"
    tests = "".join(f" AND {p.test}" for p in query.parts)
    return f"SELECT {key}, c.id FROM {source}{tests}{_after(query, order, after)}"


def _after(query: _Query, order: Order, after: Place | None) -> str:
    if after is None:
        return ""
    query.values |= {"after_key": after.key, "after_id": after.id}
    key, down = ORDERS[order]
    if order == "kept":
        return " AND c.id < :after_id"
    if down:
        return f" AND ({key}, c.id) < (:after_key, :after_id)"
    # the first half says the same about the key alone, so that its index is used
    return f" AND {key} >= :after_key AND ({key}, c.id) > (:after_key, :after_id)"


# --- conditions -----------------------------------------------------------------------------------------------------


def _query(conn: Connection, wanted: Wanted) -> _Query:
    asked = {f.name: plain(v) for f in fields(wanted) if (v := getattr(wanted, f.name)) is not None}
    values: dict[str, Any] = {name: value for name, value in asked.items() if name != "text"}
    parts = [_equal(conn, name) for name in ("event", "stance") if name in asked]
    if {"supplier", "recipient"} <= asked.keys():
        parts.append(_equal(conn, "supplier", "recipient"))
    else:
        parts += [_equal(conn, name) for name in ("supplier", "recipient") if name in asked]
    if "item" in asked:
        label = conn.execute(text("SELECT 1 FROM claim WHERE item = :item LIMIT 1"), values).scalar()
        parts.append(_equal(conn, "item" if label else "item_id", value="item"))
    if "source" in asked:
        parts.append(_told(conn))
    if "document" in asked:
        parts.append(_of_document())
    if "text" in asked:
        part, more = search(conn, "claim", asked["text"])
        parts.append(part)
        values |= more
    query = _Query(parts, values, planned=conn.dialect.name != "sqlite" and "document" not in asked)
    if not parts:
        return query
    if query.planned:
        query.width = min(_planned(conn, p.test, query) for p in parts)
        return query
    # told apart by counting: a filter of a few matches before one of half the case
    wide = {p.keys: _count(conn, _Query([Part(p.counted or p.keys, "")], values), COUNTED) for p in parts}
    query.parts.sort(key=lambda p: wide[p.keys])
    query.width = wide[query.parts[0].keys]
    if query.width == COUNTED and len(parts) > 1:  # all are wide: told apart by probing
        rows = [p for p in query.parts if p.seek or conn.dialect.name != "sqlite"]
        share = dict(zip((p.keys for p in rows), _probe(conn, query, [p.test for p in rows]), strict=True))
        query.parts.sort(key=lambda p: share.get(p.keys, PROBES))
    return query


def _equal(conn: Connection, *names: str, value: str | None = None) -> Part:
    tests = [f"{name} = :{value or name}" for name in names]
    keys, test = f"SELECT id FROM claim WHERE {' AND '.join(tests)}", " AND ".join(f"c.{t}" for t in tests)
    if conn.dialect.name != "sqlite":
        return Part(keys, test)
    index = f"claim_{'route' if len(names) > 1 else names[0]}"
    return Part(keys.replace(" WHERE", f" INDEXED BY {index} WHERE"), test, seek=_seek(index, *tests))


def _seek(index: str, *tests: str) -> str:
    """Return the condition that an index of SQLite has a key ``k.id`` under some values."""
    held = " AND ".join(f"s.{t}" for t in tests)
    return f"EXISTS (SELECT 1 FROM claim s INDEXED BY {index} WHERE {held} AND s.id = k.id)"


def _told(conn: Connection) -> Part:
    """Return the condition that a claim is of a source: its origin, or who told it."""
    ways = (
        "SELECT id FROM claim WHERE origin = :source",
        "SELECT id FROM claim WHERE teller = :source AND origin <> :source",  # there is no teller without an origin
    )
    counted = " UNION ALL ".join(way.partition(" AND ")[0] for way in ways)
    if conn.dialect.name != "sqlite":
        return Part(" UNION ALL ".join(ways), "(c.origin = :source OR c.teller = :source)", counted)
    origin, teller = (_seek(f"claim_{name}", f"{name} = :source") for name in ("origin", "teller"))
    ways = (  # by the indexes alone: a claim lies elsewhere
        "SELECT id FROM claim INDEXED BY claim_origin WHERE origin = :source",
        f"SELECT k.id FROM claim k INDEXED BY claim_teller WHERE k.teller = :source AND NOT {origin}",
    )
    # +: no index, the claim is at hand
    test = "(+c.origin = :source OR +c.teller = :source)"
    return Part(" UNION ALL ".join(ways), test, counted, f"({origin} OR {teller})")


def _of_document() -> Part:
    """Return the condition that a claim stands in a document of a name or id; a name may be that of thousands."""
    at = "SELECT seq FROM document WHERE name = :document UNION SELECT seq FROM document WHERE ident = :document"
    return Part(f"SELECT c.id FROM ({at}) d CROSS JOIN claim c WHERE c.id {INSIDE}", f"c.seq IN ({at})")
