"""Paths → raw inputs: files, folders and standard input, in sorted order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from beleg.model import Problem
from beleg.read.limits import DEFAULT, Limits

STDIN = "-"


@dataclass(frozen=True, slots=True)
class RawInput:
    """The bytes of one input and what its container says of it."""

    path: str  # as the user gave it; a member of an archive is "archive.zip!folder/name.txt"
    raw: bytes
    name: str = ""  # the file's or member's own name, "" for standard input
    url: str | None = None  # of a capture (WARC-Target-URI) or a fetched page
    captured: str | None = None  # ISO 8601 instant from capture evidence
    media_type: str | None = None  # as a container or server names it; the bytes decide
    charset: str | None = None
    fields: tuple[tuple[str, str], ...] = ()  # WARC-Record-ID, digests, archive member fields
    depth: int = 0  # containers around it

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def stem(self) -> str:
        """The name without folder and ending, the default of ``Document.name``."""
        last = (self.name or self.path).replace("\\", "/").rsplit("/", 1)[-1]
        return last.rsplit(".", 1)[0] or last


def walk(paths: Sequence[str], stdin: BinaryIO | None = None, limits: Limits = DEFAULT) -> Iterator[RawInput | Problem]:
    """Yield each file of ``paths`` in the order given, folders in sorted order, "-" as standard input.

    Hidden files and folders are passed over; links out of a folder are not followed. What cannot be read comes as a
    ``Problem`` with ``left_out``.
    """
    for path in paths:
        if path == STDIN:
            if stdin is None:
                yield _left_out("no-standard-input", "there is nothing on standard input", path)
                continue
            raw = stdin.read(limits.input_bytes + 1)
            yield _checked(path, "", raw, limits)
            continue
        root = Path(path)
        if root.is_dir():
            yield from _folder(root, limits)
        else:
            yield _file(root, limits)


def _folder(root: Path, limits: Limits) -> Iterator[RawInput | Problem]:
    for path in sorted(root.rglob("*"), key=lambda p: p.as_posix()):
        hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
        if hidden or path.is_dir():
            continue
        if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
            yield _left_out("link-outside", "leads out of the folder; name the file itself to read it", str(path))
            continue
        yield _file(path, limits)


def _file(path: Path, limits: Limits) -> RawInput | Problem:
    if path.exists() and not path.is_file():
        return _left_out("not-a-file", "is a device, pipe or socket; only files are read", str(path))
    try:
        with path.open("rb") as stream:
            raw = stream.read(limits.input_bytes + 1)
    except OSError as e:
        return _left_out("cannot-open", f"cannot be opened: {e.strerror}", str(path))
    return _checked(shown(str(path)), shown(path.name), raw, limits)


def shown(name: str) -> str:
    """Return a file name that can be written down: bytes that are no UTF-8 stand as the replacement character."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _checked(path: str, name: str, raw: bytes, limits: Limits) -> RawInput | Problem:
    if len(raw) > limits.input_bytes:
        return _left_out("too-large", f"is larger than {limits.input_bytes:,} bytes; split it", path)
    if not raw:
        return _left_out("empty-file", "is empty", path)
    return RawInput(path=path, raw=raw, name=name)


def _left_out(code: str, message: str, path: str) -> Problem:
    path = shown(path)
    return Problem(code=code, message=f"{path}: {message}", document=path, left_out=True)
