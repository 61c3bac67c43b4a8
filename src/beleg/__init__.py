"""Beleg: an evidence ledger for reported arms transfers.

``beleg.read_text``, ``read_file``, ``build_ledger`` and ``check_document`` are those of ``beleg.api``, loaded at first
use, so that ``import beleg`` alone costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name.startswith("_") or name == "api":
        raise AttributeError(f"module 'beleg' has no attribute {name!r}")
    api = import_module("beleg.api")
    if name in api.__all__:
        return getattr(api, name)
    raise AttributeError(f"module 'beleg' has no attribute {name!r}; it offers {', '.join(api.__all__)}")
