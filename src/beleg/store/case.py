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
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine

import beleg
from beleg.model import Claim, Decision, Document, Mentions, Problem
from beleg.store import adding, decisions, encode, look, pages
from beleg.store.adding import Added, Reading
from beleg.store.blobs import Archive, FolderArchive, TableArchive
from beleg.store.events import Batch, Head, read_head
from beleg.store.home import BLOBS, Turn, busy, faults, folder_engine, nobody_told, server_engine
from beleg.store.look import Page
from beleg.store.make import check, prepare_folder, prepare_tables
from beleg.store.pages import Order, Wanted
from beleg.store.rebuild import rebuild


def no_clock() -> str:
    return ""


class Case:
    """A context manager over an open case. Not for use by several threads at once; several processes may."""

    def __init__(
        self, where: str, engine: Engine, archive: Archive, now: Callable[[], str], turn: Turn, version: str
    ) -> None:
        self.where, self.turn, self.version = where, turn, version
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
        waiting: Callable[[str], None] = nobody_told,
    ) -> Self:
        """Open a case, or make one.

        Args:
            home: A folder, or ``postgresql://user@host/database``.
            create: Make the case where there is none; an existing one is opened.
            now: Gives the instant (ISO 8601 with zone) that events are stamped with; reading itself has no clock.
            who: Who works, for the event log.
            version: Of the reader whose results are added; decides whether a document was read before.
            waiting: Is told, when another writer has been waited for a while, who that is.

        Raises:
            CaseError: Not a case, written by a newer version, damaged, not writable, disk full; the text says what
                to do.
        """
        where, turn = str(home), Turn(who, waiting)
        if where.startswith(("postgresql://", "postgres://")):
            shown = "postgresql://" + where.split("@")[-1].split("://")[-1]  # without a password
            case = cls(shown, server_engine(where, turn), TableArchive(), now, turn, version)
        else:
            folder = Path(home)
            with faults(where):
                prepare_folder(folder, create)
            case = cls(where, folder_engine(folder, turn), FolderArchive(folder / BLOBS), now, turn, version)
        try:
            if create:
                with case.write() as conn:
                    if prepare_tables(conn, where):
                        case.batch(conn).only("create", encode.Made(secrets.token_hex(16)))
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

        with self.busy("upgrading the case"), self.write() as conn:
            if not check(conn, self.where):  # another process may have done it meanwhile
                upgrade(conn)
                self.batch(conn).only("upgrade")

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

    @property
    def who(self) -> str:
        """Who works, as the event log has it."""
        return self.turn.who

    def busy(self, what: str) -> AbstractContextManager[None]:
        """Leave a name for other writers while something takes long."""
        return busy(self.folder, self.turn, what)

    def batch(self, conn: Connection) -> Batch:
        return Batch(conn, self._now(), self.turn.who, self.version)

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
        return adding.add(self, readings)

    def add_problems(self, problems: Sequence[Problem]) -> int:
        """Keep doubts that belong to no kept document; each is kept once. Returns how many were new."""
        return adding.add_problems(self, problems)

    def knows(self, document: Document) -> bool:
        """Whether these bytes under this name and outlet were read by this version already."""
        with self.read() as conn:
            return adding.knows(conn, document, self.version)

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
        """Return claims by document name, then in text order; see ``page`` for long lists.

        Args:
            supplier, recipient, event, stance: The claim's own value.
            item: Canonical label or id of the item.
            source: Name of the first or the last of the source chain.
            document: Name or id of a document.
            text: Words that the quote holds, all of them, by their stem; ``word*`` stands for every word that
                begins so.
            limit, offset: A page of the list.
        """
        wanted = Wanted(supplier, recipient, item, event, stance, source, document, text)
        with self.read() as conn:
            return look.claims(conn, wanted, limit, offset)

    def page(
        self, wanted: Wanted | None = None, *, order: Order = "document", limit: int = 50, after: str | None = None
    ) -> Page:
        """Return a page of the list of claims, at the same cost anywhere in it.

        Args:
            wanted: The filter; none gives all.
            order: "document": by document name, then in text order; "day": newest day first, claims without a day
                last; "kept": what was read last first.
            limit: How many claims.
            after: ``Page.after`` of the page before.
        """
        with self.read() as conn:
            return look.page(conn, wanted or Wanted(), order, limit, after)

    def count(self, wanted: Wanted | None = None, at_most: int | None = None) -> int:
        """Return how many claims there are, or how many a filter finds; counting stops at ``at_most``."""
        with self.read() as conn:
            return pages.count(conn, wanted or Wanted(), at_most)

    def problems(self) -> list[Problem]:
        """Return the doubts about what is in force, by document, then as they were found."""
        with self.read() as conn:
            return look.problems(conn)

    def rebuild(self) -> None:
        """Make the index tables anew from the log, in one transaction."""
        with self.busy("making the index tables anew"), self.write() as conn:
            rebuild(conn)

    def head(self) -> Head:
        with self.read() as conn:
            return read_head(conn)

    def size(self) -> dict[str, int]:
        """Return the number of documents, claims, problems and decisions."""
        with self.read() as conn:
            return look.size(conn)

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


__all__ = ["Added", "Case", "Page", "Reading", "Wanted"]
