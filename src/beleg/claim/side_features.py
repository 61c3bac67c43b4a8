"""What the heads of ``claim/side_heads.py`` look at to tell who stands on which side of an event.

The answers are every party that the article names and nobody. Each is described by what the rules made of it, how its
mentions stand to the word that names the event, how near they are, and how often the article's clauses put it on which
side. No name of a state or company is among the features: what is learned is grammar, not politics.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from beleg.claim.context import Context
from beleg.claim.event_draft import Draft
from beleg.claim.frames import grammar
from beleg.claim.relations import ancestors, head_token, owner, relation
from beleg.claim.slots import doer
from beleg.model import ActorMention, Source

ROLES = ("supplier", "recipient")  # who acted is told by too few words: what was learned of it guessed too often
MOST = 3  # counts and ranks beyond it look alike
FOREMOST = 4  # of the parties that an article names most
CODE = 2  # letters of a country code; longer names are groups and companies
OWNED = ("adjective", "genitive", "von")  # how somebody's things are called
LAST = 2  # claims before this one whose sides are looked at
QUARTERS = 4  # in which the lean to the one side or the other is told


@dataclass(frozen=True, slots=True)
class Topic:
    """What an article says of each party in all its clauses together."""

    named: Counter[str]
    titles: frozenset[str]
    sides: Counter[tuple[str, str]]  # (role, party) → claims whose own sentence says so
    makers: Counter[tuple[str, str]]  # (kind of thing, party) → things called that party's: "nordkoreanische Raketen"
    of_title: frozenset[tuple[str, str]]  # (role, party) as the title's claims have it

    def parties(self) -> list[str]:
        """Return the parties, the most named first."""
        return sorted(self.named, key=lambda v: (-self.named[v], v))


def topic_of(context: Context, drafts: Sequence[Draft]) -> Topic:
    named: Counter[str] = Counter()
    titles = set()
    for i, row in enumerate(context.actors):
        values = [v for v in map(doer, row) if v is not None]
        named.update(values)
        if context.block(i).kind == "title":
            titles.update(values)
    sides = Counter((s.role, s.value) for d in drafts for s in d.filling.slots if s.step in ("clause", "sentence"))
    heads = [d for d in drafts if context.block(d.sentence).kind == "title"]
    of_title = frozenset((role, value) for d in heads for role, value in d.filling.values.items())
    return Topic(named, frozenset(titles), sides, _makers(context), of_title)


def _makers(context: Context) -> Counter[tuple[str, str]]:
    out: Counter[tuple[str, str]] = Counter()
    for i, sentence in enumerate(context.sentences):
        for actor in context.actors[i] if sentence.parsed else ():
            rel, value = relation(sentence, actor.head or actor.span), doer(actor)
            if rel is None or value is None or rel.kind not in OWNED or rel.governor < 0:
                continue
            at = sentence.tokens[rel.governor].start
            out.update({(m.kind, value) for m in context.items[i] if m.span.start <= at < m.span.end})
    return out


def side_answers(context: Context, draft: Draft, topic: Topic) -> list[str | None]:
    """Return who may stand on a side: nobody, who the rules put there, and who is named near or most or as a side."""
    i = draft.sentence
    beside = [a for n in (i - 1, i, i + 1) if 0 <= n < len(context.sentences) for a in context.actors[n]]
    near = {doer(a) for a in (*beside, *context.sites[i])}
    values = topic.parties()[:FOREMOST]
    values += sorted(v for v in near if v is not None)
    values += sorted(v for role, v in topic.sides if role != "actor")
    return [None, *dict.fromkeys((*values, *draft.filling.values.values()))]


def side_features(
    context: Context, draft: Draft, role: str, value: str | None, near: Sequence[str], topic: Topic,
    before: Sequence[Draft] = (),
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
    """
    told: Iterator[str] = _nobody(draft, role)
    if value is not None:
        by_rules, article = _ruled(draft, role, value), _told(context, draft, role, value, topic)
        told = chain(by_rules, article, _before(context, draft, value, before))
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
    if any(s.contains(actor.span) or actor.span.contains(s) for s in context.speakers):
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


def _told(context: Context, draft: Draft, role: str, value: str, topic: Topic) -> Iterator[str]:
    """Tell what the article as a whole makes of a party, and whether it speaks here."""
    order = topic.parties()
    yield f"rank={min(order.index(value), MOST) if value in order else 'none'}"
    if value in topic.titles:
        yield "title"
    if len(value) > CODE:
        yield "group"
    made = topic.makers[draft.items[0].kind, value] if draft.items else 0
    if made:
        yield "makes-it"
    for r in (*ROLES, "actor"):
        if (r, value) in topic.of_title:
            yield f"title={r}"
    for r in ROLES:
        times = topic.sides[r, value]
        if times:
            yield f"topic={r}"
            yield f"topic={r} {min(times, MOST)}"
    gives, takes = topic.sides["supplier", value], topic.sides["recipient", value]
    if gives + takes:
        yield f"leans={round(QUARTERS * gives / (gives + takes))}"
    best = max(((n, v) for (r, v), n in topic.sides.items() if r == role), default=None)
    if best is not None and best[1] == value:
        yield "topic-most"
    speaker = _speaker(context, draft)
    if speaker is not None and speaker.country == value:
        yield "its-words"
        yield f"its-words={speaker.kind}"


def _speaker(context: Context, draft: Draft) -> Source | None:
    sentence = context.sentences[draft.sentence]
    at = sentence.tokens[draft.trigger.token].start if draft.trigger else sentence.span.start
    around = [a for a in context.attributions if a.span.start <= at < a.span.end and a.chains and a.chains[0]]
    if not around:
        return None
    return min(around, key=lambda a: (a.span.end - a.span.start, a.span)).chains[0][-1]
