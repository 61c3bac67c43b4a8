from __future__ import annotations

from pathlib import Path

import pytest

from beleg.errors import IndexFileError
from beleg.read.given import Given
from beleg.read.index import load_index


def index_of(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "index.jsonl"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_row_is_matched_on_stem_or_path_and_gaps_come_from_the_command_line(tmp_path: Path) -> None:
    index = load_index(
        index_of(
            tmp_path,
            '{"doc": "a", "lang": "de", "published": "2024-06", "kind": "x"}\n{"path": "d/b.txt", "outlet": "O"}\n',
        )
    )
    default = Given(outlet="Default")
    assert index.given("some/a.txt", default) == Given("a", "Default", "de", "2024-06")
    assert index.given("d/b.txt", default).outlet == "O"
    assert index.given("c.txt", default) is default
    assert index.unmatched() == []


def test_a_row_names_the_columns_of_a_table(tmp_path: Path) -> None:
    index = load_index(index_of(tmp_path, '{"doc": "a", "columns": {"text": "Volltext"}}\n'))
    assert index.given("a.csv", Given()).columns == (("text", "Volltext"),)
    with pytest.raises(IndexFileError, match="columns: expected an object"):
        load_index(index_of(tmp_path, '{"doc": "a", "columns": {"words": "Volltext"}}\n'))


def test_rows_that_match_nothing_are_listed(tmp_path: Path) -> None:
    index = load_index(index_of(tmp_path, '{"doc": "a"}\n{"doc": "b"}\n'))
    index.given("b.md", Given())
    assert index.unmatched() == ["a"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{", ":1: expected one JSON object a line"),
        ("[]", ":1: expected a JSON object with 'doc' or 'path'"),
        ('{"doc": "a"}\n{"doc": "a"}', ":2: a second row for 'a'"),
        ('{"doc": "a", "published": "June"}', ":1: published: expected null, YYYY"),
        ('{"doc": "a", "outlet": 3}', ":1: outlet: expected a text or null"),
    ],
)
def test_a_wrong_row_is_named_with_its_line(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(IndexFileError) as e:
        load_index(index_of(tmp_path, text))
    assert expected in str(e.value)


def test_a_missing_index_says_so(tmp_path: Path) -> None:
    with pytest.raises(IndexFileError, match="cannot be read"):
        load_index(tmp_path / "none.jsonl")
