"""Every table loads, and every row fires in its ``yes`` sentences and keeps still in its ``no`` sentences.

A module that owns tables gives ``TABLES``, a list of ``TableCheck``; this file walks those of all modules.
"""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import beleg
from beleg.tables import TableCheck


def checks() -> list[TableCheck]:
    found = []
    for module in pkgutil.walk_packages(beleg.__path__, "beleg."):
        if module.name.startswith(("beleg.web", "beleg.__main__", "beleg.store.migrate")):
            continue
        found += getattr(importlib.import_module(module.name), "TABLES", [])
    return sorted(set(found), key=lambda c: c.name)


@pytest.mark.parametrize("check", checks(), ids=lambda c: c.name)
def test_every_row_fires_where_it_must_and_nowhere_else(check: TableCheck) -> None:
    wrong = []
    for row in check.rows():
        if not (row.source and row.yes and row.no):
            wrong.append(f"{row.key}: needs a source, a yes and a no sentence")
        wrong += [f"{row.key} does not fire in: {s}" for s in row.yes if row.key not in check.fired(s)]
        wrong += [f"{row.key} fires in: {s}" for s in row.no if row.key in check.fired(s)]
    assert wrong == []
