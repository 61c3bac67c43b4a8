from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from beleg.errors import CaseError
from beleg.model import Decision, Problem
from beleg.store.case import Case
from beleg.store.move import check_file, export_case, import_case
from beleg.store.verify import verify

from .values import claim, document

NOW = "2026-01-02T03:04:05+00:00"


def fill(case: Case, *names: str) -> None:
    for name in names:
        of, raw = document(name, f"Nummer {name}: 100 Container kamen an.")
        case.add(of, raw, 1, [claim(of, 1, "100 Container kamen an.")], [Problem("x", "y", of.name)])
        case.decide(Decision("accept", f"{name}#01", "anna", NOW, "geprüft"))


def everything(case: Case) -> list[object]:
    return [case.documents(), case.claims(), case.problems(), case.decisions(), case.head(), case.size()] + [
        case.raw(d) for d in case.documents()
    ]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "one.beleg"
    with Case.open(tmp_path / "one", create=True, version="1") as case:
        fill(case, "a", "b")
    with Case.open(tmp_path / "one", version="2") as case:
        fill(case, "a")
        export_case(case, path, NOW)
    return path


def test_a_case_moves_with_nothing_lost(file: Path, home: str, tmp_path: Path):
    with Case.open(tmp_path / "one") as one, Case.open(home, create=True) as other:
        import_case(other, file)
        assert everything(other) == everything(one)
        assert verify(other).faults == []
        export_case(other, tmp_path / "back.beleg", NOW)
    assert (tmp_path / "back.beleg").read_bytes() == file.read_bytes()


def test_an_older_state_of_the_same_case_is_brought_up(file: Path, home: str, tmp_path: Path):
    with Case.open(home, create=True) as other, Case.open(tmp_path / "one", version="2") as one:
        import_case(other, file)
        fill(one, "c")
        export_case(one, tmp_path / "newer.beleg")
        import_case(other, tmp_path / "newer.beleg")
        assert everything(other) == everything(one)
        with pytest.raises(CaseError, match="nothing to do"):
            import_case(other, file)


def test_two_states_that_parted_are_not_mixed(file: Path, home: str, tmp_path: Path):
    with Case.open(home, create=True) as other, Case.open(tmp_path / "one", version="2") as one:
        import_case(other, file)
        fill(other, "d")
        fill(one, "c")
        export_case(one, tmp_path / "newer.beleg")
        before = everything(other)
        with pytest.raises(CaseError, match="went another way"):
            import_case(other, tmp_path / "newer.beleg")
        assert everything(other) == before


def test_another_case_is_not_taken_into_one_that_is_in_use(file: Path, home: str):
    with Case.open(home, create=True) as other:
        fill(other, "z")
        with pytest.raises(CaseError, match="holds another case"):
            import_case(other, file)


def _start(data: bytes, header: int) -> int:
    """Return where a member's content begins: after its header, name and extra field."""
    return header + 30 + sum(struct.unpack_from("<HH", data, header + 26))


def test_every_changed_byte_of_the_kept_content_is_refused(file: Path, tmp_path: Path):
    data = file.read_bytes()
    with zipfile.ZipFile(file) as z:
        inside = [(_start(data, m.header_offset), m.file_size) for m in z.infolist() if m.file_size]
    changed = tmp_path / "changed.beleg"
    for start, size in inside:
        for at in (start + 9, start + size // 2, start + size - 2):
            changed.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
            with pytest.raises(CaseError):
                check_file(changed)
    assert check_file(file).events == 7


def test_a_file_that_was_cut_off_is_refused(file: Path, tmp_path: Path):
    (tmp_path / "cut.beleg").write_bytes(file.read_bytes()[:-100])
    with Case.open(tmp_path / "other", create=True) as other, pytest.raises(CaseError, match="not a case file"):
        import_case(other, tmp_path / "cut.beleg")


def test_the_index_tables_are_made_anew_from_the_log(file: Path, home: str):
    with Case.open(home, create=True) as case:
        import_case(case, file)
        before = everything(case)
        with case.write() as conn:
            conn.exec_driver_sql("DELETE FROM claim WHERE seq = 4")
            conn.exec_driver_sql("UPDATE document SET title = 'falsch'")
        assert len(verify(case).faults) == 3
        case.rebuild()
        assert verify(case).faults == []
        assert everything(case) == before
