"""Fixtures for all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples at every run, so that a red run means a change; BELEG_EXAMPLES=1000 digs deeper, at random.
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=60)
settings.register_profile("deep", deadline=None, max_examples=int(os.environ.get("BELEG_EXAMPLES", "1000")))
settings.load_profile("deep" if "BELEG_EXAMPLES" in os.environ else "steady")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of measuring material beside the project; skips where it is missing (a user's machine has none)."""
    path = Path(os.environ.get("BELEG_SHARED", ROOT.parent / "shared"))
    if not path.is_dir():
        pytest.skip(f"no measuring material at {path} (set BELEG_SHARED)")
    return path
