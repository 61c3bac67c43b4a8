"""Split German compounds with an item in them: "Artilleriegranaten", "Waffenlieferungen", "Munitionsfabriken".

The item may be the head ("Kurzstreckenraketen" are missiles) or the modifier; then the tail decides whether the item
itself is meant ("Waffenlieferungen") or something made of it, for it or against it ("Munitionsfabriken").
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from beleg.find.item_tables import (
    ItemPhrases,
    ItemRow,
    ItemTables,
    TailRow,
    item_phrases,
    item_tables,
)

JOINTS = ("", "s", "n", "en", "es")
MERE_GOODS = ("goods", "money", "victims")  # kinds of which nothing is made that counts: "Energiekonzern"
SHORT = 3  # letters: a modifier or tail is longer


class Analysis(NamedTuple):
    """What a word means, and where in it the item begins."""

    item: str
    label: str
    unit: str | None
    kind: str
    context: str  # "yes": counts only among other items, "near": only beside one, "kin", "no"
    start: int = 0  # offset in the word where the mention begins
    calibre: str | None = None
    effect: str = "self"  # what the tail does; "self": no tail
    head: str = ""  # id of the item that the last part names by itself; "" where a tail is last


@lru_cache(maxsize=20_000)
def analyse(word: str, language: str) -> Analysis | None:
    """Return what a word (as it stands, hyphens included) names, or None where there is no item in it."""
    tables = item_tables(language)
    low = word.lower()
    if low in tables.blocked:
        return None
    row = tables.words.get(low)
    if row is not None:
        return of_row(row)
    return _hyphened(word, tables, language) if "-" in word else _simple(low, tables)


def _simple(low: str, tables: ItemTables) -> Analysis | None:
    """Analyse a word by its end, then by its beginning."""
    row = tables.words.get(low)
    if row is not None:
        return of_row(row)
    for ending, end_row in tables.endings:
        if low.endswith(ending) and len(low) > len(ending):
            modifier = low[: -len(ending)]
            refined = tables.words.get(modifier.rstrip("-")) if modifier else None
            if refined is not None and refined.id == end_row.id:
                return of_row(refined)
            return of_row(end_row)
    for cut in range(len(low) - SHORT, SHORT - 1, -1):
        tail = _tail(low[cut:].lstrip("-"), tables)
        if tail is None:
            continue
        first = _modifier(low[:cut].rstrip("-"), tables)
        if first is not None and (tail.en is None or first.kind not in MERE_GOODS):
            return with_tail(first, tail)
    return None


def _modifier(low: str, tables: ItemTables) -> ItemRow | None:
    """Return the item that the beginning of a compound names, with or without a joint."""
    for joint in JOINTS:
        if joint and not low.endswith(joint):
            continue
        stem = low[: len(low) - len(joint)] if joint else low
        row = tables.words.get(stem)
        if row is not None:
            return row
        for ending, end_row in tables.endings:
            if stem.endswith(ending):
                return end_row
    return None


def _tail(low: str, tables: ItemTables) -> TailRow | None:
    """Return the tail row of the end of a compound, itself perhaps a compound of tails ("produktions|kapazitäten")."""
    row = tables.tails.get(low)
    if row is not None:
        return row
    for cut in range(SHORT, len(low) - SHORT + 1):
        first = low[:cut]
        if (first in tables.tails or (first.endswith("s") and first[:-1] in tables.tails)) and low[
            cut:
        ] in tables.tails:
            return tables.tails[low[cut:]]
    return None


def _hyphened(word: str, tables: ItemTables, language: str) -> Analysis | None:
    """Analyse "KN-23-Raketen", "170-mm-Geschütze", "Leopard-2-Panzer", "US-Waffenlieferungen"."""
    parts = word.split("-")
    last = analyse(parts[-1], language) if parts[-1] else None
    for cut in range(len(parts) - 1, 0, -1):
        left, right = "-".join(parts[:cut]), "-".join(parts[cut:])
        named = tables.designations.find(left)
        if not named or named[0].start != 0 or named[0].end != len(left):
            continue
        row = named[0].values[0]
        tail = _tail(right.lower(), tables)
        if tail is not None:
            return with_tail(row, tail)
        of_right = analyse(right, language)
        if of_right is not None:
            if of_right.effect not in ("self", "same"):
                effect = next((t for t in tables.tails.values() if t.effect == of_right.effect and t.en), None)
                return with_tail(row, effect) if effect is not None else of_row(row)
            same = of_right.unit in (None, row.unit) or of_right.kind == row.kind
            label = row.full if same else f"{row.label} {of_right.label}"
            return of_row(row)._replace(label=label, unit=of_right.unit or row.unit, context="no")
    if last is None:
        low = word.lower()
        for cut in range(1, len(parts)):
            tail = _tail("-".join(parts[cut:]).lower(), tables)
            modifier = _modifier("-".join(parts[:cut]).lower(), tables)
            if tail is not None and modifier is not None:
                return with_tail(modifier, tail)
        return _simple(low.replace("-", ""), tables)
    phrases = item_phrases(language)
    size = phrases.calibre.fullmatch("-".join(parts[:-1])) if len(parts) > 1 else None
    if size is not None:
        return with_calibre(last, in_millimetres(size, phrases))
    joined = _simple("".join(parts).lower(), tables)
    if joined is not None and joined.item != last.item:
        return joined
    return last._replace(start=len(word) - len(parts[-1]))


def of_row(row: ItemRow) -> Analysis:
    return Analysis(row.id, row.full, row.unit, row.kind, row.context, calibre=row.calibre, head=row.id)


def with_tail(row: ItemRow, tail: TailRow) -> Analysis:
    """Return what an item becomes before a tail."""
    context = row.context
    if tail.en is None:
        return Analysis(row.id, row.full, tail.unit, row.kind, context, calibre=row.calibre, effect=tail.effect)
    label = tail.en.format(attributive(row.label))
    item = f"{row.id}/{tail.effect}"
    return Analysis(item, label, tail.unit, tail.kind or row.kind, context, effect=tail.effect)


def in_millimetres(size: re.Match[str], phrases: ItemPhrases) -> str:
    """Return the figure that one of the patterns of calibres found: "8,8" of "8,8-cm" is "88"."""
    figure, per = size[1].replace(",", "."), phrases.calibre_units[size[2].lower()]
    return figure if per == 1 else f"{float(figure) * per:g}"


def with_calibre(analysis: Analysis, size: str) -> Analysis:
    """Return an analysis with a calibre in millimetres: an attribute, and part of the label."""
    calibre = f"{size} mm"
    label = analysis.label if analysis.label.startswith(calibre) else f"{calibre} {analysis.label}"
    return analysis._replace(label=label, calibre=calibre, start=0)


def attributive(label: str) -> str:
    """Return an English label as it stands before another noun: "artillery shells" → "artillery shell"."""
    return label[:-1] if label.endswith("s") and not label.endswith(("ss", "us", "arms")) else label
