"""What a format's reader hands on: the text of one article with its paragraphs, and what the file says about it."""

from __future__ import annotations

from dataclasses import dataclass

from beleg.model import Problem
from beleg.read.paragraphs import Paragraph


@dataclass(frozen=True, slots=True)
class Stated:
    """What a file's own fields say of an article; None and empty: nothing."""

    name: str | None = None  # of this article among several of one input
    title: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    published: tuple[str, ...] = ()  # raw values, the most trusted first
    shown: str | None = None  # a line that dates it for readers
    url: str | None = None
    captured: str | None = None


@dataclass(frozen=True, slots=True)
class Extract:
    """One article as its format gives it."""

    source: str  # decoded text; for HTML, PDF and office files the text that was taken out of them
    paragraphs: tuple[Paragraph, ...]
    media_type: str
    stated: Stated = Stated()
    encoding: str | None = None
    problems: tuple[Problem, ...] = ()
