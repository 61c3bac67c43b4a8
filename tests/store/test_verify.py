from __future__ import annotations

import hashlib
import shutil
import sqlite3
from pathlib import Path

import pytest

from beleg.errors import CaseError
from beleg.model import Decision, Problem
from beleg.store import checkpoint
from beleg.store.case import Case
from beleg.store.verify import Report, verify

from .values import claim, document

NOW = "2026-01-02T03:04:05+00:00"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with every kind of record, and a document that was read by two versions."""
    folder = tmp_path_factory.mktemp("made") / "case"
    for version in ("1", "2"):
        with Case.open(folder, create=True, now=lambda: NOW, who="anna", version=version) as case:
            for name in ("a", "b"):
                of, raw = document(name, f"Nummer {name}: 100 Container kamen an. 5 Raketen auch.")
                if name == "a" or version == "1":
                    found = [claim(of, 1, "100 Container kamen an."), claim(of, 2, "5 Raketen auch.", item="missiles")]
                    case.add(of, raw, 2, found, [Problem("date-unresolved", "kein Datum", of.name)])
            case.add_problems([Problem("unreadable", f"leer {version}", "x.pdf", None, True)])
            case.decide(Decision("accept", "a#01", "anna", NOW, "geprüft", (("low", 100),)))
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "case"))


def check(folder: Path, *against: checkpoint.Checkpoint) -> Report:
    with Case.open(folder) as case:
        return verify(case, against)


def change(folder: Path, *statements: str) -> None:
    """Change rows as somebody would who knows the format: past the triggers where they forbid it."""
    db = sqlite3.connect(folder / "case.db")
    for sql in statements:
        db.execute(sql)
    db.commit()
    db.close()


def take(folder: Path) -> checkpoint.Checkpoint:
    with Case.open(folder) as case, case.read() as conn:
        return checkpoint.take(conn, NOW)


def test_an_untouched_case_has_no_fault(folder: Path):
    report = check(folder, take(folder))
    assert report.faults == []
    assert (report.events, report.documents, report.claims, report.blobs) == (8, 2, 4, 2)
    assert report.notes == []


TABLES = ("event", "batch", "reading", "document", "claim", "problem", "decision")


def _columns() -> list[tuple[str, str]]:
    from beleg.store.schema import metadata

    return [(t, c.name) for t in TABLES for c in metadata.tables[t].columns]


@pytest.mark.parametrize(("table", "column"), _columns())
def test_a_change_of_any_column_is_found_and_named(folder: Path, table: str, column: str):
    kind = next(
        r[2] for r in sqlite3.connect(folder / "case.db").execute(f"PRAGMA table_info({table})") if r[1] == column
    )
    new = {
        "VARCHAR": f"coalesce(substr(\"{column}\", 2), '') || 'Q'",
        "TEXT": f"substr(\"{column}\", 2) || 'Q'",
        "BLOB": f'CAST(substr("{column}", 1, 9) || x\'51\' || substr("{column}", 11) AS BLOB)',
    }.get(kind, f'coalesce("{column}", 0) + 1000')
    change(folder, f'UPDATE {table} SET "{column}" = {new} WHERE rowid = (SELECT max(rowid) FROM {table})')
    faults = check(folder).faults
    assert any(f.table == table for f in faults), [str(f) for f in faults]
    keys = {"seq", "id", "number", "sha256"}
    if column not in keys or (table == "document" and column == "sha256"):
        assert {f.field for f in faults if f.table == table} == {column}, [str(f) for f in faults]


@pytest.mark.parametrize(
    ("table", "column"), [("batch", "prev"), ("batch", "root"), ("claim", "claim"), ("event", "who")]
)
def test_a_text_that_is_no_text_any_more_is_named_in_words_that_can_be_printed(folder: Path, table: str, column: str):
    change(
        folder, f"UPDATE {table} SET {column} = CAST(x'41B7' AS TEXT) WHERE rowid = (SELECT max(rowid) FROM {table})"
    )
    told = [str(f) for f in check(folder).faults if f.table == table]
    assert told and "".join(told).encode()


@pytest.mark.parametrize("table", TABLES)
def test_a_deleted_row_is_missed(folder: Path, table: str):
    change(folder, f"DELETE FROM {table} WHERE rowid = (SELECT min(rowid) FROM {table})")
    assert any(f.table == table for f in check(folder).faults)


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ("INSERT INTO claim SELECT id+100, seq, n+100, 'x#9', event, supplier, recipient, actor, item, item_id, "
         "low, high, unit, time_start, time_end, day, said, origin, teller, stance, act, form, start, end, quote, "
         "words FROM claim LIMIT 1",
         "claim"),
        ("INSERT INTO event SELECT seq+100, batch, kind, at, who, leaf, body FROM event WHERE seq=2", "event"),
        ("INSERT INTO reading VALUES ('00', x'00')", "reading"),
        ("INSERT INTO decision SELECT seq+100, 'D9', kind, target, who, at, undoes, sha256 FROM decision LIMIT 1",
         "decision"),
    ],
)  # fmt: skip
def test_an_inserted_row_is_found(folder: Path, sql: str, table: str):
    change(folder, sql)
    assert any(f.table == table for f in check(folder).faults)


@pytest.mark.parametrize("column", ["number", "first", "last"])
def test_a_number_of_astronomic_size_is_named_without_counting_up_to_it(folder: Path, column: str):
    change(folder, f"UPDATE batch SET {column} = 1 << 60 WHERE number = 3")
    faults = check(folder).faults
    assert len(faults) < 10
    assert any(f.table == "batch" for f in faults)


def test_swapped_events_are_found(folder: Path):
    change(folder, *(f"UPDATE event SET seq={b} WHERE seq={a}" for a, b in ((2, -2), (3, 2), (-2, 3))))
    assert {("event", "2"), ("event", "3")} <= {(f.table, f.row) for f in check(folder).faults}


def test_an_event_made_anew_with_its_leaf_does_not_fit_the_chain(folder: Path):
    from beleg.store import encode
    from beleg.store.events import leaf

    db = sqlite3.connect(folder / "case.db")
    (body,) = db.execute("SELECT body FROM event WHERE seq=3").fetchone()
    forged = encode.pack(line.replace(b'"supplier":"KP"', b'"supplier":"IR"') for line in encode.unpack(body, "x"))
    db.execute("UPDATE event SET body=?, leaf=? WHERE seq=3", (forged, leaf(forged)))
    db.execute("UPDATE claim SET supplier='IR' WHERE seq=3")
    db.commit()
    db.close()
    assert [(f.table, f.row) for f in check(folder).faults] == [("batch", "3")]


def _blob(folder: Path) -> Path:
    return sorted(p for p in (folder / "blobs").rglob("*") if p.is_file())[0]


def test_a_changed_blob_is_named(folder: Path):
    path = _blob(folder)
    path.write_bytes(path.read_bytes()[:-1] + b"X")
    assert [(f.table, f.row) for f in check(folder).faults] == [("blob", path.name)]


def test_a_missing_blob_is_named(folder: Path):
    path = _blob(folder)
    path.unlink()
    assert [(f.table, f.row) for f in check(folder).faults] == [("blob", path.name)]


def test_a_whole_blob_that_nobody_names_is_only_noted(folder: Path):
    with Case.open(folder) as case:
        case.archive.put(None, {hashlib.sha256(b"abgebrochen").hexdigest(): b"abgebrochen"})
        report = verify(case)
    assert report.faults == []
    assert "no document names it" in report.notes[0]


def test_a_word_index_that_hides_a_word_is_found(folder: Path):
    change(folder, "INSERT INTO claim_search(claim_search, rowid, words) SELECT 'delete', id, words FROM claim LIMIT 1")
    assert [f.table for f in check(folder).faults] == ["claim_search"]


def test_an_index_taken_away_is_found(folder: Path):
    change(folder, "DROP INDEX claim_supplier")
    assert [(f.table, f.row) for f in check(folder).faults] == [("case.db", "claim_supplier")]


def _cut(folder: Path) -> None:
    change(
        folder, "DELETE FROM decision WHERE seq=8", "DELETE FROM event WHERE seq=8", "DELETE FROM batch WHERE last=8"
    )


def test_a_log_cut_short_is_found_against_a_checkpoint_only(folder: Path):
    kept = take(folder)
    _cut(folder)
    assert check(folder).faults == []
    assert ["cut short" in f.message for f in check(folder, kept).faults] == [True]


def test_a_log_grown_after_a_cut_is_found_against_a_checkpoint(folder: Path):
    kept = take(folder)
    _cut(folder)
    with Case.open(folder, now=lambda: NOW, who="eve", version="2") as case:
        case.decide(Decision("reject", "a#01", "eve", NOW, "anders"))
    assert ["written anew" in f.message for f in check(folder, kept).faults] == [True]


def test_a_case_that_grew_still_holds_an_old_checkpoint(folder: Path):
    kept = take(folder)
    with Case.open(folder, now=lambda: NOW, who="anna", version="2") as case:
        case.decide(Decision("note", "a#01", "anna", NOW, "mehr"))
    assert check(folder, kept).faults == []


def test_a_checkpoint_is_read_back_out_of_a_mail(folder: Path):
    kept = take(folder)
    assert checkpoint.parse(f"Guten Tag,\r\n\r\n{kept}\r\nGruß".replace("\n", "\r\n"), "mail") == kept
    with pytest.raises(CaseError, match="no checkpoint"):
        checkpoint.parse("Guten Tag", "mail")


def test_a_checkpoint_of_another_case_is_refused(folder: Path, tmp_path: Path):
    Case.open(tmp_path / "other", create=True).close()
    assert "another case" in check(folder, take(tmp_path / "other")).faults[0].message
