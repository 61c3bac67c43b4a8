"""The archive: kept bytes under their SHA-256, written once, never changed.

In a folder case a blob is the file ``blobs/ab/abcdef…``. It is written under a temporary name, fsynced, renamed, and
its folder fsynced, so that a name never stands for half a file, whatever fails in between. In PostgreSQL it is a row.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from beleg.errors import CaseError
from beleg.store.encode import sha256
from beleg.store.schema import blob_table, reading_table

MANY, THREADS = 16, 16  # fsyncs that wait side by side share one turn of the disk


class Archive(Protocol):
    """Where a case keeps bytes; ``conn`` is the transaction that will name them."""

    outside: bool  # written before the transaction that names them, not in it

    def put(self, conn: Connection | None, blobs: Iterable[bytes]) -> None: ...

    def get(self, conn: Connection, digest: str) -> bytes: ...

    def names(self, conn: Connection) -> Iterator[str]: ...


def fsync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: temporary name beside it, fsync, rename. The caller fsyncs the folder."""
    fd, temporary = tempfile.mkstemp(dir=path.parent, prefix=".part-")  # mode 0600
    try:
        with os.fdopen(fd, "wb") as f:
            f.write(data)
            f.flush()
            os.fsync(f.fileno())
        Path(temporary).rename(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise


class FolderArchive:
    """Blobs as files of a folder."""

    outside = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._durable: set[Path] = set()  # folders whose own name this process knows to be on disk

    def path(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest

    def put(self, conn: Connection | None, blobs: Iterable[bytes]) -> None:
        """Write blobs durably; return only when bytes and names are on disk."""
        todo = {sha256(data): data for data in blobs}
        folders = {self.path(digest).parent for digest in todo}
        for folder in folders - self._durable:
            folder.mkdir(mode=0o700, exist_ok=True)
        if folders - self._durable:
            fsync_folder(self.folder)
            self._durable |= folders
        # Folders also where all files were there already: whoever wrote them may have died before this.
        if len(todo) < MANY:
            for digest, data in todo.items():
                self._put(digest, data)
            for folder in folders:
                fsync_folder(folder)
        else:
            with ThreadPoolExecutor(THREADS) as pool:
                list(pool.map(self._put, todo.keys(), todo.values()))
                list(pool.map(fsync_folder, folders))

    def _put(self, digest: str, data: bytes) -> None:
        path = self.path(digest)
        if not path.exists():
            write_file(path, data)
        elif path.read_bytes() != data:
            raise CaseError(f"{path} does not hold the bytes its name stands for: run `beleg verify`")

    def get(self, conn: Connection, digest: str) -> bytes:
        path = self.path(digest)
        try:
            data = path.read_bytes()
        except FileNotFoundError as e:
            raise CaseError(f"{path} is missing from the archive: restore it from a backup") from e
        if sha256(data) != digest:
            raise CaseError(f"{path} was changed: its bytes no longer have the SHA-256 it is named by")
        return data

    def names(self, conn: Connection) -> Iterator[str]:
        """Give the digests that have a file, sorted; files of other names are not blobs."""
        for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            yield from sorted(p.name for p in folder.iterdir() if len(p.name) == 64)


class TableArchive:
    """Blobs as rows of the database, for a case that several machines share."""

    outside = False

    def put(self, conn: Connection | None, blobs: Iterable[bytes]) -> None:
        rows = [{"sha256": sha256(data), "body": data} for data in dict.fromkeys(blobs)]
        if rows and conn is not None:
            conn.execute(pg_insert(blob_table).on_conflict_do_nothing(), rows)

    def get(self, conn: Connection, digest: str) -> bytes:
        data = conn.execute(select(blob_table.c.body).where(blob_table.c.sha256 == digest)).scalar()
        if data is None:
            raise CaseError(f"blob {digest} is missing from the archive: restore it from a backup")
        if sha256(data) != digest:
            raise CaseError(f"blob {digest} was changed: its bytes no longer have that SHA-256")
        return bytes(data)

    def names(self, conn: Connection) -> Iterator[str]:
        yield from conn.execute(select(blob_table.c.sha256).order_by(blob_table.c.sha256)).scalars()


def put_readings(conn: Connection, bodies: Mapping[str, bytes]) -> None:
    """Keep packed readings under their SHA-256; one that is there already stays as it is."""
    make = pg_insert if conn.dialect.name == "postgresql" else sqlite_insert
    rows = [{"sha256": digest, "body": body} for digest, body in bodies.items()]
    if rows:
        conn.execute(make(reading_table).on_conflict_do_nothing(), rows)
