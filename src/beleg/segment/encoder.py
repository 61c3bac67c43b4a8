"""The shipped network: words in, labels and heads out. Knows nothing of language rules.

Files in ``weights/`` (CC BY-SA 4.0, made by ``training/train.py``): ``encoder.onnx`` (eight bits), ``embeddings.npy``
(blocks of 32 four-bit weights behind a half-precision scale), ``tables.npz``, ``vocabulary.tsv``, ``labels.json``.

One sentence is one run of the network, so that no sentence's rounding depends on its neighbours: the same sentence
gives the same bits whatever is read with it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
from numpy.typing import NDArray

from beleg.segment.subwords import UNK, Subwords
from beleg.segment.tree import best_tree

WEIGHTS = resources.files("beleg") / "weights"
MAX_PIECES_IN_SENTENCE = 512  # places that the encoder knows
BLOCK_BYTES = 18  # of 32 weights: a scale of two bytes, sixteen of two weights each
SLOW_FUSIONS = ["SkipLayerNormFusion"]  # on a CPU the two operators are faster apart: a tenth of the whole run
ROOT = "root"
NONE = "_"
MIDDLE = "encoder.layers.1.oln.out"  # name in the graph of what the first layers make of the pieces

Floats = NDArray[np.float32]


class Halfway(NamedTuple):
    """A sentence half read: for ``segment.clause_net``, which goes on from there."""

    middle: NDArray[np.float16]  # what the first layers make of the pieces, (1, pieces, width); half as much to keep
    first: Sequence[int]  # place of each word's first piece
    last: Sequence[int]  # … and last


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network says about a sentence, one entry a word; heads as in ``model.Token``."""

    upos: list[str]
    xpos: list[str]
    feats: list[tuple[tuple[str, str], ...]]
    heads: list[int]
    deprels: list[str]
    half: Halfway


def session(graph: Traversable) -> onnxruntime.InferenceSession:
    """Return a network ready to run on one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        graph.read_bytes(), options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOW_FUSIONS
    )


class Encoder:
    """The network in memory; safe to use from several threads."""

    def __init__(self, folder: Traversable = WEIGHTS) -> None:
        self._session = session(folder / "encoder.onnx")
        with resources.as_file(folder / "embeddings.npy") as path:
            self._embeddings = np.load(path, mmap_mode="r" if isinstance(folder, Path) else None)
        with resources.as_file(folder / "tables.npz") as path, np.load(path) as tables:
            self._positions: Floats = tables["positions"].astype(np.float32)
            self._relation: Floats = tables["relation"].astype(np.float32)
        rows = [line.split("\t") for line in (folder / "vocabulary.tsv").read_text("utf-8").split("\n") if line]
        self._subwords = Subwords([r[0] for r in rows], [float(r[1]) for r in rows])
        labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text("utf-8"))["labels"]
        self._deprels = labels.pop("deprel")
        self._labels = labels
        self._root = self._deprels.index(ROOT)

    def pieces(self, words: Sequence[str]) -> tuple[list[int], list[int], list[int]]:
        """Return the piece numbers of a sentence, and the places of each word's first and last piece."""
        return self._subwords.sentence(words)

    def strange(self, ids: Sequence[int], words: int) -> float:
        """Return how many unknown pieces (other scripts, mostly) there are a word."""
        return sum(i == UNK for i in ids) / words

    def read(self, ids: Sequence[int], first: Sequence[int], last: Sequence[int]) -> Reading:
        """Read one sentence, given as ``pieces`` returns it."""
        embedded = self._embed(ids)
        places = {"first": np.array(first, dtype=np.int64), "last": np.array(last, dtype=np.int64)}
        outputs = ["tags", "arcs", "rel_word", "rel_head", MIDDLE]
        tags, arcs, word, head, middle = self._session.run(outputs, {"embedded": embedded[None], **places})
        heads = best_tree(arcs)
        index = np.array(heads, dtype=np.intp) + 1
        scores = self._relations(word, head[index])
        scores[index > 0, self._root] = -np.inf
        deprels = [ROOT if h < 0 else self._deprels[k] for h, k in zip(heads, scores.argmax(axis=1), strict=True)]
        names: dict[str, list[str]] = {}
        at = 0
        for kind, values in self._labels.items():
            names[kind] = [values[k] for k in tags[:, at : at + len(values)].argmax(axis=1)]
            at += len(values)
        upos, xpos = names.pop("upos"), names.pop("xpos")
        kinds = sorted(names)
        feats = [
            tuple((kind, value) for kind, value in zip(kinds, row, strict=True) if value != NONE)
            for row in zip(*(names[kind] for kind in kinds), strict=True)
        ]
        return Reading(upos, xpos, feats, heads, deprels, Halfway(middle.astype(np.float16), first, last))

    def _embed(self, ids: Sequence[int]) -> Floats:
        """Unpack the four-bit rows of the pieces and add their places."""
        rows = np.asarray(self._embeddings[np.array(ids)]).reshape(len(ids), -1, BLOCK_BYTES)
        scale = np.ascontiguousarray(rows[..., :2]).view(np.float16).astype(np.float32)
        packed = rows[..., 2:]
        weights = np.concatenate([packed & 15, packed >> 4], axis=-1).astype(np.float32) - 8
        embedded: Floats = (weights * scale).reshape(len(ids), -1)
        return embedded + self._positions[: len(ids)]

    def _relations(self, word: Floats, head: Floats) -> Floats:
        """Score every relation of each word to its head: (words, relations)."""
        one = np.ones((len(word), 1), dtype=np.float32)
        views, relations, _ = self._relation.shape
        mixed = (np.hstack([word, one]) @ self._relation.reshape(views, -1)).reshape(len(word), relations, -1)
        scores: Floats = (mixed @ np.hstack([head, one])[:, :, None])[:, :, 0]
        return scores


@cache
def load_encoder() -> Encoder:
    """Return the shipped network, read once a process."""
    return Encoder()
