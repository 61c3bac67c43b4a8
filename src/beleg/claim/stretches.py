"""Which stretch of its clause carries a claim where several share one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from beleg.claim.context import Context
from beleg.claim.event_draft import Draft
from beleg.model import Span, Token

Parts = dict[tuple[int, int | None, Span], Span]  # (sentence, clause, figure) → its stretch


def figure_parts(context: Context, drafts: Sequence[Draft]) -> Parts:
    """Give each of several figures of one clause its own stretch: "78 Flugzeuge, | 40.000 Fahrzeuge und | …"."""
    told: dict[tuple[int, int], list[Span]] = {}
    for d in drafts:
        if d.quantity is not None and d.clause is not None:
            told.setdefault((d.sentence, d.clause), []).append(d.quantity.span)
    out: Parts = {}
    for (i, clause), spans in told.items():
        if len(spans) < 2:
            continue
        tokens, whole = context.sentences[i].tokens, context.sentences[i].clauses[clause].span
        figures = sorted(set(spans))
        inner = [_stretch_start(tokens, a.end, b.start) for a, b in pairwise(figures)]
        for figure, start, end in zip(figures, [whole.start, *inner], [*inner, whole.end], strict=True):
            words = [t for t in tokens if start <= t.start < end]
            while len(words) > 1 and words[-1].upos in ("PUNCT", "CCONJ"):
                words.pop()
            if words and start < words[-1].end:
                out[i, clause, figure] = Span(start, words[-1].end)
    return out


def _stretch_start(tokens: Sequence[Token], after: int, figure: int) -> int:
    """Return where the stretch of a figure begins: behind the last comma or "und" since the figure before it."""
    joints = [n for n, t in enumerate(tokens) if after <= t.start < figure and t.upos in ("PUNCT", "CCONJ")]
    return tokens[joints[-1] + 1].start if joints and joints[-1] + 1 < len(tokens) else figure
