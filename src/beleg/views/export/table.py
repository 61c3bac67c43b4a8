"""CSV for spreadsheets: one cell a field, nothing that a spreadsheet would run.

A cell that a spreadsheet could take for a formula gets an apostrophe in front; ``read_cell`` takes it off again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from beleg.views.rows import flat

FORMULA_STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "'",
)  # OWASP, "CSV injection"; the apostrophe itself, to stay reversible


def lines(rows: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """Yield the header and one line a row, CRLF-ended (RFC 4180)."""
    writer: csv.DictWriter[str] | None = None
    out = io.StringIO(newline="")
    for row in rows:
        cells = {k: safe_cell(v) for k, v in flat(row).items()}
        if writer is None:
            writer = csv.DictWriter(out, fieldnames=list(cells))
            writer.writeheader()
        writer.writerow(cells)
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def safe_cell(value: object) -> object:
    """Return a cell that opens as text."""
    return "'" + value if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def read_cell(text: str) -> str:
    """Undo ``safe_cell``."""
    return text[1:] if text.startswith("'") else text
