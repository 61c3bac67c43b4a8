"""The process that readers are forked from; ``worker.py`` starts it and talks to it over its standard streams.

A request is a pickled ``(function, raw, given, limits)``, an answer a pickled ``(documents, problems, originals)`` or a
``BelegError``; each with its length before it in eight bytes. Only ``worker.py`` writes requests.
"""

from __future__ import annotations

import importlib
import os
import pickle
import select
import signal
import struct
import sys
import time
from pathlib import Path
from typing import IO

from beleg.errors import BelegError
from beleg.model import Document, Problem
from beleg.read.documents import read_documents
from beleg.read.given import Given
from beleg.read.inputs import RawInput
from beleg.read.limits import Limits

Answer = tuple[list[Document], list[Problem], dict[str, bytes]] | BelegError  # the bytes: see ``read_documents``
Request = tuple[str, RawInput, Given, Limits]

READ = "beleg.read.documents:read_documents"
LENGTH = struct.Struct(">Q")
CHUNK = 1 << 16
_SAMPLE = "Probe\n\nVon Karla Muster\n\n3. Mai 2023\n\nEin Satz, der alle Tabellen einmal in den Speicher holt. © dpa\n"


def main() -> None:
    """Answer requests until the other end closes."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not stand among the answers
    for name, text in (("a.txt", _SAMPLE), ("a.html", f"<html><body><p class='x'>{_SAMPLE}</p></body></html>")):
        read_documents(RawInput(name, text.encode(), name))  # tables and the language model, read once
    while (data := receive(sys.stdin.buffer)) is not None:
        request: Request = pickle.loads(data)
        send(answers, _forked(request) if hasattr(os, "fork") else pickle.dumps(_answer(request)))


def send(stream: IO[bytes], data: bytes) -> None:
    stream.write(LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """Read one message; None where the other end has closed."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    length: int = LENGTH.unpack(head)[0]
    data = stream.read(length)
    return data if len(data) == length else None


def _forked(request: Request) -> bytes:
    """Answer a request in a child, within its time."""
    _, raw, _, limits = request
    end, start = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(end)
        _child(request, start)
    os.close(start)
    parts: list[bytes] = []
    deadline = time.monotonic() + limits.seconds
    late = False
    while True:
        ready, _, _ = select.select([end], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            late = True
            os.kill(pid, signal.SIGKILL)
            break
        part = os.read(end, CHUNK)
        if not part:
            break
        parts.append(part)
    os.close(end)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if late:
        return _left_out(raw, "time-limit", f"took longer than {limits.seconds} s to read")
    if code or not parts:
        return _left_out(raw, "reader-died", f"made its reader end with code {code}")
    return b"".join(parts)


def _child(request: Request, start: int) -> None:
    code = 1
    try:
        _limit_memory(request[3].memory_bytes)
        data = pickle.dumps(_answer(request))
        with os.fdopen(start, "wb") as stream:
            stream.write(data)
        code = 0
    finally:
        os._exit(code)


def _answer(request: Request) -> Answer:
    name, raw, given, limits = request
    originals: dict[str, bytes] = {}
    try:
        if name == READ:
            documents, problems = read_documents(raw, given, limits, originals)
        else:
            module, _, function = name.partition(":")
            documents, problems = getattr(importlib.import_module(module), function)(raw, given, limits)
    except BelegError as e:
        return e
    except MemoryError:
        return [], [_problem(raw, "memory-limit", f"needs more than {limits.memory_bytes:,} bytes to read")], {}
    except RecursionError:
        return [], [_problem(raw, "too-deep", "nests too deep to be read")], {}
    originals.pop(raw.sha256, None)  # whoever asks has these
    return documents, problems, originals


def _limit_memory(extra: int) -> None:
    """Let the process take ``extra`` bytes more than it has; systems without such a limit go without."""
    if sys.platform != "linux":
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + extra
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _problem(raw: RawInput, code: str, message: str) -> Problem:
    return Problem(code, f"{raw.path}: {message}", raw.path, left_out=True)


def _left_out(raw: RawInput, code: str, message: str) -> bytes:
    return pickle.dumps(([], [_problem(raw, code, message)], {}))


if __name__ == "__main__":
    main()
