"""Does the case still say what was written? Walks the very bytes and rows, never a cache.

The log is checked by its own hashes (``verify_log``), then everything else against the log: readings and blobs by the
digests it names, index rows field by field against its records. Each change is located: table or file, row, field.

What cannot be seen from inside: that the end of the log was cut off, that an older backup was put back, that all of it
was written anew. For that, keep a checkpoint elsewhere and give it (``against``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, create_engine, select

from beleg.errors import CaseError
from beleg.model import Claim, Problem
from beleg.store import encode, rows
from beleg.store.case import Case
from beleg.store.checkpoint import Checkpoint, case_name
from beleg.store.encode import DecisionRecord, DocumentRecord, Header, Record
from beleg.store.events import leaf
from beleg.store.fill import Row
from beleg.store.schema import (
    claim_table,
    decision_table,
    document_table,
    event_table,
    metadata,
    problem_table,
    reading_table,
)
from beleg.store.verify_log import Fault, Leaves, against_checkpoint, check_batches

Found = dict[tuple[str, int], list[Any]]  # index rows by table and event

MASTER = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
CHUNK = 200  # events looked at together


@dataclass(slots=True)
class Report:
    """What was walked and what is wrong; ``notes`` are left-overs that do no harm."""

    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    events: int = 0
    documents: int = 0
    claims: int = 0
    blobs: int = 0
    bytes: int = 0

    def fault(self, table: str, row: object, name: str, message: str) -> None:
        self.faults.append(Fault(table, str(row), name, message))


def verify(case: Case, against: Sequence[Checkpoint] = ()) -> Report:
    """Walk a whole case. Never raises for what it finds in it; linear in the size of the case."""
    report = Report()
    try:
        with case.read() as conn:
            _structure(conn, report)
            _Walk(case, conn, report).run()
            for checkpoint in against:
                report.faults += against_checkpoint(conn, checkpoint, case_name(conn))
    except CaseError as e:
        report.fault("case", case.where, "", str(e))
    if not report.faults:
        _search(case, report)
    report.faults = [Fault(*map(_readable, fault)) for fault in report.faults]
    return report


def _readable(text: str) -> str:
    """Show bytes that are no UTF-8 as such."""
    return text.encode("utf-8", "backslashreplace").decode()


@cache
def _our_tables() -> dict[str, str]:
    """Return the statements that make a case's tables and indexes, by name."""
    engine = create_engine("sqlite://")
    with engine.begin() as conn:
        metadata.create_all(conn)
        found = {name: sql for name, sql in conn.exec_driver_sql(MASTER)}  # noqa: C416
    engine.dispose()
    return found


def _structure(conn: Connection, report: Report) -> None:
    """SQLite: pages and indexes are whole, and tables, indexes and triggers are the ones that Beleg makes."""
    if conn.dialect.name != "sqlite":
        return
    for (message,) in conn.exec_driver_sql("PRAGMA integrity_check(20)"):
        if message != "ok":
            report.fault("case.db", "", "", f"integrity check: {message}")
    found = {name: sql for name, sql in conn.exec_driver_sql(MASTER)}  # noqa: C416
    expected = _our_tables()
    for name in sorted(found.keys() | expected.keys()):
        if found.get(name) != expected.get(name):
            what = "missing" if name not in found else "not ours" if name not in expected else "changed"
            report.fault("case.db", name, "", f"this table, index or trigger is {what}")


def _search(case: Case, report: Report) -> None:
    """SQLite: the word index holds exactly the words of the rows."""
    for table in ("claim", "document"):
        try:
            with case.write() as conn:
                if conn.dialect.name == "sqlite":
                    name = f"{table}_search"
                    conn.exec_driver_sql(f"INSERT INTO {name}({name}, rank) VALUES ('integrity-check', 1)")
        except CaseError as e:
            report.fault(f"{table}_search", "", "", f"the word index does not fit its rows ({e})")


class _Walk:
    """One pass over the event log, with the rows that each event stands for."""

    def __init__(self, case: Case, conn: Connection, report: Report) -> None:
        self.case, self.conn, self.report = case, conn, report
        self.leaves: Leaves = {}
        self.broken: set[int] = set()  # events that cannot be read: nothing can be compared with them
        self.in_force: dict[str, int] = {}  # ident → newest event
        self.seen_blobs: set[str] = set()
        self.seen_readings: set[str] = set()

    def run(self) -> None:
        listed = set(self.conn.execute(select(document_table.c.seq)).scalars())
        for chunk in self._events():
            found = self._rows(chunk)
            for row, records in chunk:
                if records:
                    self._event(row, records, found, listed)
        self.report.faults += check_batches(self.conn, self.leaves)
        self._strays(listed)
        self._archive()

    def _events(self) -> Iterator[list[tuple[Any, list[Record]]]]:
        """Give events in order, each with its records (none where it cannot be read)."""
        at = select(event_table).order_by(event_table.c.seq)
        result = self.conn.execution_options(yield_per=CHUNK).execute(at)
        for part in result.partitions(CHUNK):
            yield [(row, self._records(row)) for row in part]

    def _records(self, row: Any) -> list[Record]:
        self.report.events += 1
        self.leaves[row.seq] = (row.leaf, leaf(row.body))
        try:
            records = [encode.value(line) for line in encode.unpack(row.body, f"event {row.seq}")]
            header = records[0]
            if not isinstance(header, Header):
                raise CaseError(f"event {row.seq} has no header")
        except (CaseError, IndexError) as e:
            self.broken.add(row.seq)
            if self.leaves[row.seq][0] == self.leaves[row.seq][1]:
                self.report.fault("event", row.seq, "body", str(e))
            return []
        for name in ("seq", "kind", "at", "who"):
            said = getattr(header, name)
            if getattr(row, name) != (said if name == "seq" else rows.plain(said)):
                self.report.fault("event", row.seq, name, f"row says {getattr(row, name)!r}, log says {said!r}")
        return records

    def _rows(self, chunk: list[tuple[Any, list[Record]]]) -> Found:
        """Return the index rows of some events, by table and event."""
        seqs = [row.seq for row, _ in chunk]
        found: Found = {}
        for table in (document_table, claim_table, problem_table, decision_table):
            order = table.c.id if "n" in table.c else table.c.seq
            at = select(table).where(rows.of_events(table, seqs)).order_by(order)
            for row in self.conn.execute(at).mappings():
                found.setdefault((table.name, row["seq"]), []).append(row)
        return found

    def _event(self, row: Any, records: list[Record], found: Found, listed: set[int]) -> None:
        seq, tables = row.seq, rows.Tables()
        header, rest = records[0], records[1:]
        if row.kind == "read" and rest and isinstance(rest[0], DocumentRecord) and isinstance(header, Header):
            record = rest[0]
            text = self._reading(seq, record)
            self._blob(seq, record)
            self.in_force[rows.plain(record.document.id)] = seq
            claims = [r for r in rest if isinstance(r, Claim)]
            problems = [r for r in rest if isinstance(r, Problem)]
            if (len(claims), len(problems)) != (record.claims, record.problems):
                self.report.fault("event", seq, "body", "holds another number of claims or problems than it says")
            if seq not in listed:
                return  # superseded, or its row is gone: seen at the end
            if text is None:
                self.broken.add(seq)
                return
            tables.add_reading(seq, header.version, record, text, claims, problems)
            self.report.documents += 1
            self.report.claims += len(claims)
        elif row.kind == "problems":
            tables.add_problems(seq, [r for r in rest if isinstance(r, Problem)])
        elif row.kind == "decision":
            tables.add_decisions(seq, [r for r in rest if isinstance(r, DecisionRecord)])
        for table, expected in tables.each():
            self._compare(table, expected, found.get((table.name, seq), []))

    def _compare(self, table: Table, expected: list[Row], found: list[Any]) -> None:
        names = table.columns.keys()
        there = {row[names[0]]: row for row in found}
        for values in expected:
            row = dict(zip(names, values, strict=True))
            actual = there.pop(row[names[0]], None)
            if actual is None:
                self.report.fault(table.name, label(table, row), "", "the row is missing")
                continue
            for name, said in row.items():
                if actual[name] != said or type(actual[name]) is not type(said):
                    self.report.fault(
                        table.name, label(table, row), name, f"row says {_short(actual[name])}, log says {_short(said)}"
                    )
        for row in there.values():
            self.report.fault(table.name, label(table, row), "", "the row stands for nothing in the log")

    def _reading(self, seq: int, record: DocumentRecord) -> str | None:
        name = record.document.name
        self.seen_readings.add(record.reading)
        body = self.conn.execute(select(reading_table.c.body).where(reading_table.c.sha256 == record.reading)).scalar()
        if body is None:
            self.report.fault("reading", record.reading, "", f"the reading of {name} (event {seq}) is missing")
            return None
        if encode.sha256(body) != record.reading:
            self.report.fault("reading", record.reading, "body", f"the text or map of {name} (event {seq}) was changed")
            return None
        self.report.bytes += len(body)
        return encode.text_of(body, name)

    def _blob(self, seq: int, record: DocumentRecord) -> None:
        digest = record.document.sha256
        if digest in self.seen_blobs:
            return
        self.seen_blobs.add(digest)
        try:
            data = self.case.archive.get(self.conn, digest)
        except CaseError as e:
            self.report.fault("blob", digest, "body", f"{record.document.name}: {e}")
            return
        self.report.blobs += 1
        self.report.bytes += len(data)
        if len(data) != record.size:
            self.report.fault("blob", digest, "body", f"{record.document.name}: {len(data)} bytes, not {record.size}")

    def _strays(self, listed: set[int]) -> None:
        """Rows of no event, documents in force that are not listed, readings nobody names."""
        newest = set(self.in_force.values())
        for seq in sorted(newest - listed):
            self.report.fault("document", f"event {seq}", "", "the row is missing")
        known = set(self.leaves)
        for seq in sorted(listed - newest - self.broken):
            why = "was read anew since" if seq in known else "is not in the log"
            self.report.fault("document", f"event {seq}", "", f"listed, but {why}")
        for table in (claim_table, problem_table, decision_table):
            for seq in self.conn.execute(select(table.c.seq).distinct().order_by(table.c.seq)).scalars():
                of_reading = seq in self.in_force.values() if table is claim_table else True
                if seq not in known or (not of_reading and seq not in self.broken):
                    self.report.fault(table.name, f"event {seq}", "", "rows stand for nothing in the log")
        for digest in self.conn.execute(select(reading_table.c.sha256).order_by(reading_table.c.sha256)).scalars():
            if digest not in self.seen_readings and not self.broken:
                self.report.fault("reading", digest, "", "stands for nothing in the log")

    def _archive(self) -> None:
        for digest in self.case.archive.names(self.conn):
            if digest not in self.seen_blobs:
                try:
                    self.case.archive.get(self.conn, digest)
                except CaseError as e:
                    self.report.fault("blob", digest, "body", str(e))
                else:
                    self.report.notes.append(
                        f"blob {digest}: whole, but no document names it (a step that was cut off)"
                    )


def label(table: Table, row: Any) -> str:
    """Return how a row is called for people."""
    for name in ("claim", "ident", "digest", "id"):
        if name in table.c and name in row:
            return f"{row[name]} (event {row['seq']})"
    return str(row["seq"])


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"
