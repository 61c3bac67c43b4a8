"""The clean text in stretches that a template can mark: which claims lie over each, and what stands there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from beleg.model import Claim, Document, Span

Kind = Literal["", "figure", "speaker", "cue", "item"]


class Stretch(NamedTuple):
    """A run of text; ``claims`` are places in the list of claims, ``starts`` those that begin here."""

    text: str
    claims: tuple[int, ...]
    starts: tuple[int, ...]
    kind: Kind


def stretches(document: Document, block: Span, claims: Sequence[Claim]) -> list[Stretch]:
    """Cut a block of the clean text wherever a mark begins or ends; together they are the block, letter for letter."""
    over = [(i, c.span) for i, c in enumerate(claims) if c.span.overlaps(block)]
    kinds = [(kind, span) for i, _ in over for kind, span in _mentions(claims[i]) if span.overlaps(block)]
    spans = [span for _, span in over] + [span for _, span in kinds]
    inner = {p for span in spans for p in span if block.start < p < block.end}
    cuts = [block.start, *sorted(inner), block.end]
    out = []
    for start, end in pairwise(cuts):
        here = Span(start, end)
        held = tuple(i for i, span in over if span.overlaps(here))
        starts = tuple(i for i, span in over if max(span.start, block.start) == start and i in held)
        kind: Kind = next((k for k, span in kinds if span.overlaps(here)), "")
        out.append(Stretch(document.text[start:end], held, starts, kind))
    return out


def _mentions(claim: Claim) -> list[tuple[Kind, Span]]:
    """Return what the claim was read from, the most telling first."""
    found: list[tuple[Kind, Span]] = []
    if claim.quantity is not None:
        found.append(("figure", claim.quantity.span))
    found += [("speaker", s.span) for s in claim.sources if s.span is not None]
    found += [("cue", span) for span in claim.cues]
    found += [("item", s.span) for s in claim.slots if s.role == "item" and s.span is not None]
    return found
