"""A document's mentions sorted by sentence, and the few questions that filling roles asks of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple, TypeVar

from beleg.claim.relevance import is_topical
from beleg.find.item_tables import ItemRow, item_kinds
from beleg.lexicon import csv_table
from beleg.model import (
    ActorMention,
    Attribution,
    Block,
    Document,
    EventKind,
    ItemMention,
    Mentions,
    PlaceMention,
    Quantity,
    Sentence,
    Span,
    Stance,
    TimeMention,
)

M = TypeVar("M", ActorMention, ItemMention, Quantity, TimeMention, PlaceMention)

STATE_KINDS = ("state", "government", "military", "intelligence", "person", "role")  # these act for their country


class Signal(NamedTuple):
    """What the clause network says of a clause (``claim.signals``)."""

    claim: float  # log-odds that it tells a claim
    events: Mapping[EventKind, float]  # log-odds of each event
    stances: Mapping[Stance, float]  # logarithm of each stance's probability
    named: Mapping[str, Mapping[str, float]]  # role → who or what (``NOBODY``: nobody) → logarithm of its probability


@dataclass(frozen=True, slots=True)
class Context:
    """What the claim stage looks at: the document and its mentions by sentence."""

    document: Document
    sentences: tuple[Sentence, ...]
    actors: tuple[tuple[ActorMention, ...], ...]
    items: tuple[tuple[ItemMention, ...], ...]
    quantities: tuple[tuple[Quantity, ...], ...]
    times: tuple[tuple[TimeMention, ...], ...]
    places: tuple[tuple[PlaceMention, ...], ...]
    sites: tuple[tuple[ActorMention, ...], ...]  # places that stand for their country: "nach Wladiwostok"
    attributions: tuple[Attribution, ...]
    speakers: frozenset[Span]  # where a source is named as such: no party to what it says by that naming
    signals: Mapping[tuple[int, int], Signal] = field(default_factory=dict)  # by sentence and clause, where read

    def same_block(self, a: int, b: int) -> bool:
        """Tell whether two sentences stand in one paragraph."""
        return self.sentences[a].block == self.sentences[b].block

    def signal(self, sentence: int, clause: int | None) -> Signal | None:
        """Return what the clause network says of a clause, None where it did not read it."""
        return self.signals.get((sentence, clause)) if clause is not None else None

    def spoken_by(self, at: int) -> Attribution | None:
        """Return the attribution whose word of saying stands at an offset."""
        return next((a for a in self.attributions if any(c.start <= at < c.end for c in (a.cue, *a.cues) if c)), None)

    @property
    def topical(self) -> bool:
        """Whether the article is about arms."""
        return is_topical((m for row in self.items for m in row), len(self.document.text))

    @property
    def language(self) -> str:
        return self.document.language or ""

    def block(self, sentence: int) -> Block:
        return self.document.blocks[self.sentences[sentence].block]


def build_context(
    document: Document, sentences: Sequence[Sentence], mentions: Mentions, attributions: Sequence[Attribution]
) -> Context:
    starts = [s.span.start for s in sentences]

    def by_sentence(found: Sequence[M]) -> tuple[tuple[M, ...], ...]:
        out: list[list[M]] = [[] for _ in sentences]
        for m in found:
            i = bisect_right(starts, m.span.start) - 1
            if i >= 0 and m.span.start < sentences[i].span.end:
                out[i].append(m)
        return tuple(map(tuple, out))

    named = (s.span for a in attributions for chain in a.chains for s in chain if s.span is not None)
    # the words as they stand too: "nach südkoreanischen Angaben" names nobody's side, whoever the chain leads to
    speakers = frozenset((*named, *(s for a in attributions for s in a.speaker)))
    return Context(
        document, tuple(sentences), by_sentence(mentions.actors), by_sentence(with_counted(mentions)),
        by_sentence(mentions.quantities), by_sentence(mentions.times), by_sentence(mentions.places),
        by_sentence(_sites(mentions)), tuple(attributions), speakers,
    )  # fmt: skip


def _sites(mentions: Mentions) -> list[ActorMention]:
    named = [a.span for a in mentions.actors]
    return [
        ActorMention(p.span, p.text, None, p.name, "state", p.country, "capital")
        for p in mentions.places
        if p.country is not None and not any(p.span.overlaps(n) for n in named)
    ]


def party(actor: ActorMention) -> str | None:
    """Return how a party is written in a claim: the country code of a state and those who act for it, else the name."""
    if actor.kind in STATE_KINDS:
        return actor.country
    if actor.kind == "international_org" and actor.country:
        return actor.country  # the EU stands for itself under its reserved code
    return actor.name or actor.country


def with_counted(mentions: Mentions) -> list[ItemMention]:
    """Return the items, and with them the things that only a number names: "zehn Leopard-Panzer", "20 Geschosse".

    A word that may mean something else alone is no item; counted in a unit of arms, it is one, and one that counts
    packages is one beside arms: "90 Kisten".
    """
    out = list(mentions.items)
    units = {**packed_in(), **counted_in()} if out else counted_in()
    for q in mentions.quantities:
        row = units.get(q.unit or "") if q.kind in ("count", "vague") else None
        noun = q.counted
        if row is not None and noun is not None and not any(m.span.overlaps(noun) for m in mentions.items):
            out.append(ItemMention(noun, "", row.id, row.label, row.unit, row.kind))
    return sorted(out, key=lambda m: m.span)


@cache
def counted_in() -> dict[str, ItemRow]:
    """Return the most general arms by the unit they are counted in: "shells" → artillery shells."""
    out: dict[str, ItemRow] = {}
    for row in csv_table("items", ItemRow):
        plain = row.label == row.unit or (row.kind == "ammunition" and row.label.endswith(f" {row.unit}"))
        if plain and row.unit and item_kinds()[row.kind].arms and row.context == "no" and not row.designations:
            out.setdefault(row.unit, row)
    return out


@cache
def packed_in() -> dict[str, ItemRow]:
    """Return what arms are packed in by the unit it is counted in: "crates"."""
    rows = (r for r in csv_table("items", ItemRow) if item_kinds()[r.kind].group == "carrier")
    return {r.unit: r for r in rows if r.unit is not None and r.label == r.unit}


@cache
def people_in() -> dict[str, ItemRow]:
    """Return whom a unit names that only people in arms are counted in: "troops"."""
    rows = (r for r in csv_table("items", ItemRow) if item_kinds()[r.kind].group == "people")
    return {r.unit: r for r in rows if r.unit is not None and r.label == r.unit}
