"""The commands over a case: verify, checkpoint, backup, import, reread."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from beleg.cli import main
from beleg.model import Decision
from beleg.store.case import Case

from .values import claim, document


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    of, raw = document("a")
    with Case.open(tmp_path / "c", create=True, version="0.0.1") as case:
        case.add(of, raw, 1, [claim(of)], [])
    return tmp_path / "c"


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args], catch_exceptions=False)


def test_verify_says_that_nothing_changed_and_what_it_cannot_see(folder: Path):
    done = run("verify", "--case", folder)
    assert done.exit_code == 0
    assert "nothing changed: 2 events, 1 documents, 1 claims, 1 files" in done.output
    assert "Not seen without a checkpoint" in done.output


def test_verify_names_a_change_and_a_rebuild_mends_the_row(folder: Path):
    db = sqlite3.connect(folder / "case.db")
    db.execute("UPDATE claim SET supplier='IR'")
    db.commit()
    db.close()
    done = run("verify", "--case", folder, "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout.splitlines()[0])["field"] == "supplier"
    assert run("verify", "--case", folder, "--rebuild").exit_code == 0


def test_a_checkpoint_is_compared(folder: Path, tmp_path: Path):
    run("checkpoint", "--case", folder, "-o", tmp_path / "kept.txt")
    assert run("verify", "--case", folder, "--against", tmp_path / "kept.txt").exit_code == 0
    db = sqlite3.connect(folder / "case.db")
    for table in ("claim", "document", "event"):
        db.execute(f"DELETE FROM {table} WHERE seq=2")
    db.execute("DELETE FROM batch WHERE number=2")
    db.execute("DELETE FROM reading")
    db.commit()
    db.close()
    done = run("verify", "--case", folder, "--against", tmp_path / "kept.txt")
    assert done.exit_code == 1
    assert "cut short" in done.output


def test_a_backup_becomes_a_case_again(folder: Path, tmp_path: Path):
    assert "read back whole" in run("backup", "--case", folder, tmp_path / "b.beleg").output
    assert run("verify", "--file", tmp_path / "b.beleg").exit_code == 0
    done = run("import", "--case", tmp_path / "d", tmp_path / "b.beleg")
    assert "1 documents, 1 claims" in done.output


def test_a_whole_case_is_exported_to_a_file_that_import_takes_over(folder: Path, tmp_path: Path):
    assert "read back whole" in run("export", "--case", folder, "-o", tmp_path / "e.beleg").output
    assert "1 documents, 1 claims" in run("import", "--case", tmp_path / "d", tmp_path / "e.beleg").output
    assert run("export", "--case", tmp_path / "d", "--format", "case", "-o", tmp_path / "again").exit_code == 0
    with zipfile.ZipFile(tmp_path / "e.beleg") as one, zipfile.ZipFile(tmp_path / "again") as two:
        assert two.read("log.jsonl") == one.read("log.jsonl")
        assert two.namelist() == one.namelist()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--format", "case"], "to a file"),
        (["-o", "x.beleg", "--supplier", "KP"], "whole"),
        (["-o", "x.txt"], "--format"),
    ],
)
def test_an_export_that_is_not_clear_is_asked_about(folder: Path, more: list[str], said: str):
    done = run("export", "--case", folder, *more)
    assert (done.exit_code, said in done.output) == (2, True)


def test_rereading_tells_what_changed_and_keeps_decisions(tmp_path: Path):
    text = "Nordkorea habe mehr als 100 Container mit Granaten nach Russland geschickt, sagte ein Sprecher in Seoul."
    of, raw = document("a", text)
    of = replace(of, outlet=None, path="a.txt")
    gone = claim(of, 1, "Container mit Granaten", event="production")
    with Case.open(tmp_path / "c", create=True, version="0.0.1") as case:
        case.add(of, raw, 1, [gone], [])
        case.decide(Decision("accept", "a#01", "anna", "2026-01-02", "geprüft"))
    dry = run("reread", "--case", tmp_path / "c", "--dry-run")
    assert "gone    a#01  Container mit Granaten" in dry.stdout
    done = run("reread", "--case", tmp_path / "c", "--json")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert {"gone", "new"} <= {r["change"] for r in rows}
    assert "D3: a#01 is no longer found where anna decided on it" in done.stderr
    assert "1 same version" in run("reread", "--case", tmp_path / "c").stderr


def test_a_member_of_an_archive_is_kept_with_its_own_bytes(tmp_path: Path):
    text = "Nordkorea habe mehr als 100 Container mit Granaten nach Russland geschickt, sagte ein Sprecher in Seoul."
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as z:
        z.writestr("a.txt", text)
    assert run("read", tmp_path / "x.zip", "--case", tmp_path / "c").exit_code == 0
    with Case.open(tmp_path / "c") as case:
        assert [case.raw(d) for d in case.documents()] == [text.encode()]
