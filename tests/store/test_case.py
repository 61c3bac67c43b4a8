from __future__ import annotations

import os
import sqlite3
import stat
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from beleg.errors import CaseError
from beleg.model import Claim, Decision, Document, Mentions, Problem
from beleg.store import adding, rows
from beleg.store.case import Added, Case, Reading
from beleg.store.decisions import StaleDecisionError
from beleg.store.fill import expect_many
from beleg.store.look import Wanted
from beleg.store.verify import verify

from .postgres import Cluster
from .values import TEXT, claim, claims_of, document, problems_of, read_documents


def add(case: Case, name: str = "artikel", text: str = TEXT, **fields: object) -> tuple[Document, Claim]:
    of, raw = document(name, text)
    made = claim(of, **fields)  # type: ignore[arg-type]
    case.add(of, raw, 1, [made], [])
    return of, made


@pytest.fixture
def case(home: str):
    with Case.open(home, create=True, who="anna") as opened:
        yield opened


@pytest.fixture
def folder_case(tmp_path: Path):
    with Case.open(tmp_path / "case", create=True) as opened:
        yield opened


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_values_come_back_as_they_were_kept(data: st.DataObject):
    of, raw = data.draw(read_documents())
    claims, problems = data.draw(claims_of(of)), data.draw(problems_of)
    with tempfile.TemporaryDirectory() as folder:
        with Case.open(Path(folder) / "c", create=True) as case:
            case.add(of, raw, 3, claims, problems, Mentions())
        with Case.open(Path(folder) / "c") as case:
            assert case.documents() == [of]
            assert case.document(of.id) == of
            assert case.claims() == claims
            assert sorted(map(repr, case.problems())) == sorted(map(repr, problems))
            assert case.raw(of) == raw
            assert case.mentions(of) == Mentions()


def test_the_same_document_a_second_time_changes_nothing(case: Case):
    of, raw = document()
    assert not case.knows(of)
    assert case.add(of, raw, 1, [claim(of)], []) is Added.NEW
    assert case.knows(of)
    before = case.head()
    assert case.add(of, raw, 1, [claim(of)], []) is Added.SAME
    assert case.head() == before
    assert len(case.claims()) == 1


def test_the_same_bytes_under_another_outlet_are_another_document(case: Case):
    for outlet in ("Blatt", "Zeitung", None):
        of, raw = document("artikel", outlet=outlet)
        assert case.add(of, raw, 1, [], []) is Added.NEW
    assert [d.outlet for d in case.documents()] == [None, "Blatt", "Zeitung"]
    with pytest.raises(CaseError, match="3 documents are called 'artikel'"):
        case.document("artikel")


def test_a_newer_version_replaces_what_is_in_force_and_keeps_the_old_in_the_log(home: str):
    of, raw = document()
    with Case.open(home, create=True, version="1") as old:
        old.add(of, raw, 1, [claim(of, 1), claim(of, 2)], [Problem("x", "alt", of.name)])
    with Case.open(home, version="2") as new:
        assert new.add(of, raw, 1, [claim(of, 1, stance="hedged")], []) is Added.NEW
        assert [c.stance for c in new.claims()] == ["hedged"]
        assert new.problems() == []
        assert new.head().events == 3


def test_claims_are_listed_by_document_name_whatever_the_order_they_came_in(case: Case):
    for name in ("b", "a-b", "ä", "a"):
        of, raw = document(name)
        case.add(of, raw, 1, [claim(of, 1), claim(of, 2)], [])
    assert [c.id for c in case.claims()] == [f"{n}#0{i}" for n in ("a", "a-b", "b", "ä") for i in (1, 2)]
    assert [c.id for c in case.claims(limit=3, offset=1)] == ["a#02", "a-b#01", "a-b#02"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["a#01", "b#01"]),
        ({"supplier": "KP"}, ["a#01"]),
        ({"recipient": "RU"}, ["a#01", "b#01"]),
        ({"item": "container-arms"}, ["a#01"]),
        ({"item": "KN-23"}, ["b#01"]),
        ({"event": "use"}, ["b#01"]),
        ({"stance": "said", "supplier": "IR"}, ["b#01"]),
        ({"source": "South Korea"}, ["a#01", "b#01"]),
        ({"document": "b"}, ["b#01"]),
        ({"text": "container GRANATEN"}, ["a#01"]),
        ({"text": "granat*"}, ["a#01"]),
        ({"text": "granat* südland"}, ["a#01"]),
        ({"text": "Raketen"}, ["b#01"]),
        ({"text": '"); DROP TABLE claim; --'}, []),
        ({"text": "…"}, []),
        ({"supplier": "XX"}, []),
    ],
)
def test_filters_find_what_they_say(case: Case, wanted: dict[str, str], found: list[str]):
    add(case, "a")
    add(case, "b", "Zwölf Raketen seien eingesetzt worden.", supplier="IR", event="use", item="KN-23", item_id="kn-23")
    assert [c.id for c in case.claims(**wanted)] == found  # type: ignore[arg-type]
    assert case.count(Wanted(**wanted)) == len(found)
    pages = [c.id for n in range(3) for c in case.claims(**wanted, limit=1, offset=n)]  # type: ignore[arg-type]
    assert pages == found


def test_a_problem_without_document_is_kept_once(case: Case):
    doubt = Problem("unreadable", "leer", "x.pdf", None, True)
    assert case.add_problems([doubt, doubt]) == 1
    assert case.add_problems([doubt]) == 0
    assert case.problems() == [doubt]


def test_a_failed_step_leaves_nothing_behind(case: Case):
    of, raw = document()
    before = case.head()
    with pytest.raises(CaseError, match="half a character"):
        case.add_many([Reading(of, raw, 1, [], []), Reading(replace(of, name="z", text="\ud800"), raw, 1, [], [])])
    assert case.head() == before
    assert case.documents() == []


def in_parts_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let few documents be a large load: rows are sent beside."""
    for name in ("FIRST", "PART"):
        monkeypatch.setattr(adding, name, 2)


@pytest.mark.parametrize("failing", [1, 2, 5])
def test_a_large_load_that_fails_half_way_leaves_nothing(case: Case, monkeypatch: pytest.MonkeyPatch, failing: int):
    made = [document(f"artikel-{n}", f"{n}: {TEXT}") for n in range(10)]
    readings = [Reading(of, raw, 1, [claim(of)], []) for of, raw in made]
    insert, calls = rows.Tables.insert, []

    def broken(tables: rows.Tables, conn: Connection) -> None:
        calls.append(conn)
        insert(tables, conn)
        if len(calls) == failing:  # the database has given the whole transaction up, as it may when the disk is full
            conn.connection.cursor().execute("ROLLBACK")
            raise OSError(28, "No space left on device")

    in_parts_of_two(monkeypatch)
    before = case.head()
    monkeypatch.setattr(rows.Tables, "insert", broken)
    with pytest.raises(CaseError, match="no space left"):
        case.add_many(readings)
    monkeypatch.setattr(rows.Tables, "insert", insert)
    assert len(calls) == failing  # nothing was inserted after it
    assert (case.head(), case.size()["claims"], case.count()) == (before, 0, 0)
    assert set(case.add_many(readings)) == {Added.NEW}
    assert case.size()["claims"] == 10


def test_a_large_load_keeps_what_single_ones_would(home: str, case: Case, monkeypatch: pytest.MonkeyPatch):
    made = [document(f"artikel-{n}", f"{n}: {TEXT}") for n in range(9)]
    doubt = Problem("number.words", "12.000 may be twelve", "artikel-3")
    readings = [Reading(of, raw, 1, [claim(of), claim(of, 2, "mehr als 100 Container")], [doubt]) for of, raw in made]
    case.add_many(readings[:3])  # one of them is read again below, by a newer version
    in_parts_of_two(monkeypatch)
    with Case.open(home, version="2") as newer:
        assert newer.add_many(readings[2:]) == [Added.NEW] * 7
        assert newer.documents() == [of for of, _ in made]
        assert newer.claims() == [c for r in readings for c in r.claims]
        assert [newer.raw(of) for of, _ in made] == [raw for _, raw in made]
        assert len(newer.problems()) == 9
        assert newer.count(Wanted(text="Container")) == 18
        assert verify(newer).faults == []


def test_a_large_load_changes_no_setting_of_the_connection(cluster: Cluster, monkeypatch: pytest.MonkeyPatch):
    in_parts_of_two(monkeypatch)
    readings = [Reading(*document(f"artikel-{n}", f"{n}: {TEXT}"), 1, [], []) for n in range(5)]
    settings = text("SELECT name, setting FROM pg_settings ORDER BY name")
    with Case.open(cluster.database("settings"), create=True) as case:
        with case.write() as conn:
            before = conn.execute(settings).all()
            expect_many(conn)
            assert len(set(conn.execute(settings).all()) - set(before)) == 2
        case.add_many(readings)
        with case.write() as conn:
            assert conn.execute(settings).all() == before


def test_what_another_process_adds_between_a_look_and_the_turn_to_write_is_kept_once(
    home: str, case: Case, monkeypatch: pytest.MonkeyPatch
):
    of, raw = document()
    write = case.write

    def after_the_other() -> AbstractContextManager[Connection]:
        with Case.open(home, who="bert") as other:
            assert other.add(of, raw, 1, [claim(of)], []) is Added.NEW
        return write()

    monkeypatch.setattr(case, "write", after_the_other)
    assert case.add(of, raw, 1, [claim(of)], []) is Added.SAME
    assert case.size() == {"documents": 1, "claims": 1, "problems": 0, "decisions": 0}
    assert case.head().events == 2


def test_bytes_that_are_not_the_documents_are_refused(case: Case):
    of, _ = document()
    with pytest.raises(CaseError, match="SHA-256"):
        case.add(of, b"andere", 1, [], [])


def test_files_are_readable_by_their_owner_alone(folder_case: Case, tmp_path: Path):
    add(folder_case)
    modes = {stat.S_IMODE(p.stat().st_mode) & 0o077 for p in (tmp_path / "case").rglob("*")}
    assert modes == {0}


def test_sqlite_runs_with_full_synchronisation(folder_case: Case):
    with folder_case.read() as conn:
        assert conn.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert conn.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_who_waits_is_told_for_whom_and_at_last_gives_up(home: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("beleg.store.home.PATIENCE", 0.1)
    monkeypatch.setattr("beleg.store.home.WAIT", 0.3)
    of, raw = document()
    told: list[str] = []
    with Case.open(home, create=True, who="anna") as one, Case.open(home, waiting=told.append) as other:
        with one.busy("taking over b.beleg"), one.write(), pytest.raises(CaseError) as caught:
            other.add(of, raw, 1, [], [])
        holder = f"anna, process {os.getpid()}: taking over b.beleg"
        assert holder in str(caught.value)
        assert len(told) == 1 and "waiting for another writer" in told[0] and holder in told[0]
        assert other.add(of, raw, 1, [], []) is Added.NEW
        assert one.folder is None or not (one.folder / "busy").exists()


def test_who_waits_a_little_is_not_told(home: str):
    of, raw = document()
    told: list[str] = []
    with Case.open(home, create=True) as one, Case.open(home, waiting=told.append) as other:
        with ThreadPoolExecutor(1) as beside:
            with one.write():
                done = beside.submit(other.add, of, raw, 1, [], [])
                time.sleep(0.1)
            assert done.result() is Added.NEW
        assert told == []


# --- what is not a case ---------------------------------------------------------------------------------------------


def _text(path: Path) -> None:
    path.write_text("x")


def _foreign(path: Path) -> None:
    path.mkdir()
    db = sqlite3.connect(path / "case.db")
    db.execute("CREATE TABLE t(x)")
    db.commit()
    db.close()


def _garbage(path: Path) -> None:
    path.mkdir()
    (path / "case.db").write_bytes(b"kein Archiv" * 100)


def _newer(path: Path) -> None:
    Case.open(path, create=True).close()
    db = sqlite3.connect(path / "case.db")
    db.execute("UPDATE alembic_version SET version_num='9999'")
    db.commit()
    db.close()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda p: None, "no case there"),
        (_text, "this is a file"),
        (Path.mkdir, "not a case"),
        (_foreign, "another program"),
        (_garbage, "damaged"),
        (_newer, "newer version"),
    ],
)
def test_what_is_not_a_case_is_refused_with_what_to_do(tmp_path: Path, make, says: str):
    make(tmp_path / "c")
    with pytest.raises(CaseError, match=says):
        Case.open(tmp_path / "c")


def test_a_case_is_not_made_among_other_files(tmp_path: Path):
    (tmp_path / "brief.txt").write_text("x")
    with pytest.raises(CaseError, match=r"not empty \(brief.txt"):
        Case.open(tmp_path, create=True)


def test_a_blob_that_was_changed_is_not_handed_out(folder_case: Case, tmp_path: Path):
    of, _ = add(folder_case)
    path = tmp_path / "case" / "blobs" / of.sha256[:2] / of.sha256
    path.write_bytes(b"anders")
    with pytest.raises(CaseError, match="was changed"):
        folder_case.raw(of)


# --- decisions ------------------------------------------------------------------------------------------------------


def accept(target: str, why: str = "geprüft", who: str = "anna", **more: object) -> Decision:
    return Decision("accept", target, who, "2026-01-02T03:04:05+00:00", why, **more)  # type: ignore[arg-type]


def test_a_decision_comes_back_with_its_id(case: Case):
    add(case)
    kept = case.decide(accept("artikel#01", payload=(("low", 5), ("unit", "shells"))))
    assert kept.id == "D3"
    assert case.decisions() == [kept]


def test_undoing_is_another_decision(case: Case):
    add(case)
    first = case.decide(accept("artikel#01"))
    second = case.decide(accept("artikel#01", "doch nicht", undoes=first.id))
    assert case.decisions("artikel#01") == [first, second]
    with pytest.raises(CaseError, match="no decision 'D99'"):
        case.decide(accept("artikel#01", undoes="D99"))


def test_a_stale_edit_is_refused_with_both_versions(case: Case):
    add(case)
    first = case.decide(accept("artikel#01"), seen=None)
    with pytest.raises(StaleDecisionError) as caught:
        case.decide(replace(accept("artikel#01", "falsch", "bert"), kind="reject"), seen=None)
    assert caught.value.kept == first
    assert "anna decided accept: geprüft" in str(caught.value)
    assert "yours, reject: falsch" in str(caught.value)
    assert case.decide(accept("artikel#01", "gesehen", "bert"), seen=first.id).who == "bert"


def test_decisions_survive_a_new_reading(home: str):
    of, raw = document("a", "Eins kam an. Zwei kam an. Drei kam an.")
    one, two, three = (claim(of, i + 1, f"{w} kam an.") for i, w in enumerate(("Eins", "Zwei", "Drei")))
    with Case.open(home, create=True, version="1") as old:
        old.add(of, raw, 3, [one, two, three], [])
        for at in (one, two, three):
            old.decide(accept(at.id))
    with Case.open(home, version="2") as new:
        new.add(of, raw, 3, [replace(two, id="a#01"), replace(claim(of, 1, "Drei kam"), id="a#02")], [])
        assert [d.target for d in new.decisions()] == ["a#01", "a#01", "a#02"]
        assert [(d.id, d.target) for d in new.loose()] == [("D3", "a#01")]


def test_decisions_follow_words_that_a_newer_cleaning_moved(home: str):
    of, raw = document("a", "Werbung. Eins kam an.")
    with Case.open(home, create=True, version="1") as old:
        old.add(of, raw, 1, [claim(of, 1, "Eins kam an.")], [])
        old.decide(accept("a#01"))
    clean = replace(of, text="Eins kam an.")
    with Case.open(home, version="2") as new:
        new.add(clean, raw, 1, [claim(clean, 2, "Eins kam an.")], [])
        assert [d.target for d in new.decisions()] == ["a#02"]
