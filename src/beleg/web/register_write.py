"""Writing a register: the computed ledger as tables, so that no page has to hold it in memory.

A register is one SQLite file beside the case, made from one state of its log and thrown away when the log has grown. It
holds nothing that the case does not: deleting it loses no more than the time to compute it again.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from beleg.ledger.days import FUTURE, PAST, Moment
from beleg.ledger.values import Figure, Ledger, Matter
from beleg.model import Problem
from beleg.store.rows import plain as text
from beleg.views.sources import network_of
from beleg.web.rows import matter_line

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE matter (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL, supplier TEXT, recipient TEXT, item TEXT, unit TEXT, act TEXT, sides TEXT,
  figure REAL, changed TEXT, documents INTEGER, n_min INTEGER, n_max INTEGER, contested INTEGER, denied INTEGER,
  seen TEXT, line BLOB, key BLOB
);
CREATE TABLE body (n INTEGER PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE placed (document TEXT, claim TEXT, matter TEXT, PRIMARY KEY (document, claim)) WITHOUT ROWID;
CREATE TABLE counted (number REAL, matter TEXT, PRIMARY KEY (number, matter)) WITHOUT ROWID;
CREATE TABLE copy (document TEXT, other TEXT, PRIMARY KEY (document, other)) WITHOUT ROWID;
CREATE TABLE said (
  n INTEGER PRIMARY KEY, day TEXT, upto TEXT, month TEXT, speaker TEXT, body TEXT, matter TEXT, supplier TEXT,
  recipient TEXT, item TEXT, act TEXT, kind TEXT, words TEXT, low REAL, high REAL, claim TEXT, document TEXT,
  prints INTEGER, active INTEGER,
  matters INTEGER, lead INTEGER
);
CREATE TABLE spot (place TEXT, supplier TEXT, recipient TEXT, item TEXT, act TEXT, claims INTEGER);
CREATE TABLE source (name TEXT PRIMARY KEY, weight INTEGER, row BLOB) WITHOUT ROWID;
CREATE TABLE edge (one TEXT, other TEXT, claims INTEGER, documents INTEGER, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE part (source TEXT, document TEXT, role TEXT, claims INTEGER, PRIMARY KEY (source, document, role))
  WITHOUT ROWID;
CREATE TABLE problem (n INTEGER PRIMARY KEY, value BLOB);
"""
INDEXES = """
CREATE UNIQUE INDEX matter_id ON matter (id);
CREATE INDEX matter_documents ON matter (documents DESC, id);
CREATE INDEX matter_origins ON matter (n_min DESC, n_max DESC, id);
CREATE INDEX matter_figure ON matter (figure DESC, id);
CREATE INDEX matter_changed ON matter (changed DESC, id);
CREATE INDEX matter_sides ON matter (sides, item, id);
CREATE INDEX matter_item ON matter (item, sides, id);
CREATE INDEX matter_flow ON matter (supplier, recipient, item, act, unit, documents, contested);
CREATE INDEX matter_recipient ON matter (recipient, supplier);
CREATE INDEX matter_seen ON matter (documents DESC, id, seen, contested, denied);
CREATE INDEX matter_unit ON matter (unit);
CREATE INDEX matter_act ON matter (act);
CREATE INDEX placed_matter ON placed (matter, claim);
CREATE INDEX said_day ON said (day, n);
CREATE INDEX said_month ON said (month, speaker, kind);
CREATE INDEX said_speaker ON said (speaker, month, kind);
CREATE INDEX said_matter ON said (matter, month, speaker, kind);
CREATE INDEX said_supplier ON said (supplier, recipient, month, speaker, kind);
CREATE INDEX said_recipient ON said (recipient, month, speaker, kind);
CREATE INDEX said_item ON said (item, month, speaker, kind);
CREATE INDEX source_weight ON source (weight DESC, name);
CREATE INDEX edge_other ON edge (other, one);
CREATE INDEX edge_claims ON edge (claims DESC, one, other);
ANALYZE;
"""


def write_register(path: Path, key: str, ledger: Ledger, problems: Sequence[Problem]) -> None:
    """Write the register of a ledger at ``path``, whole or not at all; ``key`` says what it was computed from."""
    making = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    making.unlink(missing_ok=True)
    os.close(os.open(making, os.O_CREAT | os.O_RDWR, 0o600))
    try:
        db = sqlite3.connect(making, isolation_level=None)
        try:
            db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536;" + SCHEMA)
            db.execute("BEGIN")
            _fill(db, key, ledger, problems)
            db.execute("COMMIT")
            db.executescript(INDEXES)
        finally:
            db.close()
        making.replace(path)
    finally:
        making.unlink(missing_ok=True)


def _fill(db: sqlite3.Connection, key: str, ledger: Ledger, problems: Sequence[Problem]) -> None:
    def insert(table: str, rows: Iterable[tuple[Any, ...]], width: int) -> None:
        db.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * width)})", rows)

    insert("matter", map(_matter, range(len(ledger.matters)), ledger.matters), 18)
    insert("body", ((n, pack(m)) for n, m in enumerate(ledger.matters)), 2)
    placed = ((c.document, c.id, m.id) for m in ledger.matters for c in m.claims)
    insert("placed", _clean(sorted({(d, c): (d, c, m) for d, c, m in placed}.values())), 3)
    said = ((c.quantity, m.id) for m in ledger.matters for c in m.claims if c.quantity is not None)
    counted = {(n, id) for q, id in said for n in (q.low, q.high) if n}
    insert("counted", _clean(sorted(counted)), 2)
    insert("copy", _clean(sorted(_copies(ledger.matters))), 2)
    insert("said", ((n, *row) for n, row in enumerate(_said(ledger))), 21)
    spots = Counter(
        (c.place, m.key.supplier or "", m.key.recipient or "", m.label, m.key.act)
        for m in ledger.matters
        for c in m.claims
        if c.place
    )
    insert("spot", _clean((*spot, n) for spot, n in sorted(spots.items())), 6)
    network = network_of(ledger)
    insert(
        "source",
        ((text(r.name), r.told + r.said + r.articles, msgspec.json.encode(r)) for r in network.records),
        3,
    )
    insert("edge", _clean(network.edges), 4)
    insert("part", _clean(network.parts), 4)
    insert("problem", ((n, msgspec.json.encode(p)) for n, p in enumerate(problems)), 2)
    meta = {"key": key, "matters": str(len(ledger.matters)), "unplaced": str(len(ledger.unplaced))}
    insert("meta", meta.items(), 2)


def pack(matter: Matter) -> bytes:
    return zlib.compress(msgspec.msgpack.encode(matter), 1)


def unpack(stored: bytes) -> Matter:
    return msgspec.msgpack.decode(zlib.decompress(stored), type=Matter)


def _matter(n: int, m: Matter) -> tuple[Any, ...]:
    line = matter_line(m)
    seen = f"{line.matter} {line.sides} {line.item} {line.unit or ''} {line.act}".casefold()
    return (
        n, *_texts(m.id, m.key.supplier, m.key.recipient, m.label, m.key.unit, m.key.act, line.sides), line.low or 0,
        line.last_change or "", line.documents, m.n_min, m.n_max, line.contested, bool(line.denied_by), text(seen),
        msgspec.json.encode(line), msgspec.json.encode(m.key),
    )  # fmt: skip


def _copies(matters: Iterable[Matter]) -> set[tuple[str, str]]:
    return {
        (one, other)
        for m in matters
        for cluster in m.clusters
        if len(cluster) > 1
        for one in cluster
        for other in cluster
        if one != other
    }


def _said(ledger: Ledger) -> list[tuple[Any, ...]]:
    """Return what was said on a known day, in that order: every figure of every utterance, every denial that bears.

    A denial has a row for each matter it bears on, so that it is found there; the first of them leads.
    """
    rows: list[tuple[Any, ...]] = []
    denied: dict[tuple[str, str, str, str], list[int]] = {}  # rows of a denial, by day, speaker and claim
    documents = _denying(ledger)
    for m in ledger.matters:
        about = (m.id, m.key.supplier or "", m.key.recipient or "", m.label, m.key.act)
        dated = ((f, days) for f in m.figures if (days := _days(f.said)) is not None)
        rows += [(*_figure(f, days, about), 1, 1) for f, days in dated]
        for d in m.denials:
            days = _days(d.day)
            if d.bears and days is not None and d.claims:
                who, types, claim = d.speaker or d.who, "+".join(d.types), d.claims[0]
                denied.setdefault((*days, who, claim), []).append(len(rows))
                rows.append(
                    (
                        *_texts(*days, days[0][:7], who, d.who, *about, "denial", types), None, None,
                        *_texts(claim, documents.get(claim, "")), 1, 1,
                    )
                )  # fmt: skip
    for places in denied.values():
        for at in places:
            rows[at] = (*rows[at], len(places), int(at == places[0]))
    return sorted(rows, key=lambda row: tuple((x is not None, x) for x in row))


def _denying(ledger: Ledger) -> dict[str, str]:
    """Return the documents of claims that deny, by claim id."""
    wanted = {id for m in ledger.matters for d in m.denials for id in d.claims}
    groups = (*(m.claims for m in ledger.matters), ledger.unplaced)
    return {c.id: c.document for claims in groups for c in claims if c.id in wanted}


def _figure(f: Figure, days: tuple[str, str], about: tuple[str, ...]) -> tuple[Any, ...]:
    return (
        *_texts(*days, days[0][:7], f.origin.speaker, f.origin.body, *about, "figure", f.own_words), f.low, f.high,
        *_texts(f.id, f.documents[0] if f.documents else ""), len(f.documents), int(f.active),
    )  # fmt: skip


def _days(moment: Moment) -> tuple[str, str] | None:
    """Return the first and the last day as text, None where neither is known; an unknown side is the other one."""
    if moment.first <= PAST and moment.last >= FUTURE:
        return None
    first = moment.first if moment.first > PAST else moment.last
    last = moment.last if moment.last < FUTURE else moment.first
    return Moment(first, first).text(), Moment(last, last).text()


def _texts(*values: str | None) -> tuple[str | None, ...]:
    return tuple(None if v is None else text(v) for v in values)


def _clean(rows: Iterable[Iterable[Any]]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        yield tuple(text(v) if isinstance(v, str) else v for v in row)
