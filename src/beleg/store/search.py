"""Full text in both databases behind one function: words → the rows that hold them.

All words must be there, by their stem (``words``); ``word*`` stands for every word that begins so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Connection

from beleg.store.schema import SEARCHED, WORDS_INDEX
from beleg.store.words import LONGEST, WORD, fold, stem

_ASKED = re.compile(WORD.pattern + r"\*?")


@dataclass(frozen=True, slots=True)
class Part:
    """One condition in SQL; its values are bound by name."""

    keys: str  # a statement that gives the keys, as ``id``, of the rows for which it holds
    test: str  # the same as a condition on a row ``c``
    counted: str = ""  # what is counted instead of the keys, where that is quicker and about as many
    seek: str = ""  # the same as a condition on a key ``k.id`` by an index alone, where the row need not be looked at


def search(conn: Connection, table: str, query: str) -> tuple[Part, dict[str, str]]:
    """Return the condition that a row holds all words of a query, and its values; without words none does."""
    asked, key = _ASKED.findall(fold(query)), SEARCHED[table]
    if not asked:
        return Part(f"SELECT {key} AS id FROM {table} WHERE {key} < 0", f"c.{key} < 0"), {}
    if conn.dialect.name == "postgresql":
        words = {"words": " & ".join(_form(w, "'{}'", "'{}':*", " | ") for w in asked)}
        test = f"{WORDS_INDEX.replace('words', '{}words')} @@ CAST(:words AS tsquery)"
        return Part(f"SELECT {key} AS id FROM {table} WHERE {test.format('')}", test.format("c.")), words
    words = {"words": " AND ".join(_form(w, '"{}"', '"{}"*', " OR ") for w in asked)}
    keys = f"SELECT rowid AS id FROM {table}_search WHERE {table}_search MATCH :words"
    return Part(keys, f"+c.{key} IN ({keys})"), words  # +: the row is at hand, its key is not looked up


def _form(asked: str, whole: str, beginning: str, either: str) -> str:
    """Return how one word is asked for. A beginning may be longer than the stem that is kept ("Lieferunge*")."""
    word = asked.removesuffix("*")
    if word == asked:
        return whole.format(stem(word))
    return f"({beginning.format(word[:LONGEST])}{either}{whole.format(stem(word))})"
