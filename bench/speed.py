"""How fast and how large: the whole pipeline over general news and over arms articles, on one core.

    python bench/speed.py [--news FILE.jsonl] [--seeds DIR] [--limit N] [--raise | --lower KEY --reason WHY]

Prints articles a second (median of three parts), peak memory, versions and machine. Raises nothing on any article.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import sys
import time
from importlib.metadata import version
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")
ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "bench")]

import floors
from beleg.pipeline import read_article
from beleg.read.documents import read_documents
from beleg.read.given import Given
from beleg.read.inputs import RawInput

REPEATS = 5  # how often the few arms articles are read


def main() -> int:
    shared = ROOT.parent / "shared" / "corpus"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--news", type=Path, default=shared / "news" / "gnad_test.jsonl")
    parser.add_argument("--seeds", type=Path, default=shared / "seeds")
    parser.add_argument("--limit", type=int, default=None)
    floors.add_options(parser)
    options = parser.parse_args()
    if not options.news.exists():
        print(f"no news at {options.news}: nothing measured")
        return 0
    print(f"{platform.machine()}, Python {platform.python_version()}, onnxruntime {version('onnxruntime')}, one thread")
    texts = [json.loads(line)["text"] for line in options.news.open(encoding="utf-8")][: options.limit]
    seeds = [f.read_text(encoding="utf-8") for f in sorted(options.seeds.glob("*.txt"))] * REPEATS
    read_texts(seeds[:1])  # loads tables and weights
    news_rate, claims, problems = rate(texts)
    seed_rate, _, _ = rate(seeds)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"news: {len(texts)} articles, {news_rate:.1f} articles/s, {claims} claims, {problems} problems")
    print(f"arms articles: {len(seeds)}, {seed_rate:.1f} articles/s")
    print(f"peak memory: {memory:.0f} MiB")
    return floors.check("speed", {"news_articles_per_s": news_rate, "arms_articles_per_s": seed_rate}, options)


def rate(texts: list[str]) -> tuple[float, int, int]:
    """Return articles a second (median of three parts), and how many claims and problems there were."""
    third = max(1, len(texts) // 3)
    rates, claims, problems = [], 0, 0
    for start in range(0, len(texts), third):
        part = texts[start : start + third]
        began = time.perf_counter()
        c, p = read_texts(part)
        rates.append(len(part) / (time.perf_counter() - began))
        claims, problems = claims + c, problems + p
    return statistics.median(rates), claims, problems


def read_texts(texts: list[str]) -> tuple[int, int]:
    claims = problems = 0
    for n, text in enumerate(texts):
        raw = RawInput(path=f"article-{n}.txt", raw=text.encode())
        for document in read_documents(raw, Given(language="de"))[0]:
            reading = read_article(document)
            claims += len(reading.claims)
            problems += len(reading.problems)
    return claims, problems


if __name__ == "__main__":
    sys.exit(main())
