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
    _sorted: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict, compare=False, repr=False)

    def __bool__(self) -> bool:
        return bool(self.tables)

    def probabilities(
        self, head: str, answers: Sequence[Iterable[str]], more: Sequence[float] | None = None
    ) -> list[float]:
        """Return the probability of each answer, given as its features; they add up to one.

        Args:
            head: Name of the head.
            answers: The features of each answer. What no feature speaks for or against weighs nothing.
            more: Log-odds of each answer from elsewhere, to be added.
        """
        table = self.tables[head]
        return _shares([sum(table.get(f, 0) for f in features) for features in answers], more)

    def crossed(
        self, head: str, names: Sequence[str], features: Iterable[str], more: Sequence[float] | None = None
    ) -> list[float]:
        """Return what ``probabilities`` does for answers that have the same features, each behind the answer's name.

        Args:
            head: Name of the head.
            names: The answers; each counts as a feature itself.
            features: What is crossed with them: "word=Vertrag" is "agreement word=Vertrag" of one of them.
            more: Log-odds of each answer from elsewhere, to be added.
        """
        by_feature = self._crossed(head)
        sums = dict.fromkeys(names, 0)
        for weights in (by_feature.get(f) for f in ("", *features)):
            for name, weight in weights.items() if weights is not None else ():
                if name in sums:
                    sums[name] += weight
        return _shares([*sums.values()], more)

    def _crossed(self, head: str) -> dict[str, dict[str, int]]:
        """Return the weights of a head by feature, then by answer; sorted out once."""
        if head not in self._sorted:
            found: dict[str, dict[str, int]] = {}
            for key, weight in self.tables[head].items():
                name, _, feature = key.partition(" ")
                found.setdefault(feature, {})[name] = weight
            self._sorted[head] = found
        return self._sorted[head]


def _shares(sums: Sequence[float], more: Sequence[float] | None) -> list[float]:
    whole_sums = list(sums) if more is None else [s + UNIT * m for s, m in zip(sums, more, strict=True)]
    top = max(whole_sums)
    odds = [exp((s - top) / UNIT) for s in whole_sums]
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
