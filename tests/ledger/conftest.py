"""How many cases the property tests of the ledger try: ``BELEG_EXAMPLES=1000`` for the full count."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

settings.register_profile(
    "ledger",
    max_examples=int(os.environ.get("BELEG_EXAMPLES", "40")),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("ledger")

sys.path.append(str(Path(__file__).parents[2] / "bench"))
