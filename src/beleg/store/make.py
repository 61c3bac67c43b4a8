"""Making a case and telling whether something is one."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Connection, insert, inspect, select

from beleg.errors import CaseError
from beleg.store.blobs import fsync_folder
from beleg.store.home import BLOBS, DATABASE, looks_like_case
from beleg.store.schema import APPLICATION, REVISION, event_table, metadata, revision_table

OWN = {DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal", BLOBS, "busy"}


def prepare_folder(folder: Path, create: bool) -> None:
    """Make the folder and empty files of a case, or see that they are there. Owner's rights only."""
    database = folder / DATABASE
    if not create:
        if not folder.exists():
            raise CaseError(f"{folder}: no case there; `beleg read FILES --case {folder}` makes one")
        if not folder.is_dir():
            raise CaseError(f"{folder}: a case is a folder, this is a file")
        if not database.is_file():
            raise CaseError(f"{folder}: not a case (no {DATABASE} in it)")
        if not looks_like_case(database):
            _explain(folder, database)
        return
    if folder.exists() and not folder.is_dir():
        raise CaseError(f"{folder}: a case is a folder, this is a file")
    if folder.is_dir() and not database.exists() and (strange := {p.name for p in folder.iterdir()} - OWN):
        raise CaseError(f"{folder}: not a case and not empty ({min(strange)} …); name a new or an empty folder")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / BLOBS).mkdir(mode=0o700, exist_ok=True)
    if not database.exists():
        os.close(os.open(database, os.O_CREAT | os.O_RDWR, 0o600))
        fsync_folder(folder)
        fsync_folder(folder.resolve().parent)


def _explain(folder: Path, database: Path) -> None:
    with database.open("rb") as f:
        head = f.read(16)
    if not head:
        # the first transaction lives in the write-ahead log until SQLite moves it into the file
        if (folder / f"{DATABASE}-wal").exists():
            return
        raise CaseError(f"{folder}: a case that was never finished; make it again with the same command")
    if head != b"SQLite format 3\x00":
        raise CaseError(f"{folder}: {DATABASE} is not a database: damaged; restore a backup")
    if (folder / f"{DATABASE}-wal").exists():
        return
    raise CaseError(f"{folder}: {DATABASE} is a database of another program, not a case")


def prepare_tables(conn: Connection, where: str) -> bool:
    """Make the tables where the database is empty; return whether it was."""
    present = set(inspect(conn).get_table_names())
    if event_table.name in present:
        return False
    if present:
        raise CaseError(f"{where}: not a case and not empty (table {min(present)}); name an empty database")
    metadata.create_all(conn)
    conn.execute(insert(revision_table), {"version_num": REVISION})
    if conn.dialect.name == "sqlite":
        conn.exec_driver_sql(f"PRAGMA application_id={APPLICATION}")
    return True


def check(conn: Connection, where: str) -> bool:
    """See that the database is a case; return whether it has our tables (False: those of an older version)."""
    if conn.dialect.name == "sqlite":
        mark = conn.exec_driver_sql("PRAGMA application_id").scalar()
        if mark != APPLICATION:
            raise CaseError(f"{where}: not a case (or one that was never finished)")
    elif not inspect(conn).has_table(revision_table.name):
        raise CaseError(f"{where}: not a case; `beleg read FILES --case {where}` makes one")
    revision = conn.execute(select(revision_table.c.version_num)).scalar()
    if revision == REVISION:
        return True
    from beleg.store.migrate import older  # Alembic takes a tenth of a second to load

    if revision in older():
        return False
    raise CaseError(
        f"{where}: written by a newer version of Beleg (tables {revision}, this version knows {REVISION}): "
        "install that version"
    )
