from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from beleg.errors import TableError
from beleg.lexicon import read_csv, read_toml, toml_table


@dataclass(frozen=True, slots=True)
class Word:
    form: str
    bound: Literal["min", "max"]
    source: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    weight: int | None = None


GOOD = '[[entry]]\nform = "rund"\nbound = "min"\nsource = "own"\nyes = ["rund 30"]\nno = ["rund um"]\n'


def write(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_are_read_in_file_order(tmp_path: Path) -> None:
    rows = read_toml(write(tmp_path, "a.toml", GOOD + GOOD.replace("rund", "etwa")), Word)
    assert [r.form for r in rows] == ["rund", "etwa"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD.replace('"min"', '"mid"'), ":1: bound: expected one of min, max"),
        (GOOD.replace('source = "own"\n', ""), ":1: source: missing"),
        (GOOD + "colour = 1\n", ":1: unknown key 'colour'"),
        (GOOD + 'weight = "x"\n', ":1: weight: expected int"),
        (GOOD + GOOD.replace('form = "rund"', "form = 3"), ":7: form: expected str"),
        ("[[entry]\n", "not TOML"),
    ],
)
def test_a_wrong_row_is_named_with_file_line_and_what_was_expected(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(TableError) as e:
        read_toml(write(tmp_path, "a.toml", text), Word)
    assert "a.toml" in str(e.value) and expected in str(e.value)


def test_csv_cells_become_lists_numbers_and_none(tmp_path: Path) -> None:
    text = "form,bound,source,yes,no,weight\nrund,min,own,a|b,c,\netwa,max,own,a,b,3\n"
    rows = read_csv(write(tmp_path, "a.csv", text), Word)
    assert rows[0].yes == ("a", "b") and rows[0].weight is None and rows[1].weight == 3


def test_a_csv_row_that_is_too_short_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"a\.csv:2: expected 6 cells"):
        read_csv(write(tmp_path, "a.csv", "form,bound,source,yes,no,weight\nrund,min\n"), Word)


def test_a_missing_language_names_those_that_there_are() -> None:
    with pytest.raises(TableError, match="language 'xx'"):
        toml_table("xx", "quantities", Word)
