"""Full text in both databases behind one function: words → a condition on the table's key.

All words must be there; ``word*`` stands for every word that begins so. SQLite compares words as they stand, without
regard to case; PostgreSQL by their German stem, so that it finds "Granate" for "Granaten" where SQLite wants
"Granat*".
"""

from __future__ import annotations

import re
from functools import reduce
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, false, func, select, text
from sqlalchemy.sql.elements import literal_column

from beleg.store.schema import SEARCH_LIMIT, SEARCHED

GERMAN: ColumnElement[Any] = literal_column("'german'")
_WORD = re.compile(r"[\w]+\*?", re.UNICODE)


def matches(conn: Connection, table: Table, query: str) -> ColumnElement[bool]:
    """Return the condition that a row of ``table`` holds all words of ``query``; a query without words finds none."""
    words = _WORD.findall(query)
    if not words:
        return false()
    key, column = SEARCHED[table.name]
    if conn.dialect.name == "postgresql":
        forms = (f"{w[:-1]}:*" if w.endswith("*") else w for w in words)
        parts: list[ColumnElement[Any]] = [func.to_tsquery(GERMAN, form) for form in forms]
        wanted = reduce(lambda a, b: a.op("&&")(b), parts)
        stretch = func.left(table.c[column], literal_column(str(SEARCH_LIMIT)))
        return func.to_tsvector(GERMAN, stretch).op("@@")(wanted)
    fts = " ".join(f'"{w[:-1]}"*' if w.endswith("*") else f'"{w}"' for w in words)
    found = select(text("rowid")).select_from(text(f"{table.name}_search"))
    found = found.where(text(f"{table.name}_search MATCH :fts").bindparams(fts=fts))
    return table.c[key].in_(found)
