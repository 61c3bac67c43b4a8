"""What was read of a document, as plain values for people and programs to look at."""

from __future__ import annotations

from typing import Any

from beleg.model import Document, Problem, Span
from beleg.read.outlets import find_credits
from beleg.read.textmap import lifted


def describe(doc: Document, problems: list[Problem]) -> dict[str, Any]:
    """Return everything that was read: fields, blocks, what was lifted out, credits and problems.

    ``start`` and ``end`` are code points of the source text (of the text taken out, for pages, PDF and office files).
    """
    out = [doc.source_text[s.start : s.end] for s in lifted(doc.text, doc.source_text, doc.map)]
    days = doc.published.days
    return {
        "doc": doc.name,
        "path": doc.path,
        "sha256": doc.sha256,
        "media_type": doc.media_type,
        "encoding": doc.encoding,
        "language": doc.language,
        "title": doc.title,
        "outlet": doc.outlet,
        "authors": list(doc.authors),
        "published": {
            "first": days.first.isoformat() if days else None,
            "last": days.last.isoformat() if days else None,
            "basis": doc.published.basis,
            "raw": doc.published.raw,
        },
        "url": doc.url,
        "captured": doc.captured,
        "capture": dict(doc.capture),
        "text": doc.text,
        "blocks": [_block(doc, i) for i in range(len(doc.blocks))],
        "lifted_out": out,
        "credits": [{"text": c.text, "outlet": c.outlet} for c in find_credits(doc.text)],
        "problems": [{"code": p.code, "message": p.message, "left_out": p.left_out} for p in problems],
    }


def _block(doc: Document, number: int) -> dict[str, Any]:
    block = doc.blocks[number]
    source: Span = doc.map.to_source(block.span)
    return {
        "kind": block.kind,
        "why": block.why,
        "text": doc.text[block.span.start : block.span.end],
        "start": source.start,
        "end": source.end,
        "anchor": doc.anchors[number] if doc.anchors else "",
    }
