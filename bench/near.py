"""How well and how fast near-copies are found, on planted copies of real articles and on many made-up ones.

usage: python bench/near.py [--articles N]

Planted from ../shared/corpus/news (measuring only; without it, made-up articles take its place): every article with one
word in ten changed, cut in half, and with other boilerplate around it. A link between an article and a planted copy of
it is right; every other link counts as wrong, so that true copies in the set count against precision.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import resource
import sys
import time
from pathlib import Path

import numpy as np

from beleg.read.near import fingerprint_text, near_copies
from floors import add_options, check

NEWS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "news" / "gnad_test.jsonl"
SYLLABLES = [a + b for a in [*"bdfghklmnprstwz", "sch", "st"] for b in [*"aeiou", "ei", "au"]]


def made_up(count: int, length: int, seed: int) -> list[str]:
    """Make articles of words that are as unevenly frequent as real ones (Zipf)."""
    rng = random.Random(seed)
    words = ["".join(rng.choices(SYLLABLES, k=rng.randint(1, 4))) for _ in range(50_000)]
    weights = np.cumsum(1 / np.arange(1, len(words) + 1)).tolist()
    return [" ".join(rng.choices(words, cum_weights=weights, k=length)) for _ in range(count)]


def real() -> list[str]:
    if not NEWS.is_file():
        return made_up(1_000, 300, 1)
    rows = (json.loads(line) for line in NEWS.read_text(encoding="utf-8").splitlines())
    return [max((v for v in row.values() if isinstance(v, str)), key=len) for row in rows]


def planted(text: str, rng: random.Random, others: list[str]) -> list[str]:
    words = text.split()
    edited = [rng.choice(others).split()[0] if rng.random() < 0.1 else w for w in words]
    half = words[: len(words) // 2] if rng.random() < 0.5 else words[len(words) // 2 :]
    around = rng.choice(others).split()[:60], rng.choice(others).split()[-60:]
    return [" ".join(edited), " ".join(half), " ".join([*around[0], *words, *around[1]])]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=50_000)
    add_options(parser)
    args = parser.parse_args()
    rng = random.Random(7)
    texts = [t for t in real() if len(t.split()) >= 60]
    boilerplate = made_up(200, 80, 2)
    prints, wanted = [], set()
    for i, text in enumerate(texts):
        prints.append(fingerprint_text(f"{i}", text))
        for kind, copy in zip(("edited", "half", "around"), planted(text, rng, boilerplate), strict=True):
            prints.append(fingerprint_text(f"{i}-{kind}", copy))
            wanted.add((f"{i}", f"{i}-{kind}"))
    links = near_copies(prints)
    found = {(x.first, x.second) for x in links}
    same = {pair for pair in found if pair[0].split("-")[0] == pair[1].split("-")[0]}
    figures = {"recall": len(wanted & found) / len(wanted), "precision": len(same) / max(1, len(found))}
    print(f"python {platform.python_version()}  numpy {np.__version__}")
    print(f"{len(texts)} articles, {len(wanted)} planted copies: recall {figures['recall']:.4f}")
    print(f"  precision {figures['precision']:.4f}")
    many = made_up(args.articles, 400, 3)
    start = time.perf_counter()
    prints = [fingerprint_text(str(i), t) for i, t in enumerate(many)]
    near_copies(prints)
    seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{len(many)} articles of 400 words: {seconds:.1f} s, {len(many) / seconds:.0f} a second, {memory} MB")
    return check("near", figures, args)


if __name__ == "__main__":
    sys.exit(main())
