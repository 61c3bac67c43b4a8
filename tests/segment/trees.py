"""Trees written as lines: word, lemma, UPOS, STTS, features, head (1 = first word, 0 = root), relation."""

from __future__ import annotations

from beleg.model import Token


def tree(lines: str) -> tuple[Token, ...]:
    """Read the words of a tree; offsets count as if one space stood between words."""
    tokens: list[Token] = []
    at = 0
    for line in lines.strip().splitlines():
        word, lemma, upos, xpos, feats, head, deprel = line.split()
        pairs = () if feats == "_" else tuple(sorted(tuple(f.split("=")) for f in feats.split("|")))
        tokens.append(Token(at, at + len(word), word, lemma, upos, xpos, pairs, int(head) - 1, deprel))  # type: ignore[arg-type]
        at += len(word) + 1
    return tuple(tokens)
