"""One figure under several names of its item: "400 ballistic missiles", further down "the 400 missiles".

Claims with different items are linked, never merged, but for two cases where one name covers the other: the same number
of the same body, or a sentence without a source beside it in the same article; and a sentence without a source in
another article, later, where only one narrower name has that number. The wider name is then a shortening, and the
figure is that of the narrower one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from beleg.ledger.reading import Entry, numbers_of
from beleg.ledger.tables import LedgerTables
from beleg.ledger.values import Key


def by_item(entries: Sequence[Entry], tables: LedgerTables) -> dict[Key, list[Entry]]:
    """Divide entries that differ at most in their item by key, with shortened names of one figure set right.

    Args:
        entries: Of the same parties, unit and act.

    Returns:
        Keys, sorted, with their entries in rank order.
    """
    found: dict[Key, list[Entry]] = {}
    for e in sorted(entries, key=lambda e: e.rank):
        found.setdefault(e.key, []).append(e)
    if len(found) > 1:
        found = _settled(found, tables)
    return {k: found[k] for k in sorted(found, key=lambda k: k.item)}


def _settled(found: dict[Key, list[Entry]], tables: LedgerTables) -> dict[Key, list[Entry]]:
    labels = {k: next((e.claim.item or "" for e in es if e.claim.item), k.item) for k, es in found.items()}
    weight = {
        k: len({numbers_of(e) for e in es}) for k, es in found.items()
    }  # figures, not prints: copies weigh nothing
    figures: dict[tuple[object, ...], set[Key]] = {}
    for k, es in found.items():
        for e in es:
            for name in _names(e):
                figures.setdefault(name, set()).add(k)
    moved: dict[tuple[Key, tuple[object, ...]], Key] = {}
    for name, keys in figures.items():
        for a, b in combinations(sorted(keys, key=lambda k: k.item), 2):
            if not covers(a, b, labels, tables):
                continue
            less, more = (a, b) if _wider(a, b, labels, tables) else (b, a)
            have = moved.get((less, name))
            if have is None or (weight[more], more.item) > (weight[have], have.item):
                moved[less, name] = more
    out: dict[Key, list[Entry]] = {}
    for k, es in found.items():
        for e in es:
            at = next((moved[k, name] for name in _names(e) if (k, name) in moved), k)
            out.setdefault(at, []).append(_at(e, at))
    said = _said(out)
    found, out = out, {}
    for k, es in found.items():
        for e in es:
            at = _retold(e, said.get(numbers_of(e), {}), labels, tables) or k
            out.setdefault(at, []).append(_at(e, at))
    for es in out.values():
        es.sort(key=lambda e: e.rank)
    return out


def _at(e: Entry, key: Key) -> Entry:
    return e if e.key == key else e._replace(key=key, placed="item-shortened")


def _said(found: Mapping[Key, Sequence[Entry]]) -> dict[tuple[float, ...], dict[Key, int]]:
    """Return for every number under which keys a known origin gave it, with the first day that may be."""
    out: dict[tuple[float, ...], dict[Key, int]] = {}
    for k, es in found.items():
        for e in es:
            if e.origin.known and numbers_of(e):
                first = out.setdefault(numbers_of(e), {})
                first[k] = min(first.get(k, e.said.first), e.said.first)
    return out


def _retold(e: Entry, said: Mapping[Key, int], labels: dict[Key, str], tables: LedgerTables) -> Key | None:
    """Return the one narrower key under which a number without a source is on record by then, None where its own has
    it or several do."""
    if e.origin.known or e.key in said:
        return None
    fit = [
        k
        for k, day in said.items()
        if day <= e.said.last and covers(e.key, k, labels, tables) and _wider(e.key, k, labels, tables)
    ]
    return fit[0] if len(fit) == 1 else None


def _names(e: Entry) -> tuple[tuple[object, ...], ...]:
    """Under which names a figure is looked for: body and number; and document and number."""
    numbers = numbers_of(e)
    if not numbers:
        return ()
    here = ("document", e.claim.document, numbers)
    return (("body", e.origin.body, numbers), here) if e.origin.known else (here,)


def _wider(a: Key, b: Key, labels: dict[Key, str], tables: LedgerTables) -> bool:
    """Tell whether ``a`` is the wider of two names of which one covers the other."""
    if a.item in tables.above(b.item):
        return True
    if b.item in tables.above(a.item):
        return False
    return (len(labels[a].split()), a.item) < (len(labels[b].split()), b.item)


def covers(a: Key, b: Key, labels: Mapping[Key, str], tables: LedgerTables) -> bool:
    """Tell whether one of two items covers the other: by the tree, else by a label with all words of the other."""
    if a.item in tables.above(b.item) or b.item in tables.above(a.item):
        return True
    if tables.group(a.item) is not None and tables.group(b.item) is not None:
        return False
    one, other = set(labels[a].lower().split()), set(labels[b].lower().split())
    return bool(one and other) and (one <= other or other <= one)
