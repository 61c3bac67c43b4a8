"""What the heads of ``claim/learned.py`` look at to tell whether a clause carries a claim, and of which event.

Everything is a name ("item-in=missile"): words of the clause, what is mentioned in and beside it, its grammar, what the
rules found around it, and whose words it is. No name of a state, person or weapon is among them.
"""

from __future__ import annotations

from collections.abc import Sequence

from beleg.claim.context import Context
from beleg.claim.event_draft import Draft
from beleg.claim.frames import Trigger
from beleg.claim.relations import owner
from beleg.model import Clause, Sentence, Span, Token

NO_WORD = ("PUNCT", "DET", "NUM", "PROPN")  # tell nothing of the event
OPEN_CLASSES = ("NOUN", "ADJ", "VERB", "")  # whose ends and beginnings tell something: compounds, prefixes
LONG = 7  # letters of a word from which on its beginning and end count on their own
BEGINNING, END = 5, 6  # letters of these
WORDS_A_STEP, STEPS = 4, 6  # of the length


def clause_features(
    context: Context, i: int, clause: int | None, drafts: Sequence[Draft], triggers: Sequence[Trigger]
) -> list[str]:
    """Return the features of a clause, sorted.

    Args:
        context: The document's mentions by sentence.
        i: Index of the sentence.
        clause: Index of the clause; None for a sentence that was not parsed.
        drafts: What the rules found in the sentence and its neighbours.
        triggers: All words of the sentence that may name an event.
    """
    sentence = context.sentences[i]
    own = [n for n in range(len(sentence.tokens)) if clause is None or owner(sentence, n) == clause]
    found = {
        *_words([t for t in (sentence.tokens[n] for n in own) if not any(_in(t, a.span) for a in context.actors[i])]),
        *_mentioned(context, i, [sentence.tokens[n] for n in own]),
        *_around(context, i, set(own), drafts, triggers),
        *_voice(context, [sentence.tokens[n] for n in own]),
        f"length={min(STEPS, len(own) // WORDS_A_STEP)}",
    }
    if clause is not None:
        found.update(_grammar(context, i, sentence, sentence.clauses[clause]))
    return sorted(found)


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


def _around(context: Context, i: int, own: set[int], drafts: Sequence[Draft], triggers: Sequence[Trigger]) -> list[str]:
    out = []
    for t in triggers:
        side = "in" if t.token in own else "beside"
        out += [f"names-{side}={t.frame.event}", f"names-{side}={t.frame.key}"]
    for n, name in ((i - 1, "before"), (i, "here"), (i + 1, "after")):
        events = {d.event for d in drafts if d.sentence == n}
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
    out = [
        f"kind={clause.kind}", f"mood={clause.mood}", f"modal={clause.modal}", f"marker={clause.marker}",
        f"negated={clause.negated}", f"passive={clause.passive}", f"finite={clause.finite is not None}",
        f"root={root.lemma.lower()}", f"root={root.upos}",
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
