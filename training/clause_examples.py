"""What the clause network learns from: articles half read, with the claims that a person found in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from labelled import Article, Row, clauses_of_gold, halves_of

from beleg.claim.context import Context
from beleg.claim.signals import (
    LEFT_OUT,
    ROLES,
    STANCES,
    Mention,
    distances_of,
    flags_of,
    mentions_of,
    windows,
    words_of,
)
from beleg.claim.slots import ROLES as EVENT_ROLES
from beleg.claim.things import named
from beleg.segment.clause_net import members
from beleg.segment.encoder import Encoder, Halfway, load_encoder

MAX_PIECES = 300  # a longer training sentence is left out
SAID, MEANT = "sources", "item"  # fields that labels of places and sides alone do not have
Same = Callable[[Any, Any], bool]


@dataclass(frozen=True, slots=True)
class Judge:
    """Tells whether two things, or two names, are one: the scorer of the annotation guidelines."""

    same_thing: Same
    same_name: Same


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence half read."""

    middle: torch.Tensor  # (pieces, width), half precision
    first: torch.Tensor
    last: torch.Tensor
    own: torch.Tensor  # (clauses, words): shares that add up to one
    roots: torch.Tensor


@dataclass(frozen=True, slots=True)
class Named:
    """Who may have one role: each mention's word and whom it names, both as numbers; and whom, as strings."""

    words: torch.Tensor
    keys: torch.Tensor
    names: tuple[str, ...]
    right: tuple[tuple[int, tuple[int, ...]], ...]  # clause, who has it (the number after the last name: nobody)


@dataclass(frozen=True, slots=True)
class Example:
    """An article, or a part of a long one: its sentences, and what its clauses tell."""

    sentences: tuple[Read, ...]
    flags: torch.Tensor  # (clauses, flags)
    words: tuple[tuple[int, int], ...]  # that are asked about: which of the sentences, which word
    distances: torch.Tensor  # (clauses, words)
    roles: tuple[Named, ...]
    gold: tuple[tuple[Row, ...], ...]  # claims of each clause


def examples(articles: Iterable[Article], judge: Judge) -> list[Example]:
    """Return the articles about arms, in their order, in parts as the network reads them."""
    encoder = load_encoder()
    return [e for a in articles if a.context.topical for e in _parts(a, encoder, judge)]


def _parts(article: Article, encoder: Encoder, judge: Judge) -> Iterator[Example]:
    context = article.context
    halves = {i: h for i, h in halves_of(context, encoder).items()
              if context.block(i).kind not in LEFT_OUT and h.middle.shape[1] <= MAX_PIECES}  # fmt: skip
    spots = [(i, k) for i in halves for k in range(len(context.sentences[i].clauses))]
    told: dict[tuple[int, int], list[Row]] = {}
    for n, gold in clauses_of_gold(article, spots):
        told.setdefault(spots[n], []).append(gold)
    found = mentions_of(context)
    payload = _described(context)
    for window in windows(context, [*halves]):
        order = {i: n for n, i in enumerate(window)}
        here = [m for m in found if m.sentence in order]
        words = words_of(here)
        clauses = [(i, k) for i in window for k in range(len(context.sentences[i].clauses))]
        claims = [tuple(told.get(c, ())) for c in clauses]
        yield Example(
            tuple(_read(context, i, halves[i]) for i in window),
            torch.tensor(flags_of(context, window)),
            tuple((order[i], at) for i, at in words),
            torch.tensor(distances_of(context, clauses, words), dtype=torch.long).reshape(len(clauses), len(words)),
            tuple(_named(role, [m for m in here if m.role == role], words, claims, payload, judge) for role in ROLES),
            tuple(claims),
        )


def _read(context: Context, i: int, half: Halfway) -> Read:
    sentence = context.sentences[i]
    return Read(
        torch.tensor(half.middle[0]).half(), torch.tensor(half.first), torch.tensor(half.last),
        torch.tensor(members(sentence.tokens, sentence.clauses)), torch.tensor([c.root for c in sentence.clauses]),
    )  # fmt: skip


def _described(context: Context) -> dict[tuple[str, str], Row]:
    """Return things and sources as the scorer compares them, by role and key."""
    out: dict[tuple[str, str], Row] = {}
    for item in (m for row in context.items for m in row):
        out.setdefault(("item", item.item), {"item": named(item)})
    for source in (c[-1] for a in context.attributions for c in a.chains if c):
        out.setdefault(("origin", source.name), {"name": source.name, "raw": source.raw})
    return out


def _named(
    role: str, mentions: Sequence[Mention], words: Sequence[tuple[int, int]], claims: Sequence[Sequence[Row]],
    payload: Mapping[tuple[str, str], Row], judge: Judge,
) -> Named:  # fmt: skip
    place = {word: n for n, word in enumerate(words)}
    names = tuple(dict.fromkeys(m.key for m in mentions))
    right = []
    for c, rows in enumerate(claims):
        if rows:
            who = _who(role, rows[0], names, payload, judge)
            if who:
                right.append((c, who))
    return Named(
        torch.tensor([place[m.sentence, m.word] for m in mentions], dtype=torch.long),
        torch.tensor([names.index(m.key) for m in mentions], dtype=torch.long), names, tuple(right),
    )  # fmt: skip


def _who(
    role: str, gold: Row, names: Sequence[str], payload: Mapping[tuple[str, str], Row], judge: Judge
) -> tuple[int, ...]:
    """Return who has a role by the gold claim, as numbers; nothing where that is not told or not among the names."""
    nobody = (len(names),)
    if role == "item":
        if MEANT not in gold:
            return ()
        if gold[MEANT] is None:
            return nobody
        return tuple(n for n, key in enumerate(names) if judge.same_thing(gold, payload[role, key]))
    if role == "origin":
        if SAID not in gold:
            return ()
        if not gold[SAID]:
            return nobody
        return tuple(n for n, key in enumerate(names) if judge.same_name(gold[SAID][-1], payload[role, key]))
    if role not in gold or role not in EVENT_ROLES[gold["event"]]:
        return ()
    if gold[role] is None:
        return nobody
    return tuple(n for n, key in enumerate(names) if key == gold[role] or key in gold[role].split(", "))


def stance_of(gold: Row) -> int | None:
    """Return the number of a gold claim's stance, None where its labels have none."""
    return STANCES.index(gold["stance"]) if "stance" in gold else None
