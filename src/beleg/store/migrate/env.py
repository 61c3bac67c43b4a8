"""What Alembic runs: always on the connection and in the transaction that ``upgrade`` was given."""

from __future__ import annotations

from alembic import context

from beleg.store.schema import metadata, revision_table

connection = context.config.attributes["connection"]
revision_table.create(connection, checkfirst=True)  # Alembic's own would name its key otherwise
context.configure(connection=connection, target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
