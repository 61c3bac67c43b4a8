"""A disk that fills up, and one that may only be read: on small file systems in memory, mounted for the test."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from beleg.errors import CaseError
from faults.work import DOCUMENTS, add, check, opened


class Small:
    """A file system of a given size in memory; needs the right to mount (root, or ``unshare -Urm``)."""

    def __init__(self, folder: Path, kilobytes: int) -> None:
        self.folder, self.kilobytes = folder, kilobytes

    def __enter__(self) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._run("mount", "-t", "tmpfs", "-o", f"size={self.kilobytes}k,mode=700", "tmpfs", str(self.folder))
        return self.folder

    def remount(self, options: str) -> None:
        self._run("mount", "-o", f"remount,{options}", str(self.folder))

    def __exit__(self, *_: object) -> None:
        self._run("umount", str(self.folder))

    @staticmethod
    def _run(*command: str) -> None:
        subprocess.run(command, check=True, capture_output=True)


def full(parent: Path, levels: int) -> dict[str, Any]:
    """Fill file systems of rising size; after the error nothing is half-written, and with room it goes on."""
    failures, full_at = [], 0
    for level in range(levels):
        small = Small(parent / "small", 100 + level * 16)
        with small as root:
            folder, acks, told = root / "case", [], ""
            try:
                with opened(folder, create=True) as case:
                    acks.append("made")
                    for r in DOCUMENTS:
                        add(case, r)
                        acks.append(f"document {r.document.id}")
            except CaseError as e:
                told = str(e)
            if told:
                full_at += 1
                if "space" not in told:
                    failures.append(f"{small.kilobytes} kB: the message does not say that the disk is full: {told}")
            left = list(folder.rglob(".part-*"))
            failures += [f"{small.kilobytes} kB: left behind {p.name}" for p in left]
            small.remount("size=64m")
            try:
                failures += [f"{small.kilobytes} kB: {b}" for b in check(folder, acks)]
                with opened(folder, create=True) as case:
                    for r in DOCUMENTS:
                        add(case, r)
                failures += [f"{small.kilobytes} kB, with room again: {b}" for b in check(folder, [*acks, "made"])]
            except CaseError as e:
                failures.append(f"{small.kilobytes} kB, with room again: {e}")
    return {"trials": levels, "disk was full in": full_at, "failures": failures}


def read_only(parent: Path) -> dict[str, Any]:
    """Write into a case on a file system that was made read-only."""
    failures = []
    small = Small(parent / "small", 20_000)
    with small as root:
        with opened(root / "case", create=True) as case:
            add(case, DOCUMENTS[0])
        small.remount("ro")
        try:
            with opened(root / "case") as case:
                add(case, DOCUMENTS[1])
            failures.append("writing on a read-only file system went through")
        except CaseError as e:
            if "not writable" not in str(e):
                failures.append(f"the message does not say what to do: {e}")
        small.remount("rw")
        failures += check(root / "case", [f"document {DOCUMENTS[0].document.id}"])
    return {"trials": 1, "failures": failures}
