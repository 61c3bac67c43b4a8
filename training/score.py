"""Scores of a parser on a treebank's words, in the reading of ``treebank.py``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from treebank import Example

from beleg.model import Sentence, Span, Token
from beleg.segment.parser import Parser


def joined(example: Example) -> tuple[Sentence, str]:
    """Make a sentence of a treebank's words."""
    text, tokens = "", []
    for word, space in zip(example.words, example.spaces, strict=True):
        tokens.append(Token(len(text), len(text) + len(word), word))
        text += word + (" " if space else "")
    return Sentence(Span(0, len(text)), 0, tuple(tokens)), text


def f1(good: int, found: int, gold: int) -> float:
    return 2 * good / (found + gold) if found + gold else 0.0


def on_treebank(examples: Sequence[Example], parser: Parser) -> dict[str, float]:
    """Score tags, tree, roles and mood on gold words."""
    n: Counter[str] = Counter()
    for example in examples:
        sentence, text = joined(example)
        (parsed,), _ = parser.parse([sentence], text)
        for i, token in enumerate(parsed.tokens):
            head, label = example.heads[i] == token.head, example.deprels[i]
            n["words"] += 1
            n["upos"] += token.upos == example.upos[i]
            n["uas"] += head
            n["las"] += head and token.deprel == label
            for role, labels in (("subject", ("nsubj", "nsubj:pass")), ("object", ("obj",))):
                n[f"{role} gold"] += label in labels
                n[f"{role} found"] += token.deprel in labels
                n[f"{role} good"] += head and token.deprel == label and label in labels
            gold = (example.feats[i] or {}).get("Mood") == "Sub"
            found = token.feat("Mood") == "Sub"
            n["mood gold"], n["mood found"] = n["mood gold"] + gold, n["mood found"] + found
            n["mood good"] += gold and found
    scores = {key: n[key] / n["words"] for key in ("upos", "uas", "las")}
    for role in ("subject", "object"):
        scores[role] = f1(n[f"{role} good"], n[f"{role} found"], n[f"{role} gold"])
    scores["konjunktiv_precision"] = n["mood good"] / n["mood found"]
    scores["konjunktiv_recall"] = n["mood good"] / n["mood gold"]
    return scores
