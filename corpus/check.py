#!/usr/bin/env python3
"""Check the corpus: every annotation against its text, and one annotator against another. Standard library only.

usage: python corpus/check.py [FOLDER]

FOLDER (default: the folder of this file) holds ``texts/``, ``index.jsonl``, ``split.json``, ``matters.jsonl`` and
``gold/``; the flat layout of ``examples/de`` (labels in ``examples/de_labels``) is read too. Prints what is wrong,
one line each, then counts; where ``gold_b/`` holds a second annotation, the agreement of the two. Exit code 1 if
anything is wrong.
"""
# ruff: noqa: T201 - a script, its output is what it is for

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]

FIELDS = (
    "doc", "id", "quote", "event", "supplier", "recipient", "actor", "item", "quantity", "span", "time", "place",
    "sources", "stance", "basis", "form",
)  # fmt: skip
EVENTS = {
    "transfer", "agreement", "request", "production", "expansion", "stockpile", "use", "casualties", "deployment",
    "return", "recovery", "component", "control", "visit", "statement",
}  # fmt: skip
STANCES = {"fact", "said", "hedged", "planned", "denied", "unconfirmed"}
FORMS = {"direct", "indirect", "none"}
SPANS = {"total", "period", "single", None}
KINDS = {
    "government", "military", "intelligence", "think_tank", "academic", "media", "company", "ngo",
    "international_org", "person", "anonymous",
}  # fmt: skip
BASES = {
    "satellite imagery", "debris analysis", "photographs", "document", "intelligence", "eyewitness", "state media",
    "visit", "unnamed source", None,
}  # fmt: skip
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def read_jsonl(path: Path) -> list[Row]:
    """Return the objects of a JSONL file, empty lines skipped."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read_gold(folder: Path) -> dict[str, list[Row]]:
    """Return the claims of a folder of JSONL files, or of one such file, by document."""
    files = sorted(folder.glob("*.jsonl")) if folder.is_dir() else [folder] if folder.exists() else []
    claims: dict[str, list[Row]] = {file.stem: [] for file in files if folder.is_dir()}
    for file in files:
        for row in read_jsonl(file):
            claims.setdefault(row["doc"], []).append(row)
    return claims


def place(text: str, claims: list[Row]) -> list[tuple[int, int] | None]:
    """Return where each quote stands (code points, end exclusive); equal quotes take the next place in order."""
    seen: dict[str, int] = {}
    places: list[tuple[int, int] | None] = []
    for claim in claims:
        start = text.find(claim["quote"], seen.get(claim["quote"], 0))
        start = start if start >= 0 else text.find(claim["quote"])
        places.append((start, start + len(claim["quote"])) if start >= 0 else None)
        seen[claim["quote"]] = start + 1
    return places


def check_claim(claim: Row, text: str) -> Iterator[str]:
    """Yield what is wrong with one claim."""
    if tuple(claim) != FIELDS:
        yield f"fields are {', '.join(claim)}"
        return
    if claim["event"] not in EVENTS:
        yield f"event {claim['event']!r}"
    if claim["stance"] not in STANCES or claim["form"] not in FORMS:
        yield f"stance {claim['stance']!r} or form {claim['form']!r}"
    if claim["span"] not in SPANS or claim["basis"] not in BASES:
        yield f"span {claim['span']!r} or basis {claim['basis']!r}"
    if claim["quote"] not in text:
        yield f"quote is not in the text: {claim['quote'][:60]!r}"
    quantity = claim["quantity"]
    if quantity:
        if quantity["raw"] not in claim["quote"]:
            yield f"figure {quantity['raw']!r} is not in the quote"
        low, high = quantity["low"], quantity["high"]
        if (low is None and high is None) or (low is not None and high is not None and low > high):
            yield f"figure {quantity['raw']!r} has bounds {low}..{high}"
        if not isinstance(quantity["approx"], bool):
            yield f"figure {quantity['raw']!r}: approx is not true or false"
    time = claim["time"]
    if time:
        if time["raw"] not in text:
            yield f"time {time['raw']!r} is not in the text"
        days = [d for d in (time["start"], time["end"]) if d]
        if any(not DAY.fullmatch(d) for d in days):
            yield f"time {time['start']}..{time['end']} is not YYYY[-MM[-DD]]"
        if len(days) == 2 and days[0][:4] > days[1][:4]:
            yield f"time {days[0]} is after {days[1]}"
    if claim["place"] and claim["place"] not in text:
        yield f"place {claim['place']!r} is not in the text"
    for source in claim["sources"]:
        if source["raw"] not in text:
            yield f"source {source['raw']!r} is not in the text"
        if source["kind"] not in KINDS:
            yield f"source kind {source['kind']!r}"
    if claim["form"] == "none" and claim["stance"] == "said" and not claim["sources"]:
        yield "said, but by nobody"


def check_corpus(texts: dict[str, str], gold: dict[str, list[Row]], index: list[Row]) -> Iterator[str]:
    """Yield what is wrong with texts, annotation and index together."""
    for doc in sorted(set(texts) ^ {row["doc"] for row in index}):
        yield f"{doc}: in texts or index only"
    for doc in sorted(set(gold) - set(texts)):
        yield f"{doc}: annotated, but no text"
    for row in index:
        if not row.get("source") or row.get("license") != "CC BY 4.0":
            yield f"{row['doc']}: source or licence missing in the index"
    for doc, claims in gold.items():
        text = texts.get(doc, "")
        places = place(text, claims)
        for number, (claim, where) in enumerate(zip(claims, places, strict=True), 1):
            if claim["id"] != f"{doc}#{number:02d}":
                yield f"{claim['id']}: expected {doc}#{number:02d}"
            if where and number > 1 and (before := places[number - 2]) and where[0] < before[0]:
                yield f"{claim['id']}: stands before the claim that precedes it"
            for wrong in check_claim(claim, text):
                yield f"{claim['id']}: {wrong}"


def ids_in(value: Any) -> Iterator[str]:
    """Yield every claim id that stands anywhere in a JSON value."""
    if isinstance(value, str) and re.fullmatch(r"[\w-]+#\d\d+", value):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from ids_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from ids_in(inner)


def agreement(texts: dict[str, str], a: dict[str, list[Row]], b: dict[str, list[Row]]) -> str:
    """Compare two annotations of the same documents: F1 of claims found, of figures, and how often fields agree.

    Two claims may be one when their quotes overlap by half of the shorter and their events agree; best overlap first.
    """
    docs = sorted(set(a) & set(b))
    pairs: list[tuple[Row, Row]] = []
    for doc in docs:
        at_a, at_b = place(texts[doc], a[doc]), place(texts[doc], b[doc])
        options = []
        for i, x in enumerate(at_a):
            for j, y in enumerate(at_b):
                if not x or not y or a[doc][i]["event"] != b[doc][j]["event"]:
                    continue
                shared = min(x[1], y[1]) - max(x[0], y[0])
                if shared >= 0.5 * min(x[1] - x[0], y[1] - y[0]):
                    same = bool(a[doc][i]["quantity"]) == bool(b[doc][j]["quantity"])
                    options.append((-int(same), -shared / (max(x[1], y[1]) - min(x[0], y[0])), i, j))
        used_a: set[int] = set()
        used_b: set[int] = set()
        for _, _, i, j in sorted(options):
            if i not in used_a and j not in used_b:
                used_a.add(i)
                used_b.add(j)
                pairs.append((a[doc][i], b[doc][j]))
    n_a, n_b = sum(len(a[d]) for d in docs), sum(len(b[d]) for d in docs)
    figures_a = sum(bool(c["quantity"]) for d in docs for c in a[d])
    figures_b = sum(bool(c["quantity"]) for d in docs for c in b[d])
    bounds = ("low", "high")
    same_figures = sum(
        bool(x["quantity"] and y["quantity"]) and all(x["quantity"][k] == y["quantity"][k] for k in bounds)
        for x, y in pairs
    )
    lines = [
        f"agreement on {len(docs)} documents: found F1 {2 * len(pairs) / max(1, n_a + n_b):.3f}, "
        f"figures F1 {2 * same_figures / max(1, figures_a + figures_b):.3f}"
    ]
    for field in ("supplier", "recipient", "actor", "span", "stance", "form", "basis"):
        same_field = sum(x[field] == y[field] for x, y in pairs)
        lines.append(f"  {field:10} {same_field / max(1, len(pairs)):.3f}")
    return "\n".join(lines)


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    flat = not (folder / "texts").is_dir()
    beside = folder.with_name(f"{folder.name}_labels")
    labels = beside if beside.is_dir() else folder
    paths = sorted((folder if flat else folder / "texts").glob("*.txt"))
    texts = {path.stem: path.read_text(encoding="utf-8") for path in paths}
    gold = read_gold(labels / ("gold.jsonl" if flat else "gold"))
    wrong = list(check_corpus(texts, gold, read_jsonl(folder / "index.jsonl")))
    wrong += [f"{doc}: not annotated" for doc in texts if doc not in gold]
    known = {claim["id"] for claims in gold.values() for claim in claims}
    matters = read_jsonl(labels / "matters.jsonl") if (labels / "matters.jsonl").exists() else []
    wrong += [f"matters.jsonl: no claim {name}" for name in ids_in(matters) if name not in known]
    if not flat:
        split: dict[str, list[str]] = json.loads((folder / "split.json").read_text(encoding="utf-8"))
        if sorted(split["open"] + split["unseen"]) != sorted(texts):
            wrong.append("split.json: does not name every text exactly once")
    for line in wrong:
        print(line)
    words = sum(len(text.split()) for text in texts.values())
    claims = sum(map(len, gold.values()))
    figures = sum(bool(c["quantity"]) for cs in gold.values() for c in cs)
    counts = f"{len(texts)} texts, {words} words, {claims} claims, {figures} with a figure, {len(matters)} matters"
    print(f"{counts}; {len(wrong)} wrong")
    second = read_gold(folder / "gold_b")
    if second:
        print(agreement(texts, gold, second))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
