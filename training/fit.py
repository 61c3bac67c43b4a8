"""The training loop, and labelling with trained networks."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 (torch's own usage)
from network import UNKNOWN, Batch, Network, make_batches, targets
from treebank import FEATURES, NONE, Example

from beleg.segment.subwords import Subwords
from beleg.segment.tree import best_tree

BATCH = 700  # pieces
TAG_WEIGHT = 0.3
REPORT = 100  # steps between two lines of progress


@dataclass
class Settings:
    """What a training run is made of."""

    epochs: int
    seed: int
    encoder_rate: float = 2e-4
    head_rate: float = 2e-3
    average: float = 0.998  # of the running mean of the weights, which is what is kept


def loss_of(network: Network, batch: Batch) -> torch.Tensor:
    gold, heads, weight = targets(batch, network.labels)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        tags, arcs, word, head = network(batch)
    known = heads != UNKNOWN

    def mean(scores: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
        each = F.cross_entropy(scores.float().flatten(0, 1), wanted.flatten(), ignore_index=UNKNOWN, reduction="none")
        w = weight.flatten() * (wanted.flatten() != UNKNOWN)
        return (each * w).sum() / w.sum().clamp(min=1)

    picked = torch.gather(head.float(), 1, heads.clamp(min=0)[:, :, None].expand(-1, -1, head.shape[-1]))
    relations = network.relations(word.float(), picked)
    loss = mean(arcs, heads) + mean(relations, gold["deprel"].where(known, UNKNOWN))
    for name, scores in network.split_tags(tags).items():
        loss = loss + TAG_WEIGHT * mean(scores, gold[name])
    return loss


def fit(
    network: Network, examples: Sequence[Example], subwords: Subwords, settings: Settings, held: Sequence[Example] = ()
) -> Network:
    """Train, and return the mean of the weights over the last steps."""
    dice = random.Random(settings.seed)
    torch.manual_seed(settings.seed)
    inner = [p for n, p in network.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    outer = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
    groups = [{"params": inner, "lr": settings.encoder_rate}, {"params": outer, "lr": settings.head_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
    steps = settings.epochs * len(make_batches(examples, subwords, network.treebanks, BATCH, random.Random(0)))
    rate = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min(1, (s + 1) / 100) * max(0.02, 1 - s / steps))
    mean = deepcopy(network)
    step, started = 0, time.time()
    for epoch in range(settings.epochs):
        network.train()
        total, batches = 0.0, make_batches(examples, subwords, network.treebanks, BATCH, dice)
        for batch in batches:
            loss = loss_of(network, batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            rate.step()
            total += loss.item()
            step += 1
            if step % REPORT == 0:
                print(f"  step {step}/{steps}", flush=True)
            keep = min(settings.average, step / (step + 10))
            with torch.no_grad():
                for a, b in zip(mean.parameters(), network.parameters(), strict=True):
                    if a.requires_grad:
                        a.lerp_(b, 1 - keep)
        line = (
            f"epoch {epoch + 1}/{settings.epochs} loss {total / len(batches):.3f} seconds {time.time() - started:.0f}"
        )
        if held:
            line += f" held {attachment(held, label([mean], held, subwords))}"
        print(line, flush=True)
    return mean


def label(networks: Sequence[Network], examples: Sequence[Example], subwords: Subwords) -> list[Example]:
    """Label sentences with the mean of the networks' probabilities, in GSD's reading; order kept."""
    by_id: dict[int, Example] = {}
    labels = networks[0].labels
    for network in networks:
        network.eval()
    for batch in make_batches(examples, subwords, networks[0].treebanks, 3000, as_treebank="GSD"):
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            outputs = [network(batch) for network in networks]
        arcs = torch.stack([o[1].float().softmax(-1) for o in outputs]).mean(0)
        tags = [n.split_tags(o[0].float()) for n, o in zip(networks, outputs, strict=True)]
        mean_tags = {k: torch.stack([t[k].softmax(-1) for t in tags]).mean(0).argmax(-1) for k in tags[0]}
        for i, e in enumerate(batch.examples):
            n = len(e.words)
            table = arcs[i, :n, : n + 1].numpy()
            heads = best_tree(np.log(table + 1e-9))
            index = torch.tensor(heads) + 1
            relation = torch.stack([
                net.relations(o[2][i, :n].float(), o[3][i, index].float()).softmax(-1)
                for net, o in zip(networks, outputs, strict=True)
            ]).mean(0)  # fmt: skip
            root = labels["deprel"].index("root")
            relation[torch.arange(n), root] = (index == 0).float() * 9
            best, number = relation.max(-1)
            trust = (torch.tensor(table[np.arange(n), index.numpy()]) * best.clamp(max=1)).tolist()
            out = Example(e.words, "GSD", spaces=e.spaces)
            out.heads, out.trust = heads, [round(t, 3) for t in trust]
            out.deprels = [labels["deprel"][int(r)] for r in number]
            out.upos = [labels["upos"][int(k)] for k in mean_tags["upos"][i, :n]]
            out.xpos = [labels["xpos"][int(k)] for k in mean_tags["xpos"][i, :n]]
            values = {f: [labels[f][int(k)] for k in mean_tags[f][i, :n]] for f in FEATURES}
            out.feats = [{f: values[f][j] for f in FEATURES if values[f][j] != NONE} for j in range(n)]
            by_id[id(e)] = out
    return [by_id[id(e)] for e in examples if id(e) in by_id]


def attachment(gold: Sequence[Example], found: Sequence[Example]) -> dict[str, float]:
    """Return UPOS, UAS and LAS in percent."""
    n = upos = uas = las = 0
    for g, f in zip(gold, found, strict=True):
        for j in range(len(g.words)):
            n += 1
            upos += g.upos[j] == f.upos[j]
            uas += g.heads[j] == f.heads[j]
            las += g.heads[j] == f.heads[j] and g.deprels[j] == f.deprels[j]
    return {k: round(100 * v / n, 1) for k, v in (("UPOS", upos), ("UAS", uas), ("LAS", las))}
