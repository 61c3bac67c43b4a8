"""Reads a few sentences of one paragraph for the tests of the claim stage."""

from __future__ import annotations

from beleg.claim.frame_check import sentence_document
from beleg.model import Claim
from beleg.pipeline import read_article


def claims_of(text: str) -> list[Claim]:
    return list(read_article(sentence_document(text), parse_all=True).claims)


def quoted(text: str, claim: Claim) -> str:
    return text[claim.span.start : claim.span.end]
