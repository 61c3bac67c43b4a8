"""The process that readers are forked from; ``worker.py`` starts it and talks to it over its standard streams.

Requests and answers are those of ``channel.py``, each with its length before it in eight bytes. What a reader
answers is passed on unread, up to a limit.
"""

from __future__ import annotations

import importlib
import os
import select
import signal
import struct
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from beleg.errors import UsageError
from beleg.model import Problem
from beleg.read.channel import Answer, Request, pack, unpack_request
from beleg.read.documents import read_documents
from beleg.read.inputs import RawInput

READ = "beleg.read.documents:read_documents"
LENGTH = struct.Struct(">Q")
CHUNK = 1 << 16
ANSWER = 3  # times what may be unpacked: an answer holds the bytes of members, their text and the clean text
_SAMPLE = "Probe\n\nVon Karla Muster\n\n3. Mai 2023\n\nEin Satz, der alle Tabellen einmal in den Speicher holt. © dpa\n"


def main() -> None:
    """Answer requests until the other end closes."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not stand among the answers
    for name, text in (("a.txt", _SAMPLE), ("a.html", f"<html><body><p class='x'>{_SAMPLE}</p></body></html>")):
        read_documents(RawInput(name, text.encode(), name))  # tables and the language model, read once
    while (data := receive(sys.stdin.buffer)) is not None:
        request = unpack_request(data)
        send(answers, _forked(request) if hasattr(os, "fork") else pack(_answer(request)))


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
    raw, limits = request.raw, request.limits
    end, start = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.setpgid(0, 0)
        os.close(end)
        _child(request, start)
    with suppress(OSError):  # done by whichever of the two comes first
        os.setpgid(pid, pid)
    os.close(start)
    parts: list[bytes] = []
    deadline = time.monotonic() + limits.seconds
    size, reason = 0, ""
    while True:
        ready, _, _ = select.select([end], [], [], max(0.0, deadline - time.monotonic()))
        part = os.read(end, CHUNK) if ready else b""
        size += len(part)
        if not ready or size > ANSWER * limits.output_bytes:
            reason = "output-limit" if ready else "time-limit"
            os.killpg(pid, signal.SIGKILL)  # and what it started
            break
        if not part:
            break
        parts.append(part)
    os.close(end)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if reason == "time-limit":
        return _left_out(raw, reason, f"took longer than {limits.seconds} s to read")
    if reason:
        return _left_out(raw, reason, f"gives more than {ANSWER * limits.output_bytes:,} bytes")
    if code or not parts:
        return _left_out(raw, "reader-died", f"made its reader end with code {code}")
    return b"".join(parts)


def _child(request: Request, start: int) -> None:
    code = 1
    try:
        _limit_memory(request.limits.memory_bytes)
        data = _packed(request)
        with os.fdopen(start, "wb") as stream:
            stream.write(data)
        code = 0
    finally:
        os._exit(code)


def _packed(request: Request) -> bytes:
    try:
        return pack(_answer(request))
    except MemoryError:
        return pack(_out_of_memory(request))


def _answer(request: Request) -> Answer:
    raw, given, limits = request.raw, request.given, request.limits
    originals: dict[str, bytes] = {}
    try:
        if request.read == READ:
            documents, problems = read_documents(raw, given, limits, originals)
        else:
            module, _, function = request.read.partition(":")
            documents, problems = getattr(importlib.import_module(module), function)(raw, given, limits)
    except UsageError as e:
        return Answer(refused=str(e))
    except MemoryError:
        return _out_of_memory(request)
    except RecursionError:
        return Answer(problems=[_problem(raw, "too-deep", "nests too deep to be read")])
    originals.pop(raw.sha256, None)  # whoever asks has these
    return Answer(documents, problems, originals)


def _out_of_memory(request: Request) -> Answer:
    message = f"needs more than {request.limits.memory_bytes:,} bytes to read"
    return Answer(problems=[_problem(request.raw, "memory-limit", message)])


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
    return pack(Answer(problems=[_problem(raw, code, message)]))


if __name__ == "__main__":
    main()
