"""Which register is shown: the one of the log as it stands, or, while a large one is computed, the one before it.

A small case is computed at once, in the request that first needs it. A large one is computed beside the server
(``computing``); the pages meanwhile show the last register and say so, or that there is none yet. What could not be
computed is said too, and not tried again for the same state of the log until somebody asks.

The register's key is made of the newest event that a ledger depends on and of the rules and tables that compute one, so
that neither a changed case nor a changed Beleg is shown from an old one.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import sys
import tempfile
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from beleg import __version__
from beleg.errors import BelegError, CaseError
from beleg.ledger.build import build_ledger
from beleg.ledger.tables import own_camps, tables_beside
from beleg.ledger.values import Ledger
from beleg.lexicon import DATA
from beleg.model import Problem
from beleg.store import queue
from beleg.store.case import Case
from beleg.web.computing import Process, Thread, Worker, be_nice
from beleg.web.register import Register
from beleg.web.register_write import write_register

SMALL = 20_000  # claims that are computed while the reader waits: about two seconds
TRIES = 3  # readings of a case that others are writing to
PACKAGE = Path(__file__).parents[1]
WRITING = ("views/sources.py", "web/register_write.py", "web/rows.py")  # with the ledger, what a register says


@cache
def rules_digest() -> str:
    """Return the digest of everything but the case that decides what a ledger says."""
    digest = hashlib.sha256(__version__.encode())
    code = [*(PACKAGE / "ledger").glob("*.py"), *(PACKAGE / name for name in WRITING)]
    tables = [Path(str(p)) for p in DATA.iterdir() if p.name.endswith((".csv", ".toml"))]
    for path in sorted([*code, *tables]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def state_of(case: Case) -> str:
    """Return the hash of the newest event that a ledger depends on: a note, or a doubt, changes nothing in it."""
    with case.read() as conn:
        return queue.last_for_ledger(conn)


def key_of(case: Case, state: str) -> str:
    camps = own_camps(case.where)
    own = camps.read_bytes() if camps.is_file() else b""
    return hashlib.sha256(f"{state} {rules_digest()} ".encode() + own).hexdigest()


def compute(case: Case) -> tuple[str, Ledger, list[Problem]]:
    """Return the state of a case and the ledger of just that state."""
    for _ in range(TRIES):
        state = state_of(case)
        ledger, problems = build_ledger(
            case.documents(), case.claims(), case.decisions(), tables=tables_beside(case.where)
        )
        if state_of(case) == state:
            return state, ledger, problems
    raise CaseError(f"{case.where}: others keep writing to the case; open the page again when they are done")


def make(case: Case, path: Path) -> str:
    """Compute and write the register of a case; return its key."""
    state, ledger, problems = compute(case)
    key = key_of(case, state)
    write_register(path, key, ledger, problems)
    return key


@dataclass(frozen=True, slots=True)
class Standing:
    """How the ledger that is shown stands to the log."""

    behind: bool = False  # something was added since
    fault: str | None = None  # why the newer one could not be computed


class NoRegisterError(BelegError):
    """There is no register to show: it is still computed, or could not be (``fault``)."""

    def __init__(self, fault: str | None) -> None:
        self.fault = fault
        super().__init__(f"the ledger could not be computed: {fault}" if fault else "the ledger is being computed")


class Keeper:
    """Holds the register of one open case."""

    def __init__(self, case: Case, small: int = SMALL) -> None:
        self.case, self.small = case, small
        self._lock = threading.Lock()
        self._current: Register | None = None
        self._worker: Worker | None = None
        self._making: tuple[str, Path] | None = None  # what the worker computes: its key, its file
        self._fault: tuple[str, str] | None = None  # the key that could not be computed, and why
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self.standing = Standing()  # as last looked at

    def register(self, *, wait: bool = False) -> tuple[Register, bool]:
        """Return the register to show, and whether it is of the log as it stands now.

        Args:
            wait: Compute here and now what is missing, however large the case is.

        Raises:
            NoRegisterError: There is none yet.
        """
        key = key_of(self.case, state_of(self.case))
        current = self._current
        if current is not None and current.key == key:
            self.standing = Standing()
            return current, True
        with self._lock:
            if self._current is None or self._current.key != key:
                self._renew(key, wait)
            fault = self._fault[1] if self._fault is not None and self._fault[0] == key else None
            if self._current is None:
                raise NoRegisterError(fault)
            self.standing = Standing(self._current.key != key, fault)
            return self._current, self._current.key == key

    def lately(self) -> Register | None:
        """Return the register that was shown last, whatever happened since, None where there is none yet."""
        if self._current is None:
            with contextlib.suppress(NoRegisterError):
                return self.register()[0]
        return self._current

    def retry(self) -> None:
        """Compute again what could not be computed."""
        with self._lock:
            self._fault = None

    def _renew(self, key: str, wait: bool) -> None:
        self._collect()
        if self._current is not None and self._current.key == key:
            return
        path = self._path(key)
        if path.exists():
            self._take(path)
        elif wait:
            self._compute(path)
        elif self.computing or (self._fault is not None and self._fault[0] == key):
            return
        elif self.case.size()["claims"] <= self.small:
            self._compute(path)
        else:
            self._worker, self._making = self._start(path), (key, path)

    def _collect(self) -> None:
        """Take over what the worker has made, or what went wrong."""
        if self._worker is None or self._making is None or self.computing:
            return
        (key, path), fault = self._making, self._worker.fault
        self._worker.stop()
        self._worker = self._making = None
        if path.exists():
            self._take(path)  # newer than what is shown, if not of this very state
        else:
            self._fault = key, fault or "nothing was written"

    def _compute(self, path: Path) -> None:
        try:
            key = make(self.case, path)
        except PermissionError:
            self._temporary = self._temporary or tempfile.TemporaryDirectory(prefix="beleg-")
            path = self._path(key_of(self.case, state_of(self.case)))
            key = make(self.case, path)
        if path != self._path(key):
            path = path.replace(self._path(key))
        self._take(path)

    def _take(self, path: Path) -> None:
        """Show another register and remove those of older states."""
        self._current = Register(path)
        for old in path.parent.glob("register-*.db"):
            if old != path:
                with contextlib.suppress(OSError):  # another process may be looking at it, or was faster
                    old.unlink()

    def _path(self, key: str) -> Path:
        folder = self.case.folder
        if self._temporary is None and (folder is None or not os.access(folder, os.W_OK)):
            self._temporary = tempfile.TemporaryDirectory(prefix="beleg-")
        if self._temporary is not None:
            folder = Path(self._temporary.name)
        assert folder is not None
        return folder / f"register-{key[:16]}.db"

    def _start(self, path: Path) -> Worker:
        """Compute beside the server: in a process for a folder, in a thread for a database that needs a password."""
        if self.case.folder is not None:
            return Process(self.case.folder, path)
        return Thread(lambda: make(self.case, path))

    @property
    def computing(self) -> bool:
        return self._worker is not None and self._worker.runs

    def close(self) -> None:
        """End what still computes; what is written stays."""
        if self._worker is not None:
            self._worker.stop()
        if self._temporary is not None:
            self._temporary.cleanup()


def main(folder: str, path: str) -> int:
    """Compute the register of a case in a folder: ``python -m beleg.web.keeper FOLDER FILE``."""
    be_nice()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what is half written goes
    try:
        with Case.open(folder) as case:
            make(case, Path(path))
    except BelegError as e:
        sys.stderr.write(f"{e}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
