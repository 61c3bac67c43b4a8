from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleg.errors import UsageError
from beleg.model import Block, Claim, Document, Piece, Published, Quantity, Source, Span, TextMap
from beleg.views.export import jsonl, table
from beleg.views.files import write_text
from beleg.views.rows import claim_row, interval_text

SOURCE = "Kiew erhielt bis zu\n4,8 Millionen Granaten."
CLEAN = SOURCE.replace("\n", " ")


def document(media_type: str = "text/plain") -> Document:
    n = len(SOURCE)
    return Document(
        "a", "a.txt", "0" * 64, media_type, "de", None, None, (), Published(), CLEAN, SOURCE,
        TextMap((Piece(0, n, 0, n),)), (Block(Span(0, n), "body"),),
    )  # fmt: skip


def claim() -> Claim:
    start = CLEAN.index("bis")
    quantity = Quantity(
        Span(start, start + 22), CLEAN[start : start + 22], None, 4.8e6, False, "up_to", "shells", "count"
    )
    return Claim(
        id="a#01", document="a@0", doc="a", span=Span(0, len(CLEAN) - 1), event="transfer", supplier=None,
        recipient="UA", actor=None, item="artillery shells", item_id="shell", quantity=quantity, counting=None,
        time=None, place=None, sources=(Source("Shin", "Shin Won-sik", "government", "KR"),), stance="said",
        basis=None, form="indirect", act="delivered",
    )  # fmt: skip


def test_the_quote_is_letter_for_letter_in_the_source_line_break_included() -> None:
    row = claim_row(claim(), document())
    assert row["quote"] == SOURCE[row["start"] : row["end"]] == "Kiew erhielt bis zu\n4,8 Millionen Granaten"
    assert row["quote_clean"] == "Kiew erhielt bis zu 4,8 Millionen Granaten"
    assert "selector" not in row


def test_without_a_source_text_the_place_is_one_in_the_clean_text_and_says_so() -> None:
    row = claim_row(claim(), document("text/html"))
    assert row["quote"] == row["quote_clean"] == CLEAN[row["start"] : row["end"]] == row["selector"]["exact"]


def test_whole_numbers_are_written_whole_and_bounds_stay_bounds() -> None:
    line = next(iter(jsonl.lines([claim_row(claim(), document())])))
    quantity = json.loads(line)["quantity"]
    assert '"high": 4800000,' in line
    assert quantity["low"] is None and interval_text(quantity["low"], quantity["high"]) == "≤ 4,800,000"


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(100, None, "≥ 100"), (0, 50, "≤ 50"), (60, 70, "60–70"), (28, 28, "28"), (None, None, "–"), (1.5, 1.5, "1.5")],
)
def test_an_interval_is_written_with_its_bounds(low: float | None, high: float | None, text: str) -> None:
    assert interval_text(low, high) == text


@given(st.text())
def test_a_cell_never_starts_a_formula_and_comes_back_as_it_was(text: str) -> None:
    safe = str(table.safe_cell(text))
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert table.read_cell(safe) == text


def test_csv_has_one_row_a_claim_under_a_header() -> None:
    rows = list(csv.DictReader(io.StringIO("".join(table.lines([claim_row(claim(), document())] * 2)), newline="")))
    assert [r["high"] for r in rows] == ["4800000", "4800000"] and rows[0]["sources"] == "Shin Won-sik"


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    def broken() -> str:
        raise OSError(28, "No space left on device")

    target = tmp_path / "out.jsonl"
    write_text(["one\n"], str(target))
    with pytest.raises(UsageError, match=r"out\.jsonl"):
        write_text((broken() for _ in range(1)), str(target))
    assert target.read_text() == "one\n" and [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]


def test_a_folder_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="-o"):
        write_text(["x"], str(tmp_path / "none" / "out.csv"))
