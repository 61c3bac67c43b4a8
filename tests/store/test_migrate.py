from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine

from beleg.store.case import Case
from beleg.store.migrate import older, upgrade
from beleg.store.schema import REVISION, batch_table, blob_table, event_table, metadata, reading_table
from beleg.store.verify import verify

from .postgres import Cluster
from .values import claim, document

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(params=sorted(p.stem for p in GOLDEN.glob("case-*.zip")))
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A case as a released version wrote it."""
    shutil.unpack_archive(GOLDEN / f"{request.param}.zip", tmp_path)
    return tmp_path / "case"


def test_there_is_a_golden_case_of_every_older_revision():
    assert [p.stem.removeprefix("case-") for p in sorted(GOLDEN.glob("case-*.zip"))] == older()
    assert REVISION not in older()


def test_a_case_of_an_older_version_opens_with_all_it_held(old: Path):
    of, _ = document("a")
    with Case.open(old, who="bert", version="3") as case:
        assert verify(case).faults == []
        assert [d.name for d in case.documents()] == ["a", "b"]
        assert case.document("a") == of
        assert case.claims(document="a") == [claim(of), claim(of, 2, "mehr als 100 Container")]
        assert [(d.target, d.why) for d in case.decisions()] == [("a#01", "geprüft")] * 2
        assert case.raw(of) == of.text.encode()
        assert [c.id for c in case.claims(text="container granaten")] == ["a#01", "b#01"]
        assert case.head().events == 8  # the seven it had, and the upgrade


def test_an_upgrade_happens_once(old: Path):
    Case.open(old).close()
    with Case.open(old) as case:
        assert case.head().events == 8


def test_an_upgrade_that_fails_leaves_the_old_case(old: Path, monkeypatch: pytest.MonkeyPatch):
    def fail(conn: object) -> None:
        raise KeyboardInterrupt

    before = (old / "case.db").read_bytes()
    monkeypatch.setattr("beleg.store.migrate.rebuild", fail)
    with pytest.raises(KeyboardInterrupt):
        Case.open(old)
    monkeypatch.undo()
    assert (old / "case.db").read_bytes()[100:] == before[100:]
    with Case.open(old) as case:
        assert verify(case).faults == []


SQLITE = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
POSTGRES = """
    SELECT table_name || '.' || column_name, concat_ws(' ', ordinal_position, data_type, is_nullable, collation_name,
        column_default) FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
"""


def layout(conn: Connection) -> dict[str, str]:
    """Return every table, column, index and constraint as the database describes it."""
    rows = conn.exec_driver_sql(SQLITE if conn.dialect.name == "sqlite" else POSTGRES)
    return {name: said for name, said in rows}  # noqa: C416


@pytest.fixture
def two(home: str, request: pytest.FixtureRequest) -> Iterator[tuple[Engine, Engine]]:
    """Two empty databases of either kind."""
    urls = ["sqlite://", "sqlite://"]
    if home.startswith("postgresql"):
        other = request.getfixturevalue("cluster").database(f"{home.rpartition('/')[2]}b")
        urls = [url.replace("postgresql:", "postgresql+psycopg:") for url in (home, other)]
    one, two = create_engine(urls[0]), create_engine(urls[1])
    yield one, two
    one.dispose()
    two.dispose()


def test_the_scripts_from_the_first_to_the_last_make_the_very_tables_of_a_new_case(two: tuple[Engine, Engine]):
    with two[0].begin() as scripts, two[1].begin() as new:
        assert layout(new) == {}
        upgrade(scripts)
        metadata.create_all(new)
        assert scripts.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == REVISION
        assert layout(scripts) == layout(new)
        assert {"claim_route", "claim_search"} <= layout(new).keys()


def test_an_older_case_on_a_server_opens_with_all_it_held(old: Path, cluster: Cluster):
    home = cluster.database(f"old{old.parent.name[-8:]}")
    revision = sqlite3.connect(old / "case.db").execute("SELECT version_num FROM alembic_version").fetchone()[0]
    server = create_engine(home.replace("postgresql:", "postgresql+psycopg:"))
    with server.begin() as conn, create_engine(f"sqlite:///{old / 'case.db'}").begin() as kept:
        upgrade(conn, revision)  # the log as that version had it
        for table in (event_table, batch_table, reading_table):
            conn.execute(table.insert(), [dict(row) for row in kept.execute(table.select()).mappings()])
        blobs = [p.read_bytes() for p in (old / "blobs").rglob("*") if p.is_file()]
        conn.execute(blob_table.insert(), [{"sha256": hashlib.sha256(b).hexdigest(), "body": b} for b in blobs])
    server.dispose()
    with Case.open(home) as there, Case.open(old) as here:
        assert verify(there).faults == []
        for held in (Case.documents, Case.claims, Case.decisions, Case.problems, Case.size):
            assert held(there) == held(here)
        assert [there.raw(d) for d in there.documents()] == [here.raw(d) for d in here.documents()]
        assert len(there.claims(text="Granate")) == 2
