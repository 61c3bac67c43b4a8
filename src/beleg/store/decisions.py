"""What people decided: append-only, refused where it would overrule something unseen, found again after a re-reading.

A decision about a claim is kept with an anchor: the SHA-256 of the document, the span in its clean text, the quoted
words. After a newer reading of the same bytes it belongs to the claim at the same span, else to the one claim of the
same event and item that has the same words (the clean text may have shifted), else to the one that overlaps it; where
there is none, it is *loose*: listed, never dropped.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import Literal

from sqlalchemy import BigInteger, Connection, and_, literal_column, or_, select

from beleg.errors import CaseError
from beleg.model import Decision
from beleg.store import look
from beleg.store.encode import Anchor, DecisionRecord
from beleg.store.events import Batch
from beleg.store.fill import fill
from beleg.store.rows import decision_row, plain
from beleg.store.schema import PLACES, claim_table, decision_table, document_table

_FIRST = literal_column(f"(document.seq << {PLACES})", BigInteger)
_INSIDE = claim_table.c.id.between(_FIRST, _FIRST + (1 << PLACES) - 1)  # claims of a document


class Unchecked(Enum):
    UNCHECKED = "unchecked"


UNCHECKED: Literal[Unchecked.UNCHECKED] = Unchecked.UNCHECKED


class StaleDecisionError(CaseError):
    """Somebody decided about the same target meanwhile: theirs in ``kept``, the refused one in ``refused``."""

    def __init__(self, kept: Decision, refused: Decision) -> None:
        self.kept, self.refused = kept, refused
        super().__init__(
            f"{refused.target}: {kept.who} decided {_words(kept)} at {kept.when}; yours, {_words(refused)}, was made "
            "without seeing it and is not kept: look again and decide once more"
        )


def _words(decision: Decision) -> str:
    fields = ", ".join(f"{k} = {v}" for k, v in decision.payload)
    return f"{decision.kind}{f' ({fields})' if fields else ''}: {decision.why or 'no reason given'}"


def newest(conn: Connection, target: str) -> str | None:
    """Return the id of the newest decision on a target: what a person has seen who looks now."""
    c = decision_table.c
    at = select(c.id).where(c.target == plain(target)).order_by(c.seq.desc()).limit(1)
    return conn.execute(at).scalar()


def decide(conn: Connection, batch: Batch, decision: Decision, seen: str | Unchecked | None) -> Decision:
    """Append a decision in a writing transaction and return it with its id."""
    last = newest(conn, decision.target)
    if not isinstance(seen, Unchecked) and seen != last:
        if last is None:
            raise CaseError(f"{decision.target}: there is no decision {seen!r} on it")
        raise StaleDecisionError(_by_id(conn, last), decision)
    if decision.undoes is not None:
        undone = _by_id(conn, decision.undoes)
        if undone.target != decision.target:
            raise CaseError(f"{decision.undoes} is about {undone.target}, not about {decision.target}")
    kept = replace(decision, id=f"D{batch.next_seq}")
    record = DecisionRecord(kept, anchor(conn, decision.target), None if isinstance(seen, Unchecked) else seen)
    seq = batch.append("decision", [record])
    fill(conn, decision_table, [decision_row(seq, record)])
    return kept


def _by_id(conn: Connection, decision_id: str) -> Decision:
    seq = conn.execute(select(decision_table.c.seq).where(decision_table.c.id == plain(decision_id))).scalar()
    if seq is None:
        raise CaseError(f"there is no decision {decision_id!r} in the case")
    return look.records(conn, [(seq, 1)], DecisionRecord)[0].decision


def anchor(conn: Connection, target: str) -> Anchor | None:
    """Return where the claim of that id stands now; None for targets that are no claim."""
    c, d = claim_table.c, document_table.c
    name = plain(target.rpartition("#")[0])
    at = (
        select(d.sha256, c.start, c.end, c.quote, c.event, c.item, d.outlet)
        .join_from(document_table, claim_table, _INSIDE)
        .where(or_(d.name == name, d.ident == name), c.claim == plain(target))
        .order_by(c.id)
    )
    found = conn.execute(at).all()
    if len(found) > 1:
        raise CaseError(f"{target} names {len(found)} claims in documents of the same name; read them by other names")
    return Anchor(*found[0]) if found else None


def all_records(conn: Connection, target: str | None = None) -> list[DecisionRecord]:
    """Return decisions with their anchors, oldest first: all, or those that may be about a target."""
    c = decision_table.c
    at = select(c.seq).order_by(c.seq)
    if target is not None:
        here = anchor(conn, target)
        at = at.where(or_(c.target == plain(target), c.sha256 == here.sha256) if here else c.target == plain(target))
    return look.records(conn, [(seq, 1) for seq in conn.execute(at).scalars()], DecisionRecord)


def all_decisions(conn: Connection, target: str | None = None) -> list[Decision]:
    """Return decisions, oldest first, with ``target`` as the claim is called now."""
    kept = [_now(conn, r)[0] for r in all_records(conn, target)]
    return [d for d in kept if target in (None, d.target)]


def loose(conn: Connection) -> list[Decision]:
    return [r.decision for r in all_records(conn) if _now(conn, r)[1]]


def _now(conn: Connection, record: DecisionRecord) -> tuple[Decision, bool]:
    """Return the decision with its target as named now, and whether it is loose."""
    if record.anchor is None:
        return record.decision, False
    claim = find(conn, record.anchor, record.decision.target)
    if claim is None:
        return record.decision, True
    return replace(record.decision, target=claim), False


def find(conn: Connection, at: Anchor, was: str) -> str | None:
    """Return the id of the claim that an anchor stands for in the reading in force, or None."""
    c, d = claim_table.c, document_table.c
    near = (
        select(c.claim, c.start, c.end, c.event, c.item, c.quote)
        .join_from(document_table, claim_table, _INSIDE)
        .where(d.sha256 == at.sha256, d.outlet.is_not_distinct_from(at.outlet))
        .where(or_(and_(c.start < at.end, c.end > at.start), c.quote == at.quote))
        .order_by(c.id)
    )
    found = conn.execute(near).all()
    place = [r for r in found if (r.start, r.end) == (at.start, at.end)]
    kind = [r for r in found if (r.event, r.item) == (at.event, at.item)]
    words = [r for r in kind if r.quote == at.quote]
    over = [r for r in kind if r.start < at.end and r.end > at.start]
    for group in ([r for r in place if r in kind], place, words, over):
        if len(group) > 1:
            return was if was in [r.claim for r in group] else None
        if group:
            return str(group[0].claim)
    return None
