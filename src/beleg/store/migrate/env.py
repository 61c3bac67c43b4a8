"""What Alembic runs: always on the connection and in the transaction that ``upgrade`` was given."""

from __future__ import annotations

from alembic import context

from beleg.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
