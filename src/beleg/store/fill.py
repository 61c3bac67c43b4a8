"""Many rows into and out of a table, with the words that are searched in them.

Straight through the driver (SQLite: one prepared statement; PostgreSQL: COPY): a case of a million claims is loaded
this way, and a layer between would cost as much as the database. FTS5 takes the words of all new rows in one statement;
a trigger would flush its index for every row, four times the cost of all else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, select

from beleg.store.schema import SEARCHED


def fill(conn: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all have the same columns; in the order of their keys, above all keys that are there."""
    names = list(rows[0])
    columns = ", ".join(f'"{name}"' for name in names)
    values = [tuple(row.values()) for row in rows]
    if conn.dialect.name == "postgresql":
        cursor: Any = conn.connection.cursor()
        with cursor, cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
            for row in values:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(names))
    conn.exec_driver_sql(f"INSERT INTO {table.name} ({columns}) VALUES ({marks})", values)
    if table.name in SEARCHED:
        key, column = SEARCHED[table.name]
        conn.exec_driver_sql(
            f"INSERT INTO {table.name}_search (rowid, {column}) SELECT {key}, {column} FROM {table.name} "
            f"WHERE {key} BETWEEN ? AND ?",
            (rows[0][key], rows[-1][key]),
        )


def empty(conn: Connection, table: Table, where: ColumnElement[bool] | None = None) -> None:
    """Delete all rows, or those of a condition, and their words with them."""
    if conn.dialect.name == "sqlite" and table.name in SEARCHED:
        key, column = SEARCHED[table.name]
        search = f"{table.name}_search"
        if where is None:  # also words whose rows are gone
            conn.exec_driver_sql(f"INSERT INTO {search} ({search}) VALUES ('delete-all')")
        else:
            gone = select(table.c[key], table.c[column]).where(where)
            values = [("delete", k, words) for k, words in conn.execute(gone)]
            if values:
                conn.exec_driver_sql(f"INSERT INTO {search} ({search}, rowid, {column}) VALUES (?, ?, ?)", values)
    conn.execute(delete(table) if where is None else delete(table).where(where))
