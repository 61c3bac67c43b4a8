"""Which words decide about a claim: its clause within its speaker's words, and the frame around them."""

from __future__ import annotations

from collections.abc import Sequence

from beleg.model import Attribution, Clause, Sentence, Span, Token

PLAN_TOLD = "plan-told"  # rule of ``claim/carried.py``: "soll" after somebody's words; a plan as likely as their words


def region_of(span: Span, a: Attribution | None, sentence: Sentence, clause: Clause | None) -> list[Token]:
    """Return the words of the claim's clause without the clauses inside, as far as they are its speaker's."""
    inner: list[Span] = []
    around = span
    if clause:
        around = clause.span
        inner = [c.span for c in sentence.clauses if c.span != clause.span and clause.span.contains(c.span)]
    region = [
        k for k in sentence.tokens
        if around.start <= k.start and k.end <= around.end
        and not any(s.start <= k.start < s.end for s in inner)
    ]  # fmt: skip
    if clause and clause.finite is None and clause.parent is not None:
        above = sentence.clauses[clause.parent]  # "scheint … zu schicken"
        heads = {above.root, *([above.finite] if above.finite is not None else [])}
        region = [sentence.tokens[i] for i in sorted(heads) if sentence.tokens[i] not in region] + region
    if a is None:
        return region
    if a.quote_type == "Reported":
        return [k for k in region if Span(k.start, k.end) not in a.cues]
    return [k for k in region if any(p.start <= k.start < p.end for p in a.pieces)]


def framing_of(a: Attribution | None, sentence: Sentence) -> list[Token]:
    """Return the words of the frame; in the outlet's own voice, the sentence."""
    if a is None:
        return list(sentence.tokens)
    if a.quote_type == "Reported":
        return [k for k in sentence.tokens if a.span.start <= k.start < a.span.end]
    return [k for k in sentence.tokens if any(f.start <= k.start < f.end for f in a.frame)]


def innermost(span: Span, attributions: Sequence[Attribution]) -> int | None:
    """Return the index of the shortest attribution that holds at least half of a span, its own frame not counted."""
    best: tuple[int, int] | None = None
    for n, a in enumerate(attributions):
        if PLAN_TOLD in a.rules:
            continue
        shared = sum(_shared(p, span) for p in a.pieces or (a.span,))
        length = span.end - span.start - sum(_shared(f, span) for f in a.frame)
        if shared > 0 and shared * 2 >= length:
            size = a.span.end - a.span.start
            if best is None or size < best[0]:
                best = (size, n)
    return best[1] if best else None


def _shared(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))
