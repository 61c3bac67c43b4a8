"""The text of a letter → its own words, and what it quotes: earlier letters, their heads, the signature below.

Quotation marks at the line's start (RFC 3676) are taken off; what they mark is kept apart from the letter's own words,
unless nearly all of the letter is quoted: then somebody passed a text on.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby

from beleg.read.paragraphs import Paragraph, split_paragraphs
from beleg.read.rules import line_rule

OWN = 0.5  # of all words of a letter that quotes; with fewer of its own, the quoted text is what it is about
_QUOTED = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
_FIELD = re.compile(r"[A-Z][\w-]{1,12}:\s.{0,200}")
_SIGNATURE = re.compile(r"--[ \t]?")
_BEFORE_QUOTE = 3  # lines above a quotation among which "Am … schrieb …:" may stand


def letter_paragraphs(text: str) -> tuple[str, list[Paragraph]]:
    """Take the paragraphs out of a letter's plain text.

    Returns:
        The text without the marks of quotations, and its paragraphs in order.
    """
    lines = text.split("\n")
    kinds = _kinds(lines)
    words = {
        k: sum(len(line.split()) for line, kind in zip(lines, kinds, strict=True) if kind == k) for k in set(kinds)
    }
    passed_on = words.get("quoted", 0) > OWN * (words.get("quoted", 0) + words.get("", 0))
    parts: list[str] = []
    paragraphs: list[Paragraph] = []
    at = 0
    for kind, group in groupby(zip(kinds, lines, strict=True), key=lambda pair: pair[0]):
        part = "\n".join(_QUOTED.sub("", line, count=1) if kind == "quoted" else line for _, line in group)
        found = split_paragraphs(part)
        mark, why = {"quoted": ("aside", "quoted-letter"), "head": ("removed", "letter-head"),
                     "signature": ("removed", "signature")}.get(kind, ("", ""))  # fmt: skip
        if kind == "quoted" and passed_on:
            mark, why = "", ""
        for p in found:
            runs = tuple(r._replace(start=r.start + at, end=r.end + at) for r in p.runs)
            paragraphs.append(replace(p, runs=runs, kind=p.kind or mark, why=p.why or why))
        parts.append(part)
        at += len(part) + 1
    return "\n".join(parts), paragraphs


def _kinds(lines: list[str]) -> list[str]:
    """Say of each line whether it is the letter's own (""), "quoted", "head" of an earlier letter, or "signature"."""
    kinds = ["quoted" if _QUOTED.match(line) else "" for line in lines]
    for i, line in enumerate(lines):
        if kinds[i] == "" and (rule := line_rule(line.strip())) is not None and rule.why == "letter-head":
            kinds[i] = "head"
    for i, line in enumerate(lines):
        beside = "head" in kinds[max(0, i - 2) : i + 3]
        if kinds[i] == "" and beside and _FIELD.fullmatch(line.strip()):  # "Von:", "An:" beside "Gesendet:"
            kinds[i] = "head"
    for i in range(len(lines)):
        if kinds[i] == "quoted" and (i == 0 or kinds[i - 1] != "quoted"):
            for j in range(i - 1, max(-1, i - 1 - _BEFORE_QUOTE), -1):
                if lines[j].strip() and kinds[j] == "":
                    kinds[j] = "head" if lines[j].rstrip().endswith(":") else ""
                    break
    signed = False
    for i, line in enumerate(lines):
        signed = (signed or _SIGNATURE.fullmatch(line.rstrip("\r")) is not None) and kinds[i] not in ("quoted", "head")
        if signed:
            kinds[i] = "signature"
    return kinds
