"""Annotated articles as claims, so that the ledger is measured apart from the reading.

``examples/de`` and ``corpus`` have the same files: texts, ``index.jsonl``, the annotation, ``matters.jsonl``. What the
annotation has no field for (the act, the type of a denial) is taken from the matters' file.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from beleg.find.item_tables import ItemRow
from beleg.lexicon import csv_table
from beleg.model import Claim, DayRange, Document, Published, Quantity, Source, Span, TextMap, TimeMention

ROOT = Path(__file__).parents[1]
ACTS = {
    "transfer": "delivered",
    "return": "delivered",
    "deployment": "delivered",
    "request": "requested",
    "production": "produced",
    "use": "used",
    "casualties": "lost",
    "stockpile": "held",
}


@dataclass(frozen=True)
class Set:
    """One folder of annotated articles."""

    documents: list[Document]
    claims: list[Claim]
    matters: list[dict[str, Any]]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read_set(folder: Path) -> Set:
    """Read ``examples/de`` or ``corpus``."""
    beside = folder.with_name(f"{folder.name}_labels")  # so that reading a folder of articles reads only articles
    labels = beside if beside.is_dir() else folder
    matters = lines(labels / "matters.jsonl")
    texts = folder / "texts" if (folder / "texts").is_dir() else folder
    documents = []
    for row in lines(folder / "index.jsonl"):
        path = texts / f"{row['doc']}.txt"
        if path.is_file():
            documents.append(_document(row, path.read_text(encoding="utf-8")))
    gold = sorted((folder / "gold").glob("*.jsonl")) or [labels / "gold.jsonl"]
    by_name = {d.name: d for d in documents}
    act = {c: m["act"] for m in matters for ids in m["claims"].values() for c in ids}
    denial: dict[str, str] = {}
    for m in matters:
        for d in [*m.get("denials", []), *m.get("denials_without_bearing", [])]:
            denial[d["claim"]] = "+".join(d["types"])
    rows = [row for path in gold for row in lines(path) if row["doc"] in by_name]
    return Set(documents, [_claim(row, by_name[row["doc"]], act, denial) for row in rows], matters)


def _document(row: dict[str, Any], text: str) -> Document:
    days = DayRange(date.fromisoformat(row["published"]), date.fromisoformat(row["published"]))
    return Document(
        name=row["doc"],
        path=f"{row['doc']}.txt",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        media_type="text/plain",
        language="de",
        title=None,
        outlet=row["outlet"],
        authors=(),
        published=Published(days, "given"),
        text=text,
        source_text=text,
        map=TextMap(()),
        blocks=(),
    )


@cache
def item_ids() -> dict[str, str]:
    """Item ids by English label and alias, lower case."""
    out: dict[str, str] = {}
    for row in csv_table("items", ItemRow):
        for name in (row.label, *row.designations):
            out.setdefault(name.lower(), row.id)
    return out


def _claim(row: dict[str, Any], doc: Document, act: dict[str, str], denial: dict[str, str]) -> Claim:
    start = doc.text.find(row["quote"])
    return Claim(
        id=row["id"],
        document=doc.id,
        doc=doc.name,
        span=Span(start, start + len(row["quote"])),
        event=row["event"],
        supplier=row["supplier"],
        recipient=row["recipient"],
        actor=row["actor"],
        item=row["item"],
        item_id=item_ids().get((row["item"] or "").lower()),
        quantity=_quantity(row["quantity"]),
        counting=row["span"],
        time=_time(row["time"]),
        place=row["place"],
        sources=tuple(Source(s["raw"], s["name"], s["kind"], s["country"], actor=s["name"]) for s in row["sources"]),
        stance=row["stance"],
        basis=row["basis"],
        form=row["form"],
        act=act.get(row["id"], ACTS.get(row["event"], "other")),  # type: ignore[arg-type]
        polarity="-" if row["stance"] == "denied" else "+",
        block="title" if row["id"].endswith("#01") else "body",
        denial=denial.get(row["id"]),
        suspected="suspected" in (row["item"] or ""),
    )


def _quantity(q: dict[str, Any] | None) -> Quantity | None:
    if q is None:
        return None
    low, high = q["low"], q["high"]
    bound: Any = "exact"
    if low is None:
        bound = "up_to"
    elif high is None:
        bound = "at_least" if q["raw"].startswith(("mindestens", "Mindestens")) or q["approx"] else "more_than"
    elif q["approx"]:
        bound = "about"
    unit = q["unit"] or ""
    money = len(unit) == 3 and unit.isupper()  # ISO 4217
    kind: Any = (
        "money" if money else "percent" if unit == "percent" else "vague" if q["approx"] and high is None else "count"
    )
    return Quantity(Span(0, 0), q["raw"], low, high, q["approx"], bound, q["unit"], kind)


def _time(t: dict[str, Any] | None) -> TimeMention | None:
    if t is None:
        return None
    return TimeMention(Span(0, 0), t["raw"], t["start"], t["end"], "text", open_end=bool(t["start"] and not t["end"]))
