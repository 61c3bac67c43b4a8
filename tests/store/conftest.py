"""Where the cases of the tests live: folders, and a PostgreSQL server of our own on loopback."""

from __future__ import annotations

import itertools
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from .postgres import Cluster, missing

_number = itertools.count()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A server that lives for the test run; skipped where PostgreSQL or its driver is not installed."""
    if (reason := missing()) and os.environ.get("CI"):
        pytest.fail(f"{reason} (must be there in CI)")
    if reason:
        pytest.skip(reason)
    # Not below pytest's folder: the server's user may not enter there.
    with tempfile.TemporaryDirectory() as folder, Cluster(Path(folder), durable=False) as started:
        yield started


@pytest.fixture(params=["folder", "postgres"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the place of a case that does not exist yet, in either database."""
    if request.param == "folder":
        return str(tmp_path / "case")
    server: Cluster = request.getfixturevalue("cluster")
    return server.database(f"case{next(_number)}")
