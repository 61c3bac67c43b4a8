"""What an article as a whole says of a party: how often and where it is named, on which side, in which pairs.

The features of ``claim/side_features.py`` that look beyond the claim's own sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from beleg.claim.context import Context
from beleg.claim.event_draft import Draft
from beleg.claim.relations import relation
from beleg.claim.slots import doer
from beleg.model import ActorMention, Source

ROLES = ("supplier", "recipient")
ACTOR = "actor"  # who makes, holds, fires, finds or forbids: no side of a transfer
MOST = 3  # counts and ranks beyond it look alike
CODE = 2  # letters of a country code; longer names are groups and companies
OWNED = ("adjective", "genitive", "von")  # how somebody's things are called
QUARTERS = 4  # in which shares are told


@dataclass(frozen=True, slots=True)
class Topic:
    """What an article says of each party in all its clauses together."""

    named: Counter[str]
    titles: frozenset[str]
    sides: Counter[tuple[str, str]]  # (role, party) → claims whose own sentence says so
    makers: Counter[tuple[str, str]]  # (kind of thing, party) → things called that party's: "nordkoreanische Raketen"
    of_title: frozenset[tuple[str, str]]  # (role, party) as the title's claims have it
    pairs: Counter[tuple[str, str]]  # (supplier, recipient) → claims that have both
    acts: Counter[str]  # claims in which a party acts …
    strikes: Counter[tuple[str, str]]  # … and on whom
    talks: Counter[str]  # how often a party is named as a source only
    parties: tuple[str, ...]  # the most named first
    ranks: Mapping[str, int]  # of each among them
    foremost: Mapping[str, str]  # role → who has it in most claims
    first_pair: tuple[str, str] | None  # the commonest of ``pairs`` …
    share: str  # … and what part of them it is, in quarters; "none" where there are none


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
    both = [d.filling.values for d in drafts if all(r in d.filling.values for r in ROLES)]
    pairs = Counter((values["supplier"], values["recipient"]) for values in both)
    acting = [(d.filling.values[ACTOR], d.filling.values.get("recipient")) for d in drafts if ACTOR in d.filling.values]
    speaking = [doer(a) for row in context.actors for a in row if only_speaks(context, a)]
    talks = Counter(v for v in speaking if v is not None)
    parties = tuple(sorted(named, key=lambda v: (-named[v], v)))
    foremost = {}
    for role in (*ROLES, ACTOR):
        best = max(((n, v) for (r, v), n in sides.items() if r == role), default=None)
        if best is not None:
            foremost[role] = best[1]
    return Topic(
        named, frozenset(titles), sides, _makers(context), of_title, pairs, Counter(a for a, _ in acting),
        Counter((a, hit) for a, hit in acting if hit is not None), talks,
        parties, {v: n for n, v in enumerate(parties)}, foremost, max(pairs, key=lambda p: (pairs[p], p), default=None),
        str(round(QUARTERS * max(pairs.values()) / pairs.total())) if pairs else "none",
    )  # fmt: skip


def only_speaks(context: Context, actor: ActorMention) -> bool:
    """Tell whether a mention names a source as such."""
    return any(s.contains(actor.span) or actor.span.contains(s) for s in context.speakers)


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


def of_article(draft: Draft, role: str, value: str, topic: Topic, speaker: Source | None) -> Iterator[str]:
    """Tell what the article as a whole makes of a party, and whether it speaks here."""
    rank = topic.ranks.get(value)
    yield f"rank={min(rank, MOST) if rank is not None else 'none'}"
    if value in topic.titles:
        yield "title"
    if len(value) > CODE:
        yield "group"
    made = topic.makers[draft.items[0].kind, value] if draft.items else 0
    if made:
        yield "makes-it"
    for r in (*ROLES, ACTOR):
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
    if topic.foremost.get(role) == value:
        yield "topic-most"
    if speaker is not None and speaker.country == value:
        yield "its-words"
        yield f"its-words={speaker.kind}"


def of_pairs(draft: Draft, role: str, value: str, topic: Topic) -> Iterator[str]:
    """Tell how a party fits the pairs of the article's claims, and whether it only talks there."""
    yield f"talks={round(QUARTERS * topic.talks[value] / max(1, topic.named[value]))}"
    if role == ACTOR:
        yield from _of_actors(draft, value, topic)
        return
    at = ROLES.index(role)
    other = draft.filling.values.get(ROLES[1 - at])
    first = topic.first_pair
    if first is not None and value in first:
        place = "mine" if first[at] == value else "turned"
        yield f"main-pair={place}"
        yield f"main-pair={place} {topic.share}"
        if other is not None:
            beside = "it" if first[1 - at] == other else "turned" if other in first else "none"
            yield f"main-pair={place} beside={beside}"
        else:
            yield f"main-pair={place} open {topic.share}"
    elif any(p[at] == value for p in topic.pairs):
        yield "some-pair"
    else:
        yield f"no-pair {topic.share}"
    if other is not None:
        if other == value:
            yield "is-other"
        pair = (value, other) if at == 0 else (other, value)
        yield f"with-other={min(MOST, topic.pairs[pair])}"
        yield f"against-other={min(MOST, topic.pairs[pair[::-1]])}"


def _of_actors(draft: Draft, value: str, topic: Topic) -> Iterator[str]:
    """Tell how often a party acts in the article's claims, and on whom."""
    yield f"acts={min(MOST, topic.acts[value])}"
    if topic.acts and value == max(topic.acts, key=lambda v: (topic.acts[v], v)):
        yield "acts-most"
    for r in ROLES:
        if draft.filling.values.get(r) == value:
            yield f"is-{r}"
    hit = draft.filling.values.get("recipient")
    if hit is not None:
        yield f"strikes-it={min(MOST, topic.strikes[value, hit])}"
        yield f"struck-by-it={min(MOST, topic.strikes[hit, value])}"


def nobody_of_pairs(draft: Draft, role: str, topic: Topic) -> Iterator[str]:
    """Tell how much the article is about one pair, and whether the other side is known: nobody is then less likely."""
    if role == ACTOR:
        yield f"nobody acts={min(MOST, topic.acts.total())}"
        return
    other = draft.filling.values.get(ROLES[1 - ROLES.index(role)])
    ruled = "open" if role not in draft.filling.values else "ruled"
    yield f"nobody pairs={topic.share} {ruled}"
    yield f"nobody other={'open' if other is None else 'ruled'} {ruled}"


def speaker_of(context: Context, draft: Draft) -> Source | None:
    """Return whose words a claim in the making stands in."""
    sentence = context.sentences[draft.sentence]
    at = sentence.tokens[draft.trigger.token].start if draft.trigger else sentence.span.start
    around = [a for a in context.attributions if a.span.start <= at < a.span.end and a.chains and a.chains[0]]
    if not around:
        return None
    return min(around, key=lambda a: (a.span.end - a.span.start, a.span)).chains[0][-1]
