"""The log against its own hashes, and against a head that was kept elsewhere.

Where two of three digests agree, the third is named as the one that was changed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from beleg.store.checkpoint import Checkpoint
from beleg.store.events import START, head
from beleg.store.events import root as tree
from beleg.store.schema import batch_table, event_table


class Fault(NamedTuple):
    """One change: where (table or file, row, field) and in words."""

    table: str
    row: str
    field: str
    message: str

    def __str__(self) -> str:
        place = " ".join(p for p in (self.table, self.row, self.field) if p)
        return f"{place}: {self.message}"


Leaves = dict[int, tuple[str, str]]  # event → leaf as stored, leaf as computed


def root(leaves: list[str]) -> str:
    """Return the Merkle root, "" where a stored leaf is no digest any more."""
    try:
        return tree(leaves)
    except ValueError:
        return ""


def check_batches(conn: Connection, leaves: Leaves) -> list[Fault]:
    """Check every batch: its events, its root, its place in the chain."""
    faults: list[Fault] = []
    last, heads, number, covered = 0, {START}, 0, set[int]()
    owners: dict[int, list[int]] = {}
    seqs = sorted(leaves)
    for seq, batch in conn.execute(select(event_table.c.seq, event_table.c.batch).order_by(event_table.c.seq)):
        owners.setdefault(batch, []).append(seq)
    for row in conn.execute(select(batch_table).order_by(batch_table.c.number)):
        if row.number > number + 1:
            faults.append(Fault("batch", _span(number + 1, row.number - 1), "", "missing"))
            last, heads = row.first - 1, {row.prev}
        number = row.number
        first, end = _range(row, last, owners, faults)
        members = seqs[bisect_left(seqs, first) : bisect_right(seqs, end)]
        covered.update(members)
        faults += [Fault("event", _span(a, b), "", "missing") for a, b in _gaps(first, end, members)]
        faults += _members(row, members, leaves)
        faults += _chain(row, first, end, heads, members, leaves)
        faults += [
            Fault("event", str(seq), "batch", f"row says another batch than {number}")
            for seq in members
            if seq not in owners.get(number, ())
        ]
        best = root([leaves[s][1] for s in members])
        heads = {row.head, head(number, first, end, row.prev, row.root), head(number, first, end, row.prev, best)}
        last = end
    faults += [Fault("event", str(s), "", "belongs to no batch") for s in sorted(leaves.keys() - covered)]
    return faults


def _range(row: Any, last: int, owners: dict[int, list[int]], faults: list[Fault]) -> tuple[int, int]:
    """Return the batch's first and last event as its head has them; names the column that says otherwise."""
    own = owners.get(row.number, [])
    for first in (row.first, last + 1):
        for end in (row.last, own[-1] if own else row.last):
            if head(row.number, first, end, row.prev, row.root) == row.head:
                for name, value, said in (("first", row.first, first), ("last", row.last, end)):
                    if value != said:
                        faults.append(Fault("batch", str(row.number), name, f"row says {value}, its head says {said}"))
                return first, end
    return last + 1, max(own[-1] if own else row.last, last + 1)


def _gaps(first: int, end: int, there: list[int]) -> list[tuple[int, int]]:
    """Return the stretches of numbers from first to end that are not there; their length does not matter."""
    marks = [first - 1, *there, end + 1]
    return [(a + 1, b - 1) for a, b in pairwise(marks) if b > a + 1]


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} to {last}"


def _members(row: Any, members: list[int], leaves: Leaves) -> list[Fault]:
    faults: list[Fault] = []
    changed = [s for s in members if leaves[s][0] != leaves[s][1]]
    if not changed:
        return faults
    stored = root([leaves[s][0] for s in members])
    computed = root([leaves[s][1] for s in members])
    for seq in changed:
        if computed == row.root:
            faults.append(Fault("event", str(seq), "leaf", "was changed: body and batch agree without it"))
        elif stored == row.root:
            faults.append(Fault("event", str(seq), "body", "was changed: leaf and batch agree without it"))
        else:
            faults.append(Fault("event", str(seq), "body", "was changed, or leaf or batch with it"))
    return faults


def _chain(row: Any, first: int, end: int, heads: set[str], members: list[int], leaves: Leaves) -> list[Fault]:
    """Check root, prev and head of a batch."""
    whole = len(members) == end - first + 1 and all(leaves[s][0] == leaves[s][1] for s in members)
    computed = root([leaves[s][1] for s in members])
    roots = {row.root, computed}
    faults: list[tuple[str, str]] = []
    if whole and row.root != computed:
        if head(row.number, first, end, row.prev, computed) == row.head:
            faults.append(("root", "was changed: events and head agree without it"))
        else:
            faults.append(("", f"events {first} to {end} are not the ones it was made of"))
    if row.prev not in heads:
        agreed = any(head(row.number, first, end, h, r) == row.head for h in heads for r in roots)
        faults.append(("prev", "was changed: the head agrees without it" if agreed else "is not the head before it"))
    elif not any(head(row.number, first, end, row.prev, r) == row.head for r in roots):
        faults.append(("head", "does not follow from the batch and the head before it"))
    return [Fault("batch", str(row.number), name, message) for name, message in faults]


def against_checkpoint(conn: Connection, kept: Checkpoint, name: str | None) -> list[Fault]:
    """See that the case is the one of a checkpoint and still holds all that it held then."""
    if kept.case != name:
        return [Fault("checkpoint", kept.case, "", f"is of another case; this one is {name}")]
    if kept.batches == 0:
        return []
    number = batch_table.c.number
    found = conn.execute(select(batch_table.c.head).where(number == kept.batches)).scalar()
    if found == kept.head:
        return []
    if found is None:
        end = conn.execute(select(number).order_by(number.desc()).limit(1)).scalar() or 0
        message = f"the log ends at batch {end}; it went further when the checkpoint was made: it was cut short"
    else:
        message = (
            f"had another head when the checkpoint was made: event {kept.events} or one before it was written anew"
        )
    return [Fault("checkpoint", f"batch {kept.batches}", "head", message)]
