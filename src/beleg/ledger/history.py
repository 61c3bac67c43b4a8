"""The life of a figure: first stated, raised, lowered, repeated, denied, on which day by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from beleg.ledger.days import moment_of_days
from beleg.ledger.reading import Entry
from beleg.ledger.values import Denial, Figure, Tick
from beleg.model import Document

Kind = Literal["first", "raised", "lowered", "revised", "repeated", "stated", "denied"]


def history_of(
    figures: Sequence[Figure], denials: Sequence[Denial], entries: Sequence[Entry], documents: Mapping[str, Document]
) -> tuple[Tick, ...]:
    """Return the ticks of a matter by day: each body's totals compared with its own last, repeats, denials."""
    ticks = []
    last: dict[str, Figure] = {}
    said = {e.claim.id: e for e in entries}
    for f in sorted(figures, key=lambda f: (f.said, f.id)):
        name = f.origin.speaker or "without a source"
        kind: Kind = "stated"
        if f.origin.known and f.counts != "increment":
            before = last.get(f.origin.body)
            kind = _step(before, f)
            last[f.origin.body] = f
        ticks.append(Tick(f.said, kind, f.id, f"{name}: {f.own_words}"))
        for c in f.claims:
            e = said.get(c)
            if e is None or e.claim.document == f.documents[0]:
                continue
            doc = documents.get(e.claim.document)
            day = moment_of_days(doc.published.days) if doc is not None else e.said
            outlet = (doc.outlet or doc.name) if doc is not None else e.claim.doc
            ticks.append(Tick(day, "repeated", c, outlet))
    ticks += [Tick(d.day, "denied", d.claims[0], f"{d.speaker}: {'+'.join(d.types)}") for d in denials]
    return tuple(sorted(ticks, key=lambda t: (t.day, t.kind == "repeated", t.claim)))


def _step(before: Figure | None, now: Figure) -> Kind:
    if before is None:
        return "first"
    if "revised" in before.notes:
        return "revised"
    one, other = _worth(before), _worth(now)
    return "raised" if other > one else "lowered" if other < one else "stated"


def _worth(f: Figure) -> float:
    return f.low if f.low or f.high is None else f.high
