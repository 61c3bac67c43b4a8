"""Rare spellings that two reports share: "Haubizen" in both, where everybody else writes "Haubitzen".

A word counts as misspelt as far as the ledger can tell where more outlets write it with one letter more, less, other or
in another place. Endings and vowels with two dots are left alone: they belong to the grammar. Only outlets that are
origins themselves are tied: who prints another's words shows with a slip where it read them, not where he has them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import combinations

from beleg.ledger.dependence import Edges, likelihood_ratios, tie, voices
from beleg.ledger.reading import Entry
from beleg.ledger.tables import LedgerTables
from beleg.model import Document

WORD = re.compile(r"\b[^\W\d_a-zäöüß][^\W\d_]{5,}\b")  # a name or a noun, long enough to tell
ENDING = 2  # letters at the end in which a difference is grammar


def by_spelling(entries: Sequence[Entry], documents: Mapping[str, Document], tables: LedgerTables) -> Edges:
    """Return a dependent edge for every two outlets whose own reports share a rare spelling.

    Args:
        entries: Of one matter.
        documents: By id; give text and outlet.
    """
    own = {name: bodies for name, bodies in voices(entries).items() if name in documents}
    found: Edges = {}
    if len({b for bodies in own.values() for b in bodies}) < 2:
        return found
    prints = sorted({e.claim.document for e in entries if e.claim.document in documents})
    words = {name: frozenset(WORD.findall(documents[name].text)) for name in prints}
    writers: dict[str, set[str]] = {}  # word -> outlets
    for name in prints:
        for word in words[name]:
            writers.setdefault(word, set()).add(documents[name].outlet or name)
    false, _ = likelihood_ratios(tables.error_rate, tables.wrong_values, tables.copied_share)
    for wrong in sorted(w for w in writers if sum(w in words[n] for n in own) > 1):
        right = [w for w in writers if misspelt(wrong, w) and not writers[w] & writers[wrong]]
        usual = max(right, key=lambda w: (len(writers[w]), w), default=None)
        if usual is None or len(writers[usual]) <= len(writers[wrong]):
            continue
        where = [n for n in sorted(own) if wrong in words[n]]
        what = f"shared rare spelling: “{wrong}” in {', '.join(where)}; elsewhere “{usual}”"
        for a, b in combinations(sorted({b for n in where for b in own[n]}), 2):
            tie(found, a, b, f"{what} (likelihood ratio {false:.0f} : 1)")
    return found


def misspelt(word: str, right: str) -> bool:
    """Tell whether two words differ by one letter, or by two that changed places, before their endings.

    >>> misspelt("Haubizen", "Haubitzen"), misspelt("Raketen", "Rakete"), misspelt("Hafens", "Häfens")
    (True, False, False)
    """
    if word == right or abs(len(word) - len(right)) > 1 or _plain(word) == _plain(right):
        return False
    at = next((i for i, (a, b) in enumerate(zip(word, right, strict=False)) if a != b), min(len(word), len(right)))
    if at == 0 or at >= min(len(word), len(right)) - ENDING:
        return False
    if len(word) > len(right):
        return word[at + 1 :] == right[at:]
    if len(word) < len(right):
        return word[at:] == right[at + 1 :]
    swapped = word[at + 1] == right[at] and word[at] == right[at + 1]
    return word[at + 1 :] == right[at + 1 :] or (swapped and word[at + 2 :] == right[at + 2 :])


def _plain(word: str) -> str:
    folded = unicodedata.normalize("NFD", word.casefold().replace("ß", "ss"))
    return "".join(c for c in folded if not unicodedata.combining(c))
