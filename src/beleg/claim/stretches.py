"""Which stretch of its clause carries a claim where several share one."""

from __future__ import annotations

from collections.abc import Sequence

from beleg.claim.context import Context
from beleg.claim.event_draft import Draft
from beleg.model import Span, Token


def share_out(context: Context, drafts: Sequence[Draft]) -> None:
    """Give each of several figures of one clause its own stretch: "78 Flugzeuge, | 40.000 Fahrzeuge und | …"."""
    for d in drafts:
        same = [o for o in drafts if (o.sentence, o.clause) == (d.sentence, d.clause) and o.quantity is not None]
        if d.quantity is None or d.clause is None or len(same) < 2:
            continue
        tokens, whole = context.sentences[d.sentence].tokens, context.sentences[d.sentence].clauses[d.clause].span
        figures = sorted({o.quantity.span for o in same if o.quantity is not None})
        at = figures.index(d.quantity.span)
        start = _stretch_start(tokens, figures[at - 1].end, figures[at].start) if at else whole.start
        last = at + 1 == len(figures)
        end = whole.end if last else _stretch_start(tokens, figures[at].end, figures[at + 1].start)
        words = [t for t in tokens if start <= t.start < end]
        while len(words) > 1 and words[-1].upos in ("PUNCT", "CCONJ"):
            words.pop()
        d.part = Span(start, words[-1].end) if words and start < words[-1].end else None


def _stretch_start(tokens: Sequence[Token], after: int, figure: int) -> int:
    """Return where the stretch of a figure begins: behind the last comma or "und" since the figure before it."""
    joints = [n for n, t in enumerate(tokens) if after <= t.start < figure and t.upos in ("PUNCT", "CCONJ")]
    return tokens[joints[-1] + 1].start if joints and joints[-1] + 1 < len(tokens) else figure
