"""Bringing a case of an older version up to the tables of this one, in one transaction.

The scripts in ``versions`` (Alembic; one a revision, numbered) make every table, from an empty database to the newest
layout; a change of ``schema`` needs a new one. Index tables come out of them empty and are filled from the log.
A case that was killed in between is the old one or the new one.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from beleg.store.rebuild import rebuild
from beleg.store.schema import REVISION


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config


def older() -> list[str]:
    """Return the revisions before ours, oldest first."""
    scripts = ScriptDirectory.from_config(_config()).walk_revisions()
    return [s.revision for s in scripts if s.revision != REVISION][::-1]


def upgrade(conn: Connection, to: str = REVISION) -> None:
    """Run the scripts and fill the index tables, in the writing transaction given."""
    config = _config()
    config.attributes["connection"] = conn
    command.upgrade(config, to)
    if to == REVISION:
        rebuild(conn)
