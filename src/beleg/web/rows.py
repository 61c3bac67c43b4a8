"""Matters and claims as the rows of lists: what is listed and written to CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, fields

from beleg.ledger.days import FUTURE
from beleg.ledger.values import Matter
from beleg.views.export.table import safe_cell
from beleg.views.rows import plain


@dataclass(frozen=True, slots=True)
class MatterLine:
    """One matter in the ledger's list."""

    matter: str
    supplier: str | None
    recipient: str | None
    actor: str | None
    item: str
    unit: str | None
    act: str
    as_of: str | None
    low: float | int | None
    high: float | int | None
    contested: bool
    n_min: int
    n_max: int
    documents: int
    utterances: int
    denied_by: tuple[str, ...]
    last_change: str | None
    review: str

    @property
    def sides(self) -> str:
        if self.supplier or self.recipient:
            return f"{self.supplier or '?'} → {self.recipient or '?'}"
        return self.actor or "?"


def matter_line(m: Matter) -> MatterLine:
    last = m.as_of[-1] if m.as_of else None
    changes = [t.day for t in m.history if t.day.last < FUTURE]
    return MatterLine(
        m.id, m.key.supplier, m.key.recipient, m.key.actor, m.label, m.key.unit, m.key.act,
        last.moment.text().split("..")[-1] if last else None,
        plain(last.hull_low) if last else None, plain(last.hull_high) if last else None,
        m.contested, m.n_min, m.n_max, len(m.documents), len(m.utterances),
        tuple(dict.fromkeys(d.who for d in m.denials if d.bears)),
        max(changes).text().split("..")[-1] if changes else None, m.review,
    )  # fmt: skip


FILTERS = ("supplier", "recipient", "item", "unit", "act")


def matters_csv(lines: Iterable[MatterLine]) -> str:
    """Return matters as CSV with nothing in it that a spreadsheet would run."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    names = [f.name for f in fields(MatterLine)]
    writer.writerow(names)
    for line in lines:
        cells = (getattr(line, name) for name in names)
        writer.writerow([safe_cell(_cell(c)) for c in cells])
    return out.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        return " ".join(value)
    return ("yes" if value else "no") if isinstance(value, bool) else value
