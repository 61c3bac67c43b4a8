"""Does a case keep its promises? Kills, power cuts, failing and full disks, several writers, tampering.

    python bench/reliability.py quick                     a small part of everything, for every change (minutes)
    python bench/reliability.py run power --trials 10000  one programme in full; the result is kept
    python bench/reliability.py run all                   all in full (hours)
    python bench/reliability.py report                    docs/reliability.md from the kept results

Needs Linux, strace with ptrace allowed, and for full disks the right to mount. Trials live in /dev/shm, so that fsync
costs nothing there: what is safe is decided by the model of ``faults/power.py``, not by the machine's disk.
Exit code 1 where any promise was broken or any seeded fault went unnoticed.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import platform
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "src"), str(ROOT / "tests" / "store")]

import sqlalchemy

import beleg
from faults import disk, kill, power, tamper, writers

RESULTS = ROOT / "bench" / "reliability.json"
PAGE = ROOT / "docs" / "reliability.md"
MEMORY = 4 << 30  # bytes of address space
ONLY_READ = {"changes.py", "look.py", "pages.py", "queue.py", "search.py", "wacz.py"}


def writers_on(database: str, place: Path, operations: int) -> dict[str, Any]:
    """Run two, four and eight writers on one database."""
    rows: dict[str, Any] = {}
    with contextlib.ExitStack() as stack:
        if database == "postgresql":
            from postgres import Cluster, missing

            if reason := missing():
                return {"trials": 0, "not run": reason, "failures": []}
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            cluster = stack.enter_context(Cluster(Path(folder)))
        for count in (2, 4, 8):
            home = cluster.database(f"w{count}") if database == "postgresql" else str(place / f"w{count}")
            rows[f"{count} writers"] = writers.writers(home, count, operations)
    failures = [f"{name}: {f}" for name, row in rows.items() for f in row.pop("failures")]
    return {"trials": sum(r["operations"] for r in rows.values()), "rows": rows, "failures": failures}


# name → what it shows, trials in full, trials in a quick run, how
Programme = tuple[str, int, int, Callable[[Path, int, int], dict[str, Any]]]
PROGRAMMES: dict[str, Programme] = {
    "sweep": ("Killed (SIGKILL) at every storage call of ingest, review, export, import", 1, 40,
              lambda p, n, seed: kill.sweep(p, every=n, jobs=["ingest", "bulk", "review", "export", "import"])),
    "sweep-migration": ("Killed at every storage call of an upgrade from an older version", 1, 40,
                        lambda p, n, seed: kill.sweep(p, every=n, jobs=["migrate"])),
    "random": ("Killed at a drawn moment of ingest, review, export", 3000, 45,
               lambda p, n, seed: kill.random_kills(p, n, seed)),
    "power": ("Power cut at a drawn moment; what was not fsynced is torn and dropped at random", 10_000, 60,
              lambda p, n, seed: power.power(p, n, seed)),
    "controls": ("The same with a fault seeded in Beleg, which the harness must notice", 200, 20,
                 lambda p, n, seed: power.controls(p, n, seed)),
    "errors": ("Every storage call fails once with EIO and once with ENOSPC", 1, 60,
               lambda p, n, seed: kill.errors(p, every=n)),
    "full": ("Disk full at rising fill levels, then room again", 150, 4, lambda p, n, seed: disk.full(p, n)),
    "readonly": ("File system made read-only", 1, 1, lambda p, n, seed: disk.read_only(p)),
    "writers-sqlite": ("2, 4 and 8 writers at once on SQLite", 1000, 40,
                       lambda p, n, seed: writers_on("sqlite", p, n)),
    "writers-postgresql": ("2, 4 and 8 writers at once on PostgreSQL", 1000, 40,
                           lambda p, n, seed: writers_on("postgresql", p, n)),
    "tamper": ("One bit changed in one stored value or kept file", 10_000, 150,
               lambda p, n, seed: tamper.flips(p / "case", n, seed)),
    "attacks": ("Rows and files deleted, swapped, inserted; the log cut or written anew", 200, 3,
                lambda p, n, seed: tamper.attacks(p / "case", n, seed)),
    "alarms": ("Verify after each of many honest steps: false alarms", 1000, 40,
               lambda p, n, seed: tamper.false_alarms(p / "case", n)),
}  # fmt: skip


def run(name: str, trials: int | None, seed: int, quick: bool = False) -> dict[str, Any]:
    """Run one programme in a fresh place and return its result with what made it."""
    title, whole, part, call = PROGRAMMES[name]
    place = Path(tempfile.mkdtemp(prefix="beleg-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    started = time.perf_counter()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))  # a programme that runs away stops with an error
    try:
        found = call(place, trials or (part if quick else whole), seed)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    failures = found.pop("failures")
    return {
        "title": title,
        **found,
        "failed": len(failures),
        "failures": failures[:20],
        "seconds": round(time.perf_counter() - started),
        "MB at peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "versions": versions(),
        "code": code(),
    }


def code() -> str:
    """Return the digest of what is tested here: the modules of the store that write or verify."""
    store = ROOT / "src" / "beleg" / "store"
    digest = hashlib.sha256()
    for path in sorted(p for p in store.rglob("*.py") if p.name not in ONLY_READ):
        digest.update(path.relative_to(store).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def versions() -> str:
    strace = subprocess.run(["strace", "-V"], capture_output=True, text=True, check=False).stdout.splitlines()
    parts = [
        f"Beleg {beleg.__version__}",
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
        f"SQLAlchemy {sqlalchemy.__version__}",
        strace[0].replace("strace -- version", "strace") if strace else "no strace",
        f"Linux {platform.release().split('-')[0]}",
    ]
    return ", ".join(parts)


def report(results: dict[str, Any]) -> str:
    """Return the page; every zero with its bound (rule of three: 95 % confidence)."""
    lines = [
        "# Reliability in figures",
        "",
        "Generated by `python bench/reliability.py report`; do not edit. Five promises, of which this page tests the",
        "first and third: what was acknowledged is never lost or half-written; any later change is detected and",
        "located, within the limit below. A zero in N trials bounds the true rate below 3/N with 95 % confidence",
        'where trials are drawn at random; sweeps are exhaustive and have no such bound. "Earlier state of the code":',
        "a module of the store that writes or verifies was changed since.",
        "",
        "| programme | trials | failures | bound | seed | s | MB |",
        "|---|---|---|---|---|---|---|",
    ]
    for name in PROGRAMMES:
        if name not in results:
            lines.append(f"| {PROGRAMMES[name][0]} | not run | | | | | |")
            continue
        r = results[name]
        drawn = "seed" in r and name != "controls"
        bound = f"< {3 / r['trials']:.2%}" if drawn and not r["failed"] and r["trials"] else ""
        seed = r.get("seed", "")
        title = r["title"] if r.get("code") == code() else f"{r['title']} (earlier state of the code)"
        cells = (title, f"{r['trials']:,}", r["failed"], bound, seed, f"{r['seconds']:,}", r.get("MB at peak", ""))
        lines.append(f"| {' | '.join(map(str, cells))} |")
    if part := results.get("quick"):
        lines += ["", "## A part of everything, run last (`quick`)", "", "| programme | trials | failures | s |"]
        lines += ["|---|---|---|---|"]
        lines += [f"| {r['title']} | {r['trials']:,} | {r['failed']} | {r['seconds']:,} |" for r in part.values()]
    for name, r in results.items():
        if name in PROGRAMMES:
            lines += _details(name, r)
    lines += [
        "", "## What this does not show", "",
        "- The whole log written anew, its end cut off, or an old backup put back is invisible from inside. It is seen",
        "  against any checkpoint kept elsewhere (`beleg checkpoint`); events after the newest one are not covered.",
        "- `kill -9` keeps the page cache: the sweep says nothing about power. The power model is ours, harsher than",
        "  ext4 (names and 512-byte sectors that were not fsynced survive or vanish in any combination), and knows no",
        "  disk that lies about fsync.",
        "- PostgreSQL was tested for writers, not for power cuts: there the server's own promises hold.",
        "- Not run: LazyFS, dm-flakey, other file systems, Windows, macOS.",
        "",
    ]  # fmt: skip
    return "\n".join(lines)


def _details(name: str, r: dict[str, Any]) -> list[str]:
    skip = {"title", "trials", "failed", "failures", "seconds", "MB at peak", "versions", "code", "seed", "rows"}
    lines = ["", f"## {r['title']}", "", f"`python bench/reliability.py run {name}` · {r['versions']}", ""]
    for key, value in r.items():
        if key not in skip:
            shown = ", ".join(f"{k}: {v}" for k, v in value.items()) if isinstance(value, dict) else value
            lines.append(f"- {key}: {shown}")
    if rows := r.get("rows"):
        columns = list(next(iter(rows.values())))
        lines += ["", "| | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
        lines += [f"| {k} | " + " | ".join(f"{v:,}" for v in row.values()) + " |" for k, row in rows.items()]
    return lines + [f"- FAILED: {f}" for f in r["failures"]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("do", choices=["quick", "run", "report"])
    parser.add_argument("name", nargs="?", choices=[*PROGRAMMES, "all"])
    parser.add_argument("--trials", type=int)
    parser.add_argument("--seed", type=int, default=20260101)
    args = parser.parse_args()
    results: dict[str, Any] = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    if args.do == "report":
        PAGE.write_text(report(results), encoding="utf-8")
        return 0
    names = list(PROGRAMMES) if args.do == "quick" or args.name == "all" else [args.name]
    failed = 0
    for name in names:
        result = run(name, args.trials, args.seed, quick=args.do == "quick")
        failed += result["failed"]
        print(f"{name}: {result['trials']} trials, {result['failed']} failures, {result['seconds']} s", flush=True)
        for failure in result["failures"]:
            print(f"  {failure}")
        results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
        (results if args.do == "run" else results.setdefault("quick", {}))[name] = result
        RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
