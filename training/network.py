"""The network: encoder, one linear tagger per label set, and a biaffine parser (Dozat and Manning 2017)."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from base import Base, Encoder
from torch import nn
from treebank import FEATURES, NONE, Example

from beleg.segment.subwords import PAD, UNK, Subwords

ARC, REL = 256, 64  # widths of the parser's views of a word
MAX_SUBWORDS = 400  # a longer training sentence is left out
UNKNOWN = -100  # a label that is not trained on

Labels = dict[str, list[str]]  # "upos", "xpos", "deprel" and the features: names in order of their numbers


def collect_labels(examples: Iterable[Example]) -> Labels:
    """Number the labels that occur, in order of their names; 0 of a feature is "not there"."""
    found: dict[str, set[str]] = {"upos": set(), "xpos": set(), "deprel": set(), **{f: set() for f in FEATURES}}
    for e in examples:
        found["upos"].update(e.upos)
        found["xpos"].update(x for x in e.xpos if x)
        found["deprel"].update(e.deprels)
        for feats in e.feats:
            for name, value in (feats or {}).items():
                if value:
                    found[name].add(value)
    return {k: ([NONE] if k in FEATURES else []) + sorted(v) for k, v in found.items()}


class Network(nn.Module):
    """Sentence in, scores out: tags per word, arcs (word × root and words), and two views for the relation."""

    def __init__(self, base: Base, keep: np.ndarray, labels: Labels, treebanks: Sequence[str]) -> None:
        super().__init__()
        width = base.width
        self.labels, self.treebanks = labels, list(treebanks)
        self.encoder = Encoder(base, keep, len(treebanks))
        self.tagged = [k for k in labels if k != "deprel"]
        self.tags = nn.Linear(width, sum(len(labels[k]) for k in self.tagged))
        self.root = nn.Parameter(torch.zeros(width))
        self.drop = nn.Dropout(0.25)

        def view(size: int) -> nn.Module:
            return nn.Sequential(nn.Linear(width, size), nn.GELU(), nn.Dropout(0.25))

        self.arc_word, self.arc_head, self.rel_word, self.rel_head = view(ARC), view(ARC), view(REL), view(REL)
        self.arc = nn.Parameter(torch.randn(ARC + 1, ARC) * 0.01)
        self.rel = nn.Parameter(torch.randn(REL + 1, len(labels["deprel"]), REL + 1) * 0.01)

    def forward(self, batch: Batch) -> tuple[torch.Tensor, ...]:
        x = self.encoder(batch.ids, batch.mask, batch.treebank).float()
        return self.score(x, batch.first, batch.last, batch.words)

    def score(
        self, x: torch.Tensor, first: torch.Tensor, last: torch.Tensor, words: torch.Tensor
    ) -> tuple[torch.Tensor, ...]:
        batch, _, width = x.shape

        def at(index: torch.Tensor) -> torch.Tensor:
            return torch.gather(x, 1, index[:, :, None].expand(-1, -1, width))

        w = self.drop((at(first) + at(last)) * 0.5)
        tags = self.tags(w)
        heads = torch.cat([self.root.expand(batch, 1, width), w], 1)
        a = self.arc_word(w)
        a = torch.cat([a, torch.ones_like(a[..., :1])], -1)
        arcs = torch.einsum("bia,ac,bjc->bij", a, self.arc, self.arc_head(heads))
        possible = torch.cat([torch.ones_like(words[:, :1]), words], 1)
        arcs = arcs.masked_fill(~possible[:, None, :], -1e9)
        return tags, arcs, self.rel_word(w), self.rel_head(heads)

    def relations(self, word: torch.Tensor, head: torch.Tensor) -> torch.Tensor:
        """Score the relations of words to given heads: (…, views) twice → (…, relations)."""
        one = torch.ones_like(word[..., :1])
        return torch.einsum("...x,xry,...y->...r", torch.cat([word, one], -1), self.rel, torch.cat([head, one], -1))

    def split_tags(self, tags: torch.Tensor) -> dict[str, torch.Tensor]:
        return dict(zip(self.tagged, tags.split([len(self.labels[k]) for k in self.tagged], -1), strict=True))


@dataclass
class Batch:
    examples: list[Example]
    ids: torch.Tensor
    mask: torch.Tensor
    first: torch.Tensor
    last: torch.Tensor
    words: torch.Tensor  # True where there is a word
    treebank: torch.Tensor


def make_batches(
    examples: Sequence[Example],
    subwords: Subwords,
    treebanks: Sequence[str],
    size: int,
    shuffle: random.Random | None = None,
    as_treebank: str | None = None,
) -> list[Batch]:
    """Group sentences of like length, ``size`` pieces a batch; ``shuffle`` mixes them and blots out a piece in 20."""
    items = [(subwords.sentence(e.words), e) for e in examples]
    items = [i for i in items if len(i[0][0]) <= MAX_SUBWORDS]
    items.sort(key=lambda i: len(i[0][0]) + (shuffle.random() * 12 if shuffle else 0))
    groups: list[list] = []
    for item in items:
        if groups and max(len(i[0][0]) for i in [*groups[-1], item]) * (len(groups[-1]) + 1) <= size:
            groups[-1].append(item)
        else:
            groups.append([item])
    if shuffle:
        shuffle.shuffle(groups)
    return [_collate(g, treebanks, shuffle, as_treebank) for g in groups]


def _collate(group: list, treebanks: Sequence[str], blot: random.Random | None, as_treebank: str | None) -> Batch:
    length = max(len(ids) for (ids, _, _), _ in group)
    n = max(len(e.words) for _, e in group)
    ids = torch.full((len(group), length), PAD)
    first, last = torch.zeros(len(group), n, dtype=torch.long), torch.zeros(len(group), n, dtype=torch.long)
    words = torch.zeros(len(group), n, dtype=torch.bool)
    for i, ((pieces, starts, ends), _) in enumerate(group):
        if blot:
            pieces = [UNK if 0 < k < len(pieces) - 1 and blot.random() < 0.05 else p for k, p in enumerate(pieces)]
        ids[i, : len(pieces)] = torch.tensor(pieces)
        first[i, : len(starts)], last[i, : len(ends)] = torch.tensor(starts), torch.tensor(ends)
        words[i, : len(starts)] = True
    numbers = torch.tensor([treebanks.index(as_treebank or e.treebank) for _, e in group])
    return Batch([e for _, e in group], ids, ids != PAD, first, last, words, numbers)


def targets(batch: Batch, labels: Labels) -> tuple[dict[str, torch.Tensor], torch.Tensor, torch.Tensor]:
    """Return the numbers of the labels, of the heads (0 is the root), and the weight of each word."""
    shape = batch.words.shape
    numbers = {k: {name: i for i, name in enumerate(v)} for k, v in labels.items()}
    gold = {k: torch.full(shape, UNKNOWN) for k in labels}
    heads, weight = torch.full(shape, UNKNOWN), torch.ones(shape)
    for i, e in enumerate(batch.examples):
        for j in range(len(e.words)):
            gold["upos"][i, j] = numbers["upos"].get(e.upos[j], UNKNOWN)
            gold["xpos"][i, j] = numbers["xpos"].get(e.xpos[j] or "", UNKNOWN)
            gold["deprel"][i, j] = numbers["deprel"].get(e.deprels[j], UNKNOWN)
            heads[i, j] = e.heads[j] + 1
            feats = e.feats[j]
            if feats is not None:
                for name in FEATURES:
                    gold[name][i, j] = numbers[name].get(feats.get(name, NONE), UNKNOWN)
            if e.trust is not None:
                weight[i, j] = e.trust[j]
    return gold, heads, weight
