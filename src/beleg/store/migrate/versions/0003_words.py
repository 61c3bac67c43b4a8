"""Search by stems, indexes that end in the key: the index tables are made anew, empty; ``migrate`` fills them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

Word = sa.String().with_variant(sa.String(collation="C"), "postgresql")
Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LISTED = ("event", "supplier", "recipient", "item", "item_id", "stance", "origin", "teller", "day")


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in ("claim_search", "document_search") if sqlite else ():
        op.execute(f"DROP TABLE IF EXISTS {table}")
    for table in ("document", "claim", "problem", "decision"):
        op.execute(f"DROP TABLE IF EXISTS {table}")
    op.create_table(
        "document",
        sa.Column("seq", Big, primary_key=True, autoincrement=False),
        sa.Column("ident", Word, nullable=False, unique=True),
        sa.Column("shelf", Word, nullable=False, unique=True),
        sa.Column("name", Word, nullable=False, index=True),
        sa.Column("outlet", Word),
        sa.Column("sha256", Word, nullable=False, index=True),
        sa.Column("reading", Word, nullable=False),
        sa.Column("version", Word, nullable=False),
        sa.Column("media_type", Word, nullable=False),
        sa.Column("language", Word),
        sa.Column("title", Word),
        sa.Column("url", Word),
        sa.Column("published_first", Word, index=True),
        sa.Column("published_last", Word),
        sa.Column("size", Big, nullable=False),
        sa.Column("sentences_parsed", sa.Integer, nullable=False),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.Column("problems", sa.Integer, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_table(
        "claim",
        sa.Column("id", Big, primary_key=True, autoincrement=False),
        sa.Column("seq", Big, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("claim", Word, nullable=False),
        sa.Column("event", Word, nullable=False),
        sa.Column("supplier", Word),
        sa.Column("recipient", Word),
        sa.Column("actor", Word),
        sa.Column("item", Word),
        sa.Column("item_id", Word),
        sa.Column("low", sa.Double),
        sa.Column("high", sa.Double),
        sa.Column("unit", Word),
        sa.Column("time_start", Word),
        sa.Column("time_end", Word),
        sa.Column("day", Word, nullable=False),
        sa.Column("said", Word),
        sa.Column("origin", Word),
        sa.Column("teller", Word),
        sa.Column("stance", Word, nullable=False),
        sa.Column("act", Word, nullable=False),
        sa.Column("form", Word, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
    )
    key = [] if sqlite else ["id"]
    for column in LISTED:
        op.create_index(f"claim_{column}", "claim", [column, *key])
    op.create_index("claim_route", "claim", ["supplier", "recipient", *key])
    op.create_table(
        "problem",
        sa.Column("id", Big, primary_key=True, autoincrement=False),
        sa.Column("seq", Big, nullable=False, index=True),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("document", Word),
        sa.Column("code", Word, nullable=False),
        sa.Column("left_out", sa.Integer, nullable=False),
        sa.Column("digest", Word, nullable=False, index=True),
    )
    op.create_table(
        "decision",
        sa.Column("seq", Big, primary_key=True, autoincrement=False),
        sa.Column("id", Word, nullable=False, unique=True),
        sa.Column("kind", Word, nullable=False),
        sa.Column("target", Word, nullable=False, index=True),
        sa.Column("who", Word, nullable=False),
        sa.Column("at", Word, nullable=False),
        sa.Column("undoes", Word),
        sa.Column("sha256", Word, index=True),
    )
    for table, key_column in (("claim", "id"), ("document", "seq")):
        if sqlite:
            op.execute(
                f"CREATE VIRTUAL TABLE {table}_search USING fts5(words, content='{table}', "
                f"content_rowid='{key_column}', tokenize='ascii', detail=none, columnsize=0)"
            )
        else:
            words = "array_to_tsvector(string_to_array(words, ' '))"
            op.execute(f"CREATE INDEX {table}_search ON {table} USING gin ({words})")
