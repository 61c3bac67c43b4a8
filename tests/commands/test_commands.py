"""Commands as a user types them."""

from __future__ import annotations

import importlib.util
import json
import os
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from beleg.cli import main
from beleg.model import Decision
from beleg.store.case import Case

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = (
    "Polen liefert der Ukraine 14 Panzer\n\n"
    "Polen hat der Ukraine 14 Panzer vom Typ Leopard 2 geliefert. Das sagte ein Sprecher des Verteidigungsministeriums "
    "in Warschau am Montag. Russland dementierte die Lieferung.\n"
)


def beleg(*args: str, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(main, list(args), input=stdin)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "panzer.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def read_one(tmp_path: Path, raw: bytes, name: str = "a.txt") -> Result:
    path = tmp_path / name
    path.write_bytes(raw)
    return beleg("read", str(path), "--case", str(tmp_path / "case"), "--lang", "de")


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_has_help_with_an_example_and_a_place_in_the_docs(name: str) -> None:
    result = beleg(name, "--help")
    assert result.exit_code == 0 and f"Example: beleg {name}" in " ".join(result.output.split())
    assert f"## beleg {name}\n" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def test_the_page_of_commands_is_as_the_commands_are() -> None:
    spec = importlib.util.spec_from_file_location("command_pages", ROOT / "scripts" / "command_pages.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == module.page(), "run scripts/command_pages.py"


def test_version_is_shown() -> None:
    assert "beleg, version" in beleg("--version").output


def test_reading_says_what_it_did_and_a_second_time_changes_nothing(tmp_path: Path, article: Path) -> None:
    case = str(tmp_path / "case")
    first = beleg("read", str(article), "--case", case, "--published", "2024-03-05", "--lang", "de")
    assert first.exit_code == 0, first.output
    assert "1 documents" in first.output
    before = beleg("export", "--format", "jsonl", "--case", case).output
    second = beleg("read", str(article), "--case", case, "--published", "2024-03-05", "--lang", "de")
    assert "0 documents" in second.output and "nothing changed" in second.output
    assert beleg("export", "--format", "jsonl", "--case", case).output == before


def test_the_same_bytes_under_another_outlet_are_a_second_document_on_one_blob(tmp_path: Path, article: Path) -> None:
    case = str(tmp_path / "case")
    for outlet in ("Erste Zeitung", "Zweite Zeitung"):
        assert beleg("read", str(article), "--case", case, "--outlet", outlet, "--lang", "de").exit_code == 0
    rows = [json.loads(x) for x in beleg("claims", "--case", case, "--json").output.splitlines()]
    assert len({r["document_sha256"] for r in rows}) == 1 and len(rows) % 2 == 0 and rows


def test_quotes_are_letter_for_letter_and_the_filters_filter(tmp_path: Path, article: Path) -> None:
    case = str(tmp_path / "case")
    beleg("read", str(article), "--case", case, "--lang", "de")
    rows = [json.loads(x) for x in beleg("claims", "--case", case, "--json", "--supplier", "PL").output.splitlines()]
    assert rows and all(ARTICLE[r["start"] : r["end"]] == r["quote"] and r["supplier"] == "PL" for r in rows)
    assert beleg("claims", "--case", case, "--supplier", "XX").output.strip() == "No claims."


@pytest.mark.parametrize(
    ("raw", "code"),
    [(b"", "empty"), (b"\x00\x01\x02\x03" * 400, ""), (b"%PDF-1.7 broken", ""), (b"\xff\xfe\x00", "")],
    ids=["empty", "binary", "broken pdf", "half a character"],
)
def test_an_input_that_is_no_article_is_left_out_with_a_reason(tmp_path: Path, raw: bytes, code: str) -> None:
    result = read_one(tmp_path, raw)
    assert result.exit_code == 1, result.output
    assert "left out" in result.output and code in result.output


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_other_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    result = read_one(tmp_path, (ARTICLE + "Größe, „Zitat“.").encode(encoding))
    assert result.exit_code == 0 and "1 documents" in result.output


def test_a_bad_input_leaves_the_rest_of_the_batch_standing(tmp_path: Path, article: Path) -> None:
    (tmp_path / "leer.txt").write_bytes(b"")
    result = beleg("read", str(tmp_path / "leer.txt"), str(article), "--case", str(tmp_path / "case"), "--lang", "de")
    assert result.exit_code == 1 and "1 documents" in result.output


def test_fifty_megabytes_of_one_line_end_with_a_clear_message(tmp_path: Path) -> None:
    result = read_one(tmp_path, b"wort " * 10_500_000)
    assert result.exit_code == 1 and "a.txt" in result.output


def test_a_file_name_that_is_no_text_is_read_under_a_name_that_is(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    with open(os.path.join(os.fsencode(folder), b"a\xff.txt"), "wb") as f:  # noqa: PTH118, PTH123 - bytes, not str
        f.write(ARTICLE.encode())
    result = beleg("read", str(folder), "--case", str(tmp_path / "case"), "--lang", "de")
    assert result.exit_code == 0 and "1 documents" in result.output, result.output


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = beleg("read", str(tmp_path / "none"), "--case", str(tmp_path / "case"))
    assert result.exit_code in (1, 2) and "none" in result.output


def test_a_case_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    result = beleg("claims", "--case", str(tmp_path / "none"))
    assert result.exit_code == 2 and "beleg read" in result.output


def test_a_case_by_a_newer_version_is_not_touched(tmp_path: Path, article: Path) -> None:
    case = tmp_path / "case"
    beleg("read", str(article), "--case", str(case), "--lang", "de")
    with sqlite3.connect(case / "case.db") as conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
    result = beleg("read", str(article), "--case", str(case))
    assert result.exit_code == 2 and "newer" in result.output


@pytest.mark.parametrize("published", ["June", "2024-13", "24-01-01"])
def test_a_date_that_is_none_is_wrong_use(tmp_path: Path, article: Path, published: str) -> None:
    result = beleg("read", str(article), "--case", str(tmp_path / "case"), "--published", published)
    assert result.exit_code == 2 and "YYYY" in result.output


def test_an_index_row_that_matches_nothing_is_listed(tmp_path: Path, article: Path) -> None:
    index = tmp_path / "index.jsonl"
    index.write_text('{"doc": "panzer", "lang": "de", "published": "2024-03"}\n{"doc": "fehlt"}\n', encoding="utf-8")
    result = beleg("read", str(tmp_path / "panzer.txt"), "--case", str(tmp_path / "case"), "--index", str(index))
    assert "'fehlt' matches no input" in result.output


def test_a_text_that_rests_on_nothing_we_read_is_kept_and_gives_no_claims(tmp_path: Path) -> None:
    result = read_one(tmp_path, "Das Wetter wird schön. Am Sonntag scheint überall die Sonne.".encode())
    assert result.exit_code == 0 and "0 claims" in result.output


def test_a_new_article_is_held_against_the_ledger_and_changes_nothing(tmp_path: Path, article: Path) -> None:
    case = str(tmp_path / "case")
    beleg("read", str(article), "--case", case, "--published", "2024-03-05", "--lang", "de")
    before = beleg("export", "--format", "jsonl", "--case", case).output
    other = tmp_path / "neu.txt"
    other.write_text("Polen hat der Ukraine 20 Panzer vom Typ Leopard 2 geliefert.\n", encoding="utf-8")
    result = beleg("check", str(other), "--case", case, "--published", "2024-04-05", "--lang", "de", "--json")
    findings = [json.loads(line) for line in result.output.splitlines()]
    assert result.exit_code == 0 and findings and all(f["finding"] for f in findings)
    assert beleg("export", "--format", "jsonl", "--case", case).output == before


def test_an_article_in_a_language_without_tables_is_kept_and_said_so(tmp_path: Path) -> None:
    text = "Poland has handed over fourteen tanks to Ukraine, the defence ministry in Warsaw said on Monday morning."
    result = beleg("read", str(write(tmp_path, text)), "--case", str(tmp_path / "case"), "--lang", "en")
    assert result.exit_code == 0 and "language-unsupported" in result.output and "1 documents" in result.output


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "artikel.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_life_of_a_figure_is_written_as_a_chart(tmp_path: Path, article: Path) -> None:
    case, chart = str(tmp_path / "case"), tmp_path / "leben.svg"
    beleg("read", str(article), "--case", case, "--published", "2024-03-05", "--lang", "de")
    matter = json.loads(beleg("ledger", "--case", case, "--json").output.splitlines()[0])["matter"]
    funnel = tmp_path / "herkunft.svg"
    result = beleg("matter", matter, "--case", case, "--svg", str(chart), "--funnel", str(funnel))
    assert result.exit_code == 0 and chart.read_text(encoding="utf-8").startswith("<svg")
    assert "From print to origin: documents 1;" in funnel.read_text(encoding="utf-8")
    assert "From print to origin" in result.output and "independent origins" in result.output


def test_a_decision_without_effect_is_told_beside_the_ledger(tmp_path: Path, article: Path) -> None:
    case = str(tmp_path / "case")
    beleg("read", str(article), "--case", case, "--published", "2024-03-05", "--lang", "de")
    merge = Decision("merge", "panzer#01", "Ada", "2024-03-06T00:00:00Z", "one matter", (("with", "no-such-matter"),))
    with Case.open(case) as opened:
        opened.decide(merge)
    shown = beleg("ledger", "--case", case, "--json")
    assert "merge-not-found: no matter and no claim of one is called no-such-matter" in shown.stderr
    assert json.loads(shown.stdout.splitlines()[0])["supplier"] == "PL"
    assert "merge-not-found" in beleg("check", str(article), "--case", case).stderr


def test_the_ledger_shows_figures_first_and_in_brackets_what_nothing_bounds(tmp_path: Path) -> None:
    case = str(tmp_path / "case")
    texts = (
        ARTICLE,
        "Berlin. Deutschland könnte der Ukraine 20 Haubitzen geliefert haben, sagte ein Sprecher der NATO.\n",
    )
    for i, body in enumerate((*texts, "Iran hat Russland Drohnen geliefert, sagte Wolodymyr Selenskyj am Montag.\n")):
        path = tmp_path / f"{i}.txt"
        path.write_text(body, encoding="utf-8")
        beleg("read", str(path), "--case", case, "--published", "2024-03-05", "--lang", "de")
    counted, _, told = beleg("ledger", "--case", case).output.partition("Told without a figure")
    assert "PL > UA" in counted and "14" in counted and "[20]" in counted and "D1 denied, D2 proof disputed" in counted
    assert "IR > RU" in told and "IR > RU" not in counted


def test_the_life_of_a_figure_says_who_leans_on_whom_and_what_is_hard_to_believe(tmp_path: Path) -> None:
    case = str(tmp_path / "case")
    texts = {
        "2023-10-13": "Nordkorea hat nach Angaben des US-Außenministeriums mehr als 1.000 Container mit Munition nach "
        "Russland geliefert.",
        "2023-10-20": "Nordkorea hat seit dem 1. Oktober 2023 mehr als 900.000 Container mit Munition nach Russland "
        "geliefert, sagte der südkoreanische Verteidigungsminister. Südkorea hat seine Erkenntnisse mit den USA "
        "geteilt.",
    }
    for day, body in texts.items():
        path = tmp_path / f"{day}.txt"
        path.write_text(body + "\n", encoding="utf-8")
        beleg("read", str(path), "--case", case, "--published", day, "--lang", "de")
    life = beleg("matter", "kp-ru-containers", "--case", case).output
    assert "KR and US: dependent, until 2023-10-20 (stated sharing: “Südkorea hat seine Erkenntnisse" in " ".join(
        life.split()
    )
    assert "remark: 900,001 containers in 20 days are more than 10,000 a day" in life
