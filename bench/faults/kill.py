"""Killing: at every storage call (strace stops the child there), and at any time under load."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from faults.work import JOBS, Job, Run, again, check, fresh, start

CALLS = ("pwrite64", "write", "fdatasync", "fsync", "rename", "openat", "unlink", "mkdir", "ftruncate", "fallocate")


def traced(run: Run, options: list[str], output: Path) -> None:
    """Let strace follow a stopped child, wake it, and wait until both are done."""
    os.waitpid(run.pid, os.WUNTRACED)
    tracer = subprocess.Popen(
        ["strace", "-f", "-qq", "-p", str(run.pid), "-o", str(output), *options], stderr=subprocess.DEVNULL
    )
    status = Path(f"/proc/{run.pid}/status")
    while "TracerPid:\t0\n" in status.read_text():
        if tracer.poll() is not None:
            raise RuntimeError("strace cannot follow the child (is ptrace forbidden here?)")
        time.sleep(0.002)
    os.kill(run.pid, signal.SIGCONT)
    os.waitpid(run.pid, 0)
    tracer.wait()


def count_calls(job: Job, parent: Path) -> Counter[str]:
    """Return how often an undisturbed run makes each call."""
    with fresh(parent) as folder:
        job.prepare(folder)
        output = folder.parent / "trace"
        traced(start(job.run, folder, stopped=True), ["-e", "trace=" + ",".join(CALLS)], output)
        return Counter(re.findall(r"^\d+ +(\w+)\(", output.read_text(), re.MULTILINE))


def inject(job: Job, call: str, n: int, what: str, parent: Path, seed: Callable[[], None] | None = None) -> list[str]:
    """Run a job with something done to its n-th call; return the promises that do not hold."""
    with fresh(parent) as folder:
        job.prepare(folder)
        run = start(job.run, folder, seed, stopped=True)
        options = ["-e", f"trace={call}", "-e", f"inject={call}:{what}:when={n}"]
        traced(run, options, folder.parent / "trace")
        acks = run.read()
        broken = check(folder, acks)
        return broken or again(job, folder)


def sweep(parent: Path, every: int = 1, jobs: list[str] | None = None) -> dict[str, object]:
    """Kill at every ``every``-th of all storage calls of every job."""
    points, failures = Counter[str](), []
    for name in jobs or list(JOBS):
        for call, times in sorted(count_calls(JOBS[name], parent).items()):
            for n in range(1, times + 1, every):
                broken = inject(JOBS[name], call, n, "signal=SIGKILL", parent)
                points[name] += 1
                if broken:
                    failures.append(f"{name}: killed at {call} {n}: {broken[0]}")
    return {"points": dict(points), "trials": points.total(), "failures": failures}


def random_kills(parent: Path, trials: int, seed: int) -> dict[str, object]:
    """Kill at a uniformly drawn time during each job."""
    rng = random.Random(seed)
    failures, acked = [], 0
    names = ["ingest", "bulk", "review", "export"]
    spans = {name: _duration(JOBS[name], parent) for name in names}
    for trial in range(trials):
        job = JOBS[names[trial % len(names)]]
        with fresh(parent) as folder:
            job.prepare(folder)
            run = start(job.run, folder)
            time.sleep(rng.uniform(0, spans[job.name]))
            os.kill(run.pid, signal.SIGKILL)
            os.waitpid(run.pid, 0)
            acks = run.read()
            acked += len(acks)
            broken = check(folder, acks) or again(job, folder)
            if broken:
                failures.append(f"trial {trial} ({job.name}): {broken[0]}")
    return {"trials": trials, "seed": seed, "acknowledged": acked, "failures": failures}


def _duration(job: Job, parent: Path) -> float:
    """Return how long an undisturbed run takes (median of five)."""
    spent = []
    for _ in range(5):
        with fresh(parent) as folder:
            job.prepare(folder)
            start_time = time.perf_counter()
            run = start(job.run, folder)
            os.waitpid(run.pid, 0)
            spent.append(time.perf_counter() - start_time)
            run.read()
    return sorted(spent)[2] * 1.1


def errors(parent: Path, every: int = 1) -> dict[str, object]:
    """Let every storage call fail once with EIO and once with ENOSPC: an error is told, nothing wrong is promised."""
    trials, failures = 0, []
    for name in ("ingest", "bulk", "review", "export"):
        counted = count_calls(JOBS[name], parent)
        for call in ("pwrite64", "write", "fdatasync", "fsync", "rename", "mkdir"):
            for n in range(1, counted[call] + 1, every):
                for error in ("EIO", "ENOSPC"):
                    broken = inject(JOBS[name], call, n, f"error={error}", parent)
                    trials += 1
                    if broken:
                        failures.append(f"{name}: {error} at {call} {n}: {broken[0]}")
    return {"trials": trials, "failures": failures}
