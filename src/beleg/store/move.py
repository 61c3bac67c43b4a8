"""A whole case as one file, and back: between machines, between SQLite and PostgreSQL, as a backup.

The file is a ZIP archive whose members are stored, not compressed, in this order:

    beleg-case.txt      the checkpoint of the case at that moment (see ``checkpoint``)
    log.jsonl           one batch a line: its row, its events with their bodies in base64
    readings/<sha256>   packed texts and maps
    blobs/<sha256>      the kept bytes

The same case gives the same file, byte for byte. Names inside are never used as paths, and every member is hashed as
it is read, so that a file from elsewhere can at most be refused.
"""

from __future__ import annotations

import base64
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, insert, select

from beleg.errors import CaseError
from beleg.store import checkpoint, encode
from beleg.store.blobs import fsync_folder, put_readings
from beleg.store.case import Case
from beleg.store.checkpoint import Checkpoint
from beleg.store.events import head, leaf, read_head, root
from beleg.store.home import faults
from beleg.store.rebuild import rebuild
from beleg.store.rows import plain
from beleg.store.schema import batch_table, event_table, reading_table

HEAD, LOG = "beleg-case.txt", "log.jsonl"
MEMBER = 2**31  # bytes of one kept file at most
BLOBS_AT_ONCE = 200


def export_case(case: Case, path: Path, at: str = "") -> Checkpoint:
    """Write a case to a file, whole or not at all: temporary name, fsync, rename, fsync of the folder."""
    temporary = path.with_name(f".{path.name}.part-{os.getpid()}")
    with faults(str(path)), case.busy(f"writing {path.name}"):
        try:
            with (
                case.read() as conn,
                os.fdopen(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "wb") as f,
            ):
                kept = checkpoint.take(conn, at)
                with zipfile.ZipFile(f, "w", zipfile.ZIP_STORED) as out:
                    _write(case, conn, kept, out)
                f.flush()
                os.fsync(f.fileno())
            temporary.rename(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        fsync_folder(path.resolve().parent)
    return kept


def _write(case: Case, conn: Connection, kept: Checkpoint, out: zipfile.ZipFile) -> None:
    out.writestr(_member(HEAD), str(kept))
    with out.open(_member(LOG), "w", force_zip64=True) as log:
        for batch in _batches(conn):
            log.write(json.dumps(batch, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    for digest in conn.execute(select(reading_table.c.sha256).order_by(reading_table.c.sha256)).scalars().all():
        body = conn.execute(select(reading_table.c.body).where(reading_table.c.sha256 == digest)).scalar_one()
        out.writestr(_member(f"readings/{digest}"), body)
    for digest in list(case.archive.names(conn)):
        out.writestr(_member(f"blobs/{digest}"), case.archive.get(conn, digest))


def _member(name: str) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)  # dated 1980: the same case gives the same bytes
    made.external_attr = 0o600 << 16
    return made


def _batches(conn: Connection) -> Iterator[dict[str, Any]]:
    for batch in conn.execute(select(batch_table).order_by(batch_table.c.number)).mappings().all():
        seq = event_table.c.seq
        at = select(event_table).where(seq >= batch["first"], seq <= batch["last"]).order_by(seq)
        found = [dict(row) for row in conn.execute(at).mappings()]
        for row in found:
            row["body"] = base64.b64encode(row["body"]).decode()
        yield {"batch": dict(batch), "events": found}


def import_case(case: Case, path: Path) -> Checkpoint:
    """Take over the case of a file: into one that was just made, or into an older state of the same case.

    All of it in one transaction; afterwards both have the same head.

    Raises:
        CaseError: The file is damaged, or the case at hand holds something that the file does not.
    """
    with faults(str(path)), case.busy(f"taking over {path.name}"):
        try:
            with zipfile.ZipFile(path) as source:
                kept = checkpoint.parse(_read(source, HEAD).decode("utf-8", "replace"), f"{path}: {HEAD}")
                _take_over(case, source, kept, path)
        except (zipfile.BadZipFile, EOFError) as e:
            raise CaseError(f"{path}: not a case file, or damaged ({e})") from e
    return kept


def check_file(path: Path) -> Checkpoint:
    """Read a case file whole and hash everything in it; return its checkpoint."""
    with faults(str(path)):
        try:
            with zipfile.ZipFile(path) as source:
                kept = checkpoint.parse(_read(source, HEAD).decode("utf-8", "replace"), f"{path}: {HEAD}")
                end = (0, 0, "0" * 64)
                for batch, _ in _checked_log(source, path):
                    end = (batch["number"], batch["last"], batch["head"])
                if end != (kept.batches, kept.events, kept.head):
                    raise CaseError(f"{path}: its log ends elsewhere than its checkpoint says: damaged")
                for kind in ("readings", "blobs"):
                    for _ in _hashed(source, kind, path):
                        pass
        except (zipfile.BadZipFile, EOFError) as e:
            raise CaseError(f"{path}: not a case file, or damaged ({e})") from e
    return kept


def _take_over(case: Case, source: zipfile.ZipFile, kept: Checkpoint, path: Path) -> None:
    if case.archive.outside:
        _put_blobs(case, None, source, path)
    with case.write() as conn:
        if not case.archive.outside:
            _put_blobs(case, conn, source, path)
        ours = read_head(conn)
        if ours.events == 1 and checkpoint.case_name(conn) != kept.case:
            for table in (event_table, batch_table):  # a case just made: nothing is in it but its name
                conn.execute(table.delete())
            ours = read_head(conn)
        if ours.batches and checkpoint.case_name(conn) != kept.case:
            raise CaseError(f"{case.where}: holds another case than {path}; import into a new one")
        for digest, body in _hashed(source, "readings", path):
            put_readings(conn, {digest: body})
        for batch, events in _checked_log(source, path):
            if batch["number"] == ours.batches and batch["head"] != ours.hash:
                raise CaseError(f"{case.where}: went another way than {path} since they parted; import into a new case")
            if batch["number"] > ours.batches:
                conn.execute(insert(event_table), events)
                conn.execute(insert(batch_table), batch)
        end = read_head(conn)
        if end.batches != kept.batches or end.hash != kept.head:
            raise CaseError(
                f"{path}: ends at batch {kept.batches}, {case.where} goes on to {end.batches}; nothing to do"
            )
        rebuild(conn)


def _put_blobs(case: Case, conn: Connection | None, source: zipfile.ZipFile, path: Path) -> None:
    waiting: dict[str, bytes] = {}
    for digest, data in _hashed(source, "blobs", path):
        waiting[digest] = data
        if len(waiting) == BLOBS_AT_ONCE:
            case.archive.put(conn, waiting)
            waiting = {}
    case.archive.put(conn, waiting)


def _hashed(source: zipfile.ZipFile, kind: str, path: Path) -> Iterator[tuple[str, bytes]]:
    for member in source.infolist():
        folder, _, digest = member.filename.partition("/")
        if folder == kind:
            data = _read(source, member.filename)
            if encode.sha256(data) != digest:
                raise CaseError(f"{path}: {member.filename} does not have the SHA-256 it is named by: damaged")
            yield digest, data


def _read(source: zipfile.ZipFile, name: str) -> bytes:
    with _open(source, name) as f:
        return f.read()


def _open(source: zipfile.ZipFile, name: str) -> IO[bytes]:
    try:
        member = source.getinfo(name)
    except KeyError as e:
        raise CaseError(f"{source.filename}: no {name} in it: not a case file") from e
    if member.compress_type != zipfile.ZIP_STORED or (member.file_size > MEMBER and name != LOG):
        raise CaseError(f"{source.filename}: {name} is compressed or too large: not written by `beleg export --case`")
    return source.open(member)


def _checked_log(source: zipfile.ZipFile, path: Path) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Give batches with their events, each checked against its hashes and the batch before."""
    prev, last, number = "0" * 64, 0, 0
    with _open(source, LOG) as log:
        for line in log:
            number += 1
            try:
                found = json.loads(line)
                batch, events = found["batch"], found["events"]
                for row in events:
                    row["body"] = base64.b64decode(row["body"], validate=True)
                leaves = [leaf(row["body"]) for row in events]
                fits = (
                    batch["number"] == number
                    and [row["seq"] for row in events] == list(range(last + 1, last + len(events) + 1))
                    and leaves == [row["leaf"] for row in events]
                    and all(_fits_header(row, number) for row in events)
                    and (batch["first"], batch["last"]) == (last + 1, last + len(events))
                    and batch["prev"] == prev
                    and batch["root"] == root(leaves)
                    and batch["head"] == head(number, batch["first"], batch["last"], prev, batch["root"])
                )
            except (ValueError, KeyError, TypeError) as e:
                raise CaseError(f"{path}: line {number} of {LOG} cannot be read ({e}): damaged") from e
            if not fits:
                raise CaseError(f"{path}: batch {number} of {LOG} does not fit its hashes: damaged")
            prev, last = batch["head"], batch["last"]
            yield batch, events


def _fits_header(row: dict[str, Any], number: int) -> bool:
    """Whether the columns of an event are the ones that its hashed body gives."""
    header = encode.value(encode.unpack(row["body"], f"event {row['seq']}")[0])
    return isinstance(header, encode.Header) and row == {
        "seq": header.seq,
        "batch": number,
        "kind": header.kind,
        "at": plain(header.at),
        "who": plain(header.who),
        "leaf": row["leaf"],
        "body": row["body"],
    }
