"""A PostgreSQL server for tests and benches: started on a free port of the loopback, thrown away at the end."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self


def binaries() -> Path | None:
    """Return the folder with ``initdb`` and ``pg_ctl`` (Debian keeps them out of PATH)."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def missing() -> str | None:
    """Say what is not installed, or None."""
    if importlib.util.find_spec("psycopg") is None:
        return "no psycopg: pip install 'beleg[postgres]'"
    return None if binaries() else "no PostgreSQL server: apt-get install postgresql"


class Cluster:
    """A server; ``durable=False`` leaves out fsync, for tests of behaviour rather than of durability.

    ``settings`` are further options of the server, as in its configuration file: "max_wal_size=4GB".
    """

    def __init__(self, folder: Path, durable: bool = True, settings: Sequence[str] = ()) -> None:
        self.folder = folder / "cluster"
        self.bin = binaries()
        self.durable, self.settings = durable, settings
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]

    def _run(self, *command: str) -> None:
        """Run a server program; the server refuses to run as root, so that root lends it to the user postgres."""
        assert self.bin is not None
        full = [str(self.bin / command[0]), *command[1:]]
        if os.geteuid() == 0:
            runuser = shutil.which("runuser", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
            full = [str(runuser), "-u", "postgres", "--", *full]
        done = subprocess.run(full, cwd="/", capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {done.stderr or done.stdout}")

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True)
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
            self.folder.parent.chmod(0o711)
        self._run(
            "initdb", "-D", str(self.folder), "-U", "beleg", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"
        )
        sync = "" if self.durable else "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 {sync}"
        options += "".join(f" -c {setting}" for setting in self.settings)
        self._run("pg_ctl", "-D", str(self.folder), "-l", str(self.folder / "log"), "-w", "-o", options, "start")
        return self

    def __exit__(self, kind: type[BaseException] | None, e: BaseException | None, trace: TracebackType | None) -> None:
        self._run("pg_ctl", "-D", str(self.folder), "-m", "immediate", "-w", "stop")

    def url(self, name: str) -> str:
        return f"postgresql://beleg@127.0.0.1:{self.port}/{name}"

    def database(self, name: str) -> str:
        """Make an empty database and return its address."""
        import psycopg

        with psycopg.connect(self.url("postgres"), autocommit=True) as conn:
            conn.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload,unused-ignore]
        return self.url(name)
