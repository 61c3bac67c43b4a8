"""Small learned heads: named features in, a probability for each of several answers out.

A head is a table from feature to a whole number (thousandths of a logit), so that the sum is the same on every
machine. ``weights/claim-heads-<lang>.tsv`` (made by ``training/claim_heads.py``) holds "head, feature, weight" a line;
a language without one has no learned part, and the rules decide alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from math import exp

WEIGHTS = resources.files("beleg") / "weights"
UNIT = 1000  # whole numbers a logit
DIGITS = 4  # of a probability; what rounds beyond them differs between machines


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads of a language: name → feature → weight. Without any, nothing is decided by them."""

    tables: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.tables)

    def probabilities(self, head: str, answers: Sequence[Iterable[str]]) -> list[float]:
        """Return the probability of each answer, given as its features; they add up to one.

        Args:
            head: Name of the head.
            answers: The features of each answer. What no feature speaks for or against weighs nothing.
        """
        table = self.tables[head]
        sums = [sum(table.get(f, 0) for f in features) for features in answers]
        top = max(sums)
        odds = [exp((s - top) / UNIT) for s in sums]
        whole = sum(odds)
        return [round(o / whole, DIGITS) for o in odds]


NO_HEADS = Heads()


@cache
def load_heads(language: str) -> Heads:
    """Return the shipped heads of a language, none where it has none."""
    path = WEIGHTS / f"claim-heads-{language}.tsv"
    if not path.is_file():
        return NO_HEADS
    tables: dict[str, dict[str, int]] = {}
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            head, feature, weight = line.split("\t")
            tables.setdefault(head, {})[feature] = int(weight)
    return Heads(tables)
