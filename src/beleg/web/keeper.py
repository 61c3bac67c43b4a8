"""Which register is shown: the one of the log as it stands, or, while a large one is computed, the one before it.

A small case is computed at once, in the request that first needs it. A large one is computed by a process of its own;
the pages meanwhile show the last register and say so. The register's key is made of the head of the log and of the
rules and tables that compute a ledger, so that neither a changed case nor a changed Beleg is shown from an old one.
"""

from __future__ import annotations

import contextlib
import hashlib
import subprocess
import sys
import tempfile
import threading
from functools import cache
from pathlib import Path

from beleg import __version__
from beleg.errors import CaseError
from beleg.ledger.build import build_ledger
from beleg.ledger.tables import own_camps, tables_beside
from beleg.ledger.values import Ledger
from beleg.lexicon import DATA
from beleg.model import Problem
from beleg.store.case import Case
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


def key_of(case: Case, head: str) -> str:
    camps = own_camps(case.where)
    own = camps.read_bytes() if camps.is_file() else b""
    return hashlib.sha256(f"{head} {rules_digest()} ".encode() + own).hexdigest()


def compute(case: Case) -> tuple[str, Ledger, list[Problem]]:
    """Return the head of a case and the ledger of just that state."""
    for _ in range(TRIES):
        head = case.head().hash
        ledger, problems = build_ledger(
            case.documents(), case.claims(), case.decisions(), tables=tables_beside(case.where)
        )
        if case.head().hash == head:
            return head, ledger, problems
    raise CaseError(f"{case.where}: others keep writing to the case; open the page again when they are done")


def make(case: Case, path: Path) -> str:
    """Compute and write the register of a case; return its key."""
    head, ledger, problems = compute(case)
    key = key_of(case, head)
    write_register(path, key, ledger, problems)
    return key


class Keeper:
    """Holds the register of one open case."""

    def __init__(self, case: Case, small: int = SMALL) -> None:
        self.case, self.small = case, small
        self._lock = threading.Lock()
        self._current: Register | None = None
        self._worker: subprocess.Popen[bytes] | threading.Thread | None = None
        self._making: Path | None = None  # what the worker writes
        self._temporary: tempfile.TemporaryDirectory[str] | None = None

    def register(self) -> tuple[Register, bool]:
        """Return the register to show, and whether it is of the log as it stands now."""
        key = key_of(self.case, self.case.head().hash)
        current = self._current
        if current is not None and current.key == key:
            return current, True
        with self._lock:
            if self._current is None or self._current.key != key:
                self._renew(key)
            assert self._current is not None
            return self._current, self._current.key == key

    def lately(self) -> Register:
        """Return the register that was shown last, whatever happened since; it is computed where there is none."""
        return self._current or self.register()[0]

    def _renew(self, key: str) -> None:
        path = self._path(key)
        if self._making is not None and not self.computing and self._making.exists():
            self._take(self._making)  # newer than what is shown, if not of this very state
            self._making = None
            if self._current is not None and self._current.key == key:
                return
        if path.exists():
            self._take(path)
        elif self._current is None or self.case.size()["claims"] <= self.small:
            self._compute(path)
        elif not self.computing:
            self._worker, self._making = self._start(path), path

    def _compute(self, path: Path) -> None:
        try:
            key = make(self.case, path)
        except PermissionError:
            self._temporary = self._temporary or tempfile.TemporaryDirectory(prefix="beleg-")
            path = self._path(key_of(self.case, self.case.head().hash))
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
        if self.case.folder is None and self._temporary is None:
            self._temporary = tempfile.TemporaryDirectory(prefix="beleg-")
        folder = Path(self._temporary.name) if self._temporary is not None else self.case.folder
        assert folder is not None
        return folder / f"register-{key[:16]}.db"

    def _start(self, path: Path) -> subprocess.Popen[bytes] | threading.Thread:
        """Compute beside the server: in a process for a folder, in a thread for a database that needs a password."""
        if self.case.folder is not None:
            return subprocess.Popen([sys.executable, "-m", __name__, str(self.case.folder), str(path)])
        thread = threading.Thread(target=make, args=(self.case, path), daemon=True)
        thread.start()
        return thread

    @property
    def computing(self) -> bool:
        return self._worker is not None and _runs(self._worker)

    def close(self) -> None:
        """End what still computes; what is written stays."""
        if isinstance(self._worker, subprocess.Popen):
            self._worker.terminate()
            self._worker.wait()
        if self._temporary is not None:
            self._temporary.cleanup()


def _runs(worker: subprocess.Popen[bytes] | threading.Thread) -> bool:
    return worker.poll() is None if isinstance(worker, subprocess.Popen) else worker.is_alive()


def main(folder: str, path: str) -> None:
    """Compute the register of a case in a folder: ``python -m beleg.web.keeper FOLDER FILE``."""
    with Case.open(folder) as case:
        make(case, Path(path))


if __name__ == "__main__":
    main(*sys.argv[1:3])
