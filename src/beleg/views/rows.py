"""Claims as rows, with the field names of the annotation guidelines: what the exports, the tables and --json show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from beleg.model import Claim, Document, Quantity


def claim_row(claim: Claim, document: Document, review: str = "machine") -> dict[str, Any]:
    """Return one claim as a JSON object.

    ``start`` and ``end`` are code points of the source text where the source is text (``quote`` is that stretch letter
    for letter), else of the clean text, and ``selector`` then says which text is meant.
    """
    textual = document.media_type in ("text/plain", "text/markdown")
    place = document.map.to_source(claim.span) if textual else claim.span
    text = document.source_text if textual else document.text
    row: dict[str, Any] = {
        "doc": claim.doc,
        "id": claim.id,
        "quote": text[place.start : place.end],
        "event": claim.event,
        "supplier": claim.supplier,
        "recipient": claim.recipient,
        "actor": claim.actor,
        "item": claim.item,
        "quantity": quantity_row(claim.quantity),
        "span": claim.counting,
        "time": None
        if claim.time is None
        else {"raw": claim.time.raw, "start": claim.time.start, "end": claim.time.end},
        "place": claim.place,
        "sources": [{"raw": s.raw, "name": s.name, "kind": s.kind, "country": s.country} for s in claim.sources],
        "stance": claim.stance,
        "basis": claim.basis,
        "form": claim.form,
        "start": place.start,
        "end": place.end,
        "quote_clean": document.text[claim.span.start : claim.span.end],
        "act": claim.act,
        "bound": claim.quantity.bound if claim.quantity else None,
        "certainty": claim.certainty,
        "polarity": claim.polarity,
        "distance": claim.distance,
        "denial": claim.denial,
        "block": claim.block,
        "document_sha256": document.sha256,
        "rules": list(claim.rules),
        "review": review,
    }
    if not textual:
        row["selector"] = text_selector(claim, document)
    return row


def text_selector(claim: Claim, document: Document) -> dict[str, Any]:
    """Return a W3C Web Annotation TextQuoteSelector refined by position, in code points of the clean text."""
    start, end = claim.span
    return {
        "type": "TextQuoteSelector",
        "exact": document.text[start:end],
        "prefix": document.text[max(0, start - 32) : start],
        "suffix": document.text[end : end + 32],
        "refinedBy": {"type": "TextPositionSelector", "start": start, "end": end},
    }


def quantity_row(quantity: Quantity | None) -> dict[str, Any] | None:
    if quantity is None:
        return None
    return {
        "raw": quantity.raw,
        "low": plain(quantity.low),
        "high": plain(quantity.high),
        "unit": quantity.unit,
        "approx": quantity.approx,
    }


def plain(number: float | None) -> int | float | None:
    """Return whole numbers as int, so that 12000.0 is written 12000."""
    return int(number) if number is not None and float(number).is_integer() else number


def interval_text(low: float | None, high: float | None) -> str:
    """Return bounds as an analyst writes them: "6,650–6,750", "≥ 10,000", "≤ 4,800,000"."""
    if low is None and high is None:
        return "–"
    if high is None:
        return f"≥ {plain(low):,}"
    if low is None or low == 0:
        return f"≤ {plain(high):,}"
    return f"{plain(low):,}" if low == high else f"{plain(low):,}–{plain(high):,}"


def flat(row: Mapping[str, Any]) -> dict[str, str | int | float | None]:
    """Return a claim row with one cell a column, for CSV and tables."""
    quantity, time = row["quantity"] or {}, row["time"] or {}
    return {
        **{k: row[k] for k in ("doc", "id", "event", "act", "supplier", "recipient", "actor", "item")},
        "quantity_raw": quantity.get("raw"),
        "low": quantity.get("low"),
        "high": quantity.get("high"),
        "unit": quantity.get("unit"),
        "approx": None if not quantity else "yes" if quantity["approx"] else "no",
        "bound": row["bound"],
        "span": row["span"],
        "time_raw": time.get("raw"),
        "time_start": time.get("start"),
        "time_end": time.get("end"),
        "place": row["place"],
        "sources": " > ".join(s["name"] for s in row["sources"]),
        "sources_raw": " > ".join(s["raw"] for s in row["sources"]),
        **{
            k: row[k]
            for k in ("stance", "basis", "form", "denial", "quote", "start", "end", "document_sha256", "review")
        },
        "rules": " ".join(row["rules"]),
    }
