"""The stand-alone verifier finds what ``beleg verify`` finds, and imports nothing of Beleg."""

from __future__ import annotations

import ast
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from beleg.model import Decision, Problem
from beleg.store import checkpoint
from beleg.store.case import Case

from .values import claim, document

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "verify_case.py"
NOW = "2026-01-02T03:04:05+00:00"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for version in ("1", "2"):
        with Case.open(tmp_path / "c", create=True, now=lambda: NOW, who="anna", version=version) as case:
            for name in ("a", "b"):
                of, raw = document(name, f"Nummer {name}: 100 Container kamen an.\0")
                case.add(of, raw, 1, [claim(of, 1, "100 Container kamen an.")], [Problem("x", "y", of.name)])
            case.decide(Decision("accept", "a#01", "anna", NOW, "geprüft"))
            with case.read() as conn:
                (tmp_path / "kept.txt").write_text(str(checkpoint.take(conn, NOW)))
    return tmp_path / "c"


def run(folder: Path, *more: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), folder, *more], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_it_is_short_and_of_the_standard_library_alone():
    source = SCRIPT.read_text(encoding="utf-8")
    imported = {n.names[0].name for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Import)}
    imported |= {str(n.module) for n in ast.walk(ast.parse(source)) if isinstance(n, ast.ImportFrom)}
    assert imported <= set(sys.stdlib_module_names)
    assert source.count("\n") < 200


def test_an_untouched_case_passes(folder: Path):
    assert run(folder, folder.parent / "kept.txt") == (0, "no faults in 7 events\n")


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("UPDATE claim SET supplier='IR' WHERE seq=5", "claim a#01 supplier: row says 'IR', log says 'KP'"),
        ("UPDATE document SET title='x' WHERE seq=6", "document b title"),
        ("UPDATE decision SET who='eve' WHERE seq=4", "decision D4 who"),
        ("UPDATE event SET at='' WHERE seq=2", "event 2 at"),
        ("UPDATE event SET leaf='00' WHERE seq=2", "event 2: body or leaf"),
        ("UPDATE batch SET head=root WHERE number=3", "batch 3 head"),
        ("UPDATE reading SET body=x'00'", "its body does not have that SHA-256"),
        ("DELETE FROM claim WHERE seq=5", "claim a#01: the row is missing"),
        ("DELETE FROM event WHERE seq=3", "batch 3: a batch or an event"),
    ],
)
def test_a_change_is_named(folder: Path, sql: str, says: str):
    db = sqlite3.connect(folder / "case.db")
    db.execute(sql)
    db.commit()
    db.close()
    code, told = run(folder)
    assert code == 1
    assert says in told


def test_a_changed_file_is_named(folder: Path):
    path = next(p for p in (folder / "blobs").rglob("*") if p.is_file())
    path.write_bytes(b"x")
    assert path.name in run(folder)[1]


def test_a_log_cut_short_is_seen_against_a_checkpoint(folder: Path):
    db = sqlite3.connect(folder / "case.db")
    for table, key in (("decision", "seq"), ("event", "seq"), ("batch", "last")):
        db.execute(f"DELETE FROM {table} WHERE {key}=7")
    db.commit()
    db.close()
    assert run(folder)[0] == 0
    assert "cut short" in run(folder, folder.parent / "kept.txt")[1]
