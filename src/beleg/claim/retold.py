"""Articles that retell one report: what stands in the indicative between two of its attributions is the report's too.

Only where nobody else has the word up to there; an article that weighs several sources speaks for itself in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from beleg.claim.words import Range, Words
from beleg.model import Attribution, Source

RETOLD = "retold"
MAX_BETWEEN = 15  # sentences between two attributions
BODIES = frozenset({"media", "think_tank", "academic", "ngo"})  # who publish reports
UNSAID = frozenset({"zu-infinitive"})  # rules of what is planned or asked rather than reported


def with_retold(w: Words, found: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions with those of the sentences between them, in text order, parents adjusted."""
    new = _between(w, found)
    if not new:
        return list(found)
    order = sorted(
        [*((a, n) for n, a in enumerate(found)), *((a, None) for a in new)],
        key=lambda p: (p[0].span.start, -p[0].span.end),
    )
    at = {n: i for i, (_, n) in enumerate(order) if n is not None}
    return [replace(a, parent=at[a.parent]) if a.parent is not None else a for a, _ in order]


def _between(w: Words, found: Sequence[Attribution]) -> list[Attribution]:
    running = [r for r in w.sentences if w.block[r[0]] not in w.headings]
    owners = [_spoken_in(w, r, found) for r in running]
    out: list[Attribution] = []
    source: Source | None = None
    last = -1
    for n, here in enumerate(owners):
        if not here:
            continue
        shared = _shared(source, here) if source else _body(here)
        if shared is None:
            break  # somebody else speaks: from here on the article is nobody's retelling
        if last >= 0 and n - last <= MAX_BETWEEN:
            out += [_retold(w, running[m], shared) for m in range(last + 1, n) if _tells(w, running[m])]
        source, last = shared, n
    return out


def _spoken_in(w: Words, r: Range, found: Sequence[Attribution]) -> list[Attribution]:
    span = w.span(r)
    return [a for a in found if not UNSAID & set(a.rules) and any(p.overlaps(span) for p in a.pieces)]


def _body(here: Sequence[Attribution]) -> Source | None:
    """Return the body whose report a sentence gives: first of the chain, or last."""
    chains = [c for a in here for c in a.chains]
    return next((s for c in chains for s in c if s.kind in BODIES and s.actor is not None), None) if chains else None


def _shared(source: Source, here: Sequence[Attribution]) -> Source | None:
    """Return the source where all who speak in a sentence speak through it."""
    chains = [c for a in here for c in a.chains]
    alike = bool(chains) and all(any(s.name == source.name for s in c) for c in chains)
    return source if alike else None


def _tells(w: Words, r: Range) -> bool:
    return any(w.tag[i] == "F" for i in range(*r)) and w.word[r[1] - 1] != "?"


def _retold(w: Words, r: Range, source: Source) -> Attribution:
    span = w.span(r)
    return Attribution(
        span, ((source,),), "none", "Reported", None, None, rules=(RETOLD,), pieces=(span,), kind="say",
    )  # fmt: skip
