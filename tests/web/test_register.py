"""The register says what the ledger says, is renewed when the log grows, and is written whole or not at all."""

from __future__ import annotations

import dataclasses
import time
from pathlib import Path

import pytest

from annotated import read_set
from beleg.ledger.build import build_ledger
from beleg.model import Block, Decision, Document, Piece, Problem, Span, TextMap
from beleg.store.case import Case, Reading
from beleg.web import computing, keeper, register_write
from beleg.web.keeper import Keeper, NoRegisterError, Standing, compute, key_of, state_of
from beleg.web.register import ORDERS
from beleg.web.rows import matter_line

ROOT = Path(__file__).parents[2]


def whole(d: Document) -> Document:
    n = len(d.text)
    return dataclasses.replace(d, map=TextMap((Piece(0, n, 0, n),)), blocks=(Block(Span(0, n), "body"),))


@pytest.fixture
def own(tmp_path: Path) -> Case:
    """A case that a test may change, without its last article."""
    known = read_set(ROOT / "examples" / "de")
    made = Case.open(tmp_path / "case", create=True)
    for d in known.documents[:-1]:
        made.add(whole(d), d.text.encode(), 0, [c for c in known.claims if c.document == d.id], [])
    return made


def test_every_matter_comes_back_as_it_was_computed(case: Case) -> None:
    shown, current = Keeper(case).register()
    _, ledger, _ = compute(case)
    assert current and [shown.matter(m.id) for m in ledger.matters] == list(ledger.matters)
    assert {x.matter: x for x in shown.all_lines({})} == {m.id: matter_line(m) for m in ledger.matters}
    placed = {(c.document, c.id): m.id for m in ledger.matters for c in m.claims}
    assert shown.placed(placed) == placed
    assert shown.matter("nosuchmatter") is None


def test_a_page_holds_the_rows_of_its_order_and_the_last_page_stands_for_those_after_it(case: Case) -> None:
    shown, _ = Keeper(case).register()
    for order in ORDERS:
        rows = list(shown.all_lines({"sort": order}))
        assert list(shown.lines({"sort": order}, 1).rows) == rows[:50]
        assert shown.lines({"sort": order}, 9999).number == shown.lines({"sort": order}, 1).last


@pytest.mark.parametrize("word", ["%", "_", "\\", "'", '"', "\0", "'; DROP TABLE matter; --"])
def test_signs_of_the_query_language_are_plain_letters(case: Case, word: str) -> None:
    shown, _ = Keeper(case).register()
    assert shown.lines({"q": word, "item": word, "supplier": word}, 1).total == 0
    assert all(word in r.name for r in shown.sources(word, 1).rows)


def test_an_article_more_makes_another_register_and_the_old_one_goes(own: Case) -> None:
    kept = Keeper(own)
    before, _ = kept.register()
    last = read_set(ROOT / "examples" / "de")
    d = last.documents[-1]
    own.add_many([Reading(whole(d), d.text.encode(), 0, [c for c in last.claims if c.document == d.id], [])])
    after, current = kept.register()
    assert current and after.key == key_of(own, state_of(own)) != before.key
    assert own.folder is not None and list(own.folder.glob("register-*")) == [after.path]
    assert after.path.stat().st_mode & 0o077 == 0


def test_only_what_may_change_the_ledger_makes_another_register(own: Case) -> None:
    kept = Keeper(own)
    before, _ = kept.register()
    target = own.claims(limit=1)[0].id
    note = own.decide(Decision("note", target, "A", "2024-01-01T00:00:00Z", "look"))
    own.decide(Decision("note", target, "A", "2024-01-01T00:00:00Z", "", undoes=note.id))
    own.add_problems([Problem("unreadable", "empty", "x.pdf", None, True)])
    assert kept.register() == (before, True)
    rejected = own.decide(Decision("reject", target, "A", "2024-01-01T00:00:00Z", "wrong"))
    after, current = kept.register()
    assert current and after is not before
    own.decide(Decision("reject", target, "A", "2024-01-01T00:00:00Z", "", undoes=rejected.id))
    assert kept.register()[0] is not after and kept.register()[1]


def test_the_next_start_takes_the_register_that_is_there(own: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = Keeper(own).register()
    monkeypatch.setattr(keeper, "compute", None)  # calling it would fail
    assert Keeper(own).register()[0].path == first.path


def finish(kept: Keeper) -> None:
    while kept.computing:
        time.sleep(0.05)


def test_a_large_case_shows_the_last_register_until_the_new_one_is_there(own: Case) -> None:
    kept = Keeper(own, small=0)
    before, current = kept.register(wait=True)
    assert current and kept.standing == Standing()
    target = own.claims(limit=1)[0].id
    own.decide(Decision("reject", target, "A", "2024-01-01T00:00:00Z", "wrong"))
    meanwhile, current = kept.register()
    assert meanwhile is before and not current and kept.standing == Standing(behind=True)
    finish(kept)
    after, current = kept.register()
    assert current and after.key != before.key
    kept.close()


def test_a_large_case_without_a_register_is_computed_beside_the_server(own: Case) -> None:
    kept = Keeper(own, small=0)
    assert kept.lately() is None
    with pytest.raises(NoRegisterError, match="is being computed"):
        kept.register()
    finish(kept)
    assert kept.register()[1] and kept.lately() is not None
    kept.close()


@pytest.mark.parametrize("on_a_server", [False, True])
def test_what_could_not_be_computed_is_said_and_tried_again_only_when_asked(
    own: Case, monkeypatch: pytest.MonkeyPatch, on_a_server: bool
) -> None:
    kept = Keeper(own, small=0)
    before, _ = kept.register(wait=True)
    own.decide(Decision("accept", own.claims(limit=1)[0].id, "A", "2024-01-01T00:00:00Z", "yes"))
    started = []

    def broken(folder: Path, path: Path) -> computing.Worker:
        started.append(path)
        if on_a_server:
            return computing.Thread(lambda: 1 / 0)
        return computing.Process(folder / "nosuchfolder", path)

    monkeypatch.setattr(Keeper, "_start", lambda self, path: broken(own.folder or path, path))
    kept.register()
    finish(kept)
    for _ in range(3):
        assert kept.register() == (before, False)
    fault = kept.standing.fault or ""
    assert kept.standing.behind and ("ZeroDivisionError" if on_a_server else "nosuchfolder: no case there") in fault
    assert len(started) == 1
    monkeypatch.undo()
    kept.retry()
    kept.register()
    finish(kept)
    assert kept.register()[1] and kept.standing == Standing()
    kept.close()


def test_a_folder_that_cannot_be_written_to_is_read_all_the_same(own: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    real = register_write.write_register

    def refuse(path: Path, *rest: object) -> None:
        if path.parent == own.folder:
            raise PermissionError
        real(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(keeper, "write_register", refuse)
    kept = Keeper(own)
    shown, current = kept.register()
    assert current and shown.matters and shown.path.parent != own.folder
    kept.close()


def test_a_register_that_cannot_be_finished_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(register_write, "network_of", fail)
    ledger, _ = build_ledger([], [])
    with pytest.raises(MemoryError):
        register_write.write_register(tmp_path / "register-x.db", "x", ledger, [])
    assert list(tmp_path.iterdir()) == []
