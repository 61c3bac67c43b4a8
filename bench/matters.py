"""How well claims are gathered into matters: B3 against the annotated matters, wrong merges, origins, conflicts.

python bench/matters.py            the ledger apart from the reading: annotated claims in
python bench/matters.py --read     from the articles: what the reading misses stands alone (a few minutes)
python bench/matters.py --misses   also print what was put apart or together wrongly

B3 (Bagga and Baldwin 1998) is taken over the annotated claims; other claims may stand in the same matters.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path

import floors
from annotated import ROOT, Set, read_set
from beleg.ledger.build import build_ledger
from beleg.ledger.values import Matter
from beleg.model import Claim, Document, Problem
from beleg.pipeline import read_article
from beleg.read.documents import read_documents
from beleg.read.given import Given
from beleg.read.index import load_index
from beleg.read.inputs import walk


def b_cubed(gold: Mapping[str, str], found: Mapping[str, str]) -> tuple[float, float]:
    """Return B3 precision and recall over the claims of ``gold``; a claim that is nowhere stands alone."""
    here = {c: found.get(c, f"alone {c}") for c in gold}
    precision = recall = 0.0
    for c in gold:
        together = {o for o in gold if here[o] == here[c]}
        wanted = {o for o in gold if gold[o] == gold[c]}
        precision += len(together & wanted) / len(together)
        recall += len(together & wanted) / len(wanted)
    return precision / len(gold), recall / len(gold)


def gold_of(sets: Sequence[Set]) -> dict[str, str]:
    return {c: m["matter"] for s in sets for m in s.matters for ids in m["claims"].values() for c in ids}


def wrong_merges(
    gold: Mapping[str, str], named: Mapping[str, str], matter_of: Mapping[str, Matter]
) -> list[tuple[str, str, str]]:
    """Return a pair of claims for every two annotated matters that one matter of the ledger mixes."""
    first: dict[str, dict[str, str]] = {}
    for c, own in sorted(named.items()):
        if own in matter_of:
            first.setdefault(matter_of[own].id, {}).setdefault(gold[c], c)
    return [(m, by[a], by[b]) for m, by in sorted(first.items()) for a, b in combinations(sorted(by), 2)]


def read_articles(folder: Path) -> tuple[list[Document], list[Claim]]:
    """Read the texts of a folder as the command line does."""
    index = load_index(folder / "index.jsonl")
    texts = folder / "texts" if (folder / "texts").is_dir() else folder
    documents: list[Document] = []
    claims: list[Claim] = []
    for item in walk([str(p) for p in sorted(texts.glob("*.txt"))], None):
        if isinstance(item, Problem):
            print("left out:", item.message)
            continue
        for document in read_documents(item, index.given(item.path, Given()))[0]:
            documents.append(document)
            claims += read_article(document).claims
    return documents, claims


def found_as(s: Set, gold: Mapping[str, str], documents: Sequence[Document], claims: Sequence[Claim]) -> dict[str, str]:
    """Return for annotated claims the claim read at the same place with the same number that overlaps most."""
    texts = {d.id: d for d in documents}
    here: dict[str, list[tuple[int, int, Claim]]] = {}
    for c in claims:
        start, end = texts[c.document].map.to_source(c.span)
        here.setdefault(c.doc, []).append((start, end, c))
    out = {}
    for g in s.claims:
        if g.id not in gold:
            continue
        near = [
            (min(end, g.span.end) - max(start, g.span.start), c.id)
            for start, end, c in here.get(g.doc, [])
            if _number(c) == _number(g)
        ]
        best = max(near, default=(0, ""))
        if best[0] > 0:
            out[g.id] = best[1]
    return out


def _number(c: Claim) -> tuple[float | None, float | None] | None:
    return (c.quantity.low, c.quantity.high) if c.quantity is not None else None


def origins_held(
    s: Set, named: Mapping[str, str], matter_of: Mapping[str, Matter], misses: list[str]
) -> tuple[int, int]:
    """Count the annotated matters whose number of origins lies in the range that the ledger gives."""
    held = 0
    for g in s.matters:
        ids = [named.get(c, "") for cs in g["claims"].values() for c in cs]
        found = [matter_of[c] for c in ids if c in matter_of]
        if not found:
            misses.append(f"origins: {g['matter']} is nowhere")
            continue
        m = max(found, key=lambda m: sum(o is m for o in found))
        n = g.get("n_min", 0)
        if m.n_min <= n <= max(m.n_max, 0):
            held += 1
        else:
            misses.append(f"origins: {g['matter']}: {n} is not within {m.n_min}-{m.n_max} ({', '.join(m.bodies)})")
    return held, len(s.matters)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--read", action="store_true", help="from the articles instead of their annotation")
    floors.add_options(parser)
    options = parser.parse_args()
    folders = [ROOT / "examples" / "de", ROOT / "corpus"]
    sets = [read_set(folder) for folder in folders]
    misses: list[str] = []
    found: dict[str, str] = {}
    merges: list[tuple[str, str, str]] = []
    held = asked = 0
    for i, s in enumerate(sets):
        documents, claims = read_articles(folders[i]) if options.read else (s.documents, s.claims)
        ledger, _ = build_ledger(documents, claims)
        gold = gold_of([s])
        named = found_as(s, gold, documents, claims) if options.read else {c: c for c in gold}
        matter_of = {c.id: m for m in ledger.matters for c in m.claims}
        found |= {c: f"{i}/{matter_of[own].id}" for c, own in named.items() if own in matter_of}
        merges += wrong_merges(gold, named, matter_of)
        one, of = origins_held(s, named, matter_of, misses)
        held, asked = held + one, asked + of
    gold = gold_of(sets)
    precision, recall = b_cubed(gold, found)
    f1 = 2 * precision * recall / (precision + recall)
    print(f"{len(gold)} annotated claims, {len(set(gold.values()))} matters")
    print(f"B3 precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    print(f"wrong merges {len(merges)}; origins within the range {held} of {asked}")
    if options.misses:
        for matter, a, b in merges:
            print(f"merged: {matter}: {a} ({gold[a]}) with {b} ({gold[b]})")
        for name in sorted(set(gold.values())):
            parts: dict[str, list[str]] = {}
            for c in gold:
                if gold[c] == name:
                    parts.setdefault(found.get(c, "nowhere"), []).append(c)
            if len(parts) > 1:
                print(f"apart: {name}: {parts}")
        print(*misses, sep="\n")
    figures = {"b3_f1": f1, "no_wrong_merges": -float(len(merges)), "origins_held": held / asked}
    return floors.check("matters_read" if options.read else "matters", figures, options)


if __name__ == "__main__":
    sys.exit(main())
