"""How many claims of general news are right, as read by a person: 200 drawn by a fixed seed.

    python bench/news_claims.py [--news FILE.jsonl] [--list] [--raise | --lower KEY --reason WHY]

``bench/data/news_claims.jsonl`` keeps the verdicts: article number, place and event of a claim, and whether event,
roles and figure are right; no text. A claim of the draw without a verdict yet is counted as unread; --list prints it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")
ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "bench")]

import floors
from beleg.pipeline import read_article
from beleg.read.documents import read_documents
from beleg.read.given import Given
from beleg.read.inputs import RawInput

VERDICTS = ROOT / "bench" / "data" / "news_claims.jsonl"
DRAWN = 200
SEED = "beleg"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--news", type=Path, default=ROOT.parent / "shared" / "corpus" / "news" / "gnad_test.jsonl")
    parser.add_argument("--list", action="store_true", help="print the drawn claims with their text")
    floors.add_options(parser)
    options = parser.parse_args()
    if not options.news.exists():
        print(f"no news at {options.news}: nothing measured")
        return 0
    claims = drawn(options.news)
    kept = [json.loads(line) for line in VERDICTS.read_text(encoding="utf-8").splitlines()]
    verdicts = {key(v): v["right"] for v in kept}
    read = [verdicts[key(c)] for c in claims if key(c) in verdicts]
    if options.list:
        for c in claims:
            print(json.dumps({**c, "right": verdicts.get(key(c))}, ensure_ascii=False))
    right = sum(read) / max(1, len(read))
    print(f"news claims: {len(claims)} drawn, {len(read)} read, {sum(read)} right: {right:.3f}")
    return floors.check("news_claims", {"right": right, "read": len(read) / max(1, len(claims))}, options)


def key(claim: dict[str, Any]) -> tuple[int, int, int, str]:
    return claim["article"], claim["start"], claim["end"], claim["event"]


def drawn(news: Path) -> list[dict[str, Any]]:
    """Return the drawn claims of the articles, those with the smallest hash of seed and place, in article order."""
    found = []
    for number, line in enumerate(news.open(encoding="utf-8")):
        raw = RawInput(path=f"{number}.txt", raw=json.loads(line)["text"].encode())
        for document in read_documents(raw, Given(language="de"))[0]:
            for c in read_article(document).claims:
                quantity = c.quantity and {"raw": c.quantity.raw, "low": c.quantity.low, "high": c.quantity.high}
                row = {
                    "article": number, "start": c.span.start, "end": c.span.end, "event": c.event,
                    "supplier": c.supplier, "recipient": c.recipient, "actor": c.actor, "item": c.item,
                    "quantity": quantity, "stance": c.stance, "text": document.text[c.span.start : c.span.end],
                    "around": document.text[max(0, c.span.start - 150) : c.span.end + 60],
                }  # fmt: skip
                found.append(row)
    chosen = sorted(found, key=lambda c: hashlib.sha256(f"{SEED} {key(c)}".encode()).digest())[:DRAWN]
    return sorted(chosen, key=key)


if __name__ == "__main__":
    sys.exit(main())
