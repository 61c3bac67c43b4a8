"""The language layer in figures: tree, roles and mood on a treebank, sentences from raw text, speed, memory, start.

usage: python bench/language.py [--shared DIR] [--errors]

DIR holds corpus/treebank (UD German-GSD test), reference/parser (54 marked sentences) and corpus/news; what is missing
is skipped and said. The treebank's labels are compared after training/treebank.py has brought them to one reading, so
the figures are comparable with each other, not with published ones. bench/data/language100.jsonl are clauses of our own
example articles, marked for subject, finite verb and object before any parse was looked at.
"""

from __future__ import annotations

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):  # before numpy starts its threads: one core is one core
    os.environ.setdefault(name, "1")

import argparse
import csv
import json
import platform
import resource
import runpy
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib import util
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "training"), str(ROOT / "src")]

from score import f1, on_treebank
from treebank import read_treebank

from beleg.lexicon import DATA
from beleg.model import Block, Sentence, Span
from beleg.segment.encoder import WEIGHTS
from beleg.segment.parser import EncoderParser, load_parser
from beleg.segment.prefilter import relevant
from beleg.segment.sentences import split_block
from floors import add_options, check

ROUNDS = 5
GOODS = frozenset({"goods", "money", "people", "plant", "technology", "component", "production", "aid", "training"})
MEGABYTE = 1024 * 1024
START = "from beleg.segment.parser import load_parser as l; from beleg.model import *; t='Es regnet.'; \
l('de').parse([Sentence(Span(0,10),0,(Token(0,2,'Es'),Token(3,9,'regnet'),Token(9,10,'.')))],t)"
Roles = tuple[str | None, str | None, str | None]


def on_raw_text(path: Path, splitters: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Score sentence starts and words on the treebank's texts, ten sentences a paragraph."""
    texts = [line[9:] for line in path.read_text("utf-8").splitlines() if line.startswith("# text = ")]
    examples = read_treebank(path, "GSD")
    scores = {}
    for name, split in splitters.items():
        n: Counter[str] = Counter()
        for k in range(0, len(texts), 10):
            text, starts, words = "", set(), set()
            for sentence, example in zip(texts[k : k + 10], examples[k : k + 10], strict=True):
                text += " " if text else ""
                starts.add(len(text))
                at = len(text)
                text += sentence
                for word in example.words:
                    found = text.find(word, at)
                    if found >= 0:
                        words.add((found, found + len(word)))
                        at = found + len(word)
            own_starts, own_words = split(text)
            n["s gold"], n["s found"], n["s good"] = (
                n["s gold"] + len(starts),
                n["s found"] + len(own_starts),
                n["s good"] + len(starts & own_starts),
            )
            n["w gold"], n["w found"] = n["w gold"] + len(words), n["w found"] + len(own_words)
            n["w good"] += len(words & own_words)
        scores[name] = {
            "sentences": f1(n["s good"], n["s found"], n["s gold"]),
            "words": f1(n["w good"], n["w found"], n["w gold"]),
        }
    return scores


def cut(text: str) -> list[Sentence]:
    return split_block(text, Block(Span(0, len(text)), "body"), 0, "de")


def own_split(text: str) -> tuple[set[int], set[tuple[int, int]]]:
    sentences = cut(text)
    return {s.span.start for s in sentences}, {(t.start, t.end) for s in sentences for t in s.tokens}


def peers() -> dict[str, Any]:
    """Return the splitters to compare: ours, and spaCy's rules where spaCy is installed."""
    found: dict[str, Any] = {"beleg": own_split}
    if util.find_spec("spacy"):
        import spacy

        nlp = spacy.blank("de")
        nlp.add_pipe("sentencizer")

        def with_spacy(text: str) -> tuple[set[int], set[tuple[int, int]]]:
            doc = nlp(text)
            return {s.start_char for s in doc.sents}, {(t.idx, t.idx + len(t)) for t in doc if not t.is_space}

        found["spacy blank"] = with_spacy
    return found


def roles(text: str, verb: str, parser: EncoderParser) -> list[Roles]:
    """Return finite verb, subject and object of every clause around a verb."""
    found: list[Roles] = []
    for sentence in parser.parse(cut(text), text)[0]:
        words = [t.text for t in sentence.tokens]

        def word(i: int | None, words: list[str] = words) -> str | None:
            return None if i is None else words[i]

        found += [(word(c.finite), word(c.subject), word(c.object)) for c in sentence.clauses if words[c.root] == verb]
    return found


def on_marked(rows: Iterable[dict[str, Any]], parser: EncoderParser, errors: bool) -> tuple[int, int]:
    """Count the marked clauses whose finite verb, subject and object are all right."""
    good = total = 0
    for row in rows:
        found = roles(row["text"], row["verb"], parser)
        right = any(f == row["finite"] and s in row["subject"] and o in row["object"] for f, s, o in found)
        good, total = good + right, total + 1
        if errors and not right:
            print("  wrong:", row["verb"], "read as", found, "in", row["text"][:100])
    return good, total


def reference_rows(folder: Path) -> list[dict[str, Any]]:
    rows = []
    for name in ("gold30.py", "gold24.py"):
        for text, verb, finite, subject, object_, _ in runpy.run_path(str(folder / name))["G"]:
            row = {"text": text, "verb": verb, "finite": finite}
            rows.append({**row, "subject": sorted(subject) or [None], "object": sorted(object_) or [None]})
    return rows


def speed(texts: Sequence[str], parser: EncoderParser) -> dict[str, float]:
    """Words a second: processor time on one core (median and best round), the clock on two (median)."""
    sentences = [sentence for text in texts for sentence in cut(text)]
    words = sum(len(s.tokens) for s in sentences)
    two = EncoderParser(parser.language, parser.encoder, threads=2)
    one_core, two_cores = [], []
    for _ in range(ROUNDS):
        start = time.process_time()
        parser.parse(sentences, "")
        one_core.append(words / (time.process_time() - start))
        begin = time.perf_counter()
        two.parse(sentences, "")
        two_cores.append(words / (time.perf_counter() - begin))
    return {
        "words_a_second": statistics.median(one_core),
        "words_a_second_best": max(one_core),
        "words_a_second_two_cores": statistics.median(two_cores),
    }


def starting() -> tuple[float, float]:
    """Return seconds of processor time and megabytes that a fresh process needs for its first parse."""
    code = f"import resource,sys; sys.path.insert(0,{str(ROOT / 'src')!r}); {START}; \
r=resource.getrusage(resource.RUSAGE_SELF); print(r.ru_utime+r.ru_stime, r.ru_maxrss/1024)"
    runs = [subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True) for _ in range(3)]
    figures = [[float(x) for x in run.stdout.split()] for run in runs]
    return min(f[0] for f in figures), max(f[1] for f in figures)


def same_twice(text: str, parser: EncoderParser) -> bool:
    """Tell whether order, grouping and repetition leave every parse as it was."""
    sentences = cut(text)
    whole = parser.parse(sentences, text)[0]
    backwards = parser.parse(sentences[::-1], text)[0][::-1]
    single = [parser.parse([s], text)[0][0] for s in sentences]
    return whole == backwards == single == parser.parse(sentences, text)[0]


def prefiltered(words: Sequence[str], shared: Path) -> dict[str, float]:
    """Return the share of claims of our examples whose sentences are kept, and the share of general news kept."""
    kept = claims = 0
    gold = [json.loads(line) for line in (ROOT / "examples/de_labels/gold.jsonl").read_text("utf-8").splitlines()]
    for path in sorted((ROOT / "examples/de").glob("*.txt")):
        text = path.read_text("utf-8")
        sentences = cut(text)
        flags = relevant(sentences, text, words)
        for claim in (c for c in gold if c["doc"] == path.stem):
            start = text.find(claim["quote"])
            if start >= 0:
                span = Span(start, start + len(claim["quote"]))
                claims += 1
                kept += any(f for s, f in zip(sentences, flags, strict=True) if s.span.overlaps(span))
    result = {"prefilter_recall": kept / claims} if claims else {}
    news = shared / "corpus/news/gnad_test.jsonl"
    if news.exists():
        n = hits = 0
        for line in news.read_text("utf-8").splitlines()[:300]:
            text = json.loads(line)["text"]
            sentences = cut(text)
            n, hits = n + len(sentences), hits + sum(relevant(sentences, text, words))
        print(f"prefilter keeps {hits / n:.1%} of the sentences of 300 general news articles")
    return result


def terms() -> list[str]:
    """Return the words for arms in the item table that need no company to mean arms."""
    with (DATA / "items.csv").open(encoding="utf-8", newline="") as file:
        aliases = [
            alias
            for r in csv.DictReader(file)
            if r["kind"] not in GOODS and r["context"] == "no"
            for alias in r["aliases_de"].split("|")
        ]
    forms = [alias.split("/")[0].strip("*~ ") for alias in aliases]  # the stem; endings stand behind the slash
    return [form for form in forms if len(form) > 2]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--errors", action="store_true", help="print the marked clauses that are read wrongly")
    add_options(parser)
    args = parser.parse_args()
    names = ("onnxruntime", "numpy", "tokenizers", "simplemma")
    print(f"python {platform.python_version()} ", *(f"{n} {version(n)} " for n in names), platform.processor())
    size = sum(p.stat().st_size for p in Path(str(WEIGHTS)).iterdir()) / MEGABYTE
    print(f"weights {size:.1f} MB")
    shipped = load_parser("de")
    assert isinstance(shipped, EncoderParser)
    figures: dict[str, float] = {}
    test = args.shared / "corpus/treebank/GSD-test.conllu"
    if test.exists():
        scores = on_treebank(read_treebank(test, "GSD"), shipped)
        print("UD German-GSD test, gold words: ", "  ".join(f"{k} {100 * v:.1f}" for k, v in scores.items()))
        figures |= {k: v for k, v in scores.items() if k != "uas"}
        for name, raw in on_raw_text(test, peers()).items():
            print(f"raw text, {name}: ", "  ".join(f"{k} F {100 * v:.1f}" for k, v in raw.items()))
            if name == "beleg":
                figures["sentences"] = raw["sentences"]
    reference = args.shared / "reference/parser"
    if reference.exists():
        good, total = on_marked(reference_rows(reference), shipped, args.errors)
        print(f"reference sentences, subject and finite verb and object right: {good} of {total}")
        figures["reference"] = good / total
    rows = [json.loads(line) for line in (ROOT / "bench/data/language100.jsonl").read_text("utf-8").splitlines()]
    good, total = on_marked(rows, shipped, args.errors)
    print(f"clauses of our example articles, the same: {good} of {total} ({100 * good / total:.1f} %)")
    figures["own_clauses"] = good / total
    texts = [p.read_text("utf-8") for p in sorted((ROOT / "examples/de").glob("*.txt"))]
    figures["same_twice"] = float(all(same_twice(text, shipped) for text in texts[:8]))
    print("same parse in any order and grouping:", "yes" if figures["same_twice"] else "NO")
    figures |= prefiltered(terms(), args.shared)
    print(f"prefilter recall on the claims of our example articles: {figures.get('prefilter_recall', 0):.3f}")
    fast = speed(texts, shipped)
    print("  ".join(f"{k} {v:.0f}" for k, v in fast.items()), f"({ROUNDS} rounds; on one core in processor time)")
    seconds, megabytes = starting()
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"first parse of a fresh process: {seconds:.2f} s of processor time, {megabytes:.0f} MB; this run {own:.0f} MB"
    )
    figures["words_a_second"] = fast["words_a_second_best"]  # what else the machine does slows the others
    figures["seconds_below_one_at_start"] = 1 - seconds
    figures["megabytes_below_600"] = 600 - own
    print("for comparison, measured once on the same treebank: spaCy CNN trained on it LAS 69.2, UDPipe 1 70.4")
    return check("language", figures, args)


if __name__ == "__main__":
    sys.exit(main())
