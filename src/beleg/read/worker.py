"""Reading in a process of its own: time and memory have limits, and a reader that dies takes nothing with it.

Each input gets a fresh process, forked from a server (``server.py``) that has tables and models in memory; where the
system cannot fork, the server reads itself and is started anew when it dies. What breaks a limit is left out with its
reason; the batch goes on. Short plain text is read at once.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field, replace

from beleg.errors import UsageError
from beleg.model import Document, Problem
from beleg.read.channel import AnswerError, Request, pack, unpack_answer
from beleg.read.detect import media_type
from beleg.read.documents import NOTHING_GIVEN, read_documents
from beleg.read.given import Given
from beleg.read.inputs import RawInput
from beleg.read.limits import DEFAULT, Limits
from beleg.read.ocr import NEEDED, engine
from beleg.read.server import READ, receive, send

PLAIN = ("text/plain", "text/markdown")  # read here where short: our own code, in linear time, without a parser
GRACE = 5  # seconds the server has to end


@dataclass
class _Server:
    """The server of this process; another after a fork, for two must not talk over one pipe."""

    process: subprocess.Popen[bytes] | None = None
    owner: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, data: bytes) -> bytes | None:
        """Send a request and wait for the answer; None where the server died over it."""
        with self.lock:
            process = self._running()
            assert process.stdin is not None and process.stdout is not None
            try:
                send(process.stdin, data)
                answer = receive(process.stdout)
            except OSError:
                answer = None
            if answer is None:
                self._stop()
            return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.owner != os.getpid() or self.process.poll() is not None:
            environment = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
            self.process = subprocess.Popen(
                [sys.executable, "-m", "beleg.read.server"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment,
            )
            self.owner = os.getpid()
            atexit.register(self.close)
        return self.process

    def _stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        self.process = None

    def close(self) -> None:
        """End the server if it is this process's own."""
        process, self.process = self.process, None
        if process is None or self.owner != os.getpid():
            return
        assert process.stdin is not None and process.stdout is not None
        process.stdin.close()
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


_SERVER = _Server()


def close_server() -> None:
    """End the reading process; the next input starts another."""
    _SERVER.close()


def read_guarded(
    raw: RawInput,
    given: Given = NOTHING_GIVEN,
    limits: Limits = DEFAULT,
    read: str = READ,
    originals: dict[str, bytes] | None = None,
) -> tuple[list[Document], list[Problem]]:
    """Read one input as ``read_documents`` does, within ``limits.seconds`` and ``limits.memory_bytes``.

    What holds pictures of pages is read a second time with more time where Tesseract is installed.

    Args:
        raw: The input.
        given: What the user says of it.
        limits: What it may cost.
        read: The function that reads, as "module:name".
        originals: As for ``read_documents``.

    Raises:
        UsageError: ``given.published`` is no date.
    """
    if read == READ and len(raw.raw) <= limits.line_bytes and media_type(raw) in PLAIN:
        return read_documents(raw, given, limits, originals)
    documents, problems = _asked(Request(read, raw, given, limits), originals)
    if limits.ocr or not any(p.code in NEEDED for p in problems) or engine() is None:
        return documents, problems
    longer = replace(limits, ocr=True, seconds=limits.ocr_seconds)
    again, doubts = _asked(Request(read, raw, given, longer), originals)
    return (again, doubts) if again or not documents else (documents, [*problems, *doubts])


def _asked(request: Request, originals: dict[str, bytes] | None) -> tuple[list[Document], list[Problem]]:
    raw = request.raw
    data = _SERVER.ask(pack(request))
    if data is None:
        return _left_out(raw, "reader-died", "made the reading process end")
    try:
        answer = unpack_answer(data, raw)
    except AnswerError as e:
        return _left_out(raw, "answer-damaged", f"what its reader answered {e}; it was thrown away")
    if answer.refused is not None:
        raise UsageError(answer.refused)
    if originals is not None:
        originals |= {raw.sha256: raw.raw} | answer.originals
    return answer.documents, answer.problems


def _left_out(raw: RawInput, code: str, message: str) -> tuple[list[Document], list[Problem]]:
    return [], [Problem(code, f"{raw.path}: {message}", raw.path, left_out=True)]
