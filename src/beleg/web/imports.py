"""Reading articles into the case beside the server: one input after another, each with what became of it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Literal

from beleg.errors import BelegError
from beleg.intake import take_in
from beleg.model import Problem
from beleg.read.given import Given
from beleg.read.index import Index
from beleg.read.inputs import RawInput
from beleg.store.case import Case

LOG = logging.getLogger(__name__)
State = Literal["waiting", "reading", "kept", "same", "left_out", "failed"]


@dataclass
class Item:
    """One input of a run."""

    raw: RawInput | None  # None once it was read
    name: str
    given: Given
    state: State = "waiting"
    documents: int = 0
    claims: int = 0
    problems: list[Problem] = field(default_factory=list)


@dataclass
class Run:
    """Inputs that came together."""

    number: int
    items: list[Item]
    unmatched: list[str] = field(default_factory=list)  # rows of the index that no input asked for

    @property
    def done(self) -> int:
        return sum(i.state not in ("waiting", "reading") for i in self.items)

    @property
    def working(self) -> bool:
        return self.done < len(self.items)


class Imports:
    """The runs of one server; they are read in order, in one thread."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.runs: list[Run] = []
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="import")
        self._lock = threading.Lock()

    def start(self, inputs: Sequence[RawInput], given: Given, index: Index) -> Run:
        """Take inputs on and return their run at once."""
        items = [Item(raw, raw.name, index.given(raw.path, given)) for raw in inputs]
        with self._lock:
            run = Run(len(self.runs) + 1, items, index.unmatched())
            self.runs.append(run)
        for item in items:
            self._thread.submit(self._read, item).add_done_callback(_report)
        return run

    def run(self, number: int) -> Run | None:
        return self.runs[number - 1] if 0 < number <= len(self.runs) else None

    def close(self) -> None:
        """Finish the input that is being read; the others are not taken up."""
        self._thread.shutdown(cancel_futures=True)

    def _read(self, item: Item) -> None:
        assert item.raw is not None
        item.state = "reading"
        try:
            taken = take_in(self.case, item.raw, item.given)
            self.case.add_problems(taken.problems)
            item.documents, item.claims, item.problems = taken.documents, taken.claims, taken.problems
            item.state = "kept" if taken.documents else "same" if taken.same else "left_out"
        except BelegError as e:
            item.problems, item.state = [Problem("not-kept", str(e), item.name, left_out=True)], "failed"
        finally:
            item.raw = None
            if item.state == "reading":  # a fault of ours: the next input is read all the same
                fault = "a fault of Beleg's own; the terminal of the server shows it"
                item.problems, item.state = [Problem("not-kept", fault, item.name, left_out=True)], "failed"


def _report(done: Future[None]) -> None:
    """Log a fault of ours, which nobody asks the thread for."""
    if not done.cancelled() and (fault := done.exception()) is not None:
        LOG.error("an input could not be read", exc_info=fault)
