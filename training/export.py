"""From a trained network to the files that ship.

The encoder becomes an ONNX graph written by hand, so that every operator is known: the large matrices in eight bits
(``rounding.py``); attention, norms, tags and the two biaffine products stay in full precision. The embedding keeps the
four bits that the base has.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import onnx
import torch
from base import BLOCK, Base
from network import Network
from onnx import TensorProto, helper
from rounding import MICROSOFT, Feed, Graph, rounded
from treebank import Example

from beleg.segment.encoder import MIDDLE
from beleg.segment.subwords import MAX_PIECES, Subwords

READ_AS = "GSD"  # the treebank whose reading ships


class Shape(Protocol):
    """What a layer must know of the encoder that it belongs to."""

    @property
    def width(self) -> int: ...
    @property
    def heads(self) -> int: ...
    @property
    def eps(self) -> float: ...


Values = Mapping[str, np.ndarray]


def norm(g: Graph, values: Values, name: str) -> list[str]:
    return [g.constant(f"{name}.g", values[f"{name}.weight"]), g.constant(f"{name}.c", values[f"{name}.bias"])]


def transformer(g: Graph, x: str, values: Values, layers: Iterable[int], base: Shape) -> str:
    """Add transformer layers on the pieces ``x``; returns the name of their output."""

    def after(y: str, x: str, name: str) -> str:
        total = g.add("Add", [y, x], f"{name}.sum")
        return g.add("LayerNormalization", [total, *norm(g, values, name)], f"{name}.out", epsilon=base.eps)

    split = g.constant("split", np.array([base.width] * 3, dtype=np.int64))
    for i in layers:
        at = f"encoder.layers.{i}"
        weight = np.concatenate([values[f"{at}.{n}.weight"] for n in "qkv"])
        bias = np.concatenate([values[f"{at}.{n}.bias"] for n in "qkv"])
        g.linear8(x, weight, bias, f"{at}.qkv")
        views = [f"{at}.{n}" for n in "qkv"]
        g.nodes.append(helper.make_node("Split", [f"{at}.qkv", split], views, axis=2))
        seen = g.add("MultiHeadAttention", views, f"{at}.seen", MICROSOFT, num_heads=base.heads)
        y = g.linear8(seen, values[f"{at}.ao.weight"], values[f"{at}.ao.bias"], f"{at}.ao")
        x = after(y, x, f"{at}.aln")
        y = g.linear8(x, values[f"{at}.fi.weight"], None, f"{at}.fi")
        y = g.add("BiasGelu", [y, g.constant(f"{at}.fi.b", values[f"{at}.fi.bias"])], f"{at}.gelu", MICROSOFT)
        y = g.linear8(y, values[f"{at}.fo.weight"], values[f"{at}.fo.bias"], f"{at}.fo")
        x = after(y, x, f"{at}.oln")
    return x


def words(g: Graph, x: str) -> str:
    """Add the mean of each word's first and last piece; returns the name of the words."""
    flat = g.add("Squeeze", [x, g.constant("axis", np.array([0], dtype=np.int64))], "flat")
    ends = [g.add("Gather", [flat, name], f"at.{name}", axis=0) for name in ("first", "last")]
    return g.add("Mul", [g.add("Add", ends, "ends"), g.constant("half", np.array(0.5, dtype=np.float32))], "words")


def encoder_graph(g: Graph, network: Network, base: Base) -> onnx.ModelProto:
    """Build the graph: summed embeddings and word places in; tags, arcs and relation views out."""
    values = {k: v.detach().numpy() for k, v in network.state_dict().items() if k != "encoder.word.weight"}
    x = g.add("LayerNormalization", ["embedded", *norm(g, values, "encoder.ln")], "x", epsilon=base.eps)
    x = transformer(g, x, values, range(base.layers), base)
    w = words(g, x)
    g.linear(w, values["tags.weight"], values["tags.bias"], "tags")
    heads = g.add("Concat", [g.constant("root", values["root"][None]), w], "heads", axis=0)
    for name, source in (("arc_word", w), ("arc_head", heads), ("rel_word", w), ("rel_head", heads)):
        y = g.linear8(source, values[f"{name}.0.weight"], None, f"{name}.m")
        g.add("BiasGelu", [y, g.constant(f"{name}.b", values[f"{name}.0.bias"])], name, MICROSOFT)
    y = g.linear("arc_word", values["arc"][:-1].T, values["arc"][-1], "arc")
    g.add("MatMul", [y, g.add("Transpose", ["arc_head"], "arc_head.t", perm=[1, 0])], "arcs")
    floats, integers = TensorProto.FLOAT, TensorProto.INT64
    inputs = [helper.make_tensor_value_info("embedded", floats, [1, "pieces", base.width])]
    inputs += [helper.make_tensor_value_info(name, integers, ["words"]) for name in ("first", "last")]
    outputs = [helper.make_tensor_value_info(n, floats, None) for n in ("tags", "arcs", "rel_word", "rel_head", MIDDLE)]
    return model(g, inputs, outputs)


def model(g: Graph, inputs: Sequence[onnx.ValueInfoProto], outputs: Sequence[onnx.ValueInfoProto]) -> onnx.ModelProto:
    graph = helper.make_graph(g.nodes, "beleg", inputs, outputs, g.constants)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="beleg")


def sentences(network: Network, subwords: Subwords, examples: Iterable[Example]) -> Iterator[Feed]:
    """Yield sentences as the graph takes them."""
    encoder, place = network.encoder, network.treebanks.index(READ_AS)
    for example in examples:
        ids, first, last = subwords.sentence(example.words)
        with torch.no_grad():
            x = encoder.word(torch.tensor(ids)) + encoder.pos[: len(ids)] + encoder.treebank[place]
        yield {"embedded": x.numpy()[None], "first": np.array(first), "last": np.array(last)}


def export(network: Network, base: Base, keep: np.ndarray, measured: Iterable[Feed], folder: Path) -> None:
    """Write ``encoder.onnx``, ``embeddings.npy``, ``tables.npz``, ``vocabulary.tsv`` and ``labels.json``.

    Args:
        network: The trained network.
        base: What it began with.
        keep: Pieces of the base that it knows.
        measured: Sentences for the scales of the rounding.
        folder: Where the files go.
    """
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(rounded(lambda g: encoder_graph(g, network, base), measured), folder / "encoder.onnx")
    blocks = base.blocks("emb.word").reshape(-1, base.width // BLOCK)[keep]
    np.save(folder / "embeddings.npy", np.ascontiguousarray(blocks).view(np.uint8).reshape(len(keep), -1))
    state = network.encoder.state_dict()
    place = network.treebanks.index(READ_AS)
    positions = (state["pos"] + state["treebank"][place]).numpy().astype(np.float16)
    np.savez(folder / "tables.npz", positions=positions, relation=network.rel.detach().numpy().astype(np.float16))
    lines = [f"{base.pieces[i]}\t{float(base.scores[i]):.5f}" for i in keep]
    (folder / "vocabulary.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    labels = {k: network.labels[k] for k in [*network.tagged, "deprel"]}
    text = json.dumps({"labels": labels, "max_pieces": MAX_PIECES}, ensure_ascii=False, indent=1)
    (folder / "labels.json").write_text(text + "\n", encoding="utf-8")
