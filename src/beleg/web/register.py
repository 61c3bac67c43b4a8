"""Asking a register (``register_write``): lists by filter, order and page, one matter, sources, days, places.

Every thread has its own connection; the file never changes once it is there, so that answers can be kept.
"""

from __future__ import annotations

import sqlite3
import threading
from array import array
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from beleg.ledger.check import Named
from beleg.ledger.values import Key, Matter
from beleg.model import Problem
from beleg.store.rows import plain as text
from beleg.views.sources import Edge, Part, SourceRecord
from beleg.web.query import PAGE, Page, last_page
from beleg.web.register_write import unpack
from beleg.web.rows import FILTERS, MatterLine

KEPT = 512  # answers kept
ORDERS = {
    "documents": "documents DESC, id",
    "origins": "n_min DESC, n_max DESC, id",
    "figure": "figure DESC, id",
    "changed": "changed DESC, id",
    "parties": "sides, item, id",
    "item": "item, sides, id",
}
T = TypeVar("T")
Values = list[Any]


class Register:
    """The ledger of a case at one state of its log."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._threads = threading.local()
        self._answers: OrderedDict[Any, Any] = OrderedDict()
        self._lock = threading.Lock()
        self._line = msgspec.json.Decoder(MatterLine)
        self._key = msgspec.json.Decoder(Key)
        self._source = msgspec.json.Decoder(SourceRecord)
        self.meta: dict[str, str] = dict(self.ask("SELECT key, value FROM meta"))
        self.key = self.meta["key"]
        self.matters, self.unplaced = int(self.meta["matters"]), int(self.meta["unplaced"])

    def ask(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return the rows of a query."""
        db: sqlite3.Connection | None = getattr(self._threads, "db", None)
        if db is None:
            db = sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
            db.execute("PRAGMA cache_size=-16384")
            self._threads.db = db
        return db.execute(sql, values).fetchall()

    def kept(self, name: Any, make: Callable[[], T]) -> T:
        """Return the answer kept under a name, made where there is none."""
        with self._lock:
            if name in self._answers:
                self._answers.move_to_end(name)
                return self._answers[name]  # type: ignore[no-any-return]
        made = make()
        with self._lock:
            self._answers[name] = made
            while len(self._answers) > KEPT:
                self._answers.popitem(last=False)
        return made

    def one(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """Return the one value of a query, kept for the next time."""
        return self.kept((sql, *values), lambda: self.ask(sql, values)[0][0])

    # --- matters ----------------------------------------------------------------------------------------------------

    def lines(self, asked: Mapping[str, str | None], number: int) -> Page[MatterLine]:
        """Return a page of the matters that fit, in the order asked for."""
        where, values = matching(asked)
        if asked.get("q"):  # every row has to be looked at: once, for all pages
            order = ORDERS.get(asked.get("sort") or "", ORDERS["documents"])
            sql = f"SELECT n FROM matter{where} ORDER BY {order}"
            keys = self.kept((sql, *values), lambda: array("L", (n for (n,) in self.ask(sql, values))))
            number = min(number, last_page(len(keys)))
            return Page(list(self._at(keys[(number - 1) * PAGE : number * PAGE])), number, len(keys))
        total = self.one(f"SELECT count(*) FROM matter{where}", values)
        number = min(number, last_page(total))
        found = self._lines(asked, f" LIMIT {PAGE} OFFSET {(number - 1) * PAGE}")
        return Page(list(found), number, total)

    def all_lines(self, asked: Mapping[str, str | None]) -> Iterator[MatterLine]:
        return self._lines(asked, "")

    def _lines(self, asked: Mapping[str, str | None], part: str) -> Iterator[MatterLine]:
        where, values = matching(asked)
        order = ORDERS.get(asked.get("sort") or "", ORDERS["documents"])
        keys = [n for (n,) in self.ask(f"SELECT n FROM matter{where} ORDER BY {order}{part}", values)]
        yield from self._at(keys)

    def _at(self, keys: Sequence[int]) -> Iterator[MatterLine]:
        for start in range(0, len(keys), 500):
            some = list(keys[start : start + 500])
            rows = dict(self.ask(f"SELECT n, line FROM matter WHERE n IN ({','.join('?' * len(some))})", some))
            for n in some:
                yield self._line.decode(rows[n])

    def choices(self) -> dict[str, list[str]]:
        """Return the values that each filter can take, sorted."""

        def look() -> dict[str, list[str]]:
            return {
                name: [v for (v,) in self.ask(f"SELECT DISTINCT {name} FROM matter WHERE {name} <> '' ORDER BY {name}")]
                for name in FILTERS
            }

        return self.kept("choices", look)

    def matter(self, id: str) -> Matter | None:
        found = self.ask("SELECT value FROM body JOIN matter USING (n) WHERE id = ?", (text(id),))
        return unpack(found[0][0]) if found else None

    def named(self, supplier: str | None, recipient: str | None) -> list[Named]:
        """Return the matters between two parties, those that leave one of them open too; None stands for any party.

        Without either: those of makers and holders, that have no sides.
        """
        if supplier is not None and recipient is not None:
            pairs = [(supplier, recipient), (supplier, None), (None, recipient)]
            where: list[tuple[str, tuple[str | None, ...]]] = [("supplier IS ? AND recipient IS ?", p) for p in pairs]
        elif supplier is None and recipient is None:
            where = [("supplier IS ? AND recipient IS ?", (None, None))]
        else:
            where = [("supplier = ?", (supplier,)) if recipient is None else ("recipient = ?", (recipient,))]
        return [m for condition, values in where for m in self._named(condition, [v and text(v) for v in values])]

    def counting(self, numbers: Iterable[float]) -> list[Named]:
        """Return the matters in which one of these numbers stands."""
        where = "id IN (SELECT matter FROM counted WHERE number = ?)"
        return [m for n in sorted(set(numbers)) for m in self._named(where, [n])]

    def _named(self, where: str, values: Sequence[Any]) -> Iterator[Named]:
        for line, key in self.ask(f"SELECT line, key FROM matter WHERE {where}", values):
            shown = self._line.decode(line)
            yield Named(shown.matter, shown.item, self._key.decode(key))

    def documents_of(self, ids: Iterable[str]) -> set[str]:
        """Return the documents that the claims of some matters stand in."""
        sql = "SELECT DISTINCT document FROM placed WHERE matter = ?"
        return {d for id in ids for (d,) in self.ask(sql, (text(id),))}

    def ids(self, start: str) -> list[str]:
        """Return the matter of this id, else those whose ids begin so."""
        pattern = like(start)[1:]
        found = [x for (x,) in self.ask("SELECT id FROM matter WHERE id LIKE ? ESCAPE '\\' ORDER BY id", (pattern,))]
        return [start] if start in found else found

    def line(self, id: str) -> MatterLine | None:
        found = self.ask("SELECT line FROM matter WHERE id = ?", (text(id),))
        return self._line.decode(found[0][0]) if found else None

    def placed(self, claims: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """Return the matter of each claim, named by document and claim id."""
        sql = "SELECT matter FROM placed WHERE document = ? AND claim = ?"
        found = {c: self.ask(sql, (text(c[0]), text(c[1]))) for c in claims}
        return {claim: rows[0][0] for claim, rows in found.items() if rows}

    def decided(self, ids: Sequence[str], states: Mapping[str, str]) -> dict[str, tuple[int, int]]:
        """Return for each matter how many of its claims people decided about, and how many it has."""
        marks = ",".join("?" * len(ids))
        rows = self.ask(f"SELECT matter, claim FROM placed WHERE matter IN ({marks})", [text(id) for id in ids])
        done = Counter(matter for matter, claim in rows if claim in states)
        total = Counter(matter for matter, _ in rows)
        return {id: (done[text(id)], total[text(id)]) for id in ids}

    def claims_of(self, id: str) -> list[str]:
        return [c for (c,) in self.ask("SELECT claim FROM placed WHERE matter = ? ORDER BY claim", (text(id),))]

    def copies(self, document: str) -> list[str]:
        """Return the near-copies of a document."""
        return [x for (x,) in self.ask("SELECT other FROM copy WHERE document = ? ORDER BY other", (text(document),))]

    def problems(self) -> list[Problem]:
        """Return the doubts of the ledger, the first 200 of them."""
        rows = self.ask("SELECT value FROM problem ORDER BY n LIMIT 200")
        return [msgspec.json.decode(row, type=Problem) for (row,) in rows]

    def problem_count(self) -> int:
        return int(self.one("SELECT count(*) FROM problem"))

    # --- sources ----------------------------------------------------------------------------------------------------

    def sources(self, words: str | None, number: int) -> Page[SourceRecord]:
        """Return a page of sources with all the words in their names, those with most claims first."""
        parts = (words or "").split()
        where = " AND ".join(["name LIKE ? ESCAPE '\\'"] * len(parts)) or "1"
        values = [like(w) for w in parts]
        total = self.one(f"SELECT count(*) FROM source WHERE {where}", values)
        number = min(number, last_page(total))
        sql = f"SELECT row FROM source WHERE {where} ORDER BY weight DESC, name LIMIT {PAGE} OFFSET ?"
        found = self.ask(sql, [*values, (number - 1) * PAGE])
        return Page([self._source.decode(row) for (row,) in found], number, total)

    def source(self, name: str) -> SourceRecord | None:
        found = self.ask("SELECT row FROM source WHERE name = ?", (text(name),))
        return self._source.decode(found[0][0]) if found else None

    def sources_among(self, names: Iterable[str]) -> set[str]:
        """Return those names that are sources with a record."""
        return {n for n in set(names) if n and self.ask("SELECT 1 FROM source WHERE name = ?", (text(n),))}

    def heaviest(self, limit: int) -> list[SourceRecord]:
        rows = self.ask("SELECT row FROM source ORDER BY weight DESC, name LIMIT ?", (limit,))
        return [self._source.decode(row) for (row,) in rows]

    def edges(self, *, one: str | None = None, other: str | None = None, limit: int = 200) -> list[Edge]:
        """Return the edges with most claims: all, those that leave ``one``, or those that lead to ``other``."""
        where, values = _ends(one, other)
        sql = f"SELECT * FROM edge WHERE {where} ORDER BY claims DESC, one, other LIMIT ?"
        return [Edge(*row) for row in self.ask(sql, [*values, limit])]

    def edges_among(self, names: Sequence[str]) -> list[Edge]:
        marks = ",".join("?" * len(names))
        values = [text(n) for n in names]
        sql = f"SELECT * FROM edge WHERE one IN ({marks}) AND other IN ({marks}) ORDER BY claims DESC, one, other"
        return [Edge(*row) for row in self.ask(sql, [*values, *values])]

    def edge_count(self, *, one: str | None = None, other: str | None = None) -> int:
        """Return how many edges ``edges`` has without its limit."""
        where, values = _ends(one, other)
        return int(self.one(f"SELECT count(*) FROM edge WHERE {where}", values))

    def parts(self, source: str, number: int) -> Page[Part]:
        """Return a page of the documents that a source has to do with."""
        total = self.one("SELECT count(*) FROM part WHERE source = ?", (text(source),))
        number = min(number, last_page(total))
        sql = f"SELECT * FROM part WHERE source = ? ORDER BY document, role LIMIT {PAGE} OFFSET ?"
        return Page([Part(*row) for row in self.ask(sql, (text(source), (number - 1) * PAGE))], number, total)


def _ends(one: str | None, other: str | None) -> tuple[str, Values]:
    ends = [(n, v) for n, v in (("one", one), ("other", other)) if v is not None]
    return " AND ".join(f"{n} = ?" for n, _ in ends) or "1", [text(v) for _, v in ends]


def matching(asked: Mapping[str, str | None]) -> tuple[str, Values]:
    """Return the condition of a list of matters: values as they stand, ``q`` anywhere in names, switches alone."""
    found = [(f"{name} = ?", text(v)) for name in FILTERS if (v := asked.get(name)) is not None]
    found += [("seen LIKE ? ESCAPE '\\'", like(w)) for w in (asked.get("q") or "").casefold().split()]
    conditions = [c for c, _ in found] + [name for name in ("contested", "denied") if asked.get(name)]
    return (" WHERE " + " AND ".join(conditions) if conditions else ""), [v for _, v in found]


def like(word: str) -> str:
    """Return the pattern for a word anywhere, with nothing in it that LIKE would read."""
    return "%" + text(word).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
