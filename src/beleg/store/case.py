"""A case: everything read and decided about one matter of inquiry, in a folder or in PostgreSQL.

    with Case.open("inquiry", create=True) as case:
        case.add(document, raw, sentences_parsed, claims, problems)
        case.claims(supplier="KP", recipient="RU")

Whatever a method has returned from is on disk: bytes are fsynced before the transaction that names them, and the
transaction is durable before the method returns. A method that raises has changed nothing. The reading in force of a
document is the newest one; older ones stay in the event log with the version of Beleg that made them.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, func, select

import beleg
from beleg.errors import CaseError
from beleg.model import Claim, Decision, Document, Mentions, Problem
from beleg.store import decisions, encode, look, rows
from beleg.store.blobs import Archive, FolderArchive, TableArchive, put_readings
from beleg.store.encode import DocumentRecord
from beleg.store.events import Batch, Head, read_head
from beleg.store.fill import empty
from beleg.store.home import BLOBS, busy, faults, folder_engine, server_engine
from beleg.store.look import chunks
from beleg.store.make import check, prepare_folder, prepare_tables
from beleg.store.rebuild import rebuild
from beleg.store.schema import claim_table, decision_table, document_table, problem_table


class Added(Enum):
    NEW = "new"  # a document, or a new reading of one by another version
    SAME = "same"  # name, outlet, bytes and version are there already; nothing changed


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one file gave; claims in text order."""

    document: Document
    raw: bytes
    sentences_parsed: int
    claims: Sequence[Claim]
    problems: Sequence[Problem]
    mentions: Mentions | None = None


def no_clock() -> str:
    return ""


class Case:
    """A context manager over an open case. Not for use by several threads at once; several processes may."""

    def __init__(
        self, where: str, engine: Engine, archive: Archive, now: Callable[[], str], who: str, version: str
    ) -> None:
        self.where, self.who, self.version = where, who, version
        self.archive = archive
        self.folder = archive.folder.parent if isinstance(archive, FolderArchive) else None
        self._engine, self._now = engine, now

    @classmethod
    def open(
        cls,
        home: str | Path,
        *,
        create: bool = False,
        now: Callable[[], str] = no_clock,
        who: str = "",
        version: str = beleg.__version__,
    ) -> Self:
        """Open a case, or make one.

        Args:
            home: A folder, or ``postgresql://user@host/database``.
            create: Make the case where there is none; an existing one is opened.
            now: Gives the instant (ISO 8601 with zone) that events are stamped with; reading itself has no clock.
            who: Who works, for the event log.
            version: Of the reader whose results are added; decides whether a document was read before.

        Raises:
            CaseError: Not a case, written by a newer version, damaged, not writable, disk full; the text says what
                to do.
        """
        where = str(home)
        if where.startswith(("postgresql://", "postgres://")):
            shown = "postgresql://" + where.split("@")[-1].split("://")[-1]  # without a password
            case = cls(shown, server_engine(where), TableArchive(), now, who, version)
        else:
            folder = Path(home)
            with faults(where):
                prepare_folder(folder, create)
            case = cls(where, folder_engine(folder), FolderArchive(folder / BLOBS), now, who, version)
        try:
            if create:
                with case.write() as conn:
                    if prepare_tables(conn, where):
                        batch = case.batch(conn)
                        batch.append("create", [encode.Made(secrets.token_hex(16))])
                        batch.close()
            with case.read() as conn:
                current = check(conn, where)
            if not current:
                case._upgrade()
        except BaseException:
            case.close()
            raise
        return case

    def _upgrade(self) -> None:
        """Bring the tables of an older version up, in one transaction."""
        from beleg.store.migrate import upgrade  # Alembic takes a tenth of a second to load

        with busy(self.folder, "upgrading the case"), self.write() as conn:
            if not check(conn, self.where):  # another process may have done it meanwhile
                upgrade(conn)
                batch = self.batch(conn)
                batch.append("upgrade", [])
                batch.close()

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, e: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # --- transactions -----------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """Run one writing transaction: committed and on disk at the end, or nothing of it."""
        with (
            faults(self.where),
            self._engine.connect() as raw,
            raw.execution_options(beleg_write=True) as conn,
            conn.begin(),
        ):
            yield conn

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """Run reading statements over one unchanging state of the case."""
        with faults(self.where), self._engine.connect() as conn, conn.begin():
            yield conn

    def batch(self, conn: Connection) -> Batch:
        return Batch(conn, self._now(), self.who, self.version)

    # --- adding -----------------------------------------------------------------------------------------------------

    def add(
        self,
        document: Document,
        raw: bytes,
        sentences_parsed: int,
        claims: Sequence[Claim],
        problems: Sequence[Problem],
        mentions: Mentions | None = None,
    ) -> Added:
        """Keep a document with what was read in it; claims in text order."""
        return self.add_many([Reading(document, raw, sentences_parsed, claims, problems, mentions)])[0]

    def add_many(self, readings: Sequence[Reading]) -> list[Added]:
        """Keep many documents in one transaction: all of them or none. The answers are in the order given."""
        for r in readings:
            if encode.sha256(r.raw) != r.document.sha256:
                raise CaseError(f"{r.document.name}: its SHA-256 is not that of the bytes given with it")
        with self.read() as conn:
            there = self._versions(conn, (r.document for r in readings))
            fresh = [r for r in readings if there.get(r.document.id) != self._mark(r.document)]
        packed = {id(r): encode.pack_reading(r.document, r.mentions) for r in fresh}
        if self.archive.outside:
            with faults(self.where):
                self.archive.put(None, (r.raw for r in fresh))
        answers = dict.fromkeys(map(id, readings), Added.SAME)
        with self.write() as conn:
            if not self.archive.outside:
                self.archive.put(conn, (r.raw for r in fresh))
            there = self._versions(
                conn, (r.document for r in fresh)
            )  # again: another process may have added them meanwhile
            batch, tables, bodies = self.batch(conn), rows.Tables(), {}
            for r in fresh:
                mark = self._mark(r.document)
                if there.get(r.document.id) != mark:
                    if r.document.id in there:
                        self._forget(conn, tables, r.document)
                    self._append(batch, tables, r, packed[id(r)])
                    there[r.document.id], answers[id(r)] = mark, Added.NEW
                    bodies[encode.sha256(packed[id(r)])] = packed[id(r)]
            put_readings(conn, bodies)
            tables.insert(conn)
            batch.close()
        return [answers[id(r)] for r in readings]

    def knows(self, document: Document) -> bool:
        """Whether these bytes under this name and outlet were read by this version already."""
        with self.read() as conn:
            return self._versions(conn, [document]).get(document.id) == self._mark(document)

    def _mark(self, document: Document) -> tuple[str, str]:
        return document.sha256, rows.plain(self.version)

    @staticmethod
    def _versions(conn: Connection, documents: Iterable[Document]) -> dict[str, tuple[str, str]]:
        """Return bytes and version of the readings in force of these documents, by Document.id."""
        idents = {rows.plain(d.id): d.id for d in documents}
        c, found = document_table.c, {}
        for chunk in chunks(list(idents)):
            at = select(c.ident, c.sha256, c.version).where(c.ident.in_(chunk))
            found.update({idents[ident]: (digest, version) for ident, digest, version in conn.execute(at)})
        return found

    def _append(self, batch: Batch, tables: rows.Tables, r: Reading, packed: bytes) -> None:
        record = DocumentRecord(
            encode.strip(r.document),
            len(r.raw),
            encode.sha256(packed),
            r.sentences_parsed,
            len(r.claims),
            len(r.problems),
        )
        seq = batch.append("read", [record, *r.claims, *r.problems])
        tables.add_reading(seq, self.version, record, r.document.text, r.claims, r.problems)

    @staticmethod
    def _forget(conn: Connection, tables: rows.Tables, document: Document) -> None:
        """Take the reading in force out of the index tables; its event stays."""
        tables.insert(conn)  # it may be among the rows gathered
        seq = conn.execute(
            select(document_table.c.seq).where(document_table.c.ident == rows.plain(document.id))
        ).scalar()
        for table in (claim_table, problem_table, document_table):
            if seq is not None:
                empty(conn, table, rows.of_event(table, seq))

    def add_problems(self, problems: Sequence[Problem]) -> int:
        """Keep doubts that belong to no kept document; each is kept once. Returns how many were new."""
        digests = {encode.sha256(encode.line(p)): p for p in problems}
        with self.write() as conn:
            known = set(
                conn.execute(select(problem_table.c.digest).where(problem_table.c.digest.in_(list(digests)))).scalars()
            )
            fresh = [p for digest, p in digests.items() if digest not in known]
            if fresh:
                batch, tables = self.batch(conn), rows.Tables()
                tables.add_problems(batch.append("problems", fresh), fresh)
                tables.insert(conn)
                batch.close()
        return len(fresh)

    # --- looking ----------------------------------------------------------------------------------------------------

    def documents(self) -> list[Document]:
        """Return all documents by name (then bytes, then outlet), each in its newest reading."""
        with self.read() as conn:
            return list(look.documents(conn))

    def document(self, name_or_id: str) -> Document:
        """Return a document by its name or ``Document.id``.

        Raises:
            CaseError: None of that name, or several (the text lists their ids).
        """
        with self.read() as conn:
            return look.document(conn, name_or_id)

    def raw(self, document: Document) -> bytes:
        """Return the kept bytes; they are hashed again on the way."""
        with self.read() as conn:
            return self.archive.get(conn, document.sha256)

    def mentions(self, document: Document) -> Mentions | None:
        with self.read() as conn:
            return look.mentions(conn, document)

    def claims(
        self,
        *,
        supplier: str | None = None,
        recipient: str | None = None,
        item: str | None = None,
        event: str | None = None,
        stance: str | None = None,
        source: str | None = None,
        document: str | None = None,
        text: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Claim]:
        """Return claims by document name, then in text order.

        Args:
            supplier, recipient, event, stance: The claim's own value.
            item: Canonical label or id of the item.
            source: Name of the first or the last of the source chain.
            document: Name or id of a document.
            text: Words that the quote holds, all of them; ``word*`` stands for every word that begins so.
            limit, offset: A page of the list.
        """
        wanted = look.Wanted(supplier, recipient, item, event, stance, source, document, text)
        with self.read() as conn:
            return look.claims(conn, wanted, limit, offset)

    def count(self, wanted: look.Wanted | None = None) -> int:
        """Return how many claims there are, or how many a filter finds."""
        with self.read() as conn:
            return look.count(conn, wanted or look.Wanted())

    def problems(self) -> list[Problem]:
        """Return the doubts about what is in force, by document, then as they were found."""
        with self.read() as conn:
            return look.problems(conn)

    def rebuild(self) -> None:
        """Make the index tables anew from the log, in one transaction."""
        with busy(self.folder, "rebuilding the index tables"), self.write() as conn:
            rebuild(conn)

    def head(self) -> Head:
        with self.read() as conn:
            return read_head(conn)

    def size(self) -> dict[str, int]:
        """Return the number of documents, claims, problems and decisions."""
        with self.read() as conn:
            counted: dict[str, Any] = {}
            for table in (document_table, claim_table, problem_table, decision_table):
                counted[table.name + "s"] = conn.execute(select(func.count()).select_from(table)).scalar_one()
            return counted

    # --- deciding ---------------------------------------------------------------------------------------------------

    def decide(self, decision: Decision, *, seen: str | decisions.Unchecked | None = decisions.UNCHECKED) -> Decision:
        """Keep a decision and return it with the id it was given.

        Args:
            decision: Its ``id`` is ignored.
            seen: Id of the newest decision on the same target that the deciding person had before them (None: they
                saw none). Given, a decision made meanwhile by somebody else is not overruled unseen.

        Raises:
            StaleDecisionError: Somebody decided about the target meanwhile; both versions are shown.
            CaseError: The target or the decision to undo is not in the case.
        """
        with self.write() as conn:
            batch = self.batch(conn)
            kept = decisions.decide(conn, batch, decision, seen)
            batch.close()
        return kept

    def decisions(self, target: str | None = None) -> list[Decision]:
        """Return all decisions, oldest first, undone ones included; or those about one target."""
        with self.read() as conn:
            return decisions.all_decisions(conn, target)

    def loose(self) -> list[Decision]:
        """Return decisions whose claim is no longer found where it stood (after a new reading), oldest first."""
        with self.read() as conn:
            return decisions.loose(conn)


__all__ = ["Added", "Case", "Reading"]
