"""The quality gate: reads real articles as a user would, scores the export, fails below the floors.

    python bench/gate.py [--shared DIR] [--misses N] [--raise | --lower KEY --reason WHY]

Scores the five seed articles against both annotations with the annotation's own scorer, checks that every quote is
letter for letter in its text and every number's words are in the quote, that a second run gives the same bytes, and
scores our own cases (tests/cases) and articles (corpus/), of which a part is unseen by those who write rules.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
OWN = ROOT / ".venv" / "bin" / "python"
if importlib.util.find_spec("ahocorasick_rs") is None and Path(sys.executable) != OWN:
    # called with a Python that has not Beleg's libraries: set them up as the README does, and go on there
    subprocess.run(["make", "--silent", "-C", str(ROOT), ".venv/run.stamp"], check=True, stdout=sys.stderr)
    os.execv(OWN, [str(OWN), *sys.argv])
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "bench"), str(ROOT / "tests")]

import floors
from beleg.pipeline import read_article
from beleg.read.documents import read_documents
from beleg.read.given import Given
from beleg.read.index import load_index
from beleg.read.inputs import RawInput, walk
from beleg.views.export.jsonl import lines
from beleg.views.rows import claim_row
from case_runner import score_cases

SEEN = 124  # articles of a corpus at most, of those that the heads have learned from
MEASURES = ("found", "figures", "tuple")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--misses", type=int, default=0, help="show this many missed claims")
    floors.add_options(parser)
    options = parser.parse_args()
    figures = score_cases(ROOT / "tests" / "cases", options.misses)
    seeds = options.shared / "corpus" / "seeds"
    if not seeds.is_dir():
        print(f"no measuring material at {options.shared}: only our own cases are scored")
        figures = {k: v for k, v in figures.items() if k.startswith("cases.")}
        return floors.check("gate_cases", figures, options)
    scorer = load_scorer(options.shared / "evaluate" / "score_claims.py")
    rows, texts = export(seeds, seeds / "index.jsonl")
    for annotator in "ab":
        gold = scorer.load(options.shared / "corpus" / "seeds_gold" / annotator)
        figures |= score(scorer, f"seeds.{annotator}", gold, rows, texts, options.misses)
    figures |= score_own_corpus(scorer, options.misses)
    return floors.check("gate", figures, options)


def load_scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_claims", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer at {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def export(
    folder: Path, index_path: Path, names: Collection[str] | None = None
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Return the rows of a folder's JSONL export and each document's source text; stop where a run differs."""
    first, texts = export_once(folder, index_path, names)
    if first != export_once(folder, index_path, names)[0]:
        raise SystemExit(f"{folder}: a second run gave other bytes")
    rows = [json.loads(line) for line in first.splitlines()]
    check_letters(rows, texts)
    return rows, texts


def export_once(folder: Path, index_path: Path, names: Collection[str] | None = None) -> tuple[str, dict[str, str]]:
    index, rows, texts = load_index(index_path), [], {}
    for raw in walk([str(folder)]):
        if not isinstance(raw, RawInput):
            print("left out:", raw.message)
            continue
        if raw.path == str(index_path) or (names is not None and raw.stem not in names):
            continue
        for document in read_documents(raw, index.given(raw.path, Given()))[0]:
            texts[document.name] = document.source_text
            rows += [claim_row(c, document) for c in read_article(document).claims]
    return "".join(lines(rows)), texts


def score(
    scorer: ModuleType, name: str, gold: list[dict[str, Any]], rows: list[dict[str, Any]], texts: dict[str, str],
    misses: int = 0,
) -> dict[str, float]:  # fmt: skip
    predicted = [dict(r) for r in rows]
    scorer.place(gold, texts)
    scorer.place(predicted, texts)
    result = scorer.score(gold, predicted)
    print(f"\n{name}: {result['documents']} documents")
    for measure in MEASURES:
        v = result[measure]
        counts = f"({v['hit']} of {v['gold']} gold, {v['predicted']} predicted)"
        print(f"  {measure:8} P {v['precision']:.3f}  R {v['recall']:.3f}  F1 {v['f1']:.3f}  {counts}")
    print("  fields   " + "  ".join(f"{k} {v:.2f}" for k, v in result["fields"].items()))
    print("  events   " + "  ".join(f"{k} {v}" for k, v in result["by_event"].items()))
    for g in result["_missed"][:misses]:
        print(f"  missed {g['id']} {g['event']}: {' '.join(g['quote'].split())[:150]}")
    fields = {f"{name}.{f}": result["fields"][f] for f in ("origin", "chain", "stance", "form")}
    return {f"{name}.{m}": result[m]["f1"] for m in MEASURES} | fields


def score_own_corpus(scorer: ModuleType, misses: int) -> dict[str, float]:
    """Score our own articles, short and long: those that rule writers look at, and those that they do not."""
    figures: dict[str, float] = {}
    for name, corpus in (("corpus", ROOT / "corpus"), ("long", ROOT / "corpus" / "long")):
        if (corpus / "split.json").exists():
            figures |= score_articles(scorer, name, corpus, misses)
    return figures


def score_articles(scorer: ModuleType, name: str, corpus: Path, misses: int) -> dict[str, float]:
    split = json.loads((corpus / "split.json").read_text(encoding="utf-8"))
    unseen = set(split["unseen"])
    seen = sorted(split["open"], key=lambda n: hashlib.sha256(n.encode()).hexdigest())[:SEEN]
    rows, texts = export(corpus / "texts", corpus / "index.jsonl", {*unseen, *seen})
    figures: dict[str, float] = {}
    for part in ("seen", "unseen"):
        docs = {d for d in texts if (d in unseen) == (part == "unseen")}
        gold = [g for d in sorted(docs) for g in scorer.load(corpus / "gold" / f"{d}.jsonl")]
        own = [r for r in rows if r["doc"] in docs]
        figures |= score(scorer, f"{name}.{part}", gold, own, texts, misses if part == "seen" else 0)
    return figures


def check_letters(rows: list[dict[str, Any]], texts: dict[str, str]) -> None:
    """Stop at a quote that is not letter for letter in the text, or a figure whose words are not in its quote."""
    for row in rows:
        if not row["quote"] or texts[row["doc"]][row["start"] : row["end"]] != row["quote"]:
            raise SystemExit(f"{row['id']}: the quote is not letter for letter in the text")
        if row["quantity"] and row["quantity"]["raw"] not in row["quote_clean"]:
            raise SystemExit(f"{row['id']}: the figure {row['quantity']['raw']!r} is not in its quote")


if __name__ == "__main__":
    sys.exit(main())
