"""Verify over PostgreSQL: the same changes are found and named as in a folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import BigInteger, Double, Integer, LargeBinary

from beleg.model import Decision, Problem
from beleg.store import checkpoint
from beleg.store.case import Case
from beleg.store.schema import metadata
from beleg.store.verify import verify

from .postgres import Cluster
from .values import claim, document

NOW = "2026-01-02T03:04:05+00:00"
TABLES = ("event", "batch", "reading", "blob", "document", "claim", "problem", "decision")


@pytest.fixture(scope="module")
def case(cluster: Cluster) -> Iterator[Case]:
    with Case.open(cluster.database("verified"), create=True, now=lambda: NOW, who="anna") as made:
        for name in ("a", "b"):
            of, raw = document(name, f"Nummer {name}: 100 Container kamen an.")
            made.add(of, raw, 2, [claim(of, 1, "100 Container kamen an.")], [Problem("x", "y", of.name)])
        made.decide(Decision("accept", "a#01", "anna", NOW, "geprüft"))
        yield made


def test_an_untouched_case_has_no_fault(case: Case):
    with case.read() as conn:
        kept = checkpoint.take(conn, NOW)
    assert verify(case, [kept]).faults == []


@pytest.mark.parametrize(("table", "column"), [(t, c.name) for t in TABLES for c in metadata.tables[t].columns])
def test_a_change_of_any_column_is_found_and_named(case: Case, table: str, column: str):
    described = metadata.tables[table]
    kind, key = described.columns[column].type, next(iter(described.primary_key.columns)).name
    if isinstance(kind, LargeBinary):
        new = f'set_byte("{column}", 9, 255 - get_byte("{column}", 9))'
    elif isinstance(kind, Integer | BigInteger | Double):
        new = f'coalesce("{column}", 0) + 1000'
    else:
        new = f"coalesce(substr(\"{column}\", 2), '') || 'Q'"
    row = f'"{key}" = (SELECT max("{key}") FROM {table})'
    with case.write() as conn:
        changed = f"ctid = (SELECT ctid FROM {table} WHERE {row})"
        old, at = conn.exec_driver_sql(f'SELECT "{column}", "{key}" FROM {table} WHERE {changed}').one()
        after = conn.exec_driver_sql(
            f'UPDATE {table} SET "{column}" = {new} WHERE {changed} RETURNING "{key}"'
        ).scalar_one()
    try:
        faults = verify(case).faults
    finally:
        with case.write() as conn:
            conn.exec_driver_sql(f'UPDATE {table} SET "{column}" = %s WHERE "{key}" = %s', (old, after))
    assert at is not None
    assert any(f.table == table for f in faults), [str(f) for f in faults]
    if column not in {key, "seq", "id"}:
        assert {f.field for f in faults if f.table == table} == {column}, [str(f) for f in faults]


def test_it_is_clean_again_after_all_that(case: Case):
    assert verify(case).faults == []
