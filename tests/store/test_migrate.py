from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from beleg.store.case import Case
from beleg.store.migrate import older, upgrade
from beleg.store.schema import REVISION, metadata
from beleg.store.verify import verify

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


def test_the_scripts_run_from_the_first_to_the_last():
    engine = create_engine("sqlite://")
    with engine.begin() as conn:
        metadata.create_all(conn)
        conn.exec_driver_sql("INSERT INTO alembic_version VALUES ('0001')")
        upgrade(conn)
        assert conn.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == REVISION
    engine.dispose()
