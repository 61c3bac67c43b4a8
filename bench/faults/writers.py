"""Several writers at once: nothing lost, nothing twice, nobody overruled unseen."""

from __future__ import annotations

import json
import os
import random
import time
from collections import Counter, defaultdict
from typing import Any

from beleg.model import Decision
from beleg.store import decisions
from beleg.store.case import Added, Case
from beleg.store.decisions import StaleDecisionError
from beleg.store.verify import verify
from faults.work import NOW
from store import readings

TARGETS = 20


def _work(home: str, writer: int, operations: int, pool: list[Any], out: int) -> None:
    rng = random.Random(writer)
    with Case.open(home, now=lambda: NOW, who=f"writer {writer}") as case, os.fdopen(out, "w") as told:
        for n in range(operations):
            start = time.perf_counter()
            if rng.random() < 0.4:
                r = rng.choice(pool)
                added = case.add(r.document, r.raw, r.sentences_parsed, r.claims, r.problems)
                step = ["document", r.document.id, added is Added.NEW]
            else:
                target = f"source {rng.randrange(TARGETS)}"
                with case.read() as conn:
                    seen = decisions.newest(conn, target)
                decision = Decision("rate", target, f"writer {writer}", NOW, f"{writer} {n}")
                try:
                    step = ["decision", case.decide(decision, seen=seen).id, f"{writer} {n}"]
                except StaleDecisionError:
                    step = ["stale", target, ""]
            print(json.dumps([*step, time.perf_counter() - start]), file=told, flush=True)


def writers(home: str, count: int, operations: int) -> dict[str, Any]:
    """Let ``count`` processes do ``operations`` each on one case, then compare with what each was told."""
    Case.open(home, create=True).close()
    pool = list(readings(count * operations // 5, 2, 11))
    started, children = time.perf_counter(), []
    for writer in range(count):
        reader, out = os.pipe()
        pid = os.fork()
        if not pid:
            code = 1
            try:
                os.close(reader)
                _work(home, writer, operations, pool, out)
                code = 0
            finally:
                os._exit(code)
        os.close(out)
        children.append((pid, reader))
    told = [json.loads(line) for lines in _drain([r for _, r in children]) for line in lines]
    failures = [f"a writer ended with {s}" for s in (os.waitpid(pid, 0)[1] for pid, _ in children) if s]
    wall = time.perf_counter() - started
    failures += _anomalies(home, told)
    if len(told) != count * operations:
        failures.append(f"{count * operations - len(told)} operations without an answer")
    waits = sorted(t[-1] for t in told)
    kinds = Counter(t[0] for t in told)
    return {
        "writers": count, "operations": len(told), "refused as stale": kinds["stale"],
        "operations per second": round(len(told) / wall), "p50 ms": round(waits[len(waits) // 2] * 1000, 1),
        "p99 ms": round(waits[int(len(waits) * 0.99)] * 1000, 1), "failures": failures,
    }  # fmt: skip


def _drain(readers: list[int]) -> list[list[str]]:
    """Read all pipes to their ends without letting one fill up."""
    import selectors

    selector = selectors.DefaultSelector()
    data = dict.fromkeys(readers, b"")
    for fd in readers:
        selector.register(fd, selectors.EVENT_READ)
    while selector.get_map():
        for key, _ in selector.select():
            part = os.read(key.fd, 65536)
            data[key.fd] += part
            if not part:
                selector.unregister(key.fd)
                os.close(key.fd)
    return [data[fd].decode().splitlines() for fd in readers]


def _anomalies(home: str, told: list[list[Any]]) -> list[str]:
    """Compare the case with one order of steps that would explain it: the log's own."""
    failures = []
    with Case.open(home) as case:
        failures += [str(f) for f in verify(case).faults]
        new = Counter(t[1] for t in told if t[0] == "document" and t[2])
        failures += [f"{d} was new {n} times" for d, n in new.items() if n > 1]
        there = {d.id for d in case.documents()}
        if there != {t[1] for t in told if t[0] == "document"} or there != set(new):
            failures.append("the documents are not the ones that were added")
        with case.read() as conn:
            records = decisions.all_records(conn)
        if {(r.decision.id, r.decision.why) for r in records} != {(t[1], t[2]) for t in told if t[0] == "decision"}:
            failures.append("the decisions are not the ones that were acknowledged")
        last: dict[str, str | None] = defaultdict(lambda: None)
        for r in records:
            if r.seen != last[r.decision.target]:
                failures.append(f"{r.decision.id} overruled {last[r.decision.target]} unseen")
            last[r.decision.target] = r.decision.id
    return failures
