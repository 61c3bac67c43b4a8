"""Archives → the inputs in them, in their order, by content and never by name: ZIP, TAR, gzip, bzip2, XZ.

Bytes are counted as they are unpacked; sizes that a header states are not believed. Member names become the display
path alone; nothing is written anywhere.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, cast

from beleg.model import Problem
from beleg.read.inputs import RawInput
from beleg.read.limits import Limits

CHUNK = 1 << 16
# What the standard library raises on archives that are damaged, locked or of a method it does not know.
BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError, ValueError, KeyError,
          RuntimeError, NotImplementedError)  # fmt: skip


class LimitError(Exception):
    """An archive broke a limit; the text says which."""


@dataclass
class Budget:
    """What may still be unpacked of one input, members of members included."""

    limits: Limits
    unpacked: int = 0
    members: int = 0
    originals: dict[str, bytes] | None = None  # where wanted: the bytes that documents were read from, by SHA-256

    def member(self) -> None:
        self.members += 1
        if self.members > self.limits.members:
            raise LimitError(f"holds more than {self.limits.members:,} members")

    def take(self, stream: IO[bytes], packed: int) -> bytes:
        """Read a stream to its end within the limits.

        Raises:
            LimitError: bytes, or the ratio of unpacked to ``packed`` bytes, above the limit.
        """
        parts = []
        size = 0
        while part := stream.read(CHUNK):
            size += len(part)
            self.unpacked += len(part)
            if self.unpacked > self.limits.output_bytes:
                raise LimitError(f"unpacks to more than {self.limits.output_bytes:,} bytes")
            if size > self.limits.ratio_from and size > self.limits.ratio * max(1, packed):
                raise LimitError(f"unpacks to more than {self.limits.ratio} times its size")
            if size > self.limits.input_bytes:
                raise LimitError(f"holds a member of more than {self.limits.input_bytes:,} bytes")
            parts.append(part)
        return b"".join(parts)


def expand(raw: RawInput, kind: str, budget: Budget) -> Iterator[RawInput | Problem]:
    """Yield the members of an archive, and a ``Problem`` for each that is left out.

    Once a limit is broken the rest of the archive is left out with the reason.
    """
    if raw.depth >= budget.limits.depth:
        yield _left_out("archive-too-deep", raw.path, f"lies in more than {budget.limits.depth} archives")
        return
    members = {
        "application/zip": _zip,
        "application/x-tar": _tar,
        "application/gzip": _single,
        "application/x-bzip2": _single,
        "application/x-xz": _single,
    }[kind]
    try:
        yield from members(raw, budget)
    except LimitError as e:
        yield _left_out("archive-limit", raw.path, f"{e}; unpack it and give the files you want read")
    except BROKEN as e:
        yield _left_out("archive-broken", raw.path, f"cannot be unpacked: {e}")


def _zip(raw: RawInput, budget: Budget) -> Iterator[RawInput | Problem]:
    with zipfile.ZipFile(io.BytesIO(raw.raw)) as archive:
        for info in archive.infolist():
            if info.is_dir() or _is_debris(info.filename):
                continue
            budget.member()
            if info.flag_bits & 1:
                yield _left_out("encrypted", f"{raw.path}!{info.filename}", "is encrypted; give it unlocked")
                continue
            with archive.open(info) as stream:
                data = budget.take(stream, info.compress_size)
            yield _member(raw, info.filename, data)


def _tar(raw: RawInput, budget: Budget) -> Iterator[RawInput | Problem]:
    with tarfile.open(fileobj=io.BytesIO(raw.raw), mode="r:") as archive:
        for info in archive:
            if info.isdir() or _is_debris(info.name):
                continue
            budget.member()
            stream = archive.extractfile(info) if info.isreg() else None
            if stream is None:
                yield _left_out("not-a-file", f"{raw.path}!{info.name}", "is a link or device; only files are read")
                continue
            yield _member(raw, info.name, budget.take(stream, len(raw.raw)))


def _single(raw: RawInput, budget: Budget) -> Iterator[RawInput | Problem]:
    budget.member()
    with _unpacked(raw.raw) as stream:
        data = budget.take(stream, len(raw.raw))
    name = raw.name or raw.path
    inner = name.rsplit(".", 1)[0] if "." in name else name
    if name.casefold().endswith((".tgz", ".tbz", ".txz")):
        inner += ".tar"
    yield RawInput(
        path=raw.path, raw=data, name=inner, url=raw.url, captured=raw.captured, fields=raw.fields, depth=raw.depth + 1
    )


def _unpacked(data: bytes) -> IO[bytes]:
    source = io.BytesIO(data)
    if data.startswith(b"\x1f\x8b"):
        return cast(IO[bytes], gzip.GzipFile(fileobj=source))
    return cast(IO[bytes], bz2.BZ2File(source) if data.startswith(b"BZh") else lzma.LZMAFile(source))


def is_index(container: RawInput, member: RawInput) -> bool:
    """Tell whether a member describes its container and is no article: the page lists and indexes of a WACZ."""
    wacz = container.name.casefold().endswith(".wacz")
    return wacz and not member.name.casefold().endswith((".warc", ".warc.gz"))


def _is_debris(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return any(p.startswith((".", "__MACOSX")) and p not in (".", "..") for p in parts)


def _member(raw: RawInput, name: str, data: bytes) -> RawInput:
    shown = "".join(c if c.isprintable() else "\ufffd" for c in name)
    return RawInput(
        path=f"{raw.path}!{shown}",
        raw=data,
        name=shown,
        fields=(*raw.fields, ("member", shown)),
        depth=raw.depth + 1,
    )


def _left_out(code: str, path: str, message: str) -> Problem:
    return Problem(code, f"{path}: {message}", path, left_out=True)
