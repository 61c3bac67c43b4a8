"""Values as rows of the index tables: what is filtered, sorted and searched. Used by writing, rebuilding and verify.

A row is a tuple in the order of the table's columns (``schema``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, Table

from beleg.errors import CaseError
from beleg.model import Claim, Document, Problem
from beleg.store.encode import DecisionRecord, DocumentRecord, line, sha256
from beleg.store.fill import Row, fill
from beleg.store.schema import PLACES, claim_table, decision_table, document_table, problem_table
from beleg.store.words import words

FIRST_CLAIM = 2  # line of an event's records: header, document, then claims, then problems


def plain(text: str) -> str:
    """Return text as both databases take it: U+0000 shown as U+FFFD (the value itself keeps it)."""
    return text.replace("\0", "\ufffd")


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
    return _tidy(
        (
            seq,
            d.id,
            shelf(d),
            d.name,
            d.outlet,
            d.sha256,
            record.reading,
            version,
            d.media_type,
            d.language,
            d.title,
            d.url,
            days.first.isoformat() if days else None,
            days.last.isoformat() if days else None,
            record.size,
            record.sentences_parsed,
            record.claims,
            record.problems,
            words(text),
        )
    )


def claim_rows(seq: int, claims: Sequence[Claim], text: str, nul: bool = True) -> list[Row]:
    """Return the rows of claims; ``nul``: U+0000 may occur in what they hold."""
    row_id(seq, len(claims))
    first, text = seq << PLACES, plain(text)
    made = [_claim_row(first + n, seq, n, claim, text) for n, claim in enumerate(claims)]
    return list(map(_tidy, made)) if nul else made


def _claim_row(key: int, seq: int, n: int, claim: Claim, text: str) -> Row:
    quantity, time, sources = claim.quantity, claim.time, claim.sources
    quote = text[claim.span.start : claim.span.end]
    return (
        key,
        seq,
        n,
        claim.id,
        claim.event,
        claim.supplier,
        claim.recipient,
        claim.actor,
        claim.item,
        claim.item_id,
        _float(quantity.low) if quantity else None,
        _float(quantity.high) if quantity else None,
        quantity.unit if quantity else None,
        time.start if time else None,
        time.end if time else None,
        (time.start if time else None) or "",
        claim.said.start if claim.said else None,
        sources[-1].name if sources else None,
        sources[0].name if sources else None,
        claim.stance,
        claim.act,
        claim.form,
        claim.span.start,
        claim.span.end,
        quote,
        words(quote),
    )


def _tidy(row: Row) -> Row:
    """Return a row as both databases take it (see ``plain``)."""
    if any("\0" in value for value in row if type(value) is str):
        return tuple(plain(value) if isinstance(value, str) else value for value in row)
    return row


def problem_rows(seq: int, first_line: int, problems: Sequence[Problem]) -> list[Row]:
    return [
        _tidy((row_id(seq, n), seq, n, first_line + n, p.document, p.code, int(p.left_out), sha256(line(p))))
        for n, p in enumerate(problems)
    ]


def decision_row(seq: int, record: DecisionRecord) -> Row:
    d, anchor = record.decision, record.anchor
    return _tidy((seq, d.id, d.kind, d.target, d.who, d.when, d.undoes, anchor.sha256 if anchor else None))


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
        nul: bool = True,
    ) -> None:
        self.documents.append(document_row(seq, version, record, text))
        self.claims += claim_rows(seq, claims, text, nul)
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
