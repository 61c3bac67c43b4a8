"""One JSON object a line, one line a claim: the fields of the annotation guidelines and Beleg's own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any


def lines(rows: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """Yield each row as a line, newline included; key order is that of the row."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False, separators=(", ", ": ")) + "\n"
