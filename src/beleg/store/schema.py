"""The tables of a case, the same in SQLite and PostgreSQL.

``event`` and ``batch`` are the case: append-only, hash-chained, each event with its records (see ``events``).
``reading`` and ``blob`` hold long bytes under their SHA-256. Everything else is an index over the events, rebuilt from
them at will: ``document``, ``claim`` and ``problem`` have a row for what is in force (the newest reading of each
document), ``decision`` one for each decision ever made.
"""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    BigInteger,
    Column,
    Double,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    event,
)

REVISION = "0003"  # of the tables below; equals the newest script of migrate/versions
APPLICATION = 0x42454C47  # "BELG" in the header of the SQLite file

metadata = MetaData()

# Sorted by code point in both databases, whatever the server's locale.
Word = String().with_variant(String(collation="C"), "postgresql")
Big = BigInteger().with_variant(Integer(), "sqlite")

revision_table = Table("alembic_version", metadata, Column("version_num", String(32), primary_key=True))

event_table = Table(
    "event",
    metadata,
    Column("seq", Big, primary_key=True, autoincrement=False),  # 1, 2, 3 … without gaps
    Column("batch", Big, nullable=False),
    Column("kind", Word, nullable=False),  # create, read, problems, decision
    Column("at", Word, nullable=False),
    Column("who", Word, nullable=False),
    Column("leaf", Word, nullable=False),  # SHA-256 over 0x00 and the body
    Column("body", LargeBinary, nullable=False),  # records as stored
)

batch_table = Table(
    "batch",
    metadata,
    Column("number", Big, primary_key=True, autoincrement=False),
    Column("first", Big, nullable=False),
    Column("last", Big, nullable=False),
    Column("root", Word, nullable=False),  # Merkle root of the batch's leaves
    Column("prev", Word, nullable=False),  # head before
    Column("head", Word, nullable=False),
)

reading_table = Table(
    "reading",
    metadata,
    Column("sha256", Word, primary_key=True),  # of the body
    Column("body", LargeBinary, nullable=False),
)

blob_table = Table(  # empty in a folder case, where the bytes are files
    "blob",
    metadata,
    Column("sha256", Word, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

document_table = Table(
    "document",
    metadata,
    Column("seq", Big, primary_key=True, autoincrement=False),  # event of the newest reading
    Column("ident", Word, nullable=False, unique=True),  # Document.id
    Column("shelf", Word, nullable=False, unique=True),  # sorts by name, then bytes, then outlet
    Column("name", Word, nullable=False, index=True),
    Column("outlet", Word),
    Column("sha256", Word, nullable=False, index=True),
    Column("reading", Word, nullable=False),
    Column("version", Word, nullable=False),
    Column("media_type", Word, nullable=False),
    Column("language", Word),
    Column("title", Word),
    Column("url", Word),
    Column("published_first", Word, index=True),
    Column("published_last", Word),
    Column("size", Big, nullable=False),
    Column("sentences_parsed", Integer, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("problems", Integer, nullable=False),
    Column("words", Text, nullable=False),  # stems of the clean text, each once: what is searched
)

claim_table = Table(
    "claim",
    metadata,
    Column("id", Big, primary_key=True, autoincrement=False),  # seq << PLACES | n
    Column("seq", Big, nullable=False),
    Column("n", Integer, nullable=False),  # place in the document, from 0
    Column("claim", Word, nullable=False),  # Claim.id
    Column("event", Word, nullable=False),
    Column("supplier", Word),
    Column("recipient", Word),
    Column("actor", Word),
    Column("item", Word),
    Column("item_id", Word),
    Column("low", Double),
    Column("high", Double),
    Column("unit", Word),
    Column("time_start", Word),
    Column("time_end", Word),
    Column("day", Word, nullable=False),  # time_start, "" where there is none: sorts
    Column("said", Word),  # the day it was said, where the text gives one
    Column("origin", Word),  # last of the source chain
    Column("teller", Word),  # first of the source chain
    Column("stance", Word, nullable=False),
    Column("act", Word, nullable=False),
    Column("form", Word, nullable=False),
    Column("start", Integer, nullable=False),  # code points of the clean text
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("words", Text, nullable=False),  # stems of the quote, each once: what is searched
)
PLACES = 20  # bits: at most 1,048,575 claims a document

problem_table = Table(
    "problem",
    metadata,
    Column("id", Big, primary_key=True, autoincrement=False),  # seq << PLACES | n
    Column("seq", Big, nullable=False, index=True),
    Column("n", Integer, nullable=False),
    Column("line", Integer, nullable=False),  # of the event's records
    Column("document", Word),
    Column("code", Word, nullable=False),
    Column("left_out", Integer, nullable=False),
    Column("digest", Word, nullable=False, index=True),  # of the record: the same doubt is kept once
)

decision_table = Table(
    "decision",
    metadata,
    Column("seq", Big, primary_key=True, autoincrement=False),
    Column("id", Word, nullable=False, unique=True),
    Column("kind", Word, nullable=False),
    Column("target", Word, nullable=False, index=True),
    Column("who", Word, nullable=False),
    Column("at", Word, nullable=False),
    Column("undoes", Word),
    Column("sha256", Word, index=True),  # of the document the target stands in
)

DERIVED = (document_table, claim_table, problem_table, decision_table)

# Indexes end in the key, which grows: new rows come at the end of each value's run, so that loading stays as fast in a
# large case as in a small one (an index that ends in the document's name would touch a page a row). SQLite keeps the
# key at the end of every index by itself.
LISTED = ("event", "supplier", "recipient", "item", "item_id", "stance", "origin", "teller", "day")
for _columns in (*((name,) for name in LISTED), ("supplier", "recipient")):
    _name = f"claim_{'route' if len(_columns) > 1 else _columns[0]}"
    Index(_name, *(claim_table.c[c] for c in _columns)).ddl_if(dialect="sqlite")
    Index(_name, *(claim_table.c[c] for c in (*_columns, "id"))).ddl_if(dialect="postgresql")

# Full text over the column ``words`` (see ``words``): the same stems in both databases.
SEARCHED = {"claim": "id", "document": "seq"}  # table → key
WORDS_INDEX = "array_to_tsvector(string_to_array(words, ' '))"  # PostgreSQL


def search_ddl(dialect: str) -> list[str]:
    """Return the statements that make the word indexes."""
    if dialect == "sqlite":
        return [
            f"CREATE VIRTUAL TABLE {table}_search USING fts5(words, content='{table}', content_rowid='{key}', "
            "tokenize='ascii', detail=none, columnsize=0)"
            for table, key in SEARCHED.items()
        ]
    return [f"CREATE INDEX {table}_search ON {table} USING gin ({WORDS_INDEX})" for table in SEARCHED]


for _dialect in ("sqlite", "postgresql"):
    for _sql in search_ddl(_dialect):
        event.listen(metadata, "after_create", DDL(_sql).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]
