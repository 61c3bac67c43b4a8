"""How a module shows its tables to the test that walks them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol


class Row(Protocol):
    """What every row of every table has; ``key`` is its name in ``fired``."""

    @property
    def key(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def yes(self) -> tuple[str, ...]: ...
    @property
    def no(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class TableCheck:
    """A table, and which of its rows fire in a sentence."""

    name: str  # file below data/: "de/speech.toml"
    rows: Callable[[], Iterable[Row]]
    fired: Callable[[str], set[str]]  # sentence → keys of the rows that fire in it
