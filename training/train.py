"""Make the weights that ship, from treebanks and plain texts. See README.md beside this file.

    python training/train.py --treebank DIR --texts FILE --out DIR

Two teachers learn from the treebanks and label the texts together; the first of them then learns on from treebanks,
texts and our own sentences, and is what ships. Each step leaves its result in ``--out`` and is skipped where it lies
there already.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from copy import deepcopy
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

import numpy as np
import torch
from base import fetch_base, read_base
from card import write_card
from export import export, sentences
from fit import Settings, attachment, fit, label
from lexicon import fetch_verbs, write_moods
from network import Network, collect_labels
from treebank import Example, read_treebank
from vocabulary import keep_pieces

from beleg.model import Block, Span
from beleg.segment.sentences import split_block
from beleg.segment.subwords import Subwords

TREEBANKS = (("GSD-dev", "GSD"), ("PUD", "PUD"), ("HDT-dev-bugs", "HDT"), ("HDT-test-bugs", "HDT"))
NAMES = ("GSD", "PUD", "HDT", "OWN")
TEACHERS = (Settings(epochs=9, seed=1), Settings(epochs=9, seed=2))
STUDENT = Settings(epochs=3, seed=3, encoder_rate=1e-4, head_rate=1e-3)
OWN_COPIES = 4  # how often our own sentences stand in one epoch of the student
MEASURED = 100  # sentences for the scales of the rounding
OWN = Path(__file__).resolve().parent / "own"
STATES = (OWN / "states.txt").read_text(encoding="utf-8").split()  # without an article: one can stand for another


def read_texts(path: Path) -> list[Example]:
    """Cut the texts of a JSONL file (field "text", paragraphs between blank lines) into sentences of 4 to 80 words."""
    found, seen = [], set()
    for line in path.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"]
        start = 0
        for paragraph in text.split("\n"):
            block = Block(Span(start, start + len(paragraph)), "body")
            start = block.span.end + 1
            for sentence in split_block(text, block, 0, "de"):
                words = [t.text for t in sentence.tokens]
                if 4 <= len(words) <= 80 and tuple(words) not in seen:
                    seen.add(tuple(words))
                    ends = [t.end for t in sentence.tokens]
                    starts = [t.start for t in sentence.tokens[1:]]
                    spaces = [a != b for a, b in zip(ends, [*starts, -1], strict=True)]
                    found.append(Example(words, "GSD", spaces=spaces))
    return found


def own_sentences(copies: int) -> list[Example]:
    """Read our own sentences, each several times, with other states in the place of its states."""
    dice = random.Random(0)
    found = []
    for _ in range(copies):
        for example in read_treebank(OWN / "sentences.conllu", "OWN"):
            there = [w for w in dict.fromkeys(example.words) if w in STATES]
            swap = dict(zip(there, dice.sample(STATES, len(there)), strict=True))
            example.words = [swap.get(w, w) for w in example.words]
            example.treebank = "GSD"  # whose reading they follow
            found.append(example)
    return found


def trained(
    out: Path, name: str, network: Network, examples: list[Example], subwords: Subwords, settings: Settings
) -> Network:
    """Return the network trained, or as it lies in ``out`` from an earlier run."""
    path = out / f"{name}.pt"
    if path.exists():
        network.load_state_dict(torch.load(path), strict=False)
        return network
    print(f"{name}: {len(examples)} sentences, {settings}", flush=True)
    mean = fit(network, examples, subwords, settings)
    torch.save({k: v for k, v in mean.state_dict().items() if k != "encoder.word.weight"}, path)
    return mean


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--treebank", type=Path, required=True, help="folder of CoNLL-U files (UD German)")
    parser.add_argument("--texts", type=Path, required=True, help="JSONL file of plain texts to label")
    parser.add_argument("--out", type=Path, required=True, help="folder for downloads, steps and the weights")
    parser.add_argument("--texts-are", default="German Wikinews articles (CC BY)", help="what the card says of them")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--only", choices=["teacher-1", "teacher-2"], help="stop after this step (to share cores)")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    base = read_base(fetch_base(args.out / "download"))
    verbs = fetch_verbs(args.out / "download")
    write_moods(verbs, args.out / "weights" / "moods-de.tsv")
    gold = [e for name, treebank in TREEBANKS for e in read_treebank(args.treebank / f"{name}.conllu", treebank)]
    texts = read_texts(args.texts)
    words = {w for e in [*gold, *texts] for w in e.words} | set(verbs)
    keep = keep_pieces(base, sorted(words))
    subwords = Subwords([base.pieces[i] for i in keep], [float(base.scores[i]) for i in keep])
    labels = collect_labels(gold)

    def fresh(seed: int) -> Network:
        torch.manual_seed(seed)
        return Network(base, keep, labels, NAMES)

    teachers = []
    for number, settings in enumerate(TEACHERS, 1):
        if args.only in (None, f"teacher-{number}"):
            name = f"teacher-{number}"
            teachers.append(trained(args.out, name, fresh(settings.seed), gold, subwords, settings))
    if args.only:
        return
    silver = label(teachers, texts, subwords)
    own = own_sentences(OWN_COPIES)
    examples = [*gold, *own, *silver]
    student = trained(args.out, "student", deepcopy(teachers[0]), examples, subwords, STUDENT)
    measured = sentences(student, subwords, texts[:: max(1, len(texts) // MEASURED)])
    export(student, base, np.array(keep), measured, args.out / "weights")
    test = read_treebank(args.treebank / "GSD-test.conllu", "GSD")
    print("test, before rounding to eight bits:", attachment(test, label([student], test, subwords)), flush=True)
    taught = f"{sum(len(e.words) for e in silver):,} words of {args.texts_are}, labelled by our own networks."
    gold_words = sum(len(e.words) for e in gold)
    print(write_card(args.out / "weights", args.treebank, gold_words, taught, len(own) // OWN_COPIES), flush=True)


if __name__ == "__main__":
    main()
