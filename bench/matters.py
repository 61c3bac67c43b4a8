"""How well claims are gathered into matters: B3 against the annotated matters, wrong merges, origins, conflicts.

python bench/matters.py            the ledger apart from the reading: annotated claims in
python bench/matters.py --misses   also print what was put apart or together wrongly

B3 (Bagga and Baldwin 1998) is taken over the annotated claims; other claims may stand in the same matters.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from itertools import combinations

import floors
from annotated import ROOT, Set, read_set
from beleg.ledger.build import build_ledger
from beleg.ledger.values import Ledger


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


def wrong_merges(gold: Mapping[str, str], ledger: Ledger) -> list[tuple[str, str, str]]:
    """Return a pair of claims for every two annotated matters that one matter of the ledger mixes."""
    out = []
    for m in ledger.matters:
        first = {}
        for c in m.claims:
            if c.id in gold:
                first.setdefault(gold[c.id], c.id)
        out += [(m.id, first[a], first[b]) for a, b in combinations(sorted(first), 2)]
    return out


def origins_held(s: Set, ledger: Ledger, misses: list[str]) -> tuple[int, int]:
    """Count the annotated matters whose number of origins lies in the range that the ledger gives."""
    held = 0
    matter_of = {c.id: m for m in ledger.matters for c in m.claims}
    for g in s.matters:
        ids = [c for cs in g["claims"].values() for c in cs]
        found = [matter_of[c] for c in ids if c in matter_of]
        if not found:
            misses.append(f"origins: {g['matter']} is nowhere")
            continue
        m = max(found, key=found.count)
        n = g.get("n_min", 0)
        if m.n_min <= n <= max(m.n_max, 0):
            held += 1
        else:
            misses.append(f"origins: {g['matter']}: {n} is not within {m.n_min}-{m.n_max} ({', '.join(m.bodies)})")
    return held, len(s.matters)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true")
    floors.add_options(parser)
    options = parser.parse_args()
    sets = [read_set(ROOT / "examples" / "de"), read_set(ROOT / "corpus")]
    misses: list[str] = []
    found: dict[str, str] = {}
    merges: list[tuple[str, str, str]] = []
    held = asked = 0
    for i, s in enumerate(sets):
        ledger, _ = build_ledger(s.documents, s.claims)
        gold = gold_of([s])
        found |= {c.id: f"{i}/{m.id}" for m in ledger.matters for c in m.claims}
        merges += wrong_merges(gold, ledger)
        one, of = origins_held(s, ledger, misses)
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
    return floors.check("matters", figures, options)


if __name__ == "__main__":
    sys.exit(main())
