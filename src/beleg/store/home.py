"""Where a case lives: a folder with SQLite, or a PostgreSQL database; connections, promises asserted, faults named.

SQLite runs with a write-ahead log and ``synchronous=FULL`` (asserted at every connection: anything less loses
acknowledged work at a power cut), and writers begin with ``BEGIN IMMEDIATE``, so that a reader never has to become a
writer half-way. PostgreSQL writers queue on one advisory lock, because a chain has one end.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from beleg.errors import CaseError
from beleg.store.schema import APPLICATION

DATABASE = "case.db"
BLOBS = "blobs"
WAIT = 60.0  # seconds a writer waits for another before it gives up and says who holds the case
READERS = 16  # connections kept open, each with what it read last: as many as pages are made side by side
PATIENCE = 2.0  # seconds after which a waiting writer says whom it waits for
SYNCHRONOUS = ("FULL", 2)  # NORMAL loses the last transactions at a power cut
LOCK = 0x62656C6567  # advisory lock of PostgreSQL: "beleg"
HOLDER = """SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory'
    AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY 1 LIMIT 1"""

FULL_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
DENIED = (errno.EACCES, errno.EPERM, errno.EROFS)


def nobody_told(text: str) -> None:
    pass


@dataclass(slots=True)
class Turn:
    """Who writes, what takes long, and whom to tell that another writer is waited for."""

    who: str
    waiting: Callable[[str], None]
    doing: str = ""

    def __str__(self) -> str:
        return f"{self.who or 'somebody'}, process {os.getpid()}{f': {self.doing}' if self.doing else ''}"


def folder_engine(folder: Path, turn: Turn) -> Engine:
    """Return the engine over ``folder/case.db``; the file is made by the first connection, readable by its owner."""
    path = folder / DATABASE
    engine = create_engine(f"sqlite:///{path}", poolclass=QueuePool, pool_size=READERS, connect_args={"timeout": WAIT})

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        connection.text_factory = _text
        for pragma in ("journal_mode=WAL", f"synchronous={SYNCHRONOUS[0]}", "cache_size=-65536", "trusted_schema=OFF"):
            connection.execute(f"PRAGMA {pragma}")
        mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
        level = connection.execute("PRAGMA synchronous").fetchone()[0]
        if (mode, level) != ("wal", SYNCHRONOUS[1]):
            raise CaseError(
                f"{path}: SQLite gives journal_mode={mode}, synchronous={level} instead of wal, {SYNCHRONOUS}: on this "
                "file system a power cut could lose what was acknowledged; keep the case on a local disk"
            )

    @event.listens_for(engine, "begin")
    def _begin(conn: Connection) -> None:
        if not conn.get_execution_options().get("beleg_write"):
            conn.exec_driver_sql("BEGIN")
            return
        try:
            conn.exec_driver_sql(f"PRAGMA busy_timeout={PATIENCE * 1000:.0f}")
            conn.exec_driver_sql("BEGIN IMMEDIATE")
        except OperationalError as e:
            if "locked" not in str(e):
                raise
            turn.waiting(f"{folder}: waiting for another writer ({holder(str(folder))})")
            conn.exec_driver_sql(f"PRAGMA busy_timeout={(WAIT - PATIENCE) * 1000:.0f}")
            conn.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _text(data: bytes) -> str:
    """Decode a text of the database; one that was damaged shows as such instead of stopping the reader."""
    return data.decode("utf-8", "surrogateescape")


def server_engine(url: str, turn: Turn) -> Engine:
    """Return the engine over a PostgreSQL database; needs the extra ``beleg[postgres]``."""
    url = "postgresql+psycopg://" + url.split("://", 1)[1]
    try:
        engine = create_engine(
            url, pool_pre_ping=True, connect_args={"application_name": "beleg", "connect_timeout": 10}
        )
    except ModuleNotFoundError as e:
        raise CaseError("a case in PostgreSQL needs the driver: pip install 'beleg[postgres]'") from e

    @event.listens_for(engine, "begin")
    def _begin(conn: Connection) -> None:
        if conn.get_execution_options().get("beleg_write"):
            conn.exec_driver_sql("SET LOCAL synchronous_commit = on")
            conn.exec_driver_sql("SELECT set_config('application_name', %s, true)", (f"beleg: {turn}"[:60],))
            _queue(conn, turn)
        else:
            conn.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")

    return engine


def _queue(conn: Connection, turn: Turn) -> None:
    """Take the writers' lock of a server; who holds it is told to those who wait."""
    cursor = conn.connection.cursor()
    late: Any = conn.dialect.loaded_dbapi.errors.LockNotAvailable  # its text is in the language of the server

    def taken(seconds: float) -> bool:
        cursor.execute(f"SAVEPOINT turn; SET LOCAL lock_timeout = '{seconds * 1000:.0f}ms'")
        try:
            cursor.execute(f"SELECT pg_advisory_xact_lock({LOCK})")
        except late:
            cursor.execute("ROLLBACK TO SAVEPOINT turn")
            return False
        return True

    if not taken(PATIENCE):
        cursor.execute(HOLDER)
        found = cursor.fetchone()
        other = found[0] if found and found[0] else "it left no name"
        turn.waiting(f"waiting for another writer ({other})")
        if not taken(WAIT - PATIENCE):
            raise CaseError(f"another process has been writing for {WAIT:.0f} s; wait for it ({other})")


@contextlib.contextmanager
def faults(where: str) -> Iterator[None]:
    """Turn what the disk or the database throws into a ``CaseError`` that says what to do; nothing is retried."""
    try:
        yield
    except OSError as e:
        raise CaseError(_disk(where, e)) from e
    except (SQLAlchemyError, sqlite3.Error) as e:
        raise CaseError(_database(where, e)) from e


def _disk(where: str, e: OSError) -> str:
    if e.errno in FULL_DISK:
        return f"{where}: no space left ({e.strerror}); nothing was kept of this step: make room and run it again"
    if e.errno in DENIED:
        return f"{where}: not writable ({e.strerror}): check the rights of {e.filename or where}, or copy the case"
    return f"{where}: the disk reports {e.strerror or e}; nothing was kept of this step: run `beleg verify`"


def _database(where: str, e: Exception) -> str:
    cause: Any = e.orig if isinstance(e, DBAPIError) and e.orig is not None else e
    text = str(cause).strip().splitlines()[0] if str(cause).strip() else type(cause).__name__
    low = text.lower()
    if "locked" in low or "lock timeout" in low:
        return f"{where}: another process has been writing for {WAIT:.0f} s; wait for it ({holder(where)})"
    if "disk is full" in low or "no space left" in low:
        return f"{where}: no space left; nothing was kept of this step: make room and run it again"
    if "readonly" in low or "unable to open" in low or "permission denied" in low:
        return f"{where}: not writable ({text}): check the rights of the folder, or copy the case"
    if "not a database" in low:
        return f"{where}: {DATABASE} is not a database: not a case, or damaged beyond opening; restore a backup"
    if "malformed" in low or "corrupt" in low:
        return f"{where}: the database is damaged ({text}): run `beleg verify`, then restore a backup"
    return f"{where}: the database reports {text!r}; nothing was kept of this step"


def holder(where: str) -> str:
    """Say which long operation holds a folder case, as far as it left its name."""
    try:
        return (Path(where) / "busy").read_text(encoding="utf-8").strip() or "it left no name"
    except (OSError, UnicodeDecodeError):
        return "it left no name"


@contextlib.contextmanager
def busy(folder: Path | None, turn: Turn, what: str) -> Iterator[None]:
    """Leave the name of a long operation, and whose it is, while it runs; only a hint, never a lock."""
    turn.doing = what
    note = None if folder is None else folder / "busy"
    if note is not None:
        note.write_text(f"{turn}\n", encoding="utf-8", errors="replace")
    try:
        yield
    finally:
        turn.doing = ""
        if note is not None:
            note.unlink(missing_ok=True)


def looks_like_case(path: Path) -> bool:
    """Whether a file carries the mark of a case's database (bytes 68–71 of an SQLite file)."""
    with path.open("rb") as f:
        head = f.read(72)
    return head[:16] == b"SQLite format 3\x00" and head[68:72] == APPLICATION.to_bytes(4, "big")
