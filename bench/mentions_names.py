"""How well actors and items are found: recall on the seed articles, precision on news, speed.

usage: python bench/mentions_names.py [--shared DIR] [--misses] [--raise | --lower KEY --reason …]

Seeds: each source, supplier, recipient and actor of the gold claims must be met by a mention that resolves to it
(sources where they stand, sides in the paragraphs around the claim); each item by one of the same coarse kind in the
sentence of the claim or the one before. Pronouns and "beide …" name nobody and are left out.
News: offsets of what is named in twice 40 articles (bench/data, no text), every 25th of the file and such as speak of
arms; the articles themselves lie in the shared folder. Marked over the finders' own output: precision counts, recall
only what was noticed. The finders were mended after both; at first sight 94.5 % of 697 actors and 89 % of 89 items of
the second forty were right.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import platform
import re
import resource
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

from beleg.find.actors import find_actors
from beleg.find.items import find_items
from beleg.find.mentions import find_mentions
from beleg.find.places import find_places
from beleg.model import (
    ActorMention,
    Block,
    Document,
    ItemMention,
    Piece,
    Published,
    Sentence,
    Span,
    TextMap,
)
from beleg.read.documents import read_documents
from beleg.read.inputs import RawInput
from beleg.segment.sentences import split_sentences
from floors import add_options, check

SHARED = Path(__file__).resolve().parents[2] / "shared"
MARKED = {n: Path(__file__).with_name("data") / f"mentions_{n}.jsonl" for n in ("news40", "news40b")}
ELLIPTIC = Path(__file__).with_name("data") / "elliptic_claims.json"
NAMELESS = re.compile(r"(?:(?:die )?beiden? .*|er|sie|es|man)", re.IGNORECASE)
BEFORE, AFTER = 600, 150  # code points around a claim in which its sides are named
ROUNDS = 3
SLOWEST = 0.3  # million characters a second: floor of the whole stage


def scorer(shared: Path) -> ModuleType:
    """Return the claim scorer of the shared folder, for its notion of the same name and the same kind of item."""
    spec = importlib.util.spec_from_file_location("score_claims", shared / "evaluate" / "score_claims.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(path: Path) -> tuple[Document, list[Sentence]]:
    documents, _ = read_documents(RawInput(path=path.name, raw=path.read_bytes(), name=path.stem))
    return documents[0], split_sentences(documents[0])


class Seed:
    """One seed article with its mentions placed in the file's own text."""

    def __init__(self, path: Path) -> None:
        self.doc, self.sentences = read(path)
        actors: list[ActorMention] = find_actors(self.doc.text, self.sentences, "de")[0]
        items: list[ItemMention] = find_items(self.doc.text, self.sentences, "de")[0]
        self.actors = [(*self.doc.map.to_source(m.span), m) for m in actors]
        self.items = [(*self.doc.map.to_source(m.span), m) for m in items]
        self.starts = [self.doc.map.to_source(s.span).start for s in self.sentences]

    def sentence_before(self, place: int) -> int:
        """Return where the sentence before the one that holds a place begins."""
        earlier = [s for s in self.starts if s <= place]
        return earlier[-2] if len(earlier) > 1 else 0


def seeds(shared: Path, half: str, misses: bool) -> dict[str, float]:
    """Return the recall of sources, sides and items over the seed articles."""
    score = scorer(shared)
    hit: Counter[str] = Counter()
    all_: Counter[str] = Counter()
    elliptic = set(json.loads(ELLIPTIC.read_text(encoding="utf-8"))[half])
    for file in sorted((shared / "corpus" / "seeds_gold" / half).glob("*.jsonl")):
        seed = Seed(shared / "corpus" / "seeds" / f"{file.stem}.txt")
        gold = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        score.place(gold, {file.stem: seed.doc.source_text})
        for claim in gold:
            at = claim["_at"]
            for what, name, right in (*sources(score, seed, claim, at), *sides(score, seed, claim, at)):
                all_[what] += 1
                hit[what] += right
                if misses and not right:
                    print("MISS", file.stem[:3], what, name)
            if claim["item"]:
                right = item_right(score, seed, claim, at)
                for what in ("item", *(["item_named"] if claim["id"] not in elliptic else [])):
                    all_[what] += 1
                    hit[what] += right
                if misses and not right:
                    print("MISS", file.stem[:3], "item", claim["item"], "|", claim["quote"][:80])
    return {f"seeds_{half}_{k}": hit[k] / n for k, n in sorted(all_.items())}


def sources(score: ModuleType, seed: Seed, claim: dict[str, Any], at: tuple[int, int]) -> list[tuple[str, str, bool]]:
    out = []
    for source in claim["sources"]:
        if NAMELESS.fullmatch(source["raw"]):
            continue
        pattern = re.compile(r"\s+".join(map(re.escape, source["raw"].split())))
        places = [m.span() for m in pattern.finditer(seed.doc.source_text)]
        near = min(places, key=lambda p: min(abs(p[0] - at[0]), abs(p[0] - at[1])))
        met = [m for s, e, m in seed.actors if s < near[1] and near[0] < e]
        names = ({"name": m.name, "raw": m.text} for m in met)
        out.append(("source", source["name"], any(score.same_name(n, {"name": source["name"]}) for n in names)))
    return out


def sides(score: ModuleType, seed: Seed, claim: dict[str, Any], at: tuple[int, int]) -> list[tuple[str, str, bool]]:
    out = []
    named = filter(None, (claim["supplier"], claim["recipient"], claim["actor"]))
    for side in (one for joined in named for one in joined.split(", ")):
        met = [m for s, _, m in seed.actors if at[0] - BEFORE < s < at[1] + AFTER]
        right = any(side in (m.country, m.actor) or score.same_name({"name": m.name}, {"name": side}) for m in met)
        out.append(("side", side, right))
    return out


def item_right(score: ModuleType, seed: Seed, claim: dict[str, Any], at: tuple[int, int]) -> bool:
    start = seed.sentence_before(at[0])
    return any(score.item_right(claim, {"item": m.label}) for s, _, m in seed.items if start <= s < at[1] + 2)


def news(shared: Path, name: str, misses: bool) -> dict[str, float]:
    """Return precision and recall of actors and items on the marked articles."""
    lines = (shared / "corpus" / "news" / "gnad_test.jsonl").read_text(encoding="utf-8").splitlines()
    texts = {a["id"]: a["text"] for a in map(json.loads, lines)}
    hit: Counter[str] = Counter()
    found_: Counter[str] = Counter()
    gold_: Counter[str] = Counter()
    for line in MARKED[name].read_text(encoding="utf-8").splitlines():
        marked = json.loads(line)
        text = texts[marked["id"]]
        actors = {(m.span.start, m.span.end, m.actor) for m in find_actors(text, [], "de")[0]}
        items = {(m.span.start, m.span.end, m.item) for m in find_items(text, [], "de")[0]}
        for kind, found in (("actors", actors), ("items", items)):
            gold = {tuple(g) for g in marked[kind]}
            hit[kind] += len(found & gold)
            found_[kind] += len(found)
            gold_[kind] += len(gold)
            if misses:
                for start, end, what in sorted(found - gold, key=str):
                    print(
                        "FALSE", marked["id"], kind, what, "|", text[max(0, start - 30) : end + 30].replace("\n", " ")
                    )
                for start, end, what in sorted(gold - found, key=str):
                    print("MISSED", marked["id"], kind, what, "|", text[start:end])
    out = {f"{name}_{k}_precision": hit[k] / found_[k] for k in sorted(found_)}
    out |= {f"{name}_{k}_recall": hit[k] / gold_[k] for k in sorted(gold_)}
    print(f"{name}: " + ", ".join(f"{found_[k]} {k} found, {gold_[k]} marked" for k in sorted(found_)))
    return out


def speed(shared: Path) -> dict[str, float]:
    """Return millions of characters a second on one core for each finder and for the whole stage, medians."""
    lines = (shared / "corpus" / "news" / "gnad_test.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    finders: dict[str, Callable[[str], object]] = {
        "actors": lambda text: find_actors(text, [], "de"),
        "items": lambda text: find_items(text, [], "de"),
        "places": lambda text: find_places(text, [], "de"),
        "stage": lambda text: find_mentions(bare(text), []),
    }
    out = {}
    for name, find in finders.items():
        some = texts if name != "stage" else texts[::3]
        find(texts[0])
        rounds = []
        for _ in range(ROUNDS):
            began = time.process_time()
            for text in some:
                find(text)
            rounds.append(sum(map(len, some)) / (time.process_time() - began) / 1e6)
        out[f"speed_{name}"] = statistics.median(rounds)
    return out


def memory(shared: Path) -> list[float]:
    """Return the resident memory in MiB after each quarter of the news articles through the whole stage."""
    lines = (shared / "corpus" / "news" / "gnad_test.jsonl").read_text(encoding="utf-8").splitlines()
    out = []
    for n, line in enumerate(lines, 1):
        find_mentions(bare(json.loads(line)["text"]), [])
        if n % (len(lines) // 4) == 0:
            pages = int(Path("/proc/self/statm").read_text().split()[1])
            out.append(pages * resource.getpagesize() / 2**20)
    return out


def bare(text: str) -> Document:
    """Return a document of nothing but its text."""
    whole = Span(0, len(text))
    return Document(
        name="news", path="news", sha256="0" * 64, media_type="text/plain", language="de", title=None, outlet=None,
        authors=(), published=Published(), text=text, source_text=text, map=TextMap((Piece(*whole, *whole),)),
        blocks=(Block(whole, "body"),),
    )  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--misses", action="store_true", help="print what is missed and what is false")
    add_options(parser)
    options = parser.parse_args()
    print(f"python {platform.python_version()}, ahocorasick-rs {version('ahocorasick-rs')}, {platform.machine()}")
    quality = seeds(options.shared, "a", options.misses) | seeds(options.shared, "b", options.misses)
    for name in MARKED:
        quality |= news(options.shared, name, options.misses)
    for key, value in quality.items():
        print(f"{key:28} {value:.3f}")
    fast = speed(options.shared)
    for key, value in fast.items():
        print(f"{key:28} {value:.2f} million characters a second of processor time")
    print("resident memory after each quarter of the news, MiB:", *(f"{m:.0f}" for m in memory(options.shared)))
    if fast["speed_stage"] < SLOWEST:
        print(f"BELOW FLOOR speed_stage: {fast['speed_stage']:.2f} is below {SLOWEST}")
    return check("mentions_names", quality, options) or int(fast["speed_stage"] < SLOWEST)


if __name__ == "__main__":
    sys.exit(main())
