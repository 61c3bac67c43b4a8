"""Workbooks: text is text, numbers are numbers, nothing is a formula or a link; the same rows give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import xlsxwriter

from beleg.errors import UsageError

MOST_ROWS = 1_048_575  # of Excel, below the header
LONGEST = 32_767  # characters of a cell, of Excel
CUT = " […]"
NO_DAY = datetime(1980, 1, 1)  # a file says when it was made; ours says nothing, so that it is the same tomorrow
WIDEST = 60
SIGNS = frozenset("[]:*?/\\")  # that a sheet's name must not hold


class Sheet(NamedTuple):
    """A table; the first row gives the columns."""

    name: str
    rows: Iterable[Mapping[str, Any]]
    columns: Sequence[str] = ()  # where there may be no row


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook.

    Raises:
        UsageError: more rows than a sheet can hold.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": NO_DAY})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": False})
    for sheet in sheets:
        _write(book, sheet, head)
    book.close()
    return out.getvalue()


def _write(book: Any, sheet: Sheet, head: Any) -> None:
    page = book.add_worksheet("".join("_" if c in SIGNS else c for c in sheet.name)[:31])
    columns = list(sheet.columns)
    widths: dict[int, int] = {}
    number = 0
    for number, row in enumerate(sheet.rows, 1):
        if number > MOST_ROWS:
            raise UsageError(f"a sheet holds {MOST_ROWS:,} rows; set a filter, or take CSV")
        columns = columns or list(row)
        for at, name in enumerate(columns):
            value = cell(row.get(name))
            if value is None:
                continue
            if isinstance(value, str):
                page.write_string(number, at, value)
            else:
                page.write_number(number, at, value)
            widths[at] = max(widths.get(at, 0), len(str(value)))
    for at, name in enumerate(columns):
        page.write_string(0, at, str(cell(name) or ""), head)
        page.set_column(at, at, min(WIDEST, max(len(name), widths.get(at, 0))) + 2)
    page.freeze_panes(1, 1)
    if columns and number:
        page.autofilter(0, 0, number, len(columns) - 1)


def cell(value: object) -> str | float | int | None:
    """Return what a cell holds: numbers as they are, yes and no, lists joined, texts in characters that XML has."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return value
    words = " ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    words = words.encode("utf-8", "backslashreplace").decode("utf-8")
    return words if len(words) <= LONGEST else words[: LONGEST - len(CUT)] + CUT
