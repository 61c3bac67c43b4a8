"""Mentions and attributions in, claims out: drafts, then the paragraph and the topic, then whose words they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from beleg.claim.capacity import WOULD_FIT, settled_act
from beleg.claim.clause_heads import judge
from beleg.claim.complete import complete
from beleg.claim.context import Context, build_context
from beleg.claim.event_draft import Draft
from beleg.claim.events import build_drafts
from beleg.claim.figure_head import enter_figures
from beleg.claim.figures import clause_span
from beleg.claim.heads import Heads, load_heads
from beleg.claim.item_signals import settle_items
from beleg.claim.left_over import asked, doubted, off_topic, striking_themselves, unclaimed_figures
from beleg.claim.relevance import concerns_arms
from beleg.claim.shown import shown_by
from beleg.claim.side_heads import settle_sides
from beleg.claim.signals import with_signals
from beleg.claim.stance import stance_at
from beleg.claim.stance_signals import UnmarkedWords, carried_words, perhaps_denied
from beleg.claim.stretches import Parts, figure_parts
from beleg.claim.things import named
from beleg.find.dates_values import NOW
from beleg.model import (
    Attribution,
    Claim,
    Clause,
    Counting,
    Document,
    Mentions,
    Problem,
    Sentence,
    Source,
    Span,
    Stance,
    TimeMention,
)
from beleg.segment.clause_net import ClauseNet, load_clause_net
from beleg.segment.encoder import Halfway

DAY = len("2024-06-17")  # a time written out to the day
NOT_DENIED = "denial-negated"  # rule of ``claim/stance.py``
DERIVED_WITHIN = 600  # code points between a count and what is computed from it


def build_claims(
    document: Document, sentences: Sequence[Sentence], mentions: Mentions, attributions: Sequence[Attribution],
    heads: Heads | None = None, halves: Mapping[int, Halfway] | None = None,
) -> tuple[list[Claim], list[Problem]]:  # fmt: skip
    """Build the claims of a document, in text order.

    Args:
        document: Their document.
        sentences: Its sentences, parsed where they matter.
        mentions: What is named in it.
        attributions: Whose words they are.
        heads: The learned part; the shipped one of the document's language where none is given, ``NO_HEADS`` for none.
        halves: What the encoder halfway made of the sentences that matter, by number, for the clause network.

    Returns:
        Claims with ids "<doc>#NN", spans of the clean text, and what filled each role; and the doubts.
    """
    context = build_context(document, sentences, mentions, attributions)
    learned = load_heads(context.language) if heads is None else heads
    return claims_in(context, learned, halves or {}, load_clause_net())


def claims_in(
    context: Context, learned: Heads, halves: Mapping[int, Halfway], net: ClauseNet | None
) -> tuple[list[Claim], list[Problem]]:
    """Return the claims of a document, and the doubts, with the learned parts that are given."""
    found, passed_over, only_asked = build_relevant(context)
    if not learned:
        context = replace(context, signals={})  # the rules alone
    elif net is not None and halves and (context.topical or found):
        context = with_signals(context, halves, net)
    drafts, left_out = judge(context, found, learned)
    drafts = enter_figures(context, drafts, learned) if context.topical else drafts
    complete(context, drafts)
    settle_items(context, drafts)
    settle_sides(context, drafts, learned)
    made = finish_all(context, drafts)
    denied = perhaps_denied(context, drafts, made)
    made.sort(key=lambda c: (c.span, c.event))
    claims = _derived([_numbered(c, n) for n, c in enumerate(made, 1)])
    doubts = [*off_topic(context, passed_over), *asked(context, only_asked), *doubted(context, left_out), *denied]
    return claims, [*doubts, *unclaimed_figures(context, claims), *striking_themselves(context.document, claims)]


def build_relevant(context: Context) -> tuple[list[Draft], list[Draft], list[Draft]]:
    """Return what the rules find in a document that has to do with arms, before anything is filled in from afar; what
    they passed over because it has not; and what is only asked or a condition."""
    topical = context.topical
    kept: list[Draft] = []
    passed_over: list[Draft] = []
    drafts, only_asked = build_drafts(context)
    for d in drafts:
        ours = concerns_arms(d.items, d.filling.values, topical=topical, itself=d.itself)
        (kept if ours else passed_over).append(d)
    return kept, passed_over, only_asked


def finish_all(context: Context, drafts: Sequence[Draft]) -> list[Claim]:
    """Turn drafts into claims, in their order, still without numbers."""
    parts = figure_parts(context, drafts)
    claimed: dict[int, set[int]] = {d.sentence: set() for d in drafts}
    for d in drafts:
        if d.clause is not None:
            claimed[d.sentence].add(d.clause)
    return [finish(context, d, claimed[d.sentence], parts) for d in drafts]


def _derived(claims: Sequence[Claim]) -> list[Claim]:
    """Point each capacity to the count it is computed from: the last other thing counted before it."""
    out = list(claims)
    for n, c in enumerate(out):
        if c.act != "capacity" or c.quantity is None:
            continue
        for before in reversed(out[:n]):
            counts = before.quantity is not None and before.act != "capacity" and before.quantity.kind == "count"
            if counts and before.quantity is not None and before.quantity.unit != c.quantity.unit:
                if c.span.start - before.span.end <= DERIVED_WITHIN:
                    out[n] = replace(c, derived_from=before.id)
                break
    return out


def finish(context: Context, draft: Draft, claimed: set[int], parts: Parts) -> Claim:
    """Turn a draft into a claim: place, time, whose words, how firmly."""
    sentence = context.sentences[draft.sentence]
    at = sentence.tokens[draft.trigger.token].start if draft.trigger else sentence.span.start
    clause = sentence.clauses[draft.clause] if draft.clause is not None else None
    counted = draft.quantity.span if draft.quantity is not None else None
    reading = stance_at(Span(at, at + 1), context.attributions, sentence, clause, figure=counted)
    words = context.attributions[reading.attribution] if reading.attribution is not None else None
    spoken = context.spoken_by(at) if draft.event == "statement" else None
    if spoken is not None:  # the clause that says "dementierte" is the statement: its speaker is the one it names
        reading, words = stance_at(spoken.span, context.attributions, sentence, clause), spoken
    part = parts.get((draft.sentence, draft.clause, counted)) if counted is not None else None
    span = trimmed(context.document.text, _within(part or clause_span(sentence, draft.clause, claimed), words, at))
    if draft.quantity is not None:
        span = _with_figure(span, draft.quantity.span)
    stance = _stance(draft, reading.stance, clause, reading.rules, spoken=bool(words and words.chains))
    chains = words.chains if words is not None else ()
    unmarked = _unmarked_words(context, draft) if words is None and stance == "fact" else None
    if unmarked is not None:
        stance, chains = "said", unmarked.chains
    rules = (*draft.rules, *reading.rules, *([unmarked.rule] if unmarked is not None else []))
    values = draft.filling.values
    time = _nearest([t for t in context.times[draft.sentence] if span.contains(t.span)], at)
    said = _said(context, draft.sentence, words)
    if said is not None and time is said:
        time = None
    places = [p for p in context.places[draft.sentence] if span.contains(p.span)]
    return Claim(
        id="", document=context.document.id, doc=context.document.name, span=span, event=draft.event,
        supplier=values.get("supplier"), recipient=values.get("recipient"), actor=values.get("actor"),
        item=", ".join(dict.fromkeys(map(named, draft.items))) or None,
        item_id=draft.items[0].item if draft.items else None, quantity=draft.quantity,
        counting=_counting(draft, time, stance), time=time,
        place=places[0].text if places else None, sources=_joined(chains),
        stance=stance, basis=reading.basis, form=reading.form,
        act=settled_act(draft, stance, context, clause),
        distance=reading.distance, certainty=reading.certainty, polarity=reading.polarity,
        slots=tuple(draft.filling.slots), rules=rules, cues=tuple(reading.cues),
        block=context.block(draft.sentence).kind,
        denial=reading.denial, said=said, observed=draft.observed,
    )  # fmt: skip


def _unmarked_words(context: Context, draft: Draft) -> UnmarkedWords | None:
    """Return whose words a plain clause is that no attribution holds: the owner's of pictures, else of whom it goes on
    with."""
    return shown_by(context, draft.sentence, draft.clause) or carried_words(context, draft)


def _stance(draft: Draft, stance: Stance, clause: Clause | None, rules: Sequence[str], *, spoken: bool) -> Stance:
    """Settle what the frame says of the stance: denials deny, promises and purposes are planned."""
    frame = draft.trigger.frame if draft.trigger else None
    if WOULD_FIT in draft.rules and stance in ("fact", "said"):
        return "hedged"  # "wären sie gefüllt, kämen 3.200 Stück zusammen": so it is in no case
    negated = frame is not None and frame.stance == "denied" and NOT_DENIED in rules  # "Niemand bestreitet, dass …"
    own_voice = not any(r.startswith("kind:") for r in rules)
    open_still = own_voice and stance == "denied" and frame is not None and frame.stance == "unconfirmed"
    if frame is not None and frame.stance is not None and (stance in ("fact", "said") or open_still) and not negated:
        return frame.stance
    if draft.event == "request" and stance == "planned":  # what is asked for lies ahead, the asking does not
        return "said" if spoken else "fact"
    purpose = clause is not None and clause.kind == "infinitive" and clause.marker is not None
    if stance in ("fact", "said") and (purpose or draft.act in ("offered", "intended")):
        return "planned"
    return stance


def _counting(draft: Draft, time: TimeMention | None, stance: Stance) -> Counting | None:
    """Tell what a number covers: its own words first, then the time it stands with.

    What was done up to a day is a running total; what is to be done by then is not yet.
    """
    if draft.quantity is None or draft.quantity.counting is not None:
        return draft.quantity.counting if draft.quantity else None
    until = time is not None and (time.end is not None or time.value == NOW)
    if time is not None and until and time.open_start and not time.open_end and stance != "planned":
        return "total"
    if time is None or time.start is None or time.end is None or time.open_start or time.open_end:
        return None
    return "single" if time.start == time.end and len(time.start) == DAY else "period"


def _said(context: Context, sentence: int, words: Attribution | None) -> TimeMention | None:
    """Return the day that stands with the word of saying: "erklärte er am Freitag"."""
    if words is None:
        return None
    beside = [
        t for t in context.times[sentence]
        if not words.span.contains(t.span) and any(f.contains(t.span) for f in words.frame)
    ]  # fmt: skip
    return beside[0] if beside else None


def _within(span: Span, words: Attribution | None, at: int) -> Span:
    """Leave out who said it: keep the part of the clause that is the speaker's words."""
    if words is None or not words.span.start <= at < words.span.end:
        return span
    start, end = max(span.start, words.span.start), min(span.end, words.span.end)
    return Span(start, end) if start < end else span


def _with_figure(span: Span, figure: Span) -> Span:
    """Widen a stretch so that the figure stands in it: a number is never quoted without its words."""
    return Span(min(span.start, figure.start), max(span.end, figure.end))


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
