"""What the clause network says of an article: of each clause, whether it tells a claim, which event, and who and what.

The network is asked about words that are mentions already: parties, things, sources. It cannot name anything that the
article does not. It reads the sentences that matter, in windows of whole sentences, and answers by clause.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, get_args

import numpy as np

from beleg.claim.context import Context, Signal
from beleg.claim.relations import head_token, owner
from beleg.claim.slots import doer
from beleg.model import BlockKind, EventKind, Stance
from beleg.segment.clause_net import Answers, ClauseNet
from beleg.segment.encoder import Floats, Halfway

EVENTS: tuple[EventKind, ...] = get_args(EventKind)
STANCES: tuple[Stance, ...] = get_args(Stance)
BLOCKS: tuple[BlockKind, ...] = get_args(BlockKind)
ROLES = ("supplier", "recipient", "item", "origin", "actor")  # that the network looks for, in its order
PARTIES = ("supplier", "recipient", "actor")  # … among those who are named
FLAGS = len(BLOCKS) + 3  # what a clause's place is told by
NOBODY = ""  # who has a role that nobody has
WINDOW = 200  # clauses read on together; a longer article is read in parts
LEFT_OUT = ("removed", "aside")  # blocks that are no text of the article
DIGITS = 3  # of a log-odds: beyond them machines differ
# Where a word stands, seen from a clause: in it, in its sentence, next to that, …, in the article's first sentence.
HERE, BESIDE, BEFORE, AFTER, PARAGRAPH, EARLIER, LATER, FIRST = range(8)


class Mention(NamedTuple):
    """A word that the network is asked about."""

    sentence: int
    word: int
    role: str
    key: str  # who or what it names: a party as claims have it, an item's id, a source's name


def with_signals(context: Context, halves: Mapping[int, Halfway], net: ClauseNet) -> Context:
    """Return the context with what the network says of its clauses.

    Args:
        context: The document's mentions by sentence.
        halves: What the encoder's first layers make of sentences, by number. Others are not read.
        net: The network.
    """
    found = mentions_of(context)
    signals: dict[tuple[int, int], Signal] = {}
    for window in windows(context, [i for i in halves if context.block(i).kind not in LEFT_OUT]):
        read_here = frozenset(window)
        here = [m for m in found if m.sentence in read_here]
        words = words_of(here)
        clauses = [(i, k) for i in window for k in range(len(context.sentences[i].clauses))]
        read = []
        for i in window:
            s = context.sentences[i]
            read.append(net.views(halves[i], s.tokens, s.clauses, [at for n, at in words if n == i]))
        flags = np.array(flags_of(context, window), dtype=np.float32)
        distances = np.array(distances_of(context, clauses, words), dtype=np.int64).reshape(len(clauses), len(words))
        answers = net.answers(read, flags, distances)
        signals |= dict(zip(clauses, _signals(answers, here, words), strict=True))
    return replace(context, signals=signals)


def mentions_of(context: Context) -> list[Mention]:
    """Return the words that may have a role, in text order."""
    out = []
    starts = [s.span.start for s in context.sentences]
    for i, sentence in enumerate(context.sentences):
        if not sentence.parsed:
            continue
        for at, value in named_parties(context, i):
            out += [Mention(i, at, role, value) for role in PARTIES]
        for item in context.items[i]:
            at_item = head_token(sentence, item.span)
            if at_item is not None:
                out.append(Mention(i, at_item, "item", item.item))
    for source in (c[-1] for a in context.attributions for c in a.chains if c):
        i = bisect_right(starts, source.span.start) - 1 if source.span is not None else -1
        if i >= 0 and source.span is not None and context.sentences[i].parsed:
            at_source = head_token(context.sentences[i], source.span)
            if at_source is not None:
                out.append(Mention(i, at_source, "origin", source.name))
    return sorted(dict.fromkeys(out))


def named_parties(context: Context, i: int) -> Iterator[tuple[int, str]]:
    """Return the words of a sentence that name a party, and which."""
    for actor in (*context.actors[i], *context.sites[i]):
        at, value = head_token(context.sentences[i], actor.head or actor.span), doer(actor)
        if at is not None and value is not None:
            yield at, value


def windows(context: Context, sentences: Sequence[int]) -> list[list[int]]:
    """Return the parsed sentences among some, in groups that are read on together."""
    out: list[list[int]] = []
    count = 0
    for i in sentences:
        clauses = len(context.sentences[i].clauses)
        if not clauses:
            continue
        if not out or count + clauses > WINDOW:
            out.append([])
            count = 0
        out[-1].append(i)
        count += clauses
    return out


def words_of(mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """Return the words of mentions, each once: (sentence, word)."""
    return [*dict.fromkeys((m.sentence, m.word) for m in mentions)]


def flags_of(context: Context, window: Sequence[int]) -> list[list[float]]:
    """Tell where each clause of some sentences stands: the kind of its block, whether a sentence or a block begins with
    it, and whether it stands in the article's first sentence."""
    out, block = [], -1
    for i in window:
        sentence = context.sentences[i]
        for k in range(len(sentence.clauses)):
            kind = [float(b == context.block(i).kind) for b in BLOCKS]
            out.append([*kind, float(k == 0), float(k == 0 and sentence.block != block), float(i == 0)])
        block = sentence.block
    return out


def distances_of(
    context: Context, clauses: Sequence[tuple[int, int]], words: Sequence[tuple[int, int]]
) -> list[list[int]]:
    """Tell how far each word stands from each clause."""
    homes = {(i, at): owner(context.sentences[i], at) for i, at in words}

    def far(i: int, k: int, other: int, at: int) -> int:
        if other == i:
            return HERE if homes[other, at] == k else BESIDE
        if context.same_block(i, other):
            return {-1: BEFORE, 1: AFTER}.get(other - i, PARAGRAPH)
        if other == 0:
            return FIRST
        return EARLIER if other < i else LATER

    return [[far(i, k, other, at) for other, at in words] for i, k in clauses]


def _signals(answers: Answers, mentions: Sequence[Mention], words: Sequence[tuple[int, int]]) -> Iterator[Signal]:
    """Sort the answers by clause; mentions of one party count together."""
    place = {word: n for n, word in enumerate(words)}
    named: list[dict[str, dict[str, float]]] = [{} for _ in answers.odds]
    for r, role in enumerate(ROLES):
        at: dict[str, list[int]] = {}
        for m in mentions:
            if m.role == role:
                at.setdefault(m.key, []).append(place[m.sentence, m.word])
        theirs = [np.logaddexp.reduce(answers.ties[r][:, n], axis=1) for n in at.values()]
        for c, row in enumerate(_logs(np.stack([*theirs, answers.nobody[:, r]], axis=1))):
            named[c][role] = dict(zip([*at, NOBODY], row, strict=True))
    odds = np.round(answers.odds.astype(float), DIGITS).tolist()
    for (claim, *events), stances, who in zip(odds, _logs(answers.stances), named, strict=True):
        yield Signal(claim, dict(zip(EVENTS, events, strict=True)), dict(zip(STANCES, stances, strict=True)), who)


def _logs(scores: Floats) -> list[list[float]]:
    """Return each row as logarithms of probabilities."""
    logs = scores - np.logaddexp.reduce(scores, axis=1)[:, None]
    rounded: list[list[float]] = np.round(logs.astype(float), DIGITS).tolist()
    return rounded
