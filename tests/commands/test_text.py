from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from beleg.commands.fetch import fetch, watch
from beleg.commands.text import text

ARTICLE = """Werfer für Estland

Von Karla Muster

3. Mai 2023

Norwegen hat im Mai zwölf Werfer an Estland geliefert, wie das Ministerium mitteilte, und will im
Herbst noch weitere liefern, so der Minister in der

https://example.org/a

Hauptstadt. Estland hatte im vergangenen Jahr um die Werfer gebeten, die an der Küste stehen
sollen und von dort weit auf die See hinaus reichen.
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_text_shows_fields_blocks_and_what_was_lifted_out(article: Path) -> None:
    result = CliRunner().invoke(text, [str(article)])
    assert result.exit_code == 0, result.output
    assert "published: 2023-05-03 (text: 3. Mai 2023)" in result.output
    assert "[byline: byline-author] Von Karla Muster" in result.output
    assert "so der Minister in der Hauptstadt." in result.output
    assert result.output.rstrip().endswith("https://example.org/a")


def test_text_as_json_gives_places_in_the_source(article: Path) -> None:
    row = json.loads(CliRunner().invoke(text, [str(article), "--json"]).stdout)
    body = row["blocks"][-1]
    assert ARTICLE[body["start"] : body["end"]].startswith("Norwegen hat im Mai")
    assert row["authors"] == ["Karla Muster"] and row["lifted_out"] == ["https://example.org/a"]


def test_text_from_standard_input() -> None:
    assert "Werfer für Estland" in CliRunner().invoke(text, ["-"], input=ARTICLE).output


def test_columns_of_a_table_are_named_on_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Meldung\nDas Land hat zwölf Werfer geliefert.\n", encoding="utf-8")
    assert CliRunner().invoke(text, [str(path)]).exit_code == 1
    assert "zwölf Werfer" in CliRunner().invoke(text, [str(path), "--column", "text=Meldung"]).output
    wrong = CliRunner().invoke(text, [str(path), "--column", "words=Meldung"])
    assert "expected FIELD=NAME" in str(wrong.exception)


def test_what_cannot_be_read_is_told_and_ends_with_one(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(bytes(range(256)) * 20)
    result = CliRunner().invoke(text, [str(path)])
    assert result.exit_code == 1 and "not-text" in result.stderr


def test_control_characters_never_reach_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: a\x1b[31mb\n---\n\nDas Land \x1b]0;x\x07 hat zwei Werfer.\n", encoding="utf-8")
    assert "\x1b" not in CliRunner().invoke(text, [str(path)]).output


def test_fetch_refuses_what_is_not_on_the_public_web(tmp_path: Path) -> None:
    result = CliRunner().invoke(fetch, ["http://127.0.0.1/", "file:///etc/passwd", "--out", str(tmp_path / "c")])
    assert result.exit_code == 1
    assert result.stderr.count("not-fetched") == 2
    assert list((tmp_path / "c").iterdir()) == []


def test_watch_wants_a_list_of_feeds(tmp_path: Path) -> None:
    feeds = tmp_path / "feeds.toml"
    feeds.write_text("", encoding="utf-8")
    result = CliRunner().invoke(watch, [str(feeds), "--out", str(tmp_path / "c")])
    assert "names no feed" in str(result.exception)
