"""Mentions and attributions in, claims out: drafts, then the paragraph and the topic, then whose words they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from beleg.claim.context import Context, build_context
from beleg.claim.events import Draft, build_drafts
from beleg.claim.figures import clause_span
from beleg.claim.slots import topic
from beleg.claim.stance import stance_at
from beleg.model import Attribution, Claim, Document, Mentions, Problem, Sentence, Slot, Source, Span, TimeMention

SIDES = ("supplier", "recipient")
BEYOND = ("transfer", "agreement", "request", "statement", "control")  # events whose sides may stand elsewhere


def build_claims(
    document: Document, sentences: Sequence[Sentence], mentions: Mentions, attributions: Sequence[Attribution]
) -> tuple[list[Claim], list[Problem]]:
    """Build the claims of a document, in text order.

    Returns:
        Claims with ids "<doc>#NN", spans of the clean text, and what filled each role; and the doubts.
    """
    context = build_context(document, sentences, mentions, attributions)
    drafts = build_drafts(context)
    complete_sides(context, drafts)
    claimed = {(d.sentence, d.clause) for d in drafts}
    made = [finish(context, d, {c for s, c in claimed if s == d.sentence and c is not None}) for d in drafts]
    made.sort(key=lambda c: (c.span, c.event))
    return [_numbered(c, n) for n, c in enumerate(made, 1)], []


def complete_sides(context: Context, drafts: Sequence[Draft]) -> None:
    """Fill the sides that a draft leaves open from the paragraph before it, then from what the article is about."""
    pair = topic([d.filling for d in drafts])
    last: Draft | None = None
    for d in drafts:
        if d.event not in BEYOND or (not d.items and d.event != "statement"):
            continue
        for role in ("supplier", "recipient"):
            if last is not None and _same_paragraph(context, last, d) and _agree(last.filling.values, d.filling.values):
                value = last.filling.values.get(role)
                d.filling.fill(role, value, Slot(role, value or "", None, "paragraph"))
            if pair is not None and _agree(dict(zip(SIDES, pair, strict=True)), d.filling.values):
                value = pair[SIDES.index(role)]
                d.filling.fill(role, value, Slot(role, value, None, "article"))
        last = d


def _same_paragraph(context: Context, a: Draft, b: Draft) -> bool:
    return context.sentences[a.sentence].block == context.sentences[b.sentence].block


def _agree(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Tell whether two events can have the same sides: neither names another, and none stands on both sides."""
    return all(other.get(r, v) == v for r, v in one.items() if r in SIDES) and not (
        one.get("supplier") == other.get("recipient") is not None
        or one.get("recipient") == other.get("supplier") is not None
    )


def finish(context: Context, draft: Draft, claimed: set[int]) -> Claim:
    """Turn a draft into a claim: place, time, whose words, how firmly."""
    sentence = context.sentences[draft.sentence]
    at = sentence.tokens[draft.trigger.token].start if draft.trigger else sentence.span.start
    clause = sentence.clauses[draft.clause] if draft.clause is not None else None
    reading = stance_at(Span(at, at + 1), context.attributions, sentence, clause)
    words = context.attributions[reading.attribution] if reading.attribution is not None else None
    span = trimmed(context.document.text, _within(clause_span(sentence, draft.clause, claimed), words, at))
    values = draft.filling.values
    time = _nearest([t for t in context.times[draft.sentence] if span.contains(t.span)], at)
    places = [p for p in context.places[draft.sentence] if span.contains(p.span)]
    return Claim(
        id="", document=context.document.id, doc=context.document.name, span=span, event=draft.event,
        supplier=values.get("supplier"), recipient=values.get("recipient"), actor=values.get("actor"),
        item=", ".join(dict.fromkeys(m.label for m in draft.items)) or None,
        item_id=draft.items[0].item if draft.items else None, quantity=draft.quantity,
        counting=draft.quantity.counting if draft.quantity else None, time=time,
        place=places[0].text if places else None, sources=_joined(words.chains if words else ()),
        stance=reading.stance, basis=reading.basis, form=reading.form, act=draft.act, distance=reading.distance,
        certainty=reading.certainty, polarity=reading.polarity, slots=tuple(draft.filling.slots),
        rules=(*draft.rules, *reading.rules), cues=tuple(reading.cues), block=context.block(draft.sentence).kind,
        denial=reading.denial,
    )  # fmt: skip


def _within(span: Span, words: Attribution | None, at: int) -> Span:
    """Leave out who said it: keep the part of the clause that is the speaker's words."""
    if words is None or not words.span.start <= at < words.span.end:
        return span
    start, end = max(span.start, words.span.start), min(span.end, words.span.end)
    return Span(start, end) if start < end else span


def trimmed(text: str, span: Span) -> Span:
    """Return the span without white space and stray punctuation at its ends."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in ",;:–-"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:–-."):
        end -= 1
    return Span(start, end)


def _nearest(times: Sequence[TimeMention], at: int) -> TimeMention | None:
    return min(times, key=lambda t: (abs(t.span.start - at), t.span.start), default=None)


def _joined(chains: tuple[tuple[Source, ...], ...]) -> tuple[Source, ...]:
    """Return one chain; parallel speakers ("Die USA und Südkorea") become one member with both names."""
    if not chains:
        return ()
    if len(chains) == 1:
        return chains[0]
    last = [c[-1] for c in chains if c]
    first = chains[0][:-1]
    countries = {s.country for s in last}
    both = Source(
        raw=" und ".join(s.raw for s in last), name=" and ".join(s.name for s in last), kind=last[0].kind,
        country=last[0].country if len(countries) == 1 else None, span=last[0].span,
        certainty=last[0].certainty, polarity=last[0].polarity,
    )  # fmt: skip
    return (*first, both)


def _numbered(claim: Claim, n: int) -> Claim:
    return replace(claim, id=f"{claim.doc}#{n:02d}")
