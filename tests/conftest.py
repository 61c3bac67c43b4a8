"""Fixtures for all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of measuring material beside the project; skips where it is missing (a user's machine has none)."""
    path = Path(os.environ.get("BELEG_SHARED", ROOT.parent / "shared"))
    if not path.is_dir():
        pytest.skip(f"no measuring material at {path} (set BELEG_SHARED)")
    return path
