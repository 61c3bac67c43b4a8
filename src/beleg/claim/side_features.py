"""What the heads of ``claim/side_heads.py`` look at to tell who stands on which side of an event.

The answers are every party that the article names and nobody. Each is described by what the rules made of it, how its
mentions stand to the word that names the event, how near they are, and how often the article's clauses put it on which
side. No name of a state or company is among the features: what is learned is grammar, not politics.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from beleg.claim.context import Context
from beleg.claim.event_draft import Draft
from beleg.claim.frames import grammar
from beleg.claim.relations import ancestors, head_token, owner, relation
from beleg.claim.side_topic import Topic, nobody_of_pairs, of_article, of_pairs, only_speaks
from beleg.claim.slots import doer
from beleg.model import ActorMention, Source

FOREMOST = 4  # of the parties that an article names most
LAST = 2  # claims before this one whose sides are looked at


def side_answers(context: Context, draft: Draft, topic: Topic) -> list[str | None]:
    """Return who may stand on a side: nobody, who the rules put there, and who is named near or most or as a side."""
    i = draft.sentence
    beside = [a for n in (i - 1, i, i + 1) if 0 <= n < len(context.sentences) for a in context.actors[n]]
    near = {doer(a) for a in (*beside, *context.sites[i])}
    values = [*topic.parties[:FOREMOST]]
    values += sorted(v for v in near if v is not None)
    values += sorted(v for role, v in topic.sides if role != "actor")
    return [None, *dict.fromkeys((*values, *draft.filling.values.values()))]


def side_features(
    context: Context, draft: Draft, role: str, value: str | None, near: Sequence[str], topic: Topic,
    before: Sequence[Draft] = (), speaker: Source | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """Return the features of one answer: each with its role, and again with role and event.

    Args:
        context: The document's mentions by sentence.
        draft: The claim in the making.
        role: The role that is asked for.
        value: The party that may have it, or nobody.
        near: What ``standing`` says of the party.
        topic: What the article says of the parties in all its clauses.
        before: The claims before it, the nearest first.
        speaker: Whose words it stands in.
    """
    told: Iterator[str] = chain(_nobody(draft, role), nobody_of_pairs(draft, role, topic))
    if value is not None:
        by_rules, article = _ruled(draft, role, value), of_article(draft, role, value, topic, speaker)
        pairs = of_pairs(draft, role, value, topic)
        told = chain(by_rules, article, _before(context, draft, value, before), pairs)
    plain = dict.fromkeys((*told, *near))
    out = [f"{role} {p}" for p in plain] + [f"{role} {draft.event} {p}" for p in plain]
    word = draft.trigger.frame.key if draft.trigger else ""
    tied = near if value is not None else ("nobody",)
    out += [f"{role} {word} {p}" for p in dict.fromkeys(tied) if word and p.startswith(("stands", "means", "nobody"))]
    return tuple(out)


def _nobody(draft: Draft, role: str) -> Iterator[str]:
    slot = next((s for s in draft.filling.slots if s.role == role), None)
    yield "nobody"
    yield f"nobody rules={slot.step if slot else 'open'}"
    yield f"nobody act={draft.act}"
    yield f"nobody by={draft.rules[0].partition(':')[0] if draft.rules else ''}"
    if draft.items:
        yield f"nobody item={draft.items[0].kind}"
    if draft.trigger:
        yield f"nobody word={draft.trigger.frame.pos}"


def _ruled(draft: Draft, role: str, value: str) -> Iterator[str]:
    held = [s for s in draft.filling.slots if s.value == value]
    for s in held:
        yield f"rules={s.role}"
        yield f"rules={s.role} {s.step}"
    free = "" if role in draft.filling.values else " open"
    yield f"rules={'+'.join(s.role for s in held) or 'none'}{free}"


def _before(context: Context, draft: Draft, value: str, before: Sequence[Draft]) -> Iterator[str]:
    """Tell on which side the claims before this one have a party."""
    others = [d for d in before if (d.sentence, d.clause) != (draft.sentence, draft.clause)]
    for n, d in enumerate(others[:LAST]):
        place = "beside" if d.sentence == draft.sentence else f"last{n}"
        same = "" if context.sentences[d.sentence].block == context.sentences[draft.sentence].block else " far"
        roles = [r for r, v in d.filling.values.items() if v == value]
        for r in roles or ("none",):
            yield f"{place}={r}{same}"
            yield f"{place}={r} as={d.event == draft.event}{same}"


def standing(context: Context, draft: Draft, value: str) -> tuple[str, ...]:
    """Return features of how a party's mentions stand to the event's word, in its sentence and those beside it."""
    return tuple(_standing(context, draft, value))


def _standing(context: Context, draft: Draft, value: str) -> Iterator[str]:
    i = draft.sentence
    where = set()
    for n, name in ((i - 1, "before"), (i + 1, "after")):
        if 0 <= n < len(context.sentences):
            block = "" if context.sentences[n].block == context.sentences[i].block else " other"
            for actor in context.actors[n]:
                if doer(actor) == value:
                    where.add(name + block)
                    rel = relation(context.sentences[n], actor.head or actor.span) if n < i else None
                    if rel is not None and context.sentences[n].parsed:
                        yield f"stood={rel.kind}"
    for actor, name in [(a, "here") for a in context.actors[i]] + [(a, "site") for a in context.sites[i]]:
        if doer(actor) == value:
            where.add(name)
            yield from _beside(context, draft, actor)
    yield f"where={'+'.join(sorted(where)) or 'far'}"


def _beside(context: Context, draft: Draft, actor: ActorMention) -> Iterator[str]:
    sentence = context.sentences[draft.sentence]
    rel, at = relation(sentence, actor.head or actor.span), head_token(sentence, actor.head or actor.span)
    yield f"kind={actor.kind}"
    yield f"form={actor.form}"
    if rel is None or at is None or draft.trigger is None:
        return
    word = draft.trigger.token
    home = owner(sentence, word)
    if rel.governor == word:
        pos = "at"
    elif word in ancestors(sentence, at):
        pos = "below"
    else:
        pos = "in" if owner(sentence, at) == home else "out"
    yield f"stands={rel.kind} {pos}"
    yield f"stands={rel.kind}"
    yield f"pos={pos}"
    yield f"means={grammar(context.language, draft.trigger.frame.grammar).role(rel.kind)} {pos}"
    yield "ahead" if actor.span.start < sentence.tokens[word].start else "behind"
    if only_speaks(context, actor):
        yield "speaks"
        yield f"speaks {pos}"
    if home is not None and sentence.clauses[home].passive:
        yield f"passive {rel.kind} {pos}"
    if rel.governor >= 0:
        above = sentence.tokens[rel.governor]
        if any(m.span.start <= above.start < m.span.end for m in context.items[draft.sentence]):
            yield f"of-item {rel.kind}"
        if rel.kind in ("genitive", "von", "adjective"):
            yield f"of={above.upos} {rel.kind}"
