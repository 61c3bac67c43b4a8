"""The texts that we write ourselves: annotation and text must agree, and examples must say that they are written."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("folder", ["corpus", "corpus/long", "examples/de"])
def test_every_annotation_agrees_with_its_text(folder: str) -> None:
    check = [sys.executable, str(ROOT / "corpus" / "check.py"), str(ROOT / folder)]
    run = subprocess.run(check, capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_check_finds_a_quote_that_is_not_in_the_text(tmp_path: Path) -> None:
    gold = (ROOT / "examples/de_labels/gold.jsonl").read_text(encoding="utf-8").splitlines()
    claim = json.loads(gold[0])
    text = (ROOT / f"examples/de/{claim['doc']}.txt").read_text(encoding="utf-8")
    index = (ROOT / "examples/de/index.jsonl").read_text(encoding="utf-8").splitlines()[0]
    claim["quote"] += " x"
    (tmp_path / f"{claim['doc']}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "index.jsonl").write_text(index, encoding="utf-8")
    (tmp_path / "gold.jsonl").write_text(json.dumps(claim), encoding="utf-8")
    check = [sys.executable, str(ROOT / "corpus" / "check.py"), str(tmp_path)]
    run = subprocess.run(check, capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode == 1
    assert "quote is not in the text" in run.stdout


def test_every_example_says_on_its_first_line_that_it_is_written_for_the_project() -> None:
    texts = sorted((ROOT / "examples/de").glob("*.txt"))
    assert texts
    for path in texts:
        assert "für Beleg geschrieben" in path.read_text(encoding="utf-8").splitlines()[0], path.name
