"""Computing a register beside the server: in a process of its own, or in a thread where the case needs a password.

A process is only asked whether it runs and, once it does not, what went wrong; its last words are kept.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

NICENESS = 10  # a person who reads goes first
LONGEST = 500  # code points of what went wrong


class Worker(Protocol):
    """Something that computes one register."""

    @property
    def runs(self) -> bool: ...

    @property
    def fault(self) -> str | None:
        """Return what went wrong, None where nothing did; asked once it no longer runs."""

    def stop(self) -> None: ...


class Process:
    """``python -m beleg.web.keeper FOLDER FILE``."""

    def __init__(self, folder: Path, path: Path) -> None:
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  (closed by stop)
        command = [sys.executable, "-m", "beleg.web.keeper", str(folder), str(path)]
        self._process = subprocess.Popen(command, stderr=self._said)

    @property
    def runs(self) -> bool:
        return self._process.poll() is None

    @property
    def fault(self) -> str | None:
        code = self._process.returncode
        if code == 0:
            return None
        if code < 0:
            return f"ended by signal {-code}" + (" (not enough memory?)" if code == -9 else "")
        self._said.seek(0)
        lines = self._said.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1][:LONGEST] if lines else f"exit code {code}"

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()
        self._said.close()


class Thread:
    """The same work in this process."""

    def __init__(self, work: Callable[[], object]) -> None:
        pool = ThreadPoolExecutor(1, thread_name_prefix="register")
        self._work = pool.submit(work)
        pool.shutdown(wait=False)

    @property
    def runs(self) -> bool:
        return not self._work.done()

    @property
    def fault(self) -> str | None:
        e = self._work.exception()
        return None if e is None else f"{type(e).__name__}: {e}"[:LONGEST]

    def stop(self) -> None:
        """Leave it to the end of the program: a thread cannot be stopped."""


def be_nice() -> None:
    if hasattr(os, "nice"):
        os.nice(NICENESS)
