"""From the trained clause network to the two files that ship: one that reads a sentence, one along the article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import onnx
from base import Base
from clause_examples import Example
from export import Values, model, transformer, words
from onnx import TensorProto, helper
from rounding import MICROSOFT, Feed, Graph, rounded
from torch import nn

from beleg.claim.signals import ROLES
from beleg.segment.clause_net import ARTICLE, SENTENCE

Inputs = dict[str, tuple[int, list[str | int]]]
FLOAT, INTEGER = TensorProto.FLOAT, TensorProto.INT64


def write(network: nn.Module, shape: Base, measured: Iterable[Feed], folder: Path) -> None:
    """Write both files; ``measured`` are sentences for the scales of the rounding."""
    values = {k: v.detach().numpy() for k, v in network.state_dict().items()}
    layers = [int(i) for i in network.layers]  # type: ignore[union-attr]
    onnx.save(rounded(lambda g: sentence_graph(g, values, layers, shape), measured), folder / SENTENCE)
    onnx.save(article_graph(values), folder / ARTICLE)


def sentences(articles: Sequence[Example], number: int) -> Iterator[Feed]:
    """Yield about so many sentences of articles, spread over all, as the first graph takes them."""
    found = [s for article in articles for s in article.sentences]
    for s in found[:: max(1, len(found) // number)]:
        yield {
            "middle": s.middle.float().numpy()[None], "first": s.first.numpy(), "last": s.last.numpy(),
            "own": s.own.numpy(), "roots": s.roots.numpy(), "named": s.roots.numpy(),
        }  # fmt: skip


def sentence_graph(g: Graph, values: Values, layers: list[int], shape: Base) -> onnx.ModelProto:
    """Build the first graph: pieces, words and clauses in; views of clauses, what they ask for, and names out."""
    theirs = {k.replace("layers.", "encoder.layers."): v for k, v in values.items()}
    w = words(g, transformer(g, "middle", theirs, layers, shape))
    mean = g.add("MatMul", ["own", w], "mean")
    root = g.add("Gather", [w, "roots"], "root", axis=0)
    every = g.add("ReduceMean", [w], "every", axes=[0], keepdims=1)
    views = [g.linear(mean, values["mean.weight"], values["mean.bias"], "of.mean")]
    views += [_times(g, x, values[f"{name}.weight"], f"of.{name}") for name, x in (("root", root), ("all", every))]
    g.add("Add", [g.add("Add", views[:2], "both"), views[2]], "clauses")
    _times(g, root, values["ask_root.weight"], "asks")
    named = g.add("Gather", [w, "named"], "of.named", axis=0)
    g.linear(named, values["name.weight"], values["name.bias"], "names")
    inputs: Inputs = {
        "middle": (FLOAT, [1, "pieces", shape.width]), "first": (INTEGER, ["words"]), "last": (INTEGER, ["words"]),
        "own": (FLOAT, ["clauses", "words"]), "roots": (INTEGER, ["clauses"]), "named": (INTEGER, ["named"]),
    }  # fmt: skip
    return _model(g, inputs, ("clauses", "asks", "names"))


def article_graph(values: Values) -> onnx.ModelProto:
    """Build the second graph: views, flags and distances of an article's clauses in; what they tell out."""
    g = Graph()
    inner, flags = values["flag.weight"].shape
    view = values["name.weight"].shape[0] // len(ROLES)
    x = g.add("Add", ["clauses", _times(g, "flags", values["flag.weight"], "placed")], "view")
    along = _recurrent(g, _gelu(g, x, inner, "bent"), values, inner)
    z = _gelu(g, g.add("Add", [x, along], "sum"), inner, "z")
    g.linear(z, values["out.weight"], values["out.bias"], "odds")
    g.linear(z, values["stance.weight"], values["stance.bias"], "stances")
    g.linear(z, values["nobody.weight"], values["nobody.bias"], "nobody")
    ask = g.add("Add", [g.linear(z, values["ask.weight"], values["ask.bias"], "asked"), "asks"], "ask")
    ways = g.constant("ways", np.array([-1, len(ROLES), view], dtype=np.int64))
    ask = g.add("Transpose", [g.add("Reshape", [ask, ways], "ask.r")], "ask.t", perm=[1, 0, 2])
    name = g.add("Transpose", [g.add("Reshape", ["names", ways], "name.r")], "name.t", perm=[1, 2, 0])
    scale = g.constant("scale", np.array(view**-0.5, dtype=np.float32))
    near = g.add("Mul", [g.add("MatMul", [ask, name], "tie"), scale], "near")
    far = g.add("Gather", [g.constant("far.w", values["far"]), "distances"], "far", axis=1)
    g.add("Add", [near, far], "ties")
    width = inner
    inputs: Inputs = {
        "clauses": (FLOAT, ["clauses", width]), "asks": (FLOAT, ["clauses", len(ROLES) * view]),
        "names": (FLOAT, ["named", len(ROLES) * view]), "flags": (FLOAT, ["clauses", flags]),
        "distances": (INTEGER, ["clauses", "named"]),
    }  # fmt: skip
    return _model(g, inputs, ("odds", "stances", "ties", "nobody"))


def _recurrent(g: Graph, x: str, values: Values, inner: int) -> str:
    """Add the layer along the clauses, (clauses, inner) in and out; ONNX orders its gates otherwise than torch."""

    def ordered(name: str) -> np.ndarray:
        reset, update, new = np.split(values[name], 3)
        return np.concatenate([update, reset, new])

    def both(name: str) -> np.ndarray:
        return np.stack([ordered(f"along.{name}_l0"), ordered(f"along.{name}_l0_reverse")])

    bias = np.concatenate([both("bias_ih"), both("bias_hh")], axis=1)
    one = g.constant("one", np.array([1], dtype=np.int64))
    row = g.add("Unsqueeze", [x, one], "row")  # (clauses, 1, inner)
    given = [
        row,
        g.constant("gru.w", both("weight_ih")),
        g.constant("gru.r", both("weight_hh")),
        g.constant("gru.b", bias),
    ]
    out = g.add("GRU", given, "ways.out", hidden_size=inner // 2, direction="bidirectional", linear_before_reset=1)
    flat = g.add("Transpose", [out], "ways.t", perm=[0, 2, 1, 3])  # (clauses, 1, 2, inner / 2)
    return g.add("Reshape", [flat, g.constant("inner", np.array([-1, inner], dtype=np.int64))], "along")


def _times(g: Graph, x: str, weight: np.ndarray, name: str) -> str:
    return g.add("MatMul", [x, g.constant(f"{name}.w", weight.T)], name)


def _gelu(g: Graph, x: str, width: int, name: str) -> str:
    nothing = g.constant(f"{name}.0", np.zeros(width, dtype=np.float32))
    return g.add("BiasGelu", [x, nothing], name, MICROSOFT)


def _model(g: Graph, inputs: Inputs, outputs: tuple[str, ...]) -> onnx.ModelProto:
    given = [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in inputs.items()]
    return model(g, given, [helper.make_tensor_value_info(name, FLOAT, None) for name in outputs])
