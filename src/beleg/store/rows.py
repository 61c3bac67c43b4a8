"""Values as rows of the index tables: what is filtered, sorted and searched. Used by writing, rebuilding and verify."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table

from beleg.errors import CaseError
from beleg.model import Claim, Document, Problem
from beleg.store.encode import DecisionRecord, DocumentRecord, line, sha256
from beleg.store.fill import fill
from beleg.store.schema import PLACES, claim_table, decision_table, document_table, problem_table

Row = dict[str, Any]

FIRST_CLAIM = 2  # line of an event's records: header, document, then claims, then problems


def plain(text: str) -> str:
    """Return text as both databases take it: U+0000 shown as U+FFFD (the value itself keeps it)."""
    return text.replace("\0", "\ufffd")


def _plain(text: str | None) -> str | None:
    return None if text is None else plain(text)


def _float(number: float | None) -> float | None:
    return None if number is None else float(number)


def shelf(document: Document) -> str:
    """Return the key that sorts documents by name, then bytes, then outlet."""
    return plain("\x01".join((document.name, document.sha256[:12], document.outlet or "")))


def row_id(seq: int, n: int) -> int:
    if n >> PLACES:
        raise CaseError(f"more than {(1 << PLACES) - 1:,} records in one document: split the document")
    return seq << PLACES | n


def document_row(seq: int, version: str, record: DocumentRecord, text: str) -> Row:
    d = record.document
    days = d.published.days
    return {
        "seq": seq,
        "ident": plain(d.id),
        "shelf": shelf(d),
        "name": plain(d.name),
        "outlet": _plain(d.outlet),
        "sha256": d.sha256,
        "reading": record.reading,
        "version": plain(version),
        "media_type": plain(d.media_type),
        "language": _plain(d.language),
        "title": _plain(d.title),
        "url": _plain(d.url),
        "published_first": days.first.isoformat() if days else None,
        "published_last": days.last.isoformat() if days else None,
        "size": record.size,
        "sentences_parsed": record.sentences_parsed,
        "claims": record.claims,
        "problems": record.problems,
        "text": plain(text),
    }


def claim_rows(seq: int, place: str, claims: Sequence[Claim], text: str) -> list[Row]:
    return [_claim_row(seq, n, place, claim, text) for n, claim in enumerate(claims)]


def _claim_row(seq: int, n: int, place: str, claim: Claim, text: str) -> Row:
    quantity, time, sources = claim.quantity, claim.time, claim.sources
    return {
        "id": row_id(seq, n),
        "seq": seq,
        "n": n,
        "shelf": place,
        "claim": plain(claim.id),
        "event": claim.event,
        "supplier": _plain(claim.supplier),
        "recipient": _plain(claim.recipient),
        "actor": _plain(claim.actor),
        "item": _plain(claim.item),
        "item_id": _plain(claim.item_id),
        "low": _float(quantity.low) if quantity else None,
        "high": _float(quantity.high) if quantity else None,
        "unit": _plain(quantity.unit) if quantity else None,
        "time_start": _plain(time.start) if time else None,
        "time_end": _plain(time.end) if time else None,
        "said": _plain(claim.said.start) if claim.said else None,
        "origin": plain(sources[-1].name) if sources else None,
        "teller": plain(sources[0].name) if sources else None,
        "stance": claim.stance,
        "act": claim.act,
        "form": claim.form,
        "start": claim.span.start,
        "end": claim.span.end,
        "quote": plain(text[claim.span.start : claim.span.end]),
    }


def problem_rows(seq: int, first_line: int, problems: Sequence[Problem]) -> list[Row]:
    return [
        {
            "id": row_id(seq, n),
            "seq": seq,
            "n": n,
            "line": first_line + n,
            "document": _plain(problem.document),
            "code": plain(problem.code),
            "left_out": int(problem.left_out),
            "digest": sha256(line(problem)),
        }
        for n, problem in enumerate(problems)
    ]


def decision_row(seq: int, record: DecisionRecord) -> Row:
    decision, anchor = record.decision, record.anchor
    return {
        "seq": seq,
        "id": plain(decision.id),
        "kind": decision.kind,
        "target": plain(decision.target),
        "who": plain(decision.who),
        "at": plain(decision.when),
        "undoes": _plain(decision.undoes),
        "sha256": anchor.sha256 if anchor else None,
    }


def of_event(table: Table, seq: int) -> ColumnElement[bool]:
    """Return the condition that a row of an index table belongs to an event, so that the primary key is used."""
    if "id" in table.c and "n" in table.c:
        return table.c.id.between(seq << PLACES, (seq + 1 << PLACES) - 1)
    return table.c.seq == seq


def of_events(table: Table, seqs: Sequence[int]) -> ColumnElement[bool]:
    """Return the condition that a row belongs to one of some events that follow each other in the log."""
    if "id" in table.c and "n" in table.c:
        return table.c.id.between(seqs[0] << PLACES, (seqs[-1] + 1 << PLACES) - 1)
    return table.c.seq.in_(seqs)


class Tables:
    """Rows gathered for the index tables, inserted together at the end of a transaction."""

    def __init__(self) -> None:
        self.documents: list[Row] = []
        self.claims: list[Row] = []
        self.problems: list[Row] = []
        self.decisions: list[Row] = []

    def add_reading(
        self,
        seq: int,
        version: str,
        record: DocumentRecord,
        text: str,
        claims: Sequence[Claim],
        problems: Sequence[Problem],
    ) -> None:
        self.documents.append(document_row(seq, version, record, text))
        self.claims += claim_rows(seq, shelf(record.document), claims, text)
        self.problems += problem_rows(seq, FIRST_CLAIM + len(claims), problems)

    def add_problems(self, seq: int, problems: Sequence[Problem]) -> None:
        self.problems += problem_rows(seq, 1, problems)

    def add_decisions(self, seq: int, records: Sequence[DecisionRecord]) -> None:
        self.decisions += [decision_row(seq, record) for record in records]

    def each(self) -> Iterator[tuple[Table, list[Row]]]:
        yield document_table, self.documents
        yield claim_table, self.claims
        yield problem_table, self.problems
        yield decision_table, self.decisions

    def insert(self, conn: Connection) -> None:
        """Insert the rows and their words, and forget them here."""
        for table, found in self.each():
            if found:
                fill(conn, table, found)
                found.clear()
