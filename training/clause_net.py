"""Train the clause network: which clauses carry a claim, of which event, how firmly, and who and what they mean.

    python training/clause_net.py [--out FOLDER] [--shared DIR] [--download DIR]

Goes on from the parser's encoder as it ships: eight layers of its own, begun with those of the base encoder, on what
the encoder's second layer makes of a sentence; then one recurrent layer along the clauses of the article. Learns from
the same articles as ``claim_heads.py`` and prints figures on the unseen ones. Seeded; about 70 minutes on two cores.
See README.md beside this file.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from base import Base, Layer, fetch_base, read_base
from clause_examples import Example, Judge, Named, Read, examples, stance_of
from clause_graph import sentences, write
from labelled import Article, Row, example_articles, load_scorer, own_articles, wikinews_articles
from torch import nn
from torch.nn import functional

from beleg.claim.signals import EVENTS, FIRST, FLAGS, ROLES, STANCES

ROOT = Path(__file__).resolve().parents[1]
WEIGHTS_FOLDER = ROOT / "src" / "beleg" / "weights"
LAYERS = range(2, 10)  # of the base encoder, that the network has for itself, behind those of the parser
MEASURED = 200  # sentences for the scales of the rounding
INNER, VIEW = 256, 96  # widths of what is made of a clause, and of a word as somebody's name
EPOCHS, RATE, HEAD_RATE, TOGETHER = 4, 1.5e-4, 1e-3, 16  # passes, learning rates, sentences side by side
WARM, SMOOTH = 0.06, 0.05  # share of the steps with a growing rate; of an event's weight that goes to all
# Weights in the loss of an article, beside 1 for claims and 1 for events: with more, those were learned worse.
STANCE_COUNTS = 0.2
ROLE_COUNTS = {"supplier": 0.35, "recipient": 0.35, "item": 0.2, "origin": 0.2, "actor": 0.35}
FEW = 4  # clauses with a role; an article with fewer weighs less
SEED = 0


class Network(nn.Module):
    def __init__(self, shape: Base) -> None:
        super().__init__()
        width, views = shape.width, len(ROLES) * VIEW
        self.layers = nn.ModuleDict({str(i): Layer(shape) for i in LAYERS})
        self.drop, self.drop_inner = nn.Dropout(0.2), nn.Dropout(0.3)
        self.mean = nn.Linear(width, INNER)
        self.root, self.all = (nn.Linear(width, INNER, bias=False) for _ in range(2))
        self.flag = nn.Linear(FLAGS, INNER, bias=False)
        self.along = nn.GRU(INNER, INNER // 2, bidirectional=True, batch_first=True)
        self.out, self.stance = nn.Linear(INNER, 1 + len(EVENTS)), nn.Linear(INNER, len(STANCES))
        self.ask, self.ask_root = nn.Linear(INNER, views), nn.Linear(width, views, bias=False)
        self.name, self.nobody = nn.Linear(width, views), nn.Linear(INNER, len(ROLES))
        self.far = nn.Parameter(torch.zeros(len(ROLES), FIRST + 1))

    def forward(self, example: Example) -> tuple[torch.Tensor, torch.Tensor, list[torch.Tensor]]:
        """Return the log-odds of an article's clauses, (clauses, 1 + events) and (clauses, stances), and for each role
        those of everybody named and of nobody, (clauses, names + 1)."""
        words = [self.drop(w) for w in self.words(example.sentences)]
        roots = torch.cat([w[s.roots] for s, w in zip(example.sentences, words, strict=True)])
        means = torch.cat([s.own @ w for s, w in zip(example.sentences, words, strict=True)])
        every = torch.cat([w.mean(0).expand(len(s.roots), -1) for s, w in zip(example.sentences, words, strict=True)])
        view = self.mean(means) + self.root(roots) + self.all(every) + self.flag(example.flags)
        along, _ = self.along(functional.gelu(self.drop_inner(view))[None])
        z = self.drop_inner(functional.gelu(view + along[0]))
        ask = (self.ask(z) + self.ask_root(roots)).view(-1, len(ROLES), VIEW)
        nobody = self.nobody(z)
        names = [words[n][at] for n, at in example.words]
        named = self.name(torch.stack(names)).view(-1, len(ROLES), VIEW) if names else torch.zeros(0, len(ROLES), VIEW)
        roles = []
        for r, who in enumerate(example.roles):
            ties = ask[:, r] @ named[who.words, r].T / VIEW**0.5 + self.far[r][example.distances[:, who.words]]
            scores = [ties[:, who.keys == n].logsumexp(1) for n in range(len(who.names))]
            roles.append(torch.stack([*scores, nobody[:, r]], 1))
        return self.out(z), self.stance(z), roles

    def words(self, sentences: Sequence[Read]) -> list[torch.Tensor]:
        """Return the words of each sentence; those of like length are read side by side."""
        order = sorted(range(len(sentences)), key=lambda n: len(sentences[n].middle))
        out: dict[int, torch.Tensor] = {}
        for start in range(0, len(order), TOGETHER):
            group = order[start : start + TOGETHER]
            x = nn.utils.rnn.pad_sequence([sentences[n].middle.float() for n in group], batch_first=True)
            lengths = torch.tensor([len(sentences[n].middle) for n in group])
            mask = (torch.arange(x.shape[1]) < lengths[:, None])[:, None, None]
            with torch.autocast("cpu", dtype=torch.bfloat16):
                for layer in self.layers.values():
                    x = layer(x, mask)
            for n, pieces in zip(group, x.float(), strict=True):
                out[n] = (pieces[sentences[n].first] + pieces[sentences[n].last]) * 0.5
        return [out[n] for n in range(len(sentences))]


def begin(network: Network, base: Base) -> None:
    """Give the network's layers the weights of the base encoder's."""
    for i, layer in network.layers.items():
        for name in ("q", "k", "v", "ao", "fi", "fo", "aln", "oln"):
            module = getattr(layer, name)
            module.bias.data = torch.tensor(base.floats(f"l{i}.{name}.b"))
            linear = isinstance(module, nn.Linear)
            weight = base.matrix(f"l{i}.{name}.w", module.in_features) if linear else base.floats(f"l{i}.{name}.w")
            module.weight.data = torch.tensor(weight)


def loss_of(network: Network, example: Example) -> torch.Tensor:
    odds, stances, roles = network(example)
    claims = torch.tensor([float(bool(rows)) for rows in example.gold])
    loss = functional.binary_cross_entropy_with_logits(odds[:, 0], claims)
    if not claims.any():
        return loss
    shares = torch.tensor([[_times(rows, e) / len(rows) for e in EVENTS] for rows in example.gold if rows])
    loss = loss + functional.cross_entropy(odds[claims > 0, 1:], shares, label_smoothing=SMOOTH)
    firmly = [(c, stance_of(rows[0])) for c, rows in enumerate(example.gold) if rows]
    told = [(c, s) for c, s in firmly if s is not None]
    if told:
        right = torch.tensor([s for _, s in told])
        loss = loss + STANCE_COUNTS * functional.cross_entropy(stances[[c for c, _ in told]], right)
    for role, scores, who in zip(ROLES, roles, example.roles, strict=True):
        logs = scores.log_softmax(1)
        theirs = [logs[c, [*right]].logsumexp(0) for c, right in who.right]
        if theirs:
            loss = loss - ROLE_COUNTS[role] * torch.stack(theirs).sum() / max(FEW, len(theirs))
    return loss


def _times(rows: Sequence[Row], event: str) -> int:
    return sum(row["event"] == event for row in rows)


def train(articles: Sequence[Example], base: Base, epochs: int = EPOCHS) -> Network:
    torch.manual_seed(SEED)
    dice, network = random.Random(SEED), Network(base)
    begin(network, base)
    heads = [p for name, p in network.named_parameters() if not name.startswith("layers")]
    groups = [{"params": network.layers.parameters(), "lr": RATE}, {"params": heads, "lr": HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * len(articles)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min(1.0, n / (WARM * steps + 1)) * max(0.0, 1 - n / steps)
    )
    for epoch in range(epochs):
        network.train()
        order, whole = list(articles), 0.0
        dice.shuffle(order)
        for example in order:
            loss = loss_of(network, example)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            whole += loss.item()
        print(f"epoch {epoch + 1}: loss {whole / len(order):.3f}", flush=True)
    return network.eval()


def figures(network: Network, articles: Sequence[Example]) -> str:
    """Return how often the likeliest answers are right, and how well clauses with a claim come before those without."""
    claims: list[tuple[float, bool]] = []
    right: dict[str, list[bool]] = {name: [] for name in ("event", "stance", *ROLES)}
    for example in articles:
        with torch.no_grad():
            odds, stances, roles = network(example)
        claims += zip(odds[:, 0].tolist(), map(bool, example.gold), strict=True)
        for c, rows in enumerate(example.gold):
            if rows:
                right["event"].append(_times(rows, EVENTS[int(odds[c, 1:].argmax())]) > 0)
                right["stance"].append(int(stances[c].argmax()) == stance_of(rows[0]))
        for role, scores, who in zip(ROLES, roles, example.roles, strict=True):
            right[role] += _right(scores, who)
    hits = torch.tensor([hit for _, hit in sorted(claims, key=lambda c: -c[0])])
    precision = (hits.cumsum(0) / torch.arange(1, len(hits) + 1))[hits].mean()
    shares = ", ".join(f"{name} right {sum(found) / len(found):.3f}" for name, found in right.items())
    return f"{len(claims)} clauses: average precision of claims {precision:.3f}, {shares}"


def _right(scores: torch.Tensor, who: Named) -> list[bool]:
    return [int(scores[c].argmax()) in right for c, right in who.right]


def articles(shared: Path) -> Iterator[Article]:
    yield from own_articles(folder="corpus/long")
    yield from own_articles()
    yield from example_articles()
    yield from wikinews_articles(shared)


def judge_of(shared: Path) -> Judge:
    """Return the scorer's questions: one kind of thing or one label in the other, and one name."""
    scorer = load_scorer(shared)

    def same_thing(gold: Row, ours: Row) -> bool:
        one, other = (str(r["item"] or "").lower() for r in (gold, ours))
        return bool(scorer.item_right(gold, ours)) or bool(one and other and (one in other or other in one))

    return Judge(same_thing, scorer.same_name)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=WEIGHTS_FOLDER)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--download", type=Path, default=ROOT / "build" / "base", help="where the base encoder lies")
    parser.add_argument("--threads", type=int, default=2, help="another number rounds differently")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    base, judge = read_base(fetch_base(options.download)), judge_of(options.shared)
    learned_from = examples(articles(options.shared), judge)
    network = train(learned_from, base)
    write(network, base, sentences(learned_from, MEASURED), options.out)
    for folder in ("corpus", "corpus/long"):
        print(folder, "unseen:", figures(network, examples(own_articles("unseen", folder), judge)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
