"""Whose words: quotations, speakers and types against a file of annotated articles, and how fast they are found.

python bench/attribution.py [--gold FILE.jsonl] [--evaluate FOLDER] [--raise | --lower KEY --reason WHY]

FILE holds one article a line: {"id", "text", "tokens", "quotes"}; characters, end exclusive. The text alone is read;
the tokens and quotations only score. The scorer is ``score_quotes.py`` of the folder EVALUATE, so that its figures are
comparable with published ones; both folders default to the measuring material beside the project.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import re
import statistics
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy
import onnxruntime

import floors
from beleg.claim.speaker import attribute
from beleg.find.actors import find_actors
from beleg.model import Attribution, Block, Document, Mentions, Published, Sentence, Span, TextMap
from beleg.pipeline import read_article
from beleg.segment.parser import load_parser
from beleg.segment.sentences import split_sentences

SHARED = Path(os.environ.get("BELEG_SHARED", Path(__file__).resolve().parents[1].parent / "shared"))
PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
ROUNDS = 3
RETOLD = frozenset({"act", "counted-on", "no-reply", "retold"})  # rules of src/beleg/claim
FRAMED = ("Direct", "Indirect")  # the types that have a frame in the annotation
# what others reach on the same set, as published or as measured by us with the scorer used here; not run again
PEERS = (
    ("rules of the data set's authors, test half", "PAPER quote 0.479, joint 0.391"),
    ("CRF trained on the training half, this half", "PAPER quote 0.708, joint 0.658; quote with speaker 0.529"),
)


def article(row: dict[str, Any]) -> Document:
    text = row["text"]
    blocks = tuple(Block(Span(*m.span()), "body") for m in PARAGRAPH.finditer(text) if m.group().strip())
    return Document(
        str(row["id"]), str(row["id"]), "", "text/plain", "de", row.get("title"), None, (), Published(), text, text,
        TextMap(()), blocks,
    )  # fmt: skip


def as_quote(a: Attribution) -> dict[str, Any]:
    return {
        "type": a.quote_type,
        "quote": [list(p) for p in a.pieces],
        "speaker": [list(p) for p in a.speaker],
        "cue": [list(p) for p in a.cues],
        "frame": [list(p) for p in a.frame] if a.quote_type in FRAMED else [],
        "addressee": [list(p) for p in a.addressee],
    }


def predictions(gold: list[dict[str, Any]], found: list[list[Attribution]]) -> dict[str, dict[str, Any]]:
    """What is scored: speech told without its words, or in the outlet's, is no quotation in the annotation's sense."""
    return {
        row["id"]: {"id": row["id"], "quotes": [as_quote(a) for a in attributions if not RETOLD & set(a.rules)]}
        for row, attributions in zip(gold, found, strict=True)
    }


def scorer(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_quotes", folder / "score_quotes.py")
    if spec is None or spec.loader is None or not (folder / "score_quotes.py").is_file():
        raise SystemExit(f"no score_quotes.py in {folder}; give its folder with --evaluate")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=SHARED / "corpus" / "quotes" / "dev.jsonl")
    parser.add_argument("--evaluate", type=Path, default=SHARED / "evaluate")
    floors.add_options(parser)
    options = parser.parse_args()
    if not options.gold.is_file():
        raise SystemExit(f"no file {options.gold}; give annotated articles with --gold")
    score = scorer(options.evaluate)
    gold = score.load(options.gold)
    documents = [article(row) for row in gold]
    print(f"{options.gold.name}: {len(gold)} articles; Python {platform.python_version()}, numpy {numpy.__version__}, "
          f"onnxruntime {onnxruntime.__version__}")  # fmt: skip

    read = load_parser("de")
    began = time.perf_counter()
    parsed: list[list[Sentence]] = [read.parse(split_sentences(d), d.text)[0] for d in documents]
    parsing = time.perf_counter() - began
    words = sum(len(s.tokens) for sentences in parsed for s in sentences)
    mentions = [Mentions(actors=tuple(find_actors(d.text, s, "de")[0])) for d, s in zip(documents, parsed, strict=True)]
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        found = [attribute(d, s, m)[0] for d, s, m in zip(documents, parsed, mentions, strict=True)]
        seconds.append(time.perf_counter() - began)
    stage = statistics.median(seconds)
    began = time.perf_counter()
    for d in documents:
        read_article(d)
    whole = time.perf_counter() - began

    result = score.score(gold, predictions(gold, found))
    score.show(result)
    bare = [attribute(d, split_sentences(d), m)[0] for d, m in zip(documents, mentions, strict=True)]
    spelling = score.score(gold, predictions(gold, bare))["paper"]
    print(f"without the parser, from the spelling alone: PAPER quote {spelling['quote'][2]:.3f}, "
          f"joint {spelling['joint'][2]:.3f}")  # fmt: skip
    for name, figures in PEERS:
        print(f"peer: {name}: {figures}")
    print(f"speed: {words} words; this stage {words / stage:,.0f} words/s (median of {ROUNDS}); "
          f"with the parser on every sentence {words / (parsing + stage):,.0f} words/s; "
          f"the whole pipeline, which parses the sentences that matter, {words / whole:,.0f} words/s")  # fmt: skip
    types = result["per_type"]
    figures = {
        "paper_quote": result["paper"]["quote"][2],
        "paper_joint": result["paper"]["joint"][2],
        "quote_with_speaker": result["joint_iou50_speaker"][2],
        **{f"type_{t}": types[t]["iou50"][2] for t in ("Direct", "Indirect", "IndirectFreeIndirect") if t in types},
    }
    if "IndirectFreeIndirect" in types:
        figures["carried_speaker"] = types["IndirectFreeIndirect"]["speaker_acc"]
    print(json.dumps({k: round(v, 4) for k, v in figures.items()}))
    if options.gold != SHARED / "corpus" / "quotes" / "dev.jsonl":
        return 0
    return floors.check("attribution", figures, options)


if __name__ == "__main__":
    raise SystemExit(main())
