"""The annotated example articles as claims, so that the ledger is tested apart from the reading."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from by_hand import document

from beleg.model import Claim, Document, Quantity, Source, Span, TimeMention

FOLDER = Path(__file__).parents[2] / "examples" / "de"


def lines(name: str) -> list[dict[str, Any]]:
    text = (FOLDER / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def matters() -> list[dict[str, Any]]:
    return lines("matters.jsonl")


def articles() -> list[Document]:
    out = []
    for row in lines("index.jsonl"):
        text = (FOLDER / f"{row['doc']}.txt").read_text(encoding="utf-8")
        out.append(document(row["doc"], row["published"], row["outlet"], text))
    return out


def claims(documents: list[Document]) -> list[Claim]:
    """The annotation as claims. What it has no field for (act, type of denial) is taken from the matters' file."""
    by_name = {d.name: d for d in documents}
    act = {c: m["act"] for m in matters() for ids in m["claims"].values() for c in ids}
    denial = {
        d["claim"]: "+".join(d["types"])
        for m in matters()
        for d in [*m.get("denials", []), *m.get("denials_without_bearing", [])]
    }
    return [_claim(row, by_name[row["doc"]], act, denial) for row in lines("gold.jsonl")]


def _claim(row: dict[str, Any], doc: Document, act: dict[str, str], denial: dict[str, str]) -> Claim:
    start = doc.text.find(row["quote"])
    counting = row["span"]
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
        item_id=None,
        quantity=_quantity(row["quantity"]),
        counting=counting,
        time=_time(row["time"], date.fromisoformat(doc.published.days[0].isoformat()) if doc.published.days else None),
        place=row["place"],
        sources=tuple(Source(s["raw"], s["name"], s["kind"], s["country"], actor=s["name"]) for s in row["sources"]),
        stance=row["stance"],
        basis=row["basis"],
        form=row["form"],
        act=act.get(row["id"], "delivered" if row["event"] in ("transfer", "return") else "other"),  # type: ignore[arg-type]
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
    kind: Any = "percent" if q["unit"] == "percent" else "vague" if q["approx"] and high is None else "count"
    return Quantity(Span(0, 0), q["raw"], low, high, q["approx"], bound, q["unit"], kind)


def _time(t: dict[str, Any] | None, published: date | None) -> TimeMention | None:
    if t is None:
        return None
    return TimeMention(Span(0, 0), t["raw"], t["start"], t["end"], "text", open_end=bool(t["start"] and not t["end"]))
