"""The log and what it names. Index tables were made by the program until 0003; from there on by the scripts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

Word = sa.String().with_variant(sa.String(collation="C"), "postgresql")
Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("seq", Big, primary_key=True, autoincrement=False),
        sa.Column("batch", Big, nullable=False),
        sa.Column("kind", Word, nullable=False),
        sa.Column("at", Word, nullable=False),
        sa.Column("who", Word, nullable=False),
        sa.Column("leaf", Word, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "batch",
        sa.Column("number", Big, primary_key=True, autoincrement=False),
        sa.Column("first", Big, nullable=False),
        sa.Column("last", Big, nullable=False),
        sa.Column("root", Word, nullable=False),
        sa.Column("prev", Word, nullable=False),
        sa.Column("head", Word, nullable=False),
    )
    for table in ("reading", "blob"):
        op.create_table(
            table,
            sa.Column("sha256", Word, primary_key=True),
            sa.Column("body", sa.LargeBinary, nullable=False),
        )
