"""A head to keep elsewhere: printed, mailed, on another machine. What is older than it cannot be changed unseen.

    beleg checkpoint 1
    case 0f3c…            drawn when the case was made
    batches 12
    events 40
    head 9a1b…            SHA-256 over all of them (see ``events``)
    at 2026-01-02T03:04:05+00:00

Six lines of text. ``beleg verify --against FILE`` compares. Events after the newest checkpoint are not covered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Connection, select

from beleg.errors import CaseError
from beleg.store import encode
from beleg.store.events import read_head
from beleg.store.schema import event_table


@dataclass(frozen=True, slots=True)
class Checkpoint:
    case: str
    batches: int
    events: int
    head: str
    at: str  # instant given by whoever made it, "" where none

    def __str__(self) -> str:
        return (
            f"beleg checkpoint 1\ncase {self.case}\nbatches {self.batches}\nevents {self.events}\n"
            f"head {self.head}\nat {self.at}\n"
        )


_LINES = re.compile(
    r"beleg checkpoint 1\s+case ([0-9a-f]{32})\s+batches (\d{1,15})\s+events (\d{1,15})\s+"
    r"head ([0-9a-f]{64})\s+at[ ]?(.*)"
)


def parse(text: str, where: str) -> Checkpoint:
    """Read a checkpoint, also out of a mail or a scan with other text around it."""
    found = _LINES.search(text)
    if found is None:
        raise CaseError(f"{where}: no checkpoint in it; it begins with the line 'beleg checkpoint 1'")
    case, batches, events, head, at = found.groups()
    return Checkpoint(case, int(batches), int(events), head, at.strip())


def case_name(conn: Connection) -> str | None:
    """Return the name that the case was given when it was made, None where that event cannot be read."""
    body = conn.execute(select(event_table.c.body).where(event_table.c.seq == 1)).scalar()
    try:
        records = [] if body is None else [encode.value(line) for line in encode.unpack(body, "event 1")]
    except CaseError:
        return None
    return next((r.case for r in records if isinstance(r, encode.Made)), None)


def take(conn: Connection, at: str) -> Checkpoint:
    """Return the checkpoint of the case as it stands."""
    name = case_name(conn)
    if name is None:
        raise CaseError("the case has lost its first event: run `beleg verify`")
    end = read_head(conn)
    return Checkpoint(name, end.batches, end.events, end.hash, at)
