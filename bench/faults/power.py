"""Power loss: what strace saw being written is replayed up to some moment, keeping what was fsynced by then and a
random part of the rest.

The model is harsher than ext4: bytes of a file are safe after fsync or fdatasync of that file, its name only after
fsync of the folder; of what is not safe, every 512-byte sector and every name may be there or not, in any combination.
The only mercy is the one that POSIX grants: a rename is all or nothing.
"""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from faults.kill import traced
from faults.work import JOBS, SEEDED, Ack, check, fresh, start

SECTOR = 512
_LINE = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)(?:<(.*?)>)?")
_UNFINISHED = " <unfinished ...>"
_RESUMED = re.compile(r"^\d+ +<\.\.\. \w+ resumed>(.*)")
_FD = re.compile(r"^(\d+)<(.*?)>")


@dataclass
class Step:
    """One call of the trace: kind, path, and what it did."""

    kind: str
    path: str
    other: str = ""
    offset: int = 0
    data: bytes = b""


def record(
    run: Callable[[Path, Ack], None], parent: Path, prepare: Callable[[Path], None], seed: Callable[[], None] | None
):
    """Return the steps that a job makes inside its place, acknowledgements among them, and the state before."""
    with fresh(parent) as folder:
        prepare(folder)
        before = {p: p.read_bytes() for p in folder.parent.rglob("*") if p.is_file()}
        output = folder.parent.parent / "trace"
        calls = "trace=pwrite64,write,fdatasync,fsync,rename,openat,unlink,ftruncate,mkdir,lseek"
        traced(start(run, folder, seed, stopped=True), ["-y", "-xx", "-s", "10000000", "-e", calls], output)
        root = str(folder.parent)
        steps = [s for line in _whole(output.read_text().splitlines()) if (s := _parse(line, root))]
        return steps, {str(p.relative_to(root)): data for p, data in before.items()}


def _whole(lines: list[str]) -> Iterator[str]:
    """Give each call in one line, at the moment it was done, where strace saw another thread in between."""
    begun: dict[str, str] = {}
    for line in lines:
        pid = line.split(" ", 1)[0]
        if line.endswith(_UNFINISHED):
            begun[pid] = line.removesuffix(_UNFINISHED)
        elif found := _RESUMED.match(line):
            yield begun.pop(pid) + found[1]
        else:
            yield line


def _parse(line: str, root: str) -> Step | None:
    found = _LINE.match(line)
    if not found or found[3].startswith("-"):
        return None
    call, args, result, opened = found.groups()
    handle = _FD.match(args)
    path = _name(handle[2]) if handle else ""
    strings = [ast.literal_eval(f'b"{s}"') for s in re.findall(r'"((?:[^"\\]|\\.)*)"', args)]
    if call == "write" and path.startswith("pipe:"):
        return Step("ack", strings[0].decode())
    if call == "openat":
        if "O_CREAT" not in args or opened is None:
            return None
        return _inside(Step("create", _name(opened)), root)
    if call in ("rename", "unlink", "mkdir"):
        names = [s.decode() for s in strings]
        return _inside(Step(call, names[0], names[1] if len(names) > 1 else ""), root)
    if call in ("fsync", "fdatasync"):
        return _inside(Step("fsync", path), root)
    if call == "lseek":
        return _inside(Step("seek", path, offset=int(result)), root)
    if call == "ftruncate":
        return _inside(Step("truncate", path, offset=int(args.rsplit(",", 1)[1])), root)
    offset = int(args.rsplit(",", 1)[1]) if call == "pwrite64" else -1
    return _inside(Step("write", path, offset=offset, data=strings[0][: int(result)]), root)


def _name(shown: str) -> str:
    return ast.literal_eval(f'b"{shown}"').decode() if "\\x" in shown else shown


def _inside(step: Step, root: str) -> Step | None:
    if not step.path.startswith(root):
        return None
    step.path = step.path[len(root) :].lstrip("/")
    step.other = step.other[len(root) :].lstrip("/")
    return step


def replay(
    steps: list[Step], before: dict[str, bytes], upto: int, rng: random.Random
) -> tuple[dict[str, bytes], list[str]]:
    """Return the files after a power cut at step ``upto``, and what had been acknowledged."""
    safe = {f"0:{p}": bytearray(d) for p, d in before.items()}
    now = {k: bytearray(v) for k, v in safe.items()}
    loose: dict[str, list[tuple[int, bytes] | int]] = {}
    names = {p: f"0:{p}" for p in before}
    safe_names = dict(names)
    pending: dict[str, list[tuple[str, str | None]]] = {}  # folder → name changes not yet safe
    acks: list[str] = []
    position: dict[str, int] = {}
    for n, s in enumerate(steps[:upto], 1):
        if s.kind == "ack":
            acks += s.path.splitlines()
        elif s.kind == "create" and s.path not in names:
            key = f"{n}:{s.path}"
            names[s.path] = key
            safe[key], now[key], position[key] = bytearray(), bytearray(), 0
            pending.setdefault(_folder(s.path), []).append((s.path, key))
        elif s.kind == "mkdir":
            key = f"{n}:{s.path}/"
            names[s.path] = key
            pending.setdefault(_folder(s.path), []).append((s.path, key))
        elif s.kind == "rename":
            key = names.pop(s.path)
            names[s.other] = key
            pending.setdefault(_folder(s.other), []).append((f"{s.path}\0{s.other}", key))
        elif s.kind == "unlink" and s.path in names:
            names.pop(s.path)
            pending.setdefault(_folder(s.path), []).append((s.path, None))
        elif s.kind == "seek" and s.path in names:
            position[names[s.path]] = s.offset
        elif s.kind in ("write", "truncate") and s.path in names:
            key = names[s.path]
            if s.kind == "truncate":
                loose.setdefault(key, []).append(s.offset)
            else:
                offset = s.offset if s.offset >= 0 else position.get(key, 0)
                position[key] = offset + len(s.data)
                loose.setdefault(key, []).append((offset, s.data))
        elif s.kind == "fsync":
            if s.path in names and names[s.path] in safe:
                key = names[s.path]
                for w in loose.pop(key, []):
                    _apply(safe[key], w)
            else:
                for change in pending.pop(s.path, []):
                    _rename(safe_names, change)
    for changes in pending.values():
        for change in changes:
            if rng.random() < 0.5:
                _rename(safe_names, change)
    for key, writes in loose.items():
        for w in writes:
            if isinstance(w, int):
                if rng.random() < 0.5:
                    _apply(safe[key], w)
                continue
            offset, data = w
            for at in range(0, len(data), SECTOR):
                if rng.random() < 0.5:
                    _apply(safe[key], (offset + at, data[at : at + SECTOR]))
    folders = {p for p, key in safe_names.items() if key.endswith("/")} | {"", "case"}
    folders |= {str(parent) for p in before for parent in Path(p).parents}
    return {p: bytes(safe[k]) for p, k in safe_names.items() if k in safe and _reachable(p, folders)}, acks


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _apply(content: bytearray, write: tuple[int, bytes] | int) -> None:
    if isinstance(write, int):
        del content[write:]
        return
    offset, data = write
    if len(content) < offset:
        content.extend(b"\0" * (offset - len(content)))
    content[offset : offset + len(data)] = data


def _rename(names: dict[str, str], change: tuple[str, str | None]) -> None:
    path, key = change
    if key is None:
        names.pop(path, None)
    elif "\0" in path:
        old, new = path.split("\0")
        names.pop(old, None)
        names[new] = key
    else:
        names[path] = key


def _reachable(path: str, folders: set[str]) -> bool:
    parent = _folder(path)
    while parent:
        if parent not in folders:
            return False
        parent = _folder(parent)
    return True


def cut(files: dict[str, bytes], acks: list[str], parent: Path) -> list[str]:
    """Lay the files out and return the promises that do not hold."""
    with fresh(parent) as folder:
        for path, data in files.items():
            target = folder.parent / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        return check(folder, acks)


def power(
    parent: Path, trials: int, seed: int, jobs: tuple[str, ...] = ("ingest", "bulk", "review", "export")
) -> dict[str, object]:
    """Cut the power at drawn moments of recorded jobs."""
    rng = random.Random(seed)
    recorded = {name: record(JOBS[name].run, parent, JOBS[name].prepare, None) for name in jobs}
    failures = []
    for trial in range(trials):
        steps, before = recorded[jobs[trial % len(jobs)]]
        upto = rng.randrange(1, len(steps) + 1)
        broken = cut(*replay(steps, before, upto, rng), parent)
        if broken:
            failures.append(f"trial {trial} ({jobs[trial % len(jobs)]}, after call {upto}): {broken[0]}")
    return {"trials": trials, "seed": seed, "calls": {n: len(r[0]) for n, r in recorded.items()}, "failures": failures}


def controls(parent: Path, trials: int, seed: int) -> dict[str, object]:
    """Seed each fault and see that cutting the power shows it."""
    rng = random.Random(seed)
    caught: dict[str, str] = {}
    for name, (fault, run) in SEEDED.items():
        steps, before = record(run, parent, JOBS["ingest"].prepare, fault)
        failed = 0
        for _ in range(trials):
            failed += bool(cut(*replay(steps, before, rng.randrange(1, len(steps) + 1), rng), parent))
        caught[name] = f"{failed}/{trials}"
    missed = [name for name, figure in caught.items() if figure.startswith("0/")]
    return {
        "seed": seed,
        "trials": trials * len(SEEDED),
        "caught": caught,
        "failures": [f"not caught: {m}" for m in missed],
    }
