"""The archive: kept bytes under their SHA-256, written once, never changed.

In a folder case a blob is the file ``blobs/ab/abcdef…``. It is written under a temporary name, fsynced, renamed, and
its folder fsynced, so that a name never stands for half a file, whatever fails in between. In PostgreSQL it is a row.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Table, select

from beleg.errors import CaseError
from beleg.store.encode import sha256
from beleg.store.fill import chunks, fill
from beleg.store.schema import blob_table, reading_table

MANY, THREADS = 16, 16  # fsyncs that wait side by side share one turn of the disk


class Archive(Protocol):
    """Where a case keeps bytes; ``conn`` is the transaction that will name them."""

    outside: bool  # written before the transaction that names them, not in it

    def put(self, conn: Connection | None, blobs: Mapping[str, bytes]) -> None:
        """Keep bytes, given by their SHA-256."""

    def putting(self, blobs: Mapping[str, bytes]) -> AbstractContextManager[Callable[[], object]]: ...

    def get(self, conn: Connection, digest: str) -> bytes: ...

    def names(self, conn: Connection) -> Iterator[str]: ...


def fsync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def write_file(path: str, data: bytes) -> None:
    """Write a file whole or not at all: temporary name beside it, fsync, rename. The caller fsyncs the folder."""
    folder, name = os.path.split(path)  # strings all the way: a folder of a million files is written here
    temporary = f"{folder}/.part-{os.getpid()}-{threading.get_native_id()}-{name[:16]}"
    fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    try:
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(fd, view) :]
            os.fsync(fd)
        finally:
            os.close(fd)
        os.rename(temporary, path)  # noqa: PTH104
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108
        raise


class FolderArchive:
    """Blobs as files of a folder."""

    outside = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._durable: set[Path] = set()  # folders whose own name this process knows to be on disk

    def path(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest

    @contextlib.contextmanager
    def putting(self, blobs: Mapping[str, bytes]) -> Iterator[Callable[[], object]]:
        """Write blobs while the caller does something else; what is given waits until all are on disk, or raises."""
        if len(blobs) < MANY:
            self.put(None, blobs)
            yield lambda: None
            return
        with ThreadPoolExecutor(1) as beside:
            done = beside.submit(self.put, None, blobs)
            yield done.result

    def put(self, conn: Connection | None, blobs: Mapping[str, bytes]) -> None:
        """Write blobs durably; return only when bytes and names are on disk."""
        folders = {self.path(digest).parent for digest in blobs}
        for folder in folders - self._durable:
            folder.mkdir(mode=0o700, exist_ok=True)
        if folders - self._durable:
            fsync_folder(self.folder)
            self._durable |= folders
        # Folders also where all files were there already: whoever wrote them may have died before this.
        if len(blobs) < MANY:
            self._put_all(list(blobs.items()))
            for folder in folders:
                fsync_folder(folder)
        else:
            with ThreadPoolExecutor(THREADS) as pool:
                parts = list(blobs.items())
                list(pool.map(self._put_all, (parts[n::THREADS] for n in range(THREADS))))
                list(pool.map(fsync_folder, folders))

    def _put_all(self, blobs: Iterable[tuple[str, bytes]]) -> None:
        for digest, data in blobs:
            self._put(digest, data)

    def _put(self, digest: str, data: bytes) -> None:
        path = f"{self.folder}/{digest[:2]}/{digest}"
        if not os.path.exists(path):  # noqa: PTH110
            write_file(path, data)
        elif Path(path).read_bytes() != data:
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

    def putting(self, blobs: Mapping[str, bytes]) -> AbstractContextManager[Callable[[], object]]:
        return contextlib.nullcontext(lambda: None)  # in the transaction, with all else

    def put(self, conn: Connection | None, blobs: Mapping[str, bytes]) -> None:
        if conn is not None:
            put_new(conn, blob_table, blobs)

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
    put_new(conn, reading_table, bodies)


def put_new(conn: Connection, table: Table, bodies: Mapping[str, bytes]) -> None:
    """Insert the bodies whose digest is not there yet, in a writing transaction: nobody else inserts meanwhile."""
    there: set[str] = set()
    for chunk in chunks(list(bodies)):
        there.update(conn.execute(select(table.c.sha256).where(table.c.sha256.in_(chunk))).scalars())
    fill(conn, table, [(digest, body) for digest, body in bodies.items() if digest not in there])
