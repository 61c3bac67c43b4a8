"""What the heads of ``claim/clause_heads.py`` look at to tell which clauses carry a claim, and of which event.

Everything is a name ("item-in=missile"): words of the clause, what is mentioned in and beside it, its grammar, what the
rules found around it, and whose words it is. No name of a state, person or weapon is among them.
"""

from __future__ import annotations

from collections.abc import Sequence

from beleg.claim.context import Context, counted_in
from beleg.claim.event_draft import Draft
from beleg.claim.frames import Trigger
from beleg.claim.relevance import of_war
from beleg.model import Clause, Sentence, Span, Token

NO_WORD = ("PUNCT", "DET", "NUM", "PROPN")  # tell nothing of the event
OPEN_CLASSES = ("NOUN", "ADJ", "VERB", "")  # whose ends and beginnings tell something: compounds, prefixes
LONG = 7  # letters of a word from which on its beginning and end count on their own
BEGINNING, END = 5, 6  # letters of these
WORDS_A_STEP, STEPS = 4, 6  # of the length
LETTERS = 4000  # code points that frequencies in an article are told by
FEW = 4  # of a whole article, from which on more look alike
MANY = 2  # drafts of one clause, from which on more look alike


def clause_features(
    context: Context, i: int, clause: int | None, own: Sequence[int], drafts: Sequence[Draft],
    triggers: Sequence[Trigger],
) -> list[str]:  # fmt: skip
    """Return the features of a clause, sorted.

    Args:
        context: The document's mentions by sentence.
        i: Index of the sentence.
        clause: Index of the clause; None for a sentence that was not parsed.
        own: Its words that are no inner clause's.
        drafts: What the rules found in the sentence and its neighbours.
        triggers: All words of the sentence that may name an event.
    """
    sentence = context.sentences[i]
    found = {
        *_words([t for t in (sentence.tokens[n] for n in own) if not any(_in(t, a.span) for a in context.actors[i])]),
        *_mentioned(context, i, [sentence.tokens[n] for n in own]),
        *_around(context, i, clause, set(own), drafts, triggers),
        *_voice(context, [sentence.tokens[n] for n in own]),
        f"length={min(STEPS, len(own) // WORDS_A_STEP)}",
        *_ruled([d for d in drafts if (d.sentence, d.clause) == (i, clause)]),
    }
    if clause is not None:
        found.update(_grammar(context, i, sentence, sentence.clauses[clause]))
    return sorted(found)


def _ruled(drafts: Sequence[Draft]) -> list[str]:
    """Tell what the rules made of the clause itself."""
    out = ["ruled" if drafts else "not-ruled", f"ruled-times={min(MANY, len(drafts))}"]
    for d in drafts:
        out += [f"ruled={d.event}", f"rule={d.rules[0] if d.rules else ''}", f"ruled={d.event} {d.act}"]
        out += [f"ruled={d.event} of={m.kind}" for m in d.items[:1]]
        out += [f"ruled={d.event} figure={d.quantity.unit}"] if d.quantity is not None else []
    return out


def article_features(context: Context, drafts: Sequence[Draft]) -> list[str]:
    """Return what tells an article about arms from one that only names some, sorted.

    Args:
        context: The document's mentions by sentence.
        drafts: What the rules found in it.
    """
    items = [(i, m) for i, row in enumerate(context.items) for m in row]
    war = sum(of_war(m) for _, m in items)
    length = max(1, len(context.document.text))
    states = {a.country for row in context.actors for a in row if a.country}
    told = {d.sentence for d in drafts}
    return sorted({
        f"article topical={context.topical}",
        f"article arms={_step(war * LETTERS / length)}",
        f"article told={_step(len(told) * LETTERS / length)}",
        f"article few={min(FEW, len(told))}",
        f"article states={min(FEW, len(states))}",
        f"article title={any(context.block(i).kind == 'title' for i, _ in items)}",
        f"article counted={any(q.unit in counted_in() for row in context.quantities for q in row)}",
    })  # fmt: skip


def _step(share: float) -> int:
    """Return the step of a frequency: 0 for none, then one more for each doubling."""
    return 0 if share <= 0 else min(STEPS, 1 + int(share).bit_length())


def _in(token: Token, span: Span) -> bool:
    return span.start <= token.start < span.end


def _words(tokens: Sequence[Token]) -> list[str]:
    out = []
    for t in tokens:
        if t.upos in NO_WORD:
            continue
        word = (t.lemma or t.text).lower()
        out.append(f"word={word}")
        if t.upos in OPEN_CLASSES and len(word) >= LONG:
            out += [f"end={word[-END:]}", f"beginning={word[:BEGINNING]}"]
    return out


def _mentioned(context: Context, i: int, tokens: Sequence[Token]) -> list[str]:
    def at(span: Span) -> str:
        return "in" if any(_in(t, span) for t in tokens) else "beside"

    out = []
    for item in context.items[i]:
        out += [f"item-{at(item.span)}", f"item-{at(item.span)}={item.kind}"]
    for actor in context.actors[i]:
        out += [f"actor-{at(actor.span)}", f"actor-{at(actor.span)}={actor.kind}"]
    for q in context.quantities[i]:
        out += [f"figure-{at(q.span)}={q.kind}", f"unit-{at(q.span)}={q.unit}"]
    out += [f"time-{at(t.span)}" for t in context.times[i]]
    out += [f"place-{at(p.span)}" for p in context.places[i]]
    return out


def _around(
    context: Context, i: int, clause: int | None, own: set[int], drafts: Sequence[Draft], triggers: Sequence[Trigger]
) -> list[str]:
    out = []
    for t in triggers:
        side = "in" if t.token in own else "beside"
        out += [f"names-{side}={t.frame.event}", f"names-{side}={t.frame.key}"]
    for n, name in ((i - 1, "before"), (i, "here"), (i + 1, "after")):
        events = {d.event for d in drafts if d.sentence == n and (n, d.clause) != (i, clause)}
        out += [f"told-{name}={e}" for e in events] or [f"told-{name}=none"]
    block = context.sentences[i].block
    out.append(f"block={context.block(i).kind}")
    out.append("opens-block" if i == 0 or context.sentences[i - 1].block != block else "inside-block")
    if i == len(context.sentences) - 1:
        out.append("last")
    return out


def _voice(context: Context, tokens: Sequence[Token]) -> list[str]:
    if not tokens:
        return []
    span = Span(tokens[0].start, tokens[-1].end)
    out = []
    around = [a for a in context.attributions if a.span.overlaps(span)]
    if around:
        a = min(around, key=lambda a: (a.span.end - a.span.start, a.span))
        out += [f"voice={a.form}", f"saying={a.kind}", f"saying={a.cue_entry}"]
        out += [f"speaker={chain[-1].kind}" for chain in a.chains[:1] if chain]
    else:
        out.append("voice=outlet")
    cues = [a for a in context.attributions if any(c.overlaps(span) for c in (a.cue, *a.cues) if c is not None)]
    return out + [f"says={a.kind}" for a in cues]


def _grammar(context: Context, i: int, sentence: Sentence, clause: Clause) -> list[str]:
    root = sentence.tokens[clause.root]
    named = any(_in(root, a.span) for a in context.actors[i])  # whose name it is shall not be learned
    out = [
        f"kind={clause.kind}", f"mood={clause.mood}", f"modal={clause.modal}", f"marker={clause.marker}",
        f"negated={clause.negated}", f"passive={clause.passive}", f"finite={clause.finite is not None}",
        f"root={'name' if named else root.lemma.lower()}", f"root={root.upos}",
    ]  # fmt: skip
    for name, at in (("subject", clause.subject), ("object", clause.object), ("dative", clause.indirect)):
        if at is None:
            out.append(f"{name}=none")
            continue
        token = sentence.tokens[at]
        items = [m for m in context.items[i] if _in(token, m.span)]
        actors = [a for a in context.actors[i] if _in(token, a.span)]
        if items or actors:
            out += [f"{name}=item"] * bool(items) + [f"{name}=actor:{a.kind}" for a in actors]
        else:
            out += [f"{name}={token.upos}", f"{name}={token.lemma.lower()}"]
    return out


# Of the clause's features, those whose weight depends on the event that a draft has.
WITH_EVENT = ("kind=", "mood=", "negated", "modal", "voice", "block", "told-here", "marker", "names-in")


def draft_features(draft: Draft, drafts: Sequence[Draft], clause: Sequence[str]) -> list[str]:
    """Return the features of one draft of the rules, sorted: what it is, and what its clause is.

    Args:
        draft: The claim in the making.
        drafts: All of the document.
        clause: The features of its clause.
    """
    same = [d for d in drafts if (d.sentence, d.clause) == (draft.sentence, draft.clause)]
    rule = draft.rules[0] if draft.rules else ""
    item = draft.items[0].kind if draft.items else None
    sides = "+".join(sorted(draft.filling.values))
    found = {
        f"mine={draft.event}", f"mine={rule}", f"mine-by={rule.partition(':')[0]}", f"mine of={item}",
        f"mine {draft.event} of={item}", f"mine pos={draft.trigger.frame.pos if draft.trigger else None}",
        f"mine figure={draft.quantity is not None}", f"mine itself={draft.itself}", f"mine first={same[0] is draft}",
        f"mine sides={sides}", f"mine {draft.event} sides={sides}", f"same={min(MANY + 1, len(same))}",
    }  # fmt: skip
    if draft.quantity is not None:
        unit = draft.quantity.unit
        found |= {f"mine unit={unit}", f"mine {draft.event} unit={unit}", f"mine number={draft.quantity.kind}"}
    found.update(clause)
    found.update(f"{draft.event} {f}" for f in clause if f.startswith(WITH_EVENT))
    return sorted(found)
