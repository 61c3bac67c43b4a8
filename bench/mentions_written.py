"""The part of bench/mentions.py on the project's own written articles: bounds, units and intervals of their claims."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from beleg.find.dates import find_times
from beleg.find.quantities import find_quantities
from beleg.model import Quantity, TimeMention
from mentions_quantities import close
from mentions_time import published

Row = dict[str, Any]
AROUND = 200  # characters beside a quote in which its time may stand


def measure(corpus: Path) -> None:
    """Print how many figures and times of claims are right, for articles that rules were written on and for others.

    There is no floor for these: the articles grow in number.
    """
    if not (corpus / "index.jsonl").is_file():
        print(f"\nno written articles in {corpus}")
        return
    unseen = set(json.loads((corpus / "split.json").read_text(encoding="utf-8"))["unseen"])
    index = [json.loads(x) for x in (corpus / "index.jsonl").read_text(encoding="utf-8").splitlines() if x.strip()]
    print(f"\nwritten articles ({corpus.name}/)")
    for name, wanted in (("open", False), ("unseen", True)):
        rows = [r for r in index if (r["doc"] in unseen) is wanted and r["lang"] == "de"]
        total: Counter[str] = Counter()
        for row in rows:
            total += _article(corpus, row)
        if not total["figures"] or not total["times"]:
            continue
        bounds, times = total["bounds"] / total["figures"], total["intervals"] / total["times"]
        units = total["units"] / total["bounds"]
        print(
            f"  {name:7s} {len(rows)} articles: bounds of {total['figures']} figures {bounds:.3f}, of these with the"
            f" unit by themselves {units:.3f}; intervals of {total['times']} times {times:.3f}"
        )


def _article(corpus: Path, row: Row) -> Counter[str]:
    text = (corpus / "texts" / f"{row['doc']}.txt").read_text(encoding="utf-8")
    times, _ = find_times(text, [], "de", published(row.get("published")))
    quantities, _ = find_quantities(text, [], "de", times)
    seen: dict[str, int] = {}
    out: Counter[str] = Counter()
    for line in (corpus / "gold" / f"{row['doc']}.jsonl").read_text(encoding="utf-8").splitlines():
        claim = json.loads(line)
        quote = re.compile(r"\s+".join(map(re.escape, claim["quote"].split())))
        m = quote.search(text, seen.get(claim["quote"], 0)) or quote.search(text)
        if m is None:
            continue
        seen[claim["quote"]] = m.start() + 1
        if claim["quantity"]:
            right = [q for q in quantities if m.start() <= q.span.start < m.end() and _bounds(q, claim["quantity"])]
            out += Counter(figures=1, bounds=bool(right), units=any(q.unit == claim["quantity"]["unit"] for q in right))
        if claim["time"]:
            near = (t for t in times if m.start() - AROUND <= t.span.start < m.end() + AROUND)
            out += Counter(times=1, intervals=any(_same(t, claim["time"]) for t in near))
    return out


def _bounds(q: Quantity, gold: Row) -> bool:
    scale = 100 if q.kind == "fraction" and gold["unit"] == "percent" else 1
    low, high = (None if v is None else v * scale for v in (q.low, q.high))
    if scale == 100:
        return _near(low, gold["low"]) and _near(high, gold["high"])
    return close(low, gold["low"]) and close(high, gold["high"])


def _near(a: float | None, b: float | None) -> bool:
    return (a is None and b is None) or (a is not None and b is not None and abs(a - b) < 0.5)


def _same(t: TimeMention, gold: Row) -> bool:
    return (t.start, t.end) == (gold["start"], gold["end"]) and (t.raw in gold["raw"] or gold["raw"] in t.raw)
