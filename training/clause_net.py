"""Train the clause network: which clauses carry a claim, of which event, and who stands on its sides.

    python training/clause_net.py [--out FILE] [--shared DIR] [--download DIR]

Goes on from the parser's encoder as it ships: four layers of its own, begun with those of the base encoder, on what
the encoder's fourth layer makes of a sentence. Learns from the same articles as ``claim_heads.py`` and prints figures
on the unseen ones. Seeded; about 40 minutes on one core. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from base import Base, Layer, fetch_base, read_base
from claim_heads import Article, Row, clauses_of_gold, example_articles, own_articles, wikinews_articles
from export import Graph, model, transformer, words
from onnx import TensorProto, helper
from torch import nn
from torch.nn import functional

from beleg.claim.clause_heads import LEFT_OUT
from beleg.claim.side_heads import named_parties
from beleg.segment.clause_net import EVENTS, FILE, members
from beleg.segment.encoder import load_encoder

ROOT = Path(__file__).resolve().parents[1]
WEIGHTS_FOLDER = ROOT / "src" / "beleg" / "weights"
LAYERS = range(4, 8)  # of the base encoder, that the network has for itself
INNER, VIEW = 256, 128  # widths of what is made of a clause, and of a word as somebody's name
EPOCHS, RATE, HEAD_RATE, TOGETHER = 5, 1.5e-4, 1e-3, 24  # passes, learning rates, sentences a step
WARM, SMOOTH = 0.06, 0.05  # share of the steps with a growing rate; of an event's weight that goes to all
MAX_PIECES = 300  # a longer training sentence is left out
SEED = 0


@dataclass(frozen=True)
class Example:
    """A sentence half read, its clauses, and for each the events that its gold claims have."""

    middle: torch.Tensor  # (pieces, width), half precision
    first: torch.Tensor
    last: torch.Tensor
    own: torch.Tensor  # (clauses, words): shares that add up to one
    roots: torch.Tensor
    events: tuple[tuple[str, ...], ...]
    sides: tuple[tuple[str | None, str | None] | None, ...]  # supplier and recipient of each clause's first gold claim
    parties: tuple[tuple[int, str], ...]  # words that name a party, and which


def examples(articles: Iterable[Article]) -> list[Example]:
    """Return the sentences of the articles about arms, in their order."""
    encoder, out = load_encoder(), []
    for article in articles:
        context = article.context
        if not context.topical:
            continue
        spots = [
            (i, c) for i, s in enumerate(context.sentences) if s.parsed and context.block(i).kind not in LEFT_OUT
            for c in range(len(s.clauses))
        ]  # fmt: skip
        told: dict[tuple[int, int], list[Row]] = {}
        for n, gold in clauses_of_gold(article, spots):
            told.setdefault(spots[n], []).append(gold)
        for i in dict.fromkeys(i for i, _ in spots):
            sentence = context.sentences[i]
            ids, first, last = encoder.pieces([t.text for t in sentence.tokens])
            if len(ids) > MAX_PIECES:
                continue
            middle = torch.tensor(encoder.read(ids, first, last).middle[0]).half()
            clauses = sentence.clauses
            gold = [told.get((i, c), []) for c in range(len(clauses))]
            out.append(Example(
                middle, torch.tensor(first), torch.tensor(last), torch.tensor(members(sentence.tokens, clauses)),
                torch.tensor([c.root for c in clauses]),
                tuple(tuple(g["event"] for g in rows) for rows in gold),
                tuple((rows[0]["supplier"], rows[0]["recipient"]) if rows else None for rows in gold),
                tuple(named_parties(context, i)),
            ))  # fmt: skip
    return out


class Network(nn.Module):
    def __init__(self, shape: Base) -> None:
        super().__init__()
        self.layers = nn.ModuleDict({str(i): Layer(shape) for i in LAYERS})
        self.drop, self.drop_inner = nn.Dropout(0.2), nn.Dropout(0.3)
        self.mean = nn.Linear(shape.width, INNER)
        self.root, self.all = (nn.Linear(shape.width, INNER, bias=False) for _ in range(2))
        self.out = nn.Linear(INNER, 1 + len(EVENTS))
        self.ask, self.name = (nn.Linear(shape.width, 2 * VIEW) for _ in range(2))
        self.rare = nn.Parameter(torch.full((2,), -1.0))

    def forward(self, batch: Sequence[Example]) -> tuple[torch.Tensor, list[torch.Tensor]]:
        """Return the log-odds of all clauses, (clauses, 1 + events), and of each sentence's sides, (2, clauses,
        words)."""
        longest = max(len(e.middle) for e in batch)
        x = torch.zeros(len(batch), longest, batch[0].middle.shape[1])
        mask = torch.zeros(len(batch), 1, 1, longest, dtype=torch.bool)
        for k, e in enumerate(batch):
            x[k, : len(e.middle)], mask[k, 0, 0, : len(e.middle)] = e.middle.float(), True
        for layer in self.layers.values():
            x = layer(x, mask)
        views, sides = [], []
        for k, e in enumerate(batch):
            w = self.drop((x[k, e.first] + x[k, e.last]) * 0.5)
            views.append(self.mean(e.own @ w) + self.root(w[e.roots]) + self.all(w.mean(0, keepdim=True)))
            ask, name = (y.view(-1, 2, VIEW).transpose(0, 1) for y in (self.ask(w[e.roots]), self.name(w)))
            sides.append(ask @ name.transpose(1, 2) / VIEW**0.5 + self.rare[:, None, None])
        return self.out(self.drop_inner(functional.gelu(torch.cat(views)))), sides


def begin(network: Network, base: Base) -> None:
    """Give the network's layers the weights of the base encoder's."""
    for i, layer in network.layers.items():
        for name in ("q", "k", "v", "ao", "fi", "fo", "aln", "oln"):
            module = getattr(layer, name)
            module.bias.data = torch.tensor(base.floats(f"l{i}.{name}.b"))
            linear = isinstance(module, nn.Linear)
            weight = base.matrix(f"l{i}.{name}.w", module.in_features) if linear else base.floats(f"l{i}.{name}.w")
            module.weight.data = torch.tensor(weight)


def batches(sentences: Sequence[Example], dice: random.Random | None = None) -> list[list[Example]]:
    """Group sentences of like length; ``dice`` mixes them."""
    order = sorted(sentences, key=lambda e: len(e.middle) + (dice.random() * 15 if dice else 0))
    groups = [order[n : n + TOGETHER] for n in range(0, len(order), TOGETHER)]
    if dice:
        dice.shuffle(groups)
    return groups


def losses(network: Network, batch: Sequence[Example]) -> torch.Tensor:
    odds, sides = network(batch)
    events = [told for e in batch for told in e.events]
    claims = torch.tensor([float(bool(told)) for told in events])
    loss = functional.binary_cross_entropy_with_logits(odds[:, 0], claims)
    shares = torch.tensor([[told.count(e) / len(told) for e in EVENTS] for told in events if told])
    if len(shares):
        loss = loss + functional.cross_entropy(odds[claims > 0, 1:], shares, label_smoothing=SMOOTH)
    asked, right = [], []
    for e, scores in zip(batch, sides, strict=True):
        for c, gold in enumerate(e.sides):
            for word, party in e.parties if gold is not None else ():
                asked.append(scores[:, c, word])
                right.append([float(party == g) for g in gold])
    if asked:
        loss = loss + functional.binary_cross_entropy_with_logits(torch.stack(asked), torch.tensor(right))
    return loss


def train(sentences: Sequence[Example], base: Base, epochs: int = EPOCHS) -> Network:
    torch.manual_seed(SEED)
    dice, network = random.Random(SEED), Network(base)
    begin(network, base)
    heads = [p for name, p in network.named_parameters() if not name.startswith("layers")]
    groups = [{"params": network.layers.parameters(), "lr": RATE}, {"params": heads, "lr": HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * len(batches(sentences))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min(1.0, n / (WARM * steps + 1)) * max(0.0, 1 - n / steps)
    )
    for epoch in range(epochs):
        network.train()
        whole = 0.0
        for batch in batches(sentences, dice):
            loss = losses(network, batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            whole += loss.item() * len(batch)
        print(f"epoch {epoch + 1}: loss {whole / len(sentences):.3f}", flush=True)
    return network.eval()


def graph_of(network: Network, shape: Base) -> onnx.ModelProto:
    """Build the graph: pieces, words and clauses in; log-odds of clauses and of sides out."""
    values = {k.replace("layers.", "encoder.layers."): v.detach().numpy() for k, v in network.state_dict().items()}
    g = Graph()
    w = words(g, transformer(g, "middle", values, LAYERS, shape))
    mean = g.add("MatMul", ["own", w], "mean")
    root = g.add("Gather", [w, "roots"], "root", axis=0)
    every = g.add("ReduceMean", [w], "every", axes=[0], keepdims=1)
    views = [g.linear(mean, values["mean.weight"], values["mean.bias"], "of.mean")]
    for name, source in (("root", root), ("all", every)):
        views.append(g.add("MatMul", [source, g.constant(f"{name}.w", values[f"{name}.weight"].T)], f"of.{name}"))
    both = g.add("Add", views[:2], "both")
    inner = g.add("Add", [both, views[2]], "inner")
    bend = g.constant("nothing", np.zeros(INNER, dtype=np.float32))
    bent = g.add("BiasGelu", [inner, bend], "bent", "com.microsoft")
    g.linear(bent, values["out.weight"], values["out.bias"], "odds")
    ways = g.constant("ways", np.array([-1, 2, VIEW], dtype=np.int64))
    asked = g.add("Reshape", [g.linear(root, values["ask.weight"], values["ask.bias"], "ask"), ways], "asked")
    named = g.add("Reshape", [g.linear(w, values["name.weight"], values["name.bias"], "name"), ways], "named")
    ask = g.add("Transpose", [asked], "asked.t", perm=[1, 0, 2])
    name = g.add("Transpose", [named], "named.t", perm=[1, 2, 0])
    tie = g.add(
        "Mul", [g.add("MatMul", [ask, name], "tie"), g.constant("scale", np.array(VIEW**-0.5, np.float32))], "ties"
    )
    g.add("Add", [tie, g.constant("rare", values["rare"][:, None, None])], "sides")
    floats, integers = TensorProto.FLOAT, TensorProto.INT64
    inputs = [
        helper.make_tensor_value_info("middle", floats, [1, "pieces", shape.width]),
        *(helper.make_tensor_value_info(name, integers, ["words"]) for name in ("first", "last")),
        helper.make_tensor_value_info("own", floats, ["clauses", "words"]),
        helper.make_tensor_value_info("roots", integers, ["clauses"]),
    ]
    return model(g, inputs, [helper.make_tensor_value_info(name, floats, None) for name in ("odds", "sides")])


def figures(network: Network, sentences: Sequence[Example]) -> str:
    """Return how often the likeliest event is right, and how well clauses with a claim come before those without."""
    with torch.no_grad():
        odds = torch.cat([network([e])[0] for e in sentences])
    events = [told for e in sentences for told in e.events]
    right = [EVENTS[int(row[1:].argmax())] in told for row, told in zip(odds, events, strict=True) if told]
    order = torch.argsort(odds[:, 0], descending=True)
    hits = torch.tensor([bool(told) for told in events])[order]
    precision = (hits.cumsum(0) / torch.arange(1, len(hits) + 1))[hits].mean()
    return (
        f"{len(events)} clauses: event right {sum(right) / len(right):.3f}, average precision of claims {precision:.3f}"
    )


def articles(shared: Path) -> Iterator[Article]:
    yield from own_articles(folder="corpus/long")
    yield from own_articles()
    yield from example_articles()
    yield from wikinews_articles(shared)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=WEIGHTS_FOLDER / FILE)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--download", type=Path, default=ROOT / "build" / "base", help="where the base encoder lies")
    parser.add_argument("--threads", type=int, default=1, help="another number rounds differently")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    base = read_base(fetch_base(options.download))
    network = train(examples(articles(options.shared)), base)
    onnx.save(graph_of(network, base), options.out)
    for folder in ("corpus", "corpus/long"):
        print(folder, "unseen:", figures(network, examples(own_articles("unseen", folder))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
