"""Workbooks hold what they were given, as text where it is text, and nothing that a spreadsheet would run."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest

from beleg.errors import UsageError
from beleg.views.export import xlsx
from beleg.views.export.xlsx import LONGEST, Sheet, cell, workbook

RUN = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://evil.example")', "=cmd|' /C calc'!A0", "\t=1", "http://a.b"]


def parts(book: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(book)) as z:
        return {name: z.read(name).decode("utf-8") for name in z.namelist()}


def test_a_cell_that_begins_like_a_formula_or_a_link_is_text() -> None:
    found = parts(workbook([Sheet("x", [{"a": words} for words in RUN])]))
    sheet = found["xl/worksheets/sheet1.xml"]
    assert "<f>" not in sheet and "hyperlink" not in sheet
    assert not any(
        "externalLink" in name or (name.endswith(".rels") and "hyperlink" in text) for name, text in found.items()
    )
    assert len(re.findall(r't="s"', sheet)) == len(RUN) + 1  # with the head


def test_numbers_stay_numbers_and_nothing_stays_empty() -> None:
    sheet = parts(workbook([Sheet("x", [{"a": 12000, "b": 0.5, "c": None, "d": True, "e": ("KP", "RU")}])]))
    body = sheet["xl/worksheets/sheet1.xml"]
    assert "<v>12000</v>" in body and "<v>0.5</v>" in body and 'r="C2"' not in body
    assert "yes" in sheet["xl/sharedStrings.xml"] and "KP RU" in sheet["xl/sharedStrings.xml"]


def test_the_same_rows_give_the_same_bytes() -> None:
    rows = [{"a": "ä", "b": 1}, {"a": "=x", "b": None}]
    assert workbook([Sheet("x", rows)]) == workbook([Sheet("x", iter(rows))])


@pytest.mark.parametrize("value", ["\ud800", "\x00\x01", "a" * 40_000, "\u202egnp", "]]>", "_x0041_"])
def test_any_text_can_be_written(value: str) -> None:
    assert len(str(cell(value))) <= LONGEST
    assert zipfile.ZipFile(io.BytesIO(workbook([Sheet("x", [{value[:100]: value}])]))).testzip() is None


def test_a_table_without_rows_has_its_head() -> None:
    assert "item" in parts(workbook([Sheet("no/such:name?" * 4, [], ["matter", "item"])]))["xl/sharedStrings.xml"]


def test_too_many_rows_are_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    rows: list[dict[str, Any]] = [{"a": 1}] * 3
    with pytest.raises(UsageError, match="set a filter, or take CSV"):
        workbook([Sheet("x", rows)])
