"""The index tables made anew from the event log."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from beleg.errors import CaseError
from beleg.model import Claim, Problem
from beleg.store import encode
from beleg.store.encode import DecisionRecord, DocumentRecord, Header, Record
from beleg.store.fill import empty, expect_many
from beleg.store.rows import Tables, plain
from beleg.store.schema import DERIVED, event_table, reading_table

CHUNK = 500


def events(conn: Connection, after: int = 0) -> Iterator[tuple[Header, list[Record]]]:
    """Give the events of the log in order: header, records."""
    seq = after
    while True:
        at = select(event_table.c.seq, event_table.c.body).where(event_table.c.seq > seq)
        found = conn.execute(at.order_by(event_table.c.seq).limit(CHUNK)).all()
        for seq, body in found:
            header, *records = (encode.value(line) for line in encode.unpack(body, f"event {seq}"))
            if not isinstance(header, Header):
                raise CaseError(f"event {seq} has no header: run `beleg verify`")
            yield header, records
        if len(found) < CHUNK:
            return


def newest_readings(conn: Connection) -> dict[str, int]:
    """Return the event of the newest reading of each document, by its id."""
    return {
        plain(record.document.id): header.seq
        for header, records in events(conn)
        for record in records[:1]
        if isinstance(record, DocumentRecord)
    }


def rebuild(conn: Connection) -> None:
    """Empty the index tables and fill them from the log, in the writing transaction given."""
    expect_many(conn)
    for table in DERIVED:
        empty(conn, table)
    in_force = set(newest_readings(conn).values())
    tables = Tables()
    for header, records in events(conn):
        if header.kind == "read":
            if header.seq in in_force:
                _reading(conn, tables, header, records)
        elif header.kind == "problems":
            tables.add_problems(header.seq, [r for r in records if isinstance(r, Problem)])
        elif header.kind == "decision":
            tables.add_decisions(header.seq, [r for r in records if isinstance(r, DecisionRecord)])
        if len(tables.claims) + len(tables.documents) > CHUNK:
            tables.insert(conn)
            tables = Tables()
    tables.insert(conn)


def _reading(conn: Connection, tables: Tables, header: Header, records: list[Record]) -> None:
    record = records[0]
    assert isinstance(record, DocumentRecord)
    body = conn.execute(select(reading_table.c.body).where(reading_table.c.sha256 == record.reading)).scalar()
    if body is None:
        raise CaseError(f"the reading of {record.document.name} is missing: run `beleg verify`")
    text = encode.text_of(body, record.document.name)
    claims = [r for r in records if isinstance(r, Claim)]
    problems = [r for r in records if isinstance(r, Problem)]
    tables.add_reading(header.seq, header.version, record, text, claims, problems)
