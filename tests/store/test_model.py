"""Any order of steps by two people at two doors gives what a plain list would."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from beleg.model import Decision
from beleg.store.case import Added, Case
from beleg.store.decisions import StaleDecisionError
from beleg.store.verify import verify

from .values import claim, document

NAMES = ("a", "b", "c")
doors = st.sampled_from([0, 1])


class TwoDoors(RuleBasedStateMachine):
    """The model: readings by name, decisions in order; each door remembers what it last saw of a target."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
        self.doors = [self.open(version) for version in ("1", "2")]
        self.readings: dict[str, tuple[str, int]] = {}
        self.decisions: list[Decision] = []
        self.seen: list[dict[str, str | None]] = [{}, {}]

    def open(self, version: str) -> Case:
        return Case.open(self.folder / "c", create=True, who="probe", version=version)

    def teardown(self) -> None:
        for case in self.doors:
            case.close()
        shutil.rmtree(self.folder)

    @rule(door=doors, name=st.sampled_from(NAMES), count=st.integers(0, 2))
    def add(self, door: int, name: str, count: int) -> None:
        of, raw = document(name)
        found = [claim(of, n + 1) for n in range(count)]
        same = self.readings.get(name, ("", 0))[0] == self.doors[door].version
        assert self.doors[door].add(of, raw, 1, found, []) is (Added.SAME if same else Added.NEW)
        if not same:
            self.readings[name] = (self.doors[door].version, count)

    @rule(door=doors, about=st.sampled_from(NAMES))
    def look(self, door: int, about: str) -> None:
        found = self.doors[door].decisions(f"source {about}")
        assert found == [d for d in self.decisions if d.target == f"source {about}"]
        self.seen[door][about] = found[-1].id if found else None

    @rule(door=doors, about=st.sampled_from(NAMES))
    def decide(self, door: int, about: str) -> None:
        newest = next((d.id for d in reversed(self.decisions) if d.target == f"source {about}"), None)
        seen = self.seen[door].get(about)
        decision = Decision("rate", f"source {about}", "probe", "2026-01-02", "why")
        if seen == newest:
            kept = self.doors[door].decide(decision, seen=seen)
            self.decisions.append(kept)
            self.seen[door][about] = kept.id
        else:
            with pytest.raises(StaleDecisionError):
                self.doors[door].decide(decision, seen=seen)

    @rule(door=doors)
    def reopen(self, door: int) -> None:
        version = self.doors[door].version
        self.doors[door].close()
        self.doors[door] = self.open(version)

    @rule()
    def rebuild(self) -> None:
        self.doors[0].rebuild()

    @invariant()
    def both_doors_show_the_same(self) -> None:
        for case in self.doors:
            assert [d.name for d in case.documents()] == sorted(self.readings)
            assert case.count() == sum(n for _, n in self.readings.values())
            assert case.decisions() == self.decisions

    @invariant()
    def nothing_looks_changed(self) -> None:
        assert verify(self.doors[0]).faults == []


TestTwoDoors = TwoDoors.TestCase
TestTwoDoors.settings = settings(max_examples=8, stateful_step_count=12, deadline=None)
