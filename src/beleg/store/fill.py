"""Many rows into and out of a table, with the words that are searched in them.

Straight through the driver (SQLite: one statement for many rows, during which other threads of Python run; PostgreSQL:
COPY): a case of a million claims is loaded this way, and a layer between would cost as much as the database. FTS5 takes
the words with the rows; a trigger would do it row by row, at four times the cost of all else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Double,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    delete,
    select,
)

from beleg.store.schema import SEARCHED

CHUNK = 500  # values in one statement; SQLite takes at most 32,766
AT_ONCE = (512, 64, 8, 1)  # rows in one statement: few sizes, so that each is compiled once
# PostgreSQL gathers the words of new rows and sorts them into its index when they fill so much, as many at once as fit
# into the memory of a statement: in a large load fewer and larger turns save a fifth of the server's work. A small one
# keeps the server's limits, because a search looks through what waits.
LARGE = {"gin_pending_list_limit": "32MB", "work_mem": "128MB"}
BINARY: dict[type, str] = {  # PostgreSQL's names of the types that a table's columns have
    BigInteger: "int8",
    Integer: "int4",
    Double: "float8",
    LargeBinary: "bytea",
    String: "text",
    Text: "text",
}
T = TypeVar("T")

Row = tuple[Any, ...]  # the values of a row in the order of the table's columns


def chunks(keys: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """Give a sequence in parts, by default such that a statement can take one."""
    for start in range(0, len(keys), size):
        yield keys[start : start + size]


def expect_many(conn: Connection) -> None:
    """Prepare a writing transaction for thousands of rows; nothing of it outlives the transaction."""
    if conn.dialect.name == "postgresql":
        for name, value in LARGE.items():
            conn.exec_driver_sql(f"SET LOCAL {name} = '{value}'")


def fill(conn: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert whole rows, in the order of their keys, above all keys that are there."""
    if not rows:
        return
    if conn.dialect.name == "postgresql":
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        cursor: Any = conn.connection.cursor()
        with cursor, cursor.copy(f"COPY {table.name} ({names}) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types([BINARY[type(column.type)] for column in table.columns])
            for row in rows:
                copy.write_row(row)
        return
    cursor = conn.connection.cursor()
    _insert(cursor, table.name, len(table.columns), rows)
    if table.name in SEARCHED:
        at = table.columns.keys().index("words")
        words = [(row[0], row[at]) for row in rows]  # the first column is the key
        _insert(cursor, f"{table.name}_search (rowid, words)", 2, words)


def _insert(cursor: Any, into: str, columns: int, rows: Sequence[Row]) -> None:
    """Insert rows by statements of as many rows as there are, at most ``AT_ONCE[0]``."""
    marks, start = f"({', '.join('?' * columns)})", 0
    for size in AT_ONCE:
        sql = f"INSERT INTO {into} VALUES {', '.join([marks] * size)}"
        for n in range(start, len(rows) - size + 1, size):
            cursor.execute(sql, [value for row in rows[n : n + size] for value in row])
            start = n + size


def empty(conn: Connection, table: Table, where: ColumnElement[bool] | None = None) -> None:
    """Delete all rows, or those of a condition, and their words with them."""
    if conn.dialect.name == "sqlite" and table.name in SEARCHED:
        search = f"{table.name}_search"
        if where is None:  # also words whose rows are gone
            conn.exec_driver_sql(f"INSERT INTO {search} ({search}) VALUES ('delete-all')")
        else:
            gone = select(table.c[SEARCHED[table.name]], table.c.words).where(where)
            values = [("delete", key, words) for key, words in conn.execute(gone)]
            if values:
                conn.exec_driver_sql(f"INSERT INTO {search} ({search}, rowid, words) VALUES (?, ?, ?)", values)
    conn.execute(delete(table) if where is None else delete(table).where(where))
