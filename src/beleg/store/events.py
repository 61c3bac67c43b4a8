"""The event log: append-only, hash-chained, one Merkle root a batch.

An event is a packed list of records (``encode``); the first is its header, the rest is what it says. Its leaf is
SHA-256(0x00 ‖ body). The events of one transaction are a batch; its root is the Merkle tree hash of their leaves as
in RFC 9162, section 2.1.1, and the case's head is

    head(n) = SHA-256("beleg batch <n> <first> <last> <head(n-1)> <root(n)>\\n"),    head(0) = 64 times "0"

with digests in hexadecimal. Changing any stored byte of any event changes every head after it. That the log was cut
short or written anew as a whole can be seen only against a head kept elsewhere: ``beleg checkpoint``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, func, insert, select

from beleg.store.encode import Header, Record, line, pack
from beleg.store.fill import Row, fill
from beleg.store.schema import batch_table, event_table

START = "00" * 32


def leaf(body: bytes) -> str:
    return hashlib.sha256(b"\0" + body).hexdigest()


def root(leaves: Sequence[str]) -> str:
    """Return the Merkle tree hash of leaf hashes (RFC 9162): an odd one out goes up unchanged."""
    level = [bytes.fromhex(x) for x in leaves]
    if not level:
        return hashlib.sha256(b"").hexdigest()
    while len(level) > 1:
        pairs = [hashlib.sha256(b"\1" + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=False)]
        level = pairs + level[len(level) - len(level) % 2 :]
    return level[0].hex()


def head(number: int, first: int, last: int, prev: str, batch_root: str) -> str:
    line = f"beleg batch {number} {first} {last} {prev} {batch_root}\n"
    return hashlib.sha256(line.encode("utf-8", "surrogateescape")).hexdigest()  # also of a row that was damaged


class Head(NamedTuple):
    """The end of the log: how many batches and events, and the hash over all of them."""

    batches: int
    events: int
    hash: str


def read_head(conn: Connection) -> Head:
    row = conn.execute(
        select(batch_table.c.number, batch_table.c.last, batch_table.c.head)
        .order_by(batch_table.c.number.desc())
        .limit(1)
    ).first()
    return Head(*row) if row else Head(0, 0, START)


class Batch:
    """The events of one transaction. Takes the log's end at the start; the transaction must be a writing one."""

    def __init__(self, conn: Connection, at: str, who: str, version: str) -> None:
        self._conn, self._at, self._who, self._version = conn, at, who, version
        self.after = read_head(conn)
        self._rows: list[Row] = []
        self._leaves: list[str] = []

    @property
    def next_seq(self) -> int:
        return self.after.events + len(self._leaves) + 1

    def append(self, kind: str, records: Iterable[Record]) -> int:
        """Add an event and return its number."""
        return self.append_lines(kind, map(line, records))

    def append_lines(self, kind: str, lines: Iterable[bytes]) -> int:
        """The same with records as they are stored."""
        seq = self.next_seq
        body = pack([line(Header(seq, kind, self._at, self._who, self._version)), *lines])
        self._leaves.append(leaf(body))
        self._rows.append((seq, self.after.batches + 1, kind, self._at, self._who, self._leaves[-1], body))
        return seq

    def rows(self) -> list[Row]:
        """Hand over the rows of events so far, for the caller to insert before ``close``."""
        rows, self._rows = self._rows, []
        return rows

    def only(self, kind: str, *records: Record) -> None:
        """Write a batch of one event."""
        self.append(kind, records)
        self.close()

    def close(self) -> None:
        """Write events and batch; an empty batch writes nothing."""
        if not self._leaves:
            return
        number, first, last = self.after.batches + 1, self.after.events + 1, self.after.events + len(self._leaves)
        batch_root = root(self._leaves)
        fill(self._conn, event_table, self.rows())
        self._conn.execute(
            insert(batch_table),
            {
                "number": number,
                "first": first,
                "last": last,
                "root": batch_root,
                "prev": self.after.hash,
                "head": head(number, first, last, self.after.hash, batch_root),
            },
        )
        self._leaves = []


def count_events(conn: Connection) -> int:
    return conn.execute(select(func.count()).select_from(event_table)).scalar_one()
